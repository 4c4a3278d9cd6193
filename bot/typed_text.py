"""Text that people typed: theirs, without the marks that act on what stands around it."""

import re
import unicodedata
from typing import Final

MAX_MARKS: Final = 3  # on one letter, as in Hebrew; more of them climb over the lines above

_JOINER = "\N{ZERO WIDTH JOINER}"
_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"  # of England, Scotland, Wales: a black one, and its name in tags
#: Controls; what turns the line round; what hides words: notes between the lines, tags that name no flag; halves of
#: characters, and what is none; and what changes nothing that is seen.
_HARMFUL: Final = re.compile(
    f"({_FLAG})|[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u206f\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff\ud800-\udfff"
    "\u00ad\u200b\u2060-\u2065\ufeff\U000e0000-\U000e007f]"
)
#: Marks that nobody sees, although their category does not say so (Unicode: Default_Ignorable_Code_Point, and blanks).
_BLANK: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U00016fe4\U0001d159\U000e0100-\U000e01ef]"
)
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})
_ON_THE_LETTER: Final = frozenset({"Mn", "Me", "Mc"})
_SKIN: Final = range(0x1F3FB, 0x1F400)
_LETTERED_FLAG: Final = range(0x1F1E6, 0x1F200)  # two letters make one
_TAGS: Final = range(0xE0020, 0xE0080)


def sanitized(text: str) -> str:
    """On one line, single spaces, no more than MAX_MARKS marks on a letter; empty where there is nothing to see.

    Joiners, shapes and flags stay: without them an emoji falls apart, Persian runs together and England is black.

    >>> sanitized("\\u202e@me \\n 🏃‍♀️") == "@me 🏃‍♀️"
    True
    """
    calm = _calm(_HARMFUL.sub(lambda match: match[1] or "", " ".join(text.split())))
    return " ".join(calm.split()) if _BLANK.sub("", bare(calm)).strip() else ""


def bare(text: str) -> str:
    """Only what can be seen, for looking through it: nobody hides a word by a mark in its middle."""
    return "".join(mark for mark in _BLANK.sub("", text) if unicodedata.category(mark) not in _UNSEEN)


def shortened(text: str, most: int) -> str:
    """At most so many characters, no emoji or letter cut in two; a text that is cut ends with an ellipsis."""
    if len(text) <= most:
        return text
    end = most - 1
    while end > 0 and _goes_on(text, end):
        end -= 1
    return text[:end].rstrip() + "…"


def _goes_on(text: str, at: int) -> bool:
    """Whether a cut here would go through one letter or picture."""
    if _JOINER in text[at - 1 : at + 1] or unicodedata.category(text[at]) in _ON_THE_LETTER:
        return True
    flags = len(text[:at]) - len(text[:at].rstrip("".join(map(chr, _LETTERED_FLAG))))
    code = ord(text[at])
    return code in _SKIN or code in _TAGS or (code in _LETTERED_FLAG and flags % 2 == 1)


def _calm(text: str) -> str:
    """With no more than MAX_MARKS marks on any letter, joiners between them or not."""
    calm, marks = [], 0
    for mark in unicodedata.normalize("NFC", text):
        category = unicodedata.category(mark)
        marks = marks + 1 if category in {"Mn", "Me"} else marks if category == "Cf" else 0
        if marks <= MAX_MARKS or category == "Cf":
            calm.append(mark)
    return "".join(calm)
