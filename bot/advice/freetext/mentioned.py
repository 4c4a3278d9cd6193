"""What a text mentions of the body that does not hurt: what moves, which way, what others think; and misheard words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bot.advice.freetext.text import words
from bot.advice.model import Vocabulary

Phrase = tuple[str, ...]

BEFORE_MOVE = 5  # words from "when" to what moves, at most
MOST_FILLER = 3  # words between the verb and the part: "lift up my left knee"
MOVED = 2  # words of a part at most: "big toe"
COMPLAINT = 4  # words from a complaint to the part that dictation misheard: "pain in my need"


class Phrases:
    """Phrases of several words, by their first."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[Phrase]] = {}
        for phrase in sorted({tuple(words(text)) for text in phrases} - {()}, key=len, reverse=True):
            self._by_first.setdefault(phrase[0], []).append(phrase)

    def at(self, typed: Sequence[str], at: int) -> Phrase:
        """The longest one that begins there; empty where none does."""
        ours = self._by_first.get(typed[at], ())
        return next((phrase for phrase in ours if tuple(typed[at : at + len(phrase)]) == phrase), ())

    def places(self, typed: Sequence[str]) -> list[range]:
        """Where they stand, from the first word to behind the last."""
        begun = [at for at, word in enumerate(typed) if word in self._by_first]
        return [range(at, at + len(phrase)) for at in begun if (phrase := self.at(typed, at))]

    def within(self, typed: Sequence[str]) -> bool:
        return bool(self.places(typed))


class Mentioned:
    """Knows of words for a place whether a text means that it hurts there."""

    def __init__(self, vocabulary: Vocabulary, filler: Callable[[str], bool]) -> None:
        self._filler = filler
        self._directions, self._idioms = _phrases(vocabulary.directions), _phrases(vocabulary.idioms)
        self._not_after, self._not_before = _phrases(vocabulary.not_after), _phrases(vocabulary.not_before)
        self._moves, self._moments = _phrases(vocabulary.moves), _phrases(vocabulary.moments)
        self._exercises = _phrases(vocabulary.exercises)
        self._opinions, self._turns = _phrases(vocabulary.opinions), _phrases(vocabulary.turns)
        self._rather = _phrases(vocabulary.rather)
        self._owners, self._complaints = _phrases(vocabulary.owners), _phrases(vocabulary.complaints)
        self._misheard: Mapping[Phrase, Phrase] = {
            tuple(words(heard)): tuple(words(meant)) for meant, texts in vocabulary.misheard.items() for heard in texts
        }
        self._heard = Phrases(" ".join(heard) for heard in self._misheard)

    def understood(self, typed: list[str]) -> list[str]:
        """With the parts of the body that dictation took for other words: "my need hurts"."""
        understood = typed
        for heard in reversed(self._heard.places(typed)):
            if self._hurts(typed, heard.start, heard.stop):
                meant = self._misheard[tuple(typed[heard.start : heard.stop])]
                understood = [*understood[: heard.start], *meant, *understood[heard.stop :]]
        return understood

    def _hurts(self, typed: Sequence[str], start: int, stop: int) -> bool:
        """Whether it is somebody's, and the words beside it complain of it."""
        if not start or not self._owners.at(typed, start - 1):
            return False
        after = list(typed[stop : stop + COMPLAINT])
        while after and not self._complaints.at(after, 0) and self._filler(after[0]):
            del after[0]
        begun = range(max(0, start - COMPLAINT), start)
        return bool(after and self._complaints.at(after, 0)) or any(self._complaints.at(typed, at) for at in begun)

    def directions(self, typed: Sequence[str]) -> set[int]:
        """Where words stand that only say which way: "at the back", and not "at the back of"."""
        return self._places(self._directions, typed)

    def idioms(self, typed: Sequence[str]) -> set[int]:
        """Where phrases stand in which a word for a place names none: "back again", and not "my back again"."""
        return self._places(self._idioms, typed, unless_after=self._not_after)

    def _places(self, phrases: Phrases, typed: Sequence[str], unless_after: Phrases | None = None) -> set[int]:
        places = set[int]()
        for stand in phrases.places(typed):
            of_something = stand.stop < len(typed) and self._not_before.at(typed, stand.stop)
            owned = unless_after and stand.start and unless_after.at(typed, stand.start - 1)
            if not of_something and not owned:
                places.update(stand)
        return places

    def moved(self, typed: Sequence[str]) -> set[int]:
        """Where words stand for what moves while something hurts: "when I lift my knee", "calf raises"."""
        moves = (each for move in self._moves.places(typed) for each in self._moved(typed, move))
        return set(moves).union(*self._exercises.places(typed))

    def _moved(self, typed: Sequence[str], move: range) -> Iterator[int]:
        if not self._moments.within(typed[max(0, move.start - BEFORE_MOVE) : move.start]):
            return
        part = next((at for at in range(move.stop, len(typed)) if not self._filler(typed[at])), len(typed))
        if part - move.stop <= MOST_FILLER:
            yield from range(move.start, part)
            for at in range(part, min(part + MOVED, len(typed))):
                if self._filler(typed[at]):
                    break
                yield at

    def parted(self, typed: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
        """What a text says itself, and what somebody else thinks it is: "my mate reckons ... but ..."."""
        opinion = next(iter(self._opinions.places(typed)), None)
        turns = (turn.start for turn in self._turns.places(typed) if opinion and turn.start > opinion.start)
        turn = next(turns, None)
        return (typed, ()) if turn is None else (typed[turn:], typed[:turn])

    def elsewhere(self, typed: Sequence[str]) -> bool:
        """Whether it hurts in another place than somebody thinks: "but it is more ..."."""
        return self._rather.within(typed)


def _phrases(lines: Iterable[str]) -> Phrases:
    return Phrases(phrase for line in lines for phrase in line.split(","))
