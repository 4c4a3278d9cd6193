"""The screening before exercises: whether somebody is to be seen before they stretch or run."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.advice.library import Library
from bot.advice.model import Routine
from bot.checkins.clearance import stands
from bot.checkins.diary import Diary
from bot.checkins.diary_reader import DiaryReader
from bot.checkins.models import Finding
from bot.checkins.person_diary import DiaryClosed
from bot.reminders.content import PersonalReminder, ReminderContent
from bot.storage.errors import StorageError
from bot.storage.reminders import ReminderKind

log = structlog.get_logger("limber.reminders")


@dataclass(frozen=True, slots=True)
class OpenRedFlag:
    """A symptom check that says to be seen first."""

    finding: Finding | None = None  # the worst one that is open; None: one cannot be read, so nobody knows


@dataclass(frozen=True, slots=True)
class Screening:
    """Every finished symptom check of one person, as far as it can be read."""

    open: Sequence[Finding] = ()
    unread: bool = False  # one of them cannot be, and what it says is never good news

    def before(self, areas: Collection[str], general: Collection[str]) -> OpenRedFlag | None:
        """What stands before exercises with these areas; without any, they are for the whole body, and all stand.

        `general`: ids of the warning signs that are asked whatever hurts.
        """
        standing = [
            finding for finding in self.open if not areas or any(stands(finding, area, general) for area in areas)
        ]
        if standing:
            return OpenRedFlag(min(standing, key=lambda finding: finding.precedence))
        return OpenRedFlag() if self.unread else None


async def screening_of(diary: DiaryReader) -> Screening:
    """What the symptom checks in a diary came to."""
    findings, unread = await diary.findings_and_unread()
    return Screening([finding for finding in findings if finding.open], unread=unread > 0)


async def before_stretches(diary: DiaryReader, content: ReminderContent, library: Library) -> OpenRedFlag | None:
    """What stands before the stretches of a reminder."""
    return (await screening_of(diary)).before(stretches(library, content).areas, library.general_ids)


async def before_reminders(
    diary: DiaryReader, items: Iterable[PersonalReminder], library: Library
) -> Mapping[str, OpenRedFlag]:
    """What reminders for stretches wait for, by their ids; none for those that wait for nothing."""
    waiting = [item for item in items if item.kind is ReminderKind.STRETCH]
    screening = await screening_of(diary) if waiting else Screening()
    red_flags = {
        item.reminder.id: screening.before(stretches(library, item.content).areas, library.general_ids)
        for item in waiting
    }
    return {reminder: red_flag for reminder, red_flag in red_flags.items() if red_flag is not None}


class ScreeningService:
    """What stands before exercises that somebody opens by themselves, whether or not they use a diary."""

    def __init__(self, diary: Diary) -> None:
        self._diary = diary

    async def before_area(self, person: int, area: str | None, general: Collection[str]) -> OpenRedFlag | None:
        """Before exercises with an area, or before any at all."""
        return (await self._of(person)).before([area] if area else (), general)

    async def before_routine(self, person: int, routine: str, library: Library) -> OpenRedFlag | None:
        """Before a routine."""
        plan = library.routines.get(routine)
        return (await self._of(person)).before(plan.areas if plan else (), library.general_ids)

    async def _of(self, person: int) -> Screening:
        """To look is no use of the diary. Without a database there is nothing to see; with one away, nobody knows."""
        try:
            return await screening_of(self._diary.without_touch(person))
        except DiaryClosed:
            return Screening()
        except StorageError as error:
            log.error("the symptom checks of somebody could not be read", why=str(error))
            return Screening(unread=True)


@dataclass(frozen=True, slots=True)
class Stretches:
    """What a reminder for stretches opens."""

    routine: Routine | None  # None: the warning signs of its place come before any exercise
    areas: frozenset[str]  # whose findings stand before it; none: those of the whole body


def stretches(library: Library, content: ReminderContent) -> Stretches:
    """The routine first, then every area it is for; a place that the content no longer has gets the whole body's."""
    area = library.areas.get(content.area or "")
    routine = library.routine_for(area, content.minutes)
    own = frozenset({area.id} if area and (area.id in routine.areas or area.screen_first) else ())
    allowed = routine.id in library.unscreened and not (area and area.screen_first)
    return Stretches(routine if allowed else None, own | frozenset(routine.areas))
