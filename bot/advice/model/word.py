"""The models of lists of words: those that cannot wait, those the search has to know, and what turns a sign round."""

import base64
import zlib
from typing import Annotated, Literal, Self

from pydantic import Field, FiniteFloat, StringConstraints, field_validator, model_validator

from bot.advice.model.base import Cited, FlagId, Id, Model, Paragraph, Text, shaped


class Alarm(Model):
    """Words that cannot wait and win over search; of kind `clinician`, words that ask for an appointment."""

    id: Id
    kind: Literal["crisis", "emergency", "urgent", "unclear", "clinician"]
    flags: tuple[FlagId, ...] = Field(default=(), description="The red flags it speaks of; none for a crisis.")
    say: Paragraph = Field(description="The first thing the person reads.")
    classified: Literal["crisis", "danger"] | None = Field(
        default=None, description="Raised, too, where no line hears anything and the classifier does."
    )
    meant_beside: Text | None = Field(
        default=None,
        description="A group as those of `match`: beside it, a line of several groups is hardly a figure of speech.",
    )
    literal: bool = Field(default=False, description="What a line of it hears is never a figure of speech.")
    match: tuple[Text, ...] = Field(
        default=(),
        description="Each line is one way to say it: groups joined by ' + ', all of which must occur close together; a "
        "group is words or phrases joined by '|', heard with their endings; a word may end in '*'; '~' stands for up "
        "to two other words; <name> stands for each of the `concepts` of that name.",
    )
    sources: Cited


BUCKETS = 2**17  # into which the features of a text are hashed
Likelihood = Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)]


class Weights(Model):
    """One class of texts against all others."""

    bias: FiniteFloat
    scale: FiniteFloat = Field(description="What one step of a weight is worth.")
    steps: Text = Field(description="A signed byte for each bucket: compressed (zlib), then as base64.")

    @field_validator("steps")
    @classmethod
    def _whole(cls, steps: str) -> str:
        try:
            size = len(zlib.decompress(base64.b64decode(steps)))
        except (ValueError, zlib.error):
            size = 0
        if size != BUCKETS:
            raise ValueError("this was cut off or edited by hand; run `make classifier`, or put the file back")
        return steps


class TrainedClassifier(Model):
    """classifier.yaml: what was learned from the sentences in `training`. Written by `make classifier`."""

    raise_from: Likelihood = Field(description="From this likelihood of danger on, a text that no line hears asks.")
    crisis_from: Likelihood = Field(
        description="From this likelihood of a crisis on, it raises the crisis card, whatever that of danger."
    )
    heed_from: Likelihood = Field(
        description="Where the whole is below this one and each clause below the next, a line heard a figure of speech."
    )
    heed_clause_from: Likelihood = Field(
        description="This one for a clause by itself: its few words say less for sure."
    )
    harmless: Weights
    crisis: Weights

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.heed_from > self.raise_from:
            raise ValueError("heed_from is the smaller of the two; run `make classifier`, or put the file back")
        return self


Ways = Annotated[tuple[Text, ...], Field(min_length=1)]


class AlarmFile(Model):
    """alarms.yaml: classes of words, and the alarms whose lines combine them."""

    concepts: dict[Annotated[str, shaped("^[a-z_]+$", "write small letters and _")], Ways] = Field(
        default={},
        description="Ways to say one thing, joined by '|'. Lines, and other concepts, stand them in by <name>.",
    )
    alarms: Annotated[tuple[Alarm, ...], Field(min_length=1)]


Listed = Annotated[
    tuple[Annotated[Text, StringConstraints(max_length=200)], ...],
    Field(min_length=1, description="Phrases, several to a line with commas between them."),
]


Phrases = tuple[Annotated[Text, StringConstraints(max_length=200)], ...]
"""The same, where there may be none."""


class Either(Model):
    """Everyday words for a part of the body that may be on one page or on another."""

    say: Listed
    pages: tuple[Id, ...] = Field(min_length=2, max_length=4, description="Areas and everyday pages, all offered.")

    @property
    def phrases(self) -> tuple[tuple[int, str], ...]:
        """Each phrase, behind the line it stands in."""
        return tuple((at, phrase.strip()) for at, line in enumerate(self.say) for phrase in line.split(","))


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
    either: tuple[Either, ...] = Field(default=(), description="Words that several pages share, and all are offered.")
    directions: Phrases = Field(default=(), description='Say only which way, and name no place alone: "at the back".')
    idioms: Phrases = Field(default=(), description='With a word for a place, and name none: "back from".')
    not_after: Phrases = Field(default=(), description='Behind one of these an idiom is none: "my back from".')
    not_before: Phrases = Field(default=(), description='Before one of these it names a place: "at the back of".')
    moves: Phrases = Field(
        default=(), description='The part named after them moves, and need not hurt: "lift", "bend".'
    )
    exercises: Phrases = Field(default=(), description='Name a part that need not hurt either: "calf raises".')
    moments: Phrases = Field(default=(), description='Before such a move: "when", "if".')
    opinions: Phrases = Field(default=(), description='What somebody thinks it is: "reckons", "google says".')
    turns: Phrases = Field(default=(), description='After an opinion, begin what the writer says: "but".')
    rather: Phrases = Field(default=(), description='In it, and it hurts in another place: "more in", "where".')
    misheard: dict[Text, Phrases] = Field(
        default={}, description='Words that dictation writes for one of ours: "knee: [need]".'
    )
    owners: Phrases = Field(default=(), description='Stand right before a part of the body: "my", "left".')
    complaints: Phrases = Field(
        default=(), description='Beside it, and it is one that was misheard: "hurts", "bottom of".'
    )


