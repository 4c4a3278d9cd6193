"""Words that cannot wait: heard however they are typed, and never heard where nobody said them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.advice.freetext.alarms import WIDER, WINDOW, Alarms
from bot.advice.freetext.phrases import GAP, SKIPPED, Grammar, PhraseError
from bot.advice.freetext.spelling import TYPO_FROM, Folder
from bot.advice.model import Alarm, Context
from bot.settings import CONTENT
from bot.ui.alarm_gate import CannotWait, alarms_in
from bot.ui.cards import notices
from bot.ui.options import UnknownArea, area_or_none
from tests.support.content import parsed

SET = parsed(CONTENT.parent / "tests/content/alarm_cases.yaml")
MUST = [(case["text"], case["alarm"]) for case in SET["must"]]
MUST_NOT = SET["must_not"]
GRAVEST_FIRST = ["crisis", "emergency", "urgent", "unclear", "clinician"]
LONGEST_OPTION = 6_000  # characters Discord lets somebody type into a text option


@pytest.fixture(scope="session")
def alarms(library) -> Alarms:
    return Alarms(library.alarms, library.concepts, library.context, library.search.never)


def alarm(*match: str, name: str = "test", kind: str = "emergency") -> Alarm:
    return Alarm(id=name, kind=kind, say="Call now.", match=match, sources=("house-rule",))


def raised(text: str, *match: str, **concepts: str) -> bool:
    return bool(Alarms([alarm(*match)], {name: (ways,) for name, ways in concepts.items()}).raised_by(text))


def compile_line(line: str, *names: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return Grammar(Folder(None), names).line(line)


# --- the reviewed cases -----------------------------------------------------------------------------------------------


def test_every_text_that_cannot_wait_raises_its_alarm_or_a_graver_one(alarms, library):
    kinds = {entry.id: GRAVEST_FIRST.index(entry.kind) for entry in library.alarms}
    missed = []
    for text, wanted in MUST:
        found = [entry.id for entry in alarms.raised_by(text)]
        if wanted not in found and not any(kinds[name] < kinds[wanted] for name in found):
            missed.append(f"{text!r}: {found or 'nothing'}, wanted {wanted}")
    assert missed == [], "\n  ".join([f"{len(missed)} of {len(MUST)} missed", *missed])


def test_ordinary_texts_raise_nothing(alarms):
    raised = [f"{text!r}: {[entry.id for entry in found]}" for text in MUST_NOT if (found := alarms.raised_by(text))]
    assert raised == [], "\n  ".join([f"{len(raised)} of {len(MUST_NOT)} raised something", *raised])


MINORS = [
    *(
        "i'm 15 and my hip hurts",
        "15yo with hip pain",
        "15 year old with hip pain",
        "15 y/o, hip pain",
        "16 yrs old, hip pain",
    ),
    *("my son is 14 and his hip hurts", "she's 12 and her hip hurts", "he is 14, groin hurts", "aged 13, hip pain"),
    *("just turned 16, hip pain", "only 15 and my hip hurts, I'm 15", "16 here, my hip hurts", "male 15, hip pain"),
    *(
        "I'm 15m, hip pain",
        "i'm fifteen and my hip hurts",
        "i am sixteen, hip pain",
        "16 year old, 3 weeks of hip pain",
    ),
    *(
        "im 16 and 3 weeks of hip pain",
        "I'm 16, weeks of hip pain",
        "I'm 16. Weeks of hip pain",
        "im 15 3 weeks hip pain",
    ),
    *(
        "i am 16 years old and ran 16 miles, hip pain",
        "i am 15 with hip pain after 10 km",
        "i'm 16 years and my hip hurts",
    ),
    *("I'm 15 or 16 years old, hip pain", "I'm 16 to be fair and my hip hurts"),
]
COUNTS = [
    *("i am 16 weeks postpartum and my hip hurts", "16wks pp and my hip hurts", "i'm 16wks pp and my hip hurts"),
    *("i am 16 weeks post partum, hip pain", "I'm 16-weeks postpartum, hip pain", "i'm 16w postpartum, hip pain"),
    *("i'm 11 wk pn, hip ache", "i am 16 full weeks postpartum, groin hurts", "i'm 9 mo pp and my hip hurts"),
    *("I'm 16 or 17 weeks pp, hip pain", "I am 16-17 weeks pp, hip pain", "I am 12 to 16 weeks pp, hip pain"),
    *("i'm 16 and a half weeks pp, hip pain", "i am 13 months post partum, hip hurts", "i'm 16ish weeks pp, hip pain"),
    *("i am 16 miles into my long run and my hip hurts", "i'm 13 stone and my hip hurts", "I'm 13st and my hip hurts"),
    *("i am 14 days after surgery, hip hurts", "I am 10 km in and my hip hurts", "i'm 10k in and my hip hurts"),
    *("i am 17 minutes into the run and my hip hurts", "i am 12 hours into my ultra and my hip hurts"),
    *(
        "i am 12 kg overweight, my hip hurts",
        "i am 14 percent faster but my hip hurts",
        "im 8 reps in and my hip hurts",
    ),
    *("I'm 11 runs into the plan and my hip hurts", "i'm 15 sessions in and my hip hurts"),
    *(
        "he is 14 weeks post op with hip pain",
        "i'm 12 laps in and my hip hurts",
        "i am 15 m from the top and my hip hurts",
    ),
    *("new headache, I'm 55 miles into the week", "new headache, he is 60 weeks post op"),
]


@pytest.mark.parametrize("text", MINORS)
def test_an_age_under_18_is_heard_however_it_is_typed(alarms, text):
    assert "young_limp" in [entry.id for entry in alarms.raised_by(text)]


@pytest.mark.parametrize("text", COUNTS)
def test_a_number_that_counts_weeks_or_miles_is_no_age(alarms, text):
    assert [entry.id for entry in alarms.raised_by(text)] == []


def test_every_alarm_has_a_case_and_no_text_stands_on_both_sides(library):
    texts = [text for text, _ in MUST] + MUST_NOT

    assert sorted({text for text in texts if texts.count(text) > 1}) == []
    assert {wanted for _, wanted in MUST} <= {entry.id for entry in library.alarms}
    assert sorted({entry.id for entry in library.alarms if entry.match} - {wanted for _, wanted in MUST}) == []
    assert len(MUST) >= 700
    assert len(MUST_NOT) >= 450


@pytest.mark.parametrize(
    ("text", "kind"),
    [("chest pain", "emergency"), ("worst headache of my life", "emergency"), ("want to die", "crisis")],
)
def test_the_phrases_the_project_was_founded_on_win_over_search(localized, text, kind):
    assert alarms_in([text], localized)[0].kind == kind


def test_the_name_of_a_place_by_itself_raises_no_alarm(alarms, library):
    """Symptoms may: "knee locked" cannot wait. So may an illness that asks for an appointment, beside its card."""
    raised = [
        f"{area.id}: {text!r}: {[entry.id for entry in found]}"
        for area in library.areas.values()
        for text in (area.name, *area.synonyms)
        if (found := [entry for entry in alarms.raised_by(text) if entry.kind != "clinician"])
    ]
    assert raised == []


# --- a crisis ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["chest pain and i want to die", "want to die, hot swollen knee, worst headache ever"])
def test_a_crisis_comes_first_and_shows_its_contacts_and_nothing_else(localized, text):
    found = localized.alarms.raised_by(text)
    assert found[0].kind == "crisis"
    assert len(found) > 1

    card = notices.cannot_wait(localized.library, found, localized.words)
    texts = [item.content for item in card.walk_children() if hasattr(item, "content")]
    buttons = [item for item in card.walk_children() if hasattr(item, "custom_id")]
    assert texts == [found[0].say]
    assert buttons == []


def test_a_crisis_names_contacts_in_more_than_one_country_and_the_emergency_number(library):
    crises = [entry for entry in library.alarms if entry.kind == "crisis"]

    for crisis in crises:
        for contact in ("116", "988", "findahelpline.com", "emergency number"):
            assert contact in crisis.say


def test_an_emergency_shows_what_to_do_and_no_advice(localized):
    found = localized.alarms.raised_by("chest pain when i run, hip sore")
    card = notices.cannot_wait(localized.library, found, localized.words)
    text = "\n".join(item.content for item in card.walk_children() if hasattr(item, "content"))

    assert text.index(found[0].say) < text.index("112")
    assert not any(cause.what in text for area in localized.library.areas.values() for cause in area.causes)
    assert not any(tip.text in text for tips in localized.library.tips.values() for tip in tips)


def test_graver_alarms_come_first_and_each_once(alarms):
    for text, _ in MUST:
        found = alarms.raised_by(text + " and i want to die")
        kinds = [GRAVEST_FIRST.index(entry.kind) for entry in found]
        assert kinds == sorted(kinds)
        assert kinds[0] == 0
        assert len({entry.id for entry in found}) == len(found)


def test_words_for_an_appointment_leave_the_card_of_their_area(localized):
    assert [entry.kind for entry in localized.alarms.raised_by("my knee keeps giving way on stairs")] == ["clinician"]
    assert area_or_none("my knee keeps giving way on stairs", localized).id == "knee"


# --- how a line is read -----------------------------------------------------------------------------------------------


def test_a_line_is_groups_of_alternatives_of_phrases():
    assert compile_line("chest + pain*|hurt*") == ((("chest",),), (("pain*",), ("hurt*",)))
    assert compile_line("cant breathe|no air") == ((("cant", "breathe"), ("no", "air")),)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "|",
        "chest +  + pain",
        "chest + |pain",
        "chest|",
        "a*",
        "*",
        "well-known",
        "two.five",
        "~",
        "~ leg",
        "my ~",
        "my ~ ~ leg",
        "<leg>",
    ],
)
def test_a_line_that_makes_no_sense_says_so(line):
    with pytest.raises(PhraseError) as caught:
        compile_line(line)
    assert str(caught.value)


@given(line=st.text(max_size=60))
def test_a_line_is_read_or_turned_down(line):
    try:
        groups = compile_line(line)
    except PhraseError:
        return
    assert all(phrase for group in groups for phrase in group)


def test_every_word_of_the_list_is_one_a_text_can_hold(library):
    """A pattern in capitals, with an accent or an apostrophe, would never be heard."""
    lines = [line for entry in library.alarms for line in entry.match]
    lines += [line for ways in library.concepts.values() for line in ways]
    said = {
        part for line in lines for group in compile_line(line, *library.concepts) for phrase in group for part in phrase
    }
    typed = {part for part in said - {GAP} if not part.startswith("<")}

    assert sorted(part for part in typed if part != part.casefold() or not part.removesuffix("*").isalnum()) == []


def test_a_name_stands_for_each_of_its_words_also_inside_a_phrase_and_in_other_classes():
    known = {"shin": "shin|tibia", "leg": "leg|calf|<shin>", "unable": "cannot|unable to"}

    assert raised("my tibia has pain", "<leg> + pain*", **known)
    assert raised("i am unable to move that shin", "<unable> ~ <shin>", **known)
    assert not raised("that shin, i am unable", "<unable> ~ <shin>", **known)


def test_a_name_that_nobody_defined_is_a_mistake_in_the_line_that_has_it():
    with pytest.raises(PhraseError, match="is not defined under `concepts`"):
        compile_line("pain + <leg>", "shin")


def test_a_class_that_names_itself_is_no_endless_loop():
    assert raised("hip sore", "<place> + sore", place="hip|<place> bone")


def test_every_name_is_used(library):
    lines = [line for entry in library.alarms for line in entry.match]
    lines += [line for ways in library.concepts.values() for line in ways]

    assert [name for name in library.concepts if not any(f"<{name}>" in line for line in lines)] == []


# --- how a text is heard ----------------------------------------------------------------------------------------------


def test_the_words_of_a_line_may_come_in_any_order():
    assert raised("pain in my chest", "chest + pain*")
    assert raised("chest pain", "chest + pain*")
    assert raised("painful chest", "chest + pain*")
    assert not raised("pain in my knee", "chest + pain*")


def test_the_words_of_a_phrase_come_one_after_the_other():
    assert raised("i cant breathe", "cant breathe")
    assert not raised("breathe i cant", "cant breathe")
    assert not raised("cant whistle and breathe", "cant breathe")


@pytest.mark.parametrize("typed", ["my left leg is really numb", "leg has gone completely numb", "leg numb"])
def test_words_that_tell_nothing_may_stand_inside_a_phrase(alarms, library, typed):
    heard = Alarms([alarm("leg numb")], library.concepts, library.context)

    assert heard.raised_by(typed)
    assert not heard.raised_by("leg fine, toe numb")


def test_a_phrase_ends_with_its_sentence():
    assert raised("cant. feel", "cant + feel")
    assert not raised("i run as fast as i cant. feel free", "cant feel")


def test_groups_are_heard_only_close_together():
    between = " ".join(["so"] * (WINDOW - 2))

    assert raised(f"chest {between} pain", "chest + pain*")
    assert not raised(f"chest {between} so pain", "chest + pain*")
    assert raised(f"chest {between} so pain chest", "chest + pain*")


def test_every_further_group_widens_the_reach():
    between = " ".join(["so"] * (WINDOW + WIDER - 3))

    assert raised(f"chest {between} pain run", "chest + pain + run")
    assert not raised(f"chest {between} so pain run", "chest + pain + run")


def test_groups_are_as_near_as_the_nearest_of_their_words():
    between = " ".join(["so"] * (WINDOW - 2))

    assert raised(f"front of my hip {between} hop", "front of my hip + hop")
    assert not raised(f"front of my hip {between} so hop", "front of my hip + hop")


def test_a_gap_stands_for_a_few_other_words_or_none():
    few = " ".join(["so"] * SKIPPED)

    assert raised("cant walk", "cant ~ walk")
    assert raised(f"cant {few} walk", "cant ~ walk")
    assert not raised(f"cant {few} so walk", "cant ~ walk")
    assert not raised("walk cant", "cant ~ walk")


def test_a_word_of_the_list_is_a_slip_of_no_other_word_but_may_be_one_of_several():
    assert raised("cougj", "cough")
    assert not raised("couch", "cough", "couch + sleep")
    assert raised("ankles", "ankle", "ankles + sleep")


def test_a_star_stands_for_any_ending_and_its_absence_for_none():
    assert raised("painfully", "pain*")
    assert raised("pain", "pain*")
    assert not raised("die", "died")
    assert not raised("painter", "pain")


@pytest.mark.parametrize("typed", ["dies", "stopped", "stopping", "stoppin", "carries", "carried", "aches", "aching"])
def test_a_word_is_heard_with_its_endings(typed):
    assert raised(typed, "die|stop|carry|ache")


@pytest.mark.parametrize("typed", ["ch3st", "chesttt", "CHEEEST", "cheSt", "ch3sttt"])
def test_figures_and_stretched_letters_are_read_as_letters(typed):
    assert raised(typed, "chest")


@pytest.mark.parametrize("typed", ["chestpain", "heartattack"])
def test_two_words_run_together_are_two(typed):
    assert raised(typed, "chest pain|heart attack")


@pytest.mark.parametrize("typed", ["palpitatons", "palpitaitons", "palpittations", "palpitetions"])
def test_one_slip_of_the_finger_is_forgiven(typed):
    assert raised(typed, "palpitations")


@pytest.mark.parametrize("typed", ["breahtless", "breatless", "breatthless", "breathlessnes", "bretahlessness"])
def test_one_slip_is_forgiven_before_any_ending_too(typed):
    assert raised(typed, "breathless*")


def test_short_words_and_two_slips_are_not_forgiven():
    assert len("dead") < TYPO_FROM
    assert not raised("dear", "dead")
    assert not raised("die", "dye")
    assert not raised("palpittatons", "palpitations")


@pytest.mark.parametrize(
    "text",
    [
        "CHEST PAIN",
        "chest... pain!!",
        "chest\npain",
        "Chést pàin",
        "chest-pain",
        "chest_pain",
        "ｃｈｅｓｔ pain",
        "𝐂𝐇𝐄𝐒𝐓 𝐏𝐀𝐈𝐍",
        "ⒸⒽⒺⓈⓉ pain",
    ],
)
def test_capitals_accents_and_punctuation_hide_nothing(alarms, text):
    assert alarms.raised_by(text)


@pytest.mark.parametrize(
    "text", ["i can't breathe", "i can’t breathe", "i cant breathe", "i canʼt breathe", "i can`t breathe"]
)
def test_no_apostrophe_hides_anything(alarms, text):
    assert alarms.raised_by(text)


def test_invisible_characters_hide_nothing(alarms):
    assert alarms.raised_by("ch\u200best p\u00adain")


def test_an_alarm_at_the_end_of_the_longest_text_is_heard(alarms):
    story = "my hip has been sore since the long run on sunday and i have tried a lot of things. " * 80

    assert alarms.raised_by(story[: LONGEST_OPTION - 20] + " and now chest pain")


# --- any text at all --------------------------------------------------------------------------------------------------

CONTEXT = parsed(CONTENT / "en/context.yaml")
TURNS = [
    *(CONTEXT["negation"][key] for key in ("of_things", "of_states", "after", "explained", "answers")),
    *(CONTEXT["historical"][key] for key in ("past", "at_age")),
    *(CONTEXT["experiencer"][key] for key in ("kin", "others")),
    *(CONTEXT["hypothetical"]["cues"], CONTEXT["lookalikes"], CONTEXT["spelling"]["same"]),
]
FOLDER = Folder(Context.model_validate(CONTEXT).spelling)
TAKES_AWAY = {word for lines in TURNS for line in lines for word in line.replace("|", " ").split()}
WORDS = sorted({word for text, _ in MUST for word in text.split()})
SAID = st.sampled_from(WORDS)
HARMLESS = st.sampled_from([word for word in WORDS if word.isalpha() and not set(FOLDER.fold(word).words) & TAKES_AWAY])
TYPED = st.text(max_size=200) | st.lists(SAID, max_size=12).map(" ".join) | st.sampled_from([text for text, _ in MUST])


@given(text=TYPED)
def test_any_text_gets_an_answer_and_the_same_one_again(alarms, text):
    found = alarms.raised_by(text)

    assert alarms.raised_by(text) == found
    assert [entry.kind for entry in found] == sorted((entry.kind for entry in found), key=GRAVEST_FIRST.index)


@given(
    text=st.sampled_from([text for text, _ in MUST]),
    before=st.lists(HARMLESS, max_size=5),
    after=st.lists(HARMLESS, max_size=12),
)
def test_further_words_that_deny_nothing_never_silence_an_alarm(alarms, text, before, after):
    """After a stop: "no calf pain but red" speaks of the calf, "no calf pain but red toes" of the toes."""
    more = " ".join([*before, text, ".", *after])

    assert {entry.id for entry in alarms.raised_by(text)} <= {entry.id for entry in alarms.raised_by(more)}


@pytest.fixture(scope="session")
def lead(localized):
    """What `/pain` makes of a text: the id of an area, or the kind of error a person is shown."""
    alarms = Alarms(
        localized.library.alarms, localized.library.concepts, localized.library.context, localized.library.search.never
    )
    localized = replace(localized, alarms=alarms)

    def find(text: str) -> str:
        if alarms_in([text], localized):  # before anything else, as a request does
            return CannotWait.__name__
        area = area_or_none(text, localized)
        return area.id if area else UnknownArea.__name__

    return find


@given(text=TYPED)
def test_any_text_leads_to_an_area_or_to_a_typed_error_and_an_alarm_always_to_the_alarm(alarms, lead, text):
    found = lead(text)

    assert found
    cannot_wait = [entry for entry in alarms.raised_by(text) if entry.kind != "clinician"]
    assert bool(cannot_wait) == (found == "CannotWait")


# --- the same thing, typed in another way -----------------------------------------------------------------------------

CANNOT = ["can't", "cant", "cannot", "can not", "can’t", "couldn't", "CAN'T", "can t", "cnt", "can no longer"]
PLAIN = [text for text, _ in MUST if not any(word in text.casefold() for word in ("  ", "kms"))]


def stretched(text: str, at: int) -> str:
    """With one of its letters typed three times more, where a word ends."""
    ends = [
        i
        for i, mark in enumerate(text)
        if text[max(0, i - 3) : i + 1].isalpha() and i > 2 and (i + 1 == len(text) or text[i + 1] == " ")
    ]
    if not ends:
        return text
    spot = ends[at % len(ends)]
    return text[: spot + 1] + text[spot] * 3 + text[spot + 1 :]


@given(
    text=st.sampled_from(PLAIN),
    change=st.sampled_from(
        [str.upper, str.title, lambda text: text.replace("'", ""), lambda text: text.replace("'", "’")]
    ),
    after=st.sampled_from(["", "!", "!!!", "...", " lol", " pls", " 😭", "?"]),
)
@settings(max_examples=200)
def test_capitals_apostrophes_and_marks_make_no_difference(alarms, text, change, after):
    heard = {entry.id for entry in alarms.raised_by(change(text) + after)}

    assert {entry.id for entry in alarms.raised_by(text)} <= heard


@given(text=st.sampled_from(PLAIN), at=st.integers(0, 30))
@settings(max_examples=200)
def test_a_stretched_word_is_heard_as_grave(alarms, text, at):
    kinds = [GRAVEST_FIRST.index(entry.kind) for entry in alarms.raised_by(text)]
    heard = [GRAVEST_FIRST.index(entry.kind) for entry in alarms.raised_by(stretched(text, at))]

    assert heard
    assert min(heard) <= min(kinds)


@given(
    before=st.sampled_from(["i ", "im saying i ", "help i ", "so i ", ""]),
    way=st.sampled_from(CANNOT),
    filler=st.sampled_from(["", "really ", "even ", "fucking ", "properly ", "actually "]),
    what=st.sampled_from(["breathe", "feel my legs", "move my legs", "pee", "speak properly", "control my bladder"]),
)
@settings(max_examples=200)
def test_one_inability_is_heard_in_all_its_spellings(alarms, before, way, filler, what):
    assert alarms.raised_by(f"{before}{way} {filler}{what}")[0].kind == "emergency"


SENTENCES = [
    "My shoes are new.", "It was a lovely morning.", "I had porridge before the run.", "The club meets on Tuesday.",
    "Which socks do you like?", "We ran along the river.", "I ran my first half marathon on Sunday.",
    "Coffee was good.", "My knee has no swelling.", "Last year I ran a 10k.",
]  # fmt: skip


@given(text=st.sampled_from(MUST), before=st.sampled_from(SENTENCES[:-1]), after=st.sampled_from(SENTENCES[:-1]))
@settings(max_examples=200)
def test_harmless_sentences_around_it_hide_nothing(alarms, text, before, after):
    told, alarm_id = text
    heard = {entry.id for entry in alarms.raised_by(f"{before} {told}. {after}")}

    assert {entry.id for entry in alarms.raised_by(told)} <= heard, alarm_id
