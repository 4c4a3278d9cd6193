"""A card as plain text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.say import WIDTH, transcript

TEXT, ROW, BUTTON, RULE, FRAME = 10, 1, 2, 14, 17


def text(content: str) -> dict:
    return {"type": TEXT, "content": content}


def framed(*components: dict) -> dict:
    return {"components": [{"type": FRAME, "components": list(components)}]}


def test_a_small_card_reads_like_a_letter():
    message = framed(
        text("## Hip\nIt **often** is _nothing_ new."),
        {"type": RULE},
        text("- one\n- two"),
        {"type": ROW, "components": [{"type": BUTTON, "label": "More"}, {"type": BUTTON, "label": "Share"}]},
        text("-# small print"),
    )

    lines = transcript(message).splitlines()
    assert "┃ HIP" in lines
    assert "┃ - one" in lines
    assert "┃ [ More ]  [ Share ]" in lines
    assert "┃ small print" in lines
    assert any(set(line) == {"┃", " ", "─"} for line in lines)
    assert "**" not in transcript(message)


def test_texts_come_in_the_order_they_stand():
    whole = transcript({"components": [text("first"), {"type": FRAME, "components": [text("second")]}, text("third")]})

    assert whole.index("first") < whole.index("second") < whole.index("third")


def test_a_message_without_components_is_empty():
    assert transcript({}) == transcript({"components": []}) == ""


def test_a_component_that_cannot_be_shown_as_text_is_left_out_and_breaks_nothing():
    assert transcript({"components": [{"type": 12, "items": []}, text("still here")]}).strip() == "still here"


@given(
    words=st.lists(
        st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=20), min_size=1, max_size=80
    )
)
def test_no_word_is_lost_and_no_line_is_too_wide(words):
    whole = transcript(framed(text(" ".join(words))))

    assert re.sub(r"[┃\s]+", " ", whole).split() == words
    assert all(len(line) <= WIDTH for line in whole.splitlines())


@given(content=st.text(max_size=300))
def test_any_text_can_be_printed(content):
    assert isinstance(transcript(framed(text(content))), str)


def test_every_card_of_the_bot_is_printed_whole(localized):
    for name, key, page, card in localized.card_index.all():
        printed = transcript({"components": card.to_components()})
        bare = re.sub(r"[\W_]+", "", printed).casefold()
        for item in card.walk_children():
            for part in (getattr(item, "content", None), getattr(item, "label", None)):
                if part:
                    wanted = re.sub(r"[\W_]+", "", part).casefold()
                    assert wanted in bare, f"{name} of {key}, page {page + 1}: {part[:60]}"


@pytest.mark.parametrize("label", ["Yes, or not sure", "All warning signs"])
def test_buttons_are_shown_as_what_can_be_pressed(localized, label):
    assert f"[ {label} ]" in transcript({"components": localized.card_index.card("pain", "hip").to_components()})
