"""The weekly check, through the front door."""

from datetime import timedelta

from bot.checkins.diary import new_id
from bot.checkins.weekly import WeeklyCheck
from bot.demo.club import Club
from tests.conftest import labels, texts
from tests.integration.diary import agreed, diary_of

MIDDLE = {"participation": ["17"], "training": ["8"], "performance": ["0"], "pain": ["8"]}


async def test_four_answers_make_a_score_and_a_chart(club: Club) -> None:
    ana = await agreed(club, "ana")
    form = await ana.slash(club.channels["sore-legs"], "weekly", area="hip")
    answer = await ana.submit_modal(form, MIDDLE)

    said = texts(answer.response.components)
    assert answer.ephemeral
    assert "This week: 33 out of 100" in said
    assert "One week up or down says little" in said
    assert [file.filename for file in answer.response.attachments] == ["weekly.png"]
    (check,) = await diary_of(club).weekly(ana.id)
    assert (check.area, check.score) == ("hip", 33)


async def test_nothing_bothered_me_is_enough(club: Club) -> None:
    ana = await agreed(club, "ana")
    form = await ana.slash(club.channels["sore-legs"], "weekly")
    answer = await ana.submit_modal(form, {"participation": ["0"]})

    assert "This week: 0 out of 100" in texts(answer.response.components)


async def test_a_missing_answer_is_asked_for_and_the_others_stay(club: Club) -> None:
    ana = await agreed(club, "ana")
    form = await ana.slash(club.channels["sore-legs"], "weekly")
    missing = await ana.submit_modal(form, {"participation": ["8"], "pain": ["25"]})

    assert "answer all four" in texts(missing.response.components)
    again = await ana.click(missing.response, label="Fix it")
    answer = await ana.submit_modal(
        again, {"participation": ["8"], "training": ["8"], "performance": ["8"], "pain": ["25"]}
    )
    assert "This week: 49 out of 100" in texts(answer.response.components)


async def test_trouble_that_stays_asks_for_the_symptom_check_and_one_bad_week_does_not(club: Club) -> None:
    ana = await agreed(club, "ana")
    for weeks in (1, 2):
        at = club.clock.now() - timedelta(weeks=weeks)
        await diary_of(club).keep(ana.id, WeeklyCheck(id=new_id(), at=at, area="hip", answers=(25, 25, 25, 25)))
    form = await ana.slash(club.channels["sore-legs"], "weekly", area="hip")
    answer = await ana.submit_modal(form, {name: ["25"] for name in MIDDLE})

    assert "three of the last four weeks" in texts(answer.response.components)
    assert "Check my symptoms" in labels(answer.response.components)
