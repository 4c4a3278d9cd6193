"""Finished symptom checks are kept for who agreed; an open one stands before the next run until somebody has looked."""

from datetime import timedelta

import pytest

from bot.advice.disposition import Disposition
from bot.checkins.models import CheckIn, Finding, NewSign
from bot.demo.club import DemoClub
from bot.ids import new_id
from bot.storage.people import Record, RecordKind
from bot.storage.vault import associated_data_of
from tests.integration.diary import agreed, diary_of, open_finding
from tests.support.components import labels, texts
from tests.support.pressing import Check, checking

FIRST = "Any of these, now or in the last days?"


async def flagged(club: DemoClub):
    """Ana's hip check ends with a doctor or physio within days."""
    await agreed(club, "ana")
    check = await checking(club, "hip")
    await check.none()
    await check.to("walk")
    await check.mark("limp")
    await check.to_the_end(began="crept")
    return check.who, check.page


async def asked(club: DemoClub) -> Check:
    """*Can I run?* with the knee, to its end."""
    check = await checking(club, "knee", "canirun")
    await check.to_the_end()
    return check


async def test_a_finished_check_is_kept_with_what_decided_it(club: DemoClub) -> None:
    ana, _ = await flagged(club)

    (finding,) = await (await diary_of(club).of(ana.id)).findings()
    assert (finding.area, finding.disposition, finding.open) == ("hip", Disposition.CLINICIAN, True)
    assert finding.because == ("W2",)
    assert finding.says == (("Slowly, or I do not know · With a limp", False),)
    assert finding.content == club.bot.locales.base.library.version


async def test_what_somebody_was_not_sure_of_is_kept_as_that_and_nothing_else_is(club: DemoClub) -> None:
    await agreed(club, "ana")
    check = await checking(club, "hip")
    await check.group("chest")
    await check.unsure()
    await check.mark("cough_blood")

    (finding,) = await (await diary_of(club).of(check.who.id)).findings()
    assert finding.disposition is Disposition.EMERGENCY
    assert finding.says == (("Coughing up blood", True),)
    blocked = await check.who.slash(club.channels["sore-legs"], "canirun", area="hip")
    assert "(not sure)" in texts(blocked.response.components)


