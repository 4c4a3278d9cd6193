"""What a moderator reads while Discord does not say who may use /club; the owner is not asked for."""

import asyncio

import pytest
import pytest_asyncio

from tests.network import wire
from tests.network.faults import CUT, LATE
from tests.network.limits import Limit
from tests.network.loopback import MESSAGE, Loopback
from tests.network.process import started

pytestmark = pytest.mark.asyncio(loop_scope="module")

MANAGE_SERVER = "32"
NOT_SAID = "Discord isn’t telling me just now who may do that here"
LIST = "Your club’s posts"
EVER = 10**6


@pytest_asyncio.fixture(loop_scope="module")
async def discord(tmp_path):
    async with Loopback() as loopback, started(loopback, tmp_path, "run") as bot:
        await bot.serving(loopback)
        yield loopback
        loopback.faults.over.set()
        assert await bot.stop() == 0
        assert "unexpected error" not in bot.err


def asks(call):
    return call.path.startswith(f"/applications/{wire.APPLICATION}/guilds") or call.path.endswith("/commands")


def count(discord):
    return sum(call.method == "GET" and asks(call) for call in discord.calls)


async def moderator(discord, kind, data):
    member = wire.interaction("0", kind, data)["member"]
    member |= {"user": wire.person("301", "maya"), "permissions": MANAGE_SERVER}
    pressed = wire.message(discord.number(), {"flags": wire.EPHEMERAL})
    return await discord.interact(kind, data, member=member, message=pressed)


async def listing(discord):
    return await moderator(discord, wire.COMPONENT, wire.press("l2.club_reminder.list"))


async def command(discord, name):
    (club,) = (one for one in discord.commands if one["name"] == "club")
    inner = {"name": name, "type": 1, "options": []}
    return await moderator(discord, wire.COMMAND, wire.command("club", inner) | {"id": club["id"]})


async def test_a_command_asks_two_things_once_a_minute_and_a_press_one_more(discord):
    assert (await command(discord, "doctor")).type == MESSAGE
    assert count(discord) == 2
    for _ in range(3):
        assert LIST in (await listing(discord)).text
    assert count(discord) == 2


@pytest.mark.parametrize("what", [500, 502, 503, 504, 403, CUT], ids=str)
async def test_what_cannot_be_asked_is_refused_in_words_in_time(discord, what):
    discord.faults.add(what, EVER, on=asks)
    asked = (listing(discord), command(discord, "setup"), command(discord, "contact"))  # a press, a card, a form
    for answer in await asyncio.gather(*asked):
        assert (answer.type, answer.ephemeral) == (MESSAGE, True)
        assert NOT_SAID in answer.text


async def test_a_limit_is_waited_for_by_nobody_and_other_answers_go_on(discord):
    discord.limits.append(Limit(0, 60, lambda call: "" if asks(call) else None, says=60))
    assert NOT_SAID in (await listing(discord)).text
    assert NOT_SAID in (await command(discord, "tips")).text
    assert "hip" in (await discord.slash("pain", area="hip")).text.lower()


async def test_an_answer_that_came_too_late_is_there_for_the_next_press(discord):
    discord.faults.add(LATE, EVER, on=asks)
    assert NOT_SAID in (await listing(discord)).text
    assert NOT_SAID in (await listing(discord)).text
    waiting = count(discord)
    assert waiting == 1  # one question, however many wait for it
    discord.faults.over.set()
    await discord.until(lambda: count(discord) == 3)
    assert LIST in (await listing(discord)).text


async def test_the_owner_is_not_asked_for(discord):
    discord.faults.add(CUT, EVER, on=asks)
    assert LIST in (await discord.press("l2.club_reminder.list")).text
    assert count(discord) == 0


async def test_who_types_is_offered_nothing_in_time(discord):
    discord.faults.add(LATE, EVER, on=asks)
    option = wire.option("reminder", "a", focused=True)
    inner = {"name": "reminder", "type": 2, "options": [{"name": "edit", "type": 1, "options": [option]}]}
    answer = await moderator(discord, wire.AUTOCOMPLETE, wire.command("club", inner))
    assert answer.data["choices"] == []
