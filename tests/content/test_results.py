"""What a result says on its first page: why it matters, by when to be seen, never "run less" beside "do not run"."""

import re

import pytest
from discord import ui

from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.advice.model import Concern
from bot.triage.answers import Answer, Answers
from bot.triage.assessment import Assessment, assess
from bot.triage.case import read_case
from bot.triage.questionnaire import Rule, questionnaire
from bot.ui.cards import check
from bot.ui.cards.parts import Card
from bot.ui.locales import LocalizedContent
from tests.support.written_cases import CASES, in_facts

NOT_RUN = re.compile(r"(?i)do(?: not|n['’]t) run|no running|not run until|leave out running")
DAYS = {"3 days": 3, "7 days": 7, "a week": 7, "a week or two": 14, "two weeks": 14}
TIME = re.compile(rf"(?i)within ({'|'.join(sorted(DAYS, key=len, reverse=True))})\b")
#: Any time by which to be seen, however it is put.
SEEN_BY = re.compile(
    r"(?i)\b(?:seen?|look|checked|book|find out)\b[^.;]*?\b(?:in|within|next)\s(?:the )?(?:next )?"
    r"(?:a|an|one|two|three|four|five|\d+) (?:hours?|days?|weeks?)"
)
MISSING = 0.04  # of results: where nothing can be left out, and no room is left


def test_what_says_not_to_run_says_nothing_of_running_less(library: Library) -> None:
    rules = {rule.id: rule for area in library.areas for rule in questionnaire(library, (area,)).rules}
    light = [rule for rule in rules.values() if rule.disposition in {Disposition.MODIFY, Disposition.CLINICIAN}]
    silent = [rule.id for rule in light if NOT_RUN.search(rule.why) and not (rule.no_running or rule.bone)]

    assert len([rule for rule in light if rule.no_running]) >= 35
    assert silent == ["SH4"]  # only if the foot goes numb


@pytest.fixture(scope="module")
def rules(library: Library) -> list[Rule]:
    """What sends somebody to a doctor or physio: by itself, or where a risk raises it."""
    every = {rule.id: rule for area in library.areas for rule in questionnaire(library, (area,)).rules}
    raised = {rule.id for rule in every.values() if rule.disposition is Disposition.MODIFY and rule.raised_by}
    return [rule for rule in every.values() if rule.disposition is Disposition.CLINICIAN or rule.id in raised]


def test_the_days_of_a_sign_are_those_that_its_words_name(rules: list[Rule]) -> None:
    named = {rule.id: {DAYS[time.lower()] for time in TIME.findall(rule.why)} for rule in rules}

    seen = [rule for rule in rules if rule.disposition is Disposition.CLINICIAN]
    assert {rule.id: {rule.within_days} for rule in seen} == {rule.id: named[rule.id] or {7} for rule in seen}
    raised = [rule for rule in rules if rule not in seen]
    assert [rule.id for rule in raised if named[rule.id] - {3 if rule.may_be_bone_or_clot else 7}] == []
    assert [rule.id for rule in rules for by in SEEN_BY.findall(rule.why) if not TIME.search(by)] == []
    assert sum(rule.within_days == 3 for rule in seen) >= 40


def test_a_sign_about_bone_that_may_wait_a_week_is_one_of_these(rules: list[Rule]) -> None:
    about = [r for r in rules if r.disposition is Disposition.CLINICIAN and Concern.BONE in r.flag.concerns]

    assert sorted(rule.id for rule in about if rule.within_days > 3) == [
        *("AN3.1", "G12", "GR5.2", "H8", "H9.1", "IT3", "SH3.3"),
    ]


@pytest.fixture(scope="module")
def results(localized: LocalizedContent) -> list[tuple[str, Assessment, list[str]]]:
    """Of each written case that comes to a result with reasons: its name, the assessment, the texts of each page."""
    library, area = localized.library, next(iter(localized.library.areas.values()))
    read = ((case["name"], read_case(in_facts(case), library, localized.search)) for case in CASES)
    judged = [(name, assess(library, answers)) for name, answers in read]
    return [
        (name, one, [text_of(page) for page in check.result(library, area, one, "0" * 16, localized.words)])
        for name, one in judged
        if one.disposition is not None and one.reasons and not any(reason.alarm for reason in one.reasons)
    ]


def text_of(card: Card) -> str:
    return "\n".join(item.content for item in card.walk_children() if isinstance(item, ui.TextDisplay))


def test_who_is_to_be_seen_hears_nothing_of_starting_again(localized: LocalizedContent, results) -> None:
    again = localized.words("result-no-running")

    said = {one.disposition for _, one, pages in results if any(again in page for page in pages)}

    assert said == {Disposition.MODIFY}


def test_who_is_to_see_a_doctor_reads_one_time_on_the_first_page(results) -> None:
    seen = {name: (one, pages[0]) for name, one, pages in results if one.disposition is Disposition.CLINICIAN}

    steps = {name: re.findall(r"Book today, and be seen within (\d+) days", page) for name, (_, page) in seen.items()}
    times = {name: {DAYS[t.lower()] for t in TIME.findall(page)} for name, (_, page) in seen.items()}

    assert steps == {name: [str(min(reason.within_days for reason in one.reasons))] for name, (one, _) in seen.items()}
    assert {name: found for name, found in times.items() if found - {int(steps[name][0])}} == {}
    assert {days for found in steps.values() for days in found} == {"3", "7", "14"}


def test_the_reason_that_is_explained_is_the_one_that_cannot_wait(library: Library) -> None:
    answers = dict.fromkeys(("weeks_6", "worse", "near_faint"), Answer.YES)
    one = assess(library, Answers(("achilles",), answers, Answer.NO))

    assert [(reason.id, reason.within_days) for reason in one.reasons] == [("G17", 3), ("A3.2", 14)]


@pytest.mark.parametrize(
    ("area", "facts", "pain", "days"),
    [
        ("foot", ("bone_spot", "crept", "walk_free", "diabetes"), None, 3),  # bone, whatever risk it was that raised it
        ("shin", ("shin_inner",), 7, 3),  # the number alone, of what may be bone
        ("neck", (), 7, 7),
    ],
)
def test_what_is_raised_waits_no_longer_than_bone_may(
    library: Library, area: str, facts: tuple[str, ...], pain: int | None, days: int
) -> None:
    one = assess(library, Answers((area,), dict.fromkeys(facts, Answer.YES), Answer.NO, pain=pain))

    assert (one.disposition, one.within_days) == (Disposition.CLINICIAN, days), [r.id for r in one.reasons]


def test_a_result_that_holds_somebody_back_says_why_on_its_first_page(results) -> None:
    whys = {
        name: (check.SENTENCE_END.split(one.reasons[0].why)[0], pages[0])
        for name, one, pages in results
        if one.disposition is not Disposition.CONTINUE and one.reasons[0].why
    }

    silent = [name for name, (why, page) in whys.items() if why not in page]

    assert len(whys) > 1000
    assert len(silent) <= MISSING * len(whys), silent
