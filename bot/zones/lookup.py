"""The look-up of a time zone: from what people call their time to an id of the database, or to a question back."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from bot.errors import UserError
from bot.zones.index import LONGEST, Name, city, fold, index
from bot.zones.names import MAJOR

Choice = tuple[str, str]  # what to show, an id

MOST_CHOICES = 25  # Discord's limit
NEAREST = 3
LIKE_ENOUGH = 75  # of 100: one slip in a word of four letters, two in eight

_TIME = re.compile(r"(?: (?:standard|daylight|summer|winter|local))? (?:time(?: ?zone)?|tz)$")
_OFFSET = re.compile(r"(?:utc|gmt)? ?([+-]) ?(\d{1,2})(?::?([0-5]\d))?")


class UnknownZone(UserError, message="error-zone-unknown"):
    """A place that we do not know. `choices` are the nearest, perhaps none."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__(count=len(choices), nearest=", ".join(label for label, _ in choices))
        self.choices = tuple(choices)


class AmbiguousZone(UserError, message="error-zone-ambiguous"):
    """More than one clock could be meant; `choices` are all of them, the likeliest first."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__(count=len(choices), choices=", ".join(label for label, _ in choices))
        self.choices = tuple(choices)


def zone_from(text: str) -> ZoneInfo:
    """The zone a text means: an id, a city, an abbreviation, or a country with one time.

    Never guesses: raises AmbiguousZone when the text stands for several clocks, UnknownZone for anything else, slips of
    the keyboard too. The text itself never becomes a path: only ids of the database do.

    >>> zone_from("munich").key
    'Europe/Berlin'
    """
    meant = _distinct(_meant(text))
    if not meant:
        raise UnknownZone(suggest(text)[:NEAREST])
    if len(meant) > 1:
        raise AmbiguousZone([_choice(zone) for zone in meant[:MOST_CHOICES]])
    return ZoneInfo(meant[0])


def suggest(text: str) -> list[Choice]:
    """What to offer while somebody types, best first, at most 25; the usual ones before the first letter."""
    typed = fold(text)
    offered: dict[str, str] = {}
    for zone in _distinct(_meant(text)):
        named = index().names.get(typed)
        offered[zone] = named.shown if named else city(zone)
    begun = _begun(typed) if typed else []
    for name in begun or (() if offered else _alike(typed)):
        for zone in _distinct(name.zones):
            offered.setdefault(zone, name.shown)
        if len(offered) >= MOST_CHOICES:
            break
    if not typed and not offered:
        offered = {zone: city(zone) for zone in MAJOR}
    return [(f"{shown} ({zone})", zone) for zone, shown in offered.items()][:MOST_CHOICES]


def _meant(text: str) -> list[str]:
    """Every id a text stands for, likeliest first; empty for none."""
    phrase = text.strip()[:LONGEST]
    if "/" in phrase and (zone := index().ids.get(phrase.casefold().replace(" ", "_"))):
        return [zone]
    if offset := _OFFSET.fullmatch(phrase.casefold().replace("−", "-")):
        return _at_offset(offset)
    names, folded = index().names, fold(phrase)
    if name := names.get(folded) or names.get(_TIME.sub("", folded)):
        return name.zones
    place, comma, country = phrase.partition(",")
    return _within(_meant(place), _meant(country)) if comma else []


def _within(places: list[str], country: list[str]) -> list[str]:
    """Of the places with one name those in a country; all of both when they do not meet, none if one is unknown."""
    if not places or not country:
        return []
    clocks = {_clock(zone) for zone in country}
    return [zone for zone in places if _clock(zone) in clocks] or [*places, *country]


def _at_offset(offset: re.Match[str]) -> list[str]:
    """The zone that keeps an offset all year, then places that have it for a part of the year.

    The signs in the ids are the other way round: Etc/GMT-2 is two hours ahead of UTC.
    """
    hours, minutes = int(offset[2]), int(offset[3] or 0)
    ahead = timedelta(hours=hours, minutes=minutes) * (-1 if offset[1] == "-" else 1)
    fixed = f"etc/gmt{'+' if offset[1] == '-' else '-'}{hours}" if ahead else "etc/utc"
    always = index().ids.get(fixed) if not minutes else None
    parts = [zone for zone in index().places if ahead in _clock(zone) and not zone.startswith("Antarctica/")]
    return [always, *parts] if always else parts


def _distinct(zones: Iterable[str]) -> list[str]:
    """One id for each clock, the first one; between places that never differ in a year there is nothing to ask."""
    by_clock: dict[tuple[timedelta | None, ...], str] = {}
    for zone in zones:
        by_clock.setdefault(_clock(zone), zone)
    return list(by_clock.values())


@lru_cache(maxsize=1024)
def _clock(zone: str) -> tuple[timedelta | None, ...]:
    """What a clock does in the database's year: its offsets twice a month."""
    info = ZoneInfo(zone)
    days = (datetime(index().year, month, day, tzinfo=UTC) for month in range(1, 13) for day in (1, 15))
    return tuple(day.astimezone(info).utcoffset() for day in days)


def _begun(typed: str) -> list[Name]:
    """Names that begin with what was typed, the usual cities first, then names with a later word that does."""
    names = index().names
    begun = [name for key, name in names.items() if key.startswith(typed)]
    begun.sort(key=lambda name: name.shown != city(name.zones[0]) or name.zones[0] not in MAJOR)
    return [*begun, *(name for key, name in names.items() if f" {typed}" in key)]


def _alike(typed: str) -> list[Name]:
    """Names that differ by a slip or two."""
    if len(typed) < 3:
        return []
    names = index().names
    close = process.extract(typed[:LONGEST], names.keys(), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=5)
    return [names[key] for key, _, _ in close]


def _choice(zone: str) -> Choice:
    return f"{city(zone)} ({zone})", zone
