"""What a club's text may not say: that people should not call, not be seen, take a medicine, or go on in pain."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from bot.advice.checks.wording import WORDS as OUR_WORDS
from bot.advice.checks.wording import spoken, word_lists

#: Letters of other alphabets that look like ours: what somebody reads is what is read here.
_TWINS = str.maketrans("асеорхуіԁһԛѕмтвнкαορνικε", "aceopxyidhqsmtbhkaopvike")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\s*[\n·]\s*")

_WORDS = word_lists(Path(__file__).with_suffix(".txt"))
#: Harm unless it is denied in its own sentence: "no painkillers before a race" is good advice.
_DENIABLE: Final = (
    *(_WORDS[name] for name in ("on_in_pain", "medicine")),
    *(OUR_WORDS[name] for name in ("on_in_pain", "medicine", "without_help")),
)


def countermand(text: str, *, emergency: bool = False) -> str | None:
    """The first sentence of a text that takes back what our cards say, as it was typed; None where there is none.

    `emergency`: of the club's emergency wording, where "do not call" means our own line whatever follows it.

    >>> countermand("Warm up first. Do not call 112, call Jo first.")
    'Do not call 112, call Jo first.'
    >>> countermand("Chest pain: ring 112. No painkillers before a race. Do not call Jo after nine.")
    """
    harmful = ["before_calling", "unseen", "calmed", *(["calling_at_all"] if emergency else [])]
    harmful += ["first"] if emergency or _WORDS["urgent"].search(_read(text)) else []
    return next((sentence for sentence in _sentences(text) if _harms(_read(sentence), harmful)), None)


def _sentences(text: str) -> Iterator[str]:
    return filter(None, map(str.strip, _SENTENCE.split(text)))


def _read(text: str) -> str:
    """In plain small letters, as it looks."""
    flat = unicodedata.normalize("NFKD", text).casefold().translate(_TWINS).replace("’", "'")
    return " ".join("".join(mark for mark in flat if not unicodedata.combining(mark)).split())


def _harms(text: str, harmful: Iterable[str]) -> bool:
    return any(_WORDS[name].search(text) for name in harmful) or any(spoken(words, text) for words in _DENIABLE)
