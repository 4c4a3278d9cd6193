"""The symptom check, through the front door: every way in, every way out."""

import pytest
from discord import ui

from bot.advice.disposition import Disposition
from bot.app import build
from bot.demo.club import DemoClub
from bot.settings import Settings
from bot.triage.questionnaire import ids_of
from bot.ui.tree import Publisher
from tests.integration.diary import agreed, diary_of
from tests.support.components import flat, labels, texts
from tests.support.ids import action_of, arguments_of
from tests.support.pressing import at_first, checking

AREAS = ("hip", "knee", "neck", "hamstring", "neck_headache")
FIRST = "Any of these, now or in the last days?"


@pytest.mark.parametrize("area", AREAS)
async def test_red_is_two_presses_away_with_no_advice_underneath(club: DemoClub, area: str) -> None:
    check = await checking(club, area)
    assert check.page.ephemeral
    await check.group("chest")
    await check.mark("chest_pain")

    said = texts(check.components)
    assert "emergency number" in said
    assert "This can be the heart" in said
    assert labels(check.components) == ["New check", "More"]
    assert not any(exercise.name in said for exercise in club.bot.locales.base.library.exercises.values())


@pytest.mark.parametrize("area", ["hip", "knee", "shin", "low_back"])
async def test_nothing_wrong_and_little_pain_is_green(club: DemoClub, area: str) -> None:
    check = await checking(club, area)
    await check.to_the_end()

    said = texts(check.components)
    assert "Green" in said
    assert "Stop and walk home if pain rises" in said
    assert "diagnosis" in said
    opened = await check.who.click(check.page.response, label="Exercises")
    assert opened.ephemeral


async def test_some_pain_is_amber_and_says_why(club: DemoClub) -> None:
    check = await checking(club, "knee")
    await check.to_the_end(pain="level_4")

    said = texts(check.components)
    assert "Amber" in said
    assert "3 or more out of 10" in said


async def test_what_has_to_be_seen_today_says_so_at_once_and_goes_on_to_what_is_graver(club: DemoClub) -> None:
    check = await checking(club, "hip")
    await check.none()
    await check.to("walk")
    await check.mark("no_steps")

    said = texts(check.components)
    assert "Red: be seen today" in said
    assert "You said: “I cannot take four steps, even after a rest”." in said
    assert "something more serious is behind it" in said
    await check.to("began")
    await check.mark("fall")
    assert "Lie still" in texts(check.components)
    assert "Exercises" not in labels(check.components)


async def test_not_sure_is_said_of_one_sign_and_counts_as_yes(club: DemoClub) -> None:
    check = await checking(club, "knee")
    await check.group("chest")
    await check.unsure()
    assert "Which one are you not sure about?" in texts(check.components)
    await check.mark("cough_blood")

    said = texts(check.components)
    assert "emergency number" in said
    assert "You were not sure about: “Coughing up blood”." in said
    assert "reath" not in said.partition("This can be")[0]  # shares its sign, and nobody said it


async def test_not_sure_on_the_first_screen_opens_the_questions_of_every_group(club: DemoClub) -> None:
    check = await checking(club, "knee")
    await check.unsure()
    asked = []
    for group in check.library.triage.core:
        assert group.ask in texts(check.components)
        asked.append(check.step.id)
        await check.none()

    assert asked == [group.id for group in check.library.triage.core]
    assert FIRST not in texts(check.components)


async def test_a_second_sign_of_a_group_can_be_said_and_taken_back(club: DemoClub) -> None:
    check = await checking(club, "knee")
    await check.group("chest")
    await check.mark("wheeze")
    assert "That is all" in labels(check.components)
    wheeze = next(p for p in flat(check.components) if p.get("label") == "Wheeze or cough on runs")
    assert action_of(wheeze["custom_id"]) == "check.clear"

    back = await check.who.click(check.page.response, custom_id=wheeze["custom_id"])

    assert "That is all" not in labels(back.response.components)


async def test_back_returns_to_the_question_before(club: DemoClub) -> None:
    check = await checking(club, "knee")
    await check.none()
    first = texts(check.components)
    await check.fine()

    back = await check.who.click(check.page.response, label="Back")

    assert texts(back.response.components) == first


async def test_a_doctor_within_days_is_red_and_offers_no_exercises(club: DemoClub) -> None:
    check = await checking(club, "knee")
    await check.group("chest")
    await check.mark("wheeze")
    await check.none()
    await check.to_the_end()

    assert "Red: stop and see someone" in texts(check.components)
    assert "Exercises" not in labels(check.components)


async def test_what_is_true_about_a_person_raises_what_it_bears_on(club: DemoClub) -> None:
    check = await checking(club, "neck")
    await check.to_the_end(risks="cancer")

    assert "Red: " in texts(check.components)


@pytest.mark.parametrize(("fact", "alarm"), [("self_harm", "crisis"), ("took_tablets", "overdose")])
async def test_a_crisis_shows_whom_to_call_for_that_and_nothing_else(club: DemoClub, fact: str, alarm: str) -> None:
    check = await checking(club, "knee")
    await check.group("crisis")
    await check.mark(fact)

    said = texts(check.components)
    says = {entry.id: entry.say for entry in check.library.alarms if entry.kind == "crisis"}
    assert [name for name, words in says.items() if words in said] == [alarm]
    assert "You matter" in said
    assert "Red: " not in said
    assert labels(check.components) == []


