"""What a reminder brings comes back as it was, and without words its length tells nothing of it."""

from dataclasses import replace
from datetime import time
from typing import get_args

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import example, given
from hypothesis import strategies as st

from bot.advice.model.base import Id
from bot.reminders.content import MAX_WORDS_LENGTH, SHAPE, WORDLESS_BLOCK, ReminderContent, from_plain, to_plain
from bot.storage.vault import PersonKey
from tests.support.strategies import minutes

KEY = PersonKey(1, AESGCM(bytes(32)))
MOST = ReminderContent(area="a" * 40, named=True, minutes=15, morning=time(23, 59), language="en-GB")
wordless = st.builds(
    ReminderContent,
    area=st.none() | st.from_regex(get_args(Id)[1].pattern, fullmatch=True),  # whatever `limber check` allows
    named=st.booleans(),
    minutes=st.none() | st.integers(1, 15),
    morning=minutes,
    language=st.from_regex("[a-z]{2}(-[A-Z]{2})?", fullmatch=True),
)
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=MAX_WORDS_LENGTH)


@given(wordless)
@example(MOST)
@example(ReminderContent())
def test_whatever_is_filled_in_without_words_is_as_long_sealed(content: ReminderContent) -> None:
    sealed = KEY.seal(to_plain(content), b"", block=WORDLESS_BLOCK)
    assert len(sealed) == len(KEY.seal(b"", b"", block=WORDLESS_BLOCK))


def test_no_smaller_block_would_do() -> None:
    assert len(to_plain(MOST)) + 1 == WORDLESS_BLOCK  # one byte marks where the padding begins


@given(wordless, st.none() | texts)
@example(MOST, "Calves, then hips, \n,, and bed")
@example(MOST, "0")
def test_it_comes_back_as_it_was(content: ReminderContent, words: str | None) -> None:
    whole = replace(content, words=words)
    assert from_plain(to_plain(whole)) == whole


@given(wordless, st.none() | texts)
def test_what_1_0_0_wrote_does_too(content: ReminderContent, words: str | None) -> None:
    whole = replace(content, words=words)
    assert from_plain(SHAPE.dump_json(whole)) == from_plain(SHAPE.dump_json(whole, exclude_none=True)) == whole


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff",
        b"en,08:00,15,0",
        b"en,8,15,0,hip,",
        b"en,08:00,x,0,hip,",
        b"en,08:00,15,2,,",
    ],
)
def test_what_is_none_is_refused(plain: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # of pydantic, or of the line
        from_plain(plain)
