"""The way back for moderators: what was removed or paused returns within an hour, from the club's log."""

import re
from datetime import datetime, timedelta
from typing import Final

from bot.clubs.audit_log import AuditAction
from bot.clubs.service import ClubService
from bot.errors import UserError
from bot.reminders.club_service import ClubReminder
from bot.storage.sql import instant, to_column

STAMP: Final = re.compile(r"[0-9]{1,16}")
UNDO_WITHIN: Final = timedelta(hours=1)
LINES_READ: Final = 500  # of the log


class UndoOver(UserError, message="error-club-undo-over"):
    """It was more than UNDO_WITHIN ago."""


def stamp(at: datetime) -> int:
    """An instant as a button carries it: microseconds since 1970."""
    microseconds: int = to_column(at)
    return microseconds


def stamped(text: str) -> datetime | None:
    """The instant of a stamp; None for what is none."""
    return instant(int(text)) if STAMP.fullmatch(text) else None


async def undo(clubs: ClubService, club: int, moderator: int, at: datetime, now: datetime) -> list[ClubReminder]:
    """Those that are there again, or ring again: just those that were removed or paused at that instant, once.

    Raises UndoOver, ClubChanged, and TooManyPosts where others have taken their place.
    """
    if not timedelta(0) <= now - at <= UNDO_WITHIN:
        raise UndoOver
    lines = [line for line in await clubs.log(club, LINES_READ) if line.at == at]
    posts = {item.reminder.id: item for item in await clubs.posts(club)}
    returned = []
    for action, post in ((line.action, line.post) for line in lines if line.post is not None):
        item = posts.get(post.id)
        if action is AuditAction.POST_REMOVED and item is None:
            returned.append(await clubs.restore_post(club, moderator, post))
        elif action is AuditAction.POST_PAUSED and item is not None and item.paused(now):
            returned.append(await clubs.resume_post(club, moderator, post.id))
    return returned
