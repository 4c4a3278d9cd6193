"""The gate for what people type: emergency and crisis words come before anything else."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from discord import AppCommandOptionType, Interaction, InteractionType
from discord.app_commands import Command

from bot.advice.model import Alarm, Area
from bot.errors import UserError
from bot.triage.flow import PAINS
from bot.ui import forms
from bot.ui.locales import LocalizedContent

#: Starts the value of the choice that is offered for words that cannot wait; the alarm's id follows. The words
#: themselves may not fit into a choice, and what is cut off could be what matters.
RAISED: Final = "!"
#: The same where somebody writes of another person.
RAISED_FOR_ANOTHER: Final = "!!"
SUBCOMMANDS: Final = frozenset({AppCommandOptionType.subcommand.value, AppCommandOptionType.subcommand_group.value})

_UNSURE: Final = 2  # words at the end of a text that may go on
_BUT_LAST_WORD: Final = re.compile(r".*[^\w'\u2019](?=[\w'\u2019])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Raised:
    """What words that cannot wait have raised: the alarms, gravest first, whose they are, and the place they name."""

    alarms: tuple[Alarm, ...]
    bystander: bool = False  # somebody writes of another person
    area: str | None = None


class CannotWait(UserError, message="alarm-choice"):
    """What was typed is on the reviewed list of emergency and crisis words: that comes before any advice."""

    def __init__(self, raised: Raised) -> None:
        super().__init__()
        self.raised = raised


def texts_of(interaction: Interaction) -> Sequence[str]:
    """What somebody wrote themselves: text of options without fixed choices, and of a form's text fields."""
    if interaction.type is InteractionType.modal_submit:
        return forms.typed_texts(interaction)
    command = interaction.command
    if interaction.type is not InteractionType.application_command or not isinstance(command, Command):
        return ()
    sent = {option["name"]: str(option["value"]) for option in _options_sent(interaction)}
    free = [o.display_name for o in command.parameters if o.type is AppCommandOptionType.string and not o.choices]
    return [sent[name] for name in free if name in sent]


def _options_sent(interaction: Interaction) -> Sequence[Mapping[str, Any]]:
    """The options as they were sent. `Interaction.namespace` would be made for this alone: discord.py makes another."""
    data: Any = interaction.data or {}
    options: Sequence[Mapping[str, Any]] = data.get("options", ())
    while options and options[0].get("type") in SUBCOMMANDS:
        options = options[0].get("options", ())
    return options


def alarms_in(texts: Iterable[str], content: LocalizedContent) -> tuple[Alarm, ...]:
    """The alarms whose card comes before anything else; what was picked from a list of places or pains raises none."""
    return tuple(dict.fromkeys(alarm for text in _free(texts, content) for alarm in _alarms(text, content)))


def raised_by(texts: Iterable[str], content: LocalizedContent) -> Raised | None:
    """The alarms in texts, with whom the card speaks to; None where there are none."""
    free = _free(texts, content)
    alarms = alarms_in(free, content)
    if not alarms:
        return None
    bystander = any(text.startswith(RAISED_FOR_ANOTHER) or content.bystanders.speak(text) for text in free)
    places = (page.id for text in free for page in content.search.lead(text) if isinstance(page, Area))
    return Raised(alarms, bystander, next(places, None))


def raised_while_typing(text: str, content: LocalizedContent) -> Raised | None:
    """The same of a text that may go on: what the classifier alone hears must be heard without its last two words.

    Nothing is lost: once it is sent, the whole text passes the gate.
    """
    raised = raised_by([text], content)
    if raised is None or text.startswith(RAISED) or any(a.kind != "clinician" for a in content.alarms.by_lines(text)):
        return raised
    for _ in range(_UNSURE):
        before = _BUT_LAST_WORD.match(text.rstrip())
        if before is None or raised_by([before[0]], content) is None:
            return None
        text = before[0]
    return raised


def _free(texts: Iterable[str], content: LocalizedContent) -> list[str]:
    """Without what a list offers: the id of a place, a pain from 0 to 10."""
    return [text for text in texts if text not in content.library.areas and text not in PAINS]


def _alarms(text: str, content: LocalizedContent) -> tuple[Alarm, ...]:
    offered = content.library.alarms if text.startswith(RAISED) else ()
    picked = tuple(alarm for alarm in offered if text in {RAISED + alarm.id, RAISED_FOR_ANOTHER + alarm.id})
    return picked or tuple(alarm for alarm in content.alarms.raised_by(text) if alarm.kind != "clinician")
