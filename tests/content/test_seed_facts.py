"""Every fact the project was founded on has a home in the content.

The tables `facts/<area>.yaml` say where: `S2.6: [areas/hip#causes.overstriding, tips/hip#hip_land_under_body]`, or
`S3.49: {none: reason}` for a fact that does not speak to a runner.
"""

from typing import Any

import pytest

from tests.support.seed_facts import AREA_OF_SEED, TABLES, resolve

STATED = {"S1": 35, "S2": 21, "S3": 49, "S4": 49, "S5": 24}  # how many facts of each area there were to begin with
FACTS = [(table, fact, home) for table, facts in TABLES.items() for fact, home in facts.items()]


def problem(address: str, written: dict[str, Any]) -> str | None:
    try:
        return None if resolve(address, written) else "it is empty"
    except LookupError as error:
        return str(error)


def test_every_seed_fact_is_in_exactly_one_table():
    facts = [f"{area}.{number}" for area, count in STATED.items() for number in range(1, count + 1)]
    tabled = [fact for _, fact, _ in FACTS]

    assert len(facts) > 170
    assert sorted(set(facts) - set(tabled)) == [], "facts without a home"
    assert sorted(set(tabled) - set(facts)) == [], "facts nobody stated"
    assert sorted({fact for fact in tabled if tabled.count(fact) > 1}) == [], "facts in two tables"


def test_every_fact_stands_in_the_table_of_its_own_area():
    assert sorted(TABLES) == sorted(AREA_OF_SEED.values())
    assert [f"{fact} in {table}" for table, fact, _ in FACTS if AREA_OF_SEED[fact.split(".")[0]] != table] == []


def test_facts_are_counted_through_without_a_gap():
    for table, facts in TABLES.items():
        numbers = [int(fact.split(".")[1]) for fact in facts]
        assert numbers == list(range(1, len(numbers) + 1)), table


def test_every_address_leads_to_something(written):
    lost = [
        f"{fact}: {address}: {what}"
        for _, fact, home in FACTS
        if isinstance(home, list)
        for address in home
        if (what := problem(address, written))
    ]
    assert lost == []


def test_every_fact_has_a_home_or_a_reason_for_none():
    homeless = [fact for _, fact, home in FACTS if isinstance(home, list) and not home]
    silent = [
        fact
        for _, fact, home in FACTS
        if not isinstance(home, list)
        and not (isinstance(home, dict) and set(home) == {"none"} and len(home["none"]) > 15)
    ]
    assert homeless == silent == []


def test_a_fact_lives_in_its_own_areas_content(written):
    """The area's own files; an exercise of another file counts when it serves the area, and so do sources."""
    abroad = []
    for area, fact, home in FACTS:
        if isinstance(home, dict):
            continue
        files = [address.partition("#")[0] for address in home]
        serving = [
            address
            for address in home
            if address.startswith("exercises/") and area in (resolve(address, written).get("areas") or [])
        ]
        if not serving and not any(file == "sources" or file.split("/")[-1] == area for file in files):
            abroad.append(f"{fact}: {home}")
    assert abroad == []


def test_few_facts_are_left_out():
    left_out = [fact for _, fact, home in FACTS if isinstance(home, dict)]

    assert len(left_out) <= 5, left_out


@pytest.mark.parametrize(
    "address",
    ["areas/elbow#summary", "areas/hip", "areas/hip#", "areas/hip#nothing", "areas/hip#avoid.0", "areas/hip#avoid.99",
     "areas/hip#causes.nobody", "tips/hip#nobody", "sources#nobody-1999", "areas/hip#summary.1",
     "areas/hip#red_flags.N1"],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_noticed(written, address):
    assert problem(address, written)


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("areas/hip#title", "Hip"),
        ("areas/hip#causes.overstriding.name", "ahead"),
        ("exercises/hip#clamshell.name", "Clamshell"),
        ("sources#leppanen-2024.authors", "Lepp"),
        ("areas/hip#red_flags.H2.id", "H2"),
        ("areas/hip#red_flags.1.id", "H2"),
    ],
)
def test_an_address_leads_where_it_says(written, address, part):
    assert part in resolve(address, written)
