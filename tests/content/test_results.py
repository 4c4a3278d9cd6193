"""What a result says on its first page: why it matters, and never "run less" beside "do not run"."""

import re

from discord import ui

from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.triage.assessment import assess
from bot.triage.case import read_case
from bot.triage.questionnaire import questionnaire
from bot.ui.cards import check
from bot.ui.locales import LocalizedContent
from tests.support.written_cases import CASES, in_facts

NOT_RUN = re.compile(r"(?i)do(?: not|n['’]t) run|no running|not run until|leave out running")
MISSING = 0.04  # of results: where nothing can be left out, and no room is left


def test_what_says_not_to_run_says_nothing_of_running_less(library: Library) -> None:
    rules = {rule.id: rule for area in library.areas for rule in questionnaire(library, (area,)).rules}
    light = [rule for rule in rules.values() if rule.disposition in {Disposition.MODIFY, Disposition.CLINICIAN}]
    silent = [rule.id for rule in light if NOT_RUN.search(rule.why) and not (rule.no_running or rule.bone)]

    assert len([rule for rule in light if rule.no_running]) >= 35
    assert silent == ["SH4"]  # only if the foot goes numb


def test_who_is_to_be_seen_today_hears_nothing_of_starting_again(localized: LocalizedContent) -> None:
    library, area, again = (
        localized.library,
        next(iter(localized.library.areas.values())),
        localized.words("result-no-running"),
    )
    for case in CASES:
        assessment = assess(library, read_case(in_facts(case), library, localized.search))
        if assessment.disposition is None or not assessment.disposition.worse_than(Disposition.MODIFY):
            continue
        pages = check.result(library, area, assessment, "0" * 16, localized.words)
        assert again not in str(
            [item.content for page in pages for item in page.walk_children() if isinstance(item, ui.TextDisplay)]
        ), case["name"]


def test_a_result_that_holds_somebody_back_says_why_on_its_first_page(localized: LocalizedContent) -> None:
    library, area = localized.library, next(iter(localized.library.areas.values()))
    silent, seen = [], 0
    for case in CASES:
        assessment = assess(library, read_case(in_facts(case), library, localized.search))
        if assessment.disposition in {None, Disposition.CONTINUE} or any(reason.alarm for reason in assessment.reasons):
            continue
        why = assessment.reasons[0].why if assessment.reasons else ""
        page = check.result(library, area, assessment, "0" * 16, localized.words)[0]
        texts = "\n".join(item.content for item in page.walk_children() if isinstance(item, ui.TextDisplay))
        seen += bool(why)
        if why and check.SENTENCE_END.split(why)[0] not in texts:
            silent.append(case["name"])

    assert seen > 1000
    assert len(silent) <= MISSING * seen, silent
