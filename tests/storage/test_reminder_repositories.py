"""What every engine must do for reminders, their occurrences and the lease."""

import asyncio
import doctest
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.storage import occurrences as module
from bot.storage.database import Database
from bot.storage.errors import Duplicate, UnknownPerson
from bot.storage.lease import DELIVERY, Lease, LeaseLost, Leases
from bot.storage.occurrences import (
    CLAIM_TIMEOUT,
    SPACING,
    Advance,
    ClaimedOccurrence,
    Occurrence,
    Occurrences,
    OccurrenceState,
    QueueStatus,
    occurrence_id,
)
from bot.storage.people import People
from bot.storage.reminders import DiscordCode, Reason, Reminder, ReminderKind, Reminders, ReminderState
from bot.storage.sql import load
from bot.storage.storage import Erased, Storage
from tests.storage.given import ANA, BEN, MANY, MINUTE, NOON

CLUB = 2_200_000_000_000_000_001
DAY, GRACE = timedelta(days=1), 30 * MINUTE
SENT = {"state": OccurrenceState.SENT, "message": 5, "settled_at": NOON}


def reminder(name: str = "a", person: int | None = ANA, **other: object) -> Reminder:
    default: dict[str, object] = {
        "id": name * 32,
        "person": person,
        "club": None,
        "channel": 7,
        "kind": ReminderKind.CHECKIN,
        "schedule": "daily at 12",
        "zone": "Europe/Berlin",
        "state": ReminderState.ACTIVE,
        "next_due": NOON,
        "sealed": bytes(range(256)),
        "created_at": NOON - DAY,
    }
    return Reminder(**default | other)


@pytest.fixture
async def people(database: Database) -> People:
    people = People(database)
    await people.consent(ANA, 1, NOON)
    await people.consent(BEN, 1, NOON)
    return people


@pytest.fixture
def reminders(database: Database, people: People) -> Reminders:
    """Of Ana and Ben, who agreed, and of a club."""
    return Reminders(database)


@pytest.fixture
def leases(database: Database) -> Leases:
    return Leases(database)


class Queue:
    """The occurrences, held by one process."""

    def __init__(self, occurrences: Occurrences, reminders: Reminders, fence: int) -> None:
        self.all = occurrences
        self.reminders = reminders
        self.fence = fence

    async def ring(self, *rung: Reminder, local: str = "today", now: datetime = NOON, **other: object) -> None:
        rings = [Advance(one, local, NOON + DAY, **other) for one in rung]
        await self.all.materialize(self.fence, rings, [], GRACE, now)

    async def claim(self, limit: int = 99, now: datetime = NOON, **other: object) -> list[ClaimedOccurrence]:
        return await self.all.claim(self.fence, now, limit, **other)

    async def status(self, now: datetime = NOON) -> QueueStatus:
        return await self.all.status(self.fence, now)

    async def settle(self, *settled: Occurrence, **other: object) -> None:
        await self.all.settle(self.fence, settled, **other)

    async def one(self, name: str = "a", **other: object) -> ClaimedOccurrence:
        """A reminder of this name that rang and was claimed."""
        await self.reminders.add(reminder(name, **other), MANY)
        await self.ring(reminder(name, **other))
        (parcel,) = await self.claim()
        return parcel

    async def log(self, name: str = "a") -> list[Occurrence]:
        return await self.all.of_reminder(name * 32, 99)


@pytest.fixture
async def queue(database: Database, reminders: Reminders, leases: Leases) -> Queue:
    fence = await leases.take(DELIVERY, "us", NOON + DAY, NOON)
    assert fence
    return Queue(Occurrences(database), reminders, fence)


async def test_a_reminder_comes_back_as_it_went_in(reminders: Reminders) -> None:
    full = reminder(reason=Reason.DM_CLOSED, ignored=2, version=3, club=CLUB, told=True)
    bare = reminder("b", None, club=CLUB, channel=None, next_due=None, sealed=None, kind=ReminderKind.CLUB)
    for kept in (full, bare, replace(bare, id="c" * 32, post="options")):
        await reminders.add(kept, MANY)
        assert await reminders.find(kept.owner, kept.id) == kept
    assert (full.owner, bare.owner) == (ANA, CLUB)


