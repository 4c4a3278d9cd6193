"""The Loopback is as strict as Discord where tests rely on it."""

import asyncio
import json
from datetime import timedelta

import aiohttp
import pytest
import pytest_asyncio

from tests.network.limits import Limit, everything, sending
from tests.network.loopback import DEFERRED, IDENTIFY, TOKEN, NoAnswer
from tests.network.rest import Call

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Asker:
    """A bot without a library."""

    def __init__(self, session, api):
        self._session = session
        self._api = api

    async def __call__(self, method, path, **body):
        """Status, headers and body of the answer."""
        data = json.dumps(body) if body else None
        async with self._session.request(method, self._api + path, data=data) as answer:
            text = await answer.text()
            return answer.status, answer.headers, json.loads(text) if text.startswith(("{", "[")) else text

    async def send(self, channel, nonce=None, **more):
        extra = {"nonce": nonce, "enforce_nonce": True} if nonce else {}
        return (await self("POST", f"/channels/{channel}/messages", content="hi", **extra | more))[2]["id"]


@pytest_asyncio.fixture(loop_scope="module")
async def ask(discord):
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {TOKEN}"}) as session:
        yield Asker(session, discord.api)


@pytest_asyncio.fixture(loop_scope="module")
async def events(discord):
    """A connected bot without a library: the next event of this name."""
    async with aiohttp.ClientSession() as session, session.ws_connect(discord.gateway) as socket:
        await socket.send_json({"op": IDENTIFY, "d": {"token": TOKEN, "intents": 1}})

        async def next_event(name):
            while (frame := await socket.receive_json())["t"] != name:
                pass
            return frame["d"]

        await next_event("READY")
        yield next_event


def call(path="/channels/1/messages", method="POST"):
    return Call(method, path, {}, {}, b"", 0.0)


def passed(limit, seconds, clock):
    """How many of the requests at these seconds pass."""
    count = 0
    for second in seconds:
        clock[0] = second
        count += limit.take(call()) is None
    return count


# Limits


async def test_a_fixed_window_lets_twice_as_many_through_at_its_edge():
    clock = [0.0]
    limit = Limit(5, 1.0, now=lambda: clock[0])
    assert passed(limit, [0, *[0.9] * 9, *[1.0] * 9], clock) == 10


async def test_a_sliding_window_never_does():
    clock = [0.0]
    limit = Limit(5, 1.0, sliding=True, now=lambda: clock[0])
    assert passed(limit, [0, *[0.9] * 9, *[1.0] * 9], clock) == 6
    assert len(limit.refused) == 13


async def test_interactions_count_in_no_limit():
    limit = Limit(0, 1.0, everything)
    assert limit.take(call("/interactions/1/x/callback")) is None
    assert limit.take(call("/webhooks/1/x")) is None
    assert limit.take(call()) is not None


async def test_a_limit_of_a_route_is_told_before_it_is_reached(discord, ask):
    discord.limits.append(Limit(2, 60, sending, scope="user"))
    _, first, _ = await ask("POST", "/channels/1/messages", content="hi")
    await ask("POST", "/channels/1/messages", content="hi")
    status, third, body = await ask("POST", "/channels/1/messages", content="hi")
    elsewhere, _, _ = await ask("POST", "/channels/2/messages", content="hi")
    assert (first["X-RateLimit-Remaining"], status, elsewhere) == ("1", 429, 200)
    assert (third["X-RateLimit-Scope"], third["Via"], body["global"]) == ("user", "1.1 loopback", False)
    assert 58 < body["retry_after"] <= int(third["Retry-After"]) == 60


async def test_a_global_limit_says_so_and_cloudflare_says_nothing(discord, ask):
    discord.limits.append(Limit(0, 60, says=7))
    _, headers, body = await ask("GET", "/users/@me")
    assert (headers["X-RateLimit-Global"], body["global"], body["retry_after"]) == ("true", True, 7)
    discord.limits[0].via = False
    status, headers, body = await ask("GET", "/users/@me")
    assert (status, "Via" in headers, "X-RateLimit-Scope" in headers) == (429, False, False)
    assert isinstance(body, str)


# Interactions


async def test_an_answer_that_comes_too_late_is_refused_and_nothing_can_follow_it(discord, ask, events):
    discord.waits = 0.05
    with pytest.raises(NoAnswer):
        await discord.slash("pain")
    sent = await events("INTERACTION_CREATE")
    status, _, body = await ask("POST", f"/interactions/{sent['id']}/{sent['token']}/callback", type=DEFERRED)
    assert (status, body["code"]) == (404, 10062)
    status, _, body = await ask("PATCH", f"/webhooks/100/{sent['token']}/messages/@original", content="hi")
    assert (status, body["code"]) == (404, 10015)


async def test_a_promise_in_time_is_kept_by_the_message_that_follows(discord, ask, events):
    asked = asyncio.ensure_future(discord.slash("pain"))
    sent = await events("INTERACTION_CREATE")
    await ask("POST", f"/interactions/{sent['id']}/{sent['token']}/callback", type=DEFERRED, data={"flags": 64})
    promise = await asked
    await ask("PATCH", f"/webhooks/100/{sent['token']}/messages/@original", content="hi")
    answer = await discord.in_the_end(promise)
    assert (promise.text, answer.text, answer.ephemeral) == ("", "hi", True)


# Nonces


async def test_a_nonce_holds_for_a_while_whatever_the_channel(discord, ask):
    start = discord.messages.now()
    discord.messages.now = lambda: start
    first = await ask.send(1, "n")
    assert await ask.send(1, "n") == await ask.send(2, "n") == first
    discord.messages.now = lambda: start + discord.messages.nonce_lifetime - timedelta(seconds=1)
    assert await ask.send(1, "n") == first
    discord.messages.now = lambda: start + discord.messages.nonce_lifetime
    assert await ask.send(1, "n") != first
    assert discord.messages.times()["n"] == 2


async def test_a_nonce_that_is_not_enforced_drops_nothing(ask):
    assert await ask.send(1, "n", enforce_nonce=False) != await ask.send(1, "n", enforce_nonce=False)


# Messages


async def test_pages_go_back_from_the_newest(ask):
    ids = [await ask.send(1) for _ in range(7)]
    _, _, page = await ask("GET", "/channels/1/messages?limit=3")
    _, _, next_ = await ask("GET", f"/channels/1/messages?limit=100&before={page[-1]['id']}")
    assert [one["id"] for one in (*page, *next_)] == ids[::-1]
    assert (await ask("GET", "/channels/1/messages?limit=101"))[0] == 400


async def test_a_person_has_one_channel(discord, ask):
    opened = [(await ask("POST", "/users/@me/channels", recipient_id="300"))[2]["id"] for _ in range(2)]
    assert opened == [discord.messages.dm(300).id] * 2
