"""*Can I run?* the next day: the core anew, and "Still the same as last time?", for who agreed to have that kept."""

import json
from datetime import timedelta

import pytest

from bot.advice.disposition import Disposition
from bot.checkins.models import Finding
from bot.demo.club import DemoClub
from bot.ids import new_id
from bot.triage.answers import Lasting
from bot.triage.carry_over import CHANGED, LAST_TIME
from bot.triage.flow import Screen
from bot.triage.questionnaire import AGE, BEGAN, RISKS
from tests.integration.archive import archive_of
from tests.integration.diary import agreed, diary_of
from tests.support.components import labels, texts
from tests.support.pressing import Check, checking

ASKED = "Still the same as last time?"
OFFER = "A shorter check next time?"
BEFORE = 2  # the version of the words that did not name age, conditions and how it began


async def ran(club: DemoClub, area: str = "knee", **answers: str) -> tuple[Check, list[str]]:
    """*Can I run?*, fine in every way but for `answers`, and the ids of what was asked."""
    check = await checking(club, area, "canirun")
    asked = []
    while check.step.screen is not Screen.RESULT:
        asked.append(check.step.id)
        await check.fine(**answers)
    return check, asked


async def with_older_words(club: DemoClub) -> None:
    """Ana agreed to a diary before more was kept of a check."""
    ana = await agreed(club, "ana")
    await club.services.storage.people.set_version(ana.id, BEFORE)


async def kept(club: DemoClub) -> list[Lasting]:
    findings = await (await diary_of(club).of(club.people["ana"].id)).findings()
    return [finding.lasting for finding in findings]


async def test_the_next_day_only_the_core_is_asked_anew(club: DemoClub) -> None:
    await agreed(club, "ana")
    first, before = await ran(club)
    second, again = await ran(club)

    assert {AGE, RISKS, BEGAN} <= set(before)
    assert again[:2] == ["core", LAST_TIME]
    assert not {AGE, RISKS, BEGAN} & set(again)
    assert texts(second.components) == texts(first.components)


async def test_it_says_in_words_what_was_said(club: DemoClub) -> None:
    await agreed(club, "ana")
    await ran(club)
    check = await checking(club, "knee", "canirun")
    await check.to(LAST_TIME)

    said = texts(check.components)
    assert ASKED in said
    assert "Your age: 20 to 39" in said
    assert "Your health: nothing that I asked about" in said
    assert "How it began: A hard or unusual effort" in said
    assert labels(check.components) == ["Yes, still right", "Something changed", "Back"]


async def test_something_changed_asks_all_of_it(club: DemoClub) -> None:
    await agreed(club, "ana")
    await ran(club)
    _, asked = await ran(club, last_time=CHANGED)

    assert {LAST_TIME, AGE, RISKS, BEGAN} <= set(asked)


JOINT = "That joint was replaced, or injected lately"


@pytest.mark.parametrize(
    ("sure", "said"), [(True, f"Your health: {JOINT}. Nothing else"), (False, "Your health: nothing")]
)
async def test_a_condition_is_named_and_one_somebody_was_not_sure_of_is_asked_again(
    club: DemoClub, sure: bool, said: str
) -> None:
    await agreed(club, "ana")
    check = await checking(club, "knee", "canirun")
    await check.to(RISKS)
    if not sure:
        await check.unsure()
    await check.mark("new_joint")
    await check.to_the_end()
    again, asked = await checking(club, "knee", "canirun"), []
    await again.to(LAST_TIME)
    assert said in texts(again.components)
    while again.step.screen is not Screen.RESULT:
        asked += labels(again.components)
        await again.fine()

    assert (JOINT in asked) is not sure


async def test_how_it_began_stays_with_its_place(club: DemoClub) -> None:
    await agreed(club, "ana")
    await ran(club, "knee")
    check = await checking(club, "calf", "canirun")
    await check.to(LAST_TIME)

    assert "Your age" in texts(check.components)
    assert "How it began" not in texts(check.components)


