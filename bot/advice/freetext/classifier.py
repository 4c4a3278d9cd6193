"""A text classifier: how likely a text tells of danger, learned from sentences rather than written as lines.

Logistic regression over hashed features, one class against all others. It hears what nobody wrote a line for, and knows
a figure of speech that a line would take at its word. `make classifier` trains it.
"""

import base64
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.advice.freetext.phrases import Mentions
from bot.advice.freetext.spelling import Tokens
from bot.advice.model import BUCKETS, TrainedClassifier, Weights

WINDOW_WORDS = 16  # words of a text that is looked at as a whole
LONG = 24  # words of a sentence that is looked at as a whole
STEP = 8  # words from one window of a longer one to the next
_WORDS = range(1, 4)  # of a gram
_LETTERS = range(3, 6)  # of a gram inside a word


@dataclass(frozen=True, slots=True)
class Likelihood:
    """From 0 to 1: that a text tells of danger to somebody, now; and that what it tells of is a crisis."""

    danger: float
    crisis: float


class Classifier:
    """One language's trained weights."""

    def __init__(self, trained: TrainedClassifier) -> None:
        self.raise_from, self.crisis_from = trained.raise_from, trained.crisis_from
        self.heed_from, self.heed_clause_from = trained.heed_from, trained.heed_clause_from
        self._harmless, self._crisis = _Regression(trained.harmless), _Regression(trained.crisis)

    def likelihood(self, windows: Iterable[Mapping[int, float]]) -> Likelihood:
        """Of a text with these features in each of its windows: what tells most of danger counts."""
        likely = (Likelihood(1 - self._harmless.likelihood(each), self._crisis.likelihood(each)) for each in windows)
        return max(likely, key=lambda window: window.danger)


class _Regression:
    def __init__(self, weights: Weights) -> None:
        self._bias, self._scale = weights.bias, weights.scale
        self._steps = memoryview(zlib.decompress(base64.b64decode(weights.steps))).cast("b")

    def likelihood(self, window: Mapping[int, float]) -> float:
        score = self._bias + self._scale * math.fsum(value * self._steps[bucket] for bucket, value in window.items())
        return 0.5 + 0.5 * math.tanh(score / 2)  # the logistic function, for which no score is too large


def windows(sentences: Sequence[range]) -> Iterator[range]:
    """The whole of a short text; of a long one each sentence, with those after it while they are short together.

    A sentence without end is looked at in overlapping windows. A grave word in passing would else drown in what
    stands round it.
    """
    end = sentences[-1].stop
    if end <= WINDOW_WORDS:
        yield range(end)
        return
    last = 0
    for number, first in enumerate(sentences):
        if len(first) > LONG:
            yield from (range(at, at + WINDOW_WORDS) for at in range(first.start, first.stop - WINDOW_WORDS, STEP))
            yield range(first.stop - WINDOW_WORDS, first.stop)
            continue
        while last + 1 < len(sentences) and sentences[last + 1].stop - first.start <= WINDOW_WORDS:
            last += 1
        last = max(last, number)
        yield range(first.start, sentences[last].stop)


def features(
    tokens: Tokens, mentions: Mentions, classes: Mapping[int, tuple[str, int]], window: range
) -> dict[int, float]:
    """What the classifier sees of a window of a text: the weight of each bucket that is not empty.

    Two views, each of length one: grams of words, with classes in place of what they cover, and of letters in words.
    `classes`: where classes stand, from the mentions.
    """
    classed, at = list[str](), window.start
    while at < window.stop:
        mark = tokens.breaks[at] if at > window.start else ""
        name, at = classes.get(at) or (mentions.looked_for(tokens.words[at]), at + 1)
        classed += [mark, name] if mark else [name]
    letters = {f"#{gram}" for word in set(tokens.words[window.start : window.stop]) for gram in _letters(word)}
    views = set(_grams(classed)), letters
    weights: dict[int, float] = {}
    for view in views:
        weight = 1 / math.sqrt(len(view) or 1)
        for bucket in map(_bucket, view):
            weights[bucket] = weights.get(bucket, 0) + weight
    return weights


def _bucket(gram: str) -> int:
    return zlib.crc32(gram.encode()) % BUCKETS


def _grams(words: Sequence[str]) -> Iterator[str]:
    framed = ("^", *words, "$")
    for size in _WORDS:
        yield from (" ".join(framed[at : at + size]) for at in range(len(framed) - size + 1))


def _letters(word: str) -> Iterator[str]:
    framed = f" {word} "
    for size in _LETTERS:
        yield from (framed[at : at + size] for at in range(len(framed) - size + 1))