async def test_a_check_from_before_that_named_a_whole_list_counts_as_not_sure(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    common = {"id": "c" * 32, "at": club.clock.now(), "area": "hip", "bone": False, "content": "x"}
    listed = Finding(**common, disposition=Disposition.URGENT, because=("H1", "H5"), reasons=("One.", "Two."))
    await (await diary_of(club).of(ana.id)).keep(listed)

    blocked = await ana.slash(club.channels["sore-legs"], "canirun", area="hip")

    assert "One. (not sure)" in texts(blocked.response.components)


async def test_be_seen_today_is_kept_even_when_somebody_leaves_then(club: DemoClub) -> None:
    await agreed(club, "ana")
    check = await checking(club, "hip")
    await check.none()
    await check.to("walk")
    await check.mark("no_steps")

    (finding,) = await (await diary_of(club).of(check.who.id)).findings()
    assert finding.disposition is Disposition.URGENT


async def test_nothing_is_kept_of_who_did_not_agree(club: DemoClub) -> None:
    ben = (await emergency(club, "hip", "ben")).who

    assert await club.services.storage.people.find(ben.id) is None
    assert await club.services.storage.records.of_person(ben.id) == []


async def test_an_open_finding_means_no_run_until_the_person_was_seen(club: DemoClub) -> None:
    ana, _ = await flagged(club)
    blocked = await ana.slash(club.channels["sore-legs"], "canirun", area="hip")
    elsewhere = await ana.slash(club.channels["sore-legs"], "canirun", area="knee")

    assert "be seen before you run" in texts(blocked.response.components)
    assert FIRST in texts(elsewhere.response.components)
    asked_once = await ana.click(blocked.response, label="I was seen and told I may run")
    check = await ana.click(asked_once.response, label="Yes, I was told so")
    assert FIRST in texts(check.response.components)
    (finding,) = await (await diary_of(club).of(ana.id)).findings()
    assert not finding.open
    again = await ana.slash(club.channels["sore-legs"], "canirun", area="hip")
    assert FIRST in texts(again.response.components)


async def test_a_new_check_does_not_clear_an_old_finding(club: DemoClub) -> None:
    ana, _ = await flagged(club)
    check = await checking(club, "hip")
    await check.to_the_end()

    blocked = await ana.slash(club.channels["sore-legs"], "canirun", area="hip")

    assert "be seen before you run" in texts(blocked.response.components)


async def ran(club: DemoClub, days_ago: float, pain: int, *, during: int | None = None) -> None:
    at = club.clock.now() - timedelta(days=days_ago)
    entry = CheckIn(id=new_id(), at=at, area="knee", pain=pain, during=during)
    await (await diary_of(club).of(club.people["ana"].id)).keep(entry)


async def test_a_bad_last_run_in_the_diary_is_red_whatever_is_answered(club: DemoClub) -> None:
    await agreed(club, "ana")
    await ran(club, 1, 2, during=7)

    result = (await asked(club)).page

    said = texts(result.response.components)
    assert "Red: do not run today" in said
    assert "In your diary: it hurt 7 out of 10 on your last run" in said


async def test_two_bad_runs_in_a_row_ask_for_a_clinician_until_somebody_has_looked(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    await ran(club, 6, 2, during=7)
    await ran(club, 4, 2, during=8)

    blocked = await ana.slash(club.channels["sore-legs"], "canirun", area="knee")

    assert "two runs in a row" in texts(blocked.response.components)
    assert "I was seen and told I may run" in labels(blocked.response.components)
    sure = await ana.click(blocked.response, label="I was seen and told I may run")
    await ana.click(sure.response, label="Yes, I was told so")
    again = await ana.slash(club.channels["sore-legs"], "canirun", area="knee")
    assert FIRST in texts(again.response.components)


@pytest.mark.parametrize("what", ["triage", "canirun"])
async def test_a_broken_database_does_not_stand_in_the_way(faulty_club: DemoClub, what: str) -> None:
    club = faulty_club
    await agreed(club, "ana")
    async with club.services.storage.limber.writing() as connection:
        await connection.execute("drop table record")
        await connection.execute("drop table person")

    check = await checking(club, "hip", what)
    await check.group("chest")
    await check.mark("chest_pain")

    assert "emergency number" in texts(check.components)


async def test_answers_are_gone_after_half_an_hour_and_it_says_so(club: DemoClub) -> None:
    ana = club.people["ana"]
    page = await ana.slash(club.channels["sore-legs"], "triage", area="hip")
    await club.env.advance_time(31 * 60)

    answer = await ana.click(page.response, label="None of these")

    said = texts(answer.response.components)
    assert "no longer have your answers" in said
    assert "Chest pain" in said


async def emergency(club: DemoClub, area: str, person: str = "ana") -> Check:
    check = await checking(club, area, person=person)
    await check.group("chest")
    await check.mark("chest_pain")
    return check


async def test_an_emergency_of_one_place_stands_before_runs_with_any_other(club: DemoClub) -> None:
    await agreed(club, "ana")
    ana = (await emergency(club, "hip")).who

    blocked = await ana.slash(club.channels["sore-legs"], "canirun", area="knee")

    said = texts(blocked.response.components)
    assert "be seen before you run" in said
    assert "emergency number" in said  # what to do about it, not only that one must not run


async def test_a_finding_made_while_the_questions_are_open_still_counts(club: DemoClub) -> None:
    await agreed(club, "ana")
    check = await checking(club, "knee", "canirun")
    await check.to("today")
    await emergency(club, "hip")

    await check.none()
    result = check.page

    assert "be seen before you run" in texts(result.response.components)


async def test_an_old_button_clears_only_what_its_card_showed(club: DemoClub) -> None:
    ana, _ = await flagged(club)
    blocked = await ana.slash(club.channels["sore-legs"], "canirun", area="hip")
    await emergency(club, "hip")
    sure = await ana.click(blocked.response, label="I was seen and told I may run")

    still = await ana.click(sure.response, label="Yes, I was told so")

    assert "be seen before you run" in texts(still.response.components)
    still_open = {finding.disposition: finding.open for finding in await (await diary_of(club).of(ana.id)).findings()}
    assert still_open == {Disposition.CLINICIAN: False, Disposition.EMERGENCY: True}


async def test_what_stood_on_no_card_is_not_closed_with_another_place(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    await open_finding(club, "knee")
    await open_finding(club, "", Disposition.URGENT)
    blocked = await ana.slash(club.channels["sore-legs"], "canirun", area="knee")
    sure = await ana.click(blocked.response, label="I was seen and told I may run")

    still = await ana.click(sure.response, label="Yes, I was told so")

    assert "be seen before you run" in texts(still.response.components)
    findings = await (await diary_of(club).of(ana.id)).findings()
    assert [finding.area for finding in findings if finding.open] == ["knee"]


async def test_an_emergency_is_not_covered_by_what_is_milder_and_both_are_kept(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    check = await checking(club, "knee", "canirun")
    await open_finding(club, "knee")
    await check.group("chest")
    await check.mark("chest_pain")

    assert "Red: get help now" in texts(check.components)
    kept = {finding.disposition for finding in await (await diary_of(club).of(ana.id)).findings()}
    assert kept == {Disposition.CLINICIAN, Disposition.EMERGENCY}


async def test_a_check_that_is_stopped_by_the_diary_is_kept(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    check = await checking(club, "knee", "canirun")
    await open_finding(club, "knee")
    await check.to_the_end()

    assert "be seen before you run" in texts(check.components)
    assert len(await (await diary_of(club).of(ana.id)).findings()) == 2


async def test_a_red_run_after_somebody_has_looked_counts_on_the_same_day_too(club: DemoClub) -> None:
    ana, _ = await flagged(club)
    await (await diary_of(club).of(ana.id)).clear("knee", (), "x")
    await club.env.advance_time(3600)
    await ran(club, 0, 2, during=9)

    result = (await asked(club)).page

    assert "In your diary: it hurt 9 out of 10 on your last run" in texts(result.response.components)


async def test_a_check_in_that_asks_to_stop_is_red_before_the_next_run(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    at = club.clock.now() - timedelta(hours=3)
    entry = CheckIn(id=new_id(), at=at, area="knee", pain=2, new=frozenset({NewSign.NUMBNESS}))
    await (await diary_of(club).of(ana.id)).keep(entry)

    result = (await asked(club)).page

    said = texts(result.response.components)
    assert "Red: do not run today" in said
    assert "Something is new" in said


async def test_a_quiet_run_today_does_not_hide_a_bad_one_yesterday(club: DemoClub) -> None:
    await agreed(club, "ana")
    await ran(club, 1.2, 2, during=9)
    await ran(club, 0.1, 0, during=0)

    result = (await asked(club)).page

    assert "Red: do not run today" in texts(result.response.components)


async def test_what_cannot_be_read_is_never_good_news(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    storage = club.services.storage
    sealed = await storage.vault.seal(
        ana.id, b'{"of": "a newer version"}', associated_data_of(RecordKind.ASSESSMENT, "a" * 32)
    )
    await storage.records.add(Record("a" * 32, ana.id, RecordKind.ASSESSMENT, club.clock.now(), sealed))

    result = (await asked(club)).page

    said = texts(result.response.components)
    assert "Amber" in said
    assert "can’t be read" in said


async def test_without_a_time_zone_mornings_are_not_compared_in_silence(club: DemoClub) -> None:
    await agreed(club, "ana")
    await ran(club, 1, 0, during=0)

    result = (await asked(club)).page

    assert "don’t know your time zone" in texts(result.response.components)


async def test_a_milder_second_result_takes_no_emergency_away(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    diary = diary_of(club)
    common = {"id": "b" * 32, "at": club.clock.now(), "area": "hip", "because": (), "reasons": (), "bone": False}
    worse = Finding(**common, disposition=Disposition.EMERGENCY, content="x")

    await diary.keep_if_possible(ana.id, worse)
    await diary.keep_if_possible(ana.id, Finding(**common, disposition=Disposition.CONTINUE, content="x"))

    assert await (await diary.of(ana.id)).findings() == [worse]
