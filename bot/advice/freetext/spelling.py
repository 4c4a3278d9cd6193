"""One spelling for what people type: other ways to write a word, figures, stretched letters, endings."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.advice.freetext.text import MAX_INPUT_LENGTH, words
from bot.advice.model import Spelling

TYPO_FROM = 5  # letters from which one slip of the finger is forgiven
VERY_LONG_FROM = 8  # letters from which a word by its sound may have two vowels amiss
SOUND_FROM = 6  # letters from which a word may be spelled by its sound
JOINED_FROM = 4  # letters of each of two words that were run together
REMEMBERED_WORDS = 4096  # typed words that are kept
STOPS = frozenset(".?-")  # what ends a sentence, asks, or sets a thought apart

_BREAK = re.compile(r"([.;:!?()\n\r\u2026\u2013\u2014\u3002\uff01\uff1b\uff1f]|(?<=\s)-(?=\s)|[,\uff0c\u3001]|/)")
_MARKS = {",": ",", "\uff0c": ",", "\u3001": ",", "/": "/", "?": "?", "\uff1f": "?", "-": "-", "\u2013": "-"}
_WEIGHT = ("", "/", ",", "-", "?", ".")
_STRETCHED = re.compile(r"(\w)\1{2,}")
_DOUBLED = re.compile(r"(\w)\1")
_SIGNS = re.compile(r"(?<=[^\W\d])[@$](?=[^\W\d])")
_FIGURES = [str.maketrans("013457", letters) for letters in ("oieast", "oleast")]
_NUMBER = re.compile(r"([0-9]+)([a-z]+)$")
_VOWELS = frozenset("aeiou")
_VOWEL_RUN = re.compile("[aeiouy]+")
_SOUNDS = tuple(  # letters that are heard as others
    (re.compile(letters, re.MULTILINE), heard)
    for letters, heard in (
        ("^[kp]n", "n"),
        ("^wr", "r"),
        ("^ps", "s"),
        ("ph", "f"),
        ("[sct]h?i(?=[aou])|sch?(?=[ei])", "sh"),
        ("x", "ks"),
        ("c(?=[eiy])|z", "s"),
        ("ck|ch(?=[rlmo])|[cq]", "k"),
        ("gh(?=t|$)", ""),
        ("mb(?=$|e|i|n)", "m"),
        ("wh", "w"),
        ("(?<=[^aeiou])u?e$", ""),
    )
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text, and what stands before each: '.', '?', '-', ',', '/' or nothing."""

    words: tuple[str, ...]
    breaks: tuple[str, ...]


class Folder:
    """Writes every word in the one way its language's `same` knows: "can't", "cant" and "could not" as "cannot".

    >>> Folder(Spelling(same={"cannot": ["cant|could not"]})).fold("Can't run, hip/knee").words
    ('cannot', 'run', 'hip', 'knee')
    """

    def __init__(self, spelling: Spelling | None) -> None:
        self._spelled = spelling.endings if spelling else {}
        self._endings = re.compile(rf"(?<=\w)['\u2018\u2019\u02bc]({'|'.join(self._spelled)})\b", re.IGNORECASE)
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}  # what follows, how it is written
        for one, lines in (spelling.same if spelling else {}).items():
            written = tuple(map(intern, one.split()))
            for way in (way for line in lines for way in line.split("|")):
                first, *rest = map(intern, words(way))
                both = (tuple(rest), written)
                for form in (first,) if rest else forms(first, {}):
                    self._by_first.setdefault(form, []).append(both)
        for ways in self._by_first.values():
            ways.sort(key=lambda way: -len(way[0]))

    def _ended(self, text: str) -> str:
        return (
            self._endings.sub(lambda ending: f" {self._spelled[ending[1].casefold()]}", text[:MAX_INPUT_LENGTH])
            if self._spelled
            else text
        )

    @property
    def known(self) -> set[str]:
        """The words that it writes in another way."""
        return {*self._by_first, *(word for ways in self._by_first.values() for rest, _ in ways for word in rest)}

    def fold(self, text: str) -> Tokens:
        """The words of a text, written in the one way."""
        folded: list[str] = []
        breaks: list[str] = []
        for mark, typed in parts(self._ended(text)):
            one = list(self.written([word for raw in typed for word in self.plain(raw)]))
            folded += one
            breaks += [mark] + [""] * (len(one) - 1)
        return Tokens(tuple(folded), tuple(breaks))

    def plain(self, word: str) -> tuple[str, ...]:
        """The words that one typed word stands for: "14yo" are two."""
        number = None if word.isalpha() else _NUMBER.match(word)
        return (number[1], number[2]) if number else (word,)

    def written(self, typed: list[str]) -> Iterator[str]:
        """Words that stand side by side, in the one way."""
        if self._by_first.keys().isdisjoint(typed):
            yield from typed
            return
        at = 0
        while at < len(typed):
            for rest, one in self._by_first.get(typed[at], ()):
                if tuple(typed[at + 1 : at + 1 + len(rest)]) == rest:
                    yield from one
                    at += 1 + len(rest)
                    break
            else:
                yield typed[at]
                at += 1


