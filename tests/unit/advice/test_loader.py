"""Broken content, one fault at a time: what is said, where, and how to mend it."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.advice.document import read
from bot.advice.loader import load
from bot.advice.problem import ContentError, Problem
from bot.settings import CONTENT
from bot.ui.locales import languages
from tests.support.content import parsed
from tests.support.draft import read as read_shipped
from tests.support.examples import examples

ENGLISH = CONTENT / "en"
HIP, HIP_EXERCISES, HIP_ROUTINES, HIP_TIPS = (f"{kind}/hip.yaml" for kind in ("areas", "exercises", "routines", "tips"))
FILES = sorted(file.relative_to(ENGLISH).as_posix() for file in ENGLISH.rglob("*.yaml"))

TWENTY_MINUTES = """
  - id: hip_for_ever
    name: Hips for ever
    kind: loosening
    moment: anytime
    areas: [hip]
    intro: Far too long.
    steps:
{steps}
    sources: [house-rule]
"""


def test_the_content_as_it_stands_loads_and_names_its_version(draft):
    library = draft.load()

    assert library.language == "en"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d\+[0-9a-f]{7}", library.version)
    assert {"hip", "knee", "neck", "hamstring", "neck_headache"} <= set(library.areas)


def test_one_changed_word_changes_the_version(draft):
    before = draft.load().version
    draft.replace(HIP, "Hip and groin pain", "Groin and hip pain")

    assert draft.load().version != before


# --- what an area cannot do without -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [(HIP, key) for key in ("red_flags", "sources", "reviewed", "summary", "synonyms", "causes", "can_run", "id")]
    + [("areas/neck_headache.yaml", key) for key in ("red_flags", "id")],
)
def test_an_area_cannot_load_without_what_it_needs(draft, name, key):
    draft.drop(name, key)
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(name), 1)
    assert problem.what == f"`{key}` is missing"
    assert problem.mend.startswith("add it")


@pytest.mark.parametrize("key", ["red_flags", "sources", "causes", "exercises"])
def test_an_empty_list_is_as_bad_as_none(draft, key):
    draft.set(HIP, key, "[]")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HIP), draft.line(HIP, f"{key}: []"))
    assert f"`{key}` has too" in problem.what
    assert problem.mend.startswith("give at least ")


def test_a_flag_without_a_source_is_named_by_its_place(draft):
    draft.replace(HIP, "    sources: [robertson-2017, general-knowledge]\n", "")
    problem = draft.problem()

    assert problem.what == "`red_flags.1.sources` is missing"
    assert problem.line == draft.line(HIP, "- id: H2")


def test_a_review_date_from_another_age_is_not_believed(draft):
    draft.set(HIP, "reviewed", "1986-01-01")
    problem = draft.problem()

    assert problem.line == draft.line(HIP, "reviewed:")
    assert "too old to be true" in problem.what
    assert "write the day" in problem.mend


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "soon", "''", "yes", "[2026]"])
def test_a_review_date_that_is_no_day_is_one_problem_on_its_line(draft, day):
    draft.set(HIP, "reviewed", day)
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HIP), draft.line(HIP, "reviewed:"))
    assert problem.mend == "write it as 2026-11-28"


# --- references and ids -----------------------------------------------------------------------------------------------


def test_a_dangling_exercise_is_found_where_the_area_names_it(draft):
    draft.replace(HIP, "  - id: single_leg_bridge\n", "  - id: single_leg_brigde\n")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HIP), draft.line(HIP, "single_leg_brigde"))
    assert problem.what == "there is no `single_leg_brigde` among the exercises"
    assert "exercises/" in problem.mend


@pytest.mark.parametrize(
    ("name", "old", "new", "target"),
    [
        (HIP, "card: [H2, H3, H1, H5]", "card: [H2, H3, H1, H55]", "flags"),
        (HIP, "    causes: [load_jump]\n", "    causes: [load_jumb]\n", "causes"),
        (HIP_ROUTINES, "exercise: knee_sway", "exercise: knee_swya", "exercises"),
        (HIP_ROUTINES, "areas: [hip]", "areas: [hipp]", "areas"),
        (HIP_TIPS, "exercise: bridge", "exercise: bridgee", "exercises"),
        (HIP_EXERCISES, "areas: [hip, knee, hamstring]", "areas: [hip, knee, hamstrnig]", "areas"),
        ("areas/neck_headache.yaml", "also: [N1, N2,", "also: [N99, N2,", "flags"),
        (HIP, "check:\n  - walk\n", "check:\n  - walk\n  - wlak\n", "questions"),
        ("alarms.yaml", "flags: [G1, G4]", "flags: [G1, G99]", "flags"),
    ],
)
def test_every_kind_of_reference_must_lead_somewhere(draft, name, old, new, target):
    draft.replace(name, old, new)
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(name), draft.line(name, new.splitlines()[-1]))
    assert re.fullmatch(rf"there is no `\w+` among the {target}", problem.what)
    assert problem.mend.startswith("define it, or mend the id; ")


@pytest.mark.parametrize("name", [HIP, HIP_EXERCISES, HIP_ROUTINES, HIP_TIPS, "general.yaml", "alarms.yaml"])
def test_a_dangling_source_is_found_in_every_kind_of_file(draft, name):
    text, count = re.subn(r"sources: \[[a-z]", "sources: [nobody-1999, z", draft.text(name), count=1)
    assert count == 1
    draft.write(name, re.sub(r"nobody-1999, z[^,\]]*", "nobody-1999", text))
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(name), draft.line(name, "nobody-1999"))
    assert problem.what == "there is no `nobody-1999` among the sources"
    assert "sources.yaml" in problem.mend


def test_an_area_without_tips_is_told_which_file_to_write(draft):
    draft.file(HIP_TIPS).unlink()
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HIP), draft.line(HIP, "id: hip"))
    assert problem.what == "`hip` has no tips"
    assert "tips/hip.yaml" in problem.mend


def test_a_slip_in_a_tip_does_not_leave_the_area_without_tips(draft):
    draft.replace(HIP_TIPS, "moment: before\n", "moment: office\n")

    assert draft.problem().what == "`tips.1.moment` cannot be `office`"


def test_a_second_use_of_an_id_points_back_to_the_first(draft):
    bridge = parsed(draft.file(HIP_EXERCISES))["exercises"][0]
    assert bridge["id"] == "bridge"
    again = yaml.safe_dump([bridge], sort_keys=False, allow_unicode=True)
    draft.append("exercises/knee.yaml", "".join(f"  {line}\n" for line in again.splitlines()))
    problem = draft.problem()

    assert (problem.file, problem.line) == (
        draft.file("exercises/knee.yaml"),
        draft.line("exercises/knee.yaml", "- id: bridge"),
    )
    assert problem.what == "the id `bridge` is used twice"
    assert problem.mend.endswith(f"{HIP_EXERCISES}:{draft.line(HIP_EXERCISES, 'id: bridge')}")


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        (HIP_TIPS, "id: hip_walk_first", "id: hip_limp_check"),
        (HIP_ROUTINES, "id: hip_gentle_loosen", "id: hip_easy_strength"),
        (HIP, "id: H2", "id: H3"),
        (HIP, "id: after_more_running", "id: outer_side"),
        (HIP, "id: hip_now", "id: hip_where"),
        ("general.yaml", "id: G1", "id: G20"),
        ("sources.yaml", "id: robertson-2017", "id: hip-weakness-protocol-2016"),
    ],
)
def test_ids_are_used_once(draft, name, first, second):
    draft.replace(name, f"{second}\n", f"{first}\n")
    twice = [problem for problem in draft.problems() if "used twice" in problem.what]

    assert len(twice) == 1
    assert (twice[0].file, twice[0].line) == (draft.file(name), draft.line(name, f"- {first}", nth=2))
    assert f"`{first.removeprefix('id: ')}`" in twice[0].what
    assert "rename this one" in twice[0].mend


def test_a_flag_id_is_used_once_in_all_areas_together(draft):
    draft.replace("areas/knee.yaml", "id: K6\n", "id: H2\n")
    twice = [problem for problem in draft.problems() if "used twice" in problem.what]

    assert [problem.file for problem in twice] == [draft.file("areas/knee.yaml")]


def test_a_key_that_stands_twice_is_found_on_its_second_line(draft):
    draft.append(HIP, "title: Hip pain once more\n")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HIP), draft.line(HIP, "title:", nth=2))
    assert problem.what == "`title` stands twice in the same block"
    assert problem.mend == "keep one of the two"


def test_a_key_that_stands_twice_deep_inside_is_found_too(draft):
    draft.replace(HIP, "    disposition: urgent\n", "    disposition: urgent\n    disposition: clinician\n")
    problem = draft.problem()

    assert problem.line == draft.line(HIP, "disposition: clinician")
    assert "`disposition` stands twice" in problem.what


# --- files that are hardly files --------------------------------------------------------------------------------------


def test_a_tab_is_called_a_tab(draft):
    draft.replace(HIP, "  - id: H3\n", "\t- id: H3\n")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HIP), draft.line(HIP, "\t- id: H3"))
    assert "tab" in problem.what
    assert "indent with spaces" in problem.mend


@pytest.mark.parametrize(
    ("name", "text"),
    [(name, "") for name in (HIP, HIP_EXERCISES, HIP_ROUTINES, HIP_TIPS, "general.yaml", "search.yaml")]
    + [(HIP, text) for text in ("\n\n", "# only a remark\n", "---\n", "~\n")],
)
def test_an_empty_file_is_said_to_be_empty(draft, name, text):
    draft.write(name, text)
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(name), 1)
    assert problem.what == "the file is empty"
    assert problem.mend


@pytest.mark.parametrize("name", ["alarms.yaml", "guidance.yaml", "sources.yaml"])
def test_an_empty_single_file_does_not_break_all_that_refers_to_it(draft, name):
    draft.write(name, "")

    assert draft.problem().file == draft.file(name)


@pytest.mark.parametrize(
    "text", ["{{{ hip", "hip: [unclosed\n", "a: b: c\n", '"quoted', 'a: "quoted\n', "&", "a: 'it's'\n", "%", "@"]
)
def test_what_is_no_yaml_is_said_to_be_none(draft, text):
    draft.write(HIP, text)
    problem = draft.problem()

    assert problem.file == draft.file(HIP)
    assert 1 <= problem.line <= text.count("\n") + 1
    assert "not YAML" in problem.what
    assert "quotes, colons and indentation" in problem.mend


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", "42\n"])
def test_yaml_that_is_no_mapping_says_what_was_expected(draft, text):
    draft.write(HIP, text)
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HIP), 1)
    assert "key: value" in problem.what
    assert "docs/content-guide.md" in problem.mend


def test_a_file_in_another_encoding_is_found_on_the_line_of_its_first_strange_byte(draft):
    draft.replace(HIP, "  - hip joint\n", "  - hip joint café\n")
    draft.write(HIP, draft.file(HIP).read_bytes().replace("café".encode(), "café".encode("latin-1")))
    problem = draft.problem()

    before = draft.file(HIP).read_bytes().split(b"\xe9")[0]
    assert (problem.file, problem.line) == (draft.file(HIP), before.count(b"\n") + 1)
    assert problem.what == "this is not UTF-8 text"
    assert problem.mend == "save the file as UTF-8"


@pytest.mark.parametrize(
    "text",
    [
        "a: &a\n  b: *a\n",  # eats its own tail
        "a: " + "[" * 5_000 + "]" * 5_000,
        "a: " + "9" * 5_000,
        "reviewed: 2026-02-30\n",
        "a: !!int ''\n",
        "a: !!float nothing\n",
        "a: !!timestamp nothing\n",
        "? [1, 2]\n: 3\n",
        "? {a: b}\n: 3\n",
        "1: a\n2.5: b\nnull: c\ntrue: d\n2026-01-01: e\n",
        "!!python/object/apply:os.getcwd []\n",
        "a: 1\n---\nb: 2\n",
        "a: \0\n",
        "a: *nobody\n",
        "<<: 3\na: b\n",
    ],
    ids=lambda text: text[:24].replace("\n", " "),
)
def test_the_dark_corners_of_yaml_are_problems_too_and_no_crash(draft, text):
    draft.write(HIP, text)

    assert draft.file(HIP) in {problem.file for problem in draft.problems()}


# --- what stands in the file ------------------------------------------------------------------------------------------


def test_a_summary_of_5000_characters_is_measured(draft):
    draft.set(HIP, "summary", "x" * 5_000)
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HIP), draft.line(HIP, "summary:"))
    assert problem.what == "`summary` is 5000 characters long, at most 400 fit"
    assert problem.mend.startswith("shorten it to 400")


def test_an_unknown_key_is_guessed_at(draft):
    draft.replace(HIP, "symptoms:\n", "symptons:\n")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HIP), draft.line(HIP, "symptons:"))
    assert problem.what == "`symptons` is not a key we know"
    assert problem.mend == "did you mean `symptoms`?"


def test_an_unknown_key_deep_inside_is_guessed_at_too(draft):
    draft.replace(HIP_EXERCISES, "    harder: ", "    hader: ")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HIP_EXERCISES), draft.line(HIP_EXERCISES, "hader:"))
    assert problem.what == "`exercises.1.hader` is not a key we know"
    assert problem.mend == "did you mean `harder`?"


def test_an_unknown_key_like_none_of_ours_is_not_guessed_at(draft):
    draft.append(HIP, "zzzzz: 1\n")
    problem = draft.problem()

    assert problem.line == draft.line(HIP, "zzzzz")
    assert problem.mend == "remove it, or mend its name"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("    ask: Is this true too?\n", "", "`check.{}.ask` is missing"),
        ("ask: Is this true too?", "ask: 5", "`check.{}.ask` is not text"),
        ("ask: Is this true too?", "ask: Is this true too?\n    aks: 5", "`check.{}.aks` is not a key we know"),
        ("text: A lump in the groin}", "text: yes}", "`check.{}.answers.1.text` is not text"),
        (
            "text: A lump in the groin}\n",
            "text: A lump}\n      - groin_lump\n",
            "`check.{}`: two answers have the same id",
        ),
        ("  - walk\n", "  - Walk\n", "`check.1` cannot be `Walk`"),
        ("  - walk\n", "  - yes\n", "`check.1` is not text"),
    ],
)
def test_a_slip_in_a_question_is_one_problem_in_the_authors_words(draft, old, new, what):
    asked = parsed(draft.file(HIP))["check"]
    number = next(at for at, question in enumerate(asked, 1) if "hip_more" in str(question))
    draft.replace(HIP, old, new)

    assert draft.problem().what == what.format(number)


@pytest.mark.parametrize(
    ("name", "old", "new", "mend"),
    [
        (HIP, "id: H2\n", "id: hip2\n", "write one or two capitals and a number, such as H5"),
        (HIP, "- id: hip_more\n", "- id: Hip-more\n", "write small letters, digits and _,"),
        (HIP, "only_if: [groin_lump]", "only_if: groin_lump", "put [ ] round it"),
        (HIP, "only_if: [groin_lump]", "only_if: [groin_lump and snap]", "write facts with ' + ' between them"),
        (HIP, "    many: true\n", "    many: perhaps\n", "write true or false"),
        (HIP, "  ceiling: ", "  ceiling: about ", "write a whole number"),
        ("sources.yaml", "doi: 10.", "doi: https://doi.org/10.", "begin with 10., such as "),
    ],
)
def test_a_value_of_another_shape_is_answered_with_what_to_write(draft, name, old, new, mend):
    draft.replace(name, old, new)

    assert any(problem.mend.startswith(mend) for problem in draft.problems())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("steps: 'eNp", "steps: 'eN"),
        ("steps: 'eNp", "steps: 'no base64 "),
        ("bias: ", "bias: .nan #"),
        ("scale: ", "scale: .inf #"),
        ("raise_from: 0", "raise_from: 1"),
        ("heed_from: 0.", "heed_from: 0.9"),
    ],
)
def test_a_broken_classifier_is_one_problem_and_serves_nobody(draft, old, new):
    draft.replace("classifier.yaml", old, new)

    assert draft.problem().file == draft.file("classifier.yaml")


def test_an_alarm_is_meant_beside_a_class_that_there_is(draft):
    draft.replace("alarms.yaml", "meant_beside: <exert>", "meant_beside: <exertion>")

    assert "`<exertion>` is not defined" in draft.problem().what


def test_a_classifier_that_was_cut_off_says_how_to_make_it_again(draft):
    weights = yaml.safe_load(draft.file("classifier.yaml").read_text(encoding="utf-8"))
    weights["crisis"]["steps"] = weights["crisis"]["steps"][:1000]
    draft.file("classifier.yaml").write_text(yaml.safe_dump(weights), encoding="utf-8")

    assert "make classifier" in draft.problem().mend


def test_a_disposition_nobody_knows_is_answered_with_those_there_are(draft):
    draft.replace(HIP, "disposition: emergency", "disposition: emergancy")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HIP), draft.line(HIP, "emergancy"))
    assert problem.what == "`red_flags.1.disposition` cannot be `emergancy`"
    assert problem.mend.startswith("write one of: ")
    assert re.findall(r"[A-Za-z]+", problem.mend.partition(": ")[2]) == ["emergency", "urgent", "clinician"]


def test_a_red_flag_cannot_be_as_mild_as_a_pattern(draft):
    draft.replace(HIP, "disposition: emergency", "disposition: modify")

    assert draft.problem().line == draft.line(HIP, "disposition: modify")


def test_an_escalation_must_be_worse_than_what_it_escalates(draft):
    draft.replace(HIP, "      - disposition: emergency", "      - disposition: clinician")
    problem = draft.problem()

    assert problem.line == draft.line(HIP, "- id: H5")
    assert "worse than urgent" in problem.what
    assert "raise it or remove it" in problem.mend


def test_a_range_from_high_to_low_is_turned_down(draft):
    draft.replace(HIP_EXERCISES, "reps: 10-15", "reps: 15-10")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HIP_EXERCISES), draft.line(HIP_EXERCISES, "15-10"))
    assert "reps" in problem.what
    assert "the smaller number comes first" in problem.what
    assert problem.mend


def test_a_routine_of_twenty_minutes_is_too_long(draft):
    steps = "\n".join("      - exercise: knee_sway\n        seconds: 162" for _ in range(7))
    draft.append(HIP_ROUTINES, TWENTY_MINUTES.format(steps=steps))
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HIP_ROUTINES), draft.line(HIP_ROUTINES, "- id: hip_for_ever"))
    assert "3 to 10 minutes" in problem.what
    assert "1204 s" in problem.what
    assert "change its seconds or steps" in problem.mend


def test_an_area_in_a_file_of_another_name_is_told_its_name(draft):
    draft.file(HIP).rename(draft.file("areas/hips.yaml"))
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file("areas/hips.yaml"), draft.line("areas/hips.yaml", "id: hip"))
    assert problem.what == "the area `hip` stands in a file named hips.yaml"
    assert problem.mend == "name the file hip.yaml"


@pytest.mark.parametrize("line", ["chest + | pain", "chest + pain|", "a*", "+ chest", "chest-pain*|hurt"])
def test_an_alarm_line_that_cannot_be_read_is_found(draft, line):
    draft.replace("alarms.yaml", "    match:\n", f'    match:\n      - "{line}"\n')
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file("alarms.yaml"), draft.line("alarms.yaml", f'"{line}"'))
    assert f"`{line}`" in problem.what
    assert problem.mend


# --- what must be there -----------------------------------------------------------------------------------------------


def test_missing_guidance_is_missed(draft):
    text = draft.text("guidance.yaml")
    draft.write("guidance.yaml", text[: text.index("  - disposition: continue")])
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file("guidance.yaml"), draft.line("guidance.yaml", "guidance:"))
    assert "`guidance`" in problem.what
    assert "5" in problem.mend


def test_guidance_that_stands_twice_leaves_another_one_out(draft):
    draft.replace("guidance.yaml", "  - disposition: continue", "  - disposition: modify")
    problem = draft.problem()

    assert problem.file == draft.file("guidance.yaml")
    assert problem.what == "there is no guidance for `continue`"
    assert problem.mend == "add an entry for it"


@pytest.mark.parametrize("name", ["general", "guidance", "alarms", "search", "sources"])
def test_a_single_file_that_is_gone_is_missed(draft, name):
    draft.file(f"{name}.yaml").unlink()
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(f"{name}.yaml"), 1)
    assert problem.what == "this file is missing"
    assert problem.mend.startswith("put it back")


def test_a_list_under_a_misspelt_key_breaks_nothing_but_its_own_file(draft):
    draft.replace(HIP_EXERCISES, "exercises:\n", "exercise:\n")
    problems = draft.problems()

    assert {problem.file for problem in problems} == {draft.file(HIP_EXERCISES)}
    assert any("did you mean `exercises`?" in problem.mend for problem in problems)


# --- what may be shown before anybody asked ---------------------------------------------------------------------------


def test_an_exercise_with_a_demand_cannot_be_unscreened(draft):
    draft.replace(
        HIP_EXERCISES,
        "unscreened_ok: false\n    demands: [heavy_load]",
        "unscreened_ok: true\n    demands: [heavy_load]",
    )
    problem = draft.problem()

    assert (problem.file, problem.line) == (
        draft.file(HIP_EXERCISES),
        draft.line(HIP_EXERCISES, "- id: single_leg_bridge"),
    )
    assert "heavy_load" in problem.what
    assert "set unscreened_ok: false" in problem.mend


def test_an_exercise_for_headache_cannot_be_unscreened(draft):
    name = "exercises/neck_headache.yaml"
    breathing = "kind: rest\n    areas: [neck_headache]\n    unscreened_ok: "
    draft.replace(name, f"{breathing}false", f"{breathing}true")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(name), draft.line(name, "unscreened_ok: true"))
    assert "is for neck_headache" in problem.what
    assert "set unscreened_ok: false" in problem.mend


@pytest.mark.parametrize("words", ["Hop on the spot.", "Jump up.", "Sprint to the door.", "Lift a barbell."])
def test_an_exercise_with_a_strenuous_word_cannot_be_unscreened(draft, words):
    step = "Squeeze the muscles of your bottom gently, using about a third of your strength."
    draft.replace(HIP_EXERCISES, step, words)
    problem = draft.problem()

    at = draft.line(HIP_EXERCISES, "- id: glute_squeeze")
    shown = [line for line in range(at, at + 12) if "unscreened_ok" in draft.text(HIP_EXERCISES).splitlines()[line - 1]]
    assert (problem.file, problem.line) == (draft.file(HIP_EXERCISES), shown[0])
    assert "`glute_squeeze` is unscreened_ok but says" in problem.what
    assert "make it gentler" in problem.mend


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (HIP_TIPS, "exercise: bridge", "exercise: side_plank"),
        (HIP_ROUTINES, "exercise: bridge", "exercise: side_plank"),
    ],
)
def test_a_screened_exercise_cannot_be_named_where_nobody_was_asked(draft, name, old, new):
    draft.replace(name, old, new)
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(name), draft.line(name, new))
    assert problem.what.startswith("`side_plank` is not unscreened_ok")
    assert problem.mend == "choose a gentler exercise here"


@pytest.mark.parametrize("name", ["K6", "H2.1", "H11"])
def test_a_sign_that_the_area_does_not_ask_about_cannot_stand_on_its_card(draft, name):
    draft.replace(HIP, "card: [H2, H3, H1, H5]", f"card: [H2, H3, H1, {name}]")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HIP), draft.line(HIP, f"card: [H2, H3, H1, {name}]"))
    assert problem.what == f"{name} stands on the card of `hip`, and is no warning sign of that page"


# --- many faults, and any fault ---------------------------------------------------------------------------------------


def test_several_broken_files_are_all_reported_at_once_and_sorted(draft):
    draft.write(HIP_TIPS, "")
    draft.set(HIP, "summary", "x" * 5_000)
    draft.replace(HIP, "symptoms:\n", "symptons:\n")
    draft.replace("areas/knee.yaml", "  - id: K6\n", "\t- id: K6\n")
    draft.replace("exercises/neck.yaml", "unscreened_ok:", "unscreened:")
    draft.file("search.yaml").unlink()
    problems = draft.problems()

    assert {problem.file for problem in problems} == {
        draft.file(name) for name in (HIP_TIPS, HIP, "areas/knee.yaml", "exercises/neck.yaml", "search.yaml")
    }
    assert sum(problem.file == draft.file(HIP) for problem in problems) == 2
    assert problems == sorted(problems)
    assert len({str(problem) for problem in problems}) == len(problems)


def test_a_problem_reads_as_editors_and_ci_want_it(draft):
    draft.set(HIP, "summary", "x" * 5_000)
    problem = draft.problem()

    assert str(problem).startswith(
        f"{draft.file(HIP)}:{draft.line(HIP, 'summary:')}: `summary` is 5000 characters long, at most 400 fit; shorten "
    )
    assert "\n" not in str(problem)


def test_languages_are_found_at_in_and_above_a_path(draft):
    root = draft.folder.parent

    assert languages(root) == languages(draft.folder) == languages(draft.file(HIP)) == [draft.folder]
    assert languages(root / "nowhere") == []


def test_a_further_check_is_asked_only_when_all_else_is_well_and_its_finds_get_a_line(draft):
    def grumpy(_library):
        yield HIP, ("can_run", "ceiling"), "I do not like it", "change it"

    with pytest.raises(ContentError) as caught:
        load(draft.folder, checks=[grumpy], read=read_shipped)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (draft.file(HIP), draft.line(HIP, "ceiling:"))
    draft.drop(HIP, "reviewed")
    with pytest.raises(ContentError) as caught:
        load(draft.folder, checks=[grumpy], read=read_shipped)
    assert [problem.what for problem in caught.value.problems] == ["`reviewed` is missing"]


@pytest.fixture(scope="module")
def mangled(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("mangled") / "en"
    shutil.copytree(ENGLISH, folder)
    return folder


def _keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for entry in value.values() for key in _keys(entry)}
    return {key for entry in value for key in _keys(entry)} if isinstance(value, list) else set()


KEYS = sorted({key for name in FILES for key in _keys(parsed(ENGLISH / name))})
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.sampled_from(KEYS)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | SCALARS, inner, max_size=6),
    max_leaves=25,
)


@dataclass(frozen=True)
class Damage:
    """A piece cut out of a file, and something strange put in its place."""

    start: int
    length: int
    piece: bytes

    def on(self, whole: bytes) -> bytes:
        return whole[: self.start] + self.piece + whole[self.start + self.length :]


ALL_OF_IT = 1_000_000
STRANGE = (
    st.binary(max_size=200)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=200).map(str.encode)
    | st.dictionaries(st.sampled_from(KEYS), TREES, max_size=6).map(
        lambda tree: yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "surrogatepass")
    )
)
SLIPS = st.binary(max_size=8) | st.sampled_from(
    [b"\t", b": ", b"- ", b"'", b'"', b"[", b"&a *a", b"\n", b"\xff", b"2026-02-30"]
)
DAMAGES = st.builds(Damage, st.just(0), st.just(ALL_OF_IT), STRANGE) | st.builds(
    Damage, st.integers(0, 30_000), st.integers(0, 400), SLIPS
)
NO_SHRINKING = [Phase.explicit, Phase.reuse, Phase.generate]  # each try reads all the content


@settings(examples(15), phases=NO_SHRINKING)
@given(damage=DAMAGES, name=st.sampled_from(FILES))
def test_whatever_stands_in_one_file_nothing_but_a_content_error_comes_out(mangled, damage, name):
    file = mangled / name
    whole = file.read_bytes()
    file.write_bytes(damage.on(whole))
    try:
        problems = outcome(partial(load, read=read_shipped), mangled)
    finally:
        file.write_bytes(whole)
    assert all(problem.line >= 1 and problem.what and problem.mend for problem in problems)


@given(damage=DAMAGES)
def test_reading_one_file_ends_in_a_document_or_in_a_content_error(mangled, damage):
    written = damage.on((ENGLISH / HIP_TIPS).read_bytes())
    file = mangled.parent / "one.yaml"
    file.write_bytes(written)

    assert all(1 <= problem.line <= written.count(b"\n") + 1 for problem in outcome(read, file))


def outcome(reading: Callable[[Path], object], path: Path) -> list[Problem]:
    """The problems found; anything but a ContentError is a failure."""
    try:
        reading(path)
    except ContentError as error:
        return error.problems
    return []
