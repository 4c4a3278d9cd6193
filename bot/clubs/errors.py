"""What can be wrong with what a moderator wants to change: the sentences of `bot.reminders`, for clubs."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import UserError
from bot.reminders.errors import EditedMeanwhile, NoSuchReminder
from bot.schedules.codec import ScheduleUnreadable, ZoneGone


class ClubChanged(EditedMeanwhile):
    """Another moderator was faster; nothing of theirs is overwritten."""

    message = "error-club-changed"


class NoSuchPost(NoSuchReminder):
    """It was removed, or never was this club's."""

    message = "error-club-no-post"


class PostZoneGone(ZoneGone):
    """Its schedule is in a `zone` that is no longer known."""

    message = "error-club-zone-gone"


class PostUnreadable(UserError):
    """Its schedule cannot be read at all."""

    message = "error-club-post-unreadable"


@contextmanager
def for_clubs() -> Iterator[None]:
    """Turns the sentences for one person into those for moderators."""
    try:
        yield
    except EditedMeanwhile as error:
        raise ClubChanged from error
    except NoSuchReminder as error:
        raise NoSuchPost from error
    except ZoneGone as error:
        raise PostZoneGone(error.values["zone"]) from error  # type: ignore[arg-type]  # it is text
    except ScheduleUnreadable as error:
        raise PostUnreadable from error
