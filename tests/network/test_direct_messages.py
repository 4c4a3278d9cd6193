"""The first direct message: who gets one, how fast, what is said to those who cannot; and the end of all of them."""

import asyncio
import time

import pytest
from discord import Forbidden, Object

from bot.ui import direct_messages
from bot.ui.direct_messages import BAN, BURST, QUEUE, DirectMessages, DmsBusy, DmsClosed, NoSharedServer
from tests.network.claimed import card
from tests.network.faults import CUT, SILENT
from tests.network.limits import Limit, everything
from tests.network.loopback import PATIENCE
from tests.network.rest import CLOSED, NO_SERVER, TOO_FAST, No

pytestmark = pytest.mark.asyncio(loop_scope="module")

HELLO = card("hello")
ANA = Object(300)


class Seconds:
    """Only go forward, by hand."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def messages(client, sender, seconds):
    return DirectMessages(client, seconds, sender=sender)


@pytest.fixture
def ana(discord):
    return discord.messages.dm(ANA.id)


def opened(discord):
    return sum(call.path == "/users/@me/channels" for call in discord.calls)


def people(count):
    return [Object(1000 + number) for number in range(count)]


# Hello


async def test_the_first_message_opens_a_channel_and_says_which(discord, messages, ana):
    assert await messages.open(ANA, HELLO) == int(ana.id)
    assert len(ana.messages) == opened(discord) == 1


async def test_a_known_channel_is_not_opened_again_and_waits_for_nobody(discord, messages, ana):
    crowd = [asyncio.ensure_future(messages.open(one, HELLO)) for one in people(BURST + QUEUE)]
    await discord.until(lambda: opened(discord) == BURST)
    assert await messages.open(ANA, HELLO, channel=int(ana.id)) == int(ana.id)
    assert len(ana.messages) == 1
    assert opened(discord) == BURST
    await end(crowd)


async def test_of_two_processes_each_opens_half_as_many(discord, client, sender, seconds):
    messages = DirectMessages(client, seconds, sender=sender, processes=2)
    crowd = [asyncio.ensure_future(messages.open(one, HELLO)) for one in people(BURST // 2 + QUEUE // 2)]
    await discord.until(lambda: opened(discord) == BURST // 2)
    with pytest.raises(DmsBusy):
        await messages.open(Object(2000), HELLO)
    assert opened(discord) == BURST // 2
    await end(crowd)


async def test_a_known_channel_that_is_gone_is_opened_again(discord, messages, ana):
    discord.messages.delete_channel(999)
    assert await messages.open(ANA, HELLO, channel=999) == int(ana.id)
    assert len(ana.messages) == 1


@pytest.mark.parametrize(
    ("no", "error"), [(CLOSED, DmsClosed), (NO_SERVER, NoSharedServer)], ids=["closed", "strangers"]
)
@pytest.mark.parametrize("known", [False, True], ids=["first", "known"])
async def test_closed_direct_messages_are_said_so(messages, ana, no, error, known):
    ana.close(no)
    with pytest.raises(error):
        await messages.open(ANA, HELLO, channel=int(ana.id) if known else None)


async def test_discord_may_say_it_when_the_channel_is_opened(discord, messages):
    discord.messages.opening = CLOSED
    with pytest.raises(DmsClosed):
        await messages.open(ANA, HELLO)


@pytest.mark.parametrize("what", [500, 502, 503, CUT, SILENT, 429], ids=str)
async def test_trouble_is_for_another_time_and_quickly_said(discord, messages, ana, monkeypatch, what):
    monkeypatch.setattr(direct_messages, "REQUEST_TIMEOUT", 0.2)
    if what == 429:
        discord.limits.append(Limit(0, 1, everything, says=900))
    else:
        discord.faults.add(what)
    with pytest.raises(DmsBusy):
        async with asyncio.timeout(PATIENCE):
            await messages.open(ANA, HELLO)


async def test_a_no_that_nobody_foresaw_is_a_bug_of_ours(messages, ana):
    ana.sending = No(403, 50009)
    with pytest.raises(Forbidden):
        await messages.open(ANA, HELLO)


# Slowly enough


async def test_new_channels_are_opened_one_after_the_other(discord, client, sender, monkeypatch):
    monkeypatch.setattr(direct_messages, "INTERVAL", 0.1)
    messages = DirectMessages(client, sender=sender)
    began = time.perf_counter()
    channels = await asyncio.gather(*(messages.open(one, HELLO) for one in people(BURST + 4)))
    assert time.perf_counter() - began >= 0.39
    assert len(set(channels)) == opened(discord) == BURST + 4


async def test_who_would_wait_too_long_is_told_at_once(discord, messages):
    crowd = [asyncio.ensure_future(messages.open(one, HELLO)) for one in people(BURST + QUEUE)]
    await discord.until(lambda: opened(discord) == BURST)
    with pytest.raises(DmsBusy):
        await messages.open(ANA, HELLO)
    crowd[-1].cancel()
    await asyncio.wait(crowd[-1:])
    crowd[-1] = asyncio.ensure_future(messages.open(ANA, HELLO))  # a place in the queue is free again
    await asyncio.sleep(0.01)
    assert not crowd[-1].done()
    await end(crowd)


@pytest.mark.parametrize("no", [TOO_FAST, No(403, 20026)], ids=["too fast", "flagged"])
async def test_when_discord_says_too_fast_nobody_knocks_for_ten_minutes(discord, messages, seconds, ana, no):
    discord.messages.opening = no
    with pytest.raises(DmsBusy):
        await messages.open(people(1)[0], HELLO)
    discord.messages.opening = None
    seconds.now += BAN - 1
    with pytest.raises(DmsBusy):
        await messages.open(ANA, HELLO)
    assert opened(discord) == 1
    assert await messages.open(ANA, HELLO, channel=int(ana.id))
    seconds.now += 2
    assert await messages.open(ANA, HELLO) == int(ana.id)


async def test_those_who_wait_then_are_sent_away_too(discord, client, sender, seconds, monkeypatch):
    monkeypatch.setattr(direct_messages, "INTERVAL", 0.3)
    messages = DirectMessages(client, seconds, sender=sender)
    for one in people(BURST):
        await messages.open(one, HELLO)
    discord.messages.opening = TOO_FAST
    told = await asyncio.gather(*(messages.open(Object(number), HELLO) for number in (1, 2, 3)), return_exceptions=True)
    assert [type(one) for one in told] == [DmsBusy] * 3
    assert opened(discord) == BURST + 1


# The end


@pytest.mark.parametrize("known", [False, True])
async def test_everything_we_wrote_is_deleted_and_nothing_else(discord, messages, ana, known):
    for _ in range(3):
        await messages.open(ANA, HELLO, channel=int(ana.id))
    discord.messages.somebody_writes(ana.id, 120)
    for _ in range(2):
        await messages.open(ANA, HELLO, channel=int(ana.id))
    assert await messages.clear(ANA, int(ana.id) if known else None) == 5
    assert len(ana.messages) == 120


async def test_one_that_is_gone_already_does_not_stop_it(discord, messages, ana):
    for _ in range(3):
        await messages.open(ANA, HELLO, channel=int(ana.id))
    discord.faults.add(404, code=10008, on=lambda call: call.method == "DELETE")
    assert await messages.clear(ANA) == 2


async def test_a_door_that_was_never_opened_is_no_hindrance(discord, messages, ana):
    discord.messages.opening = CLOSED
    ana.close(CLOSED)
    assert await messages.clear(ANA) == 0


async def test_what_cannot_be_read_is_not_called_deleted(discord, messages, ana):
    await messages.open(ANA, HELLO, channel=int(ana.id))
    ana.close(CLOSED)
    with pytest.raises(DmsBusy):
        await messages.clear(ANA, int(ana.id))


async def test_what_cannot_be_finished_is_said_so_and_finished_another_time(discord, messages, ana):
    for _ in range(4):
        await messages.open(ANA, HELLO, channel=int(ana.id))
    deletions = iter(range(9))
    discord.faults.add(503, on=lambda call: call.method == "DELETE" and next(deletions) == 2)
    with pytest.raises(DmsBusy):
        await messages.clear(ANA)
    assert len(ana.messages) == 2
    assert await messages.clear(ANA) == 2


async def end(tasks):
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
