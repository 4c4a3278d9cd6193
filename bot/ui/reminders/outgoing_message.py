"""What a reminder brings, ready to be sent."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.storage.occurrences import ClaimedOccurrence
from bot.ui.cards.parts import Card


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """One message, and what belongs to it."""

    card: Card
    role: int | None = None  # the only role it may mention; people and everyone, never
    thread: str | None = None  # the name of a thread to open under it


Compose = Callable[
    [ClaimedOccurrence], Awaitable[OutgoingMessage]
]  # raises Withheld; anything else that it raises was surely not sent
