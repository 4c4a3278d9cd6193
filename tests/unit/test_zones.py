"""What people call their time leads to their zone, or to a question; never to the wrong one in silence."""

import tomllib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.zones import TABLES, AmbiguousZone, UnknownZone, place_name, suggest, zone_from

OURS = tomllib.loads(TABLES.read_text(encoding="utf-8"))
MAJOR, NAMES = OURS["major"], OURS["names"]


def ids(choices) -> list[str]:
    return [zone for _, zone in choices]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("berlin", "Europe/Berlin"),
        ("  Berlin ", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("sao paulo", "America/Sao_Paulo"),
        ("Zürich", "Europe/Zurich"),
        ("Munich", "Europe/Berlin"),
        ("München", "Europe/Berlin"),
        ("Manchester", "Europe/London"),
        ("San Francisco", "America/Los_Angeles"),
        ("Mumbai", "Asia/Kolkata"),
        ("Delhi", "Asia/Kolkata"),
        ("Beijing", "Asia/Shanghai"),
        ("Cape Town", "Africa/Johannesburg"),
        ("Kraków", "Europe/Warsaw"),
        ("Portland, Oregon", "America/Los_Angeles"),
        ("Hamburg, Germany", "Europe/Berlin"),
        ("Calcutta", "Asia/Kolkata"),  # old names lead to the id that is kept
        ("Kiev", "Europe/Kyiv"),
        ("US/Eastern", "America/New_York"),
        ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
        ("EST", "America/New_York"),
        ("est5edt", "America/New_York"),
        ("ET", "America/New_York"),
        ("Eastern Time", "America/New_York"),
        ("US Eastern Standard Time", "America/New_York"),
        ("PT", "America/Los_Angeles"),
        ("pst", "America/Los_Angeles"),
        ("UK", "Europe/London"),
        ("UK time", "Europe/London"),
        ("London time", "Europe/London"),
        ("CET", "Europe/Berlin"),
        ("Central European Summer Time", "Europe/Berlin"),
        ("JST", "Asia/Tokyo"),
        ("Germany", "Europe/Berlin"),
        ("Ireland", "Europe/Dublin"),
        ("Argentina", "America/Argentina/Buenos_Aires"),  # many ids, one clock
        ("Türkiye", "Europe/Istanbul"),
        ("South Korea", "Asia/Seoul"),
        ("UTC", "Etc/UTC"),
        ("utc time", "Etc/UTC"),
        ("Etc/GMT+5", "Etc/GMT+5"),  # an id is an id, odd as its sign is
        ("UTC+5:30", "Asia/Kolkata"),
        ("+5:45", "Asia/Kathmandu"),
        ("GMT+5.5", "Asia/Kolkata"),
        ("UTC-9,5", "Pacific/Marquesas"),
        ("Timbuktu", "Africa/Bamako"),
        ("Timbuktu (Africa/Bamako)", "Africa/Bamako"),  # as it is offered
        ("Congo (Rep.) (Africa/Brazzaville)", "Africa/Brazzaville"),
    ],
)
def test_what_people_type_leads_to_their_zone(text: str, zone: str) -> None:
    assert zone_from(text).key == zone


CAPITALS = {
    "Cyprus": "Asia/Nicosia", "Uzbekistan": "Asia/Tashkent", "Chile": "America/Santiago",
    "Mongolia": "Asia/Ulaanbaatar",
    "Kiribati": "Pacific/Tarawa", "Papua New Guinea": "Pacific/Port_Moresby", "Micronesia": "Pacific/Pohnpei",
    "French Polynesia": "Pacific/Tahiti", "Greenland": "America/Nuuk", "Palestine": "Asia/Hebron",
    "Marshall Islands": "Pacific/Majuro", "Kazakhstan": "Asia/Almaty", "DR Congo": "Africa/Kinshasa",
    "Ecuador": "America/Guayaquil", "Spain": "Europe/Madrid", "Portugal": "Europe/Lisbon", "Ukraine": "Europe/Kyiv",
    "Indonesia": "Asia/Jakarta", "Malaysia": "Asia/Kuala_Lumpur", "Mexico": "America/Mexico_City",
    "Argentina": "America/Argentina/Buenos_Aires", "New Zealand": "Pacific/Auckland", "China": "Asia/Shanghai",
    "Russia": "Europe/Moscow", "Canada": "America/Toronto", "USA": "America/New_York", "Brazil": "America/Sao_Paulo",
    "Germany": "Europe/Berlin", "Australia": "Australia/Sydney",
}  # fmt: skip


