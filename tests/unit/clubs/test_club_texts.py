"""What moderators type, as attacks: harmless, or refused with the reason."""

import doctest
import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clubs import text_rules as module
from bot.clubs.text_rules import (
    MAX_TEXT_LENGTH,
    MAX_TIP_LENGTH,
    MAX_TIPS,
    LinkUnclear,
    TextCalls,
    TextCountermands,
    TextHasLink,
    TextTooLong,
    TipTooLong,
    TooManyTips,
    contact_from,
    emergency_from,
    tips_from,
)
from bot.errors import UserError
from bot.typed_text import MAX_MARKS
from bot.ui.cards.parts import escaped
from tests.support.examples import WHOLE

PING = re.compile(r"@everyone|@here|<@[!&]?\d+>|<#\d+>")
URL = re.compile(r"https://[^\s<]+[^<.,:;\"'\])\s]")
MARKDOWN = re.compile(r"(?<!\\)(?:\\\\)*(?:\*|_|~~|`|\|\|)")
UNSEEN = {"Cc", "Cs", "Zl", "Zp"}
ACTING = "\u200b\u202e\u2066\ufeff\u00ad\x00"
BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe0f\ufe00\U000e0100"

PIECES = [
    *("@everyone", "@here", "<@1>", "<@&2>", "<#3>", "](", "https://", "https://a.de", "](https://a.de)", "<a:b:1>"),
    *(
        "x",
        "ab",
        "Do not",
        "call",
        "1.",
        "-#",
        "```",
        "**",
        "__",
        "||",
        "~~",
        "\u200b",
        "\u202e",
        "\u2066",
        "\u0336",
        "\u0489",
    ),
    *"*_~`|\\@<>#[]()!&-:/.+• \n\t",
    *BLANKS,
]
NASTY = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
ANY = st.text(max_size=300) | NASTY


def one_tip(text: str) -> str | None:
    return " ".join(tips_from(text)) or None


READERS = (contact_from, emergency_from, one_tip)


@pytest.mark.parametrize("read", READERS)
@given(text=ANY)
def test_whatever_comes_out_pings_nobody_renders_nothing_and_hides_nothing(
    read: Callable[[str], str | None], text: str
) -> None:
    try:
        kept = read(text)
    except UserError:
        return
    assert kept is None or kept == kept.strip() != ""
    shown = escaped(kept or "", MAX_TEXT_LENGTH)
    bare = shown.replace("@\u200b", "@")
    assert not PING.search(shown)
    assert not [mark for mark in bare if unicodedata.category(mark) in UNSEEN or mark in ACTING]
    assert "](" not in bare
    assert not re.search(r"<(?:a?:\w+:\d+|[@#/])", bare)
    assert not MARKDOWN.search(URL.sub("", bare))
    assert not re.match(r"(#{1,3}|-#|>{1,3}|[-*+])\s", bare)
    assert not re.search(rf"\p{{Mn}}{{{MAX_MARKS + 1}}}".replace(r"\p{Mn}", "[\u0300-\u036f]"), bare)
    assert len(bare.splitlines()) <= 1


@pytest.mark.parametrize("read", [contact_from, emergency_from])
@given(text=ANY)
def test_what_was_kept_is_kept_again_as_it_is(read: Callable[[str], str | None], text: str) -> None:
    """A form opens on what is kept; whoever saves it unchanged changes nothing."""
    try:
        kept = read(text)
    except UserError:
        return
    assert read(kept or "") == kept


@given(text=ANY)
def test_tips_that_were_kept_are_kept_again_as_they_are(text: str) -> None:
    try:
        kept = tips_from(text)
    except UserError:
        return
    assert tips_from("\n".join(kept)) == kept


def test_the_examples_hold() -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    "text",
    [
        "Jo Smith, physio: Tuesdays at the track",
        "Call 112, then the hut on 01234 567890",
        "ジョー先生、火曜日",
        "นัดพบที่สนาม น้ำ",
        "Übergang am Tor, Erste-Hilfe-Kasten im Clubhaus",
        "שָׁלוֹם",
        *WHOLE,
    ],
)
@pytest.mark.parametrize("read", READERS)
def test_plain_words_stay_as_they_were(read: Callable[[str], str | None], text: str) -> None:
    assert read(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "text",
    ["@everyone", "hello @here", "@EVERYONE", "ask <@123>", "<@!123>", "<@&5> too", "in <#77>", "@\u200beveryone"],
)
def test_what_would_call_somebody_is_refused(read: Callable[[str], str | None], text: str) -> None:
    with pytest.raises(TextCalls):
        read(text)


