"""Looking back, through the front door."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.advice.disposition import Disposition
from bot.checkins.days import look_back
from bot.checkins.models import CheckIn, Finding, NewSign
from bot.demo.club import DemoClub
from bot.expiring import LIFETIME_SECONDS, Expired, ExpiringStore
from bot.ids import new_id
from bot.ui.cards import report
from bot.ui.error_answers import error_card
from tests.integration.diary import agreed, diary_of, open_finding
from tests.support.components import flat, labels, texts


async def logged(club: DemoClub, name: str, area: str, pains: dict[int, int]):
    """Somebody with one check-in a day, `pains` by days ago."""
    person = await agreed(club, name)
    for ago, pain in pains.items():
        at = club.clock.now() - timedelta(days=ago)
        await (await diary_of(club).of(person.id)).keep(CheckIn(id=new_id(), at=at, area=area, pain=pain))
    return person


def chart(answer):
    """The gallery of a card, and the picture that came with it."""
    (gallery,) = [part for part in flat(answer.response.components) if part["type"] == 12]
    (file,) = answer.response.attachments
    return gallery["items"][0], file


async def test_checks_of_no_place_are_told_where_nothing_else_was_logged(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    await open_finding(club, "")

    for days in (28, 90):
        shown = await ana.slash(club.channels["general"], "history", days=days)

        assert "a reason" in texts(shown.response.components)
        assert "Symptom checks" in texts(shown.response.components)


async def test_a_chart_with_the_same_in_words(club: DemoClub) -> None:
    ana = await logged(club, "ana", "hip", {20: 6, 18: 6, 16: 5, 9: 4, 7: 4, 3: 3, 1: 2, 0: 2})

    answer = await ana.slash(club.channels["sore-legs"], "history", area="hip")

    said = texts(answer.response.components)
    item, file = chart(answer)
    assert answer.ephemeral
    assert "Getting better: from about 6 to about 2" in said
    assert "2 to 6 out of 10, on 8 days" in said
    assert "Nothing was logged from" in said
    assert "Getting better" in item["description"]
    assert file.filename == "history.png"


async def test_a_second_gap_is_one_more_time(club: DemoClub) -> None:
    ana = await logged(club, "ana", "hip", {20: 3, 10: 3, 0: 3})

    answer = await ana.slash(club.channels["sore-legs"], "history", area="hip")

    assert "and one more time." in texts(answer.response.components)


async def test_another_range_and_the_light_theme_take_its_place(club: DemoClub) -> None:
    ana = await logged(club, "ana", "hip", {200: 3, 1: 5})
    answer = await ana.slash(club.channels["sore-legs"], "history")

    year = await ana.click(answer.response, label="A year")
    light = await ana.click(year.response, label="Light")

    assert "3 to 5 out of 10" in texts(year.response.components)
    assert "Dark" in labels(light.response.components)


async def test_a_pain_that_was_never_another_is_no_range(club: DemoClub) -> None:
    ana = await logged(club, "ana", "hip", {1: 3, 0: 3})

    answer = await ana.slash(club.channels["sore-legs"], "history", area="hip")

    assert "Hip**: 3 out of 10, on 2 days" in texts(answer.response.components)


async def test_with_nothing_logged_it_says_so_and_how_to_begin(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    answer = await ana.slash(club.channels["sore-legs"], "history")

    assert "Nothing is logged in the last 28 days" in texts(answer.response.components)
    assert "Check in" in labels(answer.response.components)


@pytest.mark.parametrize(("command", "days"), [("history", 28), ("report", 90)])
async def test_where_another_place_was_logged_it_names_the_one_without(club: DemoClub, command: str, days: int) -> None:
    ana = await logged(club, "ana", "hip", {1: 5})

    answer = await ana.slash(club.channels["sore-legs"], command, area="knee")

    assert f"Knee: nothing is logged in the last {days} days" in texts(answer.response.components)


async def test_what_was_logged_before_that_is_one_press_away(club: DemoClub) -> None:
    ana = await logged(club, "ana", "hip", {40: 5})
    answer = await ana.slash(club.channels["sore-legs"], "history")

    longer = await ana.click(answer.response, label="90 days")
    report = await ana.slash(club.channels["sore-legs"], "report", days=28)
    assert "Your check-ins" in labels(report.response.components)
    year = await ana.click(report.response, label="A year")

    assert "5 out of 10, on 1 day" in texts(longer.response.components)
    assert "5 out of 10, on 1 day" in texts(year.response.components)

    entries = await ana.click(year.response, label="Your check-ins")
    assert "Hip: 5 out of 10" in texts(entries.response.components)


async def test_history_asks_for_consent_too(club: DemoClub) -> None:
    ben = club.people["ben"]
    answer = await ben.slash(club.channels["sore-legs"], "history")

    assert "May I keep a diary for you?" in texts(answer.response.components)


async def test_it_shows_ones_own_entries_only(club: DemoClub) -> None:
    await logged(club, "ana", "hip", {2: 6, 1: 6})
    ben = await logged(club, "ben", "knee", {1: 1})

    answer = await ben.slash(club.channels["sore-legs"], "history")
    entries = await ben.click(answer.response, label="Your check-ins")

    assert "Hip" not in texts(answer.response.components) + texts(entries.response.components)
    assert "Knee: 1 out of 10" in texts(entries.response.components)


@pytest.mark.parametrize("area", ["pizza", "worst headache of my life"])
async def test_words_that_lead_nowhere_or_cannot_wait(club: DemoClub, area: str) -> None:
    ana = await agreed(club, "ana")
    answer = await ana.slash(club.channels["sore-legs"], "history", area=area)

    said = texts(answer.response.components)
    assert "I do not know" in said or "emergency" in said


async def test_no_area_stands_in_an_id(club: DemoClub) -> None:
    ana = await logged(club, "ana", "hip", {2: 6, 1: 6})
    answer = await ana.slash(club.channels["sore-legs"], "history", area="hip")

    assert not any("hip" in part.get("custom_id", "") for part in flat(answer.response.components))


async def test_one_page_for_a_physio(club: DemoClub) -> None:
    ana = await logged(club, "ana", "hip", {20: 6, 9: 4, 3: 3, 1: 2})
    answer = await ana.slash(club.channels["sore-legs"], "report", area="hip", tried="Rest, and shorter runs")

    (file,) = answer.response.attachments
    assert answer.ephemeral
    assert file.filename == "limber-report.pdf"


async def test_the_chart_has_a_button_for_the_page(club: DemoClub) -> None:
    ana = await logged(club, "ana", "hip", {2: 6, 1: 6})
    history = await ana.slash(club.channels["sore-legs"], "history")

    answer = await ana.click(history.response, label="Page for a physio")

    assert [file.filename for file in answer.response.attachments] == ["limber-report.pdf"]


async def test_a_report_without_anything_logged_says_so(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    answer = await ana.slash(club.channels["sore-legs"], "report")

    assert "Nothing is logged in the last 90 days" in texts(answer.response.components)


@pytest.mark.parametrize("late", ["A year", "Light", "Page for a physio"])
async def test_a_late_button_says_how_to_look_again(club: DemoClub, late: str) -> None:
    ana = await logged(club, "ana", "hip", {2: 6, 1: 6})
    history = await ana.slash(club.channels["sore-legs"], "history")
    await club.env.advance_time(LIFETIME_SECONDS + 1)
    answer = await ana.click(history.response, label=late)

    assert "/history" in texts(answer.response.components)
    assert "New check" not in labels(answer.response.components)


async def test_a_late_button_of_a_check_in_offers_another_one(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    asked = await ana.slash(club.channels["sore-legs"], "checkin", area="hip", pain="nonsense")
    await club.env.advance_time(LIFETIME_SECONDS + 1)
    answer = await ana.click(asked.response, label="Fix it")

    assert "no longer have what you began" in texts(answer.response.components)
    assert labels(answer.response.components) == ["Check in"]
    again = await ana.click(answer.response, label="Check in")
    assert "Where is it?" in texts(again.response.components)


@pytest.mark.parametrize(
    ("gone", "said", "buttons"),
    [
        ("check-gone", "Chest pain", ["advice.open.now.unwell.0", "check.start"]),
        ("checkin-gone", "what you began", ["checkin.start"]),
        ("history-gone", "/history", []),
        ("weekly-gone", "/weekly", []),
    ],
)
async def test_what_is_gone_knows_the_way_back(club: DemoClub, gone: str, said: str, buttons: list[str]) -> None:
    kept: ExpiringStore[str] = ExpiringStore(club.clock.elapsed, gone)
    with pytest.raises(Expired) as caught:
        kept.find("0" * 16, 1)

    card = error_card(caught.value, club.bot.locales.base).to_components()
    assert said in texts(card)
    assert [part["custom_id"] for part in flat(card) if part["type"] == 2] == [f"l2.{action}" for action in buttons]


def page(club: DemoClub, areas: str, findings: list[Finding], **said: str) -> report.ReportPage:
    """The page of somebody who logged each area once, two days ago."""
    localized, now, zone = club.bot.locales.base, club.clock.now(), ZoneInfo("UTC")
    at = now - timedelta(days=2)
    diary = [CheckIn(id=new_id(), at=at, area=area, pain=3) for area in areas.split()]
    found = look_back(diary, zone, now, 90)
    told = report.ReportMaterial(diary, findings, **said)
    return report.page(localized.library, found, told, now.date(), zone, localized.words)


def test_each_day_of_the_page_is_the_one_it_was_where_it_was_logged(club: DemoClub) -> None:
    localized, berlin, new_york = club.bot.locales.base, "Europe/Berlin", ZoneInfo("America/New_York")
    at = datetime(2026, 5, 31, 22, 30, tzinfo=UTC)  # 1 June in Berlin, 31 May in New York
    entry = CheckIn(id=new_id(), at=at, area="hip", pain=3, note="Long run", new=frozenset({NewSign.LIMP}), zone=berlin)
    lookback = look_back([entry], new_york, at + timedelta(days=2), 90)
    material = report.ReportMaterial([entry], [])

    shown = report.page(localized.library, lookback, material, date(2026, 6, 2), new_york, localized.words)

    assert "1 Jun 2026" in repr(shown)
    assert "31 May" not in repr(shown)


def facts(page: report.ReportPage, label: str) -> list[tuple[str, ...]]:
    return [fact.items for area in page.areas for fact in area.facts if fact.label == label]


async def test_what_the_person_adds_stands_on_the_page_once(club: DemoClub) -> None:
    one = page(club, "hip", [], since="the marathon", tried="rest")
    two = page(club, "hip knee", [], since="the marathon", tried="rest")

    assert (facts(one, "Since"), facts(one, "What was tried"), one.notes) == ([("the marathon",)], [("rest",)], ())
    assert two.notes == ("When it began: the marathon", "What was tried: rest")
    assert facts(two, "What was tried") == []
    assert all("first logged on" in items[0] for items in facts(two, "Since"))


def finding(at: datetime, *reasons: str) -> Finding:
    return Finding(
        id=new_id(),
        at=at,
        area="hip",
        disposition=Disposition.CLINICIAN,
        because=reasons,
        reasons=reasons,
        bone=False,
        content="1",
    )


async def test_a_cleared_check_says_so_and_a_bare_clearance_is_no_check(club: DemoClub) -> None:
    now = club.clock.now()
    then = now - timedelta(days=1)
    still, done, unnamed = finding(then, "a limp"), finding(then, "night pain").cleared(now), finding(then).cleared(now)
    bare = replace(finding(now), cleared_at=now)
    (checks,) = facts(page(club, "hip", [still, done, unnamed, bare]), "Symptom checks")

    assert len(checks) == 3
    cleared = [line for line in checks if f"cleared on {now.day} " in line]
    assert len(cleared) == 2
    assert not any("a limp" in line for line in cleared)


async def test_a_check_of_no_place_stands_on_the_page_once_and_says_so(club: DemoClub) -> None:
    then = club.clock.now() - timedelta(days=1)
    ill = replace(finding(then, "Chest pain"), area="", disposition=Disposition.EMERGENCY)
    (checks,) = facts(page(club, "hip knee", [ill]), "Symptom checks")

    assert [line.endswith("(Chest pain), of no one place") for line in checks] == [True]


async def test_a_check_of_no_place_stands_in_the_history_and_one_of_a_place_does_not(club: DemoClub) -> None:
    ana = await logged(club, "ana", "hip", {2: 6, 1: 6})
    then = club.clock.now() - timedelta(days=1)
    diary = await diary_of(club).of(ana.id)
    await diary.keep(replace(finding(then, "Coughing up blood"), area="", disposition=Disposition.EMERGENCY))
    await diary.keep(finding(then, "a limp"))
    answer = await ana.slash(club.channels["sore-legs"], "history")
    in_words = await ana.click(answer.response, label="In words")

    said = texts(in_words.response.components)
    assert "(Coughing up blood), of no one place" in said
    assert "a limp" not in said


async def test_a_trend_that_just_turned_says_so(club: DemoClub) -> None:
    ana = await logged(club, "ana", "hip", {20: 6, 18: 6, 16: 5, 9: 4, 7: 4, 5: 2, 3: 2, 1: 2, 0: 7})
    answer = await ana.slash(club.channels["sore-legs"], "history")

    assert "But on the last day it was 7" in texts(answer.response.components)
