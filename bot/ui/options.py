"""Options of commands that need more than a type: free text that means an area."""

from enum import StrEnum

from discord import Interaction, app_commands
from discord.app_commands import Choice

from bot.advice.model import Alarm, Area, TipMoment
from bot.advice.tips import NoSuchTip
from bot.errors import UserError
from bot.ui.catalog import Catalog
from bot.ui.limits import CHOICE
from bot.ui.locales import Locales, LocalizedContent

MOST_CHOICES = 25


class UnknownArea(UserError):
    """Nobody taught us this word. Shown with the nearest areas and the general stop block."""

    message = "unknown-title"

    def __init__(self, text: str) -> None:
        super().__init__(text=text)
        self.text = text


class CannotWait(UserError):
    """What was typed is on the reviewed list of emergency and crisis words: that comes before any advice."""

    message = "alarm-choice"

    def __init__(self, alarms: tuple[Alarm, ...]) -> None:
        super().__init__()
        self.alarms = alarms


#: Starts the value of the choice that is offered for words that cannot wait; the alarm's id follows. The words
#: themselves may not fit into a choice, and what is cut off could be what matters.
RAISED = "!"


def cannot_wait(text: str, localized: LocalizedContent) -> tuple[Alarm, ...]:
    """The alarms whose card comes before anything else; free text passes here wherever somebody types it."""
    picked = tuple(alarm for alarm in localized.library.alarms if text == RAISED + alarm.id)
    if picked:
        return picked
    return tuple(alarm for alarm in localized.alarms.raised_by(text) if alarm.kind != "clinician")


def area_from(text: str, localized: LocalizedContent) -> Area:
    """The area that free text means.

    Raises CannotWait when the text holds emergency words, and UnknownArea when it leads nowhere with confidence.
    """
    if area := localized.library.areas.get(text):
        return area  # picked from the list
    if alarms := cannot_wait(text, localized):
        raise CannotWait(alarms)
    if found := localized.search.find(text):
        return found[0].area
    raise UnknownArea(text)


def area_or_none(text: str, localized: LocalizedContent) -> Area | None:
    """The area that free text means; None where it leads nowhere with confidence. Alarms are looked for elsewhere."""
    if not text or text in localized.library.areas:
        return localized.library.areas.get(text)
    found = localized.search.find(text)
    return found[0].area if found else None


class NotAChoice(UserError):
    """An option that has a list, and something else was typed. Shown with the list."""

    message = "error-choice"


def named(kind: type[StrEnum], prefix: str, text: str | None, words: Catalog) -> str | None:
    """The value that was picked from the list, or typed by its name. Raises NotAChoice."""
    if not text:
        return None
    names = {value: words(f"{prefix}-{value}") for value in kind}
    for value, name in names.items():
        if text.casefold().strip() in {value.casefold(), name.casefold()}:
            return value
    raise NotAChoice(choices=", ".join(names.values()))


class AreaTransformer(app_commands.Transformer):
    """An area, from its name, a synonym, a symptom or a typo."""

    async def transform(self, interaction: Interaction, value: str, /) -> Area:
        return area_from(value, _edition(interaction))

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[Choice[str]]:  # type: ignore[override]
        localized = _edition(interaction)
        if alarms := cannot_wait(value, localized):
            return [_help_first(alarms, localized)]
        areas = localized.search.suggest(value)[:MOST_CHOICES]
        return [Choice(name=area.title[:CHOICE], value=area.id) for area in areas]


def _help_first(alarms: tuple[Alarm, ...], localized: LocalizedContent) -> Choice[str]:
    return Choice(name=localized.words("alarm-choice")[:CHOICE], value=f"{RAISED}{alarms[0].id}")


AreaOption = app_commands.Transform[Area, AreaTransformer]


class MomentTransformer(app_commands.Transformer):
    """When a tip is of use; what people see comes from the catalogue."""

    async def transform(self, interaction: Interaction, value: str, /) -> str:
        localized = _edition(interaction)
        if alarms := cannot_wait(value, localized):
            raise CannotWait(alarms)
        for moment in TipMoment:
            if value.casefold().strip() in {moment.value, localized.words(f"moment-{moment}").casefold()}:
                return moment.value
        raise NoSuchTip

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[Choice[str]]:  # type: ignore[override]
        localized = _edition(interaction)
        words = localized.words
        if alarms := cannot_wait(value, localized):
            return [_help_first(alarms, localized)]
        named = [(words(f"moment-{moment}"), moment.value) for moment in TipMoment]
        begun = [choice for choice in named if value.casefold().strip() in choice[0].casefold()]
        return [Choice(name=name, value=moment) for name, moment in begun or named]


MomentOption = app_commands.Transform[str, MomentTransformer]


def _edition(interaction: Interaction) -> LocalizedContent:
    locales: Locales = interaction.client.locales  # type: ignore[attr-defined]  # a transformer is handed nothing else
    return locales.of(interaction.locale)
