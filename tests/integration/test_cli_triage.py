"""`limber triage`: for authors, and for replaying a case."""

import json

import pytest

from bot.ui.locales import LocalizedContent
from tests.support import command_line
from tests.support.content import shipped


def limber(*words: str, given: str = "") -> tuple[int, str]:
    result = command_line.limber("triage", *words, typed=given, locales=shipped())
    return result.returncode, result.stdout + result.stderr


def test_text_is_recognised_line_by_line() -> None:
    code, said = limber(
        "--text", "-", "--json", given="worst headache of my life\nno chest pain, just a sore hip\nmy itb\n"
    )

    headache, hip, itb = map(json.loads, said.splitlines())
    assert code == 0
    assert headache["at_least"] == "emergency"
    assert "HD1" in headache["flags"]
    assert hip == {"at_least": None, "flags": [], "areas": ["hip"]}
    assert itb["at_least"] is None


def test_the_flags_of_an_area_are_listed_its_own_first() -> None:
    code, said = limber("--flags", "knee", "--json")
    listed = json.loads(said)

    assert code == 0
    assert listed[0]["id"] == "K6"
    assert {"K7.1"} <= {worse["id"] for flag in listed for worse in flag["escalations"]}
    assert {"G1", "B1"} <= {flag["id"] for flag in listed if flag["general"]}
    assert "K3" in limber("--flags", "knee")[1]


def test_a_case_is_replayed(tmp_path) -> None:
    file = tmp_path / "case.json"
    file.write_text(
        json.dumps({"areas": ["knee", "elbow"], "pain": 3, "flags": {"K7": "yes", "K7.1": "unsure"}, "default": "no"})
    )

    code, said = limber("--answers", str(file), "--json")

    result = json.loads(said)
    assert code == 0
    assert result["disposition"] == "emergency"
    assert {"K7", "K7.1"} <= set(result["because"])
    assert result["complete"]


def test_what_is_not_answered_is_asked_and_never_mild() -> None:
    code, said = limber("--answers", "-", "--json", given='{"areas": ["hip"], "pain": 0}')

    result = json.loads(said)
    assert code == 0
    assert result["disposition"] is None
    assert not result["complete"]
    assert "H2" in result["unanswered"]
    assert "cannot be left open" in limber("--answers", "-", given='{"areas": ["hip"]}')[1]


@pytest.mark.parametrize(
    "case",
    [
        "nothing",
        "[]",
        '{"areas": ["elbow"]}',
        '{"areas": ["hip"], "flags": {"Z9": "yes"}}',
        '{"areas": ["hip"], "flags": {"H1": "maybe"}}',
        '{"areas": ["hip"], "flags": {"H1.9": "yes"}}',
        '{"areas": ["hip"], "flags": [1]}',
        '{"areas": ["hip"], "pain": 11}',
        '{"areas": ["hip"], "about": {"tall": true}}',
        '{"areas": ["hip"], "about": [1]}',
    ],
)
def test_a_case_that_cannot_be_replayed_is_one_sentence_and_exit_2(case: str) -> None:
    code, said = limber("--answers", "-", given=case)

    assert code == 2
    assert said.startswith("limber: ")
    assert "Traceback" not in said


def test_the_questions_end_with_the_first_yes_that_cannot_wait() -> None:
    code, said = limber(given="hip\nn\nmaybe\n?\n")

    assert code == 0
    assert "Get emergency help now" in said


def test_the_questions_can_be_answered_to_the_end(localized: LocalizedContent) -> None:
    library = localized.library
    area = library.areas["hip"]
    no, yes_or_no = "n\n", len(library.triage.modifiers)

    answers = "hip\n" + no * len(library.signs(area)) + "36\n" + no * yes_or_no + "1\n" + no * len(area.clues)
    code, said = limber(given=answers)

    assert code == 0
    assert library.guidance["continue"].title in said


def test_an_unknown_place_says_which_there_are() -> None:
    assert limber(given="elbow\n")[0] == 2
    assert limber("--flags", "elbow")[0] == 2
