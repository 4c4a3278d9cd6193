"""Things kept for a person for half an hour: in memory only, under a random id."""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.errors import UserError

KEPT_SECONDS = 30 * 60
MOST = 5_000  # far more than a club; one more forgets the oldest
MOST_EACH = 50  # of one person, so that nobody pushes out the others'

T = TypeVar("T")


class AnswersGone(UserError):
    """The half hour is over, the bot was restarted, or it belongs to somebody else."""

    message = "check-gone"  # most of what is kept are answers of the symptom check


class CheckInGone(AnswersGone):
    """A check-in that was begun."""

    message = "checkin-gone"


class ViewGone(AnswersGone):
    """What somebody looked back at."""

    message = "history-gone"


class WeeklyGone(AnswersGone):
    """A weekly check that was to be completed."""

    message = "weekly-gone"


class WishGone(AnswersGone):
    """A reminder that was asked for, while something was missing."""

    message = "wish-gone"


class SetupGone(AnswersGone):
    """A set-up that was left half-way."""

    message = "setup-gone"


@dataclass(slots=True)
class _Entry(Generic[T]):
    person: int
    expires: float
    thing: T


class Kept(Generic[T]):
    """Finds a person's thing by its id. Nothing of it is written anywhere."""

    def __init__(self, now: Callable[[], float], gone: type[AnswersGone] = AnswersGone) -> None:
        """`now` gives seconds that only ever go forward; `gone` is raised for what is no longer there."""
        self._now = now
        self._gone = gone
        self._entries: OrderedDict[str, _Entry[T]] = OrderedDict()

    def keep(self, person: int, thing: T) -> str:
        """From now on, for half an hour; returns its id, 16 hexadecimal digits."""
        name = secrets.token_hex(8)
        self._forget()
        mine = [kept for kept, entry in self._entries.items() if entry.person == person]
        for old in mine[: max(0, len(mine) + 1 - MOST_EACH)]:
            del self._entries[old]
        self._entries[name] = _Entry(person, self._now() + KEPT_SECONDS, thing)
        self._forget()
        return name

    def find(self, name: str, person: int) -> T:
        """Raises `gone`, also when it belongs to somebody else."""
        self._forget()
        entry = self._entries.get(name)
        if entry is None or entry.person != person:
            raise self._gone
        return entry.thing

    def take(self, name: str, person: int) -> T:
        """The same, and from now on it is no longer there: for what may be done once. Raises `gone`."""
        thing = self.find(name, person)
        del self._entries[name]
        return thing

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
