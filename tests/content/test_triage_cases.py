"""A thousand written cases: a runner's words and answers, and what they must come to."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.triage.answers import TRUE
from bot.triage.assessment import assess
from bot.triage.case import outcome, read_case
from bot.triage.questionnaire import questionnaire
from tests.support.content import shipped
from tests.support.written_cases import CASES, in_facts

HERE = Path(__file__).parent
LIBRARY, SEARCH = shipped().base.library, shipped().base.search
WORST_FIRST = ("emergency", "urgent", "clinician", "ask", "modify", "continue")


def played(case: dict[str, Any]) -> dict[str, Any]:
    return outcome(assess(LIBRARY, read_case(in_facts(case), LIBRARY, SEARCH)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_written_case_comes_to_what_was_written(case: dict[str, Any]) -> None:
    result = played(case)

    assert (result["disposition"] or "ask") == case["expect"], case.get("note")
    assert set(case.get("because", [])) <= set(result["because"])
    still_open = sorted({name.partition(".")[0] for name in result["unanswered"]})
    assert still_open == case.get("open", still_open), case.get("note")
    assert result["no_running_pain"] is case.get("no_running_pain", result["no_running_pain"]), case.get("note")


def test_no_emergency_comes_out_lower() -> None:
    table = Counter((case["expect"], played(case)["disposition"] or "ask") for case in CASES)
    lower = {pair: n for pair, n in table.items() if WORST_FIRST.index(pair[1]) > WORST_FIRST.index(pair[0])}

    assert not lower, json.dumps({f"{a} -> {b}": n for (a, b), n in lower.items()})


def test_every_sign_and_everything_that_makes_it_worse_holds_in_a_case() -> None:
    held: Counter[str] = Counter()
    for case in CASES:
        answers = read_case(in_facts(case), LIBRARY, SEARCH)
        asked = questionnaire(LIBRARY, answers.areas)
        settled = asked.settle(answers)
        held.update(rule.id for rule in asked.rules if rule.answer(settled) in TRUE)
    signs = [sign for page in (LIBRARY.general, *LIBRARY.areas.values()) for sign in (*page.red_flags, *page.patterns)]
    worse = [f"{sign.id}.{number}" for sign in signs for number, _ in enumerate(sign.escalations, start=1)]

    assert [name for name in (*(sign.id for sign in signs), *worse) if not held[name]] == []


def test_every_area_has_cases_for_itself() -> None:
    alone = Counter(case["areas"][0] for case in CASES if len(case["areas"]) == 1)

    assert {area: alone[area] for area in LIBRARY.areas if alone[area] < 20} == {}
