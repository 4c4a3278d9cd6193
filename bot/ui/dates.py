"""Dates and days in the words of the catalogue."""

from datetime import date

from bot.ui.catalog import Catalog


def months(words: Catalog) -> tuple[str, ...]:
    """Twelve short names, January first."""
    return tuple(words(f"month-{number}") for number in range(1, 13))


def day_text(day: date, words: Catalog) -> str:
    """ "3 Mar 2026"."""
    return words("day", day=day.day, month=words(f"month-{day.month}"), year=str(day.year))
