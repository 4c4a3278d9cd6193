"""What one row of the barometer can tell about one person: all five lots, counted through."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.models import CheckIn
from bot.clubs.barometer import MIN_PEOPLE, MOST_LEFT_OUT, NIGGLE, Sore, band, bands, left_out_by_lot, sore

MONDAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
UTC_ZONE, AUCKLAND = ZoneInfo("UTC"), ZoneInfo("Pacific/Auckland")
DAY = timedelta(days=1)
AREAS = ("hip", "knee", "neck")

counts = st.integers(0, 40)
lots = range(MOST_LEFT_OUT + 1)
#: Many who are alike, so that groups get near five, and a few who are not.
crowds = st.builds(
    lambda alike, others: [areas for areas, count in alike for _ in range(count)] + others,
    st.lists(st.tuples(st.frozensets(st.sampled_from(AREAS)), st.integers(3, 11)), max_size=4),
    st.lists(st.frozensets(st.sampled_from(AREAS)), max_size=4),
)


def entry(pain: int, day: int = 0, area: str = "hip", **more: int) -> CheckIn:
    return CheckIn(id="0" * 32, at=NOON + day * DAY, area=area, pain=pain, **more)


@given(counts, counts, st.sampled_from(lots))
def test_nothing_is_shown_of_fewer_than_five_nor_beside_fewer_than_five(here: int, others: int, left_out: int) -> None:
    low = band(here, others, left_out)

    assert low is None or (here >= MIN_PEOPLE and others >= MIN_PEOPLE)
    assert (band(here, others, left_out) is not None) == (min(here, others) >= MIN_PEOPLE + left_out)


@given(counts, counts, st.sampled_from(lots))
def test_a_band_of_five_never_says_too_many(here: int, others: int, left_out: int) -> None:
    low = band(here, others, left_out)

    assert low is None or (low % MIN_PEOPLE == 0 and MIN_PEOPLE <= low <= here < low + MIN_PEOPLE + MOST_LEFT_OUT)


@given(counts, counts)
def test_one_more_on_one_side_shows_in_one_lot_of_five_at_most(here: int, others: int) -> None:
    assert changed(lambda left_out: (band(here, others, left_out), band(here + 1, others, left_out))) <= 1
    assert changed(lambda left_out: (band(here, others, left_out), band(here, others + 1, left_out))) <= 1


@given(counts, counts)
def test_who_gets_sore_shows_in_two_lots_at_most_and_in_one_where_many_are_free_of_it(here: int, others: int) -> None:
    seen = changed(lambda left_out: (band(here, others + 1, left_out), band(here + 1, others, left_out)))

    assert seen <= (1 if others >= 2 * MIN_PEOPLE - 1 else 2)


def changed(pair) -> int:
    """In how many of the five lots the two differ."""
    return sum(one != other for one, other in map(pair, lots))


@given(crowds, st.frozensets(st.sampled_from(AREAS)))
def test_whether_somebody_is_there_shows_in_one_lot_of_five_at_most_in_every_row(crowd: list[Sore], one: Sore) -> None:
    for area in AREAS:
        rows = [(shown(crowd, left_out).get(area), shown([*crowd, one], left_out).get(area)) for left_out in lots]
        assert sum(without != with_ for without, with_ in rows) <= 1
        assert all(
            abs((without or 0) - (with_ or 0)) <= MIN_PEOPLE for without, with_ in rows if None not in {without, with_}
        )


@given(crowds)
def test_a_row_stands_for_five_people_and_beside_five_others(crowd: list[Sore]) -> None:
    for left_out in lots:
        for area, low in shown(crowd, left_out).items():
            here = [areas for areas in crowd if area in areas]
            assert len(here) >= low >= MIN_PEOPLE
            assert len(crowd) - len(here) >= MIN_PEOPLE


def shown(crowd: list[Sore], left_out: int) -> dict[str, int]:
    return bands(crowd, dict.fromkeys(AREAS, left_out).__getitem__)


@given(crowds)
def test_no_row_depends_on_the_order_of_people_nor_on_another_area(crowd: list[Sore]) -> None:
    for area in AREAS:
        alone = shown([areas & {area} for areas in reversed(crowd)], 2)
        assert alone.get(area) == shown(crowd, 2).get(area)


def test_a_lot_is_drawn_once_and_every_lot_is_as_likely() -> None:
    drawn = Counter(left_out_by_lot(b"secret", MONDAY + week * 7 * DAY, area) for week in range(500) for area in AREAS)

    assert set(drawn) == set(lots)
    assert all(240 <= count <= 360 for count in drawn.values())  # of 1,500; less than 4 standard deviations off
    assert left_out_by_lot(b"secret", MONDAY, "hip") == left_out_by_lot(b"secret", MONDAY, "hip")


def test_lots_of_weeks_areas_and_clubs_do_not_follow_from_each_other() -> None:
    def series(secret: bytes, area: str) -> list[int]:
        return [left_out_by_lot(secret, MONDAY + week * 7 * DAY, area) for week in range(200)]

    one = series(b"one", "hip")
    for other in (series(b"two", "hip"), series(b"one", "knee"), one[1:]):
        assert 15 <= sum(a == b for a, b in zip(one, other, strict=False)) <= 65  # of 200; one in five by chance


@pytest.mark.parametrize(
    ("entries", "where"),
    [
        ([entry(NIGGLE), entry(0, 1)], {"hip"}),
        ([entry(NIGGLE - 1), entry(0, 1)], set()),
        ([entry(0, during=NIGGLE), entry(0, 1)], {"hip"}),
        ([entry(0, worst=10), entry(0, 1)], set()),
        ([entry(9), entry(9, 1, "knee"), entry(1, 2, "neck")], {"hip", "knee"}),
    ],
    ids=["from three on", "two is green", "on a run", "the worst of yesterday", "two places"],
)
def test_a_niggle_is_a_pain_of_three_now_or_on_a_run(entries: list[CheckIn], where: set[str]) -> None:
    assert sore(entries, UTC_ZONE) == where


@pytest.mark.parametrize("entries", [[], [entry(9)], [entry(9), entry(8, area="knee")]])
def test_who_checked_in_on_one_day_only_is_not_counted(entries: list[CheckIn]) -> None:
    assert sore(entries, UTC_ZONE) is None


def test_days_are_the_clubs() -> None:
    evening = CheckIn(id="0" * 32, at=NOON - timedelta(hours=2), area="hip", pain=5)

    assert sore([evening, entry(5)], UTC_ZONE) is None
    assert sore([evening, entry(5)], AUCKLAND) == {"hip"}
