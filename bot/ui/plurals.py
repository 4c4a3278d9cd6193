"""How each language Discord speaks counts: its plural forms and its separator of thousands, after Unicode's CLDR."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class NumberRules:
    """The plural form of a whole number, by the name CLDR gives it, and what stands between its thousands."""

    plural: Callable[[int], str]
    thousands: str

    def form(self, number: int) -> str:
        """`one`, `few`, `many` or `other`; a negative number counts as the positive one."""
        return self.plural(abs(number))

    def text(self, number: int) -> str:
        return f"{number:,}".replace(",", self.thousands)


def _same(_number: int) -> str:
    return "other"


def _one(number: int) -> str:
    return "one" if number == 1 else "other"


def _none_or_one(number: int) -> str:
    return "one" if number < 2 else "other"


def _millions(number: int) -> str:
    return "many" if number and number % 1_000_000 == 0 else _one(number)


def _none_or_one_and_millions(number: int) -> str:
    return "one" if number < 2 else _millions(number)


def _czech(number: int) -> str:
    return "few" if 2 <= number <= 4 else _one(number)


def _croatian(number: int) -> str:
    if number % 10 == 1 and number % 100 != 11:
        return "one"
    return "few" if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14 else "other"


def _russian(number: int) -> str:
    form = _croatian(number)
    return "many" if form == "other" else form


def _polish(number: int) -> str:
    if number == 1:
        return "one"
    return "few" if _croatian(number) == "few" else "many"


def _lithuanian(number: int) -> str:
    if number % 10 == 0 or 11 <= number % 100 <= 19:
        return "other"
    return "one" if number % 10 == 1 else "few"


def _romanian(number: int) -> str:
    return "few" if number == 0 or (number != 1 and 1 <= number % 100 <= 19) else _one(number)


SPACE: Final = "\u00a0"  # does not break at the end of a line
NARROW: Final = "\u202f"  # nor does this one

#: By language, without its region.
LANGUAGES: Final = {
    "bg": NumberRules(_one, SPACE),
    "cs": NumberRules(_czech, SPACE),
    "da": NumberRules(_one, "."),
    "de": NumberRules(_one, "."),
    "el": NumberRules(_one, "."),
    "en": NumberRules(_one, ","),
    "es": NumberRules(_millions, "."),
    "fi": NumberRules(_one, SPACE),
    "fr": NumberRules(_none_or_one_and_millions, NARROW),
    "hi": NumberRules(_none_or_one, ","),
    "hr": NumberRules(_croatian, "."),
    "hu": NumberRules(_one, SPACE),
    "id": NumberRules(_same, "."),
    "it": NumberRules(_millions, "."),
    "ja": NumberRules(_same, ","),
    "ko": NumberRules(_same, ","),
    "lt": NumberRules(_lithuanian, SPACE),
    "nl": NumberRules(_one, "."),
    "no": NumberRules(_one, SPACE),
    "pl": NumberRules(_polish, SPACE),
    "pt": NumberRules(_none_or_one_and_millions, "."),
    "ro": NumberRules(_romanian, "."),
    "ru": NumberRules(_russian, SPACE),
    "sv": NumberRules(_one, SPACE),
    "th": NumberRules(_same, ","),
    "tr": NumberRules(_one, "."),
    "uk": NumberRules(_russian, SPACE),
    "vi": NumberRules(_same, "."),
    "zh": NumberRules(_same, ","),
}