@pytest.mark.parametrize(("country", "zone"), CAPITALS.items())
def test_a_country_offers_the_clock_of_its_capital_first(country: str, zone: str) -> None:
    assert ids(suggest(country))[0] == zone


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("Asia/Beijing", "Asia/Shanghai"), ("Asia/Mumbai", "Asia/Kolkata"), ("Europe/Munich", "Europe/Berlin")],
)
def test_an_id_that_is_none_names_the_nearest(text: str, nearest: str) -> None:
    with pytest.raises(UnknownZone) as caught:
        zone_from(text)
    assert ids(caught.value.choices) == [nearest]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("timbuktu", "Timbuktu"),
        ("Timbuktu (Africa/Bamako)", "Timbuktu"),
        ("Africa/Bamako", "Bamako"),
        ("UTC+2", "UTC+2"),
    ],
)
def test_a_place_keeps_the_name_it_was_given(text: str, shown: str) -> None:
    assert place_name(text, ZoneInfo(ids(suggest(text))[0])) == shown


def test_what_is_offered_can_be_typed() -> None:
    for text in ("", "s", "ost", "new", "America/", "UTC+2", "congo", "st", "south georgia"):
        for label, zone in suggest(text):
            assert zone_from(label).key == zone, label


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("IST", {"Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"}),
        ("CST", {"America/Chicago", "Asia/Shanghai"}),
        ("BST", {"Europe/London", "Asia/Dhaka"}),
        ("MST", {"America/Denver", "America/Phoenix"}),
        ("GMT", {"Europe/London", "Etc/GMT"}),
        ("AEST", {"Australia/Sydney", "Australia/Brisbane"}),
        ("USA", {"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"}),
        ("Australia", {"Australia/Sydney", "Australia/Perth"}),
        ("Spain", {"Europe/Madrid", "Atlantic/Canary"}),
        ("Portugal", {"Europe/Lisbon", "Atlantic/Azores"}),
        ("New Zealand", {"Pacific/Auckland", "Pacific/Chatham"}),
        ("Georgia", {"America/New_York", "Asia/Tbilisi"}),
        ("Birmingham", {"Europe/London", "America/Chicago"}),
        ("Portland", {"America/New_York", "America/Los_Angeles"}),
        ("Paris, Texas", {"Europe/Paris", "America/Chicago"}),
        ("UTC+2", {"Etc/GMT-2", "Europe/Berlin", "Europe/Athens"}),
        ("gmt-5", {"Etc/GMT+5", "America/New_York", "America/Chicago"}),
        ("−5", {"Etc/GMT+5", "America/New_York"}),
        ("utc + 02:00", {"Etc/GMT-2", "Europe/Berlin"}),
        ("UTC+0", {"Etc/UTC", "Europe/London"}),
    ],
)
def test_what_can_mean_two_clocks_is_asked_back(text: str, among: set[str]) -> None:
    with pytest.raises(AmbiguousZone) as caught:
        zone_from(text)

    assert among <= set(ids(caught.value.choices))
    assert caught.value.values["count"] == len(caught.value.choices) <= 25
    assert set(ids(caught.value.choices)) <= set(ids(suggest(text)))


