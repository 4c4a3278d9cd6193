"""Whatever is pressed, typed or broken: there is an answer."""

import gc
import json
import sys
from pathlib import Path

import pytest
import structlog
from discord import ui

from bot.app import build
from bot.demo.club import DemoClub
from bot.storage.errors import StorageError
from bot.ui.limits import size
from bot.ui.tree import Publisher
from tests.support.components import labels, texts


async def test_help_and_about_say_what_it_does_and_how_far_to_trust_it(club: DemoClub) -> None:
    ana, channel = club.people["ana"], club.channels["general"]

    helped = await ana.slash(channel, "help")
    about = await ana.slash(channel, "about")

    assert helped.ephemeral
    assert about.ephemeral
    assert "when to get help" in texts(helped.response.components)
    assert "not a doctor" in texts(about.response.components)
    assert club.bot.locales.base.library.version in texts(about.response.components)


async def test_help_names_every_command_there_is(club: DemoClub) -> None:
    ana = club.people["ana"]
    page = await ana.slash(club.channels["general"], "help")
    page, said = await ana.click(page.response, label="All commands"), ""
    while "Next" in labels(page.response.components):
        said += texts(page.response.components)
        page = await ana.click(page.response, label="Next")
    said += texts(page.response.components)

    assert [one.name for one in club.bot.tree.get_commands() if f"**/{one.name}**" not in said] == []


async def test_commands_work_in_direct_messages(club: DemoClub) -> None:
    ana = club.people["ana"].user

    for name in ("pain", "tip", "stretch", "help", "about"):
        answer = await ana.slash(name, **({"area": "hip"} if name == "pain" else {}))
        assert answer.response is not None


async def test_commands_are_offered_to_clubs_and_to_people_who_install_the_app(club: DemoClub) -> None:
    for command in club.bot.tree.get_commands():
        payload = command.to_dict(club.bot.tree)
        in_clubs_only = command.name == "club"
        assert payload["contexts"] == ([0] if in_clubs_only else [0, 1, 2])
        assert payload["integration_types"] == ([0] if in_clubs_only else [0, 1])
        assert payload.get("default_member_permissions") == (1 << 5 if in_clubs_only else None)  # Manage Server
        assert 1 <= len(payload["description"]) <= 100
        assert all(1 <= len(option["description"]) <= 100 for option in payload.get("options", []))
        assert len(json.dumps(payload)) < 8000


FORGED = [
    "l2.advice.open.pain.nowhere.0",
    "l2.advice.open.pain.hip.99",
    "l2.advice.open.pain.hip.-1",
    "l2.advice.open.pain.hip.٣",
    "l2.advice.open.pain.hip",
    "l2.advice.open.pain.hip.0.0",
    "l2.advice.turn.nothing.at.0",
    "l2.tip.another.nowhere.any",
    "l2.tip.another.hip.never",
    "l2.advice.share.nowhere",
    "l1.unknown",
    "l0.open.pain.hip.0",
    "l2.open.pain.hip.0",
    "checkin:1:2",
    "l1." + "x" * 97,
    "\u202e\u0000 <@1>",
]


@pytest.mark.parametrize("custom_id", FORGED)
async def test_a_button_that_is_forged_or_of_another_version_is_answered_with_a_way_back_in(
    club: DemoClub, custom_id: str
) -> None:
    ana, channel = club.people["ana"], club.channels["general"]
    layout = ui.LayoutView()
    layout.add_item(ui.ActionRow(ui.Button(label="Old", custom_id=custom_id)))
    layout.stop()
    await club.bot.get_channel(channel.id).send(view=layout)

    answer = await ana.click(channel.last_message, label="Old")

    assert answer.ephemeral
    assert "out of date" in texts(answer.response.components)
    helped = await ana.click(answer.response, label="Start again")
    assert "What I can do" in texts(helped.response.components)


