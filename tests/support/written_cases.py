"""The written cases of the symptom check: what somebody answers, and what that must come to."""

from typing import Any

from bot.settings import CONTENT
from tests.support.content import parsed

HERE = CONTENT.parent / "tests/content"
CASES: list[dict[str, Any]] = parsed(HERE / "triage_cases.yaml")["cases"]
CASES += [case for file in sorted((HERE / "second_reading").glob("*.yaml")) for case in parsed(file)["cases"]]
CARRIED: dict[str, list[str]] = parsed(HERE / "carried_signs.yaml")


def in_facts(case: dict[str, Any]) -> dict[str, Any]:
    """A case of the first check, which asked sign by sign, as facts; what is graver stands when two signs share one."""
    strength = ("no", "unsure", "yes")
    facts: dict[str, str] = {}
    for sign, answer in case.get("flags", {}).items():
        for fact in CARRIED[sign]:
            facts[fact] = max(facts.get(fact, "no"), answer, key=strength.index)
    about = dict(case.get("about", {}))
    for name in about.keys() & CARRIED.keys():
        if about.pop(name):
            facts |= dict.fromkeys(CARRIED[name], "yes")
    return {**case, "facts": {**facts, **case.get("facts", {})}, "about": about}
