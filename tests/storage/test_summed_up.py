"""The summary that is kept beside a diary is in step with its entries, whatever is written, and whoever writes."""

import asyncio
import sqlite3
import zlib
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.advice.disposition import Disposition
from bot.checkins.diary import STILL_COVERED, OpenDiary
from bot.checkins.diary_reader import SUMMED_UP
from bot.checkins.draft import Draft
from bot.checkins.models import Finding
from bot.checkins.person_diary import NeedsConsent, Terms
from bot.checkins.service import AnswerUnreadable, CheckInService, Saved
from bot.checkins.summary import Summary, packed
from bot.expiring import ExpiringStore
from bot.ids import new_id
from bot.storage.engine import Engine
from bot.storage.people import People, Person, Records
from bot.storage.storage import Storage
from tests.storage.given import ANA, NOON, record
from tests.support.examples import examples


@dataclass
class Clock:
    time: datetime = NOON

    def now(self) -> datetime:
        return self.time


class Diaries:
    """The service of check-ins on a storage, and one person."""

    def __init__(self, storage: Storage, person: int = ANA) -> None:
        self.storage, self.person, self.clock = storage, person, Clock()
        self.diary = OpenDiary(storage, self.clock, Terms())
        self.service = CheckInService(self.diary, ExpiringStore(lambda: 0.0, "gone"), self.clock, notes=False)

    async def check_in(self, **answers: str) -> Saved:
        saved = await self.service.take(self.person, Draft(**{"area": "hip", "pain": "4"} | answers))
        assert isinstance(saved, Saved)
        return saved

    async def full_look(self, saved: Saved) -> Saved:
        return await self.service.saved(await self.diary.of(self.person), saved.entry, ask_new=saved.ask_new)

    async def summed_up(self) -> bool:
        owner = await self.storage.people.find(self.person)
        return owner is not None and owner.summary is not None


numbers = st.integers(0, 10).map(str)
checked_in = st.fixed_dictionaries(
    {"pain": numbers, "area": st.sampled_from(["hip", "hip", "knee"])},
    optional={"during": numbers, "worst": numbers, "day": st.sampled_from(["yesterday", "2 days ago", "today 00:30"])},
)
events = st.one_of(
    checked_in,
    checked_in,
    st.tuples(st.sampled_from(["change", "remove", "weekly"]), st.integers(0, 5)),
    st.tuples(st.just("found"), st.sampled_from([Disposition.MODIFY, Disposition.CONTINUE])),
    st.tuples(st.just("zone"), st.sampled_from(["Europe/Berlin", "Pacific/Kiritimati", "Pacific/Honolulu"])),
    st.tuples(st.just("wait"), st.sampled_from([1, 9, 24, 24, 24 * 6, 24 * 14, -1])),  # a clock may be set back
)
people = count(5_000)


