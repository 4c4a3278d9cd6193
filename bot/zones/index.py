"""The index of every name a time zone goes by, from the database's own tables and ours."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from unicodedata import combining, normalize
from zoneinfo import available_timezones

from bot.zones.names import COUNTRIES, MAJOR, NAMES

LONGEST = 60  # letters looked at; no place has a longer name
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
    places: tuple[str, ...]  # the ids people live in, MAJOR first
    year: int  # that the database speaks of


def fold(text: str) -> str:
    """Small letters without accents and points, words one space apart.

    >>> fold("São_Paulo"), fold("U.S.")
    ('sao paulo', 'us')
    """
    plain = normalize("NFKD", text[: 2 * LONGEST].casefold().replace("ł", "l").replace("ø", "o"))
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
    known = sorted(available_timezones() - _NOT_PLACES)
    links, year = _links()
    listed = [(code, zone) for code, _, zone, *_ in _table("zone.tab") if zone in known]
    ids = {zone.casefold(): _current(zone, links, {zone for _, zone in listed}) for zone in known}
    places = tuple(sorted({zone for _, zone in listed}, key=lambda zone: (_place_in_line(zone), zone)))
    names: dict[str, Name] = {}
    for zone, ours in NAMES.items():
        _add(names, ours, [zone])
    of_ours = frozenset(names)
    for zone in places:
        _add(names, city(zone), [zone])
    for code, country in _table("iso3166.tab"):
        here = {zone for where, zone in listed if where == code}
        _add(names, f"{country}, {COUNTRIES.get(code, '')}", [zone for zone in places if zone in here])
    for zone in known:
        if _is_name(zone) and (zone.count("/") or fold(zone) not in of_ours):
            _add(names, city(zone), [ids[zone.casefold()]])  # Calcutta, Saigon, Montreal; NZ, PRC
    for zone in known:
        if not zone.startswith("Etc/"):  # folded, Etc/GMT+1 and Etc/GMT-1 are one
            names.setdefault(fold(zone), Name(city(zone), [ids[zone.casefold()]]))
    for name in names.values():
        name.zones.sort(key=_place_in_line)
    return Index({key: names[key] for key in sorted(names) if names[key].zones}, ids, places, year)


def _place_in_line(zone: str) -> int:
    return MAJOR.index(zone) if zone in MAJOR else len(MAJOR)


def _is_name(zone: str) -> bool:
    """Whether the last part of an id is what people call a place: it is not in US/Eastern and Etc/GMT+1."""
    return zone.partition("/")[0] not in _NOT_CONTINENTS


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
