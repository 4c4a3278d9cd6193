"""What every engine must do for the repositories."""

import asyncio
from datetime import timedelta

import pytest

from bot.storage.database import Database
from bot.storage.errors import Duplicate, UnknownPerson
from bot.storage.people import People, Person, Record, RecordKind, Records
from tests.storage.given import ANA, BEN, MINUTE, NOON, record


@pytest.fixture
def people(database: Database) -> People:
    return People(database)


@pytest.fixture
async def records(database: Database, people: People) -> Records:
    """Of Ana and Ben, who agreed."""
    await people.consent(ANA, 1, NOON)
    await people.consent(BEN, 1, NOON)
    return Records(database)


async def test_nobody_is_known_who_did_not_agree(people: People) -> None:
    assert await people.find(ANA) is None
    assert not await people.set_zone(ANA, "Europe/Berlin")
    assert not await people.forget(ANA)
    await people.touch(ANA, NOON)
    assert await people.find(ANA) is None


async def test_consent_is_kept_to_the_microsecond(people: People) -> None:
    await people.consent(ANA, 3, NOON)
    assert await people.find(ANA) == Person(ANA, NOON, 3, None, NOON)


async def test_agreeing_again_keeps_the_zone(people: People) -> None:
    await people.consent(ANA, 1, NOON)
    assert await people.set_zone(ANA, "Europe/Berlin")
    await people.consent(ANA, 2, NOON + MINUTE)
    assert await people.find(ANA) == Person(ANA, NOON + MINUTE, 2, "Europe/Berlin", NOON + MINUTE, summary_version=1)


async def test_a_zone_can_be_taken_back(people: People) -> None:
    await people.consent(ANA, 1, NOON)
    await people.set_zone(ANA, "Europe/Berlin")
    assert await people.set_zone(ANA, None)
    found = await people.find(ANA)
    assert found
    assert found.zone is None


async def test_last_use_never_goes_backwards(people: People) -> None:
    await people.consent(ANA, 1, NOON)
    await people.touch(ANA, NOON + MINUTE)
    await people.touch(ANA, NOON)
    found = await people.find(ANA)
    assert found
    assert found.last_used == NOON + MINUTE


async def test_who_has_been_away_longest_comes_first(people: People) -> None:
    await people.consent(ANA, 1, NOON)
    await people.consent(BEN, 1, NOON - MINUTE)
    assert await people.unused_since(NOON - MINUTE) == []
    assert await people.unused_since(NOON) == [BEN]
    assert await people.unused_since(NOON + MINUTE) == [BEN, ANA]


async def test_a_record_comes_back_as_it_went_in(records: Records) -> None:
    kept = record(sealed=bytes(range(256)))
    await records.add(kept)
    assert await records.find(ANA, kept.id) == kept


async def test_a_record_needs_a_person(records: Records, people: People) -> None:
    with pytest.raises(UnknownPerson):
        await records.add(record(person=99))
    await people.forget(ANA)
    with pytest.raises(UnknownPerson):
        await records.add(record())


async def test_an_id_is_taken_once(records: Records) -> None:
    kept = record()
    await records.add(kept)
    for again in (record(sealed=b"other"), record(person=BEN)):
        with pytest.raises(Duplicate):
            await records.add(again)
    assert await records.find(ANA, kept.id) == kept


async def test_replacing_keeps_the_id(records: Records) -> None:
    await records.add(record())
    changed = record(at=NOON - MINUTE, sealed=b"other")
    assert await records.replace(changed)
    assert await records.of_person(ANA) == [changed]


async def test_only_what_is_there_is_replaced_or_removed(records: Records) -> None:
    kept = record()
    await records.add(kept)
    for other in (record("b" * 32), record(person=BEN), record(kind=RecordKind.WEEKLY)):
        assert not await records.replace(other)
    assert not await records.remove(ANA, "b" * 32)
    assert not await records.remove(BEN, kept.id)
    assert await records.of_person(ANA) == [kept]
    assert await records.remove(ANA, kept.id)
    assert await records.of_person(ANA) == []


async def test_between_takes_the_first_instant_and_leaves_the_last(records: Records) -> None:
    kept = [record(str(minute), at=NOON + minute * MINUTE) for minute in range(5)]
    for one in reversed(kept):
        await records.add(one)
    assert await records.between(ANA, RecordKind.CHECKIN, NOON + MINUTE, NOON + 3 * MINUTE) == kept[1:3]
    assert await records.between(ANA, RecordKind.WEEKLY, NOON, NOON + timedelta(days=1)) == []


async def test_check_ins_and_assessments_come_in_one_read_each_from_its_own_instant_on(records: Records) -> None:
    kept: dict[RecordKind, list[Record]] = {}
    for kind in RecordKind:
        kept[kind] = [record(f"{kind} {minute}", at=NOON + minute * MINUTE, kind=kind) for minute in range(5)]
        for one in reversed(kept[kind]):
            await records.add(one)
    found = await records.checkins_and_assessments(ANA, NOON + 2 * MINUTE, NOON + 4 * MINUTE, NOON + MINUTE)
    assert [one for one in found if one.kind is RecordKind.CHECKIN] == kept[RecordKind.CHECKIN][2:4]
    assert [one for one in found if one.kind is RecordKind.ASSESSMENT] == kept[RecordKind.ASSESSMENT][1:]
    assert {one.kind for one in found} == {RecordKind.CHECKIN, RecordKind.ASSESSMENT}


async def test_records_are_counted_by_kind(records: Records) -> None:
    for number, kind in enumerate([RecordKind.CHECKIN, RecordKind.CHECKIN, RecordKind.WEEKLY]):
        await records.add(record(str(number), kind=kind))
    assert await records.count(ANA) == {RecordKind.CHECKIN: 2, RecordKind.WEEKLY: 1}


async def test_what_was_kept_is_there_at_once_while_others_read(records: Records) -> None:
    async def read() -> None:
        while True:
            await records.of_person(BEN)

    for number in range(50):
        await records.add(record(f"ben {number}", person=BEN))
    readers = [asyncio.create_task(read()) for _ in range(5)]
    try:
        for number in range(50):
            kept = record(f"{number}")
            await records.add(kept)
            assert await records.find(ANA, kept.id) == kept
    finally:
        for reader in readers:
            reader.cancel()
        await asyncio.gather(*readers, return_exceptions=True)


async def test_two_people_never_meet(records: Records, people: People) -> None:
    hers, his = record("hers"), record("his", person=BEN)
    await records.add(hers)
    await records.add(his)
    for person, own, other in ((ANA, hers, his), (BEN, his, hers)):
        assert await records.find(person, other.id) is None
        assert await records.of_person(person) == [own]
        assert await records.between(person, RecordKind.CHECKIN, NOON, NOON + MINUTE) == [own]
        assert await records.checkins_and_assessments(person, NOON, NOON + MINUTE, NOON) == [own]
        assert await records.count(person) == {RecordKind.CHECKIN: 1}
    await people.forget(ANA)
    assert await records.of_person(ANA) == []
    assert await records.of_person(BEN) == [his]
