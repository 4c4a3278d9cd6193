"""Forms, those of a check-in and what came back in any: built on the spot, kept nowhere."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from discord import CheckboxGroupOption, Interaction, SelectOption, TextStyle, ui

from bot.advice.library import Library
from bot.checkins.draft import MAX_NOTE_LENGTH, BadPain, Draft, pain_from
from bot.checkins.models import NewSign, PainTiming, Side
from bot.errors import LimberError
from bot.storage.errors import StorageError
from bot.ui.cards.parts import pain_options
from bot.ui.catalog import Catalog
from bot.ui.limits import FORM_LABEL, FORM_TEXT

TEXT_INPUT = 4  # Discord's type of component

Field = ui.Label[ui.Modal]


class Form(ui.Modal):
    """A form that reports itself finished, so that discord.py sends it and forgets it: the router answers it."""

    def __init__(self, title: str, custom_id: str, fields: Sequence[Field]) -> None:
        super().__init__(title=title[:FORM_LABEL], custom_id=custom_id, timeout=None)
        for field in fields:
            self.add_item(field)

    def is_finished(self) -> bool:
        return True


class NotKept(LimberError):
    """The storage failed, and what a form brought waits: this press opens the form with it again."""

    def __init__(self, action: str, *arguments: str) -> None:
        super().__init__(action)
        self.reopen = (action, *arguments)


@contextmanager
def waits(action: str, *arguments: str) -> Iterator[None]:
    """Inside, what a form brought is kept, and waits where that fails. Raises NotKept for a StorageError."""
    try:
        yield
    except StorageError as error:
        raise NotKept(action, *arguments) from error


def filled(interaction: Interaction) -> dict[str, tuple[str, ...]]:
    """What stands in a form that came back, by field; an empty field is an empty tuple."""
    data: dict[str, Any] = dict(interaction.data or {})
    return {str(part["custom_id"]): _values(part) for part in _answered(data.get("components", []))}


def typed_texts(interaction: Interaction) -> list[str]:
    """What somebody wrote into the text fields of a form that came back."""
    data: dict[str, Any] = dict(interaction.data or {})
    parts = _answered(data.get("components", []))
    return [str(part["value"]) for part in parts if part.get("type") == TEXT_INPUT and part.get("value")]


def _answered(parts: object) -> Iterator[dict[str, Any]]:
    for part in parts if isinstance(parts, list) else [parts]:
        if not isinstance(part, dict):
            continue
        if "custom_id" in part and ("values" in part or "value" in part):
            yield part
        yield from _answered(part.get("components", []))
        yield from _answered(part.get("component", []))


def _values(part: dict[str, Any]) -> tuple[str, ...]:
    values = part.get("values", [part["value"]] if part.get("value") not in {None, ""} else [])
    return tuple(map(str, values or ()))


def checkin(library: Library, draft: Draft, custom_id: str, words: Catalog, *, notes: bool) -> Form:
    """Pain, side, when it hurts, what is new, and a note where the host allows notes."""
    area = library.areas.get(draft.area or "")
    title = words("form-checkin", area=area.name) if area else words("form-checkin-title")
    fields = [
        _pain("pain", words("form-pain"), draft.pain, words, required=True),
        *_side_and_moments(draft, words),
        _ticks("new", words("form-new"), words.names(NewSign, "new"), draft.new or ()),
    ]
    return Form(title, custom_id, [*fields, *([_note(draft.note, words)] if notes else [])])


def more(draft: Draft, custom_id: str, words: Catalog, *, notes: bool) -> Form:
    """What a quick check-in leaves out: the worst, the run, the side, when it hurts, a note."""
    fields = [*_other_pains(draft, words), *_side_and_moments(draft, words)]
    return Form(words("form-more"), custom_id, [*fields, *([_note(draft.note, words)] if notes else [])])


def again(draft: Draft, custom_id: str, words: Catalog, *, day: bool) -> Form:
    """What the check-in's form has no place for and could not be read: the day, or the other pains."""
    fields = [text_field("day", words("form-day"), draft.day)] if day else _other_pains(draft, words)
    return Form(words("form-again"), custom_id, fields)


def _other_pains(draft: Draft, words: Catalog) -> list[Field]:
    return [
        _pain("worst", words("form-worst"), draft.worst, words),
        _pain("during", words("form-during"), draft.during, words),
    ]


def _side_and_moments(draft: Draft, words: Catalog) -> list[Field]:
    sides = [
        SelectOption(label=name, value=side, default=side == draft.side)
        for side, name in words.names(Side, "side").items()
    ]
    return [
        choice("side", words("form-side"), sides, required=False),
        _ticks("moments", words("form-moments"), words.names(PainTiming, "when"), draft.moments),
    ]


def _pain(name: str, label: str, typed: str | None, words: Catalog, *, required: bool = False) -> Field:
    try:
        chosen = str(pain_from(typed or ""))  # "4/10" is 4 too
    except BadPain:
        chosen = None
    return choice(name, label, pain_options(words, chosen), required=required)


def text_field(
    name: str,
    label: str,
    text: str | None = None,
    *,
    most: int = 100,
    hint: str | None = None,
    paragraph: bool = False,
    required: bool = True,
) -> Field:
    """A field to type `most` characters into, with what stands there so far."""
    entry: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=name,
        style=TextStyle.paragraph if paragraph else TextStyle.short,
        default=(text or "")[:most] or None,
        required=required,
        max_length=most,
    )
    return ui.Label(text=label, description=hint, component=entry)


def choice(name: str, label: str, options: Sequence[SelectOption], *, required: bool) -> Field:
    """A menu of which one is chosen; none too where it is not required."""
    select: ui.Select[ui.Modal] = ui.Select(
        custom_id=name, options=list(options), min_values=1 if required else 0, required=required
    )
    return ui.Label(text=label, component=select)


def _ticks(name: str, label: str, choices: Mapping[Any, str], chosen: Sequence[str]) -> Field:
    options = [CheckboxGroupOption(label=text, value=value, default=value in chosen) for value, text in choices.items()]
    return ui.Label(text=label, component=ui.CheckboxGroup(custom_id=name, options=options, required=False))


def _note(text: str | None, words: Catalog) -> Field:
    """A note that came too long from elsewhere is there to be shortened; a form holds 4,000 characters."""
    most = max(MAX_NOTE_LENGTH, min(len(text or ""), FORM_TEXT))
    hint = words("form-note-hint")
    return text_field("note", words("form-note"), text, most=most, hint=hint, paragraph=True, required=False)
