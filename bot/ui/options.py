"""Options of commands that need more than a type: areas, lists, times, suggested while somebody types."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from discord import Interaction, app_commands
from discord.app_commands import Choice

from bot.advice.freetext.search import Page
from bot.advice.library import Library
from bot.advice.model import Area, TipMoment
from bot.advice.tip_picker import NoSuchTip
from bot.errors import OutOfDate, UserError
from bot.localtime import DAY, DEFAULT_ZONE, local_day
from bot.schedules.parse.ahead import until_from
from bot.schedules.parse.line import schedule_from
from bot.storage.reminders import ReminderKind
from bot.ui.alarm_gate import RAISED, RAISED_FOR_ANOTHER, raised_while_typing
from bot.ui.cards.parts import UNWELL
from bot.ui.cards.reminders import PERSONAL
from bot.ui.catalog import Catalog
from bot.ui.limits import CHOICE, MOST_CHOICES
from bot.ui.locales import LocalizedContent
from bot.ui.phrases import day_text, rhythm_text
from bot.ui.request import Request

Value = TypeVar("Value", bound=StrEnum)


class UnknownArea(UserError, message="unknown-title"):
    """Nobody taught us this word. Shown with all areas, to choose from, and the general stop block."""

    def __init__(self, text: str) -> None:
        super().__init__(text=text)
        self.text = text


class FeelsUnwell(UserError, message="unwell-title"):
    """Somebody chose *I feel ill, or something else* where a place was asked. Shown with that page."""


class NamedPages(UserError, message="several-title"):
    """Words that name several pages, or one that the command has no use for. Shown with a button for each."""

    def __init__(self, text: str, pages: Sequence[Page]) -> None:
        super().__init__(text=text, count=len(pages))
        self.text = text
        self.pages = tuple(pages)


def area_or_none(text: str, content: LocalizedContent) -> Area | None:
    """The area that free text means; None where it leads nowhere with confidence. Raises FeelsUnwell."""
    if text == UNWELL:
        raise FeelsUnwell
    if not text or text in content.library.areas:
        return content.library.areas.get(text)
    matches = content.search.find(text)
    return matches[0].area if matches else None


def page_from(text: str, content: LocalizedContent) -> Page:
    """The page that free text means. Raises NamedPages when it names several, UnknownArea for none, or FeelsUnwell."""
    if text == UNWELL:
        raise FeelsUnwell
    picked = content.library.areas.get(text) or content.library.everyday.get(text)
    pages = (picked,) if picked else content.search.lead(text)
    if not pages:
        raise UnknownArea(text)
    if len(pages) > 1:
        raise NamedPages(text, pages)
    return pages[0]


def picked_area(value: str, library: Library) -> Area:
    """The area with that id, picked from a menu or in a button. Raises FeelsUnwell, or OutOfDate for any other."""
    if value == UNWELL:
        raise FeelsUnwell
    if value not in library.areas:
        raise OutOfDate
    return library.areas[value]


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
    return _help_first(request, text) or _with_unwell(
        request, (page for page in request.content.search.suggest(text) if isinstance(page, Area)), text
    )


def suggested_pages(request: Request, text: str) -> list[Choice[str]]:
    """The same with the everyday pages."""
    return _help_first(request, text) or _with_unwell(request, request.content.search.suggest(text), text)


def _with_unwell(request: Request, pages: Iterable[Page], text: str) -> list[Choice[str]]:
    """*I feel ill* stands first before anything is typed, and alone for unknown words; Enter takes the first choice."""
    titles = [(page.title if isinstance(page, Area) else page.name, page.id) for page in pages]
    choices = [Choice(name=title[:CHOICE], value=page) for title, page in titles][: MOST_CHOICES - 1]
    unwell = Choice(name=request.words("unwell")[:CHOICE], value=UNWELL)
    return choices if text.strip() and choices else [unwell, *choices]


def suggested(names: Mapping[Any, str], text: str, *, else_all: bool = False) -> list[Choice[str]]:
    """Of a list of names, by value, those with the text in them; `else_all`: every one where none has."""
    choices = [Choice(name=name, value=str(value)) for value, name in names.items()]
    matching = [choice for choice in choices if text.casefold().strip() in choice.name.casefold()]
    return matching or (choices if else_all else [])


def _help_first(request: Request, text: str) -> list[Choice[str]]:
    raised = raised_while_typing(text, request.content)
    if raised is None:
        return []
    prefix = RAISED_FOR_ANOTHER if raised.bystander else RAISED
    return [Choice(name=request.words("alarm-choice")[:CHOICE], value=f"{prefix}{raised.alarms[0].id}")]


class PageTransformer(app_commands.Transformer):
    """An area or an everyday page, from its name, a synonym, a symptom or a typo."""

    async def transform(self, interaction: Interaction, value: str, /) -> Page:
        return page_from(value, Request.of(interaction).content)

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[Choice[str]]:  # type: ignore[override]
        return suggested_pages(Request.of(interaction), value)


PageOption = app_commands.Transform[Page, PageTransformer]


def area_option(value: str, content: LocalizedContent) -> Area:
    """The area that was picked or typed. Raises what `page_from` raises, NamedPages for an everyday page too."""
    page = page_from(value, content)
    if not isinstance(page, Area):
        raise NamedPages(value, (page,))
    return page


class AreaTransformer(app_commands.Transformer):
    """An area, from its name, a synonym, a symptom or a typo."""

    async def transform(self, interaction: Interaction, value: str, /) -> Area:
        return area_option(value, Request.of(interaction).content)

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[Choice[str]]:  # type: ignore[override]
        return suggested_areas(Request.of(interaction), value)


AreaOption = app_commands.Transform[Area, AreaTransformer]


def moment_option(value: str, words: Catalog) -> str:
    """The moment that was picked or typed. Raises NoSuchTip."""
    try:
        return choice_from(words.names(TipMoment, "moment"), value)
    except NotAChoice:
        raise NoSuchTip from None


class MomentTransformer(app_commands.Transformer):
    """When a tip is of use; what people see comes from the catalogue."""

    async def transform(self, interaction: Interaction, value: str, /) -> str:
        return moment_option(value, Request.of(interaction).words)

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[Choice[str]]:  # type: ignore[override]
        request = Request.of(interaction)
        names = request.words.names(TipMoment, "moment")
        return _help_first(request, value) or suggested(names, value, else_all=True)


MomentOption = app_commands.Transform[str, MomentTransformer]


TIMES: Final = ("every day at 08:00", "weekdays at 07:30", "every day at 20:00", "mon, wed and fri at 18:00")
PAUSES: Final = (7, 14, 30)  # days
UNTIL_RESUMED: Final = "while injured"


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
        schedule = schedule_from(text, DEFAULT_ZONE, local_day(now, DEFAULT_ZONE))  # nobody is looked up at every key
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
