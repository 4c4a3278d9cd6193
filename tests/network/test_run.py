"""`limber run` as a host starts it: the real process, a real socket, and a Discord on the other end of it."""

import os
import re
import shutil
import signal
import sqlite3
from contextlib import AsyncExitStack, closing

import pytest

from bot.storage.errors import KEYS, LIMBER
from bot.storage.schema import NOTES
from tests.compat.world import KEPT
from tests.network import wire
from tests.network.loopback import TOKEN
from tests.network.process import BotProcess, started

pytestmark = pytest.mark.asyncio(loop_scope="module")

MESSAGE = 4  # the callback type of a new message
GUILDS = 1 << 0
MARKER = "zebrafish"  # a word that is in nobody's log by accident


# What is asked is answered


async def test_it_identifies_with_the_guilds_intent_and_no_other(served):
    assert [identify["intents"] for identify in served.identified] == [GUILDS]


async def test_pain_is_answered_with_a_private_card(served):
    answer = await served.slash("pain", area="hip")

    assert answer.type == MESSAGE
    assert answer.data["flags"] == wire.EPHEMERAL | wire.COMPONENTS_V2
    assert "hip" in answer.text.lower()
    assert not answer.data["allowed_mentions"]["parse"]


async def test_nobody_asks_for_an_answer_to_be_sent_back(served):
    """discord.py would read it and throw it away; every answer costs both sides a message of 4 KB."""
    card = await served.slash("pain", area="hip")
    await served.press(card.custom_ids[0])

    answers = [call for call in served.calls if call.path.endswith("/callback")]
    assert [call.query for call in answers[-2:]] == [{}, {}]


async def test_every_button_of_the_card_is_answered(served):
    card = await served.slash("pain", area="hip")

    assert card.custom_ids
    for custom_id in card.custom_ids:
        assert "out of date" not in (await served.press(custom_id)).text


@pytest.mark.parametrize(
    "custom_id",
    [
        *("l1.retired.hip", "l1.open.no-such-card.hip.0", "l1.open", "l1.open.a.b.c.d.e"),
        *("l2.advice.open.no-such-card.hip.0", "l2.advice.open", "l2.advice.open.a.b.c.d.e", "l0.x", "'; --", ""),
    ],
)
async def test_an_unknown_button_is_answered_and_leads_back_in(served, custom_id):
    answer = await served.press(custom_id)

    assert answer.ephemeral
    assert answer.custom_ids == ["l2.help.show"]


async def test_an_unknown_form_is_answered_and_leads_back_in(served):
    answer = await served.submit("l1.long-gone", note=MARKER)

    assert answer.type == MESSAGE
    assert answer.ephemeral
    assert answer.custom_ids == ["l2.help.show"]
    assert MARKER not in answer.text


async def test_areas_are_offered_while_somebody_types(served):
    choices = await served.type_ahead("pain", "area", "hamst")

    assert choices[0]["value"] == "hamstring"


# Commands are published when they changed


async def test_commands_are_published_once_for_a_data_folder_and_again_when_forced(discord, tmp_path):
    for _start in range(2):
        async with started(discord, tmp_path, "run") as bot:
            await bot.serving(discord)
            assert await bot.stop() == 0
    names = {command["name"] for command in discord.published[0]}
    assert "pain" in names
    assert len(discord.published) == 1

    async with started(discord, tmp_path, "sync") as unforced:
        assert await unforced.ended() == 0
    assert len(discord.published) == 1

    async with started(discord, tmp_path, "sync", "--force", fresh=True) as forced:
        assert await forced.ended() == 0
    assert [{command["name"] for command in sent} for sent in discord.published] == [names, names]


# It stops when it is told to


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_cleanly(discord, tmp_path, number):
    async with started(discord, tmp_path, "run") as bot:
        await bot.serving(discord)
        assert await bot.stop(number) == 0
        assert_quiet(bot)
        assert await discord.until(lambda: discord.farewells) == [1000]


async def test_sigterm_ends_it_cleanly_while_it_is_still_logging_in(discord, tmp_path):
    discord.rest_may_go_on.clear()
    async with started(discord, tmp_path, "run") as bot:
        await discord.until(lambda: discord.calls)
        assert await bot.stop() == 0
        assert_quiet(bot)
        assert "limber:" not in bot.err


