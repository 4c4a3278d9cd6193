"""The question on the morning after a run: kept in step with the diary, and what an answer comes to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import structlog

from bot.advice.library import Library
from bot.advice.model import Area
from bot.checkins.diary import Diary
from bot.checkins.person_diary import PersonDiary
from bot.checkins.runs import Limits, RunDay, run_days
from bot.clock import Clock
from bot.localtime import DAY
from bot.reminders.morning_questions import Morning, morning_of
from bot.reminders.service import PersonalReminder, ReminderService
from bot.storage.occurrences import Occurrence
from bot.storage.reminders import ReminderKind
from bot.storage.storage import Storage

COMPARED: Final = timedelta(days=28)  # how old a check-in may be that a run is judged by

log = structlog.get_logger("limber.mornings")


@dataclass(frozen=True, slots=True)
class Judged:
    """What the diary says about the run of the day before, now that a morning after it is known."""

    run: RunDay
    again: bool  # red again and again: somebody is to look at it before the next run
    unread: bool  # something is kept that cannot be read


class MorningService:
    """Keeps the one reminder for mornings in step with the diary; who has none is not asked."""

    def __init__(self, diary: Diary, storage: Storage | None, clock: Clock, nudge: Callable[[], None]) -> None:
        self._diary = diary
        self._storage = storage
        self._clock = clock
        self._personal = ReminderService(diary, storage, clock, nudge)

    async def follow(self, diary: PersonDiary) -> bool:
        """A check-in was kept or changed; whether this person is asked in the morning after runs.

        Whatever goes wrong here, the check-in is safe.
        """
        if self._storage is None:
            return False
        try:
            found = await self._storage.reminders.of_person(diary.id)
            for reminder in (one for one in found if one.kind is ReminderKind.MORNING):
                await self._personal.follow(diary, reminder)
                return True
        except Exception as error:  # noqa: BLE001  # said in the log; the next check-in sets it right
            log.error("the question for the morning could not be set", why=type(error).__name__)
        return False

    async def asked(self, person: int, item: PersonalReminder, rung: Occurrence) -> Morning:
        """What the question of a morning is about, and what of it is left."""
        diary = await self._diary.of(person)
        return await morning_of(diary, item.about, diary.zone, rung.day)

    async def judged(self, person: int, area: Area, morning: date, library: Library) -> Judged | None:
        """What the run of the day before `morning` comes to; None when there is none with this area."""
        running = library.running.limits
        limits = Limits(area.can_run.ceiling, running.green, running.amber)
        diary = await self._diary.of(person)
        facts = await diary.run_facts(area.id, limits, library.general_ids)
        if any(finding.open and finding.bone for finding in await diary.findings()):
            limits = Limits(0, running.green, running.amber)  # with bone suspected any pain on a run is red
        entries = await diary.checkins(self._clock.now() - COMPARED)
        runs = run_days(entries, area.id, diary.zone, limits)
        run = next((run for run in runs if run.date == morning - DAY), None)
        return None if run is None else Judged(run, facts.again, facts.unread)