async def test_an_emergency_of_no_place_is_kept_and_stands_before_every_run(club: DemoClub) -> None:
    await agreed(club, "ana")
    page = await club.people["ana"].slash(club.channels["sore-legs"], "triage")
    check = at_first(club, club.people["ana"], page, "")
    await check.group("chest")
    await check.mark("chest_pain")

    blocked = await check.who.slash(club.channels["sore-legs"], "canirun", area="knee")

    said = texts(blocked.response.components)
    assert "be seen before you run" in said
    assert "I feel ill" in said
    (finding,) = await (await diary_of(club).of(check.who.id)).findings()
    assert (finding.area, finding.disposition) == ("", Disposition.EMERGENCY)


async def test_nothing_of_no_place_is_kept_when_nothing_was_wrong(club: DemoClub) -> None:
    await agreed(club, "ana")
    page = await club.people["ana"].slash(club.channels["sore-legs"], "triage")
    check = at_first(club, club.people["ana"], page, "")
    await check.none()

    assert await (await diary_of(club).of(check.who.id)).findings() == []


async def test_every_group_opens_its_questions_only(club: DemoClub) -> None:
    check = await checking(club, "knee")
    for group in check.library.triage.core:
        fresh = await checking(club, "knee")
        await fresh.group(group.id)
        names = [part["custom_id"] for part in flat(fresh.components) if "custom_id" in part]
        marks = [arguments_of(name)[-1] for name in names if action_of(name) == "check.mark"]
        assert marks == ids_of(group)


async def test_the_card_has_the_check_behind_one_button_and_a_check_without_a_place_asks_for_one_later(
    club: DemoClub,
) -> None:
    ana, channel = club.people["ana"], club.channels["sore-legs"]
    card = await ana.slash(channel, "pain", area="hip")
    from_card = await ana.click(card.response, label="Check my symptoms")
    bare = await ana.slash(channel, "triage")

    assert FIRST in texts(from_card.response.components)
    assert FIRST in texts(bare.response.components)
    fine = await ana.click(bare.response, label="None of these")
    assert "Where does it hurt" in texts(fine.response.components)
    menu = next(
        p["custom_id"] for p in flat(fine.response.components) if action_of(p.get("custom_id", "")) == "check.place"
    )
    chosen = await ana.select(fine.response, ["knee"], custom_id=menu)
    assert "How do you walk now?" in texts(chosen.response.components)


async def test_a_check_without_a_place_ends_at_a_sign_that_cannot_wait(club: DemoClub) -> None:
    ana = club.people["ana"]
    page = await ana.slash(club.channels["sore-legs"], "triage")
    group = await ana.click(page.response, label="Confused, drowsy, collapsed or very weak")
    collapsed = next(
        part["custom_id"] for part in flat(group.response.components) if "collapsed" in part.get("custom_id", "")
    )

    result = await ana.click(group.response, custom_id=collapsed)

    assert "emergency number" in texts(result.response.components)


async def test_a_late_press_shows_where_the_check_is_and_changes_nothing(club: DemoClub) -> None:
    check = await checking(club, "hip")
    none = next(p["custom_id"] for p in flat(check.components) if p.get("label") == "None of these")
    await check.none()
    shown = texts(check.components)

    late = await check.who.click(await posted(club, none), label="Again")

    assert texts(late.response.components) == shown


async def posted(club: DemoClub, custom_id: str):
    """A message in a channel with one button of that id."""
    layout = ui.LayoutView()
    layout.add_item(ui.ActionRow(ui.Button(label="Again", custom_id=custom_id)))
    layout.stop()
    await club.bot.get_channel(club.channels["general"].id).send(view=layout)
    return club.channels["general"].last_message


async def test_after_a_restart_the_answers_are_gone_and_it_says_so_with_the_stop_signs(club: DemoClub) -> None:
    check = await checking(club, "hip")
    fresh = Settings(shard_count=1, data=club.settings.data)
    await club.env.restart_bot(build(fresh, publisher=Publisher(fresh.data, force=True)))

    answer = await check.who.click(check.page.response, label="None of these")

    said = texts(answer.response.components)
    assert "no longer have your answers" in said
    assert "Chest pain" in said
    again = await check.who.click(answer.response, label="New check")
    assert FIRST in texts(again.response.components)


async def test_nothing_a_person_answered_stands_in_an_id(club: DemoClub) -> None:
    check = await checking(club, "knee")
    await check.to("age")
    await check.mark("age_60")
    names = [part["custom_id"] for part in flat(check.components) if "custom_id" in part]

    assert names
    assert not any("60" in arguments_of(name)[1:] or "age_60" in arguments_of(name) for name in names)


async def test_somebody_elses_check_cannot_be_answered(club: DemoClub) -> None:
    check = await checking(club, "hip")
    stolen = next(p["custom_id"] for p in flat(check.components) if p.get("label") == "None of these")

    answer = await club.people["ben"].click(await posted(club, stolen), label="Again")

    assert answer.ephemeral
    assert "no longer have your answers" in texts(answer.response.components)


async def test_a_place_is_never_milder_than_the_written_tier_of_what_is_pressed(club: DemoClub) -> None:
    check = await checking(club, "ankle")
    await check.to("walk")
    await check.mark("no_steps")
    await check.to_the_end()

    outcome = club.bot.locales.base.words("light-urgent")
    assert outcome in texts(check.components)
