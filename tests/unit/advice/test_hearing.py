"""What an author need not have written: phrases and lines that others cover already."""

from dataclasses import replace

import pytest

from bot.advice.checks.hearing import spelled_out
from bot.advice.model import Alarm

KNOWN = {"pain": ("pain|ache",), "cannot": ("cannot|unable to",), "leg": ("leg|calf",)}


@pytest.fixture
def found(library):
    def find(*match: str, **concepts: tuple[str, ...]) -> list[str]:
        one = Alarm(id="test", kind="urgent", say="Be seen today.", match=match, sources=("house-rule",))
        return [what for _, _, what, _ in spelled_out(replace(library, alarms=(one,), concepts=KNOWN | concepts))]

    return find


@pytest.mark.parametrize(
    ("line", "needless"),
    [
        ("stop|stopped", "stopped"),
        ("leg numb|leg really numb", "leg really numb"),
        ("cannot walk|cannot ~ walk", "cannot walk"),
        ("<cannot> ~ walk|cant even walk", "cannot even walk"),
        ("sore <leg>|sore|my calf is sore", "my calf is sore"),
        ("hip|hip pain", "hip pain"),
    ],
)
def test_a_phrase_that_a_class_an_ending_or_a_gap_covers_is_found(found, line, needless):
    assert f"`{needless}` is covered by what stands beside it" in found(line)


@pytest.mark.parametrize(
    "line", ["leg numb|arm numb", "cannot walk|walk cannot", "cannot ~ walk|cannot stand", "stopped|die"]
)
def test_what_adds_something_is_left_alone(found, line):
    assert found(line) == []


def test_in_a_class_a_longer_phrase_stays_because_others_may_go_on_from_its_end(found):
    assert found("<want> die", want=("want|want to",)) == []
    assert found("<want> die", want=("want to", "wanted to")) == ["`want to` is covered by the rest of `want`"]


def test_a_line_that_another_one_hears_is_found(found):
    assert found("<leg> + <pain>", "calf + ache + night") == ["another line of `test` hears all of this"]
    assert found("<leg> + <pain> + night", "calf + ache") == []
