"""What is stored comes back, or says what is wrong with it."""

import json
from collections.abc import Callable
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


WEEKLY_LINE = "07:30 01234 Europe/Berlin"
COUNTED_LINE = "18:05 3/2026-11-20 Europe/Berlin starts 2026-12-01 ends 2027-03-01 paused 2027-01-01"
WEEKLY_JSON: dict[str, object] = {
    "version": 1,
    "at": "07:30",
    "weekdays": [0, 1, 2, 3, 4],
    "zone": "Europe/Berlin",
    "starts": None,
    "ends": None,
    "pause": None,
}
COUNTED_JSON: dict[str, object] = {
    "version": 1,
    "at": "18:05",
    "every": 3,
    "first": "2026-11-20",
    "zone": "Europe/Berlin",
    "starts": "2026-12-01",
    "ends": "2027-03-01",
    "pause": {"since": "2027-01-01", "until": None},
}


def of_1_0_0(schedule: Schedule) -> str:
    """As that version wrote it."""
    rhythm, pause = schedule.rhythm, schedule.pause
    days: dict[str, object] = (
        {"every": rhythm.count, "first": str(rhythm.first)}
        if isinstance(rhythm, EveryDays)
        else {"weekdays": sorted(rhythm.days)}
    )
    return json.dumps(
        {"version": 1, "at": f"{schedule.at:%H:%M}"}
        | days
        | {
            "zone": schedule.zone.key,
            "starts": schedule.starts and str(schedule.starts),
            "ends": schedule.ends and str(schedule.ends),
            "pause": pause and {"since": str(pause.since), "until": pause.until and str(pause.until)},
        },
        separators=(",", ":"),
    )


def changed(fields: dict[str, object] = WEEKLY_JSON, **others: object) -> str:
    return json.dumps(fields | others)


def without(field: str, fields: dict[str, object] = WEEKLY_JSON) -> str:
    return json.dumps({name: value for name, value in fields.items() if name != field})


@given(schedules)
def test_a_schedule_comes_back_as_it_was(schedule: Schedule) -> None:
    assert from_stored(to_stored(schedule)) == schedule


@given(schedules)
def test_one_of_the_first_version_does_too(schedule: Schedule) -> None:
    assert from_stored(of_1_0_0(schedule)) == schedule


def test_the_forms_are_these() -> None:
    """Rows of older versions look like this: change it with a way to read this one."""
    assert (to_stored(WEEKLY), to_stored(COUNTED)) == (WEEKLY_LINE, COUNTED_LINE)
    assert json.loads(of_1_0_0(WEEKLY)) == WEEKLY_JSON
    assert json.loads(of_1_0_0(COUNTED)) == COUNTED_JSON


@pytest.mark.parametrize(
    "text",
    [
        *("", "null", "[]", "7", "[" * 100_000, " ", " " + WEEKLY_LINE, WEEKLY_LINE + " "),
        *(f"{number} {WEEKLY_LINE}" for number in (1, 2, 3)),
        "07:30 01234",
        "07:30 Europe/Berlin",
        "01234 07:30 Europe/Berlin",
        "07:30  01234 Europe/Berlin",
        *(f"{at} 01234 Europe/Berlin" for at in ("7:30", "0730", "07", "07:30:00", "07:30Z", "24:00", "", "٠7:30")),
        *(f"07:30 {days} Europe/Berlin" for days in ("", "7", "00", "10", "-1", "1,2", "mon", "٣", "0/", "01234/")),
        *(f"18:05 {count}/2026-11-20 Europe/Berlin" for count in ("", "0", "1", "03", "366", "-2", "+3", "3.0", "1_0")),
        *(f"18:05 3/{first} Europe/Berlin" for first in ("2026-02-30", "20261120", "2026-W47-5", "2026-11-20/1", "x")),
        *(f"{WEEKLY_LINE} starts {day}" for day in ("2026-1-1", "20260101", "9999-01-01", "0", "2026-01-01T00:00")),
        *(f"{WEEKLY_LINE} ends {day}" for day in ("2026-1-1", "20260101", "2026-02-30", "0", "None")),
        f"{WEEKLY_LINE} starts",
        f"{WEEKLY_LINE} ends 2026-12-01 starts 2026-11-01",
        f"{WEEKLY_LINE} ends 2026-12-01 ends 2026-12-01",
        f"{WEEKLY_LINE} until 2026-12-01",
        f"{WEEKLY_LINE} paused 2026-12-01 until 2026-12-01",
        f"{WEEKLY_LINE} until 2026-12-02 paused 2026-12-01",
        f"{WEEKLY_LINE} except 2026-12-01",
    ],
)
def test_a_line_that_nobody_can_have_stored_is_refused(text: str) -> None:
    refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        '{"a":' * 100_000,
        changed(version=2),
        changed(version="1"),
        changed(version=True),
        changed(version=1.0),
        *(without(field) for field in WEEKLY_JSON),
        *(without(field, COUNTED_JSON) for field in COUNTED_JSON),
        changed(extra=1),
        changed(every=2),
        changed(COUNTED_JSON, weekdays=[0]),
        *(changed(at=at) for at in ("7:30", "0730", "07:30:00", "07:30Z", "24:00", "25:00", "", None, 7, ["07:30"])),
        *(changed(weekdays=days) for days in ([], [7], [-1], [0, 0], [1, 0], [True], ["0"], [0.0], None, "0", 3, {})),
        *(changed(COUNTED_JSON, every=count) for count in (1, 0, -2, 366, 2.0, True, "2", None, [])),
        *(changed(COUNTED_JSON, first=first) for first in (None, "2026-02-30", "20261120", "2026-W47-5", 20261120)),
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
def test_json_that_nobody_can_have_stored_is_refused(text: str) -> None:
    refused(text)


def refused(text: str) -> None:
    with pytest.raises(ScheduleUnreadable):
        from_stored(text)
    with pytest.raises(ScheduleUnreadable):
        from_stored_in(text, TOKYO)


@given(schedules, st.data())
def test_a_line_that_is_read_is_one_that_is_written(schedule: Schedule, data: st.DataObject) -> None:
    """With any letters of it changed, it is refused, or it is the line of another schedule."""
    line = to_stored(schedule)
    begin = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(begin, min(begin + 3, len(line))))
    text = line[:begin] + data.draw(st.text(st.sampled_from(" /-:0123456789٣adenprstu\n"), max_size=3)) + line[end:]
    try:
        read = from_stored(text)
    except (ScheduleUnreadable, ZoneGone):
        return
    assert to_stored(read) == text


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
    with pytest.raises(ZoneGone) as caught:
        from_stored(WEEKLY_LINE.replace("Europe/Berlin", zone))
    assert (caught.value.message, caught.value.values) == ("error-zone-gone", {"zone": zone})


@pytest.mark.parametrize("write", [to_stored, of_1_0_0])
def test_a_zone_that_was_taken_out_of_the_database_can_be_replaced(
    write: Callable[[Schedule], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = write(COUNTED)

    def gone(key: str) -> ZoneInfo:
        raise ZoneInfoNotFoundError(key)

    monkeypatch.setattr(localtime, "ZoneInfo", gone)
    with pytest.raises(ZoneGone):
        from_stored(kept)
    moved = from_stored_in(kept, TOKYO)
    assert (moved.zone, moved.at, moved.rhythm, moved.pause) == (TOKYO, COUNTED.at, COUNTED.rhythm, COUNTED.pause)
