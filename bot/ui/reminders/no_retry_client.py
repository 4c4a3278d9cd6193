"""A second client under the same token, for reminders: its requests leave evenly, and are tried once."""

from types import SimpleNamespace
from typing import Final

import aiohttp
import discord
from aiolimiter import AsyncLimiter
from discord.http import json_or_text

from bot.delivery.config import DeliveryConfig
from bot.delivery.worker import DEFAULT

TRIED_AGAIN: Final = frozenset({429, 500, 502, 504, 524})  # by discord.py; anything else it raises at once


class NoRetryClient(discord.Client):
    """Asks once: a bad answer is raised, not slept over. It only logs in; it never connects to the gateway.

    discord.py's HTTP client asks up to five times, and sleeps in between for as long as Discord says. Reminders have a
    back-off of their own, and give up waiting long before that. Worse: a request that is cancelled while it sleeps over
    a global limit leaves its client shut for good (2.7.1 clears `_global_over` and sets it only after the sleep).

    Its requests leave no faster than the pace. What the runner lets through evenly, and then waits for a slow disk,
    would leave in a heap otherwise; and a thread under a post is a request of its own.

    A client of its own, since what watches for answers costs every request a tenth of its processor time; commands go
    without.
    """

    def __init__(self, rules: DeliveryConfig = DEFAULT) -> None:
        watch = aiohttp.TraceConfig()
        watch.on_request_start.append(self._leave)
        watch.on_request_end.append(self._answered)
        super().__init__(
            intents=discord.Intents(guilds=True),  # asked of nobody; without it discord.py warns
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            http_trace=watch,
        )
        self._strict = False
        self._pace = AsyncLimiter(rules.burst, rules.burst / rules.per_second)

    async def setup_hook(self) -> None:
        """Logging in is discord.py's own affair still."""
        self._strict = True

    async def _leave(self, *_: object) -> None:
        await self._pace.acquire()

    async def _answered(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, given: aiohttp.TraceRequestEndParams
    ) -> None:
        answer = given.response
        if self._strict and answer.status in TRIED_AGAIN:
            kind = discord.DiscordServerError if answer.status >= 500 else discord.HTTPException
            raise kind(answer, await json_or_text(answer))
