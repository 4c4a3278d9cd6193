"""A second Discord client under the same token, for reminders: its requests leave evenly, and are tried once."""

from types import SimpleNamespace
from typing import Final

import aiohttp
import discord
from discord.http import json_or_text

from bot.delivery.config import DEFAULT, DeliveryConfig

RETRIED: Final = frozenset({429, 500, 502, 504, 524})  # by discord.py; anything else it raises at once


class NoRetryClient(discord.Client):
    """Asks once: a bad answer is raised, not slept over. It only logs in; it never connects to the gateway.

    discord.py's HTTP client asks up to five times, and sleeps in between for as long as Discord says. Reminders have a
    back-off of their own, and give up waiting long before that. Worse: a request that is cancelled while it sleeps over
    a global limit leaves its client shut for good (2.7.1 clears `_global_over` and sets it only after the sleep).

    A client of its own, since what watches for answers costs every request a tenth of its processor time; commands go
    without.
    """

    def __init__(self, config: DeliveryConfig = DEFAULT) -> None:
        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(self._wait_for_turn)
        trace.on_request_end.append(self._raise_what_would_be_retried)
        super().__init__(
            intents=discord.Intents(guilds=True),  # asked of nobody; without it discord.py warns
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            http_trace=trace,
        )
        self._logged_in = False
        self._limiter = config.limiter()

    async def setup_hook(self) -> None:
        """Logging in is discord.py's own affair still."""
        self._logged_in = True

    async def _wait_for_turn(self, *_: object) -> None:
        await self._limiter.acquire()

    async def _raise_what_would_be_retried(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, request: aiohttp.TraceRequestEndParams
    ) -> None:
        response = request.response
        if self._logged_in and response.status in RETRIED:
            kind = discord.DiscordServerError if response.status >= 500 else discord.HTTPException
            raise kind(response, await json_or_text(response))
