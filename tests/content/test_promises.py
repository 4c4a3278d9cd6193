"""What the content promises: enough of everything, every warning sign, and nothing unasked that could harm."""

import re
from datetime import date
from pathlib import Path

import pytest
from discord import ui

from bot.advice.disposition import Disposition
from bot.advice.model import RedFlag, TipMoment
from bot.advice.model.sign import is_number
from bot.settings import CONTENT
from bot.triage.questionnaire import choices, questionnaire
from bot.ui.cards import notices
from bot.ui.custom_id import CustomId
from tests.support.content import parsed

CLINICAL = Path(__file__).with_name("clinical_tiers.yaml")
AREAS = ["hamstring", "hip", "knee", "neck", "neck_headache"]

#: Every row of the clinical facts, section 2, with the tiers it names: first what the sign is by itself, then what
#: makes it worse. `emergency` alone is always that.
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
    "shin": {
        "SH1": "clinician urgent",
        "SH2": "clinician urgent",  # the front edge of SH1: no milder when it hurts to walk
        "SH3": "modify", "SH4": "clinician",
    },
    "calf": {
        "C1": "urgent emergency", "C2": "urgent",
        "C3": "modify clinician urgent",  # "C1 at the first swelling or warmth"
    },
    "achilles": {"A1": "urgent", "A2": "clinician urgent", "A3": "modify"},
    "ankle": {
        "AN1": "clinician urgent",  # second reading: clinician once it is older than a week and was never X-rayed
        "AN2": "emergency", "AN3": "modify",
    },
    "foot": {"F1": "clinician urgent", "F2": "urgent", "F3": "modify", "F4": "clinician"},
    "low_back": {
        "B2": "urgent", "B3": "urgent", "B4": "emergency", "B5": "clinician", "B6": "modify",
        "B7": "urgent emergency",
    },
    "itb": {}, "groin": {}, "quads": {},
}  # fmt: skip

