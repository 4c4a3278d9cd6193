"""A club's post while a moderator sets it up."""

from dataclasses import dataclass, field, replace
from datetime import time
from typing import Self
from zoneinfo import ZoneInfo

from bot.reminders.club_service import ClubReminder
from bot.reminders.post_routine import PostOptions
from bot.schedules.schedule import Rhythm, Schedule, Weekdays

#: What a club starts from: few posts, after work.
AFTER_WORK = time(18)
FEW_DAYS = Weekdays(frozenset({0, 2, 4}))


@dataclass(frozen=True, slots=True)
class PostDraft:
    """A post as chosen so far; kept for half an hour, and nowhere else."""

    channel: int | None
    zone: ZoneInfo | None
    at: time = AFTER_WORK
    rhythm: Rhythm = FEW_DAYS
    options: PostOptions = field(default_factory=PostOptions)
    reminder: str | None = None  # the one this changes
    version: int = 0  # of it, when it was read

    @classmethod
    def of(cls, item: ClubReminder) -> Self:
        """A post that is there, to be changed."""
        reminder, schedule = item.reminder, item.schedule
        draft = cls(reminder.channel, None, options=item.options, reminder=reminder.id, version=reminder.version)
        if schedule is None:
            return draft
        return replace(draft, zone=schedule.zone, at=schedule.at, rhythm=schedule.rhythm)

    @property
    def schedule(self) -> Schedule | None:
        """None while the zone is missing."""
        return Schedule(self.at, self.rhythm, self.zone) if self.zone else None
