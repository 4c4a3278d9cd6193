"""Options of /remind that need more than a type: what is typed, read or suggested while it is typed."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from discord.app_commands import Choice

from bot.errors import UserError
from bot.localtime import DAY, local_day
from bot.schedules.parse.ahead import until_from
from bot.schedules.parse.line import schedule_from
from bot.storage.reminders import ReminderKind
from bot.ui.cards.reminders import PERSONAL
from bot.ui.catalog import Catalog
from bot.ui.limits import CHOICE
from bot.ui.options import choice_from, suggested
from bot.ui.phrases import day_text, rhythm_text

TIMES: Final = ("every day at 08:00", "weekdays at 07:30", "every day at 20:00", "mon, wed and fri at 18:00")
PAUSES: Final = (7, 14, 30)  # days
UNTIL_RESUMED: Final = "while injured"
ANYWHERE: Final = ZoneInfo("UTC")  # where no time zone is known, or none is looked up


def kind_from(text: str, words: Catalog) -> ReminderKind:
    """What was picked from the list, or typed by its name. Raises NotAChoice."""
    return choice_from(_kinds(words), text)


def suggested_kinds(text: str, words: Catalog) -> list[Choice[str]]:
    """Those with the text in their names; every one where none has."""
    return suggested(_kinds(words), text, else_all=True)


def _kinds(words: Catalog) -> dict[ReminderKind, str]:
    return {kind: words(f"reminder-what-{kind}") for kind in PERSONAL}


def suggested_times(text: str, now: datetime, words: Catalog) -> list[Choice[str]]:
    """What was understood so far, or a few to pick from."""
    if not text.strip():
        return [Choice(name=time, value=time) for time in TIMES]
    try:
        schedule = schedule_from(text, ANYWHERE, local_day(now, ANYWHERE))  # nobody is looked up at every key
    except UserError as error:
        return [_as_typed(words(error.message, **error.values), text)]
    return [_as_typed(rhythm_text(schedule, words), text)]


def suggested_untils(text: str, today: date, words: Catalog) -> list[Choice[str]]:
    """The day that was understood so far, or a few to pick from."""
    if not text.strip():
        return [_until(day, words) for day in (None, *(today + days * DAY for days in PAUSES))]
    try:
        return [_until(until_from(text, today), words)]
    except UserError as error:
        return [_as_typed(words(error.message, **error.values), text)]


def _as_typed(name: str, text: str) -> Choice[str]:
    return Choice(name=name[:CHOICE], value=text[:CHOICE])


def _until(day: date | None, words: Catalog) -> Choice[str]:
    if day is None:
        return Choice(name=words("reminder-until-open"), value=UNTIL_RESUMED)
    return Choice(name=words("reminder-until", day=day_text(day, words)), value=day.isoformat())
