"""An exercise on a card: its picture in two poses, drawn when the card is sent, and the page of one with its steps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from discord import ui

from bot.advice.library import Library
from bot.advice.model import Exercise, Figure
from bot.typed_text import shortened
from bot.ui.cards.heights import text_height
from bot.ui.cards.parts import FIGURE, Card, FigureBlock, small
from bot.ui.catalog import Catalog
from bot.ui.limits import ALT, PHONE

GALLERY: Final = 12  # the type of such a component


def picture_of(library: Library, exercise: str, words: Catalog) -> Sequence[FigureBlock]:
    """The picture of an exercise, ready to be put on any card; nothing where nobody has drawn one."""
    figure = library.figures.get(exercise)
    return [] if figure is None else [FigureBlock(figure, _alt(library, figure, words))]


def _alt(library: Library, figure: Figure, words: Catalog) -> str:
    exercise = library.exercises[figure.id]
    text = figure.alt or words("figure-alt", name=exercise.name, start=exercise.start, steps=" ".join(exercise.steps))
    return shortened(text, ALT)


def without_figures(card: Card) -> Card:
    """The card as it is without its figures; everything else is as it was."""
    return _WithoutFigures(card) if card.figures else card


class _WithoutFigures(Card):
    def __init__(self, card: Card) -> None:
        self._card = card
        super().__init__()
        self._built = list(_plain(card.to_components()))

    def has_components_v2(self) -> bool:
        return True

    def walk_children(self) -> Iterator[ui.Item[Any]]:  # type: ignore[override]  # wider than a generator
        return (item for item in self._card.walk_children() if not isinstance(item, FigureBlock))


def _plain(components: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        if not _is_figure(component):
            inner = component.get("components")
            yield component if inner is None else {**component, "components": list(_plain(inner))}


def _is_figure(component: dict[str, Any]) -> bool:
    media = component.get("items", ()) if component["type"] == GALLERY else ()
    return any(item["media"]["url"].startswith(f"attachment://{FIGURE}") for item in media)


UNBOXED = 37  # px: how much wider a text is without a box
AROUND = 190  # px: a picture, as high as it gets, and a row of buttons


@dataclass(frozen=True, slots=True)
class ExercisePage:
    """What has to be read first, in the order in which it stands."""

    head: str
    how: str
    hints: str

    @classmethod
    def of(cls, exercise: Exercise, dose: str, cue: str = "") -> Self:
        """`dose` stands below the name, `cue` above the steps."""
        steps = [f"{at}. {step}" for at, step in enumerate(exercise.steps, start=1)]
        how = "\n".join([*([cue] if cue else []), exercise.start, *steps])
        hints = [f"**{exercise.stop_if}**", *([exercise.avoid_if] if exercise.avoid_if else [])]
        return cls(f"### {exercise.name}\n{small(dose)}", how, small("\n".join(hints)))

    @property
    def leaves_room(self) -> bool:
        """Whether a picture fits beside it."""
        texts = (self.head, self.how, self.hints)
        return sum(text_height(text, wider=UNBOXED) for text in texts) <= PHONE - AROUND

    def card(self, picture: Sequence[FigureBlock], buttons: ui.ActionRow[Card]) -> Card:
        return Card(self.head, *picture, self.how, self.hints, buttons)