async def test_a_reminder_needs_a_person_who_is_there(reminders: Reminders) -> None:
    with pytest.raises(UnknownPerson):
        await reminders.add(reminder(person=99), MANY)
    await reminders.add(reminder(), MANY)
    with pytest.raises(Duplicate):
        await reminders.add(reminder(person=BEN), MANY)


async def test_an_owner_has_as_many_as_they_may_and_no_more(reminders: Reminders) -> None:
    """Counted in the insert itself: two at once cannot both be the last."""
    assert await reminders.add(reminder("a"), 2)
    for other in (reminder("b", BEN), reminder("c", None, club=CLUB), reminder("d", BEN, club=CLUB)):
        assert await reminders.add(other, 2)
    assert sorted(await asyncio.gather(*(reminders.add(reminder(name), 2) for name in "ef"))) == [False, True]
    assert await reminders.add(reminder("g", None, club=CLUB), 2)
    assert not await reminders.add(reminder("h", None, club=CLUB), 2)
    assert [len(await reminders.of_person(ANA)), len(await reminders.of_club(CLUB))] == [2, 2]


async def test_owners_never_meet(reminders: Reminders, people: People) -> None:
    hers, his, theirs = reminder("a", club=CLUB), reminder("b", BEN), reminder("c", None, club=CLUB)
    owners = (ANA, BEN, CLUB)
    for kept in (hers, his, theirs):
        await reminders.add(kept, MANY)
    assert await reminders.of_person(ANA) == [hers]
    assert await reminders.of_club(CLUB) == [theirs]
    assert (await reminders.count(ANA), await reminders.count(CLUB)) == (1, 0)
    for kept in (hers, his, theirs):
        for other in set(owners) - {kept.owner}:
            assert await reminders.find(other, kept.id) is None
            assert not await reminders.remove(other, kept.id)
    await people.forget(ANA)
    assert await reminders.of_person(ANA) == []
    assert await reminders.remove(BEN, his.id)
    assert await reminders.of_person(BEN) == []
    assert await reminders.of_club(CLUB) == [theirs]


async def test_two_edits_at_once_do_not_mix(reminders: Reminders) -> None:
    first = reminder()
    await reminders.add(first, MANY)
    assert await reminders.replace(replace(first, schedule="daily at 9", next_due=NOON + MINUTE, sealed=None))
    assert not await reminders.replace(replace(first, schedule="daily at 10"))
    expected = replace(first, schedule="daily at 9", next_due=NOON + MINUTE, sealed=None, version=2)
    assert await reminders.of_person(ANA) == [expected]
    assert not await reminders.replace(reminder("b"))


async def test_an_edit_does_not_change_whose_it_is(reminders: Reminders) -> None:
    await reminders.add(reminder(), MANY)
    assert await reminders.replace(reminder(person=BEN, club=CLUB, created_at=NOON))
    assert await reminders.of_person(ANA) == [reminder(version=2)]


async def test_an_edit_keeps_what_a_post_is_to_be(reminders: Reminders) -> None:
    post = reminder("p", None, club=CLUB, kind=ReminderKind.CLUB, post="hips")
    await reminders.add(post, MANY)
    assert await reminders.replace(replace(post, post="knees", told=True))
    assert await reminders.of_club(CLUB) == [replace(post, post="knees", told=True, version=2)]


async def test_who_has_not_been_told_is_known_until_they_are(reminders: Reminders) -> None:
    blocked = {"state": ReminderState.BLOCKED, "reason": Reason.DM_CLOSED}
    for kept in (
        reminder("a", ANA, **blocked),
        reminder("b", ANA, **blocked),
        reminder("c", BEN, **blocked, told=True),
        reminder("d", ANA),
        reminder("e", None, club=CLUB, **blocked),
    ):
        await reminders.add(kept, MANY)
    assert await reminders.untold() == {ANA}
    await reminders.told(ANA)
    assert await reminders.untold() == frozenset()
    assert {one.id[0]: one.told for one in await reminders.of_person(ANA)} == {"a": True, "b": True, "d": False}


