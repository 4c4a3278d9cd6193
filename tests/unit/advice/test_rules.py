"""The safety rules of `limber check`: what a careless edit would do to somebody, and that it is caught."""

import re

import pytest

from bot.advice.checks.coherence import grave_words_in_a_mild_picture
from bot.advice.freetext.alarms import Alarms
from tests.support.draft import Draft

HIP, KNEE, FOOT, SHIN, ITB, HAMSTRING, HEADACHE = (
    f"areas/{name}.yaml" for name in ("hip", "knee", "foot", "shin", "itb", "hamstring", "neck_headache")
)
HIP_EXERCISES, CALF_EXERCISES, BACK_EXERCISES = (f"exercises/{name}.yaml" for name in ("hip", "calf", "low_back"))
HIP_TIPS = "tips/hip.yaml"

PRESCRIBED = "exercises:\n  - id: {}\n    note: A friend swears by it.\n"


def prescribe(draft, area: str, exercise: str) -> None:
    """Put an exercise on top of an area's list."""
    draft.replace(area, "\nexercises:\n", f"\n{PRESCRIBED.format(exercise)}")


def tell(draft, *texts: str) -> list[int]:
    """Add a tip for the hip for each text; the line each text stands on."""
    tip = "  - id: told_{at}\n    moment: everyday\n    text: {text}\n    sources: [house-rule]\n"
    draft.append(HIP_TIPS, "".join(tip.format(at=at, text=f'"{text}"') for at, text in enumerate(texts)))
    return [draft.line(HIP_TIPS, f'text: "{text}"') for text in texts]


def show_to_all(draft, *steps: str) -> list[int]:
    """Add an exercise anybody may see for each step; the line that says anybody may."""
    exercise = """\
  - id: shown_{at}
    name: Shown
    kind: strength
    areas: [hip]
    unscreened_ok: true
    start: Sit.
    steps:
      - {step}
      - Rest.
    dose: {{reps: 5}}
    stop_if: Stop if it hurts.
    sources: [house-rule]
"""
    draft.append(HIP_EXERCISES, "".join(exercise.format(at=at, step=f'"{step}"') for at, step in enumerate(steps)))
    return [draft.line(HIP_EXERCISES, f"id: shown_{at}") + 4 for at in range(len(steps))]


# --- what an exercise says of itself ----------------------------------------------------------------------------------


def test_a_demand_without_a_sign_it_could_do_harm_with_is_not_thought_through(draft):
    draft.replace(HIP_EXERCISES, "    demands: [heavy_load]\n    not_with: [H1, H7]\n", "    demands: [heavy_load]\n")
    problem = draft.problem()

    assert problem.line == draft.line(HIP_EXERCISES, "- id: single_leg_bridge")
    assert "a demand can do harm" in problem.what
    assert "name in not_with" in problem.mend


def test_what_could_do_harm_says_in_words_who_leaves_it_out(draft):
    words = "    avoid_if: Leave it out with groin, deep hip or sit-bone pain until that has been checked.\n"
    draft.replace(HIP_EXERCISES, words, "")
    problem = draft.problem()

    assert problem.line == draft.line(HIP_EXERCISES, "- id: single_leg_bridge")
    assert "say in avoid_if" in problem.mend


def test_what_could_do_harm_with_a_sign_cannot_be_shown_before_it_is_asked(draft):
    draft.replace(HIP_EXERCISES, "    unscreened_ok: true\n", "    unscreened_ok: true\n    not_with: [H1]\n")
    problem = next(problem for problem in draft.problems() if problem.file == draft.file(HIP_EXERCISES))

    assert problem.line == draft.line(HIP_EXERCISES, "- id: bridge")
    assert "could do harm with H1" in problem.what
    assert problem.mend == "set unscreened_ok: false"


def test_words_betray_what_is_not_gentle(draft):
    lines = show_to_all(
        draft,
        "Do ten jump squats.",
        "Leap to the other foot.",
        "Hold a kettlebell to your chest.",
        "Finish with a single-leg raise.",
        "Lower as far as you can.",
        "Press with all your strength.",
        "Bounces make it livelier.",
        "Roll your head all the way round.",
    )
    problems = draft.problems()

    assert [problem.line for problem in problems] == lines
    assert all("is unscreened_ok but says" in problem.what for problem in problems)


