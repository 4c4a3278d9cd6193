"""What to ask on the morning after a run, and when."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.checkins.models import CheckIn
from bot.checkins.person_diary import DiaryReader
from bot.checkins.runs import questions
from bot.localtime import DAY, local_day, wall_time
from bot.reminders.content import ReminderContent
from bot.schedules.schedule import DAILY, Schedule

LOOK_BACK: Final = timedelta(days=3)  # a question is due within two days of its run
MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Morning:
    """What the question of one morning is about: areas, by their ids."""

    ran: tuple[str, ...] = ()  # with a run the day before
    left: tuple[str, ...] = ()  # those of them that nobody has answered yet

    @property
    def one(self) -> str | None:
        """The only area there ever was to ask about, so that one tap is an answer; None: say which."""
        return self.left[0] if len(self.ran) == 1 and self.left else None

    def known(self, areas: Collection[str]) -> "Morning":
        """As far as the content still has them."""
        return Morning(
            tuple(area for area in self.ran if area in areas), tuple(area for area in self.left if area in areas)
        )


async def morning_of(diary: DiaryReader, about: ReminderContent, zone: ZoneInfo, day: date) -> Morning:
    """What to ask on a day on the wall."""
    since = datetime.combine(day, time(), UTC) - LOOK_BACK
    return asked_on(day, await diary.checkins(since), about, zone)


def asked_on(day: date, diary: Iterable[CheckIn], about: ReminderContent, zone: ZoneInfo) -> Morning:
    """What to ask on a day on the wall, by what the diary says."""
    kept, ran_on = list(diary), day - DAY
    ran = {entry.area for entry in kept if entry.during is not None and local_day(entry.at, zone) == ran_on}
    left = [found.area for found in questions(kept, zone, about.morning) if found.run_day == ran_on]
    return Morning(tuple(sorted(ran)), tuple(left))


def next_questions(
    diary: Iterable[CheckIn], about: ReminderContent, zone: ZoneInfo, now: datetime, asked: Collection[date] = ()
) -> Schedule:
    """The mornings that are to be asked about: today's and tomorrow's at most; a day that is over when there is none.

    All at one time on the wall: where runs ended late and their questions differ, the latest, so that no question comes
    before its eight hours of rest are over. `asked`: days on the wall whose question has rung.
    """
    dues = (question.due for question in questions(diary, zone, about.morning) if question.due > now)
    ahead = [at for at in (_minute(due, zone) for due in dues) if at.date() not in asked]
    if not ahead:
        return once(local_day(now, zone) - DAY, about.morning, zone)
    days = [at.date() for at in ahead]
    return Schedule(max(at.time() for at in ahead), DAILY, zone, starts=min(days), ends=max(days))


def once(day: date, at: time, zone: ZoneInfo) -> Schedule:
    """A schedule with one date."""
    return Schedule(at, DAILY, zone, starts=day, ends=day)


def _minute(due: datetime, zone: ZoneInfo) -> datetime:
    """The whole minute on the wall that is not before an instant."""
    return wall_time(due + MINUTE - timedelta(microseconds=1), zone).replace(
        second=0, microsecond=0, tzinfo=None, fold=0
    )
