"""Days with a run: a traffic light for each, and the question on the morning after."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from bot.advice.library import Library
from bot.advice.model import Area
from bot.checkins.days import ByDay, by_day
from bot.checkins.models import CheckIn
from bot.localtime import DAY, instant_of, wall_time

SETTLES = timedelta(hours=1)  # back to start within it: green
BEDTIME = time(20)  # local; pain above the start from then on has lasted
DAYS_OFF = 3

ASK_AT = time(8)  # local, unless the person chose another time
REST = timedelta(hours=8)  # at least, between the run and the question
MORNING_FROM, MORNING_TO = time(4), time(12)  # before four it is still the night
LOOK_BACK_DAYS = 2  # how far before the run's day a morning may lie to be compared with


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds of clinical facts, section 3.2. Pains 0-10."""

    ceiling: int  # the most an area is asked to bear while running; 0 when bone is suspected
    green_to: int = 2
    amber_to: int = 5
    red_rise: int = 2  # the next morning, against the morning before

    @classmethod
    def of(cls, area: Area, library: Library) -> Self:
        """Those of the content, for runs with an area."""
        limits = library.running.limits
        return cls(area.can_run.ceiling, limits.green, limits.amber)


class RunLight(StrEnum):
    """The traffic light of a run, worst first; unknown is never taken as green."""

    RED = "red"
    AMBER = "amber"
    UNKNOWN = "unknown"
    GREEN = "green"


class RunReason(StrEnum):
    """What made the light of a run what it is."""

    OVER_LIMIT = "over_limit"  # while running: more than amber allows anywhere
    OVER_CEILING = "over_ceiling"  # while running: more than this area is asked to bear
    NEW_SIGN = "new_sign"  # a limp, numbness, … that day or before the next run of the day after
    LASTING = "lasting"  # in the evening still above where it began
    MORNING_JUMP = "morning_jump"  # the next morning higher by `red_rise` or more
    SOME_PAIN = "some_pain"  # while running: in amber
    SLOW = "slow"  # back to start by the evening, not within an hour
    MORNING_UP = "morning_up"  # the next morning higher, but by less
    EVENING_UNKNOWN = "evening_unknown"
    MORNING_UNKNOWN = "morning_unknown"


