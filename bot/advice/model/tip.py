"""The model of a tip: one thing to do."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bot.advice.model.base import Cited, Id, Model, Text


class TipMoment(StrEnum):
    """When a tip is of use."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    DESK = "desk"
    STRENGTH = "strength"
    SLEEP = "sleep"
    PLAN = "plan"  # the training week
    EVERYDAY = "everyday"


class Tip(Model):
    """One thing to do."""

    id: Id
    moment: TipMoment
    text: Text = Field(max_length=280)
    exercise: Id | None = Field(default=None, description="The exercise it asks for; must be unscreened_ok.")
    sources: Cited


class TipFile(Model):
    area: Id
    tips: Annotated[tuple[Tip, ...], Field(min_length=1)]
