"""The question on the morning after a run: what to ask and when, and what an answer comes to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.advice.library import Library
from bot.advice.model import Area
from bot.checkins.diary_reader import DiaryReader
from bot.checkins.models import CheckIn
from bot.checkins.person_diary import PersonDiary
from bot.checkins.runs import Limits, RunDay, questions
from bot.localtime import DAY, local_day, wall_time
from bot.reminders.content import ReminderContent
from bot.reminders.scheduled import once
from bot.schedules.schedule import DAILY, Schedule

QUESTION_WINDOW: Final = timedelta(days=3)  # a question is due within two days of its run
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


@dataclass(frozen=True, slots=True)
class JudgedRun:
    """What the diary says about the run of the day before, now that a morning after it is known."""

    run: RunDay
    again: bool  # red again and again: somebody is to look at it before the next run
    unread: bool  # something is kept that cannot be read


async def morning_of(diary: DiaryReader, content: ReminderContent, zone: ZoneInfo, day: date) -> Morning:
    """What to ask on a day on the wall, by what the diary says."""
    checkins = await diary.checkins(datetime.combine(day, time(), UTC) - QUESTION_WINDOW)
    run_day = day - DAY
    ran = {entry.area for entry in checkins if entry.during is not None and entry.day(zone) == run_day}
    left = [question.area for question in questions(checkins, zone, content.morning) if question.run_day == run_day]
    return Morning(tuple(sorted(ran)), tuple(left))


def next_questions(
    checkins: Iterable[CheckIn],
    content: ReminderContent,
    zone: ZoneInfo,
    now: datetime,
    asked: Collection[date] = (),
) -> Schedule:
    """The mornings that are to be asked about: today's and tomorrow's at most; a day that is over when there is none.

    All at one time on the wall: where runs ended late and their questions differ, the latest, so that no question comes
    before its eight hours of rest are over. `asked`: days on the wall whose question has rung.
    """
    dues = (question.due for question in questions(checkins, zone, content.morning) if question.due > now)
    # the whole minute on the wall that is not before an instant
    minutes = (wall_time(due + MINUTE - timedelta.resolution, zone).replace(second=0, microsecond=0) for due in dues)
    ahead = [at.replace(tzinfo=None, fold=0) for at in minutes if at.date() not in asked]
    if not ahead:
        return once(local_day(now, zone) - DAY, content.morning, zone)
    days = [at.date() for at in ahead]
    return Schedule(max(at.time() for at in ahead), DAILY, zone, starts=min(days), ends=max(days))


async def judged_run(diary: PersonDiary, area: Area, morning: date, library: Library) -> JudgedRun | None:
    """What the run of the day before `morning` comes to; None when none with this area is known."""
    facts = await diary.run_facts(area.id, Limits.of(area, library), library.general_ids)
    run = next((run for run in facts.runs if run.date == morning - DAY), None)
    return None if run is None else JudgedRun(run, facts.again, facts.unread)
