"""What the bot of before left behind works on, unchanged: database, keys, and every message it ever sent."""

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import AsyncIterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.results import InteractionResult
from typer.testing import CliRunner

from bot.cli.commands import app
from bot.errors import UserError
from bot.settings import Settings
from bot.ui.locales import Locales
from tests.compat.world import KEPT, MANIFEST, World, put_back, reopened
from tests.support.components import flat, labels, texts
from tests.support.content import parsed
from tests.support.judged import FAULTS, complaints, root

MESSAGES = json.loads((KEPT / "messages.json").read_text())
IDS = parsed(KEPT.parent / "custom_ids.yaml")
PRIVATE = 64  # Discord's flag of a message that one person sees
BROKEN = ("is out of date", "Something went wrong on my side")
GONE = (
    "I no longer have your answers",
    "I no longer have what you began",
    "I no longer have what you typed",
    "I no longer know what you were looking at",
    "What you typed is no longer waiting",
    "That set-up was left for more than half an hour",
)


@pytest.fixture
async def world(settings: Settings, locales: Locales, tmp_path: Path) -> AsyncIterator[World]:
    """Judged as every club is, see `tests.support.judged`."""
    FAULTS.clear()
    async with reopened(settings, locales, tmp_path) as opened:
        yield opened
    assert FAULTS == []
    assert [error for error in map(root, opened.club.env.errors) if not isinstance(error, UserError)] == []
    assert list(complaints(opened.club)) == []


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder as the command line finds it."""
    put_back(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIMBER_DATA", "data")
    monkeypatch.setenv("LIMBER_KEY_FILE", "host.key")
    return tmp_path


async def test_people_and_moderators_read_the_same_as_before(world: World) -> None:
    """Entries, reminders with their next dates and what became of them; a club's settings, posts and log."""
    recorded = parsed(KEPT / "answers.yaml")

    answers = [{**asked, "says": said(await ask(world, asked))} for asked in recorded]

    assert answers == recorded


async def test_somebodys_copy_is_the_same(world: World) -> None:
    answer = await world.slash("ben", "privacy export")

    assert answer.response is not None
    (file,) = answer.response.attachments
    assert unpacked(await file.read()) == copied("ben")


@pytest.mark.parametrize("name", ["ana", "ben"])
def test_a_copy_for_a_request_by_mail_is_the_same(host: Path, name: str) -> None:
    done = CliRunner().invoke(app, ["export-user", MANIFEST["people"][name]["id"], "--to", "copy.zip"])

    assert done.exit_code == 0
    assert unpacked((host / "copy.zip").read_bytes()) == copied(name)


def test_of_who_was_erased_there_is_nothing(host: Path) -> None:
    cleo = MANIFEST["people"]["cleo"]["id"]
    done = CliRunner().invoke(app, ["export-user", cleo])

    assert done.stdout == f"Nothing is kept about {cleo}.\n"
    with closing(sqlite3.connect(host / "data" / "keys.db")) as keys:
        assert keys.execute("select count(*) from person_key where person_id = ?", (cleo,)).fetchone() == (0,)


async def test_reminders_and_posts_come_when_they_would_have_come(world: World) -> None:
    """Also one that was put off; not the one that was out when the bot was killed, and whose row does not know yet."""
    club, recorded = world.club, parsed(KEPT / "arrivals.yaml")
    places = {name: member.user.dm_channel for name, member in club.people.items()} | club.channels
    before = {message.id for place in places.values() for message in place.history()}
    assert len(before) == sum(not one["flags"] & PRIVATE for one in MESSAGES.values())

    for _ in range(24):
        await club.env.advance_time(3600)

    came = [(name, message) for name in sorted(places) for message in places[name].history()]
    assert [arrival(*one) for one in came if one[1].id not in before and one[1].components] == recorded


