"""Rules for what moderators type for everybody to read: made plain, or refused with the reason.

Whoever shows one passes it through `bot.ui.cards.parts.escaped`, which escapes Markdown and breaks mentions; here is
what that cannot know: how long, how many, which links, and what no text of a club may say.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from bot.errors import UserError
from bot.typed_text import bare, sanitized

MAX_TEXT_LENGTH: Final = 500  # characters of the contact, and of the emergency wording
MAX_TIP_LENGTH: Final = 300
MAX_TIPS: Final = 10


class TextTooLong(UserError, message="error-club-text-long"):
    """`length` characters, of which `most` could be kept."""


class TipTooLong(UserError, message="error-club-tip-long"):
    """The tip in line `number`."""


class TipRaisesAlarm(UserError, message="error-club-tip-alarm"):
    """A tip has words that cannot wait: what to do then stands on every card already."""


class TooManyTips(UserError, message="error-club-tips-many"):
    """`most` is how many a club may have."""


class TextCalls(UserError, message="error-club-text-calls"):
    """It would call people: everybody, a member, a role. No text of a club may."""


class TextHasLink(UserError, message="error-club-text-link"):
    """Where no link may stand."""


class LinkUnclear(UserError, message="error-club-link"):
    """A link that does not plainly say where it leads: behind other words, without https, to a number."""


class TextCountermands(UserError, message="error-club-countermands"):
    """`sentence` takes back what our cards say: not to call, not to be seen, to run on, to take a medicine."""


_BREAKS = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_LEADING = re.compile(r"(?:(?:(?:#{1,3}|-#|[-*+•‣◦])(?:\s+|$)|>+|`{3}\w*)\s*)+")
_EMOJI = re.compile(r"<a?:(\w+):\d+>")
_ANGLED = re.compile(r"<(https://[^\s<>]+)>", re.IGNORECASE)

_CALLS = re.compile(r"@(?:everyone|here)\b|<[@#]", re.IGNORECASE)
_LINK = re.compile(
    r"://"
    r"|(?<![\w@.-])(?:www\.\w|(?:discord\.gg|bit\.ly|t\.me)\b|(?:[a-z0-9-]+\.)+(?:com|net|org)\b(?!\.\w)"
    r"|(?:[a-z0-9-]+\.)+[a-z]{2,}/\S)",
    re.IGNORECASE,
)
_PLAIN_LINK = re.compile(
    r"https://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d{1,5})?(?:[/?#][\w./?#=&%+,:;~!$'()@-]*)?",
    re.IGNORECASE | re.ASCII,
)
_AROUND = "()[].,;:\"'"  # what Discord leaves out of a link at its ends


def contact_from(text: str) -> str | None:
    """Whom to turn to in this club, on one line; None for nothing at all.

    Raises TextTooLong, TextCalls, LinkUnclear, TextCountermands.

    >>> contact_from("# Jo Smith, physio\\nTuesdays at the track\\nhttps://club.example/physio")
    'Jo Smith, physio · Tuesdays at the track · https://club.example/physio'
    """
    plain = " ".join(_ANGLED.sub(r" \1 ", _line(text)).split())
    _refuse(plain, links=True)
    return plain or None


def emergency_from(text: str) -> str | None:
    """What to do in an emergency around here, on one line; None for nothing at all. Always beside the built-in line.

    Raises TextTooLong, TextCalls, TextHasLink, TextCountermands.
    """
    plain = _line(text)
    _refuse(plain, emergency=True)
    return plain or None


def tips_from(text: str) -> tuple[str, ...]:
    """The tips of a club, one a line, each once.

    Raises TooManyTips, TipTooLong, TextCalls, TextHasLink,
    TextCountermands.
    """
    tips = tuple(dict.fromkeys(_lines(text)))
    if len(tips) > MAX_TIPS:
        raise TooManyTips(count=len(tips), most=MAX_TIPS)
    for number, tip in enumerate(tips, start=1):
        if len(tip) > MAX_TIP_LENGTH:
            raise TipTooLong(number=number, length=len(tip), most=MAX_TIP_LENGTH)
        _refuse(tip)
    return tips


def _lines(text: str) -> Iterator[str]:
    """Each line as plain text, without the marks of a heading, a list or a quote; none that is empty."""
    for line in _BREAKS.split(text):
        plain = _EMOJI.sub(r":\1:", sanitized(line))
        before = _LEADING.match(plain)
        if words := sanitized(plain[before.end() :] if before else plain):
            yield words


def _line(text: str) -> str:
    """All on one line, with a dot between two where no sentence ends. Raises TextTooLong."""
    whole = ""
    for line in _lines(text):
        between = "" if not whole else " " if whole[-1] in ".!?:;,·" else " · "
        whole += between + line
    if len(whole) > MAX_TEXT_LENGTH:
        raise TextTooLong(length=len(whole), most=MAX_TEXT_LENGTH)
    return whole


def _refuse(plain: str, *, links: bool = False, emergency: bool = False) -> None:
    """`links`: plain ones, to a name that can be read, may stand in it."""
    plain = bare(plain)  # no mark in the middle of a word hides it
    if _CALLS.search(plain):
        raise TextCalls
    folded = _folded(plain)
    if not links and ("](" in folded or _LINK.search(folded)):
        raise TextHasLink
    words = [word.strip(_AROUND) for word in plain.split() if "://" in _folded(word)]
    if "](" in folded or not all(map(_PLAIN_LINK.fullmatch, words)):
        raise LinkUnclear
    from bot.clubs.countermand import countermand  # noqa: PLC0415  # its patterns are long, and few bots need them

    if sentence := countermand(plain, emergency=emergency):
        raise TextCountermands(sentence=sentence)


def _folded(plain: str) -> str:
    return unicodedata.normalize("NFKC", plain).casefold().replace("’", "'")