def test_a_strenuous_word_that_is_denied_betrays_nothing(draft):
    show_to_all(draft, "Do not bounce or jump.", "Lift the heel, never as far as you can.", "No jumps here.")

    assert draft.load()


def test_a_tip_asks_for_nothing_strenuous_even_without_naming_an_exercise(draft):
    lines = tell(
        draft,
        "Jump on the spot for a minute.",
        "Warm up, then sprint to the corner.",
        "Do three sets of lunges on rest days.",
        "Add heel drops off a step.",
        "Finish with ten single-leg squats.",
    )
    problems = draft.problems()

    assert [(problem.file, problem.line) for problem in problems] == [(draft.file(HIP_TIPS), line) for line in lines]
    assert all("before a tip nobody was asked" in problem.what for problem in problems)
    assert {problem.mend for problem in problems} == {"ask for something gentler"}


def test_a_tip_may_speak_of_strenuous_things(draft):
    tell(
        draft,
        "Leave out sprints and jumps for now.",
        "A run that jumps in length is hard on the hip.",
        "Do not hop on it.",
    )

    assert draft.load()


# --- where an exercise is offered -------------------------------------------------------------------------------------


def test_an_exercise_is_offered_only_where_what_it_could_do_harm_with_is_asked(draft):
    draft.set(FOOT, "also", "[AN1, A1, C1]")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(FOOT), draft.line(FOOT, "- id: towel_heel_raise"))
    assert problem.what == "`towel_heel_raise` could do harm with A2, and `foot` never asks that"
    assert problem.mend == "add A2 to `also` of foot, or take the exercise out here"


def test_a_slip_in_the_id_of_a_sign_is_found_where_it_stands(draft):
    draft.replace(HIP_EXERCISES, "not_with: [H1, H7]", "not_with: [H1, H77]")

    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HIP_EXERCISES), draft.line(HIP_EXERCISES, "[H1, H77]"))
    assert problem.what == "there is no `H77` among the flags"


def test_a_stretch_that_could_do_harm_to_a_picture_is_not_for_those_who_have_it(draft):
    draft.replace(
        BACK_EXERCISES,
        "areas: [low_back]\n    unscreened_ok: false\n    not_with: [B2, B3, B7, B10",
        "areas: []\n    unscreened_ok: false\n    not_with: [G2",
    )
    prescribe(draft, HAMSTRING, "hip_hinge")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HAMSTRING), draft.line(HAMSTRING, "- id: hip_hinge"))
    assert problem.what == "`hip_hinge` could do harm with HS8, and `hamstring` is for people with just that"
    assert problem.mend == "take the exercise out here"


def test_a_routine_behind_the_signs_is_held_to_the_same(draft):
    draft.replace("routines/neck_headache.yaml", "exercise: shoulder_drop", "exercise: hip_hinge")
    whats = [problem.what for problem in draft.problems()]

    assert "`hip_hinge` could do harm with B2, and `neck_headache` never asks that" in whats


def test_an_exercise_written_for_another_place_is_not_simply_taken_over(draft):
    prescribe(draft, KNEE, "side_plank")
    draft.replace(
        HIP_EXERCISES,
        "areas: [hip, knee, itb]\n    unscreened_ok: false\n    demands",
        "areas: [hip, itb]\n    unscreened_ok: false\n    demands",
    )
    whats = {problem.what: problem for problem in draft.problems()}
    problem = whats["`side_plank` was not written for `knee`"]

    assert (problem.file, problem.line) == (draft.file(KNEE), draft.line(KNEE, "- id: side_plank"))
    assert "take it out here" in problem.mend


@pytest.mark.parametrize("demand", ["hopping", "impact"])
def test_nothing_pounds_where_a_bone_could_be_cracking(draft, demand):
    place = "areas: [shin]\n    unscreened_ok: false\n    demands: [heavy_load]"
    draft.replace("exercises/shin.yaml", place, place.replace("heavy_load", demand))
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(SHIN), draft.line(SHIN, "- id: band_foot_turn_in"))
    assert "in `shin` a bone could be cracking (SH1)" in problem.what
    assert problem.mend.startswith("take it out")