async def test_a_score_on_a_message_of_before_is_a_check_in(world: World) -> None:
    pressed = await world.press({**pressing("rmscore", "dm-checkin"), "choose": ["7"]})
    entries = await world.press({"id": "l1.cilist.0", "by": "ana"})

    assert "Hip: 7 out of 10" in said(pressed)
    assert "Hip: 7 out of 10" in said(entries)
    assert texts(world.components("dm-checkin")).startswith("Logged at")
    assert "- 21 check-ins" in said(await world.slash("ana", "privacy show"))


async def test_done_under_a_post_of_before_counts_once_for_each(world: World) -> None:
    again = await world.press({**pressing("pdone", "post"), "by": "ana"})
    await world.press({**pressing("pdone", "post"), "by": "cleo"})

    assert said(again) == "You are counted. So far 2 people did it."
    assert "Done · 3" in labels(world.components("post"))


async def test_every_id_of_before_is_answered_as_before(world: World) -> None:
    """None is out of date. What was in memory alone is gone, and each says so in its own sentence."""
    for press in IDS["presses"]:
        answer = await world.press(press)

        shown = answer.modal["title"] if answer.modal else said(answer)
        assert press["form" if answer.modal else "says"] in shown, press
        assert not any(sentence in shown for sentence in BROKEN), press


def test_the_file_of_ids_is_whole() -> None:
    """Each action is pressed, with as many arguments as it takes; those on messages of before are among them."""
    actions, presses = IDS["actions"], IDS["presses"]
    pressed = {press["id"] for press in presses}
    sent = {part["custom_id"] for one in MESSAGES.values() for part in flat(one["components"]) if "custom_id" in part}

    assert {name.split(".")[1] for name in pressed} == set(actions)
    for name in pressed | sent:
        version, action, *arguments = name.split(".")
        assert (version, len(arguments)) == ("l1", len(actions[action].get("args", []))), name
    for press in presses:
        if actions[press["id"].split(".")[1]].get("draft"):
            assert press["says"].startswith(GONE), press


async def ask(world: World, asked: Mapping[str, Any]) -> InteractionResult:
    """A command, or a press on a private answer."""
    if "press" in asked:
        return await world.press({"id": asked["press"], "by": asked["by"]})
    return await world.slash(asked["by"], asked["ask"], **asked.get("options", {}))


def pressing(action: str, message: str) -> Mapping[str, Any]:
    """The line of `custom_ids.yaml`."""
    return next(
        press for press in IDS["presses"] if press.get("message") == message and press["id"].startswith(f"l1.{action}.")
    )


def said(answer: InteractionResult) -> str:
    """Every text of an answer and of what came after it."""
    return "\n\n".join(texts(part.components) for part in (answer.response, *answer.followups) if part is not None)


def arrival(place: str, message: discord.Message) -> dict[str, str]:
    """As `arrivals.yaml` has it. A post is drawn by lot: its words are not there."""
    at = {"at": f"{message.created_at:%a %H:%M}", "in": place}
    return at if place == "stretching" else {**at, "says": texts([part.to_dict() for part in message.components])}


#: What a copy says of an entry since then, beside all it said before.
NEW = {"local_day", "local_time", "zone", "zone_assumed", "unsure", "age_from", "conditions", "began"}


def unpacked(archive: bytes) -> dict[str, str]:
    """A copy without what is new since then."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        return {name: _as_before(name, packed.read(name).decode()) for name in packed.namelist()}


def _as_before(name: str, text: str) -> str:
    if name == "everything.json":
        document = json.loads(text)
        for kind in ("checkins", "symptom_checks", "weekly_checks"):
            document[kind] = [{k: v for k, v in row.items() if k not in NEW} for row in document[kind]]
        return json.dumps(document, ensure_ascii=False, indent=2)
    if name not in {"checkins.csv", "symptom-checks.csv", "weekly-checks.csv"}:
        return text
    header, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    kept = [at for at, column in enumerate(header) if column not in NEW]
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows([row[at] for at in kept] for row in (header, *rows))
    return "\ufeff" + written.getvalue()


def copied(name: str) -> dict[str, str]:
    """The copy that somebody had of the bot of before."""
    return {file.name: file.read_bytes().decode() for file in (KEPT / "export" / name).iterdir()}
