"""Pages find themselves: what `limber check` says of names, synonyms and symptoms that lead elsewhere or nowhere."""

import pytest

from bot.advice.checks.slow import lost_words
from bot.advice.freetext.search import Search

HIP = "areas/hip.yaml"


def complaints(draft) -> list[str]:
    library = draft.load()
    return [f"{file} {place}: {what}" for file, place, what, _ in lost_words(library, Search(library))]


def test_the_shipped_pages_find_themselves(draft):
    assert complaints(draft) == []


@pytest.mark.parametrize("text", ["left side", "hip hop", "after a long run", "sore"])
def test_a_synonym_that_the_search_refuses_is_reported_where_it_stands(draft, text):
    draft.replace(HIP, "synonyms:\n", f"synonyms:\n  - {text}\n")

    (complaint,) = complaints(draft)
    assert f"('synonyms', 0): \"{text}\" stands for `hip`, and is refused" in complaint


def test_a_name_that_leads_to_another_page_is_reported_though_both_claim_it(draft):
    draft.replace(HIP, "name: Hip\n", "name: Knee\n")

    assert any('"Knee" stands for' in complaint and "leads to" in complaint for complaint in complaints(draft))


def test_a_new_area_may_take_its_name_from_an_everyday_page(draft):
    draft.replace(HIP, "name: Hip\n", "name: Elbow\n")
    library = draft.load()

    assert [page.id for page in Search(library).lead("elbow")] == ["hip"]
    assert complaints(draft) == []


def test_a_symptom_of_an_everyday_page_is_looked_up_too(draft):
    draft.replace("everyday.yaml", "symptoms: [sharp pain", "symptoms: [long run, sharp pain")

    (complaint,) = complaints(draft)
    assert complaint.startswith("everyday.yaml ('everyday', 0, 'symptoms', 0)")
