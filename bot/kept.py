"""Things kept for a person for half an hour: in memory only, under a random id."""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.errors import UserError

KEPT_SECONDS = 30 * 60
MOST = 5_000  # far more than a club; one more forgets the oldest

T = TypeVar("T")


class AnswersGone(UserError):
    """The half hour is over, the bot was restarted, or it belongs to somebody else."""

    message = "check-gone"


@dataclass(slots=True)
class _Entry(Generic[T]):
    person: int
    expires: float
    thing: T


class Kept(Generic[T]):
    """Finds a person's thing by its id. Nothing of it is written anywhere."""

    def __init__(self, now: Callable[[], float]) -> None:
        """`now` gives seconds that only ever go forward."""
        self._now = now
        self._entries: OrderedDict[str, _Entry[T]] = OrderedDict()

    def keep(self, person: int, thing: T) -> str:
        """From now on, for half an hour; returns its id, 16 hexadecimal digits."""
        name = secrets.token_hex(8)
        self._entries[name] = _Entry(person, self._now() + KEPT_SECONDS, thing)
        self._forget()
        return name

    def find(self, name: str, person: int) -> T:
        """Raises AnswersGone, also when it belongs to somebody else."""
        self._forget()
        entry = self._entries.get(name)
        if entry is None or entry.person != person:
            raise AnswersGone
        return entry.thing

    def forget(self, person: int) -> int:
        """Everything of one person; returns how many things that were."""
        gone = [name for name, entry in self._entries.items() if entry.person == person]
        for name in gone:
            del self._entries[name]
        return len(gone)

    def _forget(self) -> None:
        while self._entries:
            oldest = next(iter(self._entries.values()))
            if oldest.expires > self._now() and len(self._entries) <= MOST:
                return
            self._entries.popitem(last=False)