class Speller(Folder):
    """A Folder that also knows which words it looks for, and so reads figures and stretched letters as letters."""

    def __init__(self, spelling: Spelling | None, wanted: Iterable[str], real: Iterable[str] = ()) -> None:
        """`wanted`: the words looked for, folded; with a final '*', any ending. `real` only look like a slip."""
        super().__init__(spelling)
        self._wanted = frozenset(wanted)
        irregular = {base: line.split() for base, line in (spelling.forms if spelling else {}).items()}
        self._forms: dict[str, tuple[str, ...]] = {}
        for pattern in self._wanted:
            alone = (pattern,)  # one for all of its forms
            for form in forms(pattern, irregular):
                self._forms[form] = self._forms[form] + alone if form in self._forms else alone
        self._real = frozenset(word for text in (*real, *(spelling.real if spelling else ())) for word in words(text))
        self._rewritten = self.known
        self._long_ways = sorted(one for one in self._rewritten if len(one) > TYPO_FROM)
        self._buckets: dict[tuple[str, int], list[str]] = {}
        long = {pattern for pattern in self._wanted if len(pattern.removesuffix("*")) >= TYPO_FROM}
        for form in sorted(self._forms):
            if form.removesuffix("*").isalpha() and not long.isdisjoint(self._forms[form]):
                self._buckets.setdefault((form[0], len(form.removesuffix("*"))), []).append(form)
        self._by_sound: dict[str, str] = {}  # forms with a space between; most sound like no other
        heard = sorted(form for bucket in self._buckets.values() for form in bucket if form.isalpha())
        heard = [form for form in heard if len(form) >= SOUND_FROM]
        for form, skeleton in zip(heard, _skeleton(_sound("\n".join(heard))).splitlines(), strict=True):
            self._by_sound[skeleton] = f"{there} {form}" if (there := self._by_sound.get(skeleton)) else form
        self._remembered = lru_cache(maxsize=REMEMBERED_WORDS)(self._plain)
        self.stands_for = lru_cache(maxsize=REMEMBERED_WORDS)(self._stands_for)

    def plain(self, word: str) -> tuple[str, ...]:
        """The words that one typed word stands for: "ch3st", "chesttt" and "chestpain"."""
        return self._remembered(word)

    def _plain(self, word: str) -> tuple[str, ...]:
        if self._knows(word) or word.isdecimal() or (self._begun(word) and not _STRETCHED.search(word)):
            return (word,)
        if word[0].isdecimal():
            return super().plain(word)
        candidates = [candidate for candidate in _candidates(word) if self._knows(candidate)]
        if candidates:  # "weeee" is "wee", which is looked for, and not "we"
            return (next((one for one in candidates if one in self._wanted or one in self._rewritten), candidates[0]),)
        if near := self._nearly_rewritten(word):
            return (near,)
        for at in range(JOINED_FROM, len(word) - JOINED_FROM + 1):
            if word[:at] in self._forms and word[at:] in self._forms:
                return (word[:at], word[at:])
        return (_STRETCHED.sub(r"\1", word),)

    def _nearly_rewritten(self, word: str) -> str | None:
        """A word written in another way, with one slip: "brething"."""
        if len(word) <= TYPO_FROM or not word.isalpha():
            return None
        near = (one for one in self._long_ways if one[0] == word[0] and abs(len(one) - len(word)) < 2)
        return next((one for one in near if OSA.distance(word, one, score_cutoff=1) <= 1), None)

    def _knows(self, word: str) -> bool:
        return word in self._forms or word in self._real or word in self._rewritten

    def _begun(self, word: str) -> set[str]:
        return {stem for end in range(2, len(word) + 1) if (stem := word[:end] + "*") in self._wanted}

    def _stands_for(self, word: str) -> frozenset[str]:
        """The wanted words that one word stands for; one slip of the finger is forgiven in a word nobody knows."""
        forms = self._begun(word).union(self._forms.get(word, ()))
        if forms or self._knows(word) or len(word) < TYPO_FROM:
            return frozenset(forms)
        near = (
            form for size in (-1, 0, 1) for form in self._buckets.get((word[0], len(word) + size), ()) if form.isalpha()
        )
        slips = [
            form for form, _, _ in process.extract(word, list(near), scorer=OSA.distance, score_cutoff=1, limit=None)
        ]
        slips += [*self._prefixes(word), *self._sounding_like(word)]
        return frozenset(pattern for form in slips for pattern in self._long(form))

    def _long(self, form: str) -> set[str]:
        """The wanted words behind a form that are long enough for a slip."""
        return {pattern for pattern in self._forms[form] if len(pattern.removesuffix("*")) >= TYPO_FROM}

    def _sounding_like(self, word: str) -> Iterator[str]:
        """Forms of which the same is heard: "throte", "tounge", "elefant", "unconshus"."""
        sound = _sound(word)
        most = 1 if len(word) < VERY_LONG_FROM else 2
        for form in self._by_sound.get(_skeleton(sound), "").split() if len(word) >= SOUND_FROM else ():
            if OSA.distance(sound, _sound(form), score_cutoff=most) <= most:
                yield form

    def _prefixes(self, word: str) -> Iterator[str]:
        """Wanted words with any ending that a slip hides at the beginning: "breahtlessness"."""
        for size in range(TYPO_FROM + 1, len(word) + 2):
            for form in self._buckets.get((word[0], size), ()):
                if form.endswith("*") and any(
                    OSA.distance(word[:end], form[:-1]) <= 1 for end in (size - 1, size, size + 1)
                ):
                    yield form