async def test_sigterm_ends_it_cleanly_while_the_gateway_cannot_be_reached(discord, tmp_path):
    discord.gateway = "ws://127.0.0.1:9/"  # the discard port: nobody listens
    async with started(discord, tmp_path, "run") as bot:
        await bot.logged("Failed to connect")
        assert await bot.stop() == 0
        assert "Session is closed" not in bot.err


# Content changes while it runs


async def test_broken_content_changes_nothing_and_mended_content_is_served(discord, tmp_path, content):
    hip = content / "en/areas/hip.yaml"
    good = hip.read_text()
    title = re.search(r"^title: (.+)$", good, re.MULTILINE)[1].strip("\"'")
    async with started(discord, tmp_path, "run", LIMBER_CONTENT=str(content)) as bot:
        await bot.serving(discord)
        before = (await discord.slash("pain", area="hip")).text
        assert title in before

        hip.write_text(good.replace(title, "Half a change") + "\nnobody_knows_this: [\n")
        await bot.logged("content is broken")
        assert (await discord.slash("pain", area="hip")).text == before

        hip.write_text(good.replace(title, "A whole change"))
        await bot.logged("content read again")
        after = (await discord.slash("pain", area="hip")).text
        assert "A whole change" in after
        assert title not in after
        assert await bot.stop() == 0


async def test_content_made_to_do_harm_is_refused_and_the_process_still_stops(discord, tmp_path, content):
    async with started(discord, tmp_path, "run", LIMBER_CONTENT=str(content)) as bot:
        await bot.serving(discord)
        nine_levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
        (content / "en/areas/hip.yaml").write_text(f"a0: &a0 [lol]\n{nine_levels}")
        await bot.logged("an alias")
        os.mkfifo(content / "en/areas/pipe.yaml")
        (content / "en/areas/zero.yaml").symlink_to("/dev/zero")
        (content / "en/areas/hip.yaml").write_text("[" * 100_000)
        await bot.logged("brackets")
        assert bot.err.count("not a plain file") == 2
        assert "hip" in (await discord.slash("pain", area="hip")).text.lower()
        assert await bot.stop() == 0


# What stops it from starting is one line


async def test_without_a_token_it_says_where_one_goes(discord, tmp_path):
    async with started(discord, tmp_path, "run", DISCORD_TOKEN=None, fresh=True) as bot:
        assert await assert_one_line(bot, "no token", "DISCORD_TOKEN") == 3


@pytest.mark.parametrize("token", ["a-token-that-was-reset", "two\nlines", "tökén"])
async def test_a_refused_token_is_one_line(discord, tmp_path, token):
    async with started(discord, tmp_path, "run", DISCORD_TOKEN=token) as bot:
        assert await assert_one_line(bot, "token", "Copy it again", secret=token) == 3


@pytest.mark.parametrize(
    ("code", "ends", "words"), [(4004, 3, "refused the token"), (4014, 4, "intents"), (4010, 1, "SHARD")]
)
async def test_what_the_gateway_will_never_take_is_one_line(discord, tmp_path, code, ends, words):
    discord.closes_with = code
    async with started(discord, tmp_path, "run") as bot:
        assert await assert_one_line(bot, words) == ends


async def test_the_network_may_come_later_than_the_bot(discord, tmp_path):
    async with AsyncExitStack() as running:
        async with discord.away():
            bot = await running.enter_async_context(started(discord, tmp_path, "run"))
            await bot.logged("Discord cannot be reached; tried again until it is there")
        await bot.serving(discord)
        assert (await discord.slash("pain", area="hip")).type == MESSAGE
        assert await bot.stop() == 0
        assert_quiet(bot)
        assert bot.err.count("logging in") == 0
        assert bot.err.count("cannot be reached") == 1


@pytest.mark.parametrize("setting", [{"LIMBER_LOG": "loud"}, {"LIMBER_SHARD_COUNT": "0"}])
async def test_a_wrong_setting_is_named(discord, tmp_path, setting):
    async with started(discord, tmp_path, "run", **setting) as bot:
        await assert_one_line(bot, *setting)


