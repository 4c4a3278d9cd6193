"""What people type, made comparable."""

import re
import unicodedata
from collections.abc import Iterable

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u0060\u00b4]")
_NOT_A_WORD = re.compile(r"[^\w]+|_+")
_PLAIN = {at: mark if (mark := chr(at).lower()).isalnum() else None if mark in "'\u0060" else " " for at in range(128)}
MAX_INPUT_LENGTH = 6000  # characters looked at: as many as an option may hold


def words(text: str) -> list[str]:
    """Lower-case words without accents, apostrophes and punctuation.

    >>> words("Can't feel my FOOT!")
    ['cant', 'feel', 'my', 'foot']
    """
    return _split(text[:MAX_INPUT_LENGTH].casefold())


def every_word(texts: Iterable[str]) -> set[str]:
    """The words of many texts, the plain ones all at once: much faster than one after the other."""
    every_text = list(texts)
    plain = "\n".join(text for text in every_text if text.isascii()).lower()
    return set(plain.translate(_PLAIN).split()).union(*(words(text) for text in every_text if not text.isascii()))


def _split(plain: str) -> list[str]:
    if plain.isascii() and plain.isalnum():
        return [plain]
    if not plain.isascii():
        flat = unicodedata.normalize("NFKD", plain)
        bare = (mark for mark in flat if not unicodedata.combining(mark) and unicodedata.category(mark) != "Cf")
        plain = "".join(bare).casefold()  # once more: styled letters come out as capitals
    return _NOT_A_WORD.sub(" ", _APOSTROPHES.sub("", plain)).split()
