"""A club's schedules as its server shows them: choices of an option, channels, what is in their way."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from discord import TextChannel
from discord.app_commands import Choice

from bot.clubs.service import ClubService
from bot.errors import UserError
from bot.localtime import local_day
from bot.reminders.club_service import ClubReminder
from bot.ui.cards import club_posts as cards
from bot.ui.clubs.moderators import Moderators
from bot.ui.options import suggested
from bot.ui.request import Request
from cogs.club_setup_screens import club_problems


async def reminder_choices(
    request: Request, text: str, moderators: Moderators, clubs: ClubService
) -> list[Choice[str]]:
    """Nothing for who may not."""
    try:
        reminders = await clubs.posts(await moderators.check(request))
    except UserError:
        return []
    names = {each.reminder.id: cards.name(each, channel_name(request, each), request.words) for each in reminders}
    return suggested(names, text)


def channel_name(request: Request, reminder: ClubReminder) -> str:
    """As Discord shows it; "?" for one that is gone."""
    channel = text_channel_of(request, reminder)
    return channel.name if channel else "?"


def text_channel_of(request: Request, reminder: ClubReminder) -> TextChannel | None:
    """Where it posts to; None for one that is gone."""
    guild = request.interaction.guild
    channel = guild.get_channel(reminder.reminder.channel or 0) if guild else None
    return channel if isinstance(channel, TextChannel) else None


def reminder_problems(request: Request, reminder: ClubReminder) -> list[str]:
    """What would keep its posts from going out, each with what to click."""
    options = reminder.options
    return club_problems(request, reminder.reminder.channel or 0, options.role, thread=options.thread)


def today(reminder: ClubReminder, now: datetime) -> date:
    """The day it is where it posts."""
    return local_day(now, reminder.schedule.zone if reminder.schedule else ZoneInfo("UTC"))
