"""Three hundred written cases: a runner's words and answers, and what they must come to."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.advice.loader import load
from bot.advice.search import Search
from bot.settings import CONTENT
from bot.triage.assessment import assess
from bot.triage.case import outcome, read_case

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "triage_cases.yaml").read_text("utf-8"))["cases"]
LIBRARY = load(CONTENT / "en")
SEARCH = Search(LIBRARY)
WORST_FIRST = ("emergency", "urgent", "clinician", "ask", "modify", "continue")


def played(case: dict[str, Any]) -> dict[str, Any]:
    return outcome(assess(LIBRARY, read_case(case, LIBRARY, SEARCH)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_written_case_comes_to_what_was_written(case: dict[str, Any]) -> None:
    result = played(case)

    assert (result["disposition"] or "ask") == case["expect"], case.get("note")
    assert set(case.get("because", [])) <= set(result["because"])


def test_no_emergency_comes_out_lower() -> None:
    table = Counter((case["expect"], played(case)["disposition"] or "ask") for case in CASES)
    lower = {pair: n for pair, n in table.items() if WORST_FIRST.index(pair[1]) > WORST_FIRST.index(pair[0])}

    assert not lower, json.dumps({f"{a} -> {b}": n for (a, b), n in lower.items()})
