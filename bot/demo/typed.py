"""A command typed in one go and sent as text, `/pain hip`: the demo takes it as Discord's own composer would."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import discord
import simcord
from simcord.backend.errors import SetupError

from bot.demo.club import Club
from bot.demo.command_line import CannotSay, read_line

EVERY_SECONDS = 0.3

Person = simcord.MemberActor | simcord.UserHandle


async def run_typed_commands(club: Club, changed: Callable[[], Awaitable[None]]) -> None:
    """Watch every channel, for ever; after each command that ran, `changed` shows its answer."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        for channel, message in _typed(club):
            try:
                await _run(club, channel, message)
                await changed()
            except SetupError:
                break  # the browser is in the middle of something: look again in a moment
            except CannotSay:
                continue  # no command of ours: it stays what it is, a message


def _typed(club: Club) -> Iterator[tuple[simcord.ChannelHandle, discord.Message]]:
    """The last message of each place, where it looks like a command."""
    direct = [member.user.dm_channel for member in club.people.values()]
    for channel in (*club.channels.values(), *direct):
        last = channel.last_message
        if last is not None and last.content.startswith("/") and not last.author.bot:
            yield channel, last


async def _run(club: Club, channel: simcord.ChannelHandle, message: discord.Message) -> None:
    spoken = read_line(message.content, club.bot.tree.walk_commands())
    member = next(member for member in club.people.values() if member.id == message.author.id)
    if channel.guild is None:
        await member.user.delete(message)
        await member.user.slash(spoken.command, **spoken.options)
    else:
        await member.delete(message)
        await member.slash(channel, spoken.command, **spoken.options)