#: Signs the tables of the facts have no row for: those of their second reading, which gave the milder or graver half
#: of a row an id of its own, and our own after the row whose picture they share. What they are at least.
OWN = {
    "general": {
        "G21": "emergency", "G54": "emergency", "G40": "emergency", "G34": "urgent",  # tablets, crisis
        "G22": "emergency", "G41": "emergency",  # HD1, HD2 and HD3, whatever hurts
        "G23": "emergency", "G48": "urgent",  # cold
        "G42": "emergency",  # HD9
        "G43": "emergency", "G50": "urgent", "G53": "modify",  # sugar
        "G24": "emergency", "G31": "urgent", "G47": "urgent",  # wounds
        "G44": "emergency",  # H4
        "G25": "emergency", "G26": "emergency", "G45": "emergency",  # combinations of rule R5
        "G27": "emergency", "G51": "urgent",  # N1
        "G28": "urgent", "G39": "modify",  # N8 and G1 are read the same way
        "G29": "urgent",  # C1
        "G30": "urgent", "G37": "clinician",  # a hot joint; gout that a doctor named
        "G46": "urgent",  # after a virus
        "G32": "urgent", "G38": "modify",  # ill or feverish, and nothing else
        "G33": "urgent", "G49": "urgent",  # the milder halves of G16 and G15
        "G35": "urgent",  # the milder half of G11
        "G36": "clinician",  # after birth
        "G52": "clinician urgent",  # G12 with cancer
        "W1": "urgent emergency", "W2": "clinician urgent", "W3": "modify", "W4": "modify",  # rule R6, weight
    },
    "hip": {"H11": "modify clinician", "H12": "continue"},  # HS7; K12
    "hamstring": {"HS10": "continue"},  # rule R6: a cramp that lets go
    "knee": {
        "K14": "clinician",  # K1 older than a week
        "K15": "clinician urgent", "K16": "modify",  # under 18
        "K17": "modify",  # K1: a graze or knock
        "K18": "modify",  # the milder side of K9
    },
    "neck": {
        "N11": "urgent emergency",  # rule R5: weak immunity, injections
        "N12": "urgent emergency",  # HD6 on the neck page
        "N13": "emergency",  # G7
        "N14": "clinician",  # N9
    },
    "neck_headache": {
        "HD13": "emergency",  # HD2
        "HD14": "modify", "HD15": "modify clinician", "HD16": "modify",  # HD2, HD7 and HD12, read a second time
    },
    "calf": {"C4": "clinician", "C5": "modify", "C6": "continue"},  # K8 and C1; rule R6: a cramp that lets go
    "achilles": {"A4": "modify clinician"},  # under 18: back of the heel
    "ankle": {"AN4": "clinician", "AN5": "modify"},  # K10; the milder side of F1
    "foot": {
        "F5": "modify clinician",  # under 18: back of the heel
        "F6": "clinician urgent",  # B2
        "F7": "urgent",  # AN1
        "F8": "modify",  # the milder side of F1
        "F9": "continue",  # rule R6: a cramp that lets go
    },
    "low_back": {
        "B8": "urgent",  # rule R5
        "B9": "urgent", "B10": "clinician urgent", "B11": "clinician",  # H1, HS4 and H10 in the words of the back
    },
    "itb": {
        "IT1": "clinician urgent",  # K9, SH1; urgent if it hurts to walk
        "IT2": "clinician urgent",  # HS4; urgent if weak or worsening
        "IT3": "clinician", "IT4": "modify",  # K13
        "IT5": "continue",  # K12
        "IT6": "modify clinician", "IT7": "modify",  # K13; the milder side of IT1
    },
    "groin": {
        "GR1": "urgent", "GR2": "urgent",  # H1; HS1 and HS6
        "GR3": "urgent emergency", "GR4": "clinician",  # G9, G20; the mild side of H6 and of H4
        "GR5": "modify urgent", "GR6": "modify urgent",  # HS7, HS9; H1 once it is deep or limps
        "GR7": "continue",  # K12
    },
    "quads": {
        "Q1": "urgent", "Q2": "urgent",  # H1; HS1, HS6, K4
        "Q3": "urgent emergency", "Q4": "urgent emergency",  # G11; G6
        "Q5": "clinician urgent", "Q6": "clinician",  # HS4, B2; G12
        "Q7": "modify urgent", "Q8": "continue modify",  # HS7, HS1; HS9
        "Q9": "continue",  # rule R6: a cramp that lets go
    },
}  # fmt: skip
ROWS = [(page, flag) for table in (TIERS, OWN) for page, flags in table.items() for flag in flags]
PAGES = list(TIERS)

#: Where the facts say a bone may be cracking (femoral neck, shin, foot, heel, pars), and our own words for the same.
BONE = {"H1", "H7", "K9", "SH1", "SH2", "F1", "F4", "B5"} | {"GR1", "Q1", "IT1", "B3", "B9", "K14"}

#: What is milder by itself, and may be a bone that cracks once it is worse.
BONE_IF_WORSE = {"H8", "H11", "HS8", "K15", "SH3", "GR5", "GR6", "Q7", "IT6"}