@given(story=st.lists(events, min_size=2, max_size=20))
@settings(examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_an_answer_says_what_a_look_at_every_entry_says(storage: Storage, story: list) -> None:
    own = Diaries(storage, next(people))
    await own.diary.agree(own.person)
    for event in story:
        own.clock.time += timedelta(minutes=7)
        if isinstance(event, dict):
            with suppress(AnswerUnreadable):  # today at half past midnight, some minutes before that
                saved = await own.check_in(**event)
                assert saved == await own.full_look(saved)
        else:
            await written(own, *event)


async def written(own: Diaries, what: str, value) -> None:
    diary, now = await own.diary.of(own.person), own.clock.now()
    kept = await diary.checkins()
    if what == "wait":
        own.clock.time += timedelta(hours=value)
    elif what == "zone":
        await diary.set_zone(ZoneInfo(value))
    elif what == "found":
        more = {"because": (), "reasons": (), "bone": False, "content": "1"}
        await diary.keep(Finding(id=new_id(), at=now, area="hip", disposition=value, **more))
    elif what == "change" and kept:
        await diary.change(replace(kept[-1 - value % len(kept)], pain=value))
    elif what == "remove" and kept:
        await diary.remove(kept[-1 - value % len(kept)].id)


@pytest.fixture
async def ana(storage: Storage) -> Diaries:
    own = Diaries(storage)
    await own.diary.agree(ANA)
    return own


async def test_after_the_first_check_in_no_entry_is_opened(ana: Diaries, monkeypatch: pytest.MonkeyPatch) -> None:
    await ana.check_in()
    ana.clock.time += timedelta(days=1)
    monkeypatch.delattr(Records, "checkins_and_assessments")
    saved = await ana.check_in(pain="2")
    assert saved.earlier
    assert (saved.earlier.pain, saved.earlier.days_ago) == (4, 1)


async def test_the_person_is_not_read_by_itself_for_it(ana: Diaries, monkeypatch: pytest.MonkeyPatch) -> None:
    await ana.check_in()
    ana.clock.time += timedelta(minutes=1)
    monkeypatch.delattr(People, "find")
    assert (await ana.check_in(pain="2")).earlier


async def test_it_is_a_use_of_the_diary(ana: Diaries) -> None:
    await ana.check_in()
    ana.clock.time += timedelta(days=2)
    await ana.check_in()
    assert (await ana_of(ana.storage.people)).last_used == ana.clock.time


async def test_nothing_is_kept_of_who_was_erased_or_has_not_agreed_to_these_words(ana: Diaries) -> None:
    await ana.check_in()
    await ana.storage.people.set_version(ANA, STILL_COVERED - 1)
    with pytest.raises(NeedsConsent):
        await ana.check_in()
    await ana.storage.erase(ANA)
    with pytest.raises(NeedsConsent):
        await ana.check_in()
    assert not await ana.storage.records.of_person(ANA)


async def test_one_that_is_damaged_missing_or_of_a_newer_version_is_made_anew(ana: Diaries) -> None:
    await ana.check_in()
    path = ana.storage.limber.path
    assert path
    vault = ana.storage.vault
    newer = await vault.seal(ANA, zlib.compress(b'{"places": {}}'), SUMMED_UP)
    not_packed = await vault.seal(ANA, b'{"areas": {}, "flags": {}}', SUMMED_UP)
    other_rules = await vault.seal(ANA, packed(Summary({}, {})), b"summary 0")
    elsewhere = await vault.seal(ANA, b'{"areas": {}, "flags": {}}', b"checkin:" + b"a" * 32)
    for sealed in (None, b"", b"\x01" + bytes(600), newer, not_packed, other_rules, elsewhere):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("update summary set sealed = ?", (sealed,))
        ana.clock.time += timedelta(hours=1)
        saved = await ana.check_in()
        assert saved.earlier
        assert saved == await ana.full_look(saved)
        assert await ana.summed_up()


async def test_two_at_once_are_both_kept_and_both_seen(ana: Diaries) -> None:
    await ana.check_in(pain="1")
    ana.clock.time += timedelta(hours=1)
    both = await asyncio.gather(ana.check_in(pain="2"), ana.check_in(pain="8"))
    assert len(await (await ana.diary.of(ANA)).checkins()) == 3
    ana.clock.time += timedelta(hours=1)
    saved = await ana.check_in(pain="3")
    assert saved == await ana.full_look(saved)
    assert {each.entry.pain for each in both} == {2, 8}


async def test_one_that_is_sent_twice_at_once_is_kept_once_and_so_are_others_of_that_moment(ana: Diaries) -> None:
    await ana.check_in(pain="1")
    ana.clock.time += timedelta(hours=1)
    twice = Draft(area="hip", pain="4")
    several = [twice, Draft(area="knee", pain="2"), replace(twice, during="6"), twice]
    await asyncio.gather(*(ana.service.take(ANA, each) for each in several))
    kept = await (await ana.diary.of(ANA)).checkins()
    assert sorted((entry.area, entry.pain, entry.during) for entry in kept) == [
        ("hip", 1, None),
        ("hip", 4, 6),
        ("knee", 2, None),
    ]


async def test_what_was_logged_before_the_clock_was_set_back_is_in_it(ana: Diaries) -> None:
    ana.clock.time += timedelta(hours=1)
    later = await ana.check_in(pain="1")
    ana.clock.time -= timedelta(hours=1)
    await (await ana.diary.of(ANA)).change(later.entry)  # so that the summary is made anew
    await ana.check_in(pain="9", area="knee")
    await ana.check_in(pain="9")
    ana.clock.time += timedelta(hours=2)
    saved = await ana.check_in(pain="5")
    assert saved == await ana.full_look(saved)
    assert saved.earlier
    assert saved.earlier.pain == 1


async def test_it_goes_with_the_person(ana: Diaries) -> None:
    await ana.check_in()
    opened = await ana.diary.of(ANA)
    await ana.storage.erase(ANA)
    with closing(sqlite3.connect(ana.storage.limber.path or "")) as connection:
        assert connection.execute("select count(*) from summary").fetchone() == (0,)
    entry = (await Diaries(ana.storage).service.saved(opened, (await other_entry(ana)))).entry
    with pytest.raises(NeedsConsent):
        await opened.keep_with_summary(entry)


async def other_entry(ana: Diaries):
    other = Diaries(ana.storage, ANA + 7)
    await other.diary.agree(other.person)
    return (await other.check_in()).entry


# On every engine


@pytest.fixture
async def repositories(database: Engine) -> tuple[People, Records]:
    await People(database).consent(ANA, 1, NOON)
    return People(database), Records(database)


async def ana_of(people: People) -> Person:
    found = await people.find(ANA)
    assert found
    return found


async def test_who_was_erased_and_agreed_again_gets_no_summary_of_before(
    repositories: tuple[People, Records],
) -> None:
    people, records = repositories
    never_summed_up = await ana_of(people)
    await records.add_summed_up(record("a"), b"one", never_summed_up)
    for before in (never_summed_up, await ana_of(people)):
        await people.forget(ANA)
        await people.consent(ANA, 1, NOON + timedelta(days=1))
        assert not await records.add_summed_up(record("b"), b"of before", before)
        assert (await ana_of(people)).summary is None
        assert not await records.of_person(ANA)


async def test_a_summary_is_kept_with_the_entry_it_holds(repositories: tuple[People, Records]) -> None:
    people, records = repositories
    assert await records.add_summed_up(record("a"), b"one", await ana_of(people))
    assert await records.add_summed_up(record("b"), b"two", await ana_of(people))
    owner = await ana_of(people)
    assert (owner.summary, owner.summary_version) == (b"two", 2)
    assert [kept.id for kept in await records.of_person(ANA)] == ["a", "b"]


async def test_a_summary_that_is_out_of_date_is_not_kept_and_nor_is_the_entry(
    repositories: tuple[People, Records],
) -> None:
    people, records = repositories
    early = await ana_of(people)
    await records.add_summed_up(record("a"), b"one", early)
    assert not await records.add_summed_up(record("b"), b"late", early)
    assert (await ana_of(people)).summary == b"one"
    assert [kept.id for kept in await records.of_person(ANA)] == ["a"]


async def test_whatever_else_is_written_the_summary_is_forgotten(repositories: tuple[People, Records]) -> None:
    people, records = repositories
    for write in (
        lambda: records.add(record("b")),
        lambda: records.replace(record("a", sealed=b"other")),
        lambda: records.remove(ANA, "a"),
        lambda: people.set_zone(ANA, "Europe/Berlin"),
    ):
        assert await records.add_summed_up(record(new_id()), b"known", await ana_of(people))
        if not await records.find(ANA, "a"):
            await records.add_summed_up(record("a"), b"known too", await ana_of(people))
        known = await ana_of(people)
        await write()
        after = await ana_of(people)
        assert known.summary is not None
        assert after.summary is None
        assert after.summary_version > known.summary_version
