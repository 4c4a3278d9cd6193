"""Everyday pages: what an author may write, and what `limber check` refuses."""

import pytest

PAGES = "everyday.yaml"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("id: stitch", "id: hip", "the id `hip` is used twice"),
        ("      - Run on once it has gone.\n", "", "has too few entries"),
        ("Run on once it has gone.", "Go on, and on, and on. " * 8, "say it in 80, so that it is read on a phone"),
        ("areas: [calf, hamstring, foot]", "areas: [calve]", "there is no `calve` among the areas"),
        ("disposition: emergency", "disposition: modify", "cannot be `modify`"),
        ("sources: [general-knowledge]", "sources: [nobody]", "there is no `nobody` among the sources"),
        ("Run on once it has gone.", "Run through the pain.", "tells people to go on in pain"),
    ],
)
def test_a_page_that_could_do_harm_or_lead_nowhere_is_refused(draft, old, new, complaint):
    draft.replace(PAGES, old, new)

    assert any(complaint in f"{problem}" for problem in draft.problems())


def test_words_for_a_bystander_name_signs_there_are(draft):
    draft.replace("bystander.yaml", "flags: [G8]", "flags: [G98]")

    assert any("there is no `G98` among the flags" in f"{problem}" for problem in draft.problems())


def test_every_page_says_when_to_be_seen_worst_first(library):
    assert len(library.everyday) >= 12
    for page in library.everyday.values():
        ranks = [worry.disposition.rank for worry in page.worry]
        assert ranks == sorted(ranks), page.id
