"""The diary's front door: consent, a check-in in two taps, in a form and in one line; nothing typed is lost."""

import asyncio
from dataclasses import replace
from time import monotonic
from typing import Any

import pytest

from bot.app import Timing, build
from bot.checkins.draft import Draft
from bot.checkins.models import NewSign, Side
from bot.checkins.service import CheckInService
from bot.demo.club import DemoClub, open_club
from bot.expiring import ExpiringStore
from bot.settings import Settings
from bot.storage.errors import TooSlow
from bot.triage.carry_over import begin
from bot.triage.flow import Screen
from bot.triage.questionnaire import PAIN
from bot.ui.custom_id import VERSION
from bot.ui.locales import Locales
from bot.ui.tree import Publisher
from tests.integration.diary import agreed, diary_of, forged, menu
from tests.support.components import flat, labels, texts
from tests.support.data import migrated
from tests.support.pressing import Check, at_first, checking

YES = "Yes, keep it. I am 16 or older"


async def test_nothing_is_kept_before_the_person_agreed_and_then_what_was_typed_is_kept(club: DemoClub) -> None:
    ana, channel = club.people["ana"], club.channels["sore-legs"]

    asked = await ana.slash(channel, "checkin", area="hip", pain="4", side="left")
    question = texts(asked.response.components)
    before = await club.services.storage.people.find(ana.id)
    saved = await ana.click(asked.response, label=YES)

    assert asked.ephemeral
    assert before is None
    assert "May I keep a diary for you?" in question
    assert "Hip: 4 out of 10" in texts(saved.response.components)
    (entry,) = await (await diary_of(club).of(ana.id)).checkins()
    assert (entry.area, entry.pain, entry.side) == ("hip", 4, Side.LEFT)


async def test_who_says_no_is_not_kept(club: DemoClub) -> None:
    ana = club.people["ana"]
    asked = await ana.slash(club.channels["sore-legs"], "checkin", area="hip", pain="4")

    answer = await ana.click(asked.response, label="No")

    assert "nothing is kept" in texts(answer.response.components)
    assert await club.services.storage.people.find(ana.id) is None


