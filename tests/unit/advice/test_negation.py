"""No means no, long ago is not now, and in doubt nothing is taken out."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.advice.freetext.alarms import Alarms
from bot.advice.freetext.context import ContextReader
from bot.advice.freetext.findings import findings_in
from bot.advice.freetext.phrases import reader
from bot.advice.freetext.spelling import Folder
from bot.advice.freetext.text import MAX_INPUT_LENGTH, words
from bot.advice.model import Alarm, CrisisCues, ExperiencerCues, HypotheticalCues, NegationCues
from bot.settings import CONTENT
from tests.support.content import parsed

SET = parsed(CONTENT.parent / "tests/content/alarm_cases.yaml")
MUST = [case["text"] for case in SET["must"]]
SYMPTOMS = [
    "fever", "swelling", "chest pain", "numbness", "headache", "calf swelling", "pain in my hip", "cough", "neck pain",
    "shortness of breath", "injury", "fall", "warning", "sleep", "food", "left knee pain", "rash",
]  # fmt: skip
SAID = st.sampled_from(sorted({word for text in (*MUST, *SET["must_not"]) for word in text.split()}))
TYPED = st.text(max_size=200) | st.lists(SAID, max_size=16).map(" ".join) | st.sampled_from(MUST + SET["must_not"])
RANKS = {"emergency": 3, "urgent": 2, "clinician": 1, None: 0}


@pytest.fixture(scope="session")
def folder(library) -> Folder:
    return Folder(library.context.spelling)


@pytest.fixture(scope="session")
def read(library, folder):
    context = ContextReader(library.context, reader(folder))

    def find(text: str):
        tokens = folder.fold(text)
        return tokens.words, context.read(tokens.words, tokens.breaks)

    return find


@pytest.fixture(scope="session")
def alarms(library) -> Alarms:
    return Alarms(library.alarms, library.concepts, library.context, library.search.never)


@pytest.fixture(scope="session")
def literal(library) -> Alarms:
    """Alarms that know how words are spelled, and nothing that turns them round."""
    none = {
        name: cues(**dict.fromkeys(cues.model_fields, ()))
        for name, cues in (
            ("negation", NegationCues),
            ("crisis", CrisisCues),
            ("hypothetical", HypotheticalCues),
            ("experiencer", ExperiencerCues),
        )
    }
    none["historical"] = library.context.historical.model_copy(update={"past": (), "at_age": (), "in_year": ()})
    deaf = library.context.model_copy(update={"lookalikes": (), **none})
    return Alarms(library.alarms, library.concepts, deaf, library.search.never)


@pytest.fixture
def denied(read):
    def find(text: str) -> str:
        typed, reading = read(text)
        return " ".join(typed[at] for at in sorted(reading.denied))

    return find


@pytest.fixture
def past(read):
    def find(text: str) -> str:
        typed, reading = read(text)
        return " ".join(typed[at] for at in sorted(reading.past))

    return find


def ids(alarms: Alarms, text: str) -> set[str]:
    return {alarm.id for alarm in alarms.raised_by(text)}


# --- what is denied ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("no fever", "fever"),
        ("no fever but chest pain", "fever"),
        ("no fever and chest pain", "fever"),
        ("no fever. chest pain", "fever"),
        ("no fever, chest pain", "fever"),
        ("no fever, chills or rash, neck stiff", "fever chills or rash"),
        ("no numbness/weakness", "numbness weakness"),
        ("no fever knee hot", "fever"),
        ("no fever or my knee hurts", "fever or"),
        ("no injury, chest pain or tightness", "injury"),
        ("not swollen calf red", "swollen"),
        ("no swollen calf", "swollen calf"),
        ("no pain in my left calf, foot fine", "pain in my left calf"),
        ("no pain in my hip my chest hurts", "pain in my hip"),
        ("no calf pain but it is red", "pain"),
        ("no calf pain, just red", "pain"),
        ("didn't pass out chest pain", "pass out"),
        ("didnt hit my head", "hit my head"),
        ("without any swelling", "swelling"),
        ("no no fever", "fever"),
    ],
)
def test_a_denial_ends_where_a_new_thought_begins(denied, text, out):
    assert denied(text) == out


@pytest.mark.parametrize(
    "text",
    [
        "no idea why my chest hurts",
        "not sure if i fainted",
        "no longer numb",
        "not getting better",
        "never had chest pain like this",
        "never fainted before",
        "no chest pain since i stopped",
        "no chest pain anymore",
        "no severe headache",
        "not without pain",
        "chest pain gone now, it passed",
        "cant feel my foot",
        "no",
        "",
    ],
)
def test_what_denies_nothing_takes_nothing_out(denied, text):
    assert denied(text) == ""


def test_a_no_that_belongs_to_the_words_looked_for_is_none(library):
    pulse = Alarm(id="a", kind="emergency", say="Call.", match=("foot + no pulse|cold",), sources=("house-rule",))
    alarms = Alarms([pulse], None, library.context)

    assert alarms.raised_by("no pulse in my foot")
    assert not alarms.raised_by("no cold foot")


def test_rest_narrows_a_denial_unless_it_is_what_was_asked(alarms):
    assert ids(alarms, "no chest pain at rest") == {"chest_pain"}
    assert ids(alarms, "not breathless at rest") == set()


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("chest pain? no", "chest pain"),
        ("chest pain - no", "chest pain"),
        ("chest pain no, knee pain yes", "chest pain"),
        ("heart attack was ruled out", "heart attack"),
        ("a clot has been ruled out", "a clot has"),
        ("numb bum from the saddle", "numb"),
        ("chest pain on the bike", ""),
        ("chest pain, no", ""),
        ("no, chest pain", ""),
        ("they cannot rule out a clot", ""),
        ("numb bum from the saddle, still numb hours later", ""),
    ],
)
def test_a_denial_may_stand_behind_what_it_denies(denied, text, out):
    assert denied(text) == out


@pytest.mark.parametrize(
    "text",
    [
        "never without chest pain",
        "i can't run without chest pain",
        "hardly a run without chest pain",
        "i can't say i have no chest pain",
        "never had chest pain this bad",
        "not free of chest pain",
    ],
)
def test_a_no_under_a_no_denies_nothing(denied, text):
    assert "chest" not in denied(text)


def test_a_run_without_pain_is_a_run_without_pain(denied):
    assert denied("i ran without chest pain") == "chest pain"


@pytest.mark.parametrize(
    "text", ["how do i avoid heat stroke", "what are the signs of a stroke?", "read an article about rhabdo"]
)
def test_what_is_only_asked_or_read_about_raises_nothing(alarms, text):
    assert ids(alarms, text) == set()
    assert "chest_pain" in ids(alarms, f"{text} i have chest pain")


def test_what_happened_to_no_person_raises_nothing(alarms):
    assert ids(alarms, "my dog collapsed after the run") == set()
    assert "not_responding" in ids(alarms, "my mate collapsed after the run")


# --- what is long past ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("in 2019 i fainted, knee sore", "in 2019 i fainted"),
        ("last year, i fainted, knee sore", "last year i fainted"),
        ("i fainted, years ago", "i fainted years ago"),
        ("i fainted last year and collapsed", "i fainted last year"),
        ("when i was 12 i fainted", "when i was 12 i fainted"),
        ("when i was 12 km in i fainted", ""),
        ("when i was 16 weeks pregnant i fainted", ""),
        ("when i was 16 to 18 weeks pregnant i fainted", ""),
        ("when i was 16, weeks of fainting", "when i was 16 weeks of fainting"),
        ("when i was running i fainted", ""),
        ("fainted in 2090", ""),
        ("fainted in 20", ""),
        ("fainted last year and again today", ""),
        ("fainted last year. it is back", ""),
        ("fainted years ago, still dizzy", ""),
        ("fainted two weeks ago", ""),
        ("fainted yesterday", ""),
    ],
)
def test_a_past_takes_its_clause_out_unless_something_speaks_of_now(past, text, out):
    assert past(text) == out


def test_a_past_illness_still_counts_beside_a_present_complaint(alarms):
    assert "cancer_bone" in ids(alarms, "had breast cancer 6 years ago, my back aches")
    assert "cancer_bone" not in ids(alarms, "had breast cancer with back pain 6 years ago")


def test_a_relatives_history_is_not_the_runners_unless_they_are_here(alarms):
    assert ids(alarms, "my dad had a stroke") == set()
    assert ids(alarms, "my dad just had a stroke") == {"stroke_signs"}
    assert ids(alarms, "my friend had a stroke") == {"stroke_signs"}


def test_a_crisis_is_denied_in_plain_words_only_and_never_past(alarms):
    assert ids(alarms, "not suicidal") == set()
    for text in ("not suicidal yet", "not really suicidal", "was suicidal last year", "im not going to kill myself"):
        assert ids(alarms, text) == {"crisis"}


# --- any text at all --------------------------------------------------------------------------------------------------


@given(text=TYPED)
@example("x" * (MAX_INPUT_LENGTH - 3) + " no fever")
@example("ﬁn. “no” fever…chest – pain！ ok")
def test_a_text_is_read_letter_by_letter_with_a_mark_before_each_word(text):
    tokens = Folder(None).fold(text.replace("@", "").replace("$", ""))

    assert "".join(tokens.words) == "".join(words(text.replace("@", "").replace("$", "")))
    assert len(tokens.breaks) == len(tokens.words)


@given(text=TYPED)
def test_negation_never_raises(alarms, literal, text):
    assert ids(alarms, text) <= ids(literal, text)


@given(
    text=st.sampled_from(MUST),
    symptom=st.sampled_from(SYMPTOMS),
    no=st.sampled_from(["no", "without", "no sign of", "i have no", "No"]),
    join=st.sampled_from([", ", ". ", "; ", "! ", "\n", " but ", " and ", " just ", ", but "]),
)
def test_denying_one_symptom_takes_no_other_away(alarms, text, symptom, no, join):
    assert ids(alarms, text) <= ids(alarms, f"{no} {symptom}{join}{text}")
    assert ids(alarms, text) <= ids(alarms, f"{text}{join}{no} {symptom}")


@given(text=st.sampled_from(MUST), more=TYPED)
def test_a_sentence_added_never_lowers_but_by_a_past(localized, alarms, read, text, more):
    """A denial ends with its sentence, and so nothing in another one is lowered by it."""
    library, search = localized.library, localized.search
    both = f"{text}. {more}"
    at_least = [RANKS[findings_in(one, library, alarms, search).at_least] for one in (text, both)]

    assert at_least[0] <= at_least[1] or read(both)[1].past


# --- what a text calls for --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "at_least", "flag", "area"),
    [
        ("chest pain and my hamstring is sore", "emergency", "G1", "hamstring"),
        ("i want to die", "emergency", None, None),
        ("knee is locked", "urgent", "K3", "knee"),
        ("my knee keeps giving way on stairs", "clinician", "K10", "knee"),
        ("my hamstring is a bit sore", None, None, "hamstring"),
        ("no chest pain, just sore hip", None, None, "hip"),
        ("", None, None, None),
    ],
)
def test_what_is_heard(localized, alarms, text, at_least, flag, area):
    found = findings_in(text, localized.library, alarms, localized.search)

    assert found.at_least == at_least
    assert flag in found.flags if flag else found.flags == ()
    assert area in found.areas if area else found.areas == ()


@given(text=TYPED)
def test_flags_come_once_gravest_alarm_first(localized, alarms, text):
    found = findings_in(text, localized.library, alarms, localized.search)
    spoken = [flag for alarm in alarms.raised_by(text) for flag in alarm.flags]

    assert list(found.flags) == list(dict.fromkeys(spoken))
    assert (found.at_least is None) == (not alarms.raised_by(text))