#: Rows that an area other than their own has to ask, because the facts put the pain there too.
BORROWED = {
    "knee": {"H5"},  # 15% report only thigh or knee pain
    "neck_headache": {"N2"},
    "shin": {"C1", "B2"},  # a clot taken for a strain; a foot that drops
    "calf": {"A1", "SH1"},  # C2 "(A1)"; the inner edge of the shin
    "achilles": {"C1", "C2", "F4"},
    "ankle": {"A1", "B2", "F1", "SH1"},  # back of the ankle; navicular; lower shin
    "foot": {"AN1", "A1", "B2"},  # navicular and fifth metatarsal base; behind the heel
    "low_back": {"H1", "HS4", "H10"},  # sacrum; sciatica; "buttock and low back pain"
    "itb": {"H5", "K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "K9", "K10"},  # section 2.3 is the outer knee's too
    "groin": {"H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8"},  # section 2.2 is "hip and groin"
    "quads": {"H1", "H2", "H5", "K4", "HS5"},  # "thigh" in H1, H5 and HS5; quadriceps tendon
}

#: Signs of an area's own that ask the same as a borrowed row, in the words of that place.
IN_PLACE_OF = {
    "low_back": {"H1": "B9", "HS4": "B10", "H10": "B11"},
    "achilles": {"C2": "A1"},
    "ankle": {"B2": "F6"},
    "foot": {"B2": "F6"},
}

#: What has to be asked beneath a sign: the tier and, for each condition the facts name, one of the words for it.
WORSE = [
    ("G3", "emergency", "warning", "chest", "racing|palpitation", "breath", "injur", "40", "not myself|recovered"),
    ("G6", "emergency", "pain", "swollen", "weak"),
    ("G12", "urgent", "weight", "unwell|ill"),
    (
        "G14", "emergency",
        "sick|vomit", "passed out", "fit", "worse", "double", "confus", "weak", "tingl", "neck", "drows", "thinner",
    ),
    ("G17", "emergency", "now", "chest", "breath"),
    ("G17", "urgent", "back", "family"),
    ("G18", "emergency", "rest", "sentence"),
    ("G19", "emergency", "confus"),
    ("G19", "urgent", "30 min"),
    ("G20", "urgent", "a lot|heavy", "clot", "faint"),
    ("H5", "emergency", "weight"),
    ("H9", "clinician", "week"),
    ("K7", "emergency", "fever", "shiver", "ill"),
    ("K8", "emergency", "breath", "chest"),
    ("K9", "urgent", "walk", "limp"),
    ("HS4", "urgent", "weak", "worse"),
    ("HS5", "emergency", "breath", "chest"),
    ("HS8", "clinician", "week"),
    ("N5", "emergency", "bladder", "bowel", "worse|fast"),
    ("N8", "emergency", "now"),
    ("N9", "urgent", "unwell|ill"),
    ("HD4", "emergency", "sudden", "severe|bad"),
    ("HD6", "urgent", "scalp", "jaw", "sight|vision", "unwell|ill", "severe|bad"),
    ("HD6", "emergency", "sight|vision", "double"),
    ("HD8", "emergency", "severe|bad", "sight|vision|eye"),
    ("SH1", "urgent", "walk", "limp"),
    ("SH2", "urgent", "walk", "limp"),
    ("C1", "emergency", "breath", "chest"),
    ("C3", "urgent", "swell", "warm"),
    ("C3", "clinician", "clot", "trip|travel", "surgery", "ill|bed rest", "pill|hormones", "pregnan", "cancer"),
    ("A2", "urgent", "60", "steroid", "both"),
    ("AN1", "urgent", "knob", "top", "outer edge", "four steps"),
    ("F1", "urgent", "four steps|4 steps"),
    ("B7", "emergency", "weak", "numb", "bladder"),
]  # fmt: skip

#: What is read before a sign holds has to name this, for the areas whose rows came later. Nobody is asked about a hop
#: here, and what only the fingers of a clinician find, such as lengths in centimetres, is put in words of the place.
NAMED = {
    "SH1": ("fingertip", "bone", "earlier|sooner", "rest", "night", "walk"),
    "SH2": ("front",),
    "SH3": ("inner", "long ache", "no one (sore )?spot"),
    "SH4": ("same", "numb", "weak", "stop"),
    "C1": (
        "whole leg|whole calf or leg", "bigger", "warm", "darker", "red",  # second reading: one of these is enough
        "travel", "surgery", "illness|bed rest", "pill|hormones", "pregnan", "past (or family )?clot|clot before",
        "cancer",
    ),
    "C2": ("kick", "snap", "push", "dent", "bruise"),
    "C3": ("pull", "swell", "limp", "clot"),
    "A1": ("snap", "blow|knock", "behind the ankle", "tiptoe", "drops", "slaps", "gap"),
    "A2": ("floxacin", "steroid"),
    "A3": ("morning", "above the heel", "easier"),
    "AN1": ("twist", "back edge", "tip", "inner knob", "outer knob", "outer edge", "4 steps|four steps"),
    "G10": ("shape|deform", "numb", "cold"),  # with AN2, whatever hurts
    "AN2": ("twist", "numb", "feel"),
    "AN3": ("walk", "bone"),
    "F1": ("top", "mid-foot", "bone", "swell", "sooner", "walk"),
    "F2": ("diabetes", "numb", "hot", "swollen", "sore|wound|ulcer"),
    "F3": ("first steps of the day", "easier"),
    "F4": ("grow", "night", "both sides"),
    "B1": ("wipe|round genitals", "start", "hold", "feel", "bowel", "sex", "both legs"),
    "B2": ("drop", "weak"),
    "B3": ("fall", "knock", "osteoporosis", "steroid", "65"),
    "B4": ("fever", "unwell|ill", "inject", "immune"),
    "B5": ("18", "backwards", "two weeks|2 weeks"),
    "B6": ("leg", "better|about the same"),
    "B7": ("back", "spine", "cancer"),
}  # fmt: skip

#: What the reason of a sign has to say, where being well in that way clears nothing.
EXPLAINED = {"C2": ("walk", "tiptoe"), "A1": ("walk", "tiptoe"), "AN1": ("walk",), "C1": ("without any risk",)}


def flags_of(library, page):
    owner = library.general if page == "general" else library.areas[page]
    return {flag.id: flag for flag in (*owner.red_flags, *owner.patterns)}


def says(text, words):
    """Whether it holds one of the words, from the start of a word on: "ill" is in "illness", not in "still"."""
    return re.search(rf"\b(?:{words})", text, re.IGNORECASE)


def words_of(library, condition):
    """What is read in the check before a condition holds: questions, their answers, risks and ages, as shown."""
    check = questionnaire(library, tuple(library.areas))
    shown = {choice.id: f"{q.ask} {choice.text}" for q in (*check.questions, check.risks) for choice in choices(q)}
    facts = sorted(frozenset().union(*check.expand(condition)))
    return [fact.partition("_")[2] if is_number(fact) else shown[fact] for fact in facts]


def risks_of(library, sign):
    """What is asked about the person that makes it worse by one step."""
    return [risk.name for risk in library.triage.risks if set(risk.raises) & set(sign.concerns)]


def asked_of(library, page):
    area = library.areas[page]
    return set(flags_of(library, page)) | set(area.also) | set(flags_of(library, "general"))


@pytest.fixture(params=AREAS)
def area(request, library):
    return library.areas[request.param]


def texts(card) -> str:
    return "\n".join(item.content for item in card.walk_children() if isinstance(item, ui.TextDisplay))


# --- warning signs ----------------------------------------------------------------------------------------------------


def test_the_table_holds_every_row_of_the_clinical_facts_in_its_tier():
    rows = parsed(CLINICAL)
    tiers = {flag: tier for flags in TIERS.values() for flag, tier in flags.items()}

    assert set(rows) == set(tiers)
    for flag, said in rows.items():
        # HD2's milder reading is for a diagnosed migraine with aura: for the questions, not for here
        tier = said.partition(".")[0] if flag == "HD2" else said
        named = re.findall(r"emergency|urgent|clinician|modify|continue", tier)
        assert set(named) <= set(tiers[flag].split()), f"{flag}: {said.strip()}"
        assert named or flag == "C3", f"{flag} names no tier"


@pytest.mark.parametrize(("page", "flag"), ROWS, ids=lambda part: part)
def test_every_warning_sign_of_the_clinical_facts_is_there_and_no_milder(library, page, flag):
    said = TIERS[page].get(flag) or OWN[page][flag]
    tiers = [Disposition(tier) for tier in said.split()]
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


def test_there_is_no_sign_the_tables_do_not_know(library):
    assert set(PAGES) == {"general", *library.areas}
    for page, flags in TIERS.items():
        assert set(flags_of(library, page)) == set(flags) | set(OWN.get(page, {})), page


@pytest.mark.parametrize(("flag", "tier", "conditions"), [(f, t, c) for f, t, *c in WORSE], ids=str)
def test_what_makes_a_sign_worse_is_asked_in_so_many_words(library, flag, tier, conditions):
    """Asked beneath the sign itself, in its tier or a graver one; a condition the sign itself names counts too."""
    sign = library.flag(flag)
    tier = Disposition(tier)
    rows = [worse for worse in sign.escalations if not tier.worse_than(worse.disposition)]
    said = "; ".join(words for row in rows for words in (row.short, *words_of(library, row.when)))
    if sign.disposition is Disposition.MODIFY and tier is Disposition.CLINICIAN:
        said = "; ".join((said, *risks_of(library, sign)))

    assert [words for words in conditions if not says(said, words)] == [], said


@pytest.mark.parametrize("flag", NAMED)
def test_a_question_names_what_the_clinical_facts_ask(library, flag):
    sign = library.flag(flag)
    rows = (sign, *sign.escalations)
    said = "; ".join(words for row in rows for words in (row.short, *words_of(library, (*row.when, *row.unless))))
    said = "; ".join((said, *risks_of(library, sign)))

    assert [words for words in NAMED[flag] if not says(said, words)] == [], said


@pytest.mark.parametrize("flag", EXPLAINED)
def test_a_reason_says_what_does_not_clear_the_sign(library, flag):
    why = library.flag(flag).why

    assert [words for words in EXPLAINED[flag] if not says(why, words)] == [], why


def test_possible_bone_stress_is_marked(library):
    """Marked means: no running pain is acceptable, and "not sure" counts as yes."""
    marked = {
        flag.id
        for page in PAGES
        for flag in flags_of(library, page).values()
        if isinstance(flag, RedFlag) and flag.bone
    }

    assert marked == BONE, f"not marked: {sorted(BONE - marked)}; not in the table: {sorted(marked - BONE)}"
    if_worse = {
        flag.id for page in PAGES for flag in flags_of(library, page).values() for row in flag.escalations if row.bone
    }
    assert if_worse - BONE == BONE_IF_WORSE


@pytest.mark.parametrize("page", BORROWED)
def test_an_area_asks_the_signs_of_its_neighbours_too(library, page):
    own = IN_PLACE_OF.get(page, {})
    assert sorted(BORROWED[page] - asked_of(library, page) - set(own)) == []
    for borrowed, instead in own.items():
        assert instead in asked_of(library, page), f"{instead} is not asked"
        row, here = library.flag(borrowed), library.flag(instead)
        reached = {here.disposition, *(worse.disposition for worse in here.escalations)}
        assert min(tier.rank for tier in reached) <= row.disposition.rank, f"{instead} is milder than {borrowed}"


def test_signs_stand_worst_first_in_their_files(library):
    for page in PAGES:
        owner = library.general if page == "general" else library.areas[page]
        ranks = [flag.disposition.rank for flag in owner.red_flags]
        assert ranks == sorted(ranks), page


def test_every_question_is_one(library):
    for page in PAGES:
        for flag in flags_of(library, page).values():
            for row in (flag, *flag.escalations):
                assert row.short[0].isupper(), flag.id
                assert not row.short.endswith("."), flag.id
    check = questionnaire(library, tuple(library.areas))
    for question in (*check.questions, check.age, check.risks, check.pain):
        assert "?" in question.ask, question.id


def test_nobody_is_ever_asked_to_try_a_hop(library):
    said = [
        f"{flag.id}: {text}"
        for page in PAGES
        for flag in flags_of(library, page).values()
        for row in (flag, *flag.escalations)
        for text in (row.short, row.why or "", *words_of(library, (*row.when, *row.unless)))
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
    assert {tip.moment for tip in tips} == set(TipMoment)
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


def reachable(localized, start, *, not_through=()):
    """Cards somebody can get to from `start` by pressing, without what says that no warning sign applies."""
    seen, waiting = {}, [start]
    while waiting:
        name, key, page = waiting.pop()
        if (name, key, page) in seen or name in not_through:
            continue
        seen[name, key, page] = card = localized.card_index.card(name, key, page)
        waiting += [where for label, where in ways(card) if label != localized.words("card-none-apply")]
    return seen


def ways(card):
    """(label, card) of every button and every option of a menu that opens a standing card."""
    for item in card.walk_children():
        pressed = CustomId.parse(getattr(item, "custom_id", None) or "")
        if pressed and pressed.action in {"advice.open", "advice.turn", "advice.beside"}:
            name, key, page = pressed.arguments
            yield item.label, (name, key, int(page))
        elif pressed and pressed.action == "advice.choose":
            for option in item.options:
                name, key, page = option.value.split(".")
                yield option.label, (name, key, int(page))


def everything_shown(localized, area) -> str:
    return "\n".join(texts(card) for card in reachable(localized, ("pain", area.id, 0)).values())


def test_neck_with_headache_shows_nothing_before_the_warning_signs_were_gone_through(localized, library):
    area = library.areas["neck_headache"]
    assert area.screen_first
    shown = everything_shown(localized, area)

    unasked = [exercise.name for exercise in library.exercises.values() if f"{exercise.name}\n" in shown]
    unasked += [cause.name for cause in area.causes if cause.what in shown or cause.change in shown]
    unasked += [entry.text for entry in area.avoid if entry.text in shown]
    unasked += [note.text for note in area.helps if note.text in shown]
    unasked += [tip.id for tip in library.tips[area.id] if tip.text in shown]
    unasked += [plan.id for plan in library.routines_for(area) if plan.intro in shown]
    assert unasked == []
    reached = {name for name, _, _ in reachable(localized, ("pain", area.id, 0))}
    assert {name for name in reached if not name.startswith("core-")} == {"pain", "signs", "now"}


def test_no_exercise_for_headache_is_unscreened(library):
    assert [e.id for e in library.exercises.values() if "neck_headache" in e.areas and e.unscreened_ok] == []


def test_before_the_warning_signs_only_gentle_exercises_are_shown(localized, library, area):
    shown = everything_shown(localized, area)
    own = [exercise for exercise in library.prescribed(area) if exercise.unscreened_ok]

    assert all(step in shown for exercise in own for step in exercise.steps) is not area.screen_first or not own
    for exercise in library.exercises.values():
        if not exercise.unscreened_ok:
            steps = [step for step in exercise.steps if not any(step in gentle.steps for gentle in own)]
            assert not any(step in shown for step in steps if len(step) > 30), exercise.id


def test_tips_and_routines_ask_only_for_what_is_gentle(library):
    for area_id, tips in library.tips.items():
        if not library.areas[area_id].screen_first:
            for tip in tips:
                assert tip.exercise is None or library.exercises[tip.exercise].unscreened_ok, tip.id
    for plan in library.routines.values():
        behind = plan.areas and all(library.areas[name].screen_first for name in plan.areas)
        for step in plan.steps:
            assert behind or library.exercises[step.exercise].unscreened_ok, f"{plan.id}: {step.exercise}"


def test_every_tip_and_every_routine_carries_a_stop_rule(localized, library):
    words = localized.words
    for area in library.areas.values():
        for one in library.tips[area.id]:
            shown = texts(notices.tip(library, area, one, "any", area.id, words))
            assert one.text in shown
            assert words("tip-stop") in shown
    for name, key, page, card in localized.card_index.all():
        if name == "routine":
            steps = library.routines[key].steps
            stops = [words("routine-stop"), *(library.exercises[step.exercise].stop_if for step in steps)]
            assert stops[page % (len(steps) + 1)] in texts(card), f"{key}, page {page + 1}"


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


def test_an_unknown_word_still_shows_the_general_stop_line_first(localized, library):
    card = notices.unknown_area(library, "pizza", localized.words)
    shown = texts(card)

    assert shown.index(library.general.line) < shown.index("pizza")


def test_every_page_for_a_yes_says_what_to_do_worst_first(localized, library, area):
    pages = [texts(localized.card_index.card("now", area.id, at)) for at in range(3)]

    for tier, shown in zip(list(Disposition)[:3], pages, strict=True):
        assert library.guidance[tier].title in shown
        assert all(step in shown for step in library.guidance[tier].steps)
    assert "112" in pages[0]
