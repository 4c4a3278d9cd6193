"""What people typed comes out harmless; what authors wrote comes out whole."""

import doctest
import re
import unicodedata
from itertools import pairwise

import pytest
from discord import SelectOption
from hypothesis import given
from hypothesis import strategies as st

from bot import typed_text
from bot.typed_text import shortened
from bot.ui.cards.heights import text_height
from bot.ui.cards.pages import split_into_pages
from bot.ui.cards.parts import Card, StackedCard, box, bullets, button, escaped, menu, row, small
from bot.ui.cards.style import CALM
from bot.ui.custom_id import custom_id
from bot.ui.limits import COMPONENTS, PAGE, size
from bot.ui.samples import samples
from tests.support.components import flat
from tests.support.examples import WHOLE

MENTION = re.compile(r"@everyone|@here|<@[!&]?\d+>|<#\d+>|</[\w -]+:\d+>|<id:\w+>|<t:\d+(:\w)?>|<a?:\w+:\d+>")
MARKDOWN = re.compile(r"(?<!\\)(\\\\)*(\*|_|~~|`|\|\|)")
LONG = 4_000


def test_the_examples_hold():
    assert doctest.testmod(typed_text).failed == 0


def test_plain_words_stay_as_they_were():
    assert escaped("my left knee hurts after 10 km, why?") == "my left knee hurts after 10 km, why?"
    assert escaped("  rodilla   y  tobillo ñ é ß  ") == "rodilla y tobillo ñ é ß"


@pytest.mark.parametrize(
    "text",
    ["@everyone", "@here hip", "<@123456789012345678>", "<@!123456789012345678>", "<@&123456789012345678>",
     "<#123456789012345678>", "</pain:123456789012345678>", "<id:customize>", "<t:1700000000:R>",
     "<:hip:123456789012345678>",
     "<a:hip:123456789012345678>", "@\u200beveryone @everyone", "<@12<@34>>"],
)  # fmt: skip
def test_nobody_is_mentioned(text):
    assert not MENTION.search(escaped(text))
    assert not MENTION.search(unicodedata.normalize("NFKC", escaped(text)).replace("\\", ""))


@pytest.mark.parametrize(
    "text",
    ["**bold**", "__under__", "*it* _it_", "~~gone~~", "`code`", "```py\nx\n```", "||spoiler||", "a\\*b*", "***"],
)
def test_markdown_is_shown_and_not_obeyed(text):
    assert not MARKDOWN.search(escaped(text))


@pytest.mark.parametrize("text", ["# big", "## big", "> quote", "- item", "[here](https://example.com)", ">>> quote"])
def test_markdown_that_needs_a_place_is_not_obeyed_either(text):
    shown = escaped(text)

    assert shown.startswith("\\")
    assert not re.search(r"(?<!\\)\[.*\]\(", shown)


@pytest.mark.parametrize(
    "mark",
    ["\u200b", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff", "\u00ad", "\u2060", "\x00", "\x1b", "\x7f", "\u2028",
     "\U000e0041"],
    ids=lambda mark: f"U+{ord(mark):04X}",
)  # fmt: skip
def test_what_cannot_be_seen_or_turns_the_line_round_is_gone(mark):
    assert mark not in escaped(f"hi{mark}p")
    assert escaped(mark * 10) == ""


@pytest.mark.parametrize("text", [*WHOLE, "a > b", "5k -> 10k", "I <3 hills", "\U0001fae8", "x < y and y > z"])
def test_peoples_words_are_theirs(text):
    assert escaped(text) == text


def test_a_quote_shows_no_backslash():
    assert escaped("> quote") == "\\> quote"  # one that Discord takes away, before a sign that it knows
    assert escaped("<@1> >") == "‹@1> >"


#: What goes on with the letter or picture before it.
INNER = "\u200d\ufe0f\u20e3\U0001f3fd\U000e0067\U000e007f\u094d"


@pytest.mark.parametrize("text", WHOLE)
def test_what_is_cut_is_not_cut_through_a_letter(text):
    long = text * 9
    for most in range(2, 60):
        shown = shortened(long, most)
        kept = shown.removesuffix("…")
        assert len(shown) <= most
        assert long.startswith(kept)
        assert not kept.endswith("\u200d")
        assert not long[len(kept) :].startswith(tuple(INNER))
        assert len(re.findall("[🇦-🇿]", kept)) % 2 == 0