async def test_what_is_due_longest_comes_first(reminders: Reminders) -> None:
    due = [reminder(name, next_due=NOON - number * MINUTE) for number, name in enumerate("abc")]
    silent = [reminder(name, state=state) for name, state in zip("def", list(ReminderState)[1:], strict=True)]
    never, later = reminder("g", next_due=None), reminder("h", next_due=NOON + MINUTE)
    for kept in (*due, *silent, never, later):
        await reminders.add(kept, MANY)
    assert await reminders.due(NOON, 9) == due[::-1]
    assert await reminders.due(NOON, 2) == [due[2], due[1]]


def test_an_id_is_short_and_the_same_again() -> None:
    assert doctest.testmod(module).failed == 0
    ids = {occurrence_id(name, local) for name in ("a", "b") for local in ("1", "2")}
    assert len(ids) == 4
    assert all(len(one) == 24 and one.isalnum() for one in ids)


async def test_a_ring_is_written_down_once_and_moves_the_reminder_on(queue: Queue) -> None:
    await queue.reminders.add(reminder(), MANY)
    for _ in range(2):
        await queue.ring(reminder())
    (rung,) = await queue.log()
    assert rung == Occurrence(
        id=occurrence_id("a" * 32, "today"),
        reminder="a" * 32,
        local="today",
        due=NOON,
        state=OccurrenceState.PENDING,
        until=NOON + GRACE,
        not_before=NOON,
    )
    assert await queue.reminders.of_person(ANA) == [reminder(next_due=NOON + DAY)]


async def test_the_same_local_time_rings_once_ever(queue: Queue) -> None:
    await queue.reminders.add(reminder(), MANY)
    await queue.ring(reminder())
    await queue.ring(reminder(next_due=NOON + DAY))
    assert len(await queue.log()) == 1
    await queue.ring(reminder(next_due=NOON + DAY), local="tomorrow")
    assert [one.local for one in await queue.log()] == ["tomorrow", "today"]


@pytest.mark.parametrize(
    "change", [{"schedule": "daily at 9"}, {"next_due": NOON + MINUTE}, {"state": ReminderState.PAUSED}]
)
async def test_an_edit_in_between_comes_first(queue: Queue, change: dict[str, object]) -> None:
    await queue.reminders.add(reminder(), MANY)
    await queue.reminders.replace(replace(reminder(), **change))
    await queue.ring(reminder())
    await queue.all.materialize(queue.fence, [], [(reminder(), Reason.ZONE)], GRACE, NOON)
    assert await queue.log() == []
    assert await queue.reminders.of_person(ANA) == [reminder(version=2, **change)]


async def test_one_that_was_removed_in_between_does_not_ring(queue: Queue) -> None:
    await queue.ring(reminder())
    assert await queue.log() == []


async def test_what_was_missed_is_written_down_as_skipped(queue: Queue) -> None:
    await queue.reminders.add(reminder(), MANY)
    await queue.ring(reminder(), missed=True, now=NOON + DAY)
    (missed,) = await queue.log()
    assert (missed.state, missed.reason, missed.settled_at) == ("skipped", "grace", NOON + DAY)
    assert await queue.claim() == []


async def test_the_last_date_ends_a_reminder_and_still_goes_out(queue: Queue) -> None:
    await queue.reminders.add(reminder(), MANY)
    await queue.all.materialize(queue.fence, [Advance(reminder(), "today", None)], [], GRACE, NOON)
    (parcel,) = await queue.claim()
    assert parcel.reminder == reminder(state=ReminderState.ENDED, next_due=None)


async def test_one_that_cannot_ring_is_blocked_with_the_reason(queue: Queue) -> None:
    await queue.reminders.add(reminder(), MANY)
    await queue.all.materialize(queue.fence, [], [(reminder(), Reason.ZONE)], GRACE, NOON)
    assert await queue.reminders.of_person(ANA) == [reminder(state=ReminderState.BLOCKED, reason=Reason.ZONE)]


