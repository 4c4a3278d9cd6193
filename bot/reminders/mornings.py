"""The question on the morning after a run: kept in step with the diary, and what an answer comes to."""

from dataclasses import dataclass
from datetime import date

import structlog

from bot.advice.library import Library
from bot.advice.model import Area
from bot.checkins.person_diary import PersonDiary
from bot.checkins.runs import Limits, RunDay
from bot.localtime import DAY
from bot.reminders.morning_questions import Morning, morning_of
from bot.reminders.service import PersonalReminder, ReminderService
from bot.storage.occurrences import Occurrence

log = structlog.get_logger("limber.mornings")


@dataclass(frozen=True, slots=True)
class Judged:
    """What the diary says about the run of the day before, now that a morning after it is known."""

    run: RunDay
    again: bool  # red again and again: somebody is to look at it before the next run
    unread: bool  # something is kept that cannot be read


class MorningService:
    """Keeps the one reminder for mornings in step with the diary; who has none is not asked."""

    def __init__(self, reminders: ReminderService) -> None:
        self._reminders = reminders

    async def follow(self, diary: PersonDiary) -> bool:
        """A check-in was kept or changed; whether this person is asked in the morning after runs.

        Whatever goes wrong here, the check-in is safe.
        """
        try:
            return await self._reminders.follow(diary)
        except Exception as error:  # noqa: BLE001  # said in the log; the next check-in sets it right
            log.error("the question for the morning could not be set", why=type(error).__name__)
        return False

    async def asked(self, diary: PersonDiary, item: PersonalReminder, rung: Occurrence) -> Morning:
        """What the question of a morning is about, and what of it is left."""
        return await morning_of(diary, item.about, diary.zone, rung.day)

    async def judged(self, diary: PersonDiary, area: Area, morning: date, library: Library) -> Judged | None:
        """What the run of the day before `morning` comes to; None when none with this area is known."""
        limits = library.running.limits
        facts = await diary.run_facts(
            area.id, Limits(area.can_run.ceiling, limits.green, limits.amber), library.general_ids
        )
        run = next((run for run in facts.runs if run.date == morning - DAY), None)
        return None if run is None else Judged(run, facts.again, facts.unread)
