"""A copy is complete, and a spreadsheet opens it rightly."""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.disposition import Disposition
from bot.checkins.models import CheckIn, Finding, NewSign, PainTiming, Side, WeeklyCheck
from bot.checkins.summary import Summary
from bot.privacy import FORMULA, LOCAL, Everything, archive, as_json
from bot.storage.people import Person

AT = datetime(2026, 3, 1, 7, 30, tzinfo=UTC)
PERSON = Person(1, AT, 1, "Europe/London", AT)
FINDINGS = (
    Finding(
        id="1" * 32, at=AT, area="hip", disposition=Disposition.MODIFY, because=(), reasons=(), bone=False, content="1"
    ),
)
WEEKS = (WeeklyCheck(id="2" * 32, at=AT, answers=(0, 0, 0, 0)),)
pains = st.integers(0, 10)
entries = st.builds(
    CheckIn,
    id=st.text("0123456789abcdef", min_size=32, max_size=32),
    at=st.integers(0, 10**8).map(lambda seconds: AT + timedelta(seconds=seconds)),
    area=st.sampled_from(["hip", "knee", "neck_headache"]),
    pain=pains,
    side=st.none() | st.sampled_from(Side),
    moments=st.frozensets(st.sampled_from(PainTiming)),
    worst=st.none() | pains,
    during=st.none() | pains,
    new=st.frozensets(st.sampled_from(NewSign)),
    note=st.none()
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=500),
)


def tables(kept: Sequence[CheckIn], person: Person = PERSON) -> dict[str, str]:
    """The files of a copy, by name."""
    packed = archive(Everything(person, tuple(kept), FINDINGS, WEEKS))
    with zipfile.ZipFile(io.BytesIO(packed)) as files:
        return {name: files.read(name).decode("utf-8-sig") for name in files.namelist()}


def noted(note: str) -> CheckIn:
    return CheckIn(id="0" * 32, at=AT, area="hip", pain=4, note=note)


@given(st.lists(entries, max_size=5))
def test_a_table_comes_back_as_it_went_in_and_no_cell_is_a_formula(kept: list[CheckIn]) -> None:
    rows = list(csv.DictReader(io.StringIO(tables(kept)["checkins.csv"], newline="")))

    assert len(rows) == len(kept)
    for row, entry in zip(rows, kept, strict=True):
        assert row["pain"] == str(entry.pain)
        assert datetime.fromisoformat(row["at"]) == entry.at
        typed = "".join(letter for letter in entry.note or "" if letter.isalnum())
        assert "".join(letter for letter in row["note"] if letter.isalnum()) == typed
        assert not any(cell.startswith(FORMULA) for cell in row.values())


@pytest.mark.parametrize(
    ("note", "cell"),
    [
        ("worse on stairs", "worse on stairs"),
        ("=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("﹢1", "'﹢1"),
        ("\n=1+1", "'=1+1"),
        (" =1+1", "'=1+1"),
        ("\u200b=1+1", "'\u200b=1+1"),
        ("\ufeff@SUM(1)", "'\ufeff@SUM(1)"),
        ("\x00=1+1", "'=1+1"),
        ("ok;=1+1", "ok,=1+1"),
        ("first\n=1+1", "first =1+1"),
        ("a\t=1\u2028=2", "a =1 =2"),
    ],
)
@pytest.mark.parametrize("splits_at", [",", ";", "\t"])
def test_a_note_stays_in_its_row_and_does_nothing_there_wherever_a_spreadsheet_splits(
    note: str, cell: str, splits_at: str
) -> None:
    told = tables([noted(note)])
    rows = list(csv.reader(io.StringIO(told["checkins.csv"], newline=""), delimiter=splits_at))

    assert len(rows) == 2
    if splits_at == ",":
        assert dict(zip(*rows, strict=True))["note"] == cell
    else:
        assert [len(row) for row in rows] == [1, 1]
    assert json.loads(told["everything.json"])["checkins"][0]["note"] == note


def test_an_entry_has_the_day_and_the_time_of_where_it_was_logged() -> None:
    """01:30 on the 21st in Auckland read as the 20th."""
    late = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
    entries = [noted("x"), replace(noted("y"), at=late), replace(noted("z"), at=late, zone="America/New_York")]
    told = tables(entries, replace(PERSON, zone="Pacific/Auckland"))
    days = [
        [(row["local_day"], row["local_time"]) for row in csv.DictReader(io.StringIO(told[name], newline=""))]
        for name in ("checkins.csv", "symptom-checks.csv", "weekly-checks.csv")
    ]

    assert days[0] == [("2026-03-01", "20:30"), ("2026-11-21", "01:30"), ("2026-11-20", "07:30")]
    assert days[1] == days[2] == [("2026-03-01", "20:30")]


def test_without_a_zone_it_is_that_of_utc() -> None:
    told = tables([noted("x")], replace(PERSON, zone=None))
    (row,) = csv.DictReader(io.StringIO(told["checkins.csv"], newline=""))
    assert (row["local_day"], row["local_time"]) == ("2026-03-01", "07:30")


@given(st.lists(entries, max_size=5))
def test_the_json_holds_every_field_of_every_entry(kept: list[CheckIn]) -> None:
    told = json.loads(as_json(Everything(PERSON, tuple(kept), (), ())))

    assert [entry["note"] for entry in told["checkins"]] == [entry.note for entry in kept]
    assert all(set(entry) == set(CheckIn.__dataclass_fields__) | set(LOCAL) for entry in told["checkins"])
    assert told["person"]["time_zone"] == "Europe/London"


def test_the_summary_of_the_last_weeks_is_in_a_copy_too() -> None:
    kept = noted("")
    summary = Summary.of([kept], FINDINGS, ZoneInfo("Europe/London"))
    copy = json.loads(as_json(Everything(PERSON, (kept,), FINDINGS, WEEKS, summary=summary)))
    assert copy["summary"]["areas"]["hip"]["worst"] == {"2026-03-01": 4}
    assert copy["summary"]["flags"] == {"hip": ["2026-03-01"]}
