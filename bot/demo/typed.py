"""A command typed in one go and sent as text, `/pain hip`: the demo takes it as Discord's own composer would.

`/wind 1 hour` is the demo's own, and no command of the bot: it moves the clock.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import discord
import simcord
from simcord.backend.errors import SetupError

from bot.demo.clock_control import ClockControl, in_words
from bot.demo.club import ZONE, DemoClub
from bot.demo.command_line import CannotSay, read_line
from bot.schedules.parse.duration import CannotWind, parse_duration

EVERY_SECONDS = 0.3
WIND = "/wind"

Person = simcord.MemberActor | simcord.UserHandle


async def run_typed_commands(
    club: DemoClub, clock_control: ClockControl, changed: Callable[[], Awaitable[None]]
) -> None:
    """Watch every channel, for ever; after each command that ran, `changed` shows its answer."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        for channel, message in _typed(club):
            try:
                if message.content.split()[0] == WIND:
                    await _wind(club, clock_control, channel, message)
                else:
                    await _run(club, channel, message)
                await changed()
            except SetupError:
                break  # the browser is in the middle of something: look again in a moment
            except CannotSay:
                continue  # no command of ours: it stays what it is, a message


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
    member = _member(club, message)
    who: Person = member.user if channel.guild is None else member
    try:
        until = parse_duration(message.content.removeprefix(WIND), club.clock.now(), ZONE)
        await who.edit(message, f"Demo clock: wound forward to {in_words(until)}.")
        await clock_control.to(until)
    except CannotWind as no:
        await who.edit(message, f"Demo clock: {no}")


async def _run(club: DemoClub, channel: simcord.ChannelHandle, message: discord.Message) -> None:
    spoken = read_line(message.content, club.bot.tree.walk_commands())
    member = _member(club, message)
    if channel.guild is None:
        await member.user.delete(message)
        await member.user.slash(spoken.command, **spoken.options)
    else:
        await member.delete(message)
        await member.slash(channel, spoken.command, **spoken.options)


def _member(club: DemoClub, message: discord.Message) -> simcord.MemberActor:
    return next(member for member in club.people.values() if member.id == message.author.id)
