"""Reminders when Discord, or the way there, fails in every way we know: none is lost, none is doubled.

The real worker on a real file, the real discord.py over a real socket. Only the clock is set by hand, and the Loopback
goes by it: its nonces are forgotten after three minutes.
"""

import asyncio
import random
import shutil
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.storage.database import Database
from bot.storage.reminders import ReminderKind, ReminderState
from bot.storage.schema import upgrade
from bot.ui.clubs.guild_view import GuildLookup
from bot.ui.transport import DiscordTransport
from tests.network.claimed import club_of, compose
from tests.network.faults import CUT, SILENT
from tests.network.limits import Limit, everything, sending
from tests.network.rest import CLOSED, NO_ACCESS, NO_SERVER, UNKNOWN_CHANNEL, No
from tests.support.pictures import no_pictures
from tests.unit.delivery.engine import DAY, HOUR, MINUTE, MORNING, QUICK, SECOND, Engine, HandClock

pytestmark = pytest.mark.asyncio(loop_scope="module")

BRIEFLY = timedelta(seconds=1)
CONFIG = replace(QUICK, request_timeout=5 * SECOND)
CLUB, POSTS = 200, 201


class Night(Engine):
    """A worker whose Discord is the Loopback."""

    loopback: Any

    async def remind_all(self, count: int, **other: Any) -> None:
        """So many people, each with one reminder, in a channel of their own."""
        for number in range(count):
            await self.remind(f"{number:032}", number + 1, **other)

    async def rows(self) -> dict[str, tuple[str, int | None]]:
        """What became of each occurrence, and its message."""
        async with self.database.reading() as connection:
            found = await connection.execute_fetchall("select id, state, message_id from occurrence")
        return {id_: (state, message) for id_, state, message in found}

    async def finish(self, within: timedelta = 20 * MINUTE, step: timedelta = 5 * SECOND) -> None:
        """Time passes until everything is settled."""
        for _ in range(within // step):
            await self.run(step)
            if not {state for state, _ in (await self.rows()).values()} & {"pending", "claimed"}:
                return
        raise AssertionError(f"not settled: {await self.rows()}")

    def sends(self) -> int:
        return sum(call.sends for call in self.loopback.calls)

    def looks(self) -> int:
        return sum(call.reads for call in self.loopback.calls)

    async def assert_each_once(self, count: int) -> None:
        """All have arrived, and the rows know where."""
        rows = await self.rows()
        assert len(rows) == count
        assert {state for state, _ in rows.values()} <= {"sent", "late"}
        assert self.loopback.messages.times() == dict.fromkeys(rows, 1)
        self.assert_nothing_else()
        assert sorted(message for _, message in rows.values()) == self.messages()

    def messages(self) -> list[int]:
        """At the Loopback, in whatever channel."""
        return sorted(int(one["id"]) for place in self.loopback.messages.places.values() for one in place.messages)

    def assert_nothing_else(self) -> None:
        """What was sent under a nonce is all that was sent."""
        assert len(self.messages()) == len(self.loopback.messages.came)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    path = tmp_path_factory.mktemp("empty") / "limber.db"
    upgrade(path, "limber.db")
    return path


@pytest.fixture
def guilds():
    """As the gateway has told of them: of none yet."""
    return {}


@pytest_asyncio.fixture(loop_scope="module")
async def night(discord, sender, guilds, empty, tmp_path):
    database = await Database.open(shutil.copyfile(empty, tmp_path / "limber.db"))
    clock = HandClock()
    discord.messages.now = clock.now
    lookup = GuildLookup(guilds.get, lambda _: True, sender)
    made = Night(database, clock, DiscordTransport(sender, compose, no_pictures(), lookup), CONFIG)
    made.loopback = discord
    yield made
    await made.worker.stop()
    await database.close()


# Errors, cut lines, silence


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("what", [500, 502, 503, 504, 524, CUT, SILENT], ids=str)
async def test_trouble_for_a_while(discord, night, what, after):
    """Three people; the first five requests fail, before their effect or after it."""
    night.renew(request_timeout=BRIEFLY if what is SILENT else CONFIG.request_timeout)
    await night.remind_all(3)
    fault = discord.faults.add(what, 5, after=after)
    await night.run(MINUTE)
    assert {state for state, _ in (await night.rows()).values()} == {"claimed"}
    await night.finish()
    assert fault.left == 0
    await night.assert_each_once(3)
    assert (night.sends(), night.looks()) == (8, 0)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("what", [500, 502, 503, 504, CUT, SILENT], ids=str)
async def test_trouble_until_the_nonce_is_forgotten(discord, night, what, after):
    """Ten minutes later nobody asks a second time without a look first."""
    night.renew(request_timeout=BRIEFLY if what is SILENT else CONFIG.request_timeout)
    await night.remind_all(3)
    discord.faults.add(what, 3, after=after)
    await night.run(MINUTE)
    await night.run(10 * MINUTE)
    await night.assert_each_once(3)
    assert (night.sends(), night.looks()) == (3 if after else 6, 3)
    assert {state for state, _ in (await night.rows()).values()} == {"sent" if after else "late"}


@pytest.mark.parametrize("what", [500, 503, CUT], ids=str)
async def test_looking_fails_too(discord, night, what):
    await night.remind_all(2)
    discord.faults.add(504, 2, after=True)
    await night.run(MINUTE)
    discord.faults.add(what, 6, on=lambda call: call.reads)
    await night.run(10 * MINUTE)
    assert {state for state, _ in (await night.rows()).values()} == {"claimed"}
    await night.finish()
    await night.assert_each_once(2)
    assert night.sends() == 2


async def test_what_cannot_be_looked_up_is_unknown_and_not_sent_again(discord, night):
    await night.remind_all(2)
    discord.faults.add(504, 2, after=True)
    await night.run(MINUTE)
    for place in discord.messages.places.values():
        place.reading = NO_ACCESS
    await night.run(10 * MINUTE)
    await night.run(HOUR)
    assert {state for state, _ in (await night.rows()).values()} == {"unknown"}
    assert night.sends() == len(discord.messages.came) == 2


async def test_a_message_that_somebody_deleted_meanwhile_is_not_sent_again(discord, night):
    reminder = await night.remind()
    discord.faults.add(504, after=True)
    await night.run(MINUTE)
    place = discord.messages.place(reminder.channel)
    discord.messages.delete(place.id, place.messages[0]["id"])
    await night.run(5 * SECOND)
    assert await night.states(reminder) == ["sent"]
    assert place.messages == []


async def test_everything_at_random(discord, night):
    """A bad day: every other request fails in one way or another, and now and then nonces are forgotten.

    Few at once: silence is waited out on the wall, where 64 requests together take long on a busy machine.
    """
    night.renew(request_timeout=BRIEFLY, at_once=8, grace=5 * HOUR)
    await night.remind_all(80)
    chance = random.Random(5)  # noqa: S311
    for number in range(80):
        what = SILENT if number % 20 == 0 else chance.choice([500, 502, 503, 504, CUT, CUT])
        discord.faults.add(what, on=lambda _: chance.random() < 0.01, after=number % 3 > 0)
    await night.run(MINUTE)
    await night.run(4 * MINUTE)
    while {state for state, _ in (await night.rows()).values()} & {"pending", "claimed"}:
        await night.run(chance.choice([5 * SECOND, 20 * SECOND, 4 * MINUTE]))
        assert night.clock.now() < MORNING + HOUR
    await night.assert_each_once(80)
    assert night.sends() > 80
    assert night.looks()


# Limits


@pytest.mark.parametrize("scope", ["user", "shared"])
@pytest.mark.parametrize("sliding", [False, True], ids=["fixed", "sliding"])
async def test_a_limit_of_the_route(discord, night, scope, sliding):
    """The channel waits as long as it is told to; the others do not."""
    await night.remind_all(2)
    full = Limit(0, 5, lambda call: sending(call) if sending(call) == "71" else None, scope=scope, sliding=sliding)
    full.says = 90
    discord.limits.append(full)
    await night.run(MINUTE)
    assert sorted(state for state, _ in (await night.rows()).values()) == ["pending", "sent"]
    await night.run(85 * SECOND)
    assert night.sends() == 2
    discord.limits.clear()
    await night.run(10 * SECOND)
    await night.assert_each_once(2)
    assert len(full.refused) == 1


async def test_slow_mode(discord, night):
    await night.remind()
    discord.limits.append(Limit(0, 5, sending, scope="shared", says=300, code=20016))
    await night.run(MINUTE)
    discord.limits.clear()
    await night.run(299 * SECOND)
    assert night.sends() == 1
    await night.run(5 * SECOND)
    await night.assert_each_once(1)


@pytest.mark.parametrize("via", [True, False], ids=["Discord", "Cloudflare"])
async def test_a_global_limit_stops_everything_until_it_is_over(discord, night, via):
    night.renew(at_once=4)
    await night.remind_all(20)
    full = Limit(0, 1, everything, says=60, via=via)
    discord.limits.append(full)
    await night.run(MINUTE)
    asked = night.sends()
    assert asked <= 4
    await night.run_slowly(55 * SECOND, 5 * SECOND)
    assert night.sends() == asked
    discord.limits.clear()
    await night.finish()
    await night.assert_each_once(20)


@pytest.mark.parametrize("bucket", [everything, sending], ids=["global", "route"])
@pytest.mark.parametrize("sliding", [False, True], ids=["fixed", "sliding"])
async def test_a_real_limit_that_we_run_into(discord, night, sliding, bucket):
    """All at once where ten in half a second may pass; the clock runs, twenty times as fast."""
    one_channel = bucket is sending
    for number in range(25):
        await night.remind(f"{number:032}", number + 1, **({"channel": 71} if one_channel else {}))
    limit = Limit(10, 0.5, bucket, scope="user" if one_channel else "global", sliding=sliding)
    discord.limits.append(limit)
    await night.run(MINUTE)
    async with asyncio.timeout(30):
        while {state for state, _ in (await night.rows()).values()} & {"pending", "claimed"}:
            await asyncio.sleep(0.05)
            await night.run(SECOND)
    await night.assert_each_once(25)
    assert limit.refused or one_channel  # a route's limit discord.py sees coming


async def test_a_token_that_is_not_taken_for_a_while_blocks_nobody(discord, night):
    await night.remind_all(10)
    discord.refuses_token = True
    await night.run(MINUTE)
    await night.run_slowly(5 * MINUTE, 10 * SECOND)
    assert night.sends() <= 16  # one a minute, when the first ones are back
    discord.refuses_token = False
    await night.finish()
    await night.assert_each_once(10)


# A no


@pytest.mark.parametrize("no", [CLOSED, NO_SERVER], ids=["closed", "strangers"])
async def test_direct_messages_closed_between_setting_and_sending(discord, night, no):
    closed, open_ = await night.remind("a"), await night.remind("b", 2)
    discord.messages.place(closed.channel).close(no)
    await night.run(MINUTE)
    for _ in range(3):
        await night.run(DAY)
    kept = await night.again(closed)
    assert (kept.state, kept.reason) == (ReminderState.BLOCKED, str(no.code))
    assert (await night.states(closed), await night.states(open_)) == (["blocked"], ["sent"] * 4)
    assert night.sends() == 5
    night.assert_nothing_else()


@pytest.mark.parametrize("no", [UNKNOWN_CHANNEL, NO_ACCESS, No(403, 50013)], ids=["deleted", "hidden", "silenced"])
async def test_a_clubs_channel_that_is_gone(discord, night, no):
    post = await night.remind("c", person=None, club=CLUB, channel=POSTS, kind=ReminderKind.CLUB)
    await night.run(MINUTE)
    discord.messages.place(POSTS).close(no)
    await night.run(DAY)
    await night.run(DAY)
    kept = await night.again(post)
    assert (kept.state, kept.reason) == (ReminderState.BLOCKED, str(no.code))
    assert await night.states(post) == ["sent", "blocked"]
    assert night.sends() == 2


async def test_a_channel_deleted_while_nobody_knew_whether_it_arrived(discord, night):
    post = await night.remind("c", person=None, club=CLUB, channel=POSTS, kind=ReminderKind.CLUB)
    discord.faults.add(504, after=True)
    await night.run(MINUTE)
    discord.messages.delete_channel(POSTS)
    await night.run(10 * MINUTE)
    assert await night.states(post) == ["unknown"]
    assert night.sends() == 1


@pytest.mark.parametrize("history", [True, False])
async def test_a_post_into_an_empty_channel_that_was_lost_is_sent_where_the_channel_can_be_read(
    discord, sender, guilds, night, history
):
    post = await night.remind("c", person=None, club=CLUB, channel=POSTS, kind=ReminderKind.CLUB)
    discord.faults.add(504)
    await night.run(MINUTE)
    await night.run(10 * MINUTE)
    assert await night.states(post) == ["claimed"]  # nobody has told us yet what we may do there
    guilds[CLUB] = club_of(sender, CLUB, POSTS, history=history)
    await night.run(5 * MINUTE)
    assert await night.states(post) == (["late"] if history else ["unknown"])
    assert night.sends() == (2 if history else 1)


# Away


async def test_the_network_is_away_for_an_hour(discord, night):
    """What is in its grace at the end arrives once; what is not is recorded as skipped, not sent and not lost."""
    arrived = await night.remind("a", 1)  # was sent, the answer never came
    vanished = await night.remind("b", 2)  # never got there
    early = await night.remind("c", 3, at=MORNING + 10 * MINUTE)
    recent = await night.remind("d", 4, at=MORNING + 50 * MINUTE)
    later = await night.remind("e", 5, at=MORNING + 90 * MINUTE)
    discord.faults.add(CUT, on=lambda call: call.sends and "/71/" in call.path, after=True)
    discord.faults.add(CUT, on=lambda call: call.sends and "/72/" in call.path)
    await night.run(MINUTE)
    async with discord.away():
        await night.run_slowly(HOUR, MINUTE)
        assert set(await night.states(recent)) == {"pending"}
    await night.run_slowly(10 * MINUTE, 30 * SECOND)
    assert (await night.states(arrived), await night.states(vanished)) == (["sent"], ["skipped"])
    assert (await night.states(early), await night.states(recent)) == (["skipped"], ["late"])
    await night.run(20 * MINUTE)
    assert await night.states(later) == ["sent"]
    ids = {(await night.log(one))[0].id for one in (arrived, recent, later)}
    assert discord.messages.times() == dict.fromkeys(ids, 1)
    night.assert_nothing_else()


async def test_the_network_is_away_for_a_moment(discord, night):
    await night.remind_all(20)
    async with discord.away():
        await night.run(MINUTE)
        await night.run_slowly(20 * SECOND, 2 * SECOND)
    await night.finish()
    await night.assert_each_once(20)


@pytest.mark.parametrize("taken_back", [True, False], ids=["resumed", "a new session"])
async def test_the_gateway_is_gone_and_reminders_go_on(discord, client, night, taken_back):
    discord.takes_back = taken_back
    async with listening(client):
        await discord.connected()
        first, second = await night.remind("a", 1), await night.remind("b", 2, at=MORNING + MINUTE)
        third = await night.remind("c", 3, at=MORNING + 2 * MINUTE)
        await night.run(MINUTE)
        assert await night.states(first) == ["sent"]

        discord.gateway_gone = True
        await discord.drop_gateway()
        await night.run(MINUTE)
        assert await night.states(second) == ["sent"]

        discord.gateway_gone = False
        await discord.connected()
        assert (len(discord.resumed), len(discord.identified)) == ((1, 1) if taken_back else (0, 2))
        await night.run(MINUTE)
        assert await night.states(third) == ["sent"]
    await night.assert_each_once(3)


@asynccontextmanager
async def listening(client):
    """The client is at the gateway, or trying."""
    connection = asyncio.ensure_future(client.connect())
    try:
        yield
    finally:
        await client.close()
        await connection
