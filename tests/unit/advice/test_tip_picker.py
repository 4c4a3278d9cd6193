"""Which tip next: no repeats, and a memory that stays small."""

from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.model import Tip, TipMoment
from bot.advice.tip_picker import REMEMBERED_PEOPLE, REMEMBERED_TIPS, NoSuchTip, TipPicker
from tests.support.examples import examples


def tips(count: int, moment: str = "before", area: str = "hip") -> list[tuple[str, Tip]]:
    return [(area, tip(at, moment)) for at in range(count)]


@cache
def tip(number: int, moment: str) -> Tip:
    return Tip(id=f"t{number}", moment=moment, text=f"Do {number}.", sources=("house-rule",))


def picker_with(seed: int) -> TipPicker:
    return TipPicker(Random(seed))  # noqa: S311 - tips need no secrecy


class First(Random):
    """Always draws the first, so that a repeat shows what was forgotten."""

    def choice(self, seq):
        return seq[0]


@examples(50)  # each draws as often as 1,000 times from as many as 500
@given(seed=st.integers(), count=st.integers(1, REMEMBERED_TIPS))
def test_no_tip_comes_twice_until_all_were_seen(seed, count):
    picker, choice = picker_with(seed), tips(count)
    first_round = [picker.pick(1, choice, None)[1].id for _ in range(count)]
    second_round = [picker.pick(1, choice, None)[1].id for _ in range(count)]

    assert sorted(first_round) == sorted(tip.id for _, tip in choice)
    assert second_round == first_round  # the one seen longest ago comes back first


@examples(50)
@given(seed=st.integers())
def test_among_many_tips_the_last_thirty_do_not_come_back(seed):
    picker, choice = picker_with(seed), tips(REMEMBERED_TIPS + 20)
    drawn = [picker.pick(1, choice, None)[1].id for _ in range(150)]

    for at, name in enumerate(drawn):
        assert name not in drawn[max(0, at - REMEMBERED_TIPS) : at]


def test_every_area_gives_all_its_tips_before_one_comes_again(library):
    for area, written in library.tips.items():
        picker, choice = picker_with(7), [(area, tip) for tip in written]
        drawn = {picker.pick(1, choice, None)[1].id for _ in written}
        assert len(drawn) == len(written), f"{area}: {len(drawn)} different tips in {len(written)} draws"


def test_tips_of_two_areas_with_one_id_are_two_tips():
    picker, choice = TipPicker(First()), tips(1, area="hip") + tips(1, area="knee")

    assert [picker.pick(1, choice, None)[0] for _ in range(3)] == ["hip", "knee", "hip"]


def test_what_one_person_saw_says_nothing_about_another():
    picker, choice = TipPicker(First()), tips(3)

    assert picker.pick(1, choice, None)[1].id == picker.pick(2, choice, None)[1].id == "t0"
    assert picker.pick(1, choice, None)[1].id == "t1"


@pytest.mark.parametrize("moment", list(TipMoment))
def test_a_moment_asked_for_is_a_moment_given(library, moment):
    choice = [(area, tip) for area, written in library.tips.items() for tip in written]
    picker = picker_with(1)

    assert {picker.pick(1, choice, moment)[1].moment for _ in range(40)} == {moment}


def test_a_moment_nobody_wrote_for_is_a_typed_error():
    picker = picker_with(1)

    with pytest.raises(NoSuchTip):
        picker.pick(1, tips(3, moment="before"), TipMoment.SLEEP)
    with pytest.raises(NoSuchTip):
        picker.pick(1, [], None)


def test_the_least_recent_person_is_forgotten_when_there_are_too_many():
    picker, choice = TipPicker(First()), tips(2)
    assert picker.pick(0, choice, None)[1].id == "t0"
    for person in range(1, REMEMBERED_PEOPLE):
        picker.pick(person, choice, None)

    assert picker.pick(0, choice, None)[1].id == "t1"  # still known, and now the most recent
    assert picker.pick(REMEMBERED_PEOPLE, choice, None)[1].id == "t0"
    assert picker.pick(1, choice, None)[1].id == "t0"  # forgotten: starts again
    assert picker.pick(0, choice, None)[1].id == "t0"  # both were seen, so the older one
