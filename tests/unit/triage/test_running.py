"""May I run today? Any no is a no, an open question is never green, and nothing outranks a warning sign."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.disposition import Disposition
from bot.advice.model import Light
from bot.triage.answers import Answer, Answers
from bot.triage.assessment import assess
from bot.triage.questionnaire import questionnaire
from bot.triage.running import RunAnswers, Verdict, may_run, questions
from tests.support.checking import people
from tests.support.content import shipped

LIBRARY = shipped().base.library
AREAS = sorted(LIBRARY.areas)
WORST_FIRST = [Light.RED, Light.AMBER, Light.GREEN]


def best(area: str) -> RunAnswers:
    """Everything as well as it can be."""
    asked = questions(LIBRARY, LIBRARY.areas[area], has_run=True)
    return RunAnswers(rest=0, during=0, has_run=True, chosen={question.id: frozenset() for question in asked})


def verdict(area: str, given: RunAnswers, answers: Answers | None = None) -> Verdict:
    clear = answers or Answers((area,), {}, Answer.NO, given.rest)
    return may_run(LIBRARY, LIBRARY.areas[area], assess(LIBRARY, clear), given)


@st.composite
def runner(draw: st.DrawFn, area: str | None = None) -> tuple[str, RunAnswers]:
    """Somebody with any answers about running, any of them missing."""
    place = area or draw(st.sampled_from(AREAS))
    has_run = draw(st.sampled_from([True, True, False]))
    chosen = {}
    for question in questions(LIBRARY, LIBRARY.areas[place], has_run=has_run):
        ids = [answer.id for answer in question.answers]
        chosen[question.id] = frozenset(draw(st.sets(st.sampled_from(ids), max_size=2 if question.many else 1)))
    rest = draw(st.none() | st.integers(0, 10))
    during = draw(st.none() | st.integers(0, 10)) if has_run else None
    return place, RunAnswers(rest, during, has_run, chosen)


@pytest.mark.parametrize("area", AREAS)
def test_all_well_is_green_and_says_why(area: str) -> None:
    found = verdict(area, best(area))

    assert (found.light, found.unanswered, found.see_someone) == (Light.GREEN, (), False)
    assert found.reasons == (LIBRARY.running.limits.green_reason.replace("{pain}", "0"),)


@pytest.mark.parametrize("area", AREAS)
def test_every_warning_sign_that_is_not_a_plain_no_is_red(area: str) -> None:
    asked = questionnaire(LIBRARY, (area,))
    for rule in asked.rules:
        if rule.is_warning and all(fact in asked.asked for fact in rule.when[0]):
            for answer in (Answer.YES, Answer.UNSURE):
                facts = dict.fromkeys(rule.when[0], answer)
                found = verdict(area, best(area), Answers((area,), facts, Answer.NO, 0))
                assert found.light is Light.RED, (rule.id, answer)


@pytest.mark.parametrize("area", AREAS)
def test_every_answer_has_the_light_its_author_gave_it_and_says_why(area: str) -> None:
    good = best(area)
    for question in questions(LIBRARY, LIBRARY.areas[area], has_run=True):
        for answer in question.answers:
            found = verdict(area, replace(good, chosen={**good.chosen, question.id: frozenset({answer.id})}))
            painless = answer.sore and LIBRARY.areas[area].can_run.painless_walk
            assert found.light is (Light.RED if painless else answer.light), answer.id
            assert found.light is Light.GREEN or answer.reason in found.reasons


@pytest.mark.parametrize("area", AREAS)
def test_pain_on_the_run_follows_the_rule_and_the_areas_ceiling(area: str) -> None:
    ceiling = LIBRARY.areas[area].can_run.ceiling
    for pain in range(11):
        expected = Light.GREEN if pain <= 2 else Light.AMBER if pain <= 5 else Light.RED
        expected = Light.RED if pain > ceiling else expected
        assert verdict(area, replace(best(area), during=pain)).light is expected, pain


@pytest.mark.parametrize("rest", range(11))
def test_more_than_two_at_rest_is_red(rest: int) -> None:
    assert verdict("knee", replace(best("knee"), rest=rest)).light is (Light.RED if rest > 2 else Light.GREEN)


def test_ceilings_are_those_of_the_facts() -> None:
    ceilings = {area: LIBRARY.areas[area].can_run.ceiling for area in AREAS}

    assert ceilings["achilles"] == 5
    assert ceilings["neck_headache"] == 0
    assert {ceilings[area] for area in ("knee", "hip", "neck")} == {3}
    assert {ceilings[area] for area in ("hamstring", "calf", "quads", "groin")} == {2}


def test_hops_are_never_asked_where_a_tear_or_rupture_is_likely() -> None:
    asked = {area: questions(LIBRARY, LIBRARY.areas[area], has_run=True) for area in AREAS}
    about_hops = {area for area in AREAS if any(answer.hops for question in asked[area] for answer in question.answers)}

    assert about_hops.isdisjoint({"achilles", "calf", "hamstring", "quads", "groin", "neck", "neck_headache"})
    assert {"shin", "foot", "hip"} <= about_hops


def test_nobody_is_asked_to_try_a_hop() -> None:
    (hops,) = [answer for question in LIBRARY.running.today for answer in question.answers if answer.hops]

    assert "do not test it" in hops.text


def test_three_questions_about_running_at_most() -> None:
    assert len(LIBRARY.running.last_run) + len(LIBRARY.running.today) + len(["how much it hurt"]) <= 3


def test_a_diary_that_says_so_asks_for_a_clinician_but_only_when_it_is_red() -> None:
    chosen = best("knee").chosen
    bad = {**chosen, "after": frozenset({"sharp"})}

    assert verdict("knee", replace(best("knee"), chosen=bad, again=True)).see_someone
    assert not verdict("knee", replace(best("knee"), chosen=chosen, again=True)).see_someone


def test_without_a_last_run_it_is_at_best_amber() -> None:
    today: dict[str, frozenset[str]] = {
        question.id: frozenset() for question in questions(LIBRARY, LIBRARY.areas["knee"], has_run=False)
    }

    assert verdict("knee", RunAnswers(rest=0, has_run=False, chosen=today)).light is Light.AMBER


@given(runner())
def test_an_open_question_is_never_green_nor_amber(case: tuple[str, RunAnswers]) -> None:
    area, given = case
    found = verdict(area, given)

    assert (found.light is None or found.light is Light.RED) or not found.unanswered


@given(runner(), st.data())
def test_one_more_no_never_makes_it_lighter(case: tuple[str, RunAnswers], data: st.DataObject) -> None:
    area, given = case
    asked = questions(LIBRARY, LIBRARY.areas[area], has_run=given.has_run)
    question = data.draw(st.sampled_from(asked))
    answer = data.draw(st.sampled_from(question.answers))
    more = {**given.chosen, question.id: given.chosen[question.id] | {answer.id}}

    before, after = verdict(area, given).light, verdict(area, replace(given, chosen=more)).light

    if before is not None and after is not None:
        assert WORST_FIRST.index(after) <= WORST_FIRST.index(before)


@given(runner(), st.integers(0, 10), st.integers(0, 10))
def test_more_pain_never_makes_it_lighter(case: tuple[str, RunAnswers], one: int, other: int) -> None:
    area, given = case
    less, more = sorted((one, other))
    if given.has_run is not False:
        milder, worse = (verdict(area, replace(given, during=pain)).light for pain in (less, more))
        assert milder is None or worse is None or WORST_FIRST.index(worse) <= WORST_FIRST.index(milder)
    milder, worse = (verdict(area, replace(given, rest=pain)).light for pain in (less, more))
    assert milder is None or worse is None or WORST_FIRST.index(worse) <= WORST_FIRST.index(milder)


@given(people(LIBRARY))
def test_whatever_the_check_finds_running_is_never_milder(answers: Answers) -> None:
    area = answers.areas[0]
    found = may_run(LIBRARY, LIBRARY.areas[area], assess(LIBRARY, answers), replace(best(area), rest=answers.pain or 0))
    outcome = found.assessment.disposition

    if outcome is None:
        assert found.light in {None, Light.RED}
    elif outcome.worse_than(Disposition.MODIFY) or found.assessment.bone:
        assert found.light is Light.RED
        assert found.see_someone
