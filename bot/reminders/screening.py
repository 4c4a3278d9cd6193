"""Whether somebody is to be seen before they stretch or run."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.advice.library import Library
from bot.advice.model import Routine
from bot.checkins.clearance import stands
from bot.checkins.models import Finding
from bot.checkins.person_diary import DiaryReader
from bot.reminders.content import ReminderContent


@dataclass(frozen=True, slots=True)
class OpenRedFlag:
    """Be seen first."""

    finding: Finding | None = None  # the worst one that is open; None: one cannot be read, so nobody knows


@dataclass(frozen=True, slots=True)
class Screening:
    """Every finished symptom check of one person, as far as it can be read."""

    open: Sequence[Finding]
    unread: bool  # one of them cannot be, and what it says is never good news

    def before(self, areas: Collection[str], general: Collection[str]) -> OpenRedFlag | None:
        """What stands before exercises with these areas; without any, they are for the whole body, and all stand.

        `general`: ids of the warning signs that are asked whatever hurts.
        """
        found = [one for one in self.open if not areas or any(stands(one, area, general) for area in areas)]
        if found:
            return OpenRedFlag(min(found, key=lambda one: (one.disposition.rank, -one.at.timestamp())))
        return OpenRedFlag() if self.unread else None


async def screening_of(diary: DiaryReader) -> Screening:
    """What the symptom checks in a diary came to."""
    findings, unread = await diary.findings_and_unread()
    return Screening([finding for finding in findings if finding.open], unread=unread > 0)


@dataclass(frozen=True, slots=True)
class Stretches:
    """What a reminder for stretches opens."""

    routine: Routine | None  # None: the warning signs of its place come before any exercise
    areas: frozenset[str]  # whose findings stand before it; none: those of the whole body


def stretches(library: Library, about: ReminderContent) -> Stretches:
    """The routine first, then every area it is for; a place that the content no longer has gets the whole body's."""
    area = library.areas.get(about.area or "")
    routine = library.routine_for(area, about.minutes)
    of = frozenset({area.id} if area and (area.id in routine.areas or area.screen_first) else ())
    allowed = routine.id in library.unscreened and not (area and area.screen_first)
    return Stretches(routine if allowed else None, of | frozenset(routine.areas))