async def test_the_status_says_what_is_to_do_and_when_the_next_is(queue: Queue, leases: Leases) -> None:
    assert await queue.status() == QueueStatus(None, claimable=False, next_try=None)
    for name, due in (("a", NOON), ("b", NOON + MINUTE)):
        await queue.reminders.add(reminder(name, next_due=due), MANY)
    await queue.reminders.add(reminder("c", next_due=NOON - DAY, state=ReminderState.PAUSED), MANY)
    status = await queue.status()
    assert status == QueueStatus(NOON, claimable=False, next_try=None)
    assert (status.is_due(NOON - SPACING), status.is_due(NOON)) == (False, True)
    await queue.ring(reminder("a"))
    assert await queue.status() == QueueStatus(NOON + MINUTE, claimable=True, next_try=None)
    assert await queue.status(NOON - MINUTE) == QueueStatus(NOON + MINUTE, claimable=False, next_try=NOON)
    await queue.claim()
    assert await queue.status() == QueueStatus(NOON + MINUTE, claimable=False, next_try=NOON + CLAIM_TIMEOUT)
    queue.fence = await leases.take(DELIVERY, "they", NOON + 2 * DAY, NOON + DAY) or 0
    assert (await queue.status()).claimable  # nobody is at work on it any more


async def test_a_claim_is_exclusive_and_says_since_when(queue: Queue) -> None:
    parcel = await queue.one()
    assert parcel.fresh
    assert parcel.reminder == reminder(next_due=NOON + DAY)
    assert await queue.log() == [parcel.occurrence]
    assert parcel.occurrence.claimed_at == NOON
    assert await queue.claim() == []


async def test_only_what_may_be_tried_is_claimed(queue: Queue) -> None:
    parcel = await queue.one()
    again = replace(parcel.occurrence, state=OccurrenceState.PENDING, claimed_at=None, not_before=NOON + MINUTE)
    await queue.settle(replace(again, attempt=1))
    assert await queue.status() == QueueStatus(NOON + DAY, claimable=False, next_try=NOON + MINUTE)
    assert await queue.claim() == []
    (parcel,) = await queue.claim(now=NOON + MINUTE)
    assert (parcel.fresh, parcel.occurrence.attempt) == (True, 1)
    assert parcel.occurrence.claimed_at == NOON + MINUTE


async def test_what_may_be_out_there_keeps_its_claim(queue: Queue) -> None:
    parcel = await queue.one()
    await queue.settle(replace(parcel.occurrence, not_before=NOON + MINUTE, attempt=1))
    assert await queue.status() == QueueStatus(NOON + DAY, claimable=False, next_try=NOON + MINUTE)
    (parcel,) = await queue.claim(now=NOON + MINUTE)
    assert (parcel.fresh, parcel.occurrence.claimed_at) == (False, NOON)


async def test_a_claim_nobody_settles_is_found_again(queue: Queue) -> None:
    parcel = await queue.one()
    assert await queue.claim(now=NOON + CLAIM_TIMEOUT, busy={parcel.occurrence.id}) == []
    (found,) = await queue.claim(now=NOON + CLAIM_TIMEOUT)
    assert not found.fresh


async def test_the_next_holder_finds_what_the_last_one_left(queue: Queue, leases: Leases) -> None:
    parcel = await queue.one()
    old, queue.fence = queue.fence, await leases.take(DELIVERY, "they", NOON + 2 * DAY, NOON + DAY) or 0
    with pytest.raises(LeaseLost):
        await queue.all.settle(old, [replace(parcel.occurrence, **SENT)])
    with pytest.raises(LeaseLost):
        await queue.all.claim(old, NOON + CLAIM_TIMEOUT, 9)
    with pytest.raises(LeaseLost):
        await queue.all.materialize(old, [], [], GRACE, NOON)
    (found,) = await queue.claim()
    assert (found.fresh, found.occurrence) == (False, parcel.occurrence)
    await queue.settle(replace(found.occurrence, **SENT))
    assert [one.state for one in await queue.log()] == ["sent"]


async def test_only_what_is_claimed_is_settled(queue: Queue) -> None:
    await queue.reminders.add(reminder(), MANY)
    await queue.ring(reminder())
    (rung,) = await queue.log()
    await queue.settle(replace(rung, **SENT))
    assert await queue.log() == [rung]


