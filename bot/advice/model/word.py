"""Words: those that cannot wait, and what the search has to know of a language."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.advice.model.base import Cited, FlagId, Id, Model, Paragraph, Text


class Alarm(Model):
    """Words that win over search: what somebody types when it cannot wait."""

    id: Id
    kind: Literal["emergency", "urgent", "crisis"]
    flags: tuple[FlagId, ...] = Field(default=(), description="The red flags it speaks of; none for a crisis.")
    say: Paragraph = Field(description="The first thing the person reads.")
    match: Annotated[tuple[Annotated[Text, StringConstraints(max_length=200)], ...], Field(min_length=1)] = Field(
        description="Each line is one way to say it: groups joined by ' + ', all of which must occur close together; a "
        "group is words or phrases joined by '|'; a word may end in '*'."
    )
    sources: Cited


class AlarmFile(Model):
    alarms: Annotated[tuple[Alarm, ...], Field(min_length=1)]


class Vocabulary(Model):
    """search.yaml: what the search for areas has to know of a language, beside the areas' own words."""

    filler: tuple[Annotated[Text, StringConstraints(max_length=200)], ...] = Field(
        description="Words that say nothing of the place: pain, sore, after, my."
    )
    elsewhere: tuple[Annotated[Text, StringConstraints(max_length=200)], ...] = Field(
        description="Words for other places, never read as a misspelt one of ours."
    )
    never: tuple[Annotated[Text, StringConstraints(max_length=40)], ...] = Field(
        description="Words and phrases that only look like ours: kneed, hip hop."
    )
