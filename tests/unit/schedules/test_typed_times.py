"""What people type about time, in one vocabulary everywhere: read as they mean it, or refused by the true reason."""

import doctest
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.errors import UserError
from bot.schedules.parse import ahead, dates, days, line, moment, vocabulary
from bot.schedules.parse.ahead import until_from
from bot.schedules.parse.line import schedule_from
from bot.schedules.parse.moment import when_from
from bot.schedules.parse.vocabulary import WEEKDAY_NAMES, weekdays_meant
from bot.schedules.schedule import Schedule, described
from bot.ui.catalog import Catalog

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 28, 11, 40, tzinfo=UTC)
ALIKE = {"daily": "daily", "weekdays": "mon-fri", "weekends": "sat-sun"}


def in_words(schedule: Schedule) -> str:
    """ "07:30 mon wed Europe/London", "07:30 2 weeks mon"; no zone for Berlin."""
    named, count, weekdays = described(schedule.rhythm)
    counted = {"every": [f"{count} days"], "weeks": [f"{count} weeks"]}.get(named, [])
    in_names = [ALIKE[named]] if named in ALIKE else [*counted, *(WEEKDAY_NAMES[day][:3] for day in weekdays)]
    zone = [] if schedule.zone == BERLIN else [schedule.zone.key]
    return " ".join([f"{schedule.at:%H:%M}", *in_names, *zone])


READERS = {
    "schedule": lambda text: in_words(schedule_from(text, BERLIN, FRIDAY)),
    "moment": lambda text: when_from(text, BERLIN, NOON).astimezone(BERLIN).strftime("%m-%d %H:%M"),
    "until": lambda text: until_from(text, FRIDAY).isoformat(),
}


def cases() -> dict[str, list[list[str]]]:
    """The lines of the file, by its headings."""
    found: dict[str, list[list[str]]] = {}
    for row in Path(__file__).with_name("typed_times.txt").read_text(encoding="utf-8").splitlines():
        if row.startswith("== "):
            found[row.removeprefix("== ")] = lines = []
        elif row and not row.startswith("#"):
            lines.append(row.rsplit(" = ", maxsplit=1))
    return found


@pytest.mark.parametrize("reader", READERS)
def test_it_is_read_as_it_is_meant_or_refused_by_the_true_reason(reader: str, words: Catalog) -> None:
    wrong = []
    for text, meant in cases()[reader]:
        try:
            outcome = READERS[reader](text)
        except UserError as error:
            outcome, sentence = type(error).__name__, words(error.message, **error.values)
            wrong += [] if sentence else [f"{text}: no words for it"]
        wrong += [f"{text}: {outcome}, not {meant}"] if outcome != meant else []
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("text", ["weds", "Wednesday", "wed", "we"])
def test_a_day_of_the_week_has_the_same_names_everywhere(text: str) -> None:
    assert weekdays_meant(text.casefold()) == [2]
    assert in_words(schedule_from(f"{text} 7.30", BERLIN, FRIDAY)) == "07:30 wed"
    assert READERS["moment"](f"{text} 7.30") == "11-25 07:30"
    assert READERS["until"](text) == "2026-11-25"


@pytest.mark.parametrize(
    "text", ["27th of november", "27 nov", "Nov 27th", "27/11", "2026-11-27", "27.11.2026", "the 27th"]
)
def test_a_date_has_the_same_forms_everywhere(text: str) -> None:
    assert READERS["moment"](text).startswith("11-27 ")
    assert READERS["until"](text) == "2026-11-27"


def test_the_examples_hold() -> None:
    assert not any(doctest.testmod(module).failed for module in (ahead, dates, days, line, moment, vocabulary))