async def test_two_taps_from_the_standing_button(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    first = await ana.slash(club.channels["sore-legs"], "checkin")
    await ana.select(first.response, ["knee"], custom_id=menu(first, "checkin.area"))

    again = await ana.slash(club.channels["sore-legs"], "checkin")
    scored = await ana.select(again.response, ["knee"], custom_id=menu(again, "checkin.area"))
    question = texts(scored.response.components)
    saved = await ana.select(scored.response, ["3"], custom_id=menu(scored, "checkin.score"))

    assert "Knee: how bad is it now?" in question
    assert "Knee: 3 out of 10" in texts(saved.response.components)
    assert menu(saved, "entry.new_signs")


async def check_of(club: DemoClub, card: Any, area: str, logged: int | None = None) -> Check:
    """The symptom check behind the button of a check-in's card."""
    page = await club.people["ana"].click(card.response, label="Check my symptoms")
    check = at_first(club, club.people["ana"], page, area)
    check.session = begin(area, "", logged)
    return check


async def test_the_check_behind_a_check_in_takes_its_pain_over_and_says_so(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    await ana.slash(club.channels["sore-legs"], "checkin", area="knee", pain="2")
    saved = await ana.slash(club.channels["sore-legs"], "checkin", area="knee", pain="8")

    check = await check_of(club, saved, "knee", 8)
    assert "Pain 8 out of 10, from your check-in" in texts(check.components)
    asked = []
    while check.step.screen is not Screen.RESULT:
        asked.append(check.step.id)
        await check.fine()

    assert PAIN not in asked
    assert "Your pain is 7 or more out of 10" in texts(check.components)


async def test_a_check_that_is_begun_anew_asks_for_the_pain(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    await ana.slash(club.channels["sore-legs"], "checkin", area="knee", pain="8")

    check = await checking(club, "knee")
    await check.to(PAIN)

    assert "from your check-in" not in texts(check.components)
    assert "Pain now?" in texts(check.components)


@pytest.mark.parametrize("since", ["a later check-in", "a night"])
async def test_a_pain_that_is_no_longer_the_last_word_is_asked_anew(club: DemoClub, since: str) -> None:
    ana = await agreed(club, "ana")
    old = await ana.slash(club.channels["sore-legs"], "checkin", area="knee", pain="8")
    await club.env.advance_time(24 * 3600 if since == "a night" else 60)
    if since == "a later check-in":
        await ana.slash(club.channels["sore-legs"], "checkin", area="knee", pain="2")

    check = await check_of(club, old, "knee")
    first = texts(check.components)
    await check.to(PAIN)

    assert "from your check-in" not in first
    assert "Pain now?" in texts(check.components)


async def test_something_new_or_seven_and_more_offers_the_symptom_check_at_once(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    mild = await ana.slash(club.channels["sore-legs"], "checkin", area="hip", pain="2")
    before = labels(mild.response.components)
    new = await ana.select(mild.response, ["limp"], custom_id=menu(mild, "entry.new_signs"))
    severe = await ana.slash(club.channels["sore-legs"], "checkin", area="knee", pain="7")

    assert "Check my symptoms" not in before
    assert "Something is new" in texts(new.response.components)
    assert "7 or more" in texts(severe.response.components)
    check = await ana.click(severe.response, label="Check my symptoms")
    assert "Any of these, now or in the last days?" in texts(check.response.components)
    (entry,) = [entry for entry in await (await diary_of(club).of(ana.id)).checkins() if entry.area == "hip"]
    assert entry.new == {NewSign.LIMP}


async def test_a_card_opens_the_form_and_the_form_saves_everything(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    card = await ana.slash(club.channels["sore-legs"], "pain", area="hip")
    form = await ana.click(card.response, label="Log it")

    saved = await ana.submit_modal(form, {"pain": ["5"], "side": ["both"], "moments": ["night"], "new": ["night_pain"]})

    said = texts(saved.response.components)
    assert "Hip: 5 out of 10" in said
    assert "Both sides" in said
    assert "Something is new" in said
    assert not any("entry.new_signs" in str(part.get("custom_id")) for part in flat(saved.response.components))


@pytest.mark.parametrize("pain", ["11", "ten", "-1", "4.5", "💥", "٤٢", "four\u202e", "x" * 3000])
async def test_a_pain_that_is_none_is_one_sentence_and_the_rest_is_still_there(club: DemoClub, pain: str) -> None:
    ana = await agreed(club, "ana")
    wrong = await ana.slash(club.channels["sore-legs"], "checkin", area="hip", pain=pain, side="left", during="3")

    assert "whole number from 0 (none) to 10" in texts(wrong.response.components)
    form = await ana.click(wrong.response, label="Fix it")
    saved = await ana.submit_modal(form, {"pain": ["4"], "side": ["left"]})
    assert "Hip: 4 out of 10" in texts(saved.response.components)
    (entry,) = await (await diary_of(club).of(ana.id)).checkins()
    assert (entry.side, entry.during) == (Side.LEFT, 3)


async def test_a_place_it_does_not_know_asks_for_one_and_keeps_the_pain(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    unknown = await ana.slash(club.channels["sore-legs"], "checkin", area="pizza @everyone", pain="3")

    assert "I don’t know" in texts(unknown.response.components)
    saved = await ana.select(unknown.response, ["knee"], custom_id=menu(unknown, "checkin.area"))
    assert "Knee: 3 out of 10" in texts(saved.response.components)


async def test_a_day_that_has_not_come_is_refused_and_yesterday_is_not(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    ahead = await ana.slash(club.channels["sore-legs"], "checkin", area="hip", pain="3", day="2099-01-01")
    await ana.slash(club.channels["sore-legs"], "checkin", area="hip", pain="3", day="yesterday")

    assert "hasn’t happened yet" in texts(ahead.response.components)
    form = await ana.click(ahead.response, label="Fix it")
    fixed = await ana.submit_modal(form, {"day": "2 days ago"})
    assert "Hip: 3 out of 10" in texts(fixed.response.components)
    days = sorted((club.clock.now() - entry.at).days for entry in await (await diary_of(club).of(ana.id)).checkins())
    assert days[0] <= 1 <= days[1] <= 2


async def test_a_form_that_cannot_be_kept_can_be_opened_again_with_what_was_typed(
    club: DemoClub, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, records = await agreed(club, "ana"), club.services.storage.records
    card = await ana.slash(club.channels["sore-legs"], "pain", area="hip")
    form = await ana.click(card.response, label="Log it")

    async def away(*_: object, **__: object) -> bool:
        raise TooSlow("the database is held by another program")

    with monkeypatch.context() as patched:
        for write in ("add", "add_next", "add_summed_up"):
            patched.setattr(records, write, away)
        failed = await ana.submit_modal(form, {"pain": ["5"], "side": ["both"]})
    again = await ana.click(failed.response, label="Open the form again")

    assert "still here for half an hour" in texts(failed.response.components)
    chosen = [
        option["value"]
        for part in again.modal["components"]
        for option in part["component"].get("options", ())
        if option.get("default")
    ]
    assert {"5", "both"} <= set(chosen)
    saved = await ana.submit_modal(again, {"pain": ["5"], "side": ["both"]})
    assert "Hip: 5 out of 10" in texts(saved.response.components)
    assert [entry.side for entry in await (await diary_of(club).of(ana.id)).checkins()] == [Side.BOTH]


@pytest.mark.parametrize(("option", "field"), [("worst", "worst"), ("during", "during")])
async def test_the_other_pains_can_be_mended_too(club: DemoClub, option: str, field: str) -> None:
    ana = await agreed(club, "ana")
    wrong = await ana.slash(club.channels["sore-legs"], "checkin", area="hip", pain="3", **{option: "lots"})
    form = await ana.click(wrong.response, label="Fix it")
    saved = await ana.submit_modal(form, {field: ["6"]})

    assert "Hip: 3 out of 10" in texts(saved.response.components)
    (entry,) = await (await diary_of(club).of(ana.id)).checkins()
    assert getattr(entry, field) == 6


async def test_a_side_that_is_none_keeps_the_rest(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    wrong = await ana.slash(club.channels["sore-legs"], "checkin", area="hip", pain="3", during="2", side="upwards")
    assert "Pick one from the list: Left" in texts(wrong.response.components)
    form = await ana.click(wrong.response, label="Fix it")
    await ana.submit_modal(form, {"pain": ["3"], "side": ["left"]})

    (entry,) = await (await diary_of(club).of(ana.id)).checkins()
    assert (entry.side, entry.during) == (Side.LEFT, 2)


async def test_words_that_cannot_wait_come_first_and_what_was_typed_is_kept(notes_club: DemoClub) -> None:
    club = notes_club
    ana = await agreed(club, "ana")
    answer = await ana.slash(
        club.channels["sore-legs"], "checkin", area="hip", pain="3", note="I have chest pain and cannot breathe"
    )

    assert "emergency" in texts(answer.response.components)
    (entry,) = await (await diary_of(club).of(ana.id)).checkins()
    assert entry.note == "I have chest pain and cannot breathe"


async def test_a_note_is_shown_harmless_and_one_too_long_is_not_lost(notes_club: DemoClub) -> None:
    club = notes_club
    ana = await agreed(club, "ana")
    note = "@everyone **loud** <@123> \u202esdrawkcab 🦵"
    saved = await ana.slash(club.channels["sore-legs"], "checkin", area="hip", pain="3", note=note)
    long = await ana.slash(club.channels["sore-legs"], "checkin", area="hip", pain="3", note="x" * 5_000)

    said = texts(saved.response.components)
    assert "@everyone" not in said
    assert "\u202e" not in said
    assert "<@123>" not in said
    assert "5,000 characters, and 500 is the most" in texts(long.response.components)
    entry = (await (await diary_of(club).of(ana.id)).checkins())[0]
    assert entry.note == note


async def test_without_notes_a_note_is_not_kept(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    form = await ana.slash(club.channels["sore-legs"], "checkin", area="hip")
    assert "note" not in [part.get("custom_id") for part in flat(form.modal["components"])]
    await ana.slash(club.channels["sore-legs"], "checkin", area="hip", pain="3", note="secret")

    (entry,) = await (await diary_of(club).of(ana.id)).checkins()
    assert entry.note is None


async def test_sending_twice_keeps_one_and_the_later_answer_counts(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    waiting: ExpiringStore[Draft] = ExpiringStore(monotonic, "checkin-gone")
    desk = CheckInService(diary_of(club), waiting, club.clock, notes=False)
    draft = desk.draft(ana.id, desk.wait(ana.id, Draft(area="hip")))

    for pain in "34":
        await desk.take(ana.id, replace(draft, pain=pain))

    (entry,) = await (await diary_of(club).of(ana.id)).checkins()
    assert entry.pain == 4


async def test_change_add_more_and_delete(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    saved = await ana.slash(club.channels["sore-legs"], "checkin", area="hip", pain="3")
    form = await ana.click(saved.response, label="Change")
    changed = await ana.submit_modal(form, {"pain": ["2"]})
    more = await ana.click(changed.response, label="Add more")
    added = await ana.submit_modal(more, {"worst": ["6"], "during": ["4"], "side": ["right"]})

    said = texts(added.response.components)
    assert "Hip: 2 out of 10" in said
    assert "worst 6" in said
    assert "on the run 4" in said
    sure = await ana.click(added.response, label="Delete")
    gone = await ana.click(sure.response, label="Yes, delete it")
    assert "gone for good" in texts(gone.response.components)
    assert await (await diary_of(club).of(ana.id)).checkins() == []


async def test_a_form_that_was_open_across_a_restart_loses_nothing_but_the_place(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    form = await ana.slash(club.channels["sore-legs"], "checkin", area="hip")
    publisher = Publisher(club.settings.data, force=True)
    here, timing = club.settings, Timing(club.clock)
    await club.env.restart_bot(
        build(here, locales=club.bot.locales, publisher=publisher, services=club.services, timing=timing)
    )

    asked = await ana.submit_modal(form, {"pain": ["6"]})

    saved = await ana.select(asked.response, ["hip"], custom_id=menu(asked, "checkin.area"))
    assert "Hip: 6 out of 10" in texts(saved.response.components)


async def test_nobody_reaches_somebody_elses_check_in(club: DemoClub) -> None:
    ana, ben = await agreed(club, "ana"), await agreed(club, "ben")
    await ana.slash(club.channels["sore-legs"], "checkin", area="hip", pain="3")
    (entry,) = await (await diary_of(club).of(ana.id)).checkins()
    for action in ("entry.edit", "entry.more", "entry.delete", "entry.delete_confirmed", "entry.show", "entry.check"):
        answer = await ben.click(await forged(club, f"l2.{action}.{entry.id}"), label="Forged")
        assert answer.ephemeral
        assert "no longer there" in texts(answer.response.components)
    assert await (await diary_of(club).of(ana.id)).checkins() == [entry]
    assert await (await diary_of(club).of(ben.id)).checkins() == []


async def test_no_area_and_no_score_stands_in_an_id(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    saved = await ana.slash(club.channels["sore-legs"], "checkin", area="hip", pain="9")
    ids = [part["custom_id"] for part in flat(saved.response.components) if "custom_id" in part]

    assert ids
    assert {name.split(".")[0] for name in ids} == {VERSION}
    assert not {"hip", "9"} & {part for name in ids for part in name.split(".")}


async def test_advice_and_the_check_work_while_the_diary_is_closed(settings: Settings, locales: Locales) -> None:
    async with open_club(settings.model_copy(update={"diary": False}), locales=locales, prepare=migrated) as club:
        ana, channel = club.people["ana"], club.channels["sore-legs"]
        card = await ana.slash(channel, "pain", area="hip")
        check = await ana.click(card.response, label="Check my symptoms")
        closed = await ana.slash(channel, "checkin", area="hip", pain="3")

        assert "Any of these, now or in the last days?" in texts(check.response.components)
        assert "diary is switched off" in texts(closed.response.components)


CRISIS = "I want to kill myself"


@pytest.mark.parametrize(
    "options",
    [
        {"area": "hip", "pain": "3", "note": f"! {CRISIS}"},
        {"area": "hip", "note": CRISIS},
        {"area": "hip", "pain": "3", "side": "upwards", "note": CRISIS},
        {"area": f"!{CRISIS}", "pain": "3"},
        {"area": "hip", "pain": "3", "day": CRISIS},
        {"note": CRISIS},
    ],
)
async def test_words_that_cannot_wait_come_first_wherever_they_are_typed(
    notes_club: DemoClub, options: dict[str, str]
) -> None:
    for name in ("ana", "ben"):  # ben has not agreed to a diary
        who = await agreed(notes_club, "ana") if name == "ana" else notes_club.people["ben"]
        answer = await who.slash(notes_club.channels["sore-legs"], "checkin", **options)
        said = texts(answer.response.components)
        assert "Samaritans" in said or "crisis" in said.casefold()
        assert "Saved" not in said


async def test_the_day_that_is_mended_is_looked_at_too(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    wrong = await ana.slash(club.channels["sore-legs"], "checkin", area="hip", pain="3", day="someday")
    form = await ana.click(wrong.response, label="Fix it")

    answer = await ana.submit_modal(form, {"day": "chest pain and I fainted on my run"})

    assert "emergency" in texts(answer.response.components)


async def test_an_old_menu_takes_nothing_away_from_what_a_form_said(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    waiting: ExpiringStore[Draft] = ExpiringStore(monotonic, "checkin-gone")
    desk = CheckInService(diary_of(club), waiting, club.clock, notes=False)
    draft = desk.draft(ana.id, desk.wait(ana.id, Draft(area="hip")))

    await desk.take(ana.id, replace(draft, pain="6", side="left", new=("numbness",)))
    await desk.take(ana.id, replace(draft, pain="2"))

    (entry,) = await (await diary_of(club).of(ana.id)).checkins()
    assert (entry.pain, entry.side, entry.new) == (2, Side.LEFT, {NewSign.NUMBNESS})


async def test_a_note_that_is_not_kept_is_said_to_be_so(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    saved = await ana.slash(club.channels["sore-legs"], "checkin", area="hip", pain="3", note="stairs")

    assert "Notes are switched off here" in texts(saved.response.components)


async def test_two_changes_at_once_lose_neither(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    diary = diary_of(club)
    desk = CheckInService(diary, ExpiringStore(monotonic, "checkin-gone"), club.clock, notes=False)
    await ana.slash(club.channels["sore-legs"], "checkin", area="hip", pain="3")
    (entry,) = await (await diary.of(ana.id)).checkins()

    limp, left = {"new": ("limp",)}, {"side": ("left",)}
    await asyncio.gather(desk.change(ana.id, entry.id, limp), desk.change(ana.id, entry.id, left))

    kept = await (await diary.of(ana.id)).checkin(entry.id)
    assert (kept.side, kept.new) == (Side.LEFT, {NewSign.LIMP})
