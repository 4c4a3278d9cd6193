"""From free text to an area: the evaluation set, and what holds for any text at all."""

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.freetext.search import Search
from bot.advice.freetext.text import every_word, words
from bot.settings import CONTENT
from tests.support.content import parsed
from tests.support.examples import examples

REPOSITORY = CONTENT.parent
SET = parsed(REPOSITORY / "tests/content/search_cases.yaml")
CASES = [(case["text"], case["areas"]) for case in SET["cases"]]
NOTHING = SET["nothing"]
VOCABULARY = parsed(CONTENT / "en/search.yaml")
FILLER = sorted({word for text in VOCABULARY["filler"] for word in words(text)})

ALL_ANSWERS = """
import json, sys
from bot.advice.loader import load
from bot.advice.freetext.search import Search
from bot.settings import CONTENT
search = Search(load(CONTENT / "en"))
texts = json.load(sys.stdin)
json.dump([[(match.area.id, match.score) for match in search.find(text)] for text in texts], sys.stdout)
"""

TYPED = (
    st.text(max_size=80)
    | st.sampled_from([text for text, _ in CASES])
    | st.lists(st.sampled_from(sorted({word for text, _ in CASES for word in text.split()})), max_size=8).map(" ".join)
)


@pytest.fixture(scope="session")
def search(library) -> Search:
    return Search(library)


def test_at_least_97_of_100_cases_lead_to_the_right_area_first(search):
    misses = []
    for text, areas in CASES:
        found = [match.area.id for match in search.find(text)]
        if not found or found[0] not in areas:
            misses.append(f"{text!r}: {found or 'nothing'}, wanted {' or '.join(areas)}")
    assert len(CASES) >= 500
    assert len(misses) <= 0.03 * len(CASES), "\n  ".join([f"{len(misses)} of {len(CASES)} missed", *misses])


def test_what_leads_nowhere_matches_nothing(search):
    misses = [f"{text!r}: {[match.area.id for match in found]}" for text in NOTHING if (found := search.find(text))]
    assert len(NOTHING) >= 100
    assert misses == [], "\n  ".join([f"{len(misses)} of {len(NOTHING)} guessed at", *misses])


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("itb", "itb"),
        ("runners knee", "knee"),
        ("sit bone ache", "hamstring"),
        ("sore hammies", "hamstring"),
        ("crick in neck", "neck"),
        ("pain at the base of my skull", "neck_headache"),
    ],
)
def test_the_words_the_project_was_founded_on_are_understood(search, text, area):
    assert search.find(text)[0].area.id == area


@pytest.mark.parametrize("text", ["pizza", "tooth ache", "", " ", "pain", "my", "12", "🏃", "hip hop"])
def test_it_does_not_guess(search, text):
    assert search.find(text) == ()


def test_an_area_is_found_by_its_own_name_and_all_its_synonyms_and_symptoms(search, library):
    missed = [
        f"{text!r}: {[match.area.id for match in search.find(text)]}, wanted {area.id}"
        for area in library.areas.values()
        for text in (area.name, *area.synonyms, *area.symptoms)
        if area.id not in [match.area.id for match in search.find(text)]
    ]
    assert missed == []


def test_autocomplete_offers_every_area_when_nothing_is_typed_and_none_for_words_it_does_not_know(search, library):
    assert {area.id for area in search.suggest("")} == set(library.areas)
    assert search.suggest("zzzz") == []
    assert search.suggest("ham")[0].id == "hamstring"


@given(text=TYPED)
def test_any_text_gets_an_orderly_answer(search, text):
    found = search.find(text)

    scores = [match.score for match in found]
    assert all(0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert len({match.area.id for match in found}) == len(found)


@pytest.fixture(scope="session")
def other_search(library) -> Search:
    return Search(library)


@examples(60)
@given(text=TYPED)
def test_another_search_over_the_same_content_gives_the_same_answer(search, other_search, text):
    assert [(m.area.id, m.score) for m in other_search.find(text)] == [(m.area.id, m.score) for m in search.find(text)]


def test_the_order_of_pythons_sets_changes_no_answer():
    texts = [text for text, _ in CASES] + NOTHING
    answers = [
        subprocess.Popen(
            [sys.executable, "-c", ALL_ANSWERS],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    first, second = (json.loads(process.communicate(json.dumps(texts))[0]) for process in answers)

    assert [t for t, one, other in zip(texts, first, second, strict=True) if one != other] == []


@given(data=st.data())
def test_filler_words_never_change_the_first_area(search, data):
    text = data.draw(st.sampled_from([text for text, _ in CASES]))
    said = text.split()
    at = data.draw(st.sampled_from([0, len(said)]))
    filler = data.draw(st.lists(st.sampled_from(FILLER), max_size=5))
    with_filler = " ".join([*said[:at], *filler, *said[at:]])

    assert [match.area.id for match in search.find(with_filler)][:1] == [m.area.id for m in search.find(text)][:1]


@given(text=st.text(max_size=400))
def test_words_are_lower_case_and_bare(text):
    for word in words(text):
        assert word == word.casefold()
        assert not set(word) & set(" '’.,!?-_")


@given(texts=st.lists(st.text(max_size=20) | st.text("aZ9_'` \n.", max_size=20), max_size=5))
def test_the_words_of_many_texts_are_those_of_each(texts):
    assert every_word(texts) == {word for text in texts for word in words(text)}


def test_accents_apostrophes_and_punctuation_make_no_difference(search):
    assert search.find("  KNEE!!! ") == search.find("knee")
    assert search.find("runner’s knee") == search.find("runner's knee") == search.find("runners knee")
    assert words("Can’t feel my fóot") == ["cant", "feel", "my", "foot"]


def test_the_set_contradicts_itself_nowhere():
    texts = [text for text, _ in CASES] + NOTHING

    assert sorted({text for text in texts if texts.count(text) > 1}) == []
    known = {file.stem for file in (REPOSITORY / "content/en/areas").glob("*.yaml")}
    assert {area for _, areas in CASES for area in areas} <= known
