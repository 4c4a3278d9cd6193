"""The first sentence of a story leads to the right page, to a choice that holds it, or to the page for feeling ill."""

from collections import Counter
from pathlib import Path

import pytest

from bot.ui.alarm_gate import alarms_in
from bot.ui.locales import LocalizedContent
from tests.support.content import parsed

SETS = parsed(Path(__file__).parent / "first_sentences.yaml")["sets"]


def outcome(localized: LocalizedContent, text: str, leads: list[str]) -> str:
    """Right, choice, alarm (which comes before all), nowhere (the page for feeling ill), or lost; else wrong."""
    if alarms_in([text], localized):
        return "alarm"
    pages = [page.id for page in localized.search.lead(text)]
    if not pages:
        return "lost" if leads else "nowhere"
    if not set(pages) & set(leads):
        return "wrong"
    return "right" if len(pages) == 1 else "choice"


FOREIGN = parsed(Path(__file__).parent / "foreign_words.yaml")


@pytest.mark.parametrize(
    "sentences",
    SETS,
    ids=["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
)
def test_a_first_sentence_leads_to_the_right_page_and_never_far_from_it(
    localized: LocalizedContent, sentences: list[dict]
) -> None:
    found = {said["text"]: outcome(localized, said["text"], said["leads"]) for said in sentences}
    counted = Counter(found.values())

    assert len(sentences) >= 60
    wrong = [text for text, what in found.items() if what == "wrong"]
    lost = [text for text, what in found.items() if what == "lost"]
    assert len(wrong) <= 0.05 * len(sentences), "\n".join(map(str, ("guessed", counted, *wrong)))
    assert len(lost) <= 0.05 * len(sentences), "\n".join(map(str, ("a page there is was not found", counted, *lost)))


def test_words_of_other_languages_never_lead_to_another_place(localized: LocalizedContent) -> None:
    allowed = {**FOREIGN["places"], **FOREIGN["almost_english"]}
    allowed |= {word: [] for line in FOREIGN["elsewhere"] for word in line.split()}

    found = {word: [page.id for page in localized.search.lead(word)] for word in allowed}

    assert len(allowed) >= 500
    assert {word: pages for word, pages in found.items() if not set(pages) <= set(allowed[word])} == {}
