"""The models of lists of words: those that cannot wait, those that deny, those the search has to know."""

import re
from collections.abc import Mapping
from itertools import product
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from bot.advice.model.base import Cited, FlagId, Id, Model, Paragraph, Text


class Alarm(Model):
    """Words that cannot wait and win over search; of kind `clinician`, words that ask for an appointment."""

    id: Id
    kind: Literal["crisis", "emergency", "urgent", "clinician"]
    flags: tuple[FlagId, ...] = Field(default=(), description="The red flags it speaks of; none for a crisis.")
    say: Paragraph = Field(description="The first thing the person reads.")
    match: Annotated[tuple[Annotated[Text, StringConstraints(max_length=200)], ...], Field(min_length=1)] = Field(
        description="Each line is one way to say it: groups joined by ' + ', all of which must occur close together; a "
        "group is words or phrases joined by '|'; a word may end in '*'; '~' stands for up to two other words; <name> "
        "stands for each of the `words` of that name."
    )
    sources: Cited


Ways = Annotated[tuple[Annotated[Text, StringConstraints(max_length=200)], ...], Field(min_length=1)]

_NAMED = re.compile(r"<([a-z_]+)>")


class AlarmFile(Model):
    """alarms.yaml; where its lines name `words`, they are read with those words in place of the name."""

    words: dict[Annotated[str, StringConstraints(pattern="^[a-z_]+$")], Ways] = Field(
        default={},
        description="Ways to say one thing, joined by '|'. Lines, and words further down, stand them in by <name>.",
    )
    alarms: Annotated[tuple[Alarm, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _spelled_out(self) -> Self:
        known: dict[str, list[str]] = {}
        for name, lines in self.words.items():
            known[name] = [option for line in lines for option in _options(line, known)]
        alarms = tuple(
            alarm.model_copy(update={"match": tuple(_spelled(line, known) for line in alarm.match)})
            for alarm in self.alarms
        )
        object.__setattr__(self, "alarms", alarms)  # the model is frozen for everybody else
        return self


def _spelled(line: str, known: Mapping[str, list[str]]) -> str:
    return " + ".join("|".join(_options(group, known)) for group in line.split(" + "))


def _options(group: str, known: Mapping[str, list[str]]) -> list[str]:
    """What stands between the bars, each with every word its names stand for; an unknown name stays as it is."""
    found: list[str] = []
    for option in group.split("|"):
        parts = _NAMED.split(option)
        choices = [known.get(part, [f"<{part}>"]) if at % 2 else [part] for at, part in enumerate(parts)]
        found += ["".join(choice) for choice in product(*choices)]
    return found


Listed = Annotated[
    tuple[Annotated[Text, StringConstraints(max_length=200)], ...],
    Field(min_length=1, description="Phrases, several to a line with commas between them."),
]


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
    others: Listed = Field(description='Somebody else who may be in trouble: "my mate", "a runner", "she".')
    oneself: Listed = Field(description='Whoever writes: "i", "me". With one of these they write of themselves.')
    asides: Listed = Field(description='Phrases with such a word that say nothing of who writes: "what do i do".')
    reports: Listed = Field(description='After another person, they only say something: "says", "thinks".')


WordLines = tuple[Annotated[Text, StringConstraints(max_length=200)], ...]
Phrases = tuple[Annotated[Text, StringConstraints(max_length=60, pattern=r"\w")], ...]


class Denial(Model):
    """denial.yaml: how a language says that something is not there, or was there long ago."""

    of_things: Phrases = Field(description='Phrases that deny the thing named after them: "no", "without".')
    of_states: Phrases = Field(description='Phrases that deny the state or event after them: "not", "didnt".')
    nothing: Phrases = Field(description='Phrases that look like a denial and deny nothing: "no idea", "not sure".')
    undone: Phrases = Field(description='In the same clause they leave the denial open: "before", "anymore", "severe".')
    partly: Phrases = Field(description='The same, unless the alarm itself asks for them: "at rest".')
    ends: WordLines = Field(description='Words that end a clause: "but", "just", "i".')
    halts: WordLines = Field(description='Words that end what is denied, though the clause goes on: "when".')
    verbs: WordLines = Field(description='What is said of the noun before it, which is then not denied: "hurts".')
    bridges: WordLines = Field(description='Words a denial passes over: "any", "left".')
    determiners: WordLines = Field(description='Words that begin a noun: "my", "the".')
    places: WordLines = Field(description="Where something can be.")
    qualities: WordLines = Field(description='Complaints that stand before the place: "swollen".')
    onward: WordLines = Field(description='After these the denial goes on: "in", "of".')
    particles: WordLines = Field(description='Belong to the word before them: "out" in "passed out".')
    lists: WordLines = Field(description='A denial goes on with these, over a comma too: "or".')
    pointers: WordLines = Field(description='After a denial they may mean its place: "but it is red".')
    causes: WordLines = Field(description='Denying them says nothing of what follows a comma: "injury".')
    plain: Phrases = Field(description="The only words that deny a crisis.")
    doubts: Phrases = Field(description="Right after those they take that back.")
    past: Phrases = Field(description='Phrases that put their clause long ago: "last year".')
    joins: WordLines = Field(description="Words at which such a clause ends.")
    at_age: Phrases = Field(description='With a number after it, long ago: "when i was".')
    not_an_age: WordLines = Field(description='After that number, no age: "km".')
    in_year: Phrases = Field(description='With a year after it, long ago: "in".')
    long_past: int = Field(ge=1950, le=2099, description="The last year that is long ago.")
    present: Phrases = Field(description="With one of these anywhere, nothing counts as past.")
    settled: Phrases = Field(description='Hold a phrase of that list and are no sign of it: "fine now".')
    kin: WordLines = Field(description="Relatives whose history is not the runner's.")
    had: WordLines = Field(description="What joins them to the illness.")
    conditions: Phrases = Field(description="Illnesses one tells of a relative.")
    here: WordLines = Field(description="With one of these the relative is here, and nothing is taken out.")
