"""What the content promises: enough of everything, every warning sign, and nothing unasked that could harm."""

import re
from datetime import date
from pathlib import Path

import pytest
from discord import ui

from bot.advice.disposition import Disposition
from bot.advice.model import Moment
from bot.settings import CONTENT
from bot.ui.cards import notices
from bot.ui.custom_id import CustomId

CLINICAL = Path(__file__).resolve().parents[3] / "shared/facts/clinical.md"
AREAS = ["hamstring", "hip", "knee", "neck", "neck_headache"]
BASES = ["general", *AREAS]

#: Every row of the clinical facts, sections 2.1 to 2.6 and B1, with the tiers it names: first what the sign is by
#: itself, then what makes it worse. `emergency` alone is always that.
TIERS = {
    "general": {
        "G1": "emergency", "G2": "emergency", "G3": "urgent emergency", "G4": "emergency", "G5": "emergency",
        "G6": "urgent emergency", "G7": "emergency", "G8": "emergency", "G9": "emergency", "G10": "emergency",
        "G11": "emergency", "G12": "clinician urgent", "G13": "clinician", "G14": "urgent emergency",
        "G15": "emergency",
        "G16": "emergency", "G17": "clinician urgent emergency", "G18": "clinician emergency",
        "G19": "modify urgent emergency", "G20": "clinician urgent", "B1": "emergency",
    },
    "hip": {
        "H1": "urgent", "H2": "emergency", "H3": "emergency", "H4": "emergency", "H5": "urgent emergency",
        "H6": "emergency",
        "H7": "urgent", "H8": "clinician", "H9": "modify clinician", "H10": "clinician",
    },
    "knee": {
        "K1": "urgent", "K2": "urgent", "K3": "urgent", "K4": "urgent", "K5": "urgent", "K6": "emergency",
        "K7": "urgent emergency",
        "K8": "urgent emergency",  # "see C1": emergency with breathlessness or chest pain
        "K9": "clinician urgent",  # SH1: urgent if it hurts to walk
        "K10": "clinician", "K11": "modify", "K12": "continue", "K13": "modify",
    },
    "hamstring": {
        "HS1": "urgent", "HS2": "urgent", "HS3": "emergency", "HS4": "clinician urgent",
        "HS5": "urgent emergency",  # C1, as for K8
        "HS6": "urgent", "HS7": "modify", "HS8": "modify clinician", "HS9": "continue modify",
    },
    "neck": {
        "N1": "emergency", "N2": "emergency", "N3": "urgent", "N4": "emergency", "N5": "urgent emergency",
        "N6": "urgent",
        "N7": "clinician", "N8": "urgent emergency",
        "N9": "clinician urgent",  # "sooner if unwell"
        "N10": "continue modify",
    },
    "neck_headache": {
        "HD1": "emergency", "HD2": "emergency", "HD3": "emergency", "HD4": "urgent emergency", "HD5": "emergency",
        "HD6": "clinician urgent emergency", "HD7": "urgent", "HD8": "urgent emergency", "HD9": "emergency",
        "HD10": "emergency", "HD11": "clinician", "HD12": "continue modify",
    },
}  # fmt: skip
ROWS = [(page, flag) for page, flags in TIERS.items() for flag in flags]


def flags_of(library, page):
    owner = library.general if page == "general" else library.areas[page]
    return {flag.id: flag for flag in (*owner.red_flags, *owner.patterns)}


@pytest.fixture(params=AREAS)
def area(request, library):
    return library.areas[request.param]


def texts(card) -> str:
    return "\n".join(item.content for item in card.walk_children() if isinstance(item, ui.TextDisplay))


# --- warning signs ----------------------------------------------------------------------------------------------------


def test_the_table_holds_every_row_of_the_clinical_facts_in_its_tier():
    if not CLINICAL.exists():
        pytest.skip(f"the clinical facts are not here ({CLINICAL}); they are no part of the product")
    text = CLINICAL.read_text(encoding="utf-8")
    start, end = text.index("### 2.1"), text.index("### 2.7")
    low_back = text[text.index("### 2.8") :]
    rows = re.findall(r"^\| ([A-Z]+\d+) \|[^|]+\|([^|]+)\|", text[start:end], re.MULTILINE)
    rows += [row for row in re.findall(r"^\| ([A-Z]+\d+) \|[^|]+\|([^|]+)\|", low_back, re.MULTILINE) if row[0] == "B1"]
    tiers = {flag: tier for flags in TIERS.values() for flag, tier in flags.items()}

    assert {flag for flag, _ in rows} == set(tiers)
    for flag, said in rows:
        # HD2's milder reading is for a diagnosed migraine with aura: for the questions, not for here
        tier = said.partition(".")[0] if flag == "HD2" else said
        named = re.findall(r"emergency|urgent|clinician|modify|continue", tier)
        assert set(named) <= set(tiers[flag].split()), f"{flag}: {said.strip()}"