async def test_only_who_claimed_it_settles_it(queue: Queue, leases: Leases) -> None:
    """Under its old fence it was claimed; under its new one it has not looked at it yet."""
    parcel = await queue.one()
    queue.fence = await leases.take(DELIVERY, "us again", NOON + 2 * DAY, NOON + DAY) or 0
    await queue.settle(replace(parcel.occurrence, **SENT))
    assert await queue.log() == [parcel.occurrence]


async def test_settled_is_for_good(queue: Queue) -> None:
    parcel = await queue.one()
    sent = replace(parcel.occurrence, **SENT)
    await queue.settle(sent)
    await queue.settle(replace(sent, state=OccurrenceState.FAILED))
    assert await queue.log() == [sent]
    assert await queue.claim(now=NOON + DAY) == []
    assert (await queue.status()).next_try is None


async def test_a_refusal_for_good_blocks_the_reminder_and_keeps_it(queue: Queue) -> None:
    parcel = await queue.one()
    blocked = replace(parcel.occurrence, state=OccurrenceState.BLOCKED, reason=Reason.DM_CLOSED, settled_at=NOON)
    await queue.settle(blocked)
    assert await queue.log() == [blocked]
    (kept,) = await queue.reminders.of_person(ANA)
    assert kept == reminder(next_due=NOON + DAY, state=ReminderState.BLOCKED, reason=Reason.DM_CLOSED)


@pytest.mark.parametrize(
    ("stored", "reason"),
    [("50001", Reason.NO_ACCESS), ("no-channel", Reason.NO_CHANNEL), ("50035", DiscordCode("50035")), (None, None)],
)
async def test_reasons_in_rows_of_before_are_understood(
    database: Database, queue: Queue, stored: str | None, reason: Reason | DiscordCode | None
) -> None:
    await queue.one()
    async with database.writing() as connection:
        for table in ("reminder", "occurrence"):
            await connection.execute(f"update {table} set reason = :reason", {"reason": stored})  # noqa: S608
    (kept,), (logged,) = await queue.reminders.of_person(ANA), await queue.log()
    assert (kept.reason, logged.reason) == (reason, reason)
    assert (type(kept.reason), type(logged.reason)) == (type(reason), type(reason))
    assert await queue.reminders.replace(kept)
    assert [one.reason for one in await queue.reminders.of_person(ANA)] == [reason]


@pytest.mark.parametrize("unreadable", [True, False])
async def test_one_that_is_blocked_again_is_news_again(queue: Queue, *, unreadable: bool) -> None:
    await queue.reminders.add(reminder(told=True), MANY)
    await queue.ring(reminder())
    assert await queue.reminders.untold() == frozenset()
    if unreadable:
        await queue.all.materialize(queue.fence, [], [(reminder(), Reason.ZONE)], GRACE, NOON)
    else:
        (parcel,) = await queue.claim()
        await queue.settle(
            replace(parcel.occurrence, state=OccurrenceState.BLOCKED, reason=Reason.DM_CLOSED, settled_at=NOON)
        )
    assert await queue.reminders.untold() == {ANA}


async def test_what_a_person_does_not_answer_is_counted(queue: Queue) -> None:
    parcel = await queue.one()
    await queue.settle(replace(parcel.occurrence, **SENT))
    (kept,) = await queue.reminders.of_person(ANA)
    assert kept.ignored == 1
    await queue.reminders.answered(kept.id)
    (kept,) = await queue.reminders.of_person(ANA)
    assert kept.ignored == 0
    parcel = await queue.one("b", person=None, club=CLUB)
    await queue.settle(replace(parcel.occurrence, **SENT))
    (kept,) = await queue.reminders.of_club(CLUB)
    assert kept.ignored == 0


async def test_a_claim_takes_no_more_than_asked_and_what_was_left_first(queue: Queue, leases: Leases) -> None:
    left = await queue.one()
    queue.fence = await leases.take(DELIVERY, "they", NOON + 2 * DAY, NOON + DAY) or 0
    for name in "bcd":
        await queue.reminders.add(reminder(name), MANY)
        await queue.ring(reminder(name))
    assert [one.occurrence.id for one in await queue.claim(2)] == [
        left.occurrence.id,
        occurrence_id("b" * 32, "today"),
    ]
    assert len(await queue.claim(9)) == 2


