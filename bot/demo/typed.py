"""A command typed in one go and sent as text, `/pain hip`: the demo takes it as Discord's own composer would.

`/wind 1 hour` is the demo's own, and no command of the bot: it moves the clock.
"""

import contextlib
from collections.abc import Awaitable, Iterator

import discord
import simcord
from simcord.backend.errors import SetupError

from bot.demo.clock_control import ClockControl, in_words
from bot.demo.club import ZONE, DemoClub
from bot.demo.command_line import CannotSay, read_line
from bot.schedules.parse.ahead import CannotWind, parse_duration

WIND = "/wind"

Person = simcord.MemberActor | simcord.UserHandle


async def run_typed_commands(club: DemoClub, clock_control: ClockControl) -> bool:
    """Run what was sent and looks like a command, and say whether there was any; whoever calls this has the turn.

    What is no command, or none that its author may use, stays what it is: a message.
    """
    ran = False
    for channel, message in _typed(club):
        with contextlib.suppress(CannotSay, SetupError):
            if message.content.split()[0] == WIND:
                await _wind(club, clock_control, channel, message)
            else:
                await _run(club, channel, message)
            ran = True
    return ran


def _typed(club: DemoClub) -> Iterator[tuple[simcord.ChannelHandle, discord.Message]]:
    """The last message of each place, where it looks like a command."""
    direct = [member.user.dm_channel for member in club.people.values()]
    for channel in (*club.channels.values(), *direct):
        last = channel.last_message
        if last is not None and last.content.startswith("/") and not last.author.bot:
            yield channel, last


async def _wind(
    club: DemoClub, clock_control: ClockControl, channel: simcord.ChannelHandle, message: discord.Message
) -> None:
    """Nobody in the club owns the clock, so the line itself says what became of it, above what arrives."""
    author = _author(club, channel, message)
    try:
        until = parse_duration(message.content.removeprefix(WIND), club.clock.now(), ZONE)
        await _begun(author.edit(message, f"Demo clock: wound forward to {in_words(until)}."))
        await clock_control.to(until)
    except CannotWind as no:
        await _begun(author.edit(message, f"Demo clock: {no}"))


async def _run(club: DemoClub, channel: simcord.ChannelHandle, message: discord.Message) -> None:
    spoken = read_line(message.content, club.bot.tree.walk_commands())
    author = _author(club, channel, message)
    if isinstance(author, simcord.MemberActor):
        await _begun(author.slash(channel, spoken.command, **spoken.options))
    else:
        await _begun(author.slash(spoken.command, **spoken.options))
    await _begun(author.delete(message))


async def _begun(doing: Awaitable[object]) -> None:
    """SimCord waits five seconds for the bot to finish; what takes longer is shown when it is there."""
    with contextlib.suppress(TimeoutError):
        await doing


def _author(club: DemoClub, channel: simcord.ChannelHandle, message: discord.Message) -> Person:
    member = next(member for member in club.people.values() if member.id == message.author.id)
    return member.user if channel.guild is None else member
