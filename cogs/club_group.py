"""What a club's cogs share: the group of their commands, choices of an option, what is in a post's way."""

from datetime import date, datetime

from discord import Permissions, TextChannel
from discord.app_commands import AppCommandContext, AppInstallationType, Choice, Group

from bot.clubs.service import ClubService
from bot.errors import UserError
from bot.localtime import DEFAULT_ZONE, local_day
from bot.reminders.club_service import ClubReminder
from bot.ui.cards import club_posts as cards
from bot.ui.clubs.moderators import Moderators
from bot.ui.options import suggested
from bot.ui.request import Request
from cogs.club_setup_screens import club_problems


def club_group() -> Group:
    """For whom Discord lets run it: *Manage Server*, or the roles an admin adds in the server's Integrations page."""
    return Group(
        name="club",
        description="…",  # the catalogue gives it its words
        default_permissions=Permissions(manage_guild=True),
        allowed_contexts=AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=AppInstallationType(guild=True, user=False),
    )


def reminder_group(club: Group) -> Group:
    """`/club reminder`."""
    return Group(name="reminder", description="…", parent=club)


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
    """What keeps its posts from going out, each with what to click; not what they go out without, role or thread."""
    return club_problems(request, reminder.reminder.channel or 0, role=None, thread=False)


def today(reminder: ClubReminder, now: datetime) -> date:
    """The day it is where it posts."""
    return local_day(now, reminder.schedule.zone if reminder.schedule else DEFAULT_ZONE)
