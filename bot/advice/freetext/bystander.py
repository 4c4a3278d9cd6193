"""Whether somebody writes about another person: then the words that help speak to whoever stands beside them."""

from collections.abc import Sequence

from bot.advice.freetext.text import words
from bot.advice.model import Vocabulary


class Bystanders:
    """Knows who is spoken of. It changes only whom an answer speaks to, never how grave it is."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._others = _phrases(vocabulary.others)
        self._oneself = _phrases(vocabulary.oneself)
        self._asides = _phrases(vocabulary.asides)
        self._reports = {word for line in vocabulary.reports for word in words(line)}

    def speak(self, text: str) -> bool:
        """Whether a text tells of somebody else, and nothing of who writes: "my mate has collapsed, what do I do"."""
        typed = tuple(words(text))
        if not any(self._acts(typed, phrase) for phrase in self._others):
            return False
        for aside in self._asides:
            typed = _without(typed, aside)
        return not any(_places(typed, phrase) for phrase in self._oneself)

    def _acts(self, typed: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
        """Whether that person is somewhere, and not only reporting: "my wife says it is my heart"."""
        after = (typed[at + len(phrase) : at + len(phrase) + 1] for at in _places(typed, phrase))
        return any(not self._reports.intersection(following) for following in after)


def _phrases(lines: Sequence[str]) -> list[tuple[str, ...]]:
    phrases = (tuple(words(phrase)) for line in lines for phrase in line.split(","))
    return sorted(phrases, key=len, reverse=True)


def _places(typed: tuple[str, ...], phrase: tuple[str, ...]) -> list[int]:
    return [at for at in range(len(typed)) if typed[at : at + len(phrase)] == phrase]


def _without(typed: tuple[str, ...], phrase: tuple[str, ...]) -> tuple[str, ...]:
    hidden = {at + step for at in _places(typed, phrase) for step in range(len(phrase))}
    return tuple(word for at, word in enumerate(typed) if at not in hidden)
