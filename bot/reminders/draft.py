"""A reminder as somebody asked for it, and how it becomes one."""

from dataclasses import dataclass, field, replace

from bot.clock import Clock
from bot.errors import UserError
from bot.ids import new_id
from bot.localtime import DAY, local_day
from bot.reminders.content import ReminderContent
from bot.reminders.errors import WordsMissing
from bot.reminders.morning_questions import once
from bot.reminders.service import PersonalReminder, ReminderService
from bot.schedules.parse.clock_time import time_from
from bot.schedules.parse.line import schedule_from
from bot.schedules.schedule import Schedule
from bot.storage.reminders import ReminderKind


@dataclass(frozen=True, slots=True)
class ReminderDraft:
    """Kept for half an hour while something is missing."""

    kind: ReminderKind
    when: str  # as typed
    area: str | None = None
    words: str | None = None
    named: bool = False
    minutes: int | None = None
    entry: str | None = None  # the reminder this changes
    before: str = ""  # when that one rings so far, as it could be typed
    made: str = field(default_factory=new_id)  # the id a new one gets, so that asking twice sets one

    @property
    def whole(self) -> bool:
        """Nothing has to be asked for."""
        told = bool(self.when) and (self.kind is not ReminderKind.WORDS or bool(self.words))
        return told or self.kind is ReminderKind.MORNING


class Unread(UserError):
    """Something that was typed cannot be read; says what the cause says."""

    def __init__(self, cause: UserError) -> None:
        self.message = cause.message
        super().__init__(**cause.values)


class ReminderDrafts:
    """Reads wishes, and keeps what they come to."""

    def __init__(self, personal: ReminderService, clock: Clock) -> None:
        self._personal = personal
        self._clock = clock

    async def read(self, person: int, draft: ReminderDraft) -> Schedule | None:
        """When it is to ring; None: as before. Raises NeedsConsent, NoZone, TooMany, Unread."""
        zone = await self._personal.zone(person)
        if draft.entry is None:
            await self._personal.room(person, draft.kind)
        try:
            if draft.kind is ReminderKind.WORDS and not _visible(draft.words or ""):
                raise WordsMissing
            if draft.entry is not None and draft.when.strip() in {"", draft.before}:
                return None
            today = local_day(self._clock.now(), zone)
            if draft.kind is not ReminderKind.MORNING:
                return schedule_from(draft.when, zone, today)
            return once(today - DAY, time_from(draft.when) if draft.when else ReminderContent().morning, zone)
        except UserError as error:
            raise Unread(error) from error

    async def change(
        self, person: int, draft: ReminderDraft, entry: str, schedule: Schedule | None, language: str
    ) -> PersonalReminder:
        """Other times, other words or both. Raises NoSuchReminder, Changed."""
        about = (await self._personal.item(person, entry)).about
        morning = schedule.at if schedule else about.morning
        told = replace(about, words=draft.words, morning=morning, language=language)
        return await self._personal.change(person, entry, schedule=schedule, about=told)

    async def keep(
        self, person: int, draft: ReminderDraft, schedule: Schedule, channel: int, language: str
    ) -> PersonalReminder:
        """A new one. Raises TooMany."""
        everywhere = draft.kind is ReminderKind.MORNING  # it asks about whatever somebody ran with
        about = ReminderContent(
            area=None if everywhere else draft.area,
            words=draft.words,
            named=draft.named,
            minutes=draft.minutes,
            morning=schedule.at,
            language=language,
        )
        return await self._personal.add(person, draft.kind, schedule, channel, about, name=draft.made)


def _visible(text: str) -> bool:
    """Whether there is anything to read in it."""
    return any(mark.isprintable() and not mark.isspace() for mark in text)
