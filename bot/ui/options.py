"""Options of commands that need more than a type: areas, lists, times, suggested while somebody types."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from discord import Interaction, app_commands
from discord.app_commands import Choice

from bot.advice.library import NoSuchTip
from bot.advice.model import Area, TipMoment
from bot.errors import UserError
from bot.localtime import DAY, local_day
from bot.schedules.parse.ahead import until_from
from bot.schedules.parse.line import schedule_from
from bot.storage.reminders import ReminderKind
from bot.ui.alarm_gate import RAISED, alarms_in
from bot.ui.cards.reminders import PERSONAL
from bot.ui.catalog import Catalog
from bot.ui.limits import CHOICE
from bot.ui.locales import LocalizedContent
from bot.ui.phrases import day_text, rhythm_text
from bot.ui.request import Request

MOST_CHOICES = 25

Value = TypeVar("Value", bound=StrEnum)


class UnknownArea(UserError, message="unknown-title"):
    """Nobody taught us this word. Shown with the nearest areas and the general stop block."""

    def __init__(self, text: str) -> None:
        super().__init__(text=text)
        self.text = text


def area_from(text: str, content: LocalizedContent) -> Area:
    """The area that free text means. Raises UnknownArea when it leads nowhere with confidence."""
    area = area_or_none(text, content)
    if area is None:
        raise UnknownArea(text)
    return area


def area_or_none(text: str, content: LocalizedContent) -> Area | None:
    """The area that free text means; None where it leads nowhere with confidence."""
    if not text or text in content.library.areas:
        return content.library.areas.get(text)
    matches = content.search.find(text)
    return matches[0].area if matches else None


class NotAChoice(UserError, message="error-choice"):
    """An option that has a list, and something else was typed. Shown with the list."""


def choice_from(names: Mapping[Value, str], text: str) -> Value:
    """The value that was picked from a list, or typed by its name. Raises NotAChoice."""
    typed = text.casefold().strip()
    for value, name in names.items():
        if typed in {value.casefold(), name.casefold()}:
            return value
    raise NotAChoice(choices=", ".join(names.values()))


def suggested_areas(request: Request, text: str) -> list[Choice[str]]:
    """The areas that begin so; for words that cannot wait the one choice that opens their card."""
    if help_first := _help_first(request, text):
        return help_first
    areas = request.content.search.suggest(text)[:MOST_CHOICES]
    return [Choice(name=area.title[:CHOICE], value=area.id) for area in areas]


def suggested(names: Mapping[Any, str], text: str, *, else_all: bool = False) -> list[Choice[str]]:
    """Of a list of names, by value, those with the text in them; `else_all`: every one where none has."""
    choices = [Choice(name=name, value=str(value)) for value, name in names.items()]
    matching = [choice for choice in choices if text.casefold().strip() in choice.name.casefold()]
    return matching or (choices if else_all else [])


def _help_first(request: Request, text: str) -> list[Choice[str]]:
    alarms = alarms_in([text], request.content)
    return [Choice(name=request.words("alarm-choice")[:CHOICE], value=f"{RAISED}{alarms[0].id}")] if alarms else []


class AreaTransformer(app_commands.Transformer):
    """An area, from its name, a synonym, a symptom or a typo."""

    async def transform(self, interaction: Interaction, value: str, /) -> Area:
        return area_from(value, Request.of(interaction).content)

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[Choice[str]]:  # type: ignore[override]
        return suggested_areas(Request.of(interaction), value)


AreaOption = app_commands.Transform[Area, AreaTransformer]


class MomentTransformer(app_commands.Transformer):
    """When a tip is of use; what people see comes from the catalogue."""

    async def transform(self, interaction: Interaction, value: str, /) -> str:
        try:
            return choice_from(Request.of(interaction).words.names(TipMoment, "moment"), value)
        except NotAChoice:
            raise NoSuchTip from None

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[Choice[str]]:  # type: ignore[override]
        request = Request.of(interaction)
        names = request.words.names(TipMoment, "moment")
        return _help_first(request, value) or suggested(names, value, else_all=True)


MomentOption = app_commands.Transform[str, MomentTransformer]


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
