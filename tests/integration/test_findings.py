"""Finished symptom checks are kept for who agreed; an open one stands before the next run until somebody has looked."""

from datetime import timedelta

import pytest

from bot.advice.disposition import Disposition
from bot.checkins.models import CheckIn, Finding, NewSign
from bot.demo.club import DemoClub
from bot.ids import new_id
from bot.storage.people import Record, RecordKind
from bot.storage.vault import associated_data_of
from bot.triage.sessions import NONE
from tests.integration.diary import agreed, diary_of
from tests.integration.test_canirun import LAST, WELL, asked, choose_run, judged
from tests.integration.test_triage import choose, nothing_in, up_to_urgent
from tests.support.components import labels, texts


async def flagged(club: DemoClub):
    """Ana's hip check ends with a doctor or physio within days."""
    await agreed(club, "ana")
    ana, page = await up_to_urgent(club, "hip")
    page = await nothing_in(ana, page)
    page = await choose(ana, page, clinician_own="H8", clinician_general=NONE)
    return ana, await ana.click(page.response, label="Continue")


async def test_a_finished_check_is_kept_with_what_decided_it(club: DemoClub) -> None:
    ana, _ = await flagged(club)

    (finding,) = await (await diary_of(club).of(ana.id)).findings()
    assert (finding.area, finding.disposition, finding.open) == ("hip", Disposition.CLINICIAN, True)
    assert finding.because == ("H8",)
    assert finding.content == club.bot.locales.base.library.version