async def test_a_database_of_a_newer_version_and_a_wrong_key_are_one_line_with_a_code_of_their_own(discord, tmp_path):
    async with started(discord, tmp_path, "run") as bot:
        await bot.serving(discord)
        assert await bot.stop() == 0

    key = (tmp_path / "host.key").read_text()
    (tmp_path / "host.key").write_text("A" * 43 + "=\n")
    async with started(discord, tmp_path, "run") as bot:
        assert await assert_one_line(bot, "is not the host key") == 6

    (tmp_path / "host.key").write_text(key)
    with closing(sqlite3.connect(tmp_path / "data" / LIMBER)) as connection, connection:
        connection.execute(f"insert into {NOTES} values ('hash', '9999-from-the-future', '2030-01-01')")  # noqa: S608
    async with started(discord, tmp_path, "run") as bot:
        assert await assert_one_line(bot, "newer Limber", "9999-from-the-future") == 5


async def test_a_database_of_an_earlier_version_is_brought_forward_at_the_start(discord, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    for name, to in ((KEYS, data), ("host.key", tmp_path)):
        shutil.copyfile(KEPT / name, to / name)
    with closing(sqlite3.connect(data / LIMBER)) as connection:
        connection.executescript((KEPT / "schemas/0003-posts.sql").read_text(encoding="utf-8"))
    async with started(discord, tmp_path, "run") as bot:
        await bot.serving(discord)
        assert (await discord.slash("pain", area="hip")).ephemeral
        assert await bot.stop() == 0
    with closing(sqlite3.connect(data / LIMBER)) as connection:
        assert connection.execute("select count(*) from person").fetchone() == (3,)
    assert len(list((data / "backups").glob("limber-*.db"))) >= 1


async def test_broken_content_is_named_with_its_line(discord, tmp_path, content):
    (content / "en/areas/hip.yaml").write_text("id: hip\n")
    async with started(discord, tmp_path, "run", LIMBER_CONTENT=str(content)) as bot:
        await assert_one_line(bot, "hip.yaml:1:", "limber check")


async def test_a_data_folder_that_cannot_be_written_is_named(discord, tmp_path):
    (tmp_path / "data").write_text("a file stands where the folder should be")
    async with started(discord, tmp_path, "run") as bot:
        await assert_one_line(bot, "data", "LIMBER_DATA")


# A bug is a code for the person and a story for the log


@pytest.mark.parametrize("defect", ["cog", "option"])
async def test_a_bug_is_answered_with_a_code_that_stands_in_the_log(discord, tmp_path, defect):
    async with started(discord, tmp_path, "run", LOOPBACK_DEFECT=defect) as bot:
        await bot.serving(discord)
        answer = await discord.slash("pain", area=f"hip {MARKER}")
        code = re.search(r"\bcode ([0-9a-f]{6})\b", answer.text)
        assert answer.ephemeral
        assert code
        await bot.stop()

    assert f"code={code[1]}" in bot.err
    assert "Traceback" in bot.err
    assert MARKER not in bot.err + bot.out


async def test_even_the_wordiest_log_keeps_what_people_type_and_the_token_to_itself(discord, tmp_path):
    async with started(discord, tmp_path, "run", LIMBER_LOG="debug") as bot:
        await bot.serving(discord)
        await discord.slash("pain", area=f"hip {MARKER}")
        await discord.type_ahead("pain", "area", MARKER)
        await discord.submit("l1.long-gone", note=MARKER)
        assert await bot.stop() == 0

    assert MARKER not in bot.err + bot.out
    assert TOKEN not in bot.err + bot.out


def assert_quiet(bot: BotProcess) -> None:
    assert "Traceback" not in bot.err
    assert TOKEN not in bot.err + bot.out


async def assert_one_line(bot: BotProcess, *words: str, secret: str = TOKEN) -> int:
    """It ended with exactly one line for the host, the last one, which holds these words and no secret.

    Returns the exit code, which is never 0.
    """
    code = await bot.ended()
    assert code != 0
    lines = bot.err.splitlines()
    assert [line for line in lines if line.startswith("limber: ")] == lines[-1:]
    assert all(word in lines[-1] for word in words), lines[-1]
    assert "Traceback" not in bot.err
    assert secret not in bot.err + bot.out
    return code
