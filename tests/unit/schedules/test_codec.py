"""What is stored comes back, or says what is wrong with it."""

import json
from datetime import date, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import localtime
from bot.schedules.codec import ScheduleUnreadable, ZoneGone, from_stored, from_stored_in, to_stored
from bot.schedules.schedule import WEEKDAYS, EveryDays, Pause, Schedule
from tests.support.strategies import schedules

BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
WEEKLY = Schedule(time(7, 30), WEEKDAYS, BERLIN)
COUNTED = Schedule(
    time(18, 5), EveryDays(3, date(2026, 11, 20)), BERLIN, date(2026, 12, 1), date(2027, 3, 1), Pause(date(2027, 1, 1))
)


def changed(schedule: Schedule = WEEKLY, **fields: object) -> str:
    return json.dumps(json.loads(to_stored(schedule)) | fields)


def without(field: str, schedule: Schedule = WEEKLY) -> str:
    return json.dumps({name: value for name, value in json.loads(to_stored(schedule)).items() if name != field})


@given(schedules)
def test_a_schedule_comes_back_as_it_was(schedule: Schedule) -> None:
    assert from_stored(to_stored(schedule)) == schedule


def test_the_form_is_this_one() -> None:
    """Rows of older versions look like this: change it with a new version and a way to read this one."""
    assert json.loads(to_stored(WEEKLY)) == {
        "version": 1,
        "at": "07:30",
        "weekdays": [0, 1, 2, 3, 4],
        "zone": "Europe/Berlin",
        "starts": None,
        "ends": None,
        "pause": None,
    }
    assert json.loads(to_stored(COUNTED)) == {
        "version": 1,
        "at": "18:05",
        "every": 3,
        "first": "2026-11-20",
        "zone": "Europe/Berlin",
        "starts": "2026-12-01",
        "ends": "2027-03-01",
        "pause": {"since": "2027-01-01", "until": None},
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "7",
        "{",
        "[" * 100_000,
        changed(version=2),
        changed(version="1"),
        changed(version=True),
        changed(version=1.0),
        *(without(field) for field in json.loads(to_stored(WEEKLY))),
        *(without(field, COUNTED) for field in json.loads(to_stored(COUNTED))),
        changed(extra=1),
        changed(every=2),
        changed(COUNTED, weekdays=[0]),
        *(changed(at=at) for at in ("7:30", "0730", "07:30:00", "07:30Z", "24:00", "25:00", "", None, 7, ["07:30"])),
        *(changed(weekdays=days) for days in ([], [7], [-1], [0, 0], [1, 0], [True], ["0"], [0.0], None, "0", 3, {})),
        *(changed(COUNTED, every=count) for count in (1, 0, -2, 366, 2.0, True, "2", None, [])),
        *(changed(COUNTED, first=first) for first in (None, "2026-02-30", "20261120", "2026-W47-5", 20261120)),
        *(changed(zone=zone) for zone in (None, 1, ["Europe/Berlin"])),
        *(changed(starts=day) for day in ("2026-1-1", "9999-01-01", "", 0, "2026-01-01T00:00")),
        *(changed(ends=day) for day in ("2026-1-1", "", 0, False)),
        changed(pause=[]),
        changed(pause="2026-01-01"),
        changed(pause={}),
        changed(pause={"since": "2026-01-01"}),
        changed(pause={"since": None, "until": None}),
        changed(pause={"since": "2026-01-02", "until": "2026-01-02"}),
        changed(pause={"since": "2026-01-02", "until": None, "why": "hip"}),
    ],
)
def test_what_nobody_can_have_stored_is_refused(text: str) -> None:
    with pytest.raises(ScheduleUnreadable):
        from_stored(text)
    with pytest.raises(ScheduleUnreadable):
        from_stored_in(text, TOKYO)


@given(st.text() | st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_no_text_at_all_does_worse_than_that(text: str) -> None:
    with pytest.raises(ScheduleUnreadable):
        from_stored(text)


@pytest.mark.parametrize(
    "zone",
    ["Europe/Atlantis", "", "Europe", "../../etc/passwd", "/etc/localtime", "zone.tab", "a\0b", "é" * 99, "\ud800"],
)
def test_a_zone_that_is_not_in_the_database_is_named(zone: str) -> None:
    with pytest.raises(ZoneGone) as caught:
        from_stored(changed(zone=zone))
    assert (caught.value.message, caught.value.values) == ("error-zone-gone", {"zone": zone})


def test_a_zone_that_was_taken_out_of_the_database_can_be_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = to_stored(COUNTED)

    def gone(key: str) -> ZoneInfo:
        raise ZoneInfoNotFoundError(key)

    monkeypatch.setattr(localtime, "ZoneInfo", gone)
    with pytest.raises(ZoneGone):
        from_stored(kept)
    moved = from_stored_in(kept, TOKYO)
    assert (moved.zone, moved.at, moved.rhythm, moved.pause) == (TOKYO, COUNTED.at, COUNTED.rhythm, COUNTED.pause)
