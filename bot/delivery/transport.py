"""The port by which reminders leave, and how it can fail; what is behind it knows Discord, this package does not."""

from typing import Protocol

from bot.errors import LimberError
from bot.storage.occurrences import ClaimedOccurrence
from bot.storage.reminders import DiscordCode, Reason


class Transport(Protocol):
    """Delivers occurrences. Both methods make one request, or few, and try none of them again."""

    async def send(self, claimed: ClaimedOccurrence, nonce: str) -> int | None:
        """The message's id; None when it was delivered, and is there no more.

        Sends the nonce so that it is enforced: a repeat within a few minutes makes no second message.
        Raises Refused, Withheld or Busy when there is surely no message, Lost when there may be one.
        """
        ...

    async def find(self, claimed: ClaimedOccurrence) -> int | None:
        """The id of the message that carries the occurrence's id; None only when there surely is none.

        So it reads back to `claimed.occurrence.claimed_at` at least, with a minute to spare.
        Raises Unreadable when that cannot be, Busy or Lost when it may be another time.
        """
        ...


class Refused(LimberError):
    """Discord said no, and would say so again.

    `permanent`: to anything sent there, so the reminder is blocked. Otherwise only to this message.
    """

    def __init__(self, reason: Reason | DiscordCode, *, permanent: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent


class Withheld(LimberError):
    """We did not send it, for a reason of ours: what it asks about is muted, for one."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class Busy(LimberError):
    """Surely not sent; it may be tried again, after so many seconds if Discord named them."""

    def __init__(self, retry_after: float | None = None, *, everywhere: bool = False) -> None:
        """`everywhere`: all our requests are held up, not only those to this channel."""
        super().__init__(f"busy for {retry_after} s")
        self.retry_after = retry_after
        self.everywhere = everywhere


class NotComposed(Busy):
    """There is no message to send for now. Discord was not asked, so this says nothing about it."""


class Lost(LimberError):
    """No answer, or none that says: it may have arrived."""


class Unreadable(LimberError):
    """What is in the channel cannot be read, or not far enough back; nobody can tell whether it arrived."""
