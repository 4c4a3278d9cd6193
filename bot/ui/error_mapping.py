"""The mapping of Discord's errors to what they mean for a delivery, and a client that raises each at once."""

from types import SimpleNamespace
from typing import Final

import aiohttp
import discord
import structlog
from discord.http import json_or_text

from bot.delivery.config import DEFAULT, DeliveryConfig
from bot.delivery.transport import Busy, Lost, Refused
from bot.observer import SILENT, Observer
from bot.storage.reminders import DiscordCode, Reason

# Numbers and words are from Discord's documentation, topics/opcodes-and-status-codes.
UNKNOWN_MESSAGE: Final = 10008
UNKNOWN_INTERACTION: Final = 10062  # it expired before it was answered
ANSWERED_ALREADY: Final = 40060  # Interaction has already been acknowledged
TOO_MANY_DMS: Final = 40003  # You are opening direct messages too fast
FLAGGED: Final = 20026  # by the anti-spam system; not in the documentation, but in its issue 2669

#: To whatever is sent there: the reminder is blocked. The reasons themselves have Discord's numbers.
REFUSALS: Final = {int(reason): reason for reason in Reason if reason.isdecimal()}

#: Not sent, and nobody's fault: later. So is every 429, whatever its number (20016 slow mode, 20028 and 20029 writes).
LATER: Final = frozenset(
    {
        20016,  # This action cannot be performed due to slowmode rate limit
        20028,  # The write action you are performing on the channel has hit the write rate limit
        20029,  # The write action you are performing on the server has hit the write rate limit
        TOO_MANY_DMS,
        40062,  # Service resource is being rate limited
    }
)

#: Not sent, and nothing else would be either.
LATER_FOR_ALL: Final = frozenset(
    {
        FLAGGED,
        40001,  # Unauthorized. Provide a valid token and try again
        40002,  # You need to verify your account in order to perform this action
        40004,  # Send messages has been temporarily disabled
        40006,  # This feature has been temporarily disabled server-side
        40333,  # Cloudflare is blocking your request
        50014,  # Invalid authentication token provided
    }
)

TIMED_OUT: Final = 408  # of a proxy that waited for Discord in vain: it may have arrived
HOLD: Final = 60.0  # seconds without any request, when nobody says how many

TROUBLE: Final = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)

log = structlog.get_logger("limber.discord")


def classify_error(error: Exception) -> Refused | Busy | Lost:
    """For anything that is a TROUBLE. A defect in our own code is none: it is raised on."""
    match error:
        case discord.RateLimited():
            return Busy(error.retry_after)
        case discord.HTTPException():
            return _answered(error)
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():  # there was never a connection
            return Busy()
        case _:
            return Lost()


def _answered(error: discord.HTTPException) -> Refused | Busy | Lost:
    """The number in the body says more than the status."""
    code, status = error.code, error.status
    if status == 429 or code in LATER:
        return _limited(error)
    if code in REFUSALS:
        return Refused(REFUSALS[code])
    if status == TIMED_OUT:
        return Lost()
    if _barred(code, status):
        log.error("Discord takes nothing from this bot just now", status=status, code=code)
        return Busy(_retry_after(error) or HOLD, everywhere=True)
    if status >= 500 or status < 400:  # 130000 among them, "overloaded": who knows how far it got
        return Lost()
    log.error("Discord does not take what was sent", status=status, code=code)
    return Refused(DiscordCode(str(code or status)), permanent=False)


def _barred(code: int, status: int) -> bool:
    """Also when a firewall or a proxy answers, without a number: that is no word about this channel."""
    return status == 401 or code in LATER_FOR_ALL or (not code and 400 < status < 500)


def _limited(error: discord.HTTPException) -> Busy:
    """Discord's API names the scope of every limit (topics/rate-limits); Cloudflare, in front of it, does not."""
    seconds = _retry_after(error)
    if error.status == 429 and error.response.headers.get("X-RateLimit-Scope", "global") == "global":
        log.warning("Discord asks for a pause", seconds=seconds)
        return Busy(seconds or HOLD, everywhere=True)
    return Busy(seconds)


def _retry_after(error: discord.HTTPException) -> float | None:
    """In whole seconds, rounded up; None when there is no such header, or a date in it."""
    try:
        return float(error.response.headers["Retry-After"])
    except (KeyError, ValueError):
        return None


def limits_told_to(observer: Observer) -> aiohttp.TraceConfig:
    """For a client of discord.py: each 429 is told."""

    async def look(_session: aiohttp.ClientSession, _context: object, request: aiohttp.TraceRequestEndParams) -> None:
        if request.response.status == 429:
            observer.limited()

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(look)
    return trace


RETRIED: Final = frozenset({429, 500, 502, 504, 524})  # by discord.py; anything else it raises at once


class NoRetryClient(discord.Client):
    """Asks once: a bad answer is raised, not slept over. It only logs in; it never connects to the gateway.

    discord.py's HTTP client asks up to five times, and sleeps in between for as long as Discord says. Reminders have a
    back-off of their own, and give up waiting long before that. Worse: a request that is cancelled while it sleeps over
    a global limit leaves its client shut for good (2.7.1 clears `_global_over` and sets it only after the sleep).

    A client of its own, since what watches for answers costs every request a tenth of its processor time; commands go
    without.
    """

    def __init__(self, config: DeliveryConfig = DEFAULT, observer: Observer = SILENT) -> None:
        trace = limits_told_to(observer)
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
