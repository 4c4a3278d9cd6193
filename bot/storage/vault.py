"""The vault: a key for every person; what is sealed under it opens for nobody else, and for nobody once it is gone."""

import asyncio
import os
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.storage.engine import Engine
from bot.storage.errors import CannotOpen, NoKey
from bot.storage.sql import Connection, load

KEY_BITS: Final = 256
NONCE_LENGTH: Final = 12  # bytes, random: NIST SP 800-38D allows 2^32 messages a key that way
BLOCK_LENGTH: Final = 512  # bytes: whatever was filled in, a check-in fits one, with a note of some 200 characters too
FORMAT: Final = b"\x01"  # the first byte of everything sealed, so that a later form can be told apart
BOUND: Final = b"limber:%d:%b"  # what is sealed is bound to: the person, and what else it is for
KEYS_IN_MEMORY: Final = 512  # unwrapped, of one process


class Vault:
    """Seals and unseals under the key of a person; the keys stand in keys.db, wrapped by the host's key."""

    def __init__(self, keys: Engine, host_key: bytes, *, remembers: int = KEYS_IN_MEMORY) -> None:
        """`remembers`: how many keys stay unwrapped; none where another process may erase somebody and begin anew."""
        self._keys = keys
        self._remembers = remembers
        self._queries = load("keys")
        self._host = AESGCM(host_key)
        self._unwrapped: OrderedDict[int, PersonKey] = OrderedDict()
        self._lock = asyncio.Lock()

    async def fingerprint(self) -> str | None:
        """Of the host key that all keys are wrapped with."""
        fingerprint: str | None = await self._keys.fetch_one(self._queries.fingerprint)
        return fingerprint

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Connection]:
        """A transaction in keys.db. Until it ends no key is made or destroyed, in whichever process.

        Writes to limber.db begin within it, never the other way round: so no two wait for each other.
        """
        async with self._lock, self._keys.writing() as connection:
            await self._queries.take_turn(connection)
            yield connection

    async def create(self, person: int) -> None:
        """Make sure there is a key; one that is there stays. None is made while an erasure is unfinished."""
        wrapped = wrap(self._host, person, AESGCM.generate_key(KEY_BITS))
        async with self._lock:
            await self._keys.execute(self._queries.add, person=person, wrapped=wrapped)
            self._unwrapped.pop(person, None)  # it may be of an earlier key, erased by another process

    async def seal(self, person: int, plain: bytes, associated_data: bytes, *, block: int = BLOCK_LENGTH) -> bytes:
        """Opens again only for the same person and the same `associated_data`. Raises NoKey.

        A smaller `block`, only where what it is told by stands in the clear as well.
        """
        return (await self.key(person)).seal(plain, associated_data, block=block)

    async def unseal(self, person: int, sealed: bytes, associated_data: bytes) -> bytes:
        """Raises NoKey, or CannotOpen for what is damaged or was put in another's place."""
        return (await self.key(person)).unseal(sealed, associated_data)

    async def destroy(self, person: int) -> bool:
        """Gone with everything sealed under it, in every backup too; False when there was none.

        Notes in the same step that the person's rows are still to go: see `Storage.erase`.
        """
        async with self.turn() as connection:
            return await self.destroy_in(connection, person)

    async def destroy_in(self, turn: Connection, person: int) -> bool:
        """As `destroy`, as a part of this turn."""
        self._unwrapped.pop(person, None)
        await self._queries.erasure_begins(turn, person=person)
        return bool(await self._queries.destroy(turn, person=person))

    async def has_key(self, turn: Connection, person: int) -> bool:
        """Whether there is one, for as long as this turn lasts."""
        return await self._queries.wrapped(turn, person=person) is not None

    async def key(self, person: int) -> "PersonKey":
        """To seal and to unseal one thing after the other. Raises NoKey, or CannotOpen for a key that is damaged."""
        if not self._remembers:  # nor does anybody wait for a turn
            return await self._read(person)
        if (key := self.remembered(person)) is not None:
            return key
        async with self._lock:
            key = self._unwrapped[person] = await self._read(person)
            if len(self._unwrapped) > self._remembers:
                self._unwrapped.popitem(last=False)
            return key

    def remembered(self, person: int) -> "PersonKey | None":
        """The key, if it is at hand, in any thread. It counts as used."""
        key = self._unwrapped.get(person)
        with suppress(KeyError):  # there is none, or another thread took it away just now
            self._unwrapped.move_to_end(person)
        return key

    async def _read(self, person: int) -> "PersonKey":
        wrapped = await self._keys.fetch_one(self._queries.wrapped, person=person)
        if wrapped is None:
            raise NoKey("There is no key for this person.")
        return PersonKey(person, AESGCM(unwrap(self._host, person, wrapped)))


@dataclass(frozen=True, slots=True)
class PersonKey:
    """The key of one person. It may be used in any thread."""

    person: int
    cipher: AESGCM = field(repr=False)

    def seal(self, plain: bytes, associated_data: bytes, *, block: int = BLOCK_LENGTH) -> bytes:
        """Opens again only for the same person and the same `associated_data`."""
        nonce = os.urandom(NONCE_LENGTH)
        # ISO/IEC 7816-4: a marker, then zeros up to a whole block
        padded = plain + b"\x80" + bytes(-(len(plain) + 1) % block)
        return FORMAT + nonce + self.cipher.encrypt(nonce, padded, BOUND % (self.person, associated_data))

    def unseal(self, sealed: bytes, associated_data: bytes) -> bytes:
        """Raises CannotOpen for what is damaged or was put in another's place."""
        return unseal(self.cipher, self.person, sealed, associated_data)


def unseal(cipher: AESGCM, person: int, sealed: bytes, associated_data: bytes) -> bytes:
    """Raises CannotOpen for what is damaged, was sealed under another key or put in another's place."""
    nonce, body = sealed[len(FORMAT) : len(FORMAT) + NONCE_LENGTH], sealed[len(FORMAT) + NONCE_LENGTH :]
    if not sealed.startswith(FORMAT) or not body:
        raise CannotOpen("This was not sealed by Limber, or by a newer one.")
    try:
        return cipher.decrypt(nonce, body, BOUND % (person, associated_data)).rstrip(b"\x00")[:-1]
    except InvalidTag:
        raise CannotOpen("This is damaged, or does not belong here.") from None


def associated_data_of(kind: str, id: str) -> bytes:  # noqa: A002
    """What a record or a reminder is sealed for: its kind and its id."""
    return f"{kind}:{id}".encode()


def wrap(host: AESGCM, person: int, key: bytes) -> bytes:
    """A person's key as keys.db holds it."""
    nonce = os.urandom(NONCE_LENGTH)
    return nonce + host.encrypt(nonce, key, BOUND % (person, b"key"))


def unwrap(host: AESGCM, person: int, wrapped: bytes) -> bytes:
    """Raises CannotOpen when it is damaged, was wrapped by another host key or for another person."""
    try:
        return host.decrypt(wrapped[:NONCE_LENGTH], wrapped[NONCE_LENGTH:], BOUND % (person, b"key"))
    except (InvalidTag, ValueError):
        raise CannotOpen("The person's key is damaged, or does not belong here.") from None
