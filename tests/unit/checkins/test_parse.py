"""Pains and notes as people type them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.draft import MAX_NOTE_LENGTH, BadPain, NoteTooLong, note_from, pain_from


@pytest.mark.parametrize(
    ("text", "pain"),
    [
        *(("0", 0), ("4", 4), (" 4 ", 4), ("10", 10), ("04", 4)),
        *(("4/10", 4), ("4 / 10", 4), ("10/10", 10), ("4 of 10", 4), ("4 out of 10", 4), ("4 OUT OF 10\n", 4)),
        *(("４", 4), ("４／１０", 4), ("٤", 4), ("७", 7), ("١٠", 10)),
    ],
)
def test_a_whole_number_from_0_to_10_is_a_pain_in_any_script(text: str, pain: int) -> None:
    assert pain_from(text) == pain


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "11", "100", "-1", "+4", "−4", "ten", "four", "4.5", "4,5", "4.0", "½", "4/5", "4/100", "/10", "4/"),
        *(
            "4-5",
            "4 5",
            "1 0",
            "4️⃣",
            "④",
            "⁴",
            "😣",
            "4!",
            "about 4",
            "1e1",
            "0x4",
            "NaN",
            "4\u200b",
            "\u202e4",
            "9" * 10_000,
        ),
    ],
)
def test_anything_else_is_not(text: str) -> None:
    with pytest.raises(BadPain) as caught:
        pain_from(text)
    assert caught.value.values == {}


@given(st.text(max_size=8))
def test_no_text_gives_a_pain_off_the_scale(text: str) -> None:
    with suppress(BadPain):
        assert 0 <= pain_from(text) <= 10


@pytest.mark.parametrize("note", ["sore", " as typed ", "**@everyone** <@1>", "שלום", "a\nb", "😣" * MAX_NOTE_LENGTH])
def test_a_note_is_kept_as_it_was_typed(note: str) -> None:
    assert note_from(note) == note


@pytest.mark.parametrize("note", ["", " ", "\n\t\u3000"])
def test_nothing_but_space_is_no_note(note: str) -> None:
    assert note_from(note) is None


@pytest.mark.parametrize("length", [MAX_NOTE_LENGTH + 1, 10_000])
def test_a_note_that_is_too_long_says_how_long_it_is(length: int) -> None:
    with pytest.raises(NoteTooLong) as caught:
        note_from("x" * length)
    assert caught.value.values == {"length": length, "most": MAX_NOTE_LENGTH}