@pytest.mark.parametrize("hours", range(-12, 15))
def test_an_offset_gets_the_zone_with_the_sign_people_mean(hours: int) -> None:
    fixed = ids(suggest(f"UTC{hours:+}"))[0]

    assert datetime(2026, 7, 1, tzinfo=UTC).astimezone(ZoneInfo(fixed)).utcoffset() == timedelta(hours=hours)
    if hours:
        assert suggest(f"UTC{hours:+}")[0] == (f"UTC{hours:+} ({fixed})", fixed)


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "Berln", "Narnia", "Berlin, Narnia", "東京", "💥", "x" * 10_000, ",", ",,,", "," * 5_000),
        *(
            "UTC+15",
            "UTC-13",
            "UTC+2:17",
            "+99",
            "+",
            "localtime",
            "Factory",
            "posixrules",
            "zone.tab",
            "Europe/",
            "Etc GMT-1",
        ),
        *(
            "../../etc/passwd",
            "/etc/localtime",
            "Europe/../Europe/Berlin",
            "right/Europe/Berlin",
            "posix/Europe/Berlin",
        ),
    ],
)
def test_anything_else_is_unknown(text: str) -> None:
    with pytest.raises(UnknownZone) as caught:
        zone_from(text)

    assert len(caught.value.choices) <= 3
    assert caught.value.values["count"] == len(caught.value.choices)


@pytest.mark.parametrize(
    ("typo", "meant"),
    [
        ("Berln", "Berlin (Europe/Berlin)"),
        ("munch", "München (Europe/Berlin)"),
        ("Manchestr", "Manchester (Europe/London)"),
        ("new yrok", "New York (America/New_York)"),
        ("San Fransisco", "San Francisco (America/Los_Angeles)"),
        ("Germny", "Germany (Europe/Berlin)"),
    ],
)
def test_a_slip_is_never_taken_but_offered(typo: str, meant: str) -> None:
    with pytest.raises(UnknownZone) as caught:
        zone_from(typo)

    assert meant in [label for label, _ in caught.value.choices]
    assert meant.partition(" (")[0] in str(caught.value.values["nearest"])


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("berl", "Berlin (Europe/Berlin)"),
        ("b", "Berlin (Europe/Berlin)"),
        ("mun", "München (Europe/Berlin)"),
        ("muni", "Munich (Europe/Berlin)"),
        ("yor", "York (Europe/London)"),
        ("man", "Managua (America/Managua)"),
        ("europe/ber", "Berlin (Europe/Berlin)"),
        ("birmingham", "Birmingham (Europe/London)"),
        ("uk", "UK (Europe/London)"),
        ("ist", "IST (Asia/Kolkata)"),
        ("utc+2", "UTC+2 (Etc/GMT-2)"),
    ],
)
def test_what_is_offered_while_typing(typed: str, first: str) -> None:
    assert suggest(typed)[0][0] == first


def test_before_the_first_letter_the_usual_ones_are_offered() -> None:
    assert ids(suggest("")) == ids(suggest("  ")) == MAJOR[:25]


@given(st.text(max_size=30) | st.sampled_from([name for listed in NAMES.values() for name in listed.split(", ")]))
def test_no_text_breaks_it_and_offers_fit_discord(text: str) -> None:
    offered = suggest(text)

    assert len(offered) <= 25
    assert len(set(ids(offered))) == len(offered)
    assert all(len(label) <= 100 for label, _ in offered)
    assert set(ids(offered)) <= available_timezones()
    with suppress(AmbiguousZone, UnknownZone):
        assert zone_from(text).key in ids(offered)


def test_whatever_is_offered_is_taken() -> None:
    for letter in "abcdefghijklmnopqrstuvwxyz":
        for zone in ids(suggest(letter)):
            assert zone_from(zone).key == zone


def test_every_zone_of_the_database_is_taken_by_its_id() -> None:
    for zone in sorted(available_timezones() - {"Factory", "localtime"}):
        if "/" in zone:
            kept = zone_from(zone)
            now = datetime(2026, 7, 1, tzinfo=UTC)
            assert now.astimezone(kept).utcoffset() == now.astimezone(ZoneInfo(zone)).utcoffset()


def test_our_own_table_names_zones_that_exist_and_no_name_twice_in_one() -> None:
    assert set(NAMES) | set(MAJOR) <= available_timezones()
    for zone, listed in NAMES.items():
        names = listed.split(", ")
        assert len(names) == len(set(names)), zone
        assert all(name == name.strip() and name for name in names)
