"""One attempt to deliver a claimed occurrence: what to do with it, and what became of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from random import Random
from typing import Final

from bot.clock import Clock
from bot.delivery.config import DeliveryConfig
from bot.delivery.sender import RateLimitedSender, SendingPaused
from bot.delivery.transport import Busy, Lost, Refused, Transport, Unreadable, Withheld
from bot.errors import LimberError
from bot.schedules.codec import from_stored
from bot.storage.occurrences import ClaimedOccurrence, Occurrence, OccurrenceState
from bot.storage.reminders import DiscordCode, Reason, Reminder, ReminderState

#: For the others what is due already still goes out.
SILENT_STATES: Final = {ReminderState.PAUSED: Reason.PAUSED, ReminderState.BLOCKED: Reason.BLOCKED}


class Decision(Enum):
    """The next step."""

    SEND = auto()  # a second message is impossible: there is none yet, or Discord still knows the nonce
    LOOK = auto()  # there may be a message already, and Discord may have forgotten the nonce
    DROP = auto()  # not wanted any more, and nothing is out there


def silence_reason(reminder: Reminder, now: datetime) -> Reason | None:
    """Why nothing of it is to go out: its state, or a pause that has an end; None while it is delivered."""
    if reminder.state in SILENT_STATES:
        return SILENT_STATES[reminder.state]
    try:
        pause = from_stored(reminder.schedule).pause_at(now)
    except LimberError:  # what is due already needs no schedule
        return None
    return Reason.PAUSED if pause else None


def still_wanted(claimed: ClaimedOccurrence, now: datetime) -> bool:
    """Whether it should still be sent: its reminder is not silent, and its grace is not over."""
    return silence_reason(claimed.reminder, now) is None and now <= claimed.occurrence.until


def decide(claimed: ClaimedOccurrence, now: datetime, nonce_lifetime: timedelta) -> Decision:
    """A claim from the future means that the clock was set back: nobody knows how old it is, so look."""
    if claimed.fresh:
        return Decision.SEND if still_wanted(claimed, now) else Decision.DROP
    since = claimed.occurrence.claimed_at
    young = since is not None and timedelta() <= now - since < nonce_lifetime
    return Decision.SEND if young and still_wanted(claimed, now) else Decision.LOOK


VERIFY_FOR: Final = timedelta(days=1)  # how long we try to find out whether something arrived
FIRST_RETRY: Final = 2.0  # seconds; doubled with every attempt
LONGEST_RETRY: Final = 300.0

Reclaim = Callable[[Occurrence], Awaitable[None]]  # writes down a new `claimed_at`


def backoff(attempt: int, random: Random, at_least: float | None = None) -> timedelta:
    """The wait after so many attempts: exponential, the upper half of it by chance, never less than asked for."""
    longest = min(LONGEST_RETRY, FIRST_RETRY * 2.0 ** min(attempt - 1, 16))
    return timedelta(seconds=(at_least or 0) + longest * (1 + random.random()) / 2)


@dataclass(eq=False)
class DeliveryAttempt:
    """Sends, or looks first and then sends; says what became of it."""

    _transport: Transport
    _sender: RateLimitedSender
    _clock: Clock
    _random: Random
    _config: DeliveryConfig
    _reclaim: Reclaim

    async def run(self, claimed: ClaimedOccurrence) -> Occurrence:
        """What became of it, to be written down; still PENDING or CLAIMED when it is to be tried again."""
        try:
            match decide(claimed, self._clock.now(), self._config.nonce_lifetime):
                case Decision.SEND:
                    return await self._send(claimed)
                case Decision.LOOK:
                    return await self._look(claimed)
                case Decision.DROP:
                    return self._dropped(claimed)
        except SendingPaused:
            return _put_back(claimed, self._clock.now())

    async def _send(self, claimed: ClaimedOccurrence) -> Occurrence:
        occurrence = replace(claimed.occurrence, attempt=claimed.occurrence.attempt + 1)
        claimed = replace(claimed, occurrence=occurrence)
        try:
            message = await self._sender.request(lambda: self._transport.send(claimed, occurrence.id))
        except Refused as refused:
            state = OccurrenceState.BLOCKED if refused.permanent else OccurrenceState.FAILED
            return self._settled(occurrence, state, refused.reason)
        except Withheld as withheld:
            if not claimed.fresh:  # an earlier try may have arrived
                return await self._look(claimed)
            return self._settled(occurrence, OccurrenceState.SKIPPED, withheld.reason)
        except Busy as busy:
            return self._later(_put_back(claimed, self._clock.now()), busy.retry_after)
        except Lost:
            return self._later(occurrence)
        return self._delivered(occurrence, message, self._clock.now())

    async def _look(self, claimed: ClaimedOccurrence) -> Occurrence:
        """It may be there already: only when it surely is not, send it."""
        occurrence = claimed.occurrence
        try:
            message = await self._sender.request(lambda: self._transport.find(claimed))
        except (Unreadable, Refused, Withheld) as error:
            reason = error.reason if isinstance(error, Refused) else Reason.UNREADABLE
            return self._settled(occurrence, OccurrenceState.UNKNOWN, reason)
        except (Busy, Lost) as error:
            return self._look_again(occurrence, error)
        now = self._clock.now()
        if message is not None:
            return self._delivered(occurrence, message, occurrence.claimed_at or now)
        if not still_wanted(claimed, now):
            return self._dropped(claimed)
        occurrence = replace(occurrence, claimed_at=now)
        await self._reclaim(occurrence)  # from now on a crash finds a young claim again
        return await self._send(ClaimedOccurrence(claimed.reminder, occurrence, fresh=True))

    def _look_again(self, occurrence: Occurrence, error: Busy | Lost) -> Occurrence:
        if self._clock.now() > occurrence.due + VERIFY_FOR:
            return self._settled(occurrence, OccurrenceState.UNKNOWN, Reason.TROUBLE)
        retry_after = error.retry_after if isinstance(error, Busy) else None
        return self._later(replace(occurrence, attempt=occurrence.attempt + 1), retry_after)

    def _delivered(self, occurrence: Occurrence, message: int | None, at: datetime) -> Occurrence:
        late = at - occurrence.due > self._config.late
        return self._settled(occurrence, OccurrenceState.LATE if late else OccurrenceState.SENT, message=message)

    def _dropped(self, claimed: ClaimedOccurrence) -> Occurrence:
        too_late = Reason.TROUBLE if claimed.occurrence.attempt else Reason.GRACE
        reason = silence_reason(claimed.reminder, self._clock.now()) or too_late
        return self._settled(claimed.occurrence, OccurrenceState.SKIPPED, reason)

    def _settled(
        self,
        occurrence: Occurrence,
        state: OccurrenceState,
        reason: Reason | DiscordCode | None = None,
        message: int | None = None,
    ) -> Occurrence:
        return replace(occurrence, state=state, reason=reason, message=message, settled_at=self._clock.now())

    def _later(self, occurrence: Occurrence, at_least: float | None = None) -> Occurrence:
        wait = backoff(max(1, occurrence.attempt), self._random, at_least)
        return replace(occurrence, not_before=self._clock.now() + wait)


def _put_back(claimed: ClaimedOccurrence, now: datetime) -> Occurrence:
    """It was not sent this time. What may have arrived an earlier time stays claimed since then."""
    if claimed.fresh:
        return replace(claimed.occurrence, state=OccurrenceState.PENDING, claimed_at=None, not_before=now)
    return replace(claimed.occurrence, not_before=now)