@pytest.mark.parametrize("between", ["\n", "\r\n", "\t", "\v", "\u2028", "\u2029", "\u0085", "\u00a0"])
def test_words_on_two_lines_stand_on_one_and_stay_two_words(between):
    assert escaped(f"hip{between}knee") == "hip knee"


@pytest.mark.parametrize("mark", ["x", "*", "@", "<", "\\", "`", "# ", "🏃", "ß", "[", "_a", "ﷺ", "e\u0301"])
def test_four_thousand_characters_come_out_short(mark):
    shown = escaped(mark * (LONG // len(mark)))

    assert shown.endswith("…")
    assert len(shown.replace("\\", "").replace("\u200b", "")) <= 60
    assert len(shown) <= 130


@given(text=st.text(max_size=200) | st.text(alphabet="*_~`|\\@<>#[]()- \n\u200b\u202eahttps:/.", max_size=100))
def test_whatever_is_typed_comes_out_on_one_harmless_short_line(text):
    shown = escaped(text)
    bare = shown.replace("@\u200b", "@")  # the one invisible mark that is ours: it breaks mentions

    assert len(shown) <= 130
    assert len(shown.splitlines()) <= 1
    assert shown == shown.strip()
    assert not MENTION.search(shown)
    assert not re.search("[\x00-\x1f\u202a-\u202e\u2066-\u2069]", bare)


# --- pages ------------------------------------------------------------------------------------------------------------

BLOCKS = st.lists(
    st.integers(1, 3_000).flatmap(lambda length: st.sampled_from("abc").map(lambda mark: mark * length)), max_size=30
)


@given(blocks=BLOCKS, most=st.integers(1, 4_000))
def test_pages_never_cut_a_block_nor_lose_one_nor_change_their_order(blocks, most):
    packed = split_into_pages(blocks, most)

    assert [block for page in packed for block in page] == blocks
    assert all(packed)
    assert all(sum(map(text_height, page)) <= most or len(page) == 1 for page in packed)


@given(blocks=BLOCKS)
def test_a_page_ends_only_where_the_next_block_would_not_fit(blocks):
    packed = split_into_pages(blocks)

    for page, following in pairwise(packed):
        assert sum(map(text_height, page)) + text_height(following[0]) > PAGE


# --- small things -----------------------------------------------------------------------------------------------------


def test_subtext_is_marked_on_every_line():
    assert small("one\ntwo") == "-# one\n-# two"
    assert bullets(["one", "two"]) == "- one\n- two"


def test_a_card_is_sent_and_forgotten_and_measured_with_all_that_is_nested():
    card = Card(box(CALM, "four", row(button("Help", "help"), button("More", "open", "signs", "hip", 0))))

    assert card.is_finished()
    assert card.timeout is None
    assert size(card).text == 4
    assert size(card).components == 5 <= COMPONENTS


# --- numbers ----------------------------------------------------------------------------------------------------------


def test_a_menu_is_another_one_wherever_it_asks_something_else_and_whenever_it_is_shown_again():
    """A client keeps what was chosen under a component's number."""
    days, times = (choices(custom_id("club_setup.pick", name)) for name in ("days", "times"))

    assert numbers(days)["pick.days"] != numbers(times)["pick.times"]
    assert numbers(days) == numbers(days)
    first, second = (numbers(StackedCard(days, showing=showing)) for showing in (1, 2))
    assert first["pick.days"] != second["pick.days"]
    assert first["setup.save"] == second["setup.save"] == numbers(days)["setup.save"]


def test_no_two_parts_of_a_card_have_one_number(localized):
    for name, key, card in samples(localized.library, localized.words):
        numbered = [part["id"] for part in flat(card.to_components()) if "custom_id" in part]
        assert len(numbered) == len(set(numbered)), f"{name} of {key}"
        assert all(0 < number < 2**31 for number in numbered), f"{name} of {key}"


def choices(name: str) -> Card:
    options = [SelectOption(label="Monday", value="0")]
    return Card(box(CALM, menu(name, "Choose", options), row(button("Save", "club_setup.save"))))


def numbers(card: Card) -> dict[str, int]:
    """Each part's number, by the last two words of what it is."""
    parts = [part for part in flat(card.to_components()) if "custom_id" in part]
    return {".".join(part["custom_id"].replace("club_", "").split(".")[-2:]): part["id"] for part in parts}
