"""Words that cannot wait: they win over search, and they only ever raise."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from bot.advice.freetext.classifier import Classifier, features, windows
from bot.advice.freetext.context import ContextReader, Reading, clauses
from bot.advice.freetext.negation import Cues, Text, listed
from bot.advice.freetext.phrases import Concepts, Grammar, Group, Mentions, Options, Spot, reader
from bot.advice.freetext.spelling import Folder, Speller, Tokens
from bot.advice.model import Alarm, Context, TrainedClassifier

WINDOW = 10  # telling words within which two groups of a line must occur
WIDER = 6  # further words for each further group
REMEMBERED_LENGTH = 20  # characters of a text of which is kept what it raises: what many type, letter by letter
REMEMBERED_TEXTS = 1024  # such texts

MORE_LIKELY = 0.5
CLAUSE = 2  # words of a clause that may be what a line heard
FEWEST = 3  # words of a text that the classifier may hear something in: fewer are for the lines
FEWEST_DOUBTED = 5  # words of a text that may be a figure of speech: in fewer what a line hears stands
MEANT_FROM = 0.05  # the likelihood of danger below which even what is meant beside something is a figure of speech
_GRAVEST_FIRST = ("crisis", "emergency", "urgent", "unclear", "clinician")


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    number: int
    alarm: Alarm
    groups: tuple[Options, ...]


@dataclass(slots=True, eq=False)
class _Lines:
    """The lines of every alarm, by their first group; lines share the groups they have in common."""

    shared: dict[Group, Options] = field(default_factory=dict)
    led_by: dict[Options, list[_Line]] = field(default_factory=dict)

    def add(self, number: int, alarm: Alarm, groups: Iterable[Group]) -> None:
        """Take in one line."""
        own = tuple(self.shared.setdefault(group, Options(group)) for group in groups)
        self.led_by.setdefault(own[0], []).append(_Line(number, alarm, own))


class Alarms:
    """Recognises the reviewed list of emergency and crisis words in free text.

    With a language's cues, what a text plainly denies, supposes or tells of long ago or of others raises nothing.
    With a trained classifier, a text that no line hears may still ask, and a figure of speech raises nothing.
    """

    def __init__(
        self,
        alarms: Collection[Alarm],
        concepts: Mapping[str, Iterable[str]] | None = None,
        context: Context | None = None,
        real: Iterable[str] = (),
        trained: TrainedClassifier | None = None,
    ) -> None:
        """`real` are words that only look like a slip of one of the list's: "child's", "fewer". Raises PhraseError."""
        spelling = context.spelling if context else None
        folder = Folder(spelling)
        self._concepts = Concepts(concepts or {}, folder)
        grammar = Grammar(folder, self._concepts.groups.keys())
        self._lines = _Lines()
        for number, (alarm, match) in enumerate((one, line) for one in alarms for line in one.match):
            self._lines.add(number, alarm, grammar.line(match))
        self._meant_beside = {
            alarm.id: self._lines.shared.setdefault(group, Options(group))
            for alarm in alarms
            if alarm.meant_beside
            for group in [grammar.group(alarm.meant_beside)]
        }
        self._begun_by = self._concepts.begun_by((options, group) for group, options in self._lines.shared.items())
        phrases = chain(self._concepts.words(), (part for group in self._lines.shared for p in group for part in p))
        read = reader(folder)
        known = {word for text in _cues(context) for word in read(text)} if context else set()
        self._speller = Speller(spelling, set(phrases), (*real, *known))
        self._context = ContextReader(context, read) if context else None
        self._lookalikes = Cues(context.lookalikes if context else (), read)
        self._ages = self._context.ages if self._context else None
        self._passed = listed(spelling.fillers) if spelling else frozenset()
        self.known = tuple(alarms)
        self._names = self._concepts.names()
        self._classifier = Classifier(trained) if trained else None
        self._classified = {alarm.classified: alarm for alarm in alarms if alarm.classified}
        self._remembered = lru_cache(maxsize=REMEMBERED_TEXTS)(self._raised_by)

    def raised_by(self, text: str) -> tuple[Alarm, ...]:
        """The alarms a text raises, gravest first and then in the order of the file; empty for most texts."""
        return (self._remembered if len(text) <= REMEMBERED_LENGTH else self._raised_by)(text)

    def by_lines(self, text: str) -> tuple[Alarm, ...]:
        """Those that the lines alone hear, before the classifier has weighed them."""
        tokens = self._speller.fold(text)
        return _alarms(self._lines_heard(tokens, self._mentions(tokens)))

    def features(self, text: str) -> list[dict[int, float]]:
        """What the classifier sees of a text, as a whole and then in each window: the weights of its buckets."""
        tokens = self._speller.fold(text)
        mentions = self._mentions(tokens)
        whole = features(tokens, mentions, mentions.classes(self._names), range(len(tokens.words)))
        return [whole, *self._windows(tokens, mentions)]

    def _raised_by(self, text: str) -> tuple[Alarm, ...]:
        tokens = self._speller.fold(text)
        mentions = self._mentions(tokens)
        heard = self._lines_heard(tokens, mentions)
        if not self._classifier:
            return _alarms(heard)
        meant = any(self._meant(line, mentions) for line in heard)
        return self._weighed(self._classifier, _alarms(heard), tokens, mentions, meant=meant)

    def _lines_heard(self, tokens: Tokens, mentions: Mentions) -> list[_Line]:
        """What stands of the lines, in the order of the file."""
        uncounted = self._without_counts(tokens, mentions)
        heard = (
            sorted(self._heard(uncounted), key=lambda line_and_spots: line_and_spots[0].number)
            if mentions.places
            else []
        )
        if heard and self._context:
            reading = self._context.read(tokens.words, tokens.breaks)
            heard = [(line, spots) for line, spots in heard if _stands(line.alarm, spots, reading, mentions)]
        return [line for line, _ in heard]

    def _meant(self, line: _Line, mentions: Mentions) -> bool:
        """Whether it is hardly a figure of speech: pain in the chest on a hill."""
        beside = self._meant_beside.get(line.alarm.id)
        return beside is not None and len(line.groups) > 1 and bool(mentions.spots(beside))

    def _weighed(
        self, classifier: Classifier, raised: tuple[Alarm, ...], tokens: Tokens, mentions: Mentions, *, meant: bool
    ) -> tuple[Alarm, ...]:
        """What lines have raised, unless that is a figure of speech; and what a text may tell of where they have not.

        A figure of speech is one as a whole and in each clause: who passed out and is fine now has passed out.
        """
        if any(alarm.literal for alarm in raised):
            return raised
        grave = bool(raised) and raised[0].kind != "clinician"
        if len(tokens.words) < (FEWEST_DOUBTED if grave else FEWEST):
            return raised
        likely = classifier.likelihood(self._windows(tokens, mentions))
        if grave:
            parts = clauses(Text(tokens.words, tokens.breaks), frozenset())
            clause = classifier.likelihood(self._seen(parts, CLAUSE, tokens, mentions))
            whole_from, clause_from = (
                (MEANT_FROM, MEANT_FROM) if meant else (classifier.heed_from, classifier.heed_clause_from)
            )
            stands = likely.danger >= whole_from or clause.danger >= clause_from or likely.crisis >= MORE_LIKELY
            return raised if stands else ()
        if likely.danger < classifier.raise_from and likely.crisis < classifier.crisis_from:
            return raised
        return (self._classified["crisis" if likely.crisis >= MORE_LIKELY else "danger"], *raised)

    def _windows(self, tokens: Tokens, mentions: Mentions) -> Iterator[dict[int, float]]:
        """What the classifier sees of a text: a window at a time."""
        return self._seen([*windows([*Text(tokens.words, tokens.breaks).sentences()])], FEWEST, tokens, mentions)

    def _seen(self, spans: list[range], fewest: int, tokens: Tokens, mentions: Mentions) -> Iterator[dict[int, float]]:
        """What the classifier sees in each; one of fewer words counts only where there is no other."""
        classes = mentions.classes(self._names)
        for span in [span for span in spans if len(span) >= fewest] or spans:
            yield features(tokens, mentions, classes, span)

    def _mentions(self, tokens: Tokens) -> Mentions:
        text = Text(tokens.words, tokens.breaks)
        not_meant = {
            at for sentence in text.sentences() for place in self._lookalikes.inside(text, sentence) for at in place
        }
        return Mentions(tokens, self._speller, self._concepts.options, self._passed, not_meant)

    def _without_counts(self, tokens: Tokens, mentions: Mentions) -> Mentions:
        """For the lines a number that counts weeks or miles is no age; the classifier has learned with every one."""
        text = Text(tokens.words, tokens.breaks)
        counting = self._ages.counting(text) if self._ages else frozenset[int]()
        return mentions.without(dict.fromkeys(self._ages.concepts, counting)) if self._ages and counting else mentions

    def _heard(self, mentions: Mentions) -> Iterator[tuple[_Line, list[list[Spot]]]]:
        """The lines whose groups all occur close together, each with the spots of its groups."""
        begun = mentions.begun(self._begun_by)
        for leader in begun & self._lines.led_by.keys():
            for line in self._lines.led_by[leader]:
                if begun.issuperset(line.groups) and all(map(mentions.spots, line.groups)):
                    spots = [mentions.spots(group) for group in line.groups]
                    if _close([_ends(of_group) for of_group in spots], mentions):
                        yield line, spots


