"""Sealing: what is sealed for one person and one record opens for nothing else."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.settings import Settings
from bot.storage import vault as module
from bot.storage.errors import CannotOpen, NoKey
from bot.storage.people import RecordKind
from bot.storage.storage import Storage, open_storage
from bot.storage.vault import associated_data_of, unwrap, wrap
from tests.storage.given import ANA, BEN, NOON
from tests.support.examples import examples

WHAT = associated_data_of(RecordKind.CHECKIN, "a" * 32)


@pytest.fixture
async def storage(either_storage: Storage) -> Storage:
    """With Ana and Ben, who agreed; on each engine."""
    await either_storage.consent(ANA, 1, NOON)
    await either_storage.consent(BEN, 1, NOON)
    return either_storage


@given(plain=st.binary(max_size=2000))
@settings(examples(50), suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_what_was_sealed_opens_again(storage: Storage, plain: bytes) -> None:
    sealed = await storage.vault.seal(ANA, plain, WHAT)
    assert await storage.vault.unseal(ANA, sealed, WHAT) == plain


async def test_it_opens_for_nobody_and_nothing_else(storage: Storage) -> None:
    sealed = await storage.vault.seal(ANA, b"hip 4", WHAT)
    elsewhere = [
        (BEN, WHAT),
        (ANA, associated_data_of(RecordKind.CHECKIN, "b" * 32)),
        (ANA, associated_data_of(RecordKind.WEEKLY, "a" * 32)),
    ]
    for person, what in elsewhere:
        with pytest.raises(CannotOpen):
            await storage.vault.unseal(person, sealed, what)


async def test_damage_is_noticed_and_is_no_crash(storage: Storage) -> None:
    sealed = await storage.vault.seal(ANA, b"hip 4", WHAT)
    spoilt = [sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))]
    for wrong in (b"", sealed[:1], sealed[:13], sealed[:20], sealed[:-1], sealed + b"\0", *spoilt):
        with pytest.raises(CannotOpen):
            await storage.vault.unseal(ANA, wrong, WHAT)
    assert await storage.vault.unseal(ANA, sealed, WHAT) == b"hip 4"


async def test_nothing_shows_and_nothing_repeats(storage: Storage) -> None:
    one, two = [await storage.vault.seal(ANA, b"hip 4", WHAT) for _ in range(2)]
    assert b"hip" not in one
    assert one != two


async def test_the_length_does_not_tell_what_was_filled_in(storage: Storage) -> None:
    lengths = {len(await storage.vault.seal(ANA, bytes(size), WHAT)) for size in range(module.BLOCK_LENGTH)}
    assert len(lengths) == 1


async def test_who_never_agreed_has_no_key(storage: Storage) -> None:
    with pytest.raises(NoKey):
        await storage.vault.seal(99, b"hip 4", WHAT)


async def test_a_destroyed_key_opens_nothing_and_a_new_one_neither(storage: Storage) -> None:
    sealed = await storage.vault.seal(ANA, b"hip 4", WHAT)
    assert await storage.vault.destroy(ANA)
    assert not await storage.vault.destroy(ANA)
    with pytest.raises(NoKey):
        await storage.vault.unseal(ANA, sealed, WHAT)
    await storage.vault.create(ANA)
    with pytest.raises(NoKey):  # until the rows are gone as well
        await storage.vault.unseal(ANA, sealed, WHAT)
    await storage.finish_erasures()
    await storage.vault.create(ANA)
    with pytest.raises(CannotOpen):
        await storage.vault.unseal(ANA, sealed, WHAT)


async def test_a_key_that_is_there_stays(storage: Storage) -> None:
    sealed = await storage.vault.seal(ANA, b"hip 4", WHAT)
    await storage.vault.create(ANA)
    assert await storage.vault.unseal(ANA, sealed, WHAT) == b"hip 4"


async def test_more_people_than_are_remembered(storage: Storage) -> None:
    vault = module.Vault(storage.keys, bytes(32), remembers=3)
    people = range(1, 8)
    for person in people:
        await vault.create(person)
    sealed = {person: await vault.seal(person, b"%d" % person, WHAT) for person in people}
    for person in people:
        assert await vault.unseal(person, sealed[person], WHAT) == b"%d" % person
    async with storage.keys.writing() as connection:
        await connection.execute("delete from person_key")
    for person in (7, 6, 5):
        assert await vault.unseal(person, sealed[person], WHAT) == b"%d" % person
    for person in (1, 2, 3, 4):
        with pytest.raises(NoKey):
            await vault.unseal(person, sealed[person], WHAT)


async def test_those_that_are_remembered_are_the_last_that_were_used(storage: Storage) -> None:
    vault = module.Vault(storage.keys, bytes(32), remembers=2)
    for person in (1, 2, 3):
        await vault.create(person)
    await vault.key(1)
    await vault.key(2)
    assert vault.remembered(1)
    await vault.key(3)
    assert vault.remembered(2) is None
    assert vault.remembered(1)


async def test_a_damaged_key_concerns_its_owner_only(storage: Storage, either_host: Settings) -> None:
    sealed = {person: await storage.vault.seal(person, b"hip 4", WHAT) for person in (ANA, BEN)}
    async with storage.keys.writing() as connection:
        await connection.execute(
            "update person_key set wrapped = (select wrapped from person_key where person_id = :ben) "
            "where person_id = :ana",
            {"ana": ANA, "ben": BEN},
        )
    again = await open_storage(either_host)
    with pytest.raises(CannotOpen):
        await again.vault.unseal(ANA, sealed[ANA], WHAT)
    assert await again.vault.unseal(BEN, sealed[BEN], WHAT) == b"hip 4"
    await again.close()


def test_a_wrapped_key_is_of_one_person_and_one_host() -> None:
    host, other = (AESGCM(bytes([number]) * 32) for number in (1, 2))
    wrapped = wrap(host, ANA, b"k" * 32)
    assert unwrap(host, ANA, wrapped) == b"k" * 32
    for who, whose in ((host, BEN), (other, ANA)):
        with pytest.raises(CannotOpen):
            unwrap(who, whose, wrapped)


async def test_another_process_may_erase_and_ask_again(storage: Storage, either_host: Settings) -> None:
    """The key held in memory here is of no use then, and is not used."""
    await storage.vault.seal(ANA, b"hip 4", WHAT)
    other = await open_storage(either_host)
    await other.erase(ANA)
    await other.close()
    await storage.consent(ANA, 1, NOON)
    sealed = await storage.vault.seal(ANA, b"hip 5", WHAT)
    third = await open_storage(either_host)
    assert await third.vault.unseal(ANA, sealed, WHAT) == b"hip 5"
    await third.close()
