"""Finished symptom checks are kept for who agreed; an open one stands before the next run until somebody has looked."""

from datetime import timedelta

import pytest

from bot.advice.disposition import Disposition
from bot.checkins.diary import new_id
from bot.checkins.entry import CheckIn
from bot.demo.club import Club
from bot.triage.sessions import NONE
from tests.conftest import labels, texts
from tests.integration.diary import agreed, diary_of
from tests.integration.test_canirun import asked
from tests.integration.test_triage import choose, nothing_in, up_to_urgent


async def flagged(club: Club):
    """Ana's hip check ends with a doctor or physio within days."""
    await agreed(club, "ana")
    ana, page = await up_to_urgent(club, "hip")
    page = await nothing_in(ana, page)
    page = await choose(ana, page, clinician_own="H8", clinician_general=NONE)
    return ana, await ana.click(page.response, label="Continue")


async def test_a_finished_check_is_kept_with_what_decided_it(club: Club) -> None:
    ana, _ = await flagged(club)

    (finding,) = await diary_of(club).findings(ana.id)
    assert (finding.area, finding.disposition, finding.open) == ("hip", Disposition.CLINICIAN, True)
    assert finding.because == ("H8",)
    assert finding.content == club.bot.editions.base.library.version


async def test_an_emergency_is_kept_without_guessing_which_sign_it_was(club: Club) -> None:
    ana = await agreed(club, "ana")
    page = await ana.slash(club.channels["sore-legs"], "triage", area="hip")
    await ana.click(page.response, label="Yes, or not sure about one")

    (finding,) = await diary_of(club).findings(ana.id)
    assert (finding.disposition, finding.reasons) == (Disposition.EMERGENCY, ())


async def test_nothing_is_kept_of_who_did_not_agree(club: Club) -> None:
    ben = club.people["ben"]
    page = await ben.slash(club.channels["sore-legs"], "triage", area="hip")
    await ben.click(page.response, label="Yes, or not sure about one")

    assert await club.services.storage.people.find(ben.id) is None
    assert await club.services.storage.records.of_person(ben.id) == []


async def test_an_open_finding_means_no_run_until_the_person_was_seen(club: Club) -> None:
    ana, _ = await flagged(club)
    blocked = await ana.slash(club.channels["sore-legs"], "canirun", area="hip")
    elsewhere = await ana.slash(club.channels["sore-legs"], "canirun", area="knee")

    assert "be seen before you run" in texts(blocked.response.components)
    assert "Step 1 of 6" in texts(elsewhere.response.components)
    check = await ana.click(blocked.response, label="I was seen and told I may run")
    assert "Step 1 of 6" in texts(check.response.components)
    (finding,) = await diary_of(club).findings(ana.id)
    assert not finding.open
    again = await ana.slash(club.channels["sore-legs"], "canirun", area="hip")
    assert "Step 1 of 6" in texts(again.response.components)


async def test_a_new_check_does_not_clear_an_old_finding(club: Club) -> None:
    ana, _ = await flagged(club)
    ana, page = await up_to_urgent(club, "hip", pain="0")
    page = await nothing_in(ana, page)
    await nothing_in(ana, page)

    blocked = await ana.slash(club.channels["sore-legs"], "canirun", area="hip")

    assert "be seen before you run" in texts(blocked.response.components)


async def ran(club: Club, days_ago: float, pain: int, *, during: int | None = None) -> None:
    at = club.clock.now() - timedelta(days=days_ago)
    entry = CheckIn(id=new_id(), at=at, area="knee", pain=pain, during=during)
    await diary_of(club).keep(club.people["ana"].id, entry)


async def test_a_bad_last_run_in_the_diary_is_red_whatever_is_answered(club: Club) -> None:
    await agreed(club, "ana")
    await ran(club, 1, 2, during=7)

    _, result = await asked(club)

    said = texts(result.response.components)
    assert "Red: do not run today" in said
    assert "In your diary: it hurt 6 or more" in said


async def test_two_bad_runs_in_a_row_ask_for_a_clinician_until_somebody_has_looked(club: Club) -> None:
    ana = await agreed(club, "ana")
    await ran(club, 6, 2, during=7)
    await ran(club, 4, 2, during=8)

    blocked = await ana.slash(club.channels["sore-legs"], "canirun", area="knee")

    assert "two runs in a row" in texts(blocked.response.components)
    assert "I was seen and told I may run" in labels(blocked.response.components)
    await ana.click(blocked.response, label="I was seen and told I may run")
    again = await ana.slash(club.channels["sore-legs"], "canirun", area="knee")
    assert "Step 1 of 6" in texts(again.response.components)


@pytest.mark.parametrize("what", ["triage", "canirun"])
async def test_a_broken_database_does_not_stand_in_the_way(faulty_club: Club, what: str) -> None:
    club = faulty_club
    await agreed(club, "ana")
    async with club.services.storage.limber.writing() as connection:
        await connection.execute("drop table record")
        await connection.execute("drop table person")
    ana = club.people["ana"]

    page = await ana.slash(club.channels["sore-legs"], what, area="hip")
    result = await ana.click(page.response, label="Yes, or not sure about one")

    assert "emergency number" in texts(result.response.components)


async def test_answers_are_gone_after_half_an_hour_and_it_says_so(club: Club) -> None:
    ana = club.people["ana"]
    page = await ana.slash(club.channels["sore-legs"], "triage", area="hip")
    await club.env.advance_time(31 * 60)

    answer = await ana.click(page.response, label="None of these")

    said = texts(answer.response.components)
    assert "no longer have your answers" in said
    assert "Chest pain" in said
