"""What the doctor found, and what moderators changed, in words."""

from collections.abc import Mapping
from datetime import date

from discord.utils import format_dt

from bot.clubs.audit_log import LogLine, Subject, What
from bot.clubs.diagnosis import Diagnosis
from bot.reminders.club_service import ClubReminder
from bot.schedules.schedule import Schedule
from bot.ui.cards.parts import typed
from bot.ui.catalog import Catalog
from bot.ui.clubs.diagnosis_text import diagnosis_text
from bot.ui.dates import day_text
from bot.ui.schedule_text import rhythm_text, schedule_text

#: Values of the log that are links of Discord's own making.
LINKED = {What.SHARE_CHANNEL, What.STRETCH_CHANNEL, What.POST_CHANNEL, What.POST_ROLE}


def about_post(found: Diagnosis, posts: Mapping[str, ClubReminder], words: Catalog) -> str:
    """The sentence, behind the name of the post it is about."""
    item = posts.get(found.reminder or "")
    text = diagnosis_text(found, words)
    if item is None:
        return text
    when = rhythm_text(item.schedule, words) if item.schedule else item.reminder.zone
    return f"**<#{item.reminder.channel}>, {when}:** {text}"


def log_text(line: LogLine, words: Catalog) -> str:
    """One line of the log: when, who, what, from what to what."""
    who = f"<@{line.moderator}>" if line.moderator else words("club-log-bot")
    what = words(f"club-log-{line.what}")
    if line.post is not None:
        what += f" ({_post(line.post, words)})"
    at = format_dt(line.at, "f")
    if line.before is None and line.after is None:
        return words("club-log-plain", at=at, who=who, what=what)
    if line.before is None:
        return words("club-log-set", at=at, who=who, what=what, after=_change(line.what, line.after, words))
    old = _change(line.what, line.before, words)
    if line.after is None:
        return words("club-log-unset", at=at, who=who, what=what, before=old)
    new = _change(line.what, line.after, words)
    return words("club-log-line", at=at, who=who, what=what, before=old, after=new)


def _post(post: Subject, words: Catalog) -> str:
    when = rhythm_text(post.schedule, words) if post.schedule else ""
    return ", ".join(part for part in (f"<#{post.channel}>" if post.channel else "", when) if part)


def _change(what: What, value: str | Schedule | None, words: Catalog) -> str:
    if isinstance(value, Schedule):
        return schedule_text(value, words)
    if what is What.POST_PAUSED:
        return day_text(date.fromisoformat(str(value)), words)
    return str(value) if what in LINKED else typed(str(value), most=90)