Words = tuple[Text, ...]
"""Lines of words, or of phrases joined by '|'."""


class Spelling(Model):
    """Ways to write one word."""

    same: dict[Text, Words] = Field(default={}, description="What is written in its place, joined by '|'.")
    endings: dict[str, Text] = Field(
        default={}, description='What stands for an ending behind an apostrophe: "ll: will".'
    )
    forms: dict[Text, Text] = Field(default={}, description='Irregular forms of a word: "fall: fell fallen".')
    fillers: Words = Field(default=(), description='Words that may stand anywhere inside a phrase: "my", "really".')
    real: Words = Field(default=(), description="Words that only look like a slip of one that is looked for.")


class NegationCues(Model):
    """What denies a sign, and how far."""

    of_things: Words = Field(description='Deny the thing named after them: "no", "without".')
    of_states: Words = Field(description='Deny the state or event after them: "not", "never".')
    after: Words = Field(description='Deny what stands before them: "was ruled out".')
    explained: Words = Field(description='Explain away what stands before them: "from the saddle".')
    circumstances: Words = Field(default=(), description='Explain away only what is slight: "on the bike".')
    slight: Words = Field(default=(), description='What a circumstance explains away: "numb".')
    lasting: Words = Field(description='Unless one of these says that it lasts: "still".')
    answers: Words = Field(description='The same, where nothing follows: "chest pain? no".')
    pseudo: Words = Field(description='Look like a denial and deny nothing: "no idea", "not sure".')
    undone: Words = Field(description='In the same clause they leave the denial open: "before", "anymore", "severe".')
    partly: Words = Field(description='The same, unless the alarm itself asks for them: "at rest".')
    never: Words = Field(description='Denials that a likeness leaves open: "never ... this bad".')
    likened: Words = Field(description='Such a likeness: "this", "so".')
    turned: Words = Field(description='Denials that a negative before them turns round: "without".')
    negatives: Words = Field(description='Such a negative: "never", "cannot".')
    ends: Words = Field(description='Words that end a clause: "but", "just", "i".')
    halts: Words = Field(description='Words that end what is denied, though the clause goes on: "when".')
    joins: Words = Field(description='Words that join two clauses: "and".')
    verbs: Words = Field(description='What is said of the noun before it, which is then not denied: "hurts".')
    bridges: Words = Field(description='Words a denial passes over: "any", "left".')
    determiners: Words = Field(description='Words that begin a noun: "my", "the".')
    places: Words = Field(description="Where something can be.")
    qualities: Words = Field(description='Complaints that stand before the place: "swollen".')
    onward: Words = Field(description='After these the denial goes on: "in", "of".')
    particles: Words = Field(description='Belong to the word before them: "out" in "passed out".')
    lists: Words = Field(description='A denial goes on with these, over a comma too: "or".')
    pointers: Words = Field(description='After a denial they may mean its place: "but it is red".')
    onto_others: Words = Field(default=(), description='Begin with one of those, and mean another: "it is only my".')
    causes: Words = Field(description='Denying them says nothing of what follows a comma: "injury".')


class CrisisCues(Model):
    """A crisis is denied in these words alone."""

    plain: Words = Field(description="The only words that deny a crisis.")
    doubts: Words = Field(description="Right after those they take that back.")


class AgeCues(Model):
    """What tells an age from a number that counts something else."""

    concepts: Words = Field(default=(), description="Concepts of alarms.yaml whose numbers are ages: years.")
    not_before: Words = Field(description='A number before one of these is no age: "weeks", "km".')
    ranges: Words = Field(default=(), description='Join two numbers that count the same: "to" in "16 to 17 weeks".')


class HistoricalCues(Model):
    """What puts a clause long ago."""

    past: Words = Field(description='Put their clause long ago: "last year".')
    at_age: Words = Field(description='With a number after it, long ago: "when i was".')
    in_year: Words = Field(description='With a year after it, long ago: "in".')
    goes_on: Words = Field(default=(), description='Begin a clause that goes on about then: "and was".')
    refers: Words = Field(description='Words of a clause that only says when: "that was in 2019".')
    long_past: int = Field(ge=1950, le=2099, description="The last year that is long ago.")
    present: Words = Field(description="With one of these anywhere, nothing counts as past.")
    settled: Words = Field(description='Hold a phrase of that list and are no sign of it: "fine now".')


class HypotheticalCues(Model):
    """What is asked or read about, and not told."""

    cues: Words = Field(description='From them to the end of the sentence nothing is told: "how do i avoid".')
    turns: Words = Field(description='Words at which that ends: "my", "but".')
    unless: Words = Field(description='With one of these anywhere, it is: "is this".')
    unless_there: Words = Field(default=(), description='With one of these in that sentence, it is: "i am".')
    roles: Words = Field(default=(), description='But not where they only say who asks: "i am a coach".')


class ExperiencerCues(Model):
    """Whose sign it is, where it is not the runner's nor that of somebody who is here."""

    kin: Words = Field(description="Relatives whose history is not the runner's.")
    had: Words = Field(description='What makes it history: "had", "died of".')
    conditions: Words = Field(description="Illnesses one tells of a relative.")
    here: Words = Field(description="With one of these the relative is here, and nothing is taken out.")
    others: Words = Field(description='What is no person: "my dog", "watch".')


class Context(Model):
    """context.yaml: how a language is spelled, and what turns a sign round."""

    spelling: Spelling
    lookalikes: Words = Field(description='Hold a word that is looked for, and mean something else: "chest press".')
    negation: NegationCues
    crisis: CrisisCues
    ages: AgeCues
    historical: HistoricalCues
    hypothetical: HypotheticalCues
    experiencer: ExperiencerCues