_LIGHTS = {
    RunReason.OVER_LIMIT: RunLight.RED,
    RunReason.OVER_CEILING: RunLight.RED,
    RunReason.NEW_SIGN: RunLight.RED,
    RunReason.LASTING: RunLight.RED,
    RunReason.MORNING_JUMP: RunLight.RED,
    RunReason.SOME_PAIN: RunLight.AMBER,
    RunReason.SLOW: RunLight.AMBER,
    RunReason.MORNING_UP: RunLight.AMBER,
    RunReason.EVENING_UNKNOWN: RunLight.UNKNOWN,
    RunReason.MORNING_UNKNOWN: RunLight.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class RunDay:
    """One local day with a run. `reasons` are those for its light, none when it is green."""

    date: date
    light: RunLight
    reasons: tuple[RunReason, ...]
    during: int  # the highest while running, 0-10
    rise: int | None  # the next morning against the morning before; None: unknown


def run_days(checkins: Iterable[CheckIn], area: str, zone: ZoneInfo, limits: Limits) -> tuple[RunDay, ...]:
    """The days with a run, oldest first.

    Red if anything is red, else amber if anything is amber, else unknown if the evening or the next morning is:
    green needs all three columns of the table in clinical facts 3.2.
    """
    logged = by_day(checkins, area, zone)
    ran = (day for day, entries in logged.items() if any(entry.during is not None for entry in entries))
    return tuple(_judged(logged, day, zone, limits) for day in ran)


def two_reds_in_a_row(runs: Sequence[RunDay]) -> bool:
    """Whether the last two days that are known are red: that asks for a clinician. An unknown day breaks no row."""
    lights = [run.light for run in runs if run.light is not RunLight.UNKNOWN]
    return lights[-2:] == [RunLight.RED, RunLight.RED]


def red_after_days_off(runs: Sequence[RunDay]) -> bool:
    """Whether the last known day is red after three whole days without a logged run: that asks for a clinician.

    The first run in the diary is after nothing.
    """
    latest = next((at for at in reversed(range(len(runs))) if runs[at].light is not RunLight.UNKNOWN), 0)
    if latest == 0 or runs[latest].light is not RunLight.RED:
        return False
    return (runs[latest].date - runs[latest - 1].date).days > DAYS_OFF


def _judged(logged: ByDay, day: date, zone: ZoneInfo, limits: Limits) -> RunDay:
    during = max(entry.during for entry in logged[day] if entry.during is not None)
    rise = rise_after(logged, day, zone)
    reasons = [*_while_running(during, limits)]
    if any(entry.new for entry in (*logged[day], *before_run(logged.get(day + DAY, ())))):
        reasons.append(RunReason.NEW_SIGN)
    reasons += (*_evening(logged, day, zone), *_next_morning(rise, limits))
    light = next((light for light in RunLight if light in map(_LIGHTS.__getitem__, reasons)), RunLight.GREEN)
    return RunDay(day, light, tuple(reason for reason in reasons if _LIGHTS[reason] is light), during, rise)


def _while_running(during: int, limits: Limits) -> Iterator[RunReason]:
    if during > limits.amber_to:
        yield RunReason.OVER_LIMIT
    elif during > limits.ceiling:
        yield RunReason.OVER_CEILING
    elif during > limits.green_to:
        yield RunReason.SOME_PAIN


def _evening(logged: ByDay, day: date, zone: ZoneInfo) -> Iterator[RunReason]:
    """Pain after the day's last run against the pain before its first; a run is taken as logged when it was over."""
    start = _start(logged, day)
    last_run = max(at for at, entry in enumerate(logged[day]) if entry.during is not None)
    run, *after = logged[day][last_run:]
    soon = [run, *(entry for entry in after if entry.at - run.at <= SETTLES)]
    later = after[len(soon) - 1 :]
    last = (soon + later)[-1]
    if start is None:
        yield RunReason.EVENING_UNKNOWN
    elif last.pain > start:
        lasted = bool(later) and last.local(zone).time() >= BEDTIME
        yield RunReason.LASTING if lasted else RunReason.EVENING_UNKNOWN
    elif soon[-1].pain > start or any(entry.pain > start for entry in later):
        yield RunReason.SLOW


def _start(logged: ByDay, day: date) -> int | None:
    """The latest pain before the day's first run: of that day, else of the day before; None: the diary knows none."""
    rested = [entry for entry in logged.get(day - DAY, ()) if entry.during is None]
    earlier = [*rested, *before_run(logged[day])]
    return earlier[-1].pain if earlier else None


def _next_morning(rise: int | None, limits: Limits) -> Iterator[RunReason]:
    if rise is None:
        yield RunReason.MORNING_UNKNOWN
    elif rise >= limits.red_rise:
        yield RunReason.MORNING_JUMP
    elif rise > 0:
        yield RunReason.MORNING_UP


@dataclass(frozen=True, slots=True)
class MorningQuestion:
    """The question how it is this morning, one for each area and day with a run."""

    area: str
    run_day: date  # local
    due: datetime  # UTC


def questions(checkins: Iterable[CheckIn], zone: ZoneInfo, at: time = ASK_AT) -> tuple[MorningQuestion, ...]:
    """The questions that runs in the diary ask for, soonest first; past ones too, the caller knows what time it is.

    Due at `at` on the local day after the run, or eight hours after the run's check-in when that is later. A run
    logged after midnight belongs to the day that has begun. None for a day with a check-in of that area in the
    morning already (from 04:00 until noon or the question, whichever is later): clinical facts, section 3.2.
    """
    entries, due_ones = list(checkins), []
    for area in {entry.area for entry in entries if entry.during is not None}:
        logged = by_day(entries, area, zone)
        for day, of_day in logged.items():
            runs = [entry for entry in of_day if entry.during is not None]
            if runs:
                due = max(instant_of(day + DAY, at, zone), runs[-1].at + REST)
                if not _answered(logged.get(day + DAY, ()), due, zone):
                    due_ones.append(MorningQuestion(area, day, due))
    return tuple(sorted(due_ones, key=lambda question: (question.due, question.area)))


def _answered(entries: Iterable[CheckIn], due: datetime, zone: ZoneInfo) -> bool:
    until = max(MORNING_TO, wall_time(due, zone).time())
    return any(MORNING_FROM <= entry.local(zone).time() < until for entry in entries)


def rise_after(logged: ByDay, run_day: date, zone: ZoneInfo) -> int | None:
    """How much higher the pain was the morning after `run_day` than the morning before the run; None: unknown.

    See `morning_pain` for what counts as a morning. Without one on the run's day, the latest of the two days before
    stands in.
    """
    after = morning_pain(logged.get(run_day + DAY, ()), zone)
    if after is None:
        return None
    for back in range(LOOK_BACK_DAYS + 1):
        before = morning_pain(logged.get(run_day - back * DAY, ()), zone)
        if before is not None:
            return after - before
    return None


def morning_pain(entries: Sequence[CheckIn], zone: ZoneInfo) -> int | None:
    """The first pain of a local day from 04:00 on, before any run of that day; None when there is none.

    Whoever answers the morning's question at lunch is heard too: stiffness eases during the day, so a rise that is
    still there then is real.
    """
    rested = (entry for entry in before_run(entries) if entry.local(zone).time() >= MORNING_FROM)
    return next((entry.pain for entry in rested), None)


def before_run(entries: Sequence[CheckIn]) -> Sequence[CheckIn]:
    """The check-ins of a day up to its first run; the one with the run in it is left out."""
    first = next((at for at, entry in enumerate(entries) if entry.during is not None), len(entries))
    return entries[:first]
