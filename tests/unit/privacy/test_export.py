"""A copy is complete, and a spreadsheet opens it rightly."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.models import CheckIn, NewSign, PainTiming, Side
from bot.privacy import CHECKINS, FORMULA, Everything, as_csv, as_json
from bot.storage.people import Person

AT = datetime(2026, 3, 1, 7, 30, tzinfo=UTC)
PERSON = Person(1, AT, 1, "Europe/London", AT)
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


@given(st.lists(entries, max_size=5))
def test_a_table_comes_back_as_it_went_in_and_no_cell_is_a_formula(kept: list[CheckIn]) -> None:
    table = as_csv(kept, CHECKINS).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table, newline="")))

    assert len(rows) == len(kept)
    for row, entry in zip(rows, kept, strict=True):
        assert row["pain"] == str(entry.pain)
        assert datetime.fromisoformat(row["at"]) == entry.at
        note = entry.note or ""
        assert row["note"] == (f"'{note}" if note.startswith(FORMULA) else note)
        assert not any(cell.startswith(FORMULA) for cell in row.values())


@given(st.lists(entries, max_size=5))
def test_the_json_holds_every_field_of_every_entry(kept: list[CheckIn]) -> None:
    told = json.loads(as_json(Everything(PERSON, tuple(kept), (), ())))

    assert [entry["note"] for entry in told["checkins"]] == [entry.note for entry in kept]
    assert all(set(entry) == set(CheckIn.__dataclass_fields__) for entry in told["checkins"])
    assert told["person"]["time_zone"] == "Europe/London"
