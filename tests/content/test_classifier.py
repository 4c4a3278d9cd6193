"""What the classifier adds to the lines: it hears what nobody wrote a line for, and knows a figure of speech.

`unseen/` holds eleven sets written by who knew neither lines nor sentences; `plain` is what a physio hears all day.
None of their sentences is learned. The first five were looked at while bounds were chosen, so they show less than
fresh ones; the others were not, until they had been counted. After a change of alarms.yaml, context.yaml or the
sentences: `make classifier`.
"""

import pytest

from bot.advice.freetext.alarms import Alarms
from bot.settings import CONTENT
from tests.support.content import parsed

HERE = CONTENT.parent / "tests/content"
CASES = parsed(HERE / "alarm_cases.yaml")
EVERY = 7  # of so many sentences one is looked at: they take a millisecond each


@pytest.fixture(scope="session")
def raised(localized):
    def kinds(text: str) -> list[str]:
        return [alarm.kind for alarm in localized.alarms.raised_by(text) if alarm.kind != "clinician"]

    return kinds


def sentences(*folders: str, names: tuple[str, ...] = ("crisis", "danger")) -> list[str]:
    files = (CONTENT.parent / folder / f"{name}.txt" for folder in folders for name in names)
    return [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("sets", [range(1, 6), range(6, 9), range(9, 12)])
def test_what_it_has_not_learned_is_heard_and_not_cried_at(raised, sets):
    hands = [f"tests/content/unseen/{number}" for number in sets]
    grave, harmless = sentences(*hands), sentences(*hands, names=("harmless",))

    missed = [text for text in grave if not raised(text)]
    cried = [text for text in harmless if raised(text)]

    assert len(grave) == len(harmless) == 60 * len(sets)
    assert len(missed) <= 0.05 * len(grave), "\n".join(missed)
    assert len(cried) <= 0.05 * len(harmless), "\n".join(cried)


def test_what_a_physio_hears_all_day_raises_nothing(raised):
    plain = sentences("tests/content/unseen/plain", names=("harmless",))

    assert len(plain) == 180
    assert len([text for text in plain if raised(text)]) <= 0.03 * len(plain)


PLACES = ("knee", "hip", "foot", "shin", "calf", "lower back", "heel", "big toe", "glute", "wrist", "upper back")


def test_however_they_say_that_a_place_hurts_it_raises_nothing(raised):
    learned = (CONTENT / "en/training/complaints.txt").read_text(encoding="utf-8").splitlines()
    other = [
        "I do have pain at my {place}",
        "since one week I have pain in {place}",
        "lots of pain in my {place} today",
        "having too much pain in {place} after marathon",
        "is pain in the {place} normal after intervals",
        "pain in {place} is there after every run",
        "can't squat because of {place} pain",
        "the {place} on my left side has pain",
    ]
    told = [frame.format(place=place) for frame in (*learned, *other) for place in PLACES]

    assert len([text for text in told if raised(text)]) <= 0.01 * len(told)


def test_what_it_has_learned_it_knows(raised):
    grave, harmless = sentences("content/en/training"), sentences("content/en/training", names=("harmless",))

    assert len([text for text in grave[::EVERY] if not raised(text)]) <= 0.01 * len(grave[::EVERY])
    assert len([text for text in harmless[::EVERY] if raised(text)]) <= 0.03 * len(harmless[::EVERY])


def test_a_grave_word_in_passing_does_not_drown(raised):
    plain, grave = sentences("tests/content/unseen/plain", names=("harmless",)), sentences("tests/content/unseen/1")
    told = [f"{plain[at]}. {plain[at + 1]}. {text}. {plain[at + 2]}" for at, text in enumerate(grave)]
    rambling = [". ".join(plain[at : at + 3]) for at in range(0, 120, 3)]

    assert len([text for text in told if raised(text)]) >= 0.95 * len(told)
    assert len([text for text in rambling if raised(text)]) <= 0.2 * len(rambling)


def test_a_grave_word_does_not_drown_in_a_sentence_without_end(raised):
    plain, grave = sentences("tests/content/unseen/plain", names=("harmless",)), sentences("tests/content/unseen/1")
    told = [" and ".join([*plain[at : at + 3], text, *plain[at + 3 : at + 6]]) for at, text in enumerate(grave)]

    assert len([text for text in told if raised(text)]) >= 0.9 * len(told)


@pytest.mark.parametrize("name", ["meningitis", "sepsis", "stroke", "cauda equina", "aneurysm", "carbon monoxide"])
def test_what_is_grave_by_its_name_is_no_figure_of_speech(raised, name):
    assert raised(name)
    assert raised(f"I have {name}")


def test_names_of_places_and_pages_and_what_exercises_say_raise_no_more_than_the_lines(library, raised):
    lines = Alarms(library.alarms, library.concepts, library.context, library.search.never)
    pages = (*library.areas.values(), *library.everyday.values())
    names = [name for page in pages for name in (page.name, *page.synonyms, *page.symptoms)]
    titles = [area.title for area in library.areas.values()]
    steps = [step for exercise in library.exercises.values() for step in exercise.steps]

    assert [text for text in (*names, *titles, *steps) if raised(text) and not lines.raised_by(text)] == []


def test_every_case_that_a_line_must_hear_is_still_heard(raised, library):
    appointments = {alarm.id for alarm in library.alarms if alarm.kind == "clinician"}
    texts = [case["text"] for case in CASES["must"] if case["alarm"] not in appointments]

    assert [text for text in texts if not raised(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "I get a tightness across my chest on hills that goes when I walk.",
        "chest pain uphill, fine when I rest",
        "chest tightness that goes",
        "left arm ache on hills, fine when I rest",
        "my jaw aches when I run and stops when I stop",
        "passed out on a run, fine now",
        "had a seizure after my run, it was only short",
        "blacked out after the race but all good",
        "numb between the legs since yesterday, not too bad",
    ],
)
def test_who_plays_it_down_or_whom_rest_relieves_is_heard(raised, text):
    assert raised(text)


def test_pain_of_effort_that_rest_relieves_is_no_figure_of_speech(raised, library):
    lines = Alarms(library.alarms, library.concepts, library.context, library.search.never)
    where = "clamp round my chest", "pain in the middle of my chest", "aching left arm", "pain behind my breastbone"
    when = "on the rower", "running into the wind", "when I climb the stairs", "pushing a pram uphill"
    then = (
        "gone as soon as I sit",
        "easy days are fine",
        "I pay it no heed",
        "clears up at once",
        "always stops by itself",
    )
    told = [f"{who} {ache} {at}, {end}" for who in ("my", "i get a") for ache in where for at in when for end in then]
    heard = [text for text in told if lines.raised_by(text)]

    assert len(heard) > len(told) / 2
    assert len([text for text in heard if not raised(text)]) <= 0.03 * len(heard)


@pytest.mark.parametrize("tail", [", settles once I stop", ", all good again", " but it was only short"])
def test_nothing_that_a_line_hears_is_taken_back_by_playing_it_down(raised, library, tail):
    lines = Alarms(library.alarms, library.concepts, library.context, library.search.never)
    told = [case["text"] + tail for case in CASES["must"][::EVERY]]
    heard = [text for text in told if any(alarm.kind != "clinician" for alarm in lines.raised_by(text))]

    assert len([text for text in heard if not raised(text)]) <= 0.02 * len(heard)


def test_no_case_that_a_line_must_not_hear_is_heard_by_it(raised):
    assert [text for text in CASES["must_not"] if raised(text)] == []


def test_two_words_are_for_the_lines_alone(raised):
    assert raised("goodbye everyone") == raised("tablets counted") == []


def test_without_what_was_trained_the_lines_hear_alone(library, raised):
    lines = Alarms(library.alarms, library.concepts, library.context, library.search.never)
    figure, veiled = (
        "that hill was a heart attack and a half, loved it",
        "nobody will have to carry me any more after tonight",
    )

    assert lines.raised_by(figure)
    assert raised(figure) == []
    assert lines.raised_by(veiled) == ()
    assert raised(veiled) == ["crisis"]


def test_a_likely_crisis_raises_its_card_by_a_bound_of_its_own(library):
    def kinds(crisis_from: float) -> list[str]:
        trained = library.classifier.model_copy(update={"raise_from": 0.999999, "crisis_from": crisis_from})
        alarms = Alarms(library.alarms, library.concepts, library.context, library.search.never, trained)
        return [alarm.kind for alarm in alarms.raised_by("nobody will have to carry me any more after tonight")]

    assert kinds(0.6) == ["crisis"]
    assert kinds(0.999999) == []