async def test_nobody_fills_the_queue(queue: Queue) -> None:
    """A club has ten posts due, then Ana and Ben have one each, Ben's three seconds later."""
    for number in range(10):
        post = reminder(f"{number}", None, club=CLUB, kind=ReminderKind.CLUB)
        await queue.reminders.add(post, MANY)
        await queue.ring(post)
    for name, person, wait in (("a", ANA, 0), ("b", BEN, 3)):
        due = NOON + wait * SPACING
        await queue.reminders.add(reminder(name, person, next_due=due), MANY)
        await queue.ring(reminder(name, person, next_due=due))
    order = [one.reminder.id[0] for one in await queue.claim(now=NOON + MINUTE)]
    assert order.index("a") <= 1
    assert order.index("b") <= 5
    assert [name for name in order if name.isdigit()] == [f"{number}" for number in range(10)]


async def test_time_in_our_own_queue_is_added_to_the_grace(queue: Queue) -> None:
    parcel = await queue.one()
    await queue.reminders.add(reminder("b"), MANY)
    await queue.ring(reminder("b"))
    await queue.settle(replace(parcel.occurrence, **SENT), queued=7 * MINUTE)
    await queue.reminders.add(reminder("c"), MANY)
    await queue.ring(reminder("c"))
    until = {one.reminder.id[0]: one.occurrence.until for one in await queue.claim()}
    assert until == {"b": NOON + GRACE + 7 * MINUTE, "c": NOON + GRACE}


async def test_what_was_put_off_comes_once_more(queue: Queue) -> None:
    parcel = await queue.one()
    await queue.settle(replace(parcel.occurrence, **SENT))
    later = NOON + 15 * MINUTE
    assert await queue.all.again("a" * 32, "a quarter past", later, GRACE)
    assert not await queue.all.again("a" * 32, "a quarter past", later, GRACE)
    assert (await queue.status()).next_try == later
    assert await queue.claim() == []
    (parcel,) = await queue.claim(now=later)
    assert (parcel.occurrence.due, parcel.occurrence.until) == (later, later + GRACE)


async def test_one_is_found_by_its_id_with_its_reminder(queue: Queue) -> None:
    parcel = await queue.one(post="options", told=True)
    await queue.one("b", person=BEN)
    assert parcel.reminder.post == "options"
    assert parcel.reminder.told
    assert await queue.all.find(parcel.occurrence.id) == (parcel.reminder, parcel.occurrence)
    assert await queue.all.find("nothing") is None


async def test_what_waits_can_be_called_off_and_what_may_be_out_there_cannot(queue: Queue) -> None:
    claimed = await queue.one()
    again = reminder(next_due=NOON + DAY)
    await queue.ring(again, local="tomorrow")
    await queue.reminders.add(reminder("b"), MANY)
    await queue.ring(reminder("b"))
    assert await queue.all.cancel("a" * 32, Reason.PAUSED, NOON + MINUTE) == 1
    assert await queue.all.cancel("a" * 32, Reason.PAUSED, NOON + MINUTE) == 0
    first, second = await queue.log()
    assert (first.local, first.state, first.reason, first.settled_at) == (
        "tomorrow",
        "skipped",
        "paused",
        NOON + MINUTE,
    )
    assert second == claimed.occurrence
    assert [one.reminder.id[0] for one in await queue.claim(now=NOON + DAY)] == ["a", "b"]
    assert await queue.all.cancel("b" * 32, Reason.PAUSED, NOON) == 0


async def test_a_silent_reminder_does_not_come_once_more(queue: Queue) -> None:
    await queue.reminders.add(reminder(state=ReminderState.PAUSED), MANY)
    assert not await queue.all.again("a" * 32, "later", NOON, GRACE)
    assert not await queue.all.again("b" * 32, "later", NOON, GRACE)


async def test_the_log_ends_with_the_reminder_and_the_person(queue: Queue, people: People) -> None:
    for name, person in (("a", ANA), ("b", ANA), ("c", BEN)):
        await queue.one(name, person=person)
    assert [one.reminder[0] for one in await queue.all.of_person(ANA)] in (["a", "b"], ["b", "a"])
    await queue.reminders.remove(ANA, "a" * 32)
    assert [one.reminder[0] for one in await queue.all.of_person(ANA)] == ["b"]
    await people.forget(ANA)
    assert await queue.all.of_person(ANA) == []
    assert len(await queue.all.of_person(BEN)) == 1


