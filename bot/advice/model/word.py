"""The models of lists of words: those that cannot wait, and those the search has to know."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.advice.model.base import Cited, FlagId, Id, Model, Paragraph, Text


class Alarm(Model):
    """Words that cannot wait and win over search; of kind `clinician`, words that ask for an appointment."""

    id: Id
    kind: Literal["crisis", "emergency", "urgent", "unclear", "clinician"]
    flags: tuple[FlagId, ...] = Field(default=(), description="The red flags it speaks of; none for a crisis.")
    say: Paragraph = Field(description="The first thing the person reads.")
    classified: Literal["crisis", "danger"] | None = Field(
        default=None, description="Raised, too, where no line hears anything and the classifier does."
    )
    match: tuple[Text, ...] = Field(
        default=(),
        description="Each line is one way to say it: groups joined by ' + ', all of which must occur close together; a "
        "group is words or phrases joined by '|', heard with their endings; a word may end in '*'; '~' stands for up "
        "to two other words; <name> stands for each of the `concepts` of that name.",
    )
    sources: Cited


class Weights(Model):
    """One class of texts against all others."""

    bias: float
    scale: float = Field(description="What one step of a weight is worth.")
    steps: Text = Field(description="A signed byte for each bucket: compressed (zlib), then as base64.")


class TrainedClassifier(Model):
    """classifier.yaml: what was learned from the sentences in `training`. Written by `make classifier`."""

    raise_from: float = Field(description="From this likelihood of danger on, a text that no line hears asks.")
    heed_from: float = Field(description="Below this one, what a line hears is a figure of speech.")
    harmless: Weights
    crisis: Weights


Ways = Annotated[tuple[Text, ...], Field(min_length=1)]


class AlarmFile(Model):
    """alarms.yaml: classes of words, and the alarms whose lines combine them."""

    concepts: dict[Annotated[str, StringConstraints(pattern="^[a-z_]+$")], Ways] = Field(
        default={},
        description="Ways to say one thing, joined by '|'. Lines, and other concepts, stand them in by <name>.",
    )
    alarms: Annotated[tuple[Alarm, ...], Field(min_length=1)]


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
