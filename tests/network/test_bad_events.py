"""What the bot makes of an event it cannot read, and of an answer that Discord has already."""

import pytest
import pytest_asyncio

from tests.network import wire
from tests.network.loopback import Loopback
from tests.network.process import started
from tests.support.held import held

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOT_READ = "I couldn’t read what Discord sent me"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running(tmp_path_factory):
    folder = tmp_path_factory.mktemp("running")
    async with Loopback() as discord, started(discord, folder, "run") as bot:
        await bot.serving(discord)
        asked = await discord.slash("checkin")
        await discord.press(asked.button("Yes"))
        yield discord, bot, folder / "data" / "limber.db"
        assert len(discord.identified) == 1, "an event ended the connection"
        assert await bot.stop() == 0
        assert "never retrieved" not in bot.err


@pytest.mark.parametrize("event", ["INTERACTION_CREATE", "GUILD_CREATE", "CHANNEL_UPDATE", "GUILD_ROLE_DELETE", "NEW"])
@pytest.mark.parametrize("data", [{}, None, [1], {"id": "not a number"}], ids=str)
async def test_an_event_that_cannot_be_read_is_dropped_and_the_next_one_is_answered(running, event, data):
    discord, _, _ = running
    await discord.dispatch(event, data)
    assert "hip" in (await discord.slash("pain", area="hip")).text.lower()


@pytest.mark.parametrize(
    "more",
    [
        {"attachment_size_limit": None, "entitlements": [{}]},
        {"channel": {"id": "9", "type": 1}},
        {"message": {"id": "1"}},
        {"data": None},
        {"data": {"type": 1, "name": "pain", "options": [{}]}},
        {"data": {"type": 1, "name": "pain", "options": 5}},
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", [wire.COMMAND, wire.COMPONENT, wire.MODAL])
async def test_an_interaction_that_cannot_be_read_is_answered_all_the_same(running, kind, more):
    discord, bot, _ = running
    made = wire.interaction(
        discord.number(), kind, wire.command("pain") if kind == wire.COMMAND else wire.press("l2.x")
    )
    answer = await discord.receive(made | more)
    assert answer.text
    assert answer.ephemeral
    assert "Task exception was never retrieved" not in bot.err


async def test_what_was_not_read_is_said_in_words_and_is_one_line_for_the_host(running):
    discord, bot, _ = running
    before = len(bot.err)
    broken = wire.interaction(discord.number(), wire.COMMAND, wire.command("pain")) | {
        "entitlements": [{"x": "a secret"}]
    }
    answer = await discord.receive(broken)
    assert NOT_READ in answer.text
    await bot.logged("an event cannot be read")
    assert "a secret" not in bot.err
    assert "Traceback" not in bot.err[before:]


@pytest.mark.parametrize("name", ["retired", "club"], ids=["a command that is gone", "a group without a command"])
async def test_a_command_of_another_version_is_named_as_such(running, name):
    discord, _, _ = running
    assert "I don’t have that command" in (await discord.slash(name)).text


async def test_typing_in_a_command_that_is_gone_suggests_nothing_and_is_answered(running):
    discord, _, _ = running
    assert await discord.type_ahead("retired", "area", "hip") == []


# Discord has the answer, and its word that it has was lost


def callback(call):
    return call.path.endswith("/callback")


async def test_an_answer_that_arrived_before_it_was_sent_again_is_no_unexpected_error(running):
    discord, bot, _ = running
    before = len(bot.err)
    discord.faults.add(502, after=True, on=callback)
    assert "hip" in (await discord.slash("pain", area="hip")).text.lower()
    await bot.logged("interaction was answered already")
    assert "unexpected error" not in bot.err[before:]


async def test_behind_a_promise_that_was_sent_twice_comes_the_answer(running):
    discord, bot, database = running
    before = len(bot.err)
    discord.faults.add(502, after=True, on=callback)
    async with held(database, 3.5):
        promise = await discord.slash("checkin", area="hip", pain="4")
        answer = await discord.in_the_end(promise)
    assert "Hip: 4 out of 10" in answer.text
    assert "unexpected error" not in bot.err[before:]
