"""What a club sets, as it is kept."""

import doctest
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clubs import settings as module
from bot.clubs.settings import VERSION, ClubSettings, SettingsUnreadable, from_stored, to_stored

FULL = ClubSettings(
    zone="Europe/Berlin",
    language="de",
    share_channel=2**62,
    stretch_channel=7,
    contact="Jo, physio",
    emergency="Die Schranke am See ist offen",
    tips=("Kürzere Schritte", "Trinken"),
)


def test_the_examples_hold() -> None:
    assert doctest.testmod(module).failed == 0


@given(settings=st.builds(ClubSettings))
def test_what_is_kept_comes_back(settings: ClubSettings) -> None:
    assert from_stored(to_stored(settings)) == settings


def test_it_says_which_version_wrote_it() -> None:
    assert json.loads(to_stored(FULL)) == {
        "version": VERSION,
        "zone": "Europe/Berlin",
        "language": "de",
        "share_channel": 2**62,
        "stretch_channel": 7,
        "contact": "Jo, physio",
        "emergency": "Die Schranke am See ist offen",
        "tips": ["Kürzere Schritte", "Trinken"],
    }


def test_where_nothing_was_set_there_are_no_surprises() -> None:
    assert from_stored(None) == from_stored('{"version":1}') == ClubSettings()


@pytest.mark.parametrize(
    "text",
    [
        to_stored(FULL).replace('"version":1', '"version":2'),
        '{"version":1,"mood":"good"}',
        '{"version":1,"tips":"one"}',
        '{"version":1,"language":null}',
        '{"version":true}',
        '{"version":"1"}',
        "{}",
        "[]",
        "null",
        '"x"',
        "",
        "[" * 100_000,
    ],
    ids=lambda text: text[:20],
)
def test_what_cannot_be_read_says_so(text: str) -> None:
    with pytest.raises(SettingsUnreadable):
        from_stored(text)


def test_a_mark_is_of_the_fields_that_are_named_and_of_no_other() -> None:
    mark = FULL.fingerprint("contact", "emergency")
    assert (
        mark == FULL.fingerprint("emergency", "contact") == replace(FULL, tips=()).fingerprint("contact", "emergency")
    )
    assert mark != replace(FULL, contact=None).fingerprint("contact", "emergency")
    assert mark != FULL.fingerprint("contact")
    assert len(mark) == 8
    assert mark.isalnum()