def test_where_signs_come_first_no_pain_is_let_through_on_a_run(draft):
    draft.replace(HEADACHE, "ceiling: 0", "ceiling: 2")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HEADACHE), draft.line(HEADACHE, "ceiling:"))
    assert problem.mend == "set ceiling: 0"


def test_a_page_that_cannot_be_read_is_not_held_against_the_others(draft):
    draft.replace("areas/achilles.yaml", "  - id: A1\n", "\t- id: A1\n")

    assert draft.problem().file == draft.file("areas/achilles.yaml")


# --- warning signs and alarms -----------------------------------------------------------------------------------------


def test_a_warning_sign_is_whole_or_not_at_all(draft):
    draft.write(HIP, re.sub(r"(?s)  - id: H4\n.*?(?=  - id: H6\n)", "  - id: H4\n", draft.text(HIP), count=1))
    problems = draft.problems()

    assert {problem.line for problem in problems} == {draft.line(HIP, "- id: H4")}
    assert {problem.what for problem in problems} == {
        f"`red_flags.3.{key}` is missing" for key in ("disposition", "short", "when", "why", "sources")
    }


def test_without_a_general_emergency_no_area_would_ask_for_one(draft):
    draft.write("alarms.yaml", re.sub(r"(?m)^    flags: .*\n", "", draft.text("alarms.yaml")))
    general = draft.text("general.yaml").replace(
        "    disposition: emergency\n    short", "    disposition: urgent\n    short"
    )
    draft.write("general.yaml", re.sub(r"(?m)^    escalations:\n(      .*\n)+", "", general))
    [problem] = [problem for problem in draft.problems() if problem.file == draft.file("general.yaml")]

    assert problem.line == draft.line("general.yaml", "red_flags:")
    assert "no warning sign here is an `emergency`" in problem.what


def test_a_general_sign_made_milder_is_told_by_its_alarm(draft):
    draft.replace("general.yaml", "  - id: G7\n    disposition: emergency", "  - id: G7\n    disposition: clinician")
    problems = draft.problems()

    assert {problem.file for problem in problems} == {draft.file("alarms.yaml")}
    assert all("but G7 is never worse than clinician" in problem.what for problem in problems)
    assert "raise G7, or name another sign here" in {problem.mend for problem in problems}


def test_somebody_in_a_crisis_is_never_forgotten(draft):
    draft.write("alarms.yaml", draft.text("alarms.yaml").replace("    kind: crisis", "    kind: urgent"))
    problem = draft.problem()

    assert problem.line == draft.line("alarms.yaml", "alarms:")
    assert "no alarm is a `crisis`" in problem.what


def test_an_alarm_that_nothing_raises_is_none(draft):
    draft.replace("alarms.yaml", "    kind: unclear\n    classified: danger\n", "    kind: unclear\n")
    problems = draft.problems()

    assert [(problem.line, problem.what) for problem in problems] == [
        (draft.line("alarms.yaml", "alarms:"), "not exactly one alarm is `classified: danger`"),
        (draft.line("alarms.yaml", "  - id: could_be_serious"), "nothing raises the alarm `could_be_serious`"),
    ]


@pytest.mark.parametrize("key", ["short", "when"])
def test_a_mild_picture_does_not_speak_of_an_emergency(draft, key):
    words = {"short": "Ache round the kneecap, and a tight chest on hills", "when": "[knee_front, chest_pain]"}
    text = re.sub(rf"(?ms)(  - id: K11\n.*?    {key}: ).*?(?=^    \w)", rf"\1{words[key]}\n", draft.text(KNEE), count=1)
    draft.write(KNEE, text)
    problem = draft.problem(_graver_than_it_looks)

    assert (problem.file, problem.line) == (draft.file(KNEE), draft.line(KNEE, words[key]))
    assert problem.what.startswith("K11 is a mild picture, but its words raise the alarm")
    assert "make it a red flag" in problem.mend