async def test_what_was_settled_long_ago_is_forgotten(queue: Queue) -> None:
    for name, at in (("a", NOON), ("b", NOON + DAY)):
        parcel = await queue.one(name)
        await queue.settle(replace(parcel.occurrence, **SENT | {"settled_at": at}))
    await queue.one("c")
    assert await queue.all.forget(NOON + MINUTE) == 1
    assert [len(await queue.log(name)) for name in "abc"] == [0, 1, 1]


async def test_nothing_is_claimed_while_the_host_has_halted_delivery(queue: Queue, leases: Leases) -> None:
    await queue.reminders.add(reminder(), MANY)
    await queue.ring(reminder())
    await leases.halt(DELIVERY, halted=True)
    assert (await leases.find(DELIVERY)).halted
    assert await queue.claim() == []
    await leases.halt(DELIVERY, halted=False)
    assert len(await queue.claim()) == 1


async def test_a_lease_has_one_holder(leases: Leases) -> None:
    first = await leases.take(DELIVERY, "one", NOON + MINUTE, NOON)
    assert first == 1
    assert await leases.find(DELIVERY) == Lease("one", NOON + MINUTE, 1, halted=False)
    assert await leases.take(DELIVERY, "two", NOON + DAY, NOON) is None
    assert await leases.renew(DELIVERY, 1, NOON + 2 * MINUTE)
    assert await leases.take(DELIVERY, "two", NOON + DAY, NOON + MINUTE) is None
    assert await leases.take(DELIVERY, "two", NOON + DAY, NOON + 2 * MINUTE) == 2
    assert not await leases.renew(DELIVERY, 1, NOON + DAY)


async def test_one_whose_holder_stands_still_is_taken_whatever_the_clock_says(leases: Leases) -> None:
    await leases.take(DELIVERY, "one", NOON + DAY, NOON)
    assert await leases.take(DELIVERY, "two", NOON, NOON, seen=NOON + MINUTE) is None
    assert await leases.take(DELIVERY, "two", NOON, NOON, seen=NOON + DAY) == 2


async def test_a_released_lease_is_free_at_once(leases: Leases, queue: Queue) -> None:
    await leases.release(DELIVERY, queue.fence - 1)
    assert (await leases.find(DELIVERY)).holder
    await leases.release(DELIVERY, queue.fence)
    with pytest.raises(LeaseLost):
        await queue.all.materialize(queue.fence, [], [], GRACE, NOON)
    assert await leases.take(DELIVERY, "two", NOON + DAY, NOON) == queue.fence + 1


async def test_only_jobs_that_are_there(leases: Leases) -> None:
    with pytest.raises(KeyError):
        await leases.find("laundry")


async def test_erasing_a_person_counts_and_takes_the_reminders(storage: Storage) -> None:
    for person in (ANA, BEN):
        await storage.consent(person, 1, NOON)
    for name, person in (("a", ANA), ("b", ANA), ("c", BEN)):
        await storage.reminders.add(reminder(name, person), MANY)
    fence = await storage.leases.take(DELIVERY, "us", NOON + DAY, NOON)
    assert fence
    await storage.occurrences.materialize(fence, [Advance(reminder(), "today", NOON + DAY)], [], GRACE, NOON)
    assert await storage.erase(ANA) == Erased(person=True, records={}, reminders=2)
    assert await storage.reminders.of_person(ANA) == []
    assert await storage.occurrences.of_reminder("a" * 32, 9) == []
    assert len(await storage.reminders.of_person(BEN)) == 1


async def test_what_is_read_before_it_is_written_is_asked_for_as_by_itself(
    database: Database, reminders: Reminders
) -> None:
    await reminders.add(reminder(person=ANA), MANY)
    backlog, counts = load("reminders").backlog, []
    for now in (NOON - MINUTE, NOON):
        await database.execute_after(backlog, {"now": now}, lambda row: counts.append(row["count"]) or [])
    assert counts == [0, 1]
