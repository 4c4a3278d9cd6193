"""The lines by which alarms are heard: each can be read, and none spells out what a class of words covers."""

from collections.abc import Iterable, Iterator
from itertools import chain, permutations

from bot.advice.checks.raw_library import RawLibrary
from bot.advice.freetext.phrases import (
    GAP,
    SKIPPED,
    Concepts,
    Grammar,
    Group,
    Mentions,
    Options,
    Phrase,
    PhraseError,
    Spot,
)
from bot.advice.freetext.spelling import Folder, Speller, Tokens
from bot.advice.library import Library
from bot.advice.problem import LibraryProblem, Problem

FILE = "alarms.yaml"
_BETWEEN = "xx"  # a word nobody looks for
_USE = "leave it out"
_LINES = ("alarms.alarms.*.match.*", "alarms.alarms.*.meant_beside")


def unreadable(raw: RawLibrary) -> Iterator[Problem]:
    """Lines that are no groups of phrases, or name a class that nobody defined."""
    context = next((context for _, context in raw.models("context")), None)
    concepts = {name for _, file in raw.models("alarms") for name in file.concepts}
    grammar = Grammar(Folder(context.spelling if context else None), concepts)
    for document, pattern, place, line in raw.leaves("alarms"):
        try:
            if pattern.startswith("alarms.concepts.") or pattern in _LINES:
                grammar.line(line)
        except PhraseError as error:
            yield document.problem(place, f"`{line}`: {error}", "see docs/content-guide.md")


def spelled_out(library: Library) -> Iterator[LibraryProblem]:
    """Phrases that others beside them cover, with their endings, gaps or classes; and lines that another one hears."""
    covers = _Cover(library)
    for name, lines in library.concepts.items():
        for at, phrase in covers.needless(lines, whole=True):
            yield FILE, ("concepts", name, at), f"`{phrase}` is covered by the rest of `{name}`", _USE
    for at, alarm in enumerate(library.alarms):
        for number, line in enumerate(alarm.match):
            for group in line.split(" + "):
                for _, phrase in covers.needless([group]):
                    what = f"`{phrase}` is covered by what stands beside it"
                    yield FILE, ("alarms", at, "match", number), what, _USE
        for number in covers.needless_lines(alarm.match):
            what = f"another line of `{alarm.id}` hears all of this"
            yield FILE, ("alarms", at, "match", number), what, _USE


class _Cover:
    """Tells what one phrase, group or line hears of another."""

    def __init__(self, library: Library) -> None:
        spelling = library.context.spelling
        folder = Folder(spelling)
        self._concepts = Concepts(library.concepts, folder)
        self._grammar = Grammar(folder, library.concepts.keys())
        lines = (self._grammar.line(line) for alarm in library.alarms for line in alarm.match)
        parts = (part for line in lines for group in line for phrase in group for part in phrase)
        self._speller = Speller(spelling, chain(self._concepts.words(), parts))
        self._passed = frozenset(word for line in spelling.fillers for word in line.split())
        self._texts: dict[Phrase, tuple[Mentions, ...]] = {}  # that each phrase stands for

    def needless(self, lines: Iterable[str], *, whole: bool = False) -> Iterator[tuple[int, str]]:
        """The phrases of one group or class, line by line, that the others hear; of two alike, the later one.

        `whole`: from the first word to the last, because a class may stand inside a longer phrase.
        """
        seen = [(at, phrase) for at, line in enumerate(lines) for phrase in self._grammar.group(line)]
        kept: dict[Phrase, int] = {}
        for at, phrase in seen:
            if kept.setdefault(phrase, at) != at:
                yield at, " ".join(phrase)
        for phrase, at in sorted(kept.items(), key=lambda one: -len(one[0])):
            if self.hears(Options(tuple(other for other in kept if other != phrase)), phrase, whole=whole):
                del kept[phrase]
                yield at, " ".join(phrase)

    def needless_lines(self, lines: Iterable[str]) -> Iterator[int]:
        """The lines of an alarm that another line hears."""
        read = [self._grammar.line(line) for line in lines]
        gone: set[int] = set()
        for one, other in permutations(range(len(read)), 2):
            if not gone & {one, other} and len(read[one]) <= len(read[other]) and self._line(read[one], read[other]):
                gone.add(other)
                yield other

    def _line(self, wide: tuple[Group, ...], narrow: tuple[Group, ...]) -> bool:
        return all(any(all(self.hears(Options(own), phrase) for phrase in group) for group in narrow) for own in wide)

    def hears(self, options: Options, phrase: Phrase, *, whole: bool = False) -> bool:
        """Whether the phrases hear each text that this one stands for: with its gaps closed, and wide open."""
        if phrase in options.phrases:
            return True
        if any(part.startswith("<") or part.endswith("*") for part in phrase):
            return False
        if phrase not in self._texts:
            closed = tuple(part for part in phrase if part != GAP)
            opened = tuple(word for part in phrase for word in ([_BETWEEN] * SKIPPED if part == GAP else [part]))
            self._texts[phrase] = tuple(map(self._mentions, dict.fromkeys((closed, opened))))
        texts = self._texts[phrase]
        return all(any(_spans(spot, text) or not whole for spot in text.spots(options)) for text in texts)

    def _mentions(self, typed: tuple[str, ...]) -> Mentions:
        tokens = Tokens(typed, ("",) * len(typed))
        return Mentions(tokens, self._speller, self._concepts.options, self._passed, set())


def _spans(spot: Spot, mentions: Mentions) -> bool:
    """Whether a phrase stands from the first word of a text to the last."""
    return spot[0] == 0 and spot[-1] == mentions.last