async def test_an_emergency_is_kept_without_guessing_which_sign_it_was(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    page = await ana.slash(club.channels["sore-legs"], "triage", area="hip")
    await ana.click(page.response, label="Yes, or not sure about one")

    (finding,) = await (await diary_of(club).of(ana.id)).findings()
    assert (finding.disposition, finding.reasons) == (Disposition.EMERGENCY, ())


async def test_nothing_is_kept_of_who_did_not_agree(club: DemoClub) -> None:
    ben = club.people["ben"]
    page = await ben.slash(club.channels["sore-legs"], "triage", area="hip")
    await ben.click(page.response, label="Yes, or not sure about one")

    assert await club.services.storage.people.find(ben.id) is None
    assert await club.services.storage.records.of_person(ben.id) == []


async def test_an_open_finding_means_no_run_until_the_person_was_seen(club: DemoClub) -> None:
    ana, _ = await flagged(club)
    blocked = await ana.slash(club.channels["sore-legs"], "canirun", area="hip")
    elsewhere = await ana.slash(club.channels["sore-legs"], "canirun", area="knee")

    assert "be seen before you run" in texts(blocked.response.components)
    assert "Step 1 of 6" in texts(elsewhere.response.components)
    asked_once = await ana.click(blocked.response, label="I was seen and told I may run")
    check = await ana.click(asked_once.response, label="Yes, I was told so")
    assert "Step 1 of 6" in texts(check.response.components)
    (finding,) = await (await diary_of(club).of(ana.id)).findings()
    assert not finding.open
    again = await ana.slash(club.channels["sore-legs"], "canirun", area="hip")
    assert "Step 1 of 6" in texts(again.response.components)


async def test_a_new_check_does_not_clear_an_old_finding(club: DemoClub) -> None:
    ana, _ = await flagged(club)
    ana, page = await up_to_urgent(club, "hip", pain="0")
    page = await nothing_in(ana, page)
    await nothing_in(ana, page)

    blocked = await ana.slash(club.channels["sore-legs"], "canirun", area="hip")

    assert "be seen before you run" in texts(blocked.response.components)


async def ran(club: DemoClub, days_ago: float, pain: int, *, during: int | None = None) -> None:
    at = club.clock.now() - timedelta(days=days_ago)
    entry = CheckIn(id=new_id(), at=at, area="knee", pain=pain, during=during)
    await (await diary_of(club).of(club.people["ana"].id)).keep(entry)


async def test_a_bad_last_run_in_the_diary_is_red_whatever_is_answered(club: DemoClub) -> None:
    await agreed(club, "ana")
    await ran(club, 1, 2, during=7)

    _, result = await asked(club)

    said = texts(result.response.components)
    assert "Red: do not run today" in said
    assert "In your diary: it hurt 6 or more" in said


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
    assert "Step 1 of 6" in texts(again.response.components)


@pytest.mark.parametrize("what", ["triage", "canirun"])
async def test_a_broken_database_does_not_stand_in_the_way(faulty_club: DemoClub, what: str) -> None:
    club = faulty_club
    await agreed(club, "ana")
    async with club.services.storage.limber.writing() as connection:
        await connection.execute("drop table record")
        await connection.execute("drop table person")
    ana = club.people["ana"]

    page = await ana.slash(club.channels["sore-legs"], what, area="hip")
    result = await ana.click(page.response, label="Yes, or not sure about one")

    assert "emergency number" in texts(result.response.components)


async def test_answers_are_gone_after_half_an_hour_and_it_says_so(club: DemoClub) -> None:
    ana = club.people["ana"]
    page = await ana.slash(club.channels["sore-legs"], "triage", area="hip")
    await club.env.advance_time(31 * 60)

    answer = await ana.click(page.response, label="None of these")

    said = texts(answer.response.components)
    assert "no longer have your answers" in said
    assert "Chest pain" in said


async def emergency(club: DemoClub, area: str):
    ana = club.people["ana"]
    page = await ana.slash(club.channels["sore-legs"], "triage", area=area)
    await ana.click(page.response, label="Yes, or not sure about one")
    return ana


async def test_an_emergency_of_one_place_stands_before_runs_with_any_other(club: DemoClub) -> None:
    await agreed(club, "ana")
    ana = await emergency(club, "hip")

    blocked = await ana.slash(club.channels["sore-legs"], "canirun", area="knee")

    said = texts(blocked.response.components)
    assert "be seen before you run" in said
    assert "emergency number" in said  # what to do about it, not only that one must not run


async def test_a_finding_made_while_the_questions_are_open_still_counts(club: DemoClub) -> None:
    await agreed(club, "ana")
    ana, page = await asked(club)
    page = await choose_run(ana, page, during="1", **LAST)
    page = await ana.click(page.response, label="Continue")
    page = await choose_run(ana, page, **WELL, run_hops="fine")
    await emergency(club, "hip")

    result = await ana.click(page.response, label="Continue")

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


async def test_a_red_run_after_somebody_has_looked_counts_on_the_same_day_too(club: DemoClub) -> None:
    ana, _ = await flagged(club)
    await (await diary_of(club).of(ana.id)).clear("knee", (), "x")
    await club.env.advance_time(3600)
    await ran(club, 0, 2, during=9)

    _, result = await asked(club)

    assert "In your diary: it hurt 6 or more" in texts(result.response.components)


async def test_a_check_in_that_asks_to_stop_is_red_before_the_next_run(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    at = club.clock.now() - timedelta(hours=3)
    entry = CheckIn(id=new_id(), at=at, area="knee", pain=2, new=frozenset({NewSign.NUMBNESS}))
    await (await diary_of(club).of(ana.id)).keep(entry)

    _, result = await asked(club)

    said = texts(result.response.components)
    assert "Red: do not run today" in said
    assert "Something is new" in said


async def test_a_quiet_run_today_does_not_hide_a_bad_one_yesterday(club: DemoClub) -> None:
    await agreed(club, "ana")
    await ran(club, 1.2, 2, during=9)
    await ran(club, 0.1, 0, during=0)

    _, result = await asked(club)

    assert "Red: do not run today" in texts(result.response.components)


async def test_what_cannot_be_read_is_never_good_news(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    storage = club.services.storage
    sealed = await storage.vault.seal(
        ana.id, b'{"of": "a newer version"}', associated_data_of(RecordKind.ASSESSMENT, "a" * 32)
    )
    await storage.records.add(Record("a" * 32, ana.id, RecordKind.ASSESSMENT, club.clock.now(), sealed))

    _, result = await judged(club, hops="fine")

    said = texts(result.response.components)
    assert "Amber" in said
    assert "cannot be read" in said


async def test_without_a_time_zone_mornings_are_not_compared_in_silence(club: DemoClub) -> None:
    await agreed(club, "ana")
    await ran(club, 1, 0, during=0)

    _, result = await judged(club, hops="fine")

    assert "do not know your time zone" in texts(result.response.components)


async def test_a_milder_second_result_takes_no_emergency_away(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    diary = diary_of(club)
    common = {"id": "b" * 32, "at": club.clock.now(), "area": "hip", "because": (), "reasons": (), "bone": False}
    worse = Finding(**common, disposition=Disposition.EMERGENCY, content="x")

    await diary.keep_if_possible(ana.id, worse)
    await diary.keep_if_possible(ana.id, Finding(**common, disposition=Disposition.CONTINUE, content="x"))

    assert await (await diary.of(ana.id)).findings() == [worse]
