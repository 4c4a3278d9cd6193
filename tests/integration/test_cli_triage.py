"""`limber triage`: for authors, and for replaying a case."""

import json

import pytest

from bot.advice.library import Library
from bot.triage.answers import Session
from bot.triage.flow import Screen, Step, mark, next_step, none_or_done
from bot.triage.questionnaire import ids_of
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


def test_the_questions_of_an_area_are_listed_with_what_they_lead_to() -> None:
    code, said = limber("--facts", "knee", "--json")
    listed = json.loads(said)

    assert code == 0
    assert listed["questions"][0]["id"] == "chest"
    assert "chest_pain" in listed["questions"][0]["answers"]
    assert {"K7", "G1", "W1"} <= {rule["id"] for rule in listed["rules"]}
    assert "when no_steps" in limber("--facts", "knee")[1]


def test_a_case_is_replayed(tmp_path) -> None:
    file = tmp_path / "case.json"
    case = {"areas": ["knee", "elbow"], "pain": 3, "facts": {"hot_joint": "yes", "fever": "unsure"}, "default": "no"}
    file.write_text(json.dumps(case))

    code, said = limber("--answers", str(file), "--json")

    result = json.loads(said)
    assert code == 0
    assert result["disposition"] == "emergency"
    assert result["reasons"][0]["unsure"]
    assert result["complete"]


def test_what_is_not_answered_is_asked_and_never_mild() -> None:
    code, said = limber("--answers", "-", "--json", given='{"areas": ["hip"], "pain": 0}')

    result = json.loads(said)
    assert code == 0
    assert result["disposition"] is None
    assert not result["complete"]
    assert "G1" in result["unanswered"]
    assert "cannot be left open" in limber("--answers", "-", given='{"areas": ["hip"]}')[1]


@pytest.mark.parametrize(
    "case",
    [
        "nothing",
        "[]",
        '{"areas": ["elbow"]}',
        '{"areas": ["hip"], "facts": {"moon": "yes"}}',
        '{"areas": ["hip"], "facts": {"limp": "maybe"}}',
        '{"areas": ["hip"], "facts": [1]}',
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


def test_a_sign_that_cannot_wait_ends_the_questions() -> None:
    code, said = limber(given="hip\n1\nmaybe\n1\n")

    assert code == 0
    assert "Get emergency help now" in said


def test_the_questions_can_be_answered_to_the_end(localized: LocalizedContent) -> None:
    session = Session("hip")
    presses = []
    while (step := next_step(localized.library, session)).screen is not Screen.RESULT:
        presses.append(_fine(localized.library, session, step))
    code, said = limber(given="\n".join(["hip", *presses, ""]))

    assert code == 0
    assert any(guidance.title in said for guidance in localized.library.guidance.values())


def _fine(library: Library, session: Session, step: Step) -> str:
    """None of it, or the first answer where one has to be given; as it is typed."""
    if step.question is None or step.question.many:
        none_or_done(library, session, step.id)
        return "0"
    mark(library, session, step.id, ids_of(step.question)[0])
    return "1"


def test_an_unknown_place_says_which_there_are() -> None:
    assert limber(given="elbow\n")[0] == 2
    assert limber("--facts", "elbow")[0] == 2