@pytest.mark.parametrize(("page", "flag"), ROWS, ids=lambda part: part)
def test_every_warning_sign_of_the_clinical_facts_is_there_and_no_milder(library, page, flag):
    tiers = [Disposition(tier) for tier in TIERS[page][flag].split()]
    found = flags_of(library, page).get(flag)

    assert found is not None, f"{flag} is missing in {page}"
    assert not tiers[0].worse_than(found.disposition), f"{flag} is {found.disposition}, the facts say {tiers[0]}"
    reached = {found.disposition, *(worse.disposition for worse in found.escalations)}
    worst = min(tiers, key=lambda tier: tier.rank)
    if worst.rank < Disposition.MODIFY.rank:
        assert min(tier.rank for tier in reached) <= worst.rank, f"{flag} never gets to {worst}"
    for tier in tiers:  # a step on the way up may be skipped only by being graver
        graver = found.disposition.worse_than(tier)
        assert tier in reached or graver or tier is Disposition.MODIFY, f"{flag} leaves out {tier}"


def test_there_is_no_sign_the_clinical_facts_do_not_know(library):
    for page, flags in TIERS.items():
        assert set(flags_of(library, page)) == set(flags), page


def test_signs_stand_worst_first_in_their_files(library):
    for page in BASES:
        owner = library.general if page == "general" else library.areas[page]
        ranks = [flag.disposition.rank for flag in owner.red_flags]
        assert ranks == sorted(ranks), page


def test_every_question_is_one(library):
    for page in BASES:
        for flag in flags_of(library, page).values():
            assert flag.ask.endswith("?"), flag.id
            assert flag.short[0].isupper(), flag.id
            assert not flag.short.endswith("."), flag.id


def test_nobody_is_ever_asked_to_try_a_hop(library):
    said = [
        f"{flag.id}: {text}"
        for page in BASES
        for flag in flags_of(library, page).values()
        for text in (flag.ask, flag.why, *(worse.when for worse in flag.escalations))
        if re.search(r"\b(try|test|do|attempt) (to |a |one )*(hop|hopping|squeeze test)", text, re.IGNORECASE)
        and "do not" not in text.lower()
    ]
    assert said == []


# --- enough of everything ---------------------------------------------------------------------------------------------


def test_there_are_the_five_founding_areas(library):
    assert set(AREAS) <= set(library.areas)


def test_an_area_has_six_exercises_with_steps_and_a_dose(library, area):
    prescribed = library.prescribed(area)

    assert len(prescribed) >= 6
    for exercise in prescribed:
        assert len(exercise.steps) >= 2, exercise.id
        assert exercise.dose.reps or exercise.dose.seconds or exercise.dose.minutes, exercise.id
        assert exercise.stop_if, exercise.id


def test_an_exercise_serves_every_area_that_prescribes_it(library, area):
    assert [e.id for e in library.prescribed(area) if e.areas and area.id not in e.areas] == []


def test_an_area_has_twenty_tips_over_the_whole_day(library, area):
    tips = library.tips[area.id]

    assert len(tips) >= 20
    assert {tip.moment for tip in tips} == set(Moment)
    assert len({tip.text for tip in tips}) == len(tips)
    for tip in tips:
        assert 20 <= len(tip.text) <= 280, tip.id


def test_an_area_has_two_routines_of_three_to_ten_minutes(library, area):
    plans = library.routines_for(area)

    assert len(plans) >= 2
    for plan in plans:
        assert 3 <= plan.minutes <= 10, plan.id


def test_there_are_four_routines_for_the_whole_body(library):
    plans = library.routines_for(None)

    assert len(plans) >= 4
    assert all(3 <= plan.minutes <= 10 for plan in plans)


def test_an_area_names_its_review_and_its_sources(library, area):
    assert date(2026, 1, 1) <= area.reviewed <= date(2100, 1, 1)
    assert area.reviewed_by
    assert len(area.sources) >= 4
    assert all(source in library.sources for source in area.sources)


def test_every_source_says_who_when_how_strong_and_how_far_we_checked(library):
    for source in library.sources.values():
        assert source.authors, source.id
        assert source.where, source.id
        assert source.finding, source.id
        assert source.year or not source.doi, source.id  # only what is undated everywhere may be undated here
        assert source.doi is None or not source.doi.startswith("http"), source.id


def test_the_catalogue_and_the_advice_hold_no_dash_of_a_machine_and_no_exclamation(library):
    said = [
        f"{file.name}:{at}: {line.strip()}"
        for file in sorted((CONTENT / "en").rglob("*.yaml"))
        if file.name not in {"sources.yaml", "search.yaml", "alarms.yaml"}
        for at, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if not line.lstrip().startswith("#") and ("—" in line or re.search(r"\w!", line))
    ]
    assert said == []


FALSE_COMFORT = (
    r"you have (a|an) (strain|tear|fracture|tendin)|you don.?t need help|nothing serious|it is safe|perfectly safe"
)


