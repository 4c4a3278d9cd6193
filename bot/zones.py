"""Time zones, found by the names people use: from what they call their time to an id, or to a question back."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from unicodedata import combining, normalize
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

from bot.errors import UserError

TABLES = Path(__file__).with_name("zones.toml")  # names that the database does not have
MAX_PLACE_LENGTH = 60  # letters looked at; no place has a longer name
_NOT_PLACES = {"Factory", "localtime", "posixrules"}  # say nothing, or what the host's own machine is set to
_NOT_CONTINENTS = {"Brazil", "Canada", "Chile", "Etc", "Mexico", "US"}  # "East" or "General" is no city


@dataclass(slots=True)
class Name:
    """One name with the ids it can stand for, likeliest first."""

    shown: str
    zones: list[str]


@dataclass(frozen=True, slots=True)
class Index:
    """What is known, read once; nobody changes it."""

    names: Mapping[str, Name]  # by `fold`, in alphabetical order
    ids: Mapping[str, str]  # any id in small letters -> the one to keep
    major: tuple[str, ...]  # what to offer first
    places: tuple[str, ...]  # the ids people live in, the major ones first
    year: int  # that the database speaks of


def fold(text: str) -> str:
    """Small letters without accents and points, words one space apart.

    >>> fold("São_Paulo"), fold("U.S.")
    ('sao paulo', 'us')
    """
    plain = normalize("NFKD", text[: 2 * MAX_PLACE_LENGTH].casefold().replace("ł", "l").replace("ø", "o"))
    letters = (letter for letter in plain if not combining(letter) and letter not in ".'’")
    return " ".join("".join(letter if letter.isalnum() else " " for letter in letters).split())


def city(zone: str) -> str:
    """The last part of an id as people write it; an offset with the sign people mean.

    >>> city("America/New_York"), city("Etc/GMT-2")
    ('New York', 'UTC+2')
    """
    last = zone.rpartition("/")[2].replace("_", " ")
    if zone.startswith(("Etc/GMT+", "Etc/GMT-")):
        return last.translate(str.maketrans("+-", "-+")).replace("GMT", "UTC")
    return last


@lru_cache(maxsize=1)
def index() -> Index:
    """Takes a tenth of a second the first time: look something up at start."""
    ours = tomllib.loads(TABLES.read_text(encoding="utf-8"))
    place_in_line = {zone: place for place, zone in enumerate(ours["major"], start=-len(ours["major"]))}
    available = available_timezones() - _NOT_PLACES
    known = sorted(available)
    links, year = _links()
    listed = [(code, zone) for code, _, zone, *_ in _table("zone.tab") if zone in available]
    inhabited = {zone for _, zone in listed}
    ids = {zone.casefold(): _current(zone, links, inhabited) for zone in known}
    places = tuple(sorted(inhabited, key=lambda zone: (place_in_line.get(zone, 0), zone)))
    names: dict[str, Name] = {}
    for zone, listed_names in ours["names"].items():
        _add(names, listed_names, [zone])
    of_ours = frozenset(names)
    for zone in places:
        _add(names, city(zone), [zone])
    for code, country in _table("iso3166.tab"):
        here = [zone for where, zone in listed if where == code]  # as listed: where most people live comes first
        here.sort(key=lambda zone: zone != ours["capitals"].get(code))
        _add(names, f"{country}, {ours['countries'].get(code, '')}", here)
    for zone in known:
        is_place = zone.partition("/")[0] not in _NOT_CONTINENTS  # nobody calls a place US/Eastern or Etc/GMT+1
        if is_place and (zone.count("/") or fold(zone) not in of_ours):
            _add(names, city(zone), [ids[zone.casefold()]])  # Calcutta, Saigon, Montreal; NZ, PRC
    for zone in known:
        if not zone.startswith("Etc/"):  # folded, Etc/GMT+1 and Etc/GMT-1 are one
            names.setdefault(fold(zone), Name(city(zone), [ids[zone.casefold()]]))
    for name in names.values():
        name.zones.sort(key=lambda zone: place_in_line.get(zone, 0))
    return Index(
        {key: names[key] for key in sorted(names) if names[key].zones}, ids, tuple(ours["major"]), places, year
    )


def _add(names: dict[str, Name], listed: str, zones: Sequence[str]) -> None:
    """Give each of the listed names the zones, beside those it has; islands with nobody but penguins have none."""
    for shown in filter(None, map(str.strip, listed.split(","))):
        name = names.setdefault(fold(shown), Name(shown, []))
        name.zones += (zone for zone in zones if zone not in name.zones)


def _current(zone: str, links: Mapping[str, str], inhabited: set[str]) -> str:
    """The id to keep for an old one: Asia/Kolkata for Asia/Calcutta. One that a country is listed with stays."""
    while zone in links and zone not in inhabited:
        zone = links[zone]
    return zone


def _links() -> tuple[dict[str, str], int]:
    """Old ids with the new ones, and the year of the database."""
    version, *lines = (files("tzdata.zoneinfo") / "tzdata.zi").read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if line.startswith("L "))
    return {old: new for _, new, old in rows}, int(version.removeprefix("# version ")[:4])


def _table(name: str) -> Iterator[list[str]]:
    text = (files("tzdata.zoneinfo") / name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


ZoneChoice = tuple[str, str]  # what to show, an id

MOST_CHOICES = 25  # Discord's limit
NEAREST = 3
LIKE_ENOUGH = 75  # of 100: one slip in a word of four letters, two in eight

_TIME = re.compile(r"(?: (?:standard|daylight|summer|winter|local))? (?:time(?: ?zone)?|tz)$")
_OFFSET = re.compile(r"(?:utc|gmt)? ?([+-]) ?(\d{1,2})(?::?([0-5]\d)|[.,](25|5|75))?")
_CHOICE = re.compile(r"(?P<shown>.+?) \((?P<zone>[\w+/-]+)\)")  # as `suggest` writes it


class UnclearZone(UserError):
    """A text that names no single zone; `choices` are what it could mean, the likeliest first."""

    def __init__(self, choices: Sequence[ZoneChoice]) -> None:
        named = ", ".join(label for label, _ in choices)
        super().__init__(count=len(choices), choices=named, nearest=named)
        self.choices = tuple(choices)


class UnknownZone(UnclearZone, message="error-zone-unknown"):
    """A place that we do not know. `choices` are the nearest, perhaps none."""


class AmbiguousZone(UnclearZone, message="error-zone-ambiguous"):
    """More than one clock could be meant."""


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
        raise AmbiguousZone([(f"{city(zone)} ({zone})", zone) for zone in meant[:MOST_CHOICES]])
    return ZoneInfo(meant[0])


def is_zone(text: str) -> bool:
    """Whether a text is the name of a zone, or of several."""
    return bool(_meant(text))


def place_name(text: str, zone: ZoneInfo) -> str:
    """What to call a zone for somebody who typed or picked this: Timbuktu stays Timbuktu.

    >>> place_name("timbuktu", ZoneInfo("Africa/Bamako")), place_name("CET", ZoneInfo("Europe/Berlin"))
    ('Timbuktu', 'CET')
    """
    picked = _CHOICE.fullmatch(text.strip()[: 2 * MAX_PLACE_LENGTH])
    folded = fold(picked["shown"] if picked else text.strip()[:MAX_PLACE_LENGTH])
    name = index().names.get(folded) or index().names.get(_TIME.sub("", folded))
    return name.shown if name and "/" not in text.partition("(")[0] else city(zone.key)


def suggest(text: str) -> list[ZoneChoice]:
    """What to offer while somebody types, best first, at most 25; the usual ones before the first letter."""
    typed = fold(text)
    offered: dict[str, str] = {}
    for zone in _distinct(_meant(text) or _meant(text.rpartition("/")[2])):  # Asia/Beijing is no id, Beijing is a place
        named = index().names.get(typed) or index().names.get(fold(text.rpartition("/")[2]))
        offered[zone] = named.shown if named else city(zone)
    begun = _begun(typed) if typed else []
    for name in begun or (() if offered else _alike(typed)):
        if offered and fold(name.shown) == typed:
            continue  # Africa/Timbuktu, of old, beside Timbuktu
        for zone in _distinct(name.zones):
            offered.setdefault(zone, name.shown)
        if len(offered) >= MOST_CHOICES:
            break
    if not typed and not offered:
        offered = {zone: city(zone) for zone in index().major}
    return [(f"{shown} ({zone})", zone) for zone, shown in offered.items()][:MOST_CHOICES]


def _meant(text: str) -> list[str]:
    """Every id a text stands for, likeliest first; empty for none."""
    if picked := _CHOICE.fullmatch(text.strip()[: 2 * MAX_PLACE_LENGTH]):
        return _meant(picked["zone"])
    phrase = text.strip()[:MAX_PLACE_LENGTH]
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
    hours, minutes = int(offset[2]), int(offset[3] or 0) or round(60 * float(f".{offset[4] or 0}"))
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
    names, major = index().names, index().major
    begun = [name for key, name in names.items() if key.startswith(typed)]
    begun.sort(key=lambda name: name.shown != city(name.zones[0]) or name.zones[0] not in major)
    return [*begun, *(name for key, name in names.items() if f" {typed}" in key)]


def _alike(typed: str) -> list[Name]:
    """Names that differ by a slip or two."""
    if len(typed) < 3:
        return []
    names = index().names
    close = process.extract(
        typed[:MAX_PLACE_LENGTH], names.keys(), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=5
    )
    return [names[key] for key, _, _ in close]
