"""What somebody reads while the bot waits for something slow: a promise in time, and its answer in the end."""

from collections.abc import Awaitable

from tests.network.loopback import DEFERRED, Answer, Loopback


async def answered_late(discord: Loopback, asked: Awaitable[Answer]) -> Answer:
    """The answer in the end, of an interaction for which Discord would not have waited.

    The first answer comes in time, or NoAnswer is raised; it is for this person alone, and so is what takes its place.
    """
    first = await asked
    assert first.type == DEFERRED, f"it was answered at once: {first.text}"
    assert first.ephemeral
    return await discord.in_the_end(first)