def test_an_address_and_a_name_call_nobody() -> None:
    assert contact_from("Jo, jo@club.example, or @Jo on the track") == "Jo, jo@club.example, or @Jo on the track"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("# Big", "Big"),
        ("-# small\n> quoted\n- listed\n• listed", "small · quoted · listed · listed"),
        ("```py\nx = 1\n```", "x = 1"),
        ("<:hip:123> and <a:run:45>", ":hip: and :run:"),
        ("1. one", "1. one"),
        ("No stop.\nA stop", "No stop. A stop"),
        (" \t\n#\n\n", None),
    ],
)
def test_what_stands_at_the_start_of_a_line_makes_no_heading_list_or_quote(text: str, plain: str | None) -> None:
    assert contact_from(text) == plain


@pytest.mark.parametrize("mark", ACTING)
def test_what_acts_on_what_is_beside_it_is_not_kept(mark: str) -> None:
    assert contact_from(f"hi{mark}p") == "hip"


@pytest.mark.parametrize("mark", [*ACTING, *BLANKS, "\u200d", "\u200c", "\u200f"])
def test_what_nobody_sees_is_no_text(mark: str) -> None:
    assert contact_from(mark * 30) is None


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("mark", ["\u200d", "\u200c", "\ufe0f", "\u2800"])
def test_no_mark_that_is_kept_hides_a_word_from_the_rules(read: Callable[[str], str | None], mark: str) -> None:
    with pytest.raises(TextCalls):
        read(f"@every{mark}one")
    with pytest.raises(TextCountermands):
        read(f"Do n{mark}ot ca{mark}ll 112.")


def test_marks_do_not_climb_over_the_lines_around() -> None:
    assert contact_from("h" + "\u0336\u0321\u0310" * 40) == "h" + "\u0336" * 3
    assert contact_from("a" + "\u20dd\u200d" * 40) == "a" + "\u20dd\u200d" * 3 + "\u200d" * 37


@pytest.mark.parametrize("read", [contact_from, emergency_from])
def test_there_is_an_end_to_a_text(read: Callable[[str], str | None]) -> None:
    assert read("x" * MAX_TEXT_LENGTH) == "x" * MAX_TEXT_LENGTH
    with pytest.raises(TextTooLong) as raised:
        read("word " * 800)
    assert raised.value.values == {"length": 3999, "most": MAX_TEXT_LENGTH}


def test_what_cannot_be_seen_does_not_count() -> None:
    assert contact_from("x\u200b" * MAX_TEXT_LENGTH) == "x" * MAX_TEXT_LENGTH


def test_one_line_is_one_tip() -> None:
    typed_ = "- Shorter steps uphill\n\n* Warm up first\n- Shorter steps uphill\n\u200b\n3 deep breaths"
    assert tips_from(typed_) == ("Shorter steps uphill", "Warm up first", "3 deep breaths")
    assert tips_from("") == ()


def test_there_is_an_end_to_how_many_tips_and_how_long() -> None:
    assert len(tips_from("\n".join(map(str, range(MAX_TIPS))))) == MAX_TIPS
    with pytest.raises(TooManyTips) as many:
        tips_from("\n".join(map(str, range(MAX_TIPS + 1))))
    assert many.value.values == {"count": MAX_TIPS + 1, "most": MAX_TIPS}
    assert tips_from("x" * MAX_TIP_LENGTH) == ("x" * MAX_TIP_LENGTH,)
    with pytest.raises(TipTooLong) as long:
        tips_from(f"short\n{'x' * 4_000}")
    assert long.value.values == {"number": 2, "length": 4_000, "most": MAX_TIP_LENGTH}


@pytest.mark.parametrize(
    "text",
    [
        "https://club.example",
        "http://club.example",
        "see steam://run/1",
        "discord.gg/abc",
        "www.club.example",
        "club.com",
        "club.example/physio",
        "[here](https://club.example)",
        "ｈｔｔｐｓ：／／club.example",
        "https:\u200b//club.example",
    ],
)
@pytest.mark.parametrize("read", [emergency_from, one_tip])
def test_a_link_stands_nowhere_but_in_the_contact(read: Callable[[str], str | None], text: str) -> None:
    with pytest.raises(TextHasLink):
        read(f"Read {text}")


@pytest.mark.parametrize(
    "text", ["rest.Then go", "1.5 km/h", "e.g. hills", "min./km", "Dr.Jones", "06:30/07:30", "a@b.org"]
)
def test_not_every_dot_is_a_link(text: str) -> None:
    assert tips_from(text) == (text,)


