"""The questions of mornings after runs, and how much higher the pain is then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.checkins.days import ByDay, by_day
from bot.checkins.entry import CheckIn
from bot.localtime import DAY, instant_of, wall_time

ASK_AT = time(8)  # local, unless the person chose another time
REST = timedelta(hours=8)  # at least, between the run and the question
MORNING_FROM, MORNING_TO = time(4), time(12)  # before four it is still the night
LOOK_BACK_DAYS = 2  # how far before the run's day a morning may lie to be compared with


@dataclass(frozen=True, slots=True)
class MorningQuestion:
    """How is it this morning? One for each area and day with a run."""

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
    return any(MORNING_FROM <= wall_time(entry.at, zone).time() < until for entry in entries)


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
    rested = (entry for entry in before_run(entries) if wall_time(entry.at, zone).time() >= MORNING_FROM)
    return next((entry.pain for entry in rested), None)


def before_run(entries: Sequence[CheckIn]) -> Sequence[CheckIn]:
    """The check-ins of a day up to its first run; the one with the run in it is left out."""
    first = next((at for at, entry in enumerate(entries) if entry.during is not None), len(entries))
    return entries[:first]
