"""A store in memory whose items expire after half an hour, each found by its random id and its owner alone."""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.errors import UserError

LIFETIME_SECONDS = 30 * 60
CAPACITY = 5_000  # items; far more than a club needs, and one more forgets the oldest
CAPACITY_PER_PERSON = 50  # so that nobody pushes out the others'

T = TypeVar("T")


class Expired(UserError):
    """The half hour is over, the bot was restarted, it was taken or pushed out, or it is somebody else's."""

    def __init__(self, message: str) -> None:
        """`message`: the id of the sentence that says what is gone, and the way back to where it began."""
        self.message = message
        super().__init__()


@dataclass(slots=True)
class _Entry(Generic[T]):
    person: int
    expires: float
    item: T


class ExpiringStore(Generic[T]):
    """Finds a person's item by its id. Nothing of it is written anywhere."""

    def __init__(self, now: Callable[[], float], message: str) -> None:
        """`now` gives seconds that only ever go forward; `message` is what Expired says of an item that is gone."""
        self._now = now
        self._message = message
        self._entries: OrderedDict[str, _Entry[T]] = OrderedDict()
        self._own: dict[int, dict[str, None]] = {}  # each person's ids, oldest first

    def keep(self, person: int, item: T) -> str:
        """From now on, for half an hour; returns its id, 16 hexadecimal digits."""
        item_id = secrets.token_hex(8)
        self._drop_expired()
        if len(own := self._own.get(person, {})) >= CAPACITY_PER_PERSON:
            self._drop(next(iter(own)))
        self._entries[item_id] = _Entry(person, self._now() + LIFETIME_SECONDS, item)
        self._own.setdefault(person, {})[item_id] = None
        self._drop_expired()
        return item_id

    def find(self, item_id: str, person: int) -> T:
        """Raises Expired, also when it belongs to somebody else."""
        self._drop_expired()
        entry = self._entries.get(item_id)
        if entry is None or entry.person != person:
            raise Expired(self._message)
        return entry.item

    def take(self, item_id: str, person: int) -> T:
        """The same, and from now on it is no longer there: for what may be done once. Raises Expired."""
        item = self.find(item_id, person)
        self._drop(item_id)
        return item

    def change(self, item_id: str, person: int, item: T) -> None:
        """Another one in its place, until the first would have expired. Raises Expired."""
        self.find(item_id, person)
        self._entries[item_id].item = item

    def drop(self, item_id: str, person: int) -> None:
        """It is no longer there, if it was, and theirs."""
        if item_id in self._own.get(person, {}):
            self._drop(item_id)

    def forget(self, person: int) -> int:
        """Everything of one person; returns how many items that were."""
        own = list(self._own.get(person, {}))
        for item_id in own:
            self._drop(item_id)
        return len(own)

    def _drop_expired(self) -> None:
        while self._entries:
            oldest, entry = next(iter(self._entries.items()))
            if entry.expires > self._now() and len(self._entries) <= CAPACITY:
                return
            self._drop(oldest)

    def _drop(self, item_id: str) -> None:
        person = self._entries.pop(item_id).person
        del self._own[person][item_id]
        if not self._own[person]:
            del self._own[person]


class ExpiringStores:
    """The stores of one bot, so that an erasure reaches all of them."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._stores: list[ExpiringStore[Any]] = []

    def store(self, message: str) -> ExpiringStore[Any]:
        """One more; `message` as for an ExpiringStore."""
        self._stores.append(ExpiringStore(self._now, message))
        return self._stores[-1]

    def forget(self, person: int) -> None:
        """Everything of one person."""
        for store in self._stores:
            store.forget(person)