def test_a_mild_picture_may_say_that_there_is_no_emergency(draft):
    draft.replace(KNEE, "kneecap, no swelling, no injury", "kneecap, no chest pain, no swelling")

    assert draft.load(_graver_than_it_looks)


def _graver_than_it_looks(library):
    alarms = Alarms(library.alarms, library.concepts, library.context, library.search.never)
    return grave_words_in_a_mild_picture(library, alarms)


@pytest.mark.parametrize(
    ("name", "old"),
    [
        ("triage.yaml", "How do you walk now?"),
        ("triage.yaml", "How old are you?"),
        (HIP, "Are any of these true now?"),
    ],
)
def test_what_stands_over_answers_is_a_question(draft, name, old):
    draft.replace(name, old, old.replace("?", "."))
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(name), draft.line(name, old.replace("?", "")))
    assert problem.mend == "ask it with a question mark"


@pytest.mark.parametrize("twice", ["G1", "K9", "H5"])
def test_a_sign_that_is_asked_anyway_is_not_asked_again(draft, twice):
    draft.set(KNEE, "also", f"[H5, {twice}]")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(KNEE), draft.line(KNEE, "also:"))
    assert problem.what == f"{twice} is asked twice in `knee`"


def test_a_mild_picture_is_no_warning_sign_for_another_area(draft):
    draft.set(KNEE, "also", "[H5, H9]")

    assert draft.problem().what == "H9 is a mild picture and no warning sign"


def test_a_sign_that_was_copied_and_not_rewritten_is_found(draft):
    short = re.search(r"(?s)- id: K5\n.*?short: (.*?)\n", draft.text(KNEE))
    assert short
    draft.write(KNEE, re.sub(r"(?s)(- id: K2\n.*?short: ).*?\n", rf"\1{short[1]}\n", draft.text(KNEE), count=1))
    problem = draft.problem()

    assert problem.line == draft.line(KNEE, f"short: {short[1]}", nth=2)
    assert problem.what == "`short` of K2 says the same as that of K5"


# --- the numbers of the check -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("from_pain: 7", "from_pain: 2", "the step from 3 stands below the one from 2"),
        (
            "from_pain: 7\n    disposition: clinician",
            "from_pain: 7\n    disposition: continue",
            "pain from 7 is continue, milder",
        ),
        ("from_age: 0", "from_age: 12", "`ages`: everybody finds one age"),
        ("from_age: 65", "from_age: 50", "`ages`: everybody finds one age"),
        ("from_age: 50", "from_age: 40", "`ages`: everybody finds one age"),
        (
            "\nrisks:\n",
            "\nrisks:\n  - {id: left_handed, name: Left-handed, sources: [house-rule]}\n",
            "`left_handed` changes nothing",
        ),
        ("aliases: [weak_bones]", "aliases: [steroid]", "`steroid` is used twice"),
        ("id: under_eating", "id: under_eating\n    aliases: [limp]", "`limp` is used twice"),
    ],
)
def test_the_numbers_of_the_check_cannot_lower_or_lose_a_result(draft, old, new, what):
    draft.replace("triage.yaml", old, new)
    problem = draft.problem()

    assert problem.file == draft.file("triage.yaml")
    assert problem.line > 1
    assert problem.what.startswith(what)
    assert problem.mend