@pytest.mark.parametrize(("days", "named"), [(27, True), (29, False)])
async def test_how_it_began_is_asked_again_after_four_weeks_without_a_check(
    club: DemoClub, days: int, named: bool
) -> None:
    await agreed(club, "ana")
    await ran(club)
    await club.env.advance_time(days * 24 * 3600)
    check = await checking(club, "knee", "canirun")
    await check.to(LAST_TIME)

    assert ("How it began" in texts(check.components)) is named


async def test_with_older_words_it_works_as_before_and_keeps_no_more(club: DemoClub) -> None:
    await with_older_words(club)
    _, first = await ran(club)
    _, second = await ran(club)

    assert first == second
    assert await kept(club) == [Lasting(), Lasting()]


async def test_with_older_words_what_stands_in_the_diary_still_stands_before_a_run(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    since = club.clock.now() - timedelta(days=1)
    common = {"id": new_id(), "at": since, "area": "knee", "because": ("K1",), "reasons": ("A fall.",)}
    finding = Finding(**common, disposition=Disposition.URGENT, bone=False, content="x")
    await (await diary_of(club).of(ana.id)).keep(finding)
    await club.services.storage.people.set_version(ana.id, BEFORE)

    card = await ana.slash(club.channels["sore-legs"], "canirun", area="knee")

    assert "Red: be seen before you run" in texts(card.response.components)


async def test_who_agreed_to_older_words_is_asked_and_a_yes_keeps_this_check_too(club: DemoClub) -> None:
    await with_older_words(club)
    check, _ = await ran(club)
    more = await check.who.click(check.page.response, label="More")
    assert OFFER in texts(more.response.components)
    answer = await check.who.click(more.response, label="Yes, keep them")
    assert "Next time I only ask" in texts(answer.response.components)

    again, asked = await ran(club)

    assert LAST_TIME in asked
    assert OFFER not in texts(again.components)
    assert {said.age for said in await kept(club)} == {20}


async def test_a_no_is_asked_once_and_changes_nothing_else(club: DemoClub) -> None:
    await with_older_words(club)
    check, before = await ran(club)
    more = await check.who.click(check.page.response, label="More")
    answer = await check.who.click(more.response, label="No, as before")
    again, asked = await ran(club)
    more = await check.who.click(again.page.response, label="More")
    history = await check.who.slash(club.channels["general"], "history")

    assert "I won’t ask again" in texts(answer.response.components)
    assert OFFER not in texts(more.response.components)
    assert asked == before
    assert await kept(club) == [Lasting(), Lasting()]
    assert "May I keep a diary" not in texts(history.response.components)


async def test_the_words_somebody_agrees_to_first_say_what_is_kept_of_a_check(club: DemoClub) -> None:
    ana = club.people["ana"]
    asked = await ana.slash(club.channels["general"], "checkin", area="knee", pain="3")

    assert "your age, health conditions" in texts(asked.response.components)


async def test_without_a_diary_nothing_is_carried_over(club: DemoClub) -> None:
    _, first = await ran(club)
    check, second = await ran(club)

    assert first == second
    assert OFFER not in texts(check.components)


async def test_it_stands_in_the_copy_and_goes_with_everything_else(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    await ran(club)
    copied = await archive_of(await ana.slash(club.channels["general"], "privacy export"))
    (row,) = json.loads(copied.read("everything.json"))["symptom_checks"]

    assert (row["age_from"], row["began"]) == (20, "effort")
    assert "periods_gone: no" in row["conditions"]
    assert "effort" in copied.read("symptom-checks.csv").decode()

    asked = await ana.slash(club.channels["general"], "privacy erase")
    await ana.click(asked.response, label="Yes, delete everything")
    await agreed(club, "ana")
    assert LAST_TIME not in (await ran(club))[1]