@pytest.mark.parametrize(
    "link",
    [
        "https://club.example",
        "https://www.club.example/a_b_c/d?e=f&g=%20#h",
        "https://club.example:8443/~jo/",
        "HTTPS://Club.Example/Physio",
        "https://blog.example/@jo",
    ],
)
def test_a_plain_link_in_the_contact_stays_as_it_is(link: str) -> None:
    for text in (f"Book: {link} or call", f"Book: <{link}> or call"):
        assert contact_from(text) == f"Book: {link} or call"
    assert contact_from(f"Book ({link}).") == f"Book ({link})."
    if "@" not in link:
        assert link in escaped(contact_from(link) or "", MAX_TEXT_LENGTH)


@pytest.mark.parametrize(
    "text",
    [
        "[here](https://club.example)",
        "[*here*](x)",
        "http://club.example",
        "javascript://club.example",
        "https://good.example@evil.example/",
        "https://192.168.0.1/",
        "https://localhost",
        "https://gооgle.example",  # two letters are Cyrillic
        "site:https://club.example",
        "https://club.example/a*b*",
        "https://club.example/`x`",
        "https://club.example/a|b",
        "<https://club.example",
    ],
)
def test_a_link_that_hides_where_it_leads_is_refused(text: str) -> None:
    with pytest.raises(LinkUnclear):
        contact_from(f"Book: {text}")


HARM = [
    "Do not call 112, call Jo first", "Ring Jo before you call 112", "Dо nоt call 112", "an ambulance can wait",
    "Call Jo first if somebody collapses", "don't bother the ambulance for a faint", "don’t waste the doctor's time",
    "take two ibuprofen before the race", "400 mg ibuprofen helps", "pop a nurofen at halfway",
    "A paracetamol before the start does wonders", "run through the pain", "walk it off", "no pain, no gain",
    "Run through it, pain is weakness leaving the body", "finish the race first, then rest", "Ignore the warning signs",
    "Carry on running with a swollen knee, it loosens up", "if your chest hurts, keep going, it passes",
    "chest pain is usually just wind", "no need to see a doctor", "Doctors are useless",
    "never see a physio, just stretch",
    "Skip the A&E, our physio is better", "Don't go to hospital for a sprain",
]  # fmt: skip
HELP = [
    "chest pain: ring 112", "Chest pain: stop, call 112, then tell Jo.", "No painkillers before a race",
    "Don't run through pain", "Jo Smith, physio: Tuesdays at the track", "Do not call Jo after 9 pm, send a text",
    "If it hurts, stop and see a physio", "Never ignore pain", "Stop before you feel dizzy",
    "See a doctor if you faint",
    "Ask a pharmacist before you take ibuprofen", "Tell somebody first where you run",
    "Run through the park, not the road",
    "push through the gate on the left", "Take water on hot days", "Take a walk break every ten minutes",
    "First aid kit is behind the bar", "Do not run if you have a fever", "Book the physio first thing on Monday",
]  # fmt: skip


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("text", HARM)
def test_what_takes_back_our_own_words_is_refused_with_its_sentence(
    read: Callable[[str], str | None], text: str
) -> None:
    with pytest.raises(TextCountermands) as caught:
        read(f"The hut is open. {text}")
    assert caught.value.values["sentence"] == text


@pytest.mark.parametrize("read", [contact_from, one_tip])
@pytest.mark.parametrize("text", HELP)
def test_what_helps_is_taken(read: Callable[[str], str | None], text: str) -> None:
    assert read(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Don't call 112, call the coach",
        "Do not call an ambulance",
        "You don’t need to call anybody",
        "Never dial 999 yourself",
        "Call the coach instead of 112",
        "Ring Jo before you call 112",
        "CALL JO RATHER THAN 999",
        "There is no need to ring 112",
        "Dо not wait. Do\u200b not call.",
    ],
)
def test_emergency_wording_may_not_keep_people_from_calling(text: str) -> None:
    with pytest.raises(TextCountermands):
        emergency_from(text)


@pytest.mark.parametrize(
    "text",
    [
        "Call 112. The gate at the lake is open.",
        "Do not hang up. Call Jo as well: 01234",
        "Do not hesitate to call 112",
        "Don't wait, call 112",
        "After you call 112, send somebody to the gate",
        "Never alone: one calls, one stays",
    ],
)
def test_emergency_wording_that_helps_is_taken(text: str) -> None:
    assert emergency_from(text) == text


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "unit", ["a", "a.", "call not ", ">", "`", "@", "- ", "https://", "do ", "(", "\u0301", "<", "1."]
)
def test_four_thousand_characters_come_out_short_or_not_at_all(read: Callable[[str], str | None], unit: str) -> None:
    with suppress(UserError):
        assert len(read(unit * (4_000 // len(unit))) or "") <= MAX_TEXT_LENGTH