# --- the facts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "fact"),
    [
        (KNEE, "when: [knee_front]", "when: [knee_front, knee_frnot]", "knee_frnot"),
        (KNEE, "when: [knee_front + builds]", "when: [knee_front + bilds]", "bilds"),
        (HIP, "      - bruise\n", "      - bruse\n", "bruse"),
        (HIP, "only_if: [snap, pull,", "only_if: [snap, pulled,", "pulled"),
        ("general.yaml", "unless: [ache_posture]", "unless: [ache_postures]", "ache_postures"),
        ("general.yaml", "limp + under_18 + at_growing_leg", "limp + under_19 + at_growing_leg", "under_19"),
        ("general.yaml", "limp + under_18 + at_growing_leg", "limp + under_18 + at_elbow", "at_elbow"),
        ("general.yaml", "limp + under_18 + at_growing_leg", "limp + under_18 + pain_11", "pain_11"),
        ("triage.yaml", "unsure: no_gout", "unsure: no_gouty", "no_gouty"),
        ("triage.yaml", "injury: [snap, fall]", "injury: [snap, fell, fall]", "fell"),
        ("triage.yaml", "milder: walk_free", "milder: walk_freely", "walk_freely"),
    ],
)
def test_a_fact_that_nobody_can_say_is_found_where_it_is_named(draft, name, old, new, fact):
    draft.replace(name, old, new)
    problems = [problem for problem in draft.problems() if problem.what == f"there is no fact `{fact}`"]

    assert [problem.file for problem in problems] == [draft.file(name)]
    assert problems[0].line > 1
    assert problems[0].mend.startswith("make it an answer")


def test_what_a_run_says_is_a_fact_too(draft):
    draft.write("running.yaml", re.sub(r"fact: \w+", "fact: limpp", draft.text("running.yaml"), count=1))
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file("running.yaml"), draft.line("running.yaml", "fact: limpp"))
    assert problem.what == "there is no fact `limpp`"


def test_a_rule_about_an_age_at_which_no_answer_begins_is_found(draft):
    draft.replace("triage.yaml", "from_age: 65", "from_age: 66")

    assert {problem.what for problem in draft.problems()} == {"there is no fact `from_65`"}


def test_a_fact_has_one_wording(draft):
    draft.replace(HIP, "      - bruise\n", "      - {id: bruise, text: Black and blue}\n")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(HIP), draft.line(HIP, "id: bruise"))
    assert problem.what == "the fact `bruise` is worded twice; first in triage.yaml"
    assert problem.mend == "write only its id here: bruise"


def test_a_sign_whose_facts_the_area_never_asks_is_out_of_reach(draft):
    draft.replace(KNEE, "when: [knee_front]", "when: [outer_hip]")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(KNEE), draft.line(KNEE, "- id: K11"))
    assert problem.what == "K11 can never come about here: what it needs is not asked in `knee`"


def test_a_shared_sign_is_out_of_reach_where_its_facts_are_not_asked(draft):
    draft.set(KNEE, "also", "[H5, C4, N13]")
    problems = draft.problems()

    assert {(problem.file, problem.line) for problem in problems} == {(draft.file(KNEE), draft.line(KNEE, "also:"))}
    assert "N13 can never come about here: what it needs is not asked in `knee`" in {p.what for p in problems}


NEW_ANSWER = "      - {id: odd, text: It feels odd}\n"


@pytest.mark.parametrize(
    ("name", "question", "before", "way_out"),
    [
        ("triage.yaml", "nerves", "      - {id: numb, ", "or remove the answer"),
        ("triage.yaml", "began", "      - {id: snap, ", "add `neutral: true`"),
        ("triage.yaml", "chest", "      - {id: chest_pain, ", "or remove the answer"),
        (KNEE, "knee_does", "      - {id: knee_stuck, ", "or remove the answer"),
    ],
)
def test_an_answer_that_nothing_looks_at_is_found_where_it_is_offered(draft, name, question, before, way_out):
    draft.replace(name, before, NEW_ANSWER + before)
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(name), draft.line(name, "id: odd"))
    assert problem.what == f"no sign names `odd`, an answer of `{question}`"
    assert way_out in problem.mend


def test_a_short_name_that_nothing_looks_at_makes_an_answer_count_for_nothing_more(draft):
    draft.replace("triage.yaml", "      - {id: snap, ", NEW_ANSWER + "      - {id: snap, ")
    draft.replace("triage.yaml", "\nmeans:\n", "\nmeans:\n  strange: [odd]\n")

    assert draft.problem().what == "no sign names `odd`, an answer of `began`"


def test_an_answer_counts_that_a_short_name_in_a_sign_stands_for(draft):
    draft.replace("triage.yaml", "      - {id: snap, ", NEW_ANSWER + "      - {id: snap, ")
    draft.replace("triage.yaml", "injury: [snap, fall]", "injury: [snap, fall, odd]")

    assert draft.load()


