"""What a person may ask of us, through the front door."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import opened
from bot.checkins.diary import CONSENT_VERSION, OpenDiary
from bot.checkins.models import CheckIn
from bot.checkins.person_diary import Terms
from bot.clock import WallClock
from bot.demo.club import DemoClub
from bot.ids import new_id
from bot.privacy import Everything, PrivacyService, retention_period
from bot.settings import Settings
from bot.ui.request import Request
from tests.integration.archive import archive_of
from tests.integration.diary import agreed, diary_of
from tests.support.components import texts

NASTY = (
    '=cmd|"/c calc"!A1',
    "two\nlines",
    'quotes " and , commas',
    "@SUM(1+1)",
    "-1",
    "emoji 🦵 and \u200fעברית",
    "plain",
)


async def with_notes(club: DemoClub, name: str):
    """Somebody whose notes a spreadsheet could trip over."""
    person = await agreed(club, name)
    for note in NASTY:
        entry = CheckIn(id=new_id(), at=club.clock.now(), area="hip", pain=4, note=note)
        await (await diary_of(club).of(person.id)).keep(entry)
    return person


async def test_show_says_how_much_is_kept_and_until_when(club: DemoClub) -> None:
    ana = await with_notes(club, "ana")
    answer = await ana.slash(club.channels["general"], "privacy show")

    said = texts(answer.response.components)
    assert answer.ephemeral
    assert "7 check-ins" in said
    assert "if you stop using it" in said


async def test_who_never_agreed_has_nothing_kept(club: DemoClub) -> None:
    for command in ("privacy show", "privacy export", "privacy erase"):
        answer = await club.people["ben"].slash(club.channels["general"], command)
        assert "Nothing. You haven’t asked me" in texts(answer.response.components)


async def test_the_copy_is_complete_and_a_spreadsheet_opens_it_rightly(club: DemoClub) -> None:
    ana = await with_notes(club, "ana")
    answer = await ana.slash(club.channels["general"], "privacy export")

    copied = await archive_of(answer)
    told = json.loads(copied.read("everything.json"))
    rows = list(csv.DictReader(io.StringIO(copied.read("checkins.csv").decode("utf-8-sig"), newline="")))
    assert answer.ephemeral
    assert [entry["note"] for entry in told["checkins"]] == sorted(
        NASTY, key=[e["note"] for e in told["checkins"]].index
    )
    assert {row["note"].removeprefix("'") for row in rows} == {" ".join(note.split()) for note in NASTY}
    assert not any(row["note"].startswith(("=", "+", "-", "@")) for row in rows)
    assert told["person"]["discord_id"] == str(ana.id)


async def test_a_copy_is_promised_before_the_diary_is_read(club: DemoClub, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, done = await with_notes(club, "ana"), []
    later, read = Request.later, PrivacyService.everything

    async def promised(request: Request) -> None:
        done.append("promised")
        await later(request)

    async def reading(service: PrivacyService, person: int) -> Everything | None:
        done.append("read")
        return await read(service, person)

    monkeypatch.setattr(Request, "later", promised)
    monkeypatch.setattr(PrivacyService, "everything", reading)
    await ana.slash(club.channels["general"], "privacy export")

    assert done == ["promised", "read"]


async def test_everything_goes_after_one_question_and_a_receipt_comes(club: DemoClub) -> None:
    ana, ben = await with_notes(club, "ana"), await with_notes(club, "ben")
    asked = await ana.slash(club.channels["general"], "privacy erase")
    question = texts(asked.response.components)
    receipt = await ana.click(asked.response, label="Yes, delete everything")

    assert "Delete everything?" in question
    assert "7 check-ins" in texts(receipt.response.components)
    assert await club.services.storage.people.find(ana.id) is None
    assert await club.services.storage.records.of_person(ana.id) == []
    assert len(await (await diary_of(club).of(ben.id)).checkins()) == len(NASTY)
    again = await ana.slash(club.channels["general"], "history")
    assert "May I keep a diary" in texts(again.response.components)


async def test_erasing_may_take_its_time(club: DemoClub) -> None:
    """Discord waits three seconds for a first sign."""
    ana = await with_notes(club, "ana")
    asked = await ana.slash(club.channels["general"], "privacy erase")
    receipt = await ana.click(asked.response, label="Yes, delete everything")

    assert receipt.deferred
    assert "Deleted" in texts(receipt.response.components)
    assert "Yes, delete everything" not in texts(asked.response.components)


async def test_who_has_not_agreed_to_new_words_can_still_see_take_and_delete_what_is_kept(
    club: DemoClub, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, general = await with_notes(club, "ana"), club.channels["general"]
    monkeypatch.setattr("bot.checkins.diary.STILL_COVERED", CONSENT_VERSION + 1)

    history = await ana.slash(general, "history")
    shown = await ana.slash(general, "privacy show")
    copied = await archive_of(await ana.slash(general, "privacy export"))
    asked = await ana.slash(general, "privacy erase")
    receipt = await ana.click(asked.response, label="Yes, delete everything")

    assert "May I keep a diary" in texts(history.response.components)
    assert "7 check-ins" in texts(shown.response.components)
    assert len(json.loads(copied.read("everything.json"))["checkins"]) == len(NASTY)
    assert "7 check-ins" in texts(receipt.response.components)
    assert await club.services.storage.people.find(ana.id) is None


async def test_the_question_can_be_answered_with_no(club: DemoClub) -> None:
    ana = await with_notes(club, "ana")
    asked = await ana.slash(club.channels["general"], "privacy erase")
    await ana.click(asked.response, label="Keep it")

    assert len(await (await diary_of(club).of(ana.id)).checkins()) == len(NASTY)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("London", "Europe/London"),
        ("Munich", "Europe/Berlin"),
        ("new zealand", "Pacific/Auckland"),
        ("pizza", "I don’t know that place"),
        ("IST", "more than one time zone"),
        ("../../etc/passwd", "I don’t know that place"),
    ],
)
async def test_a_time_zone_is_found_or_asked_back(club: DemoClub, typed: str, said: str) -> None:
    ana = await agreed(club, "ana")
    answer = await ana.slash(club.channels["general"], "timezone", place=typed)

    assert said in texts(answer.response.components)


async def test_places_are_suggested(club: DemoClub) -> None:
    ana = club.people["ana"]
    choices = await ana.autocomplete(club.channels["general"], "timezone", "place", "lond")

    assert any(choice["value"] == "Europe/London" for choice in choices)


async def test_a_place_that_was_picked_keeps_its_name(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    (choice, *_) = await ana.autocomplete(club.channels["general"], "timezone", "place", "timbuk")
    answer = await ana.slash(club.channels["general"], "timezone", place=choice["value"])

    assert "Timbuktu (Africa/Bamako)" in texts(answer.response.components)


async def test_what_waits_in_memory_goes_too(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    waiting = await ana.slash(club.channels["general"], "checkin", area="pizza", pain="3")
    asked = await ana.slash(club.channels["general"], "privacy erase")
    await ana.click(asked.response, label="Yes, delete everything")

    menu = next(
        part["custom_id"] for box in waiting.response.components for row in box["components"]
        for part in row.get("components", []) if part["type"] == 3
    )  # fmt: skip
    answer = await ana.select(waiting.response, ["hip"], custom_id=menu)
    assert "no longer have what you" in texts(answer.response.components)


async def test_who_has_not_been_here_for_a_year_is_deleted(club: DemoClub) -> None:
    ana = await with_notes(club, "ana")
    privacy = PrivacyService(diary_of(club), club.services.storage, club.clock)
    assert await privacy.sweep() == 0

    await club.env.advance_time((retention_period(12) + timedelta(days=1)).total_seconds())

    assert await privacy.sweep() == 1
    assert await club.services.storage.people.find(ana.id) is None


async def test_a_diary_that_was_switched_off_can_still_be_taken_and_deleted(settings: Settings, tmp_path: Path) -> None:
    off = settings.model_copy(update={"data": tmp_path / "data", "key_file": tmp_path / "key", "diary": False})
    on = off.model_copy(update={"diary": True})
    async with opened(on) as services:
        await OpenDiary(services.storage, WallClock(), Terms()).agree(1)
    async with opened(off) as services:
        assert services.storage is not None
        privacy = PrivacyService(OpenDiary(services.storage, WallClock(), Terms()), services.storage, WallClock())
        assert await privacy.everything(1) is not None
        assert (await privacy.erase(1)).person
