"""The content of a person's reminder, sealed in its row, and the draft of one."""

from dataclasses import dataclass, field, replace
from datetime import datetime, time
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

import structlog
from pydantic import TypeAdapter

from bot.checkins.runs import ASK_AT
from bot.errors import UserError
from bot.ids import new_id
from bot.localtime import DAY, local_day, zone_named
from bot.reminders.scheduled import NoWords, Scheduled, WordsMissing, once, schedule_of
from bot.schedules.parse.line import schedule_from
from bot.schedules.parse.vocabulary import time_from
from bot.schedules.schedule import Schedule
from bot.storage.errors import CannotOpen, NoKey
from bot.storage.reminders import Reminder, ReminderKind
from bot.storage.storage import Storage
from bot.storage.vault import associated_data_of
from bot.typed_text import sanitized
from bot.zones import UnclearZone

log = structlog.get_logger("limber.reminders")

MAX_WORDS_LENGTH: Final = 200  # characters
WORDLESS_BLOCK: Final = 58  # bytes to seal: whatever is filled in, a reminder without words fits


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderContent:
    """What a reminder brings. It stands in no clear column, nor on a lock screen unless the person chose so."""

    area: str | None = None  # an area's id
    words: str | None = None  # at most MAX_WORDS_LENGTH characters
    named: bool = False  # whether the message may name the area
    minutes: int | None = None  # about how long a routine is to be
    morning: time = ASK_AT  # local: when to ask on the morning after a run
    language: str = "en"


SHAPE: Final = TypeAdapter(ReminderContent)

#: What of a content each kind makes no use of. On the morning after a run it asks about whatever somebody ran with.
UNUSED: Final = MappingProxyType(
    {
        ReminderKind.CHECKIN: ("minutes",),
        ReminderKind.STRETCH: (),
        ReminderKind.WORDS: ("area", "minutes", "named"),
        ReminderKind.MORNING: ("area", "minutes"),
    }
)


@dataclass(frozen=True, slots=True)
class PersonalReminder(Scheduled):
    """One reminder of a person, opened. What it brings may be unreadable: damaged, or of a newer version."""

    content: ReminderContent  # nothing where it is unreadable
    readable: bool = True

    @property
    def kind(self) -> ReminderKind:
        return self.reminder.kind


@dataclass(frozen=True, slots=True)
class ReminderDraft:
    """A reminder as somebody asked for it; kept for half an hour while something is missing."""

    kind: ReminderKind
    when: str  # as typed
    content: ReminderContent = field(default_factory=ReminderContent)
    entry: str | None = None  # the reminder this changes
    meant: str | None = None  # the zone that a place in `when` stands for, once they have picked it
    before: str = ""  # when that one rings so far, as it could be typed
    made: str = field(default_factory=new_id)  # the id a new one gets, so that asking twice sets one
    left_out: tuple[str, ...] = ()  # what was asked for and is no part of a reminder like this, by its field

    @classmethod
    def asked(cls, kind: ReminderKind, when: str, content: ReminderContent) -> "ReminderDraft":
        """A new one; what its kind makes no use of is left out of the content, and named."""
        nothing = ReminderContent()
        left_out = tuple(name for name in UNUSED[kind] if getattr(content, name) != getattr(nothing, name))
        used = replace(content, **{name: getattr(nothing, name) for name in left_out})
        return cls(kind, when, used, left_out=left_out)

    def schedule(self, zone: ZoneInfo, now: datetime) -> Schedule | None:
        """When it is to ring; None: as before. Raises Unread."""
        try:
            if self.kind is ReminderKind.WORDS and not sanitized(self.content.words or ""):
                raise WordsMissing
            if self.entry is not None and self.when.strip() in {"", self.before}:
                return None
            today = local_day(now, zone)
            if self.kind is not ReminderKind.MORNING:
                return schedule_from(self.when, zone, today, zone_named(self.meant))
            return once(today - DAY, time_from(self.when) if self.when else ASK_AT, zone)
        except UserError as error:
            raise Unread(error) from error

    def edited(self, when: str | None, words: str | None) -> "ReminderDraft":
        """With another time, other words or both; None leaves them. Raises NoWords."""
        if words and self.kind is not ReminderKind.WORDS:
            raise NoWords
        content = replace(self.content, words=words or self.content.words)
        return replace(self, when=when or self.when, content=content)

    @property
    def complete(self) -> bool:
        """Nothing has to be asked for."""
        if self.kind is ReminderKind.MORNING:
            return True
        return bool(self.when) and (self.kind is not ReminderKind.WORDS or bool(self.content.words))


class Unread(UserError):
    """Something that was typed cannot be read; says what the cause says. `choices`: the zones a place could mean."""

    def __init__(self, cause: UserError) -> None:
        self.message = cause.message
        self.choices = cause.choices if isinstance(cause, UnclearZone) else ()
        super().__init__(**cause.values)


def to_plain(content: ReminderContent) -> bytes:
    """What is sealed: a line of its fields, with a comma between; nothing for None. Words are last, if there are any.

    >>> to_plain(ReminderContent(area="hip", words="Calves, then hips"))
    b'en,08:00,,0,hip,Calves, then hips'
    """
    fields = (content.language, f"{content.morning:%H:%M}", content.minutes, int(content.named), content.area)
    line = ",".join("" if value is None else str(value) for value in fields)
    return (line if content.words is None else f"{line},{content.words}").encode()


def from_plain(plain: bytes) -> ReminderContent:
    """The content that `to_plain` made this of, or 1.0.0, which wrote JSON. Raises ValueError."""
    if plain.startswith(b"{"):
        return SHAPE.validate_json(plain)
    language, morning, minutes, named, area, *words = plain.decode().split(",", 5)
    fields = {
        "language": language,
        "morning": morning,
        "minutes": minutes or None,
        "named": named,
        "area": area or None,
    }
    return SHAPE.validate_python(fields | {"words": words[0] if words else None})


async def opened(storage: Storage, reminder: Reminder) -> PersonalReminder:
    """A reminder with what it brings."""
    content = await content_of(storage, reminder)
    return PersonalReminder(reminder, schedule_of(reminder), content or ReminderContent(), content is not None)


async def content_of(storage: Storage, reminder: Reminder) -> ReminderContent | None:
    """What it brings; None where that is unreadable."""
    if reminder.sealed is None or reminder.person is None:
        return ReminderContent()
    try:
        plain = await storage.vault.unseal(reminder.person, reminder.sealed, sealed_for(reminder.id))
        return from_plain(plain)
    except (CannotOpen, NoKey, ValueError) as error:  # the text of the last would quote what is in it
        log.warning("what a reminder brings is unreadable", reminder=reminder.id, why=type(error).__name__)
        return None


def sealed_for(reminder: str) -> bytes:
    """What the text is bound to, so that it opens in no other reminder."""
    return associated_data_of("reminder", reminder)