async def test_pressing_twice_and_after_a_restart_still_works(club: DemoClub) -> None:
    ana, channel = club.people["ana"], club.channels["general"]
    card = await ana.slash(channel, "pain", area="hip")
    card = await ana.click(card.response, label="Why it hurts")
    first = await ana.click(card.response, label="Next")
    await ana.click(first.response, label="Back")
    second = await ana.click(card.response, label="Next")
    assert texts(first.response.components) == texts(second.response.components)

    publisher = Publisher(club.settings.data, force=True)
    await club.env.restart_bot(build(club.settings, locales=club.bot.locales, publisher=publisher))
    await ana.click(second.response, label="Back")
    after = await ana.click(card.response, label="Next")

    assert texts(after.response.components) == texts(first.response.components)


async def test_where_the_commands_cannot_be_noted_the_host_hears_why(club: DemoClub, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StorageError, match=r"commands\.json cannot be written"):
        await Publisher(tmp_path / "file" / "data", force=True).publish(club.bot.tree)


async def test_the_view_store_keeps_nothing(club: DemoClub) -> None:
    ana, channel = club.people["ana"], club.channels["general"]
    index = club.bot.locales.base.card_index
    counted = []
    for _ in range(5):
        card = await ana.slash(channel, "pain", area="hip")
        await ana.click(card.response, label="Why it hurts")
        counted.append([references(index.card(name, "hip")) for name in ("pain", "causes")])

    assert counted == counted[:1] * len(counted)


def references(card: ui.LayoutView) -> list[int]:
    """How many hold on to each part of a card."""
    gc.collect()
    return [sys.getrefcount(part) for part in card.walk_children()]


async def test_an_unexpected_error_is_one_sentence_with_a_code_that_stands_in_the_log_without_what_was_typed(
    faulty_club: DemoClub, monkeypatch: pytest.MonkeyPatch
) -> None:
    club = faulty_club
    monkeypatch.setattr(club.bot.locales.base.card_index, "card", _broken)

    with structlog.testing.capture_logs() as logs:
        answer = await club.people["ana"].slash(club.channels["general"], "pain", area="sit bone ache")

    said = texts(answer.response.components)
    [entry] = [entry for entry in logs if entry["event"] == "unexpected error"]
    assert answer.ephemeral
    assert entry["code"] in said
    assert "sit bone" not in str(entry)
    assert "Traceback" not in said


async def test_the_bot_asks_for_nothing_but_guilds_and_mentions_nobody(club: DemoClub) -> None:
    assert [name for name, wanted in club.bot.intents if wanted] == ["guilds"]
    assert club.bot.allowed_mentions.to_dict() == {"parse": []}
    assert club.bot._connection.max_messages is None


async def test_every_card_fits_and_every_id_on_it_is_its_own(club: DemoClub) -> None:
    for name, key, page, card in club.bot.locales.base.card_index.all():
        parts = [part for part in card.walk_children() if getattr(part, "custom_id", None)]
        ids = [part.custom_id for part in parts]
        assert len(ids) == len(set(ids)), (name, key, page)
        assert all(len(getattr(part, "label", "")) <= 80 for part in parts), (name, key, page)
        assert size(card).components <= 40


async def test_a_long_way_through_the_bot_leaves_no_button_unanswered(club: DemoClub) -> None:
    """Every button of every place that is reached is pressed on a card of its own, which the press may replace."""
    ana, general = club.people["ana"], club.channels["general"]
    known = set()
    frontier: list[tuple[str, ...]] = [("hip",), ("neck_headache",)]
    while frontier:
        area, *way = frontier.pop()
        page = await ana.slash(general, "pain", area=area)
        for label in way:
            if page.response is None or label not in labels(page.response.components):
                break  # a form, or a diary that is kept by now
            page = await ana.click(page.response, label=label)
        if page.modal is not None:
            continue
        assert page.response is not None, (area, way)
        for label in labels(page.response.components):
            place = (texts(page.response.components)[:80], label)
            if place not in known and label not in {"Share", "Back", "Another tip"} and len(way) < 4:
                known.add(place)
                frontier.append((area, *way, label))
    assert len(known) > 40


def _broken(*_: object) -> None:
    raise ZeroDivisionError("a fault of ours")