def test_nothing_is_diagnosed_and_nobody_is_told_they_need_no_help():
    said = [
        f"{file.name}: {found[0]}"
        for file in sorted((CONTENT / "en").rglob("*.yaml"))
        if file.name not in {"search.yaml", "alarms.yaml"}
        for found in [re.search(FALSE_COMFORT, file.read_text(encoding="utf-8"), re.IGNORECASE)]
        if found
    ]
    assert said == []


@pytest.mark.parametrize(
    ("area_id", "ceiling"), [("hamstring", 5), ("hip", 3), ("knee", 3), ("neck", 3), ("neck_headache", 0)]
)
def test_no_area_allows_more_pain_than_the_clinical_facts(library, area_id, ceiling):
    assert library.areas[area_id].can_run.ceiling <= ceiling


# --- nothing unasked that could harm ----------------------------------------------------------------------------------


def reachable(edition, start, *, not_through=()):
    """Cards somebody can get to from `start` by pressing buttons, without those that say no warning sign applies."""
    seen, waiting = {}, [start]
    none = edition.words("card-none-apply")
    while waiting:
        name, key, page = waiting.pop()
        if (name, key, page) in seen or name in not_through:
            continue
        seen[name, key, page] = card = edition.deck.card(name, key, page)
        for item in card.walk_children():
            if isinstance(item, ui.Button) and item.label != none:
                pressed = CustomId.parse(item.custom_id)
                if pressed.action in {"open", "turn"}:
                    waiting.append((pressed.arguments[0], pressed.arguments[1], int(pressed.arguments[2])))
    return seen


def everything_shown(edition, area) -> str:
    return "\n".join(texts(card) for card in reachable(edition, ("pain", area.id, 0)).values())


def test_neck_with_headache_shows_nothing_before_the_warning_signs_were_gone_through(edition, library):
    area = library.areas["neck_headache"]
    assert area.screen_first
    assert not area.gentle
    shown = everything_shown(edition, area)

    unasked = [exercise.name for exercise in library.exercises.values() if f"{exercise.name}\n" in shown]
    unasked += [cause.name for cause in area.causes if cause.what in shown or cause.change in shown]
    unasked += [entry.text for entry in area.avoid if entry.text in shown]
    unasked += [tip.id for tip in library.tips[area.id] if tip.text in shown]
    unasked += [plan.id for plan in library.routines_for(area) if plan.intro in shown]
    assert unasked == []
    assert {name for name, _, _ in reachable(edition, ("pain", area.id, 0))} <= {"pain", "signs", "now", "sources"}


def test_no_exercise_for_headache_is_unscreened(library):
    assert [e.id for e in library.exercises.values() if "neck_headache" in e.areas and e.unscreened_ok] == []


def test_before_the_warning_signs_only_gentle_exercises_are_shown(edition, library, area):
    shown = everything_shown(edition, area)

    for exercise in library.exercises.values():
        if not exercise.unscreened_ok:
            assert not any(step in shown for step in exercise.steps if len(step) > 30), exercise.id


def test_tips_and_routines_ask_only_for_what_is_gentle(library):
    for area_id, tips in library.tips.items():
        if not library.areas[area_id].screen_first:
            for tip in tips:
                assert tip.exercise is None or library.exercises[tip.exercise].unscreened_ok, tip.id
    for plan in library.routines.values():
        behind = plan.areas and all(library.areas[name].screen_first for name in plan.areas)
        for step in plan.steps:
            assert behind or library.exercises[step.exercise].unscreened_ok, f"{plan.id}: {step.exercise}"


def test_every_tip_and_every_routine_carries_a_stop_rule(edition, library):
    words = edition.words
    for area in library.areas.values():
        for one in library.tips[area.id]:
            shown = texts(notices.tip(library, area, one, "any", area.id, words))
            assert one.text in shown
            assert words("tip-stop") in shown
    for name, key, page, card in edition.deck.all():
        if name == "routine":
            assert words("routine-stop") in texts(card), f"{key}, page {page + 1}"


def test_a_tip_asks_for_nothing_strenuous(library):
    strenuous = re.compile(r"\b(hop|jump|bound|plyometric\w*|barbell|push through|ignore the pain)\b", re.IGNORECASE)
    said = [
        f"{area}: {tip.id}: {found[0]}"
        for area, tips in library.tips.items()
        for tip in tips
        if (found := strenuous.search(tip.text))
        and not re.search(r"\b(do not|never|without|no)\b", tip.text, re.IGNORECASE)
    ]
    assert said == []


def test_an_unknown_word_still_shows_the_general_stop_line_first(edition, library):
    card = notices.unknown_area(library, "pizza", edition.words)
    shown = texts(card)

    assert shown.index(library.general.line) < shown.index("pizza")


def test_every_page_for_a_yes_says_what_to_do_worst_first(edition, library, area):
    shown = texts(edition.deck.card("now", area.id))
    places = [shown.index(library.guidance[tier].title) for tier in list(Disposition)[:3]]

    assert places == sorted(places)
    assert "112" in shown