def _cues(context: Context) -> Iterator[str]:
    """The words that end or open what is denied: "while" is no slip of "white"."""
    yield from (*context.negation.ends, *context.negation.halts, *context.historical.present, *context.lookalikes)
    yield from (*context.spelling.fillers, *context.negation.verbs, *context.negation.bridges)


def _stands(alarm: Alarm, spots: list[list[Spot]], reading: Reading, mentions: Mentions) -> bool:
    """Whether a line that was heard is still there without what is denied, and not all of it long past."""
    if alarm.kind == "crisis":
        standing = [_ends(spot for spot in group if not reading.plain.issuperset(spot)) for group in spots]
        return _close(standing, mentions)
    own = frozenset(at for group in spots for spot in group for at in spot)
    standing = [_ends(spot for spot in group if not reading.denies(spot, own)) for group in spots]
    if not reading.past:
        return _close(standing, mentions)
    fresh = [_ends(spot for spot in group if not reading.past.issuperset(spot)) for group in spots]
    return any(
        _close([others if other != at else others & fresh[at] for other, others in enumerate(standing)], mentions)
        for at in range(len(standing))
    )


def _alarms(lines: Iterable[_Line]) -> tuple[Alarm, ...]:
    hits = {line.alarm.id: line.alarm for line in lines}
    return tuple(sorted(hits.values(), key=lambda alarm: _GRAVEST_FIRST.index(alarm.kind)))


def _ends(spots: Iterable[Spot]) -> set[int]:
    return {at for spot in spots for at in (spot[0], spot[-1])}


def _close(spots: list[set[int]], mentions: Mentions) -> bool:
    """Whether each group has a spot within the window after the first of them."""
    window = WINDOW + WIDER * max(0, len(spots) - 2) - 1
    return any(
        all(
            any(at == first or (at > first and mentions.distance(first, at) < window) for at in others)
            for others in spots
        )
        for first in set().union(*spots)
    )
