"""The question on the morning after a run: when to ask it, and about what."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.checkins.days import DAY, local_day, wall
from bot.checkins.diary import Diary, zone_of
from bot.checkins.entry import CheckIn
from bot.checkins.morning import questions
from bot.clock import Clock
from bot.reminders.about import About
from bot.reminders.personal import about_of, once, schedule_of
from bot.reminders.schedule import Schedule
from bot.reminders.schedule_stored import to_stored
from bot.storage.reminders import Reminder, ReminderKind, ReminderState
from bot.storage.storage import Storage

LOOK_BACK = timedelta(days=3)  # a question is due within two days of its run
MINUTE = timedelta(minutes=1)

log = structlog.get_logger("limber.mornings")


class Mornings:
    """Keeps the one reminder for mornings in step with the diary; who has none is not asked."""

    def __init__(self, diary: Diary, storage: Storage | None, clock: Clock, nudge: Callable[[], None]) -> None:
        self._diary = diary
        self._storage = storage
        self._clock = clock
        self._nudge = nudge

    async def follow(self, person: int) -> bool:
        """A check-in was kept or changed; whether this person is asked in the morning after runs.

        Whatever goes wrong here, the check-in is safe.
        """
        if self._storage is None:
            return False
        try:
            found = await self._storage.reminders.of_person(person)
            for reminder in (one for one in found if one.kind is ReminderKind.MORNING):
                await self._follow(self._storage, person, reminder)
                return True
        except Exception as error:  # noqa: BLE001  # said in the log; the next check-in sets it right
            log.error("the question for the morning could not be set", why=type(error).__name__)
        return False

    async def asked(self, person: int, about: About, due: datetime) -> tuple[str, ...]:
        """The areas that the question of a morning is still about."""
        found = await self._storage.people.find(person) if self._storage else None
        if found is None:
            return ()
        diary = await self._diary.quietly(person, CheckIn, due - LOOK_BACK)
        return asked_about(diary, about, zone_of(found), due)

    async def _follow(self, storage: Storage, person: int, reminder: Reminder) -> None:
        found, now = await storage.people.find(person), self._clock.now()
        if found is None or reminder.state not in {ReminderState.ACTIVE, ReminderState.ENDED}:
            return
        zone, about, before = zone_of(found), await about_of(storage, reminder), schedule_of(reminder)
        diary = await self._diary.quietly(person, CheckIn, now - LOOK_BACK)
        schedule = replace(next_question(diary, about, zone, now), pause=before.pause if before else None)
        due = schedule.next_after(now)
        wanted = replace(
            reminder,
            schedule=to_stored(schedule),
            zone=zone.key,
            state=ReminderState.ACTIVE if due else ReminderState.ENDED,
            next_due=due.due if due else None,
        )
        if (wanted.state, wanted.next_due) != (reminder.state, reminder.next_due):
            await storage.reminders.replace(wanted)  # edited meanwhile: whoever did looked at the diary too
            self._nudge()


def next_question(diary: Iterable[CheckIn], about: About, zone: ZoneInfo, now: datetime) -> Schedule:
    """The one date of the next question; a date that is over while no run asks for one."""
    ahead = [question.due for question in questions(diary, zone, about.morning) if question.due > now]
    if not ahead:
        return once(local_day(now, zone) - DAY, about.morning, zone)
    local = wall(ahead[0] + MINUTE - timedelta(microseconds=1), zone)
    return once(local.date(), local.time().replace(second=0, microsecond=0, fold=0), zone)


def asked_about(diary: Iterable[CheckIn], about: About, zone: ZoneInfo, due: datetime) -> tuple[str, ...]:
    """The areas to ask about at a question's time, as far as nobody has answered yet."""
    yesterday = local_day(due, zone) - DAY
    return tuple(found.area for found in questions(diary, zone, about.morning) if found.run_day == yesterday)
