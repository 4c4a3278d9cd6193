"""The page of one exercise: its name, its picture, how to do it, and when to stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from discord import ui

from bot.advice.model import Exercise
from bot.ui.cards.figure import FigureBlock
from bot.ui.cards.heights import text_height
from bot.ui.cards.parts import Card, small
from bot.ui.limits import PHONE

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