def test_of_two_answers_the_other_is_no_more_than_a_no(draft):
    draft.replace("triage.yaml", "      - {id: no_gout, ", NEW_ANSWER + "      - {id: no_gout, ")
    named = "no sign names `{}`, an answer of `hot_joint_more`"

    assert [problem.what for problem in draft.problems()] == [named.format("odd"), named.format("no_gout")]


def test_an_answer_may_say_that_it_counts_for_nothing(draft):
    neutral = NEW_ANSWER.replace("}", ", neutral: true}")
    draft.replace("triage.yaml", "      - {id: snap, ", neutral + "      - {id: snap, ")

    assert draft.load()


def test_an_answer_that_counts_does_not_say_that_it_does_not(draft):
    draft.replace("triage.yaml", "{id: snap, ", "{id: snap, neutral: true, ")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file("triage.yaml"), draft.line("triage.yaml", "id: snap"))
    assert "is neutral, and something looks at it" in problem.what


def test_an_area_offers_no_answers_that_only_signs_of_other_areas_look_at(draft):
    draft.replace("areas/neck.yaml", "check:\n", "check:\n  - looks\n")
    problems = draft.problems()

    assert {(problem.file, problem.line) for problem in problems} == {
        (draft.file("areas/neck.yaml"), draft.line("areas/neck.yaml", "- looks"))
    }
    assert "no sign of `neck` names `swollen`, an answer of `looks`" in {problem.what for problem in problems}


# --- words ------------------------------------------------------------------------------------------------------------


HARMFUL = {
    "tells people to go on in pain": (
        "Run through the pain and it will loosen up.",
        "If it does not ease, carry on despite the pain.",
        "No pain, no gain.",
    ),
    "tells people to take a medicine": (
        "Take ibuprofen before a long run.",
        "You can take a painkiller so that you can run.",
    ),
    "keeps people from getting help": (
        "There is no need to see a doctor.",
        "You do not need a scan for this.",
        "It is nothing serious.",
        "This is perfectly safe.",
    ),
    "is a diagnosis": ("Then you have tendinitis.", "With that ache you have a stress fracture."),
    "forces a joint": ("Crack your neck each morning.",),
    "asks people to test a bone by hopping": ("Check the bone with a hop.",),
    "promises what nobody has shown": ("Stretching prevents injuries.", "Ten minutes of this cures the ache."),
}


def test_what_would_do_harm_is_not_said(draft):
    expected = [(text, why) for why, texts in HARMFUL.items() for text in texts]
    lines = tell(draft, *(text for text, _ in expected))
    problems = draft.problems()

    assert [(problem.file, problem.line) for problem in problems] == [(draft.file(HIP_TIPS), line) for line in lines]
    for problem, (text, why) in zip(problems, expected, strict=True):
        assert problem.what.endswith(f'" {why}'), text
        assert problem.mend


def test_saying_that_something_does_harm_is_welcome(draft):
    tell(
        draft,
        "Do not run through the pain.",
        "Never take painkillers in order to run.",
        "Take no ibuprofen for it.",
        "Count the days you take a painkiller.",
        "If you have a stress fracture, ask your doctor.",
        "Never crack your neck.",
        "Do not hop to test it.",
        "Don't hop to test it.",
        "Don’t hop to test it.",
        "Nobody has shown that stretching prevents injuries.",
    )

    assert draft.load()


@pytest.mark.parametrize(
    ("name", "old"),
    [
        (HIP, "change: Choose flat, even routes while it's sore."),
        (HIP, "note: A good first step."),
        (HIP_EXERCISES, "feel: In your bottom, and a little in the backs of your thighs."),
        ("routines/hip.yaml", "cue: Small and slow, with your breath."),
        ("guidance.yaml", "running: Stop."),
    ],
)
def test_the_words_are_looked_for_wherever_advice_stands(draft, name, old):
    key = old.partition(":")[0]
    draft.replace(name, old, f"{key}: Push through the pain.")
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(name), draft.line(name, f"{key}: Push through"))


