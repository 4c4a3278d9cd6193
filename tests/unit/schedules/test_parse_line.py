"""What people type about days and times is read as they mean it, or asked back; what we say, they can type."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.schedules.parse.days import DaysAmbiguous, DaysMissing, DaysTooFar, days_from
from bot.schedules.parse.line import schedule_from
from bot.schedules.parse.unsupported import DaysUnreadable
from bot.schedules.parse.vocabulary import SeveralTimes, TimeAmbiguous, TimeMissing, TimeUnreadable, time_from
from bot.schedules.schedule import DAILY, WEEKDAYS, WEEKENDS, EveryDays, Rhythm, Schedule, Weekdays, described
from bot.zones import AmbiguousZone, UnknownZone
from tests.support.strategies import minutes

BERLIN, LONDON = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London")
TODAY = date(2026, 11, 20)  # a Friday
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def on(*days: int) -> Weekdays:
    return Weekdays(frozenset(days))


def every(count: int, first: date = TODAY) -> EveryDays:
    return EveryDays(count, first)


def read(text: str) -> Schedule:
    return schedule_from(text, BERLIN, TODAY)


TIMES = [
    ("7:30", "07:30"),
    ("07:30", "07:30"),
    ("7.30", "07:30"),
    ("7.30am", "07:30"),
    ("7:30 a.m.", "07:30"),
    ("7:30 PM", "19:30"),
    ("6pm", "18:00"),
    ("6 p.m.", "18:00"),
    ("at 6 pm", "18:00"),
    ("@6pm", "18:00"),
    ("9", "09:00"),
    ("21", "21:00"),
    ("9 o'clock", "09:00"),
    ("9 o’clock", "09:00"),
    ("0730", "07:30"),
    ("730", "07:30"),
    ("1830 hrs", "18:30"),
    ("730pm", "19:30"),
    ("18h", "18:00"),
    ("18h30", "18:30"),
    ("18:30h", "18:30"),
    ("noon", "12:00"),
    ("midday", "12:00"),
    ("12 noon", "12:00"),
    ("12:00 noon", "12:00"),
    ("12", "12:00"),
    ("12pm", "12:00"),
    ("12:15am", "00:15"),
    ("00:00", "00:00"),
    ("0:05", "00:05"),
    ("23:59", "23:59"),
    ("7 in the morning", "07:00"),
    ("7:30 in the evening", "19:30"),
    ("evening 19:30", "19:30"),
    ("3 in the afternoon", "15:00"),
    ("12:30 in the afternoon", "12:30"),
    ("9 at night", "21:00"),
    ("7pm in the evening", "19:00"),
    ("７：３０", "07:30"),
    (" 7:30 ", "07:30"),
    ("7:30:00", "07:30"),
    ("half past 7", "07:30"),
    ("quarter to eight", "07:45"),
    ("at seven", "07:00"),
]


@pytest.mark.parametrize(("text", "meant"), TIMES)
def test_a_time_is_read_as_people_mean_it(text: str, meant: str) -> None:
    assert time_from(text) == time.fromisoformat(meant)
    assert read(f"mondays {text}") == Schedule(time.fromisoformat(meant), on(0), BERLIN)
    assert read(f"{text} every 2 days") == Schedule(time.fromisoformat(meant), every(2), BERLIN)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        *((text, TimeMissing) for text in ("", "  ", "...")),
        *((text, TimeAmbiguous) for text in ("midnight", "12 midnight", "12am", "12:00 AM", "24:00", "12 at night")),
        ("12 in the morning", TimeAmbiguous),
        *((text, SeveralTimes) for text in ("7:30 and 18:00", "7, 8", "7 or 8pm", "noon, 6pm")),
        *((text, TimeUnreadable) for text in ("25:00", "7:60", "13pm", "0am", "18:00pm", "2460", "9999", "24:30")),
        *((text, TimeUnreadable) for text in ("7:3", "7:30:15", "7.5", "-7:30", "7:30-8:00", "12345", "7;30")),
        *((text, TimeUnreadable) for text in ("half past", "quarter of 8", "half 7", "in 2 hours", "2 hours", "soon")),
        *(
            (text, TimeUnreadable)
            for text in ("morning", "at", "18:00 in the morning", "6am in the evening", "2 at night")
        ),
        *(
            (text, TimeUnreadable)
            for text in ("daily 7:30", "7:30 evening morning", "7:30 london", "x" * 5000, "9" * 5000)
        ),
    ],
)
def test_a_time_is_never_guessed(text: str, error: type[UserError]) -> None:
    with pytest.raises(error):
        time_from(text)


DAYS = [
    ("", DAILY),
    ("daily", DAILY),
    ("every day", DAILY),
    ("Everyday", DAILY),
    ("each day", DAILY),
    ("every single day", DAILY),
    ("all days", DAILY),
    ("7 days a week", DAILY),
    ("every 1 day", DAILY),
    ("once a day", DAILY),
    ("mon-sun", DAILY),
    ("weekdays and weekends", DAILY),
    ("weekdays", WEEKDAYS),
    ("Weekday", WEEKDAYS),
    ("on weekdays only", WEEKDAYS),
    ("every weekday", WEEKDAYS),
    ("working days", WEEKDAYS),
    ("work days", WEEKDAYS),
    ("business days", WEEKDAYS),
    ("week days", WEEKDAYS),
    ("mon-fri", WEEKDAYS),
    ("Mon – Fri", WEEKDAYS),
    ("monday to friday", WEEKDAYS),
    ("monday through friday", WEEKDAYS),
    ("M-F", WEEKDAYS),
    ("every day mon-fri", WEEKDAYS),
    ("daily except weekends", WEEKDAYS),
    ("weekends", WEEKENDS),
    ("every weekend", WEEKENDS),
    ("at the weekend", WEEKENDS),
    ("weekend days", WEEKENDS),
    ("sat, sun", WEEKENDS),
    ("sat+sun", WEEKENDS),
    ("sat & sun", WEEKENDS),
    ("mon", on(0)),
    ("Mondays", on(0)),
    ("monday's", on(0)),
    ("every monday", on(0)),
    ("every week on monday", on(0)),
    ("weekly on mondays", on(0)),
    ("mon, wed and fri", on(0, 2, 4)),
    ("Mon. Wed. Fri.", on(0, 2, 4)),
    ("mon/wed/fri", on(0, 2, 4)),
    ("m w f", on(0, 2, 4)),
    ("mo we fr", on(0, 2, 4)),
    ("tue thu", on(1, 3)),
    ("tues and thurs", on(1, 3)),
    ("tu th", on(1, 3)),
    ("weds", on(2)),
    ("mwf", on(0, 2, 4)),
    ("not on sundays", on(0, 1, 2, 3, 4, 5)),
    ("fri-mon", on(4, 5, 6, 0)),
    ("mon-wed, sat", on(0, 1, 2, 5)),
    ("weekdays and saturday", on(0, 1, 2, 3, 4, 5)),
    ("every day except sunday", on(0, 1, 2, 3, 4, 5)),
    ("daily but not mondays and fridays", on(1, 2, 3, 5, 6)),
    ("weekdays, except for fridays", on(0, 1, 2, 3)),
    ("every 2 days", every(2)),
    ("every 2days", every(2)),
    ("every two days", every(2)),
    ("every other day", every(2)),
    ("every second day", every(2)),
    ("every 2nd day", every(2)),
    ("alternate days", every(2)),
    ("on alternating days", every(2)),
    ("every third day", every(3)),
    ("every 10 days", every(10)),
    ("every tenth day", every(10)),
    ("every 7 days", every(7)),
    ("every 365 days", every(365)),
    ("every other friday", every(14)),
    ("every other monday", every(14, date(2026, 11, 23))),
    ("every 2 weeks on monday", every(14, date(2026, 11, 23))),
    ("thursdays, every other week", every(14, date(2026, 11, 26))),
    ("fortnightly on tuesdays", every(14, date(2026, 11, 24))),
    ("every fortnight on tuesday", every(14, date(2026, 11, 24))),
    ("every three wednesdays", every(21, date(2026, 11, 25))),
]


@pytest.mark.parametrize(("text", "meant"), DAYS)
def test_days_are_read_as_people_mean_them(text: str, meant: Rhythm) -> None:
    assert days_from(text, TODAY) == meant
    assert read(f"{text} at 7:30") == Schedule(time(7, 30), meant, BERLIN)
    assert read(f"7:30 {text}") == Schedule(time(7, 30), meant, BERLIN)
    assert read(f"6 pm, {text}") == Schedule(time(18), meant, BERLIN)
    assert read(f"{text.upper()} 18h") == Schedule(time(18), meant, BERLIN)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        *((text, DaysAmbiguous) for text in ("t", "s", "m-t", "biweekly", "bi-weekly on mondays", "mon-mon")),
        *((text, DaysAmbiguous) for text in ("every second monday", "every 2nd monday", "every third friday")),
        *((text, DaysMissing) for text in ("weekly", "every week", "once a week", "twice a week", "3 times a week")),
        *((text, DaysMissing) for text in ("fortnightly", "every 2 weeks", "every other week")),
        *((text, DaysTooFar) for text in ("every 366 days", "every 999999 days", "every 53 weeks on monday")),
        *((text, DaysUnreadable) for text in ("wendesday", "mtwtf", "blah", "mon blah", "every", "every every", "now")),
        *((text, DaysUnreadable) for text in ("every 0 days", "every -2 days", "every 9999999 days", "every 2.5 days")),
        *(
            (text, DaysUnreadable)
            for text in ("every 2 hours", "hourly", "every few days", "monthly", "every 2 months")
        ),
        *((text, DaysUnreadable) for text in ("every other weekend", "every 2 weeks on mon and thu", "hourly")),
        *((text, DaysUnreadable) for text in ("every 2 days on mondays", "every 2 days and every 3 days")),
        *((text, DaysUnreadable) for text in ("tomorrow", "next monday", "first monday of the month", "every 10th")),
        *((text, DaysUnreadable) for text in ("except", "not", "mon except mon", "daily except daily")),
        *((text, DaysUnreadable) for text in ("mon - ", "mon - weekends", "every morning", "7:30")),
        *((text, DaysUnreadable) for text in ("2026-11-20", "mon wed' fri", "x" * 5000, "mon " * 2000)),
    ],
)
def test_days_are_never_guessed(text: str, error: type[UserError]) -> None:
    with pytest.raises(error):
        days_from(text, TODAY)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("daily 7:30", Schedule(time(7, 30), DAILY, BERLIN)),
        ("every day at 7.30am", Schedule(time(7, 30), DAILY, BERLIN)),
        ("weekdays at 07:30", Schedule(time(7, 30), WEEKDAYS, BERLIN)),
        ("mon, wed and fri 18:00", Schedule(time(18), on(0, 2, 4), BERLIN)),
        ("tue thu 6pm", Schedule(time(18), on(1, 3), BERLIN)),
        ("every 2 days at 20:00", Schedule(time(20), every(2), BERLIN)),
        ("every other day 8pm", Schedule(time(20), every(2), BERLIN)),
        ("weekends 9", Schedule(time(9), WEEKENDS, BERLIN)),
        ("every 2 days 9", Schedule(time(9), every(2), BERLIN)),
        ("9 every 2 days", Schedule(time(9), every(2), BERLIN)),
        ("sundays at noon", Schedule(time(12), on(6), BERLIN)),
        ("7:30", Schedule(time(7, 30), DAILY, BERLIN)),
        ("7:30 please", Schedule(time(7, 30), DAILY, BERLIN)),
        ("weekdays - 7:30", Schedule(time(7, 30), WEEKDAYS, BERLIN)),
        ("Weekdays: 7:30", Schedule(time(7, 30), WEEKDAYS, BERLIN)),
        ("7:30 - weekdays", Schedule(time(7, 30), WEEKDAYS, BERLIN)),
        ("daily 7:30, except sundays", Schedule(time(7, 30), on(0, 1, 2, 3, 4, 5), BERLIN)),
        ("mon 7:30 and thu", Schedule(time(7, 30), on(0, 3), BERLIN)),
        ("every morning at 7", Schedule(time(7), DAILY, BERLIN)),
        ("every evening at 7:30", Schedule(time(19, 30), DAILY, BERLIN)),
        ("monday mornings 7", Schedule(time(7), on(0), BERLIN)),
        ("sunday evening 19:00", Schedule(time(19), on(6), BERLIN)),
        ("mon morning and thu morning at 7", Schedule(time(7), on(0, 3), BERLIN)),
        ("every other morning at 7", Schedule(time(7), every(2), BERLIN)),
        ("nightly 9", Schedule(time(21), DAILY, BERLIN)),
        ("weekend afternoons at 3", Schedule(time(15), WEEKENDS, BERLIN)),
        ("weekdays at 07:30, Europe/London", Schedule(time(7, 30), WEEKDAYS, LONDON)),
        ("weekdays at 07:30 Europe/London", Schedule(time(7, 30), WEEKDAYS, LONDON)),
        ("weekdays at 07:30, london", Schedule(time(7, 30), WEEKDAYS, LONDON)),
        ("7:30, mon, wed, UK time", Schedule(time(7, 30), on(0, 2), LONDON)),
        ("7:30 mon/wed, Birmingham, UK", Schedule(time(7, 30), on(0, 2), LONDON)),
        ("6pm, New York", Schedule(time(18), DAILY, ZoneInfo("America/New_York"))),
        ("6pm EST", Schedule(time(18), DAILY, ZoneInfo("America/New_York"))),
        ("6pm America/New York", Schedule(time(18), DAILY, ZoneInfo("America/New_York"))),
    ],
)
def test_a_line_is_read_as_people_mean_it(text: str, meant: Schedule) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", TimeMissing),
        ("mondays", TimeMissing),
        ("every 2 days", TimeMissing),
        ("every morning", TimeMissing),
        ("weekdays 25:00", TimeUnreadable),
        ("weekdays 7:30-8:30", TimeUnreadable),
        ("mornings at 18:00", TimeUnreadable),
        ("daily at midnight", TimeAmbiguous),
        ("every night at 12", TimeAmbiguous),
        ("7:30 and 18:00 daily", SeveralTimes),
        ("mon 7 and thu 8", SeveralTimes),
        ("7 and 8pm", SeveralTimes),
        ("mon mornings and thu evenings at 7", SeveralTimes),
        ("every 9", DaysUnreadable),
        ("every 2h", DaysUnreadable),
        ("every 2 hours", DaysUnreadable),
        ("in 2 hours", DaysUnreadable),
        ("tomorrow 7:30", DaysUnreadable),
        ("wendesday 7:30", DaysUnreadable),
        ("7:30, wendesday", DaysUnreadable),
        ("6pm nice", DaysUnreadable),  # a city, but after a comma only: a stray word moves nobody to another zone
        ("6pm IST", AmbiguousZone),
        ("mon - 7:30 - fri", DaysUnreadable),
        ("every 10th 7:30", DaysUnreadable),
        ("x" * 5000, DaysUnreadable),
        ("every second monday 7:30", DaysAmbiguous),
        ("7:30 t", DaysAmbiguous),
        ("weekly 7:30", DaysMissing),
        ("3 times a week at 7:30", DaysMissing),
        ("2 days a week, 7:30", DaysMissing),
        ("every 400 days 7:30", DaysTooFar),
        ("7:30, Newcastle", AmbiguousZone),
        ("7:30, Berlinn", UnknownZone),
    ],
)
def test_a_line_is_never_guessed(text: str, error: type[UserError]) -> None:
    with pytest.raises(error):
        read(text)


def test_every_error_has_a_sentence_of_its_own() -> None:
    errors = (TimeMissing, TimeUnreadable, TimeAmbiguous, SeveralTimes, DaysUnreadable, DaysAmbiguous, DaysMissing)
    assert len({error.message for error in (*errors, DaysTooFar)}) == 8
    assert all(error().values == {} for error in errors)
    with pytest.raises(DaysTooFar) as far:
        read("every 400 days 7:30")
    assert far.value.values == {"most": 365}


words = st.sampled_from(
    """
    every other second 2 14 400 day days week weeks mon tues friday weekdays weekend t s except but - , and at on in the
    to 7 7:30 7.30pm 18h 0730 am a.m. noon midnight morning nights daily each all fortnightly london Europe/Berlin / ' .
    """.split()  # noqa: SIM905
)


@given(st.text(max_size=150) | st.lists(words, max_size=9).map(" ".join))
def test_whatever_is_typed_is_read_or_asked_back(text: str) -> None:
    for reader in (read, time_from, lambda said: days_from(said, TODAY)):
        with suppress(UserError):
            reader(text)


@given(st.text(max_size=60) | st.lists(words, max_size=9).map(" ".join))
def test_spaces_and_capitals_change_nothing(text: str) -> None:
    def outcome(said: str) -> object:
        try:
            return read(said)
        except UserError as error:
            return type(error)

    assert outcome(f"  {text.replace(' ', '   ')} ") == outcome(text)


def in_english(schedule: Schedule) -> str:
    """As the English catalogue could put it."""
    called, count, weekdays = described(schedule.rhythm)
    names = [NAMES[day] for day in weekdays]
    days = {
        "daily": "every day",
        "weekdays": "weekdays",
        "weekends": "weekends",
        "on": " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:]))),
        "every": f"every {count} days",
        "weeks": f"every {count} weeks on {names[0] if names else ''}",
    }[called]
    return f"{days} at {schedule.at:%H:%M}, {schedule.zone.key}"


written = st.builds(
    Schedule,
    minutes,
    st.frozensets(st.integers(0, 6), min_size=1).map(Weekdays) | st.integers(2, 365).map(every),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]).map(ZoneInfo),
)


@given(written)
def test_what_we_say_can_be_typed(schedule: Schedule) -> None:
    said = in_english(schedule)
    again = read(said)
    assert (again.at, again.zone) == (schedule.at, schedule.zone)
    now = datetime.combine(TODAY, time(), tzinfo=UTC) - timedelta(days=1)
    assert again.upcoming(now, 9) == schedule.upcoming(now, 9), said


@pytest.mark.parametrize(
    ("rhythm", "days", "count", "weekdays"),
    [
        (DAILY, "daily", 1, ()),
        (WEEKDAYS, "weekdays", 1, ()),
        (WEEKENDS, "weekends", 1, ()),
        (on(4), "on", 1, (4,)),
        (on(6, 0, 2), "on", 1, (0, 2, 6)),
        (every(2), "every", 2, ()),
        (every(7), "weeks", 1, (4,)),
        (every(14), "weeks", 2, (4,)),
        (every(365), "every", 365, ()),
    ],
)
def test_a_rhythm_is_described_by_the_shortest_words(
    rhythm: Rhythm, days: str, count: int, weekdays: tuple[int, ...]
) -> None:
    assert described(rhythm) == (days, count, weekdays)


def test_the_first_day_is_the_first_that_counts() -> None:
    plain = Schedule(time(7, 30), DAILY, BERLIN)
    assert plain.first_day is None
    begun = replace(plain, starts=date(2026, 11, 22))
    assert begun.first_day == date(2026, 11, 22)
    assert replace(begun, rhythm=every(3)).first_day == date(2026, 11, 23)
    assert replace(plain, rhythm=every(3)).first_day == TODAY
