"""The parts of a schedule's description, for which the catalogue has the words."""

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from bot.schedules.schedule import DAILY, WEEKDAYS, WEEKENDS, EveryDays, Pause, Rhythm, Schedule

Days = Literal["daily", "weekdays", "weekends", "on", "every", "weeks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """The parts of "every 2 weeks on Monday at 07:30, Europe/London, from 23 November, paused"."""

    days: Days  # "on" `weekdays`; "every" `count` days; every `count` "weeks" on the one of `weekdays`
    count: int  # 1 where it is not counted
    weekdays: tuple[int, ...]  # for "on" and "weeks", in order, Monday is 0; else empty
    at: time
    zone: str
    starts: date | None  # the first local day it may ring; what is counted, counts from there
    ends: date | None
    pause: Pause | None  # as set, perhaps over: whether it is on is asked of the schedule


def describe(schedule: Schedule) -> Described:
    """The parts of a schedule; two that say the same in all of them ring alike."""
    rhythm = schedule.rhythm
    days, count, weekdays = _days(rhythm)
    starts = schedule.starts
    if isinstance(rhythm, EveryDays):
        starts = rhythm.on_or_after(starts or rhythm.first)
    return Described(
        days=days,
        count=count,
        weekdays=weekdays,
        at=schedule.at,
        zone=schedule.zone.key,
        starts=starts,
        ends=schedule.ends,
        pause=schedule.pause,
    )


def _days(rhythm: Rhythm) -> tuple[Days, int, tuple[int, ...]]:
    if isinstance(rhythm, EveryDays):
        weeks, rest = divmod(rhythm.count, 7)
        return ("every", rhythm.count, ()) if rest else ("weeks", weeks, (rhythm.first.weekday(),))
    named: dict[Rhythm, Days] = {DAILY: "daily", WEEKDAYS: "weekdays", WEEKENDS: "weekends"}
    days = named.get(rhythm, "on")
    return days, 1, tuple(sorted(rhythm.days)) if days == "on" else ()