def _sound(word: str) -> str:
    """What is heard of a word, or of one a line: each consonant written in one way, no silent ending."""
    for letters, heard in _SOUNDS:
        word = letters.sub(heard, word)
    return _DOUBLED.sub(r"\1", word)


def _skeleton(sound: str) -> str:
    """A sound without which vowels it has."""
    return _VOWEL_RUN.sub("a", sound)


def forms(word: str, irregular: Mapping[str, Iterable[str]]) -> set[str]:
    """A word with its endings, regular ones by rule; a word that ends in '*' or holds a figure has none.

    >>> sorted(forms("ache", {"ache": ["achy"]}))
    ['ache', 'ached', 'aches', 'achin', 'aching', 'achy']
    """
    own = {word, *irregular.get(word, ())}
    if word.endswith("ing") and word.isalpha() and len(word) > TYPO_FROM:
        own.add(word[:-1])
    if not word.isalpha() or len(word) < 3:
        return own
    if word.endswith("e") and not word.endswith("ee"):
        return own | {word + "s", word + "d", word[:-1] + "ing", word[:-1] + "in"}
    if word.endswith("y") and word[-2] not in _VOWELS:
        return own | {word[:-1] + "ies", word[:-1] + "ied", word + "ing", word + "s"}  # "baby's"
    if word.endswith("ee"):
        return own | {word + "s", word + "d", word + "ing"}
    plural = word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")
    stems = {word, word + word[-1]} if _doubles(word) else {word}
    return own | {plural, *(stem + ending for stem in stems for ending in ("ed", "ing", "in"))}


def _doubles(word: str) -> bool:
    return (
        len(word) < 6 and word[-1] not in _VOWELS | {"w", "x", "y"} and word[-2] in _VOWELS and word[-3] not in _VOWELS
    )


def parts(text: str) -> Iterator[tuple[str, list[str]]]:
    """What stands between the marks of a text, with the gravest mark before it."""
    mark = ""
    for number, part in enumerate(_BREAK.split(text[:MAX_INPUT_LENGTH])):
        if number % 2:
            mark = max(mark, _MARKS.get(part, "."), key=_WEIGHT.index)
        elif part_words := words(_SIGNS.sub(lambda sign: "a" if sign[0] == "@" else "s", part)):
            yield mark, part_words
            mark = ""


def _candidates(word: str) -> Iterator[str]:
    """What a word may be once figures are letters and stretched letters are one or two."""
    read = [word, *(word.translate(figures) for figures in _FIGURES)] if not word.isalpha() else [word]
    if word.endswith("z"):
        read.append(word.rstrip("z") + "s")
    for way in read:
        yield way
        yield _STRETCHED.sub(r"\1", way)
        yield _STRETCHED.sub(r"\1\1", way)
        yield _DOUBLED.sub(r"\1", way)
