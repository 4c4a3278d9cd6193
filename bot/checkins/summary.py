"""The summary of a diary: what the answer to the next check-in needs of the weeks before, and no more."""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from bot.checkins.days import RISE_DAYS, RISE_FROM, Numbers, least_of_a_rise, numbers_of, rose, worst_of
from bot.checkins.models import CheckIn, Finding
from bot.checkins.prompts import Prompt, is_flag, prompts_of
from bot.localtime import DAY, local_day

PROMPT_WINDOW = timedelta(days=40)  # a rule looks at 28 days and bridges two weeks; an entry may be 30 days old
FRESH = DAY  # so young is a check-in that the summary answers for
SLACK = 3  # days: somebody who flies west has a later check-in on an earlier day
DAYS_KEPT, LOWS_KEPT = 28 + SLACK, RISE_DAYS + SLACK
ROOM = 1023  # bytes: six areas that are logged every day, packed

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Earlier:
    """The check-in of the same place before this one: its pain, its day in the person's zone, and how long ago."""

    pain: int
    day: date
    days_ago: int


@dataclass(frozen=True, slots=True)
class Past:
    """What the past has to say about a check-in: why to check the symptoms again, and how it was before."""

    prompts: tuple[Prompt, ...]
    earlier: Earlier | None = None


@dataclass(frozen=True, slots=True)
class AreaSummary:
    """One area. Days are local ones, in the order in which they were first logged."""

    at: datetime  # of the latest check-in,
    day: date  # its day,
    pain: int  # and its pain now
    worst: Mapping[date, int]  # the highest number of a day
    lows: Mapping[date, Numbers]  # the lowest of each of a day's numbers


@dataclass(frozen=True, slots=True)
class Summary:
    """What a diary says of the last weeks, by area. It says the same as the entries, for a check-in it `serves`."""

    areas: Mapping[str, AreaSummary]
    flags: Mapping[str, tuple[date, ...]]  # local days of symptom checks that flagged it

    @classmethod
    def of(cls, checkins: Iterable[CheckIn], findings: Iterable[Finding], zone: ZoneInfo) -> Self:
        """Of what was logged since PROMPT_WINDOW ago."""
        flags: dict[str, tuple[date, ...]] = {}
        for finding in findings:
            day = local_day(finding.at, zone)
            if is_flag(finding.disposition) and day not in flags.get(finding.area, ()):
                flags[finding.area] = (*flags.get(finding.area, ()), day)
        summary = cls({}, flags)
        for entry in sorted(checkins, key=lambda entry: (entry.at, entry.id)):
            summary = summary.followed_by(entry, entry.day(zone))
        return summary

    def serves(self, entry: CheckIn, now: datetime) -> bool:
        """Whether a check-in is the latest of its area, and of about now; what is added to the past wants all of it."""
        before = self.areas.get(entry.area)
        return now - FRESH <= entry.at <= now and (before is None or before.at < entry.at)

    def followed_by(self, entry: CheckIn, day: date) -> Self:
        """The same with one more, of that local day, which is not older than any other of its area."""
        before = self.areas.get(entry.area)
        worst = _since(before.worst if before else {}, day, DAYS_KEPT)
        lows = _since(before.lows if before else {}, day, LOWS_KEPT)
        worst[day] = max(worst.get(day, 0), worst_of(entry))
        lows[day] = _lowest(lows.get(day), numbers_of(entry))
        latest = before if before and before.at == entry.at else AreaSummary(entry.at, day, entry.pain, {}, {})
        areas = {area: kept for area, kept in self.areas.items() if kept.at >= entry.at - PROMPT_WINDOW}
        areas[entry.area] = AreaSummary(latest.at, latest.day, latest.pain, worst, lows)
        return type(self)(areas, self.flags)

    def next(self, entry: CheckIn, now: datetime, zone: ZoneInfo) -> tuple[Self, Past]:
        """The same with the check-in that comes next, and what is to be said about that."""
        before, day = self.areas.get(entry.area), entry.day(zone)
        after = self.followed_by(entry, day)
        worst, flags = after.areas[entry.area].worst, self.flags.get(entry.area, ())
        rise = before is not None and _risen(before, worst, entry, day)
        prompts = prompts_of(entry, worst, flags, local_day(now, zone), rise=rise)
        if before is None or before.at < now - PROMPT_WINDOW:
            return after, Past(prompts)
        return after, Past(prompts, Earlier(before.pain, before.day, (day - before.day).days))


SHAPE = TypeAdapter(Summary)


def packed(summary: Summary) -> bytes:
    """As it is sealed: always as long, so that nobody can tell from its length how many places hurt."""
    return zlib.compress(SHAPE.dump_json(summary)).ljust(ROOM, b"\0")


def unpacked(plain: bytes) -> Summary:
    """Raises ValueError for one of another version."""
    try:
        return SHAPE.validate_json(zlib.decompress(plain))
    except zlib.error as error:
        raise ValueError(str(error)) from None


def _risen(before: AreaSummary, worst: Mapping[date, int], entry: CheckIn, day: date) -> bool:
    """As `bot.checkins.days.risen`; `worst` is with `entry`."""
    if day != next(reversed(list(worst))) or worst_of(entry) < RISE_FROM:
        return False
    least, first = least_of_a_rise(worst), day - RISE_DAYS * DAY
    week = (low for logged, low in before.lows.items() if logged >= first)
    return any(rose(low, numbers_of(entry), least) for low in week)


def _since(days: Mapping[date, T], day: date, kept: int) -> dict[date, T]:
    first = day - kept * DAY
    return {logged: value for logged, value in days.items() if logged >= first}


def _lowest(one: Numbers | None, other: Numbers) -> Numbers:
    if one is None:
        return other
    now, worst, during = (a if b is None else b if a is None else min(a, b) for a, b in zip(one, other, strict=True))
    return now, worst, during
