"""The summary of a diary says what all of its entries say."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.disposition import Disposition
from bot.checkins.models import CheckIn, Finding
from bot.checkins.prompts import Prompt, is_flag, prompts
from bot.checkins.service import earlier_of
from bot.checkins.summary import PROMPT_WINDOW, SHAPE, Past, Summary, packed, unpacked
from tests.support.examples import examples
from tests.unit.checkins.diaries import BERLIN, NOW, entry

HOURS = (0.1, 1, 9, 24, 24, 24, 25, 72, 24 * 7, 24 * 8, 24 * 13, 24 * 14, 24 * 15, 24 * 39, 24 * 41)
ZONES = (None, None, "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Honolulu", "Atlantis/City")
pains = st.sampled_from([0, 1, 3, 4, 4, 5, 7])
maybe = st.none() | pains
answers = st.fixed_dictionaries(
    {"pain": pains, "worst": maybe, "during": maybe, "zone": st.sampled_from(ZONES), "area": st.sampled_from("aab")}
)
steps = st.lists(st.tuples(st.sampled_from(HOURS), answers), min_size=1, max_size=25)
found = st.lists(
    st.tuples(st.floats(0, 41), st.sampled_from("ab"), st.sampled_from([Disposition.MODIFY, Disposition.CONTINUE])),
    max_size=9,
)


def diary_of(given_steps: Sequence[tuple[float, dict]]) -> list[CheckIn]:
    """The last is of now."""
    left, entries = sum(hours for hours, _ in given_steps[1:]), []
    for hours, given_answers in given_steps:
        left -= hours if entries else 0
        entries.append(CheckIn(id=f"{len(entries):032x}", at=NOW - timedelta(hours=left), **given_answers))
    return entries


def finding(at: datetime, area: str, disposition: Disposition) -> Finding:
    more = {"because": (), "reasons": (), "bone": False, "content": "1"}
    return Finding(id="f" * 32, at=at, area=area, disposition=disposition, **more)


def within(pages: Sequence, now: datetime) -> list:
    return [page for page in pages if now - PROMPT_WINDOW <= page.at <= now]


def full_look(latest: CheckIn, before: Sequence[CheckIn], findings: Sequence[Finding], zone: ZoneInfo) -> Past:
    seen = within(before, latest.at)
    flags = [each.at for each in within(findings, latest.at) if each.area == latest.area and is_flag(each.disposition)]
    return Past(prompts(latest, seen, flags, latest.at, zone), earlier_of(latest, seen, zone))


@given(steps, found, st.data())
@examples(400)
def test_it_says_what_all_entries_say_wherever_it_began(
    given_steps: list, given_findings: list, data: st.DataObject
) -> None:
    *before, latest = diary_of(given_steps)
    begun = data.draw(st.integers(0, len(before)))
    since = before[begun - 1].at if begun else before[0].at if before else NOW
    findings = [finding(NOW - timedelta(days=ago), area, is_) for ago, area, is_ in given_findings]
    findings = [each for each in findings if each.at <= since]

    summary = Summary.of(within(before[:begun], since), within(findings, since), BERLIN)
    for one in before[begun:]:
        assert summary.serves(one, one.at)
        summary = summary.followed_by(one, one.day(BERLIN))
    summary = unpacked(packed(summary))

    _, said = summary.next(latest, latest.at, BERLIN)
    assert said == full_look(latest, before, findings, BERLIN)


@pytest.mark.parametrize(
    ("pains", "expected"),
    [((1, 1, 5), Prompt.RISE), ((4,) * 15, Prompt.LASTING)],
)
def test_both_find_what_there_is_to_find(pains: tuple[int, ...], expected: Prompt) -> None:
    *before, latest = [entry(day, "12:00", pain) for day, pain in enumerate(pains)]
    summary = Summary.of(before, (), BERLIN)
    assert expected in summary.next(latest, latest.at, BERLIN)[1].prompts
    assert expected in prompts(latest, before, (), latest.at, BERLIN)


def test_a_day_that_goes_on_after_flying_west_is_not_the_latest() -> None:
    homes = ("Pacific/Honolulu", "Pacific/Kiritimati", "Pacific/Honolulu")
    hours = zip(("12:00", "13:00", "20:00"), homes, (1, 1, 5), strict=True)
    *before, latest = [entry(0, clock, pain, zone=home) for clock, home, pain in hours]
    days = [each.day(BERLIN) for each in (*before, latest)]
    assert days[0] == days[2] < days[1]
    before = [*(entry(ago, "12:00", 1) for ago in (-4, -3, -2)), *before]  # so that 5 is unusual
    summary = Summary.of(before, (), BERLIN)
    assert Prompt.RISE not in prompts(latest, before, (), latest.at, BERLIN)
    assert summary.next(latest, latest.at, BERLIN)[1] == full_look(latest, before, (), BERLIN)


def test_it_answers_for_no_entry_but_the_latest_of_about_now() -> None:
    today, older = entry(5, "12:00", 4), entry(4, "12:00", 4)
    summary = Summary.of([today], (), BERLIN)
    for other, now in ((older, older.at), (today, today.at)):
        assert not summary.serves(other, now)
    later = entry(8, "12:00", 1)
    assert summary.serves(later, later.at)
    assert not summary.serves(later, later.at + timedelta(days=2))
    assert not summary.serves(later, later.at - timedelta(days=1))
    assert summary.serves(entry(4, "12:00", 4, area="knee"), older.at)


def test_it_grows_with_the_areas_and_not_with_the_entries() -> None:
    summary, sizes = Summary({}, {}), []
    for day in range(80):
        for hour in range(0, 24, 3):
            logged = entry(day, f"{hour:02}:00", hour % 11, worst=hour % 10)
            summary = summary.followed_by(logged, logged.day(BERLIN))
        sizes.append(len(SHAPE.dump_json(summary)))
    assert max(sizes) < 1200
    assert len(set(sizes[40:])) <= 3


def test_its_length_does_not_tell_how_many_places_hurt() -> None:
    chance, summary, lengths = random.Random(1), Summary({}, {}), set()  # noqa: S311
    for day in range(40):
        for hour, area in enumerate(("hip", "knee", "calf", "low_back", "neck_headache", "hamstring")[: day // 5 + 1]):
            pains = {"worst": chance.randrange(11), "during": chance.randrange(11), "area": area}
            logged = entry(day, f"{hour:02}:{day:02}", chance.randrange(11), **pains)
            summary = summary.followed_by(logged, logged.day(BERLIN))
        lengths.add(len(packed(summary)))
    assert len(summary.areas) == 6
    assert len(lengths) == 1
