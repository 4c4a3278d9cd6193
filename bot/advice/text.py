"""What people type, made comparable."""

import re
import unicodedata

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u0060\u00b4]")
_NOT_A_WORD = re.compile(r"[^\w]+|_+")
LONGEST = 300  # characters looked at; an option may hold 6,000


def words(text: str) -> list[str]:
    """Lower-case words without accents, apostrophes and punctuation.

    >>> words("Can't feel my FOOT!")
    ['cant', 'feel', 'my', 'foot']
    """
    flat = unicodedata.normalize("NFKD", text[:LONGEST].casefold())
    plain = "".join(mark for mark in flat if not unicodedata.combining(mark) and unicodedata.category(mark) != "Cf")
    return _NOT_A_WORD.sub(" ", _APOSTROPHES.sub("", plain)).split()