def test_a_card_has_one_kind_of_apostrophe_whatever_an_author_types(draft):
    draft.replace(HIP, "change: Choose flat, even routes while it's sore.", "change: Don't limp while it’s sore.")

    assert any(each.change.startswith("Don’t limp while it’s sore.") for each in draft.load().areas["hip"].causes)


def test_what_people_ask_or_type_is_not_advice(draft):
    draft.replace(HIP, "  - pinching in the groin\n", "  - i run through the pain\n  - i take ibuprofen to run\n")

    assert draft.load()


def test_english_words_say_nothing_of_another_language(draft):
    tell(draft, "Run through the pain.")
    german = draft.folder.rename(draft.folder.with_name("de"))

    assert Draft(german).load().language == "de"


def test_a_cracking_bone_is_marked_as_one(draft):
    draft.replace(
        ITB, "  - id: IT1\n    disposition: clinician\n    bone: true\n", "  - id: IT1\n    disposition: clinician\n"
    )
    problem = draft.problem()

    assert problem.file == draft.file(ITB)
    assert problem.what.startswith("IT1 says ")
    assert problem.mend == "add `bone: true` to it"


def test_where_a_bone_could_be_cracking_the_page_says_not_to_run(draft):
    text = draft.text(FOOT)
    start = text.index("can_run:")
    notes = "  notes:\n    - text: Go easy and see how it feels.\n      sources: [house-rule]\n\n"
    ceiling = text[start : text.index("  notes:", start)]
    draft.write(FOOT, text[:start] + ceiling + notes + text[text.index("see_someone:") :])
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file(FOOT), draft.line(FOOT, "notes:"))
    assert "a bone could be cracking here (F1)" in problem.what
    assert problem.mend == "add a note that says so"


# --- how sure we are --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "what"),
    [
        ("good", "claims good evidence, and names no guideline, review or trial"),
        ("some", "claims some evidence, and names nothing that was published"),
    ],
)
def test_nobody_is_surer_than_the_sources(draft, claim, what):
    draft.replace(HIP, "    evidence: opinion\n", f"    evidence: {claim}\n")
    problem = draft.problem()

    assert (problem.file, problem.line) == (
        draft.file(HIP),
        draft.line(HIP, f"evidence: {claim}", nth=1 if claim == "good" else 4),
    )
    assert problem.what == f"`hills_and_slopes` {what}"
    assert problem.mend


SOURCE = """\
  - id: runner-2024
    title: What runners do
    authors: Runner R
    year: {year}
    where: {where}
    {link}
    grade: {grade}
    checked: read
    finding: They run.
"""


@pytest.mark.parametrize(
    ("year", "grade", "where"),
    [("2024", "cohort", "Journal of Running"), ("2024", "expert", "Running, 2024"), ("null", "trial", "Some pages")],
)
def test_a_publication_that_nobody_could_look_up_is_found(draft, year, grade, where):
    draft.append("sources.yaml", SOURCE.format(year=year, where=where, link="", grade=grade))
    problem = draft.problem()

    assert (problem.file, problem.line) == (draft.file("sources.yaml"), draft.line("sources.yaml", "- id: runner-2024"))
    assert "nobody can look up `runner-2024`" in problem.what


@pytest.mark.parametrize(
    ("year", "where", "link"),
    [
        ("2024", "Journal of Running", "doi: 10.1055/s-0043-103946"),
        ("2024", "A club's page", "url: https://example.org/running"),
        ("2024", '"Journal of Running, 12, 345"', ""),
        ("2024", '"Several public pages, as read in 2026"', ""),
        ("null", "No single source", ""),
    ],
)
def test_a_source_can_be_followed_by_its_link_or_its_place_or_is_no_publication(draft, year, where, link):
    draft.append("sources.yaml", SOURCE.format(year=year, where=where, link=link, grade="expert"))

    assert draft.load().sources["runner-2024"]


def test_a_source_that_is_missing_is_one_problem_and_not_two(draft):
    draft.replace(
        HIP, "    sources: [frandsen-2025, coaching-practice]", "    sources: [frandsen-2052, coaching-practice]"
    )

    assert draft.problem().what == "there is no `frandsen-2052` among the sources"
