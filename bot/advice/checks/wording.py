"""Wordings no advice may have. The lists know English; in another language a careful reader has to do their work."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from bot.advice.checks.raw_library import RawLibrary
from bot.advice.disposition import Disposition
from bot.advice.document import Document
from bot.advice.model import Area
from bot.advice.model.base import Place
from bot.advice.problem import Problem

ENGLISH = "en"

#: What the reader is asked, or types; here the words of a danger are the point.
QUESTIONS = frozenset({"ask", "when", "synonyms", "symptoms"})

KINDS = ("general", "guidance", "running", "areas", "exercises", "tips", "routines", "everyday", "bystander")

CLAUSE = re.compile(r"(?<=[.!?:;])\s+|, (?!or |nor |and )")
DENIED = re.compile(r"\b(no|not|never|nobody|without|cannot|neither|nor|leave out|instead of)\b|n't\b")


def any_of(*ways: str) -> re.Pattern[str]:
    """Whole words, in one of several ways; for text in lower case."""
    return re.compile(rf"\b({'|'.join(ways)})\b")


def word_lists(file: Path) -> Mapping[str, re.Pattern[str]]:
    """The lists of a file by name, each any of its lines; `<name>` in a line stands for the list of that name."""
    blocks = file.read_text(encoding="utf-8").strip().split("\n\n")
    lists: dict[str, str] = {}
    for name, *lines in ([line for line in block.splitlines() if not line.startswith("#")] or [""] for block in blocks):
        lists[name] = "|".join(lines)

    def written_out(text: str) -> str:
        return re.sub(r"<(\w+)>", lambda match: f"({written_out(lists[match[1]])})", text)

    return {name: any_of(written_out(text)) for name, text in lists.items()}


WORDS = word_lists(Path(__file__).with_suffix(".txt"))

#: Lists of words that do harm in advice: why they do, and what to write in their place.
FORBIDDEN = {
    "on_in_pain": ("tells people to go on in pain", "say up to which pain it is all right, and when to stop"),
    "medicine": ("tells people to take a medicine", "take it out; no medicines as advice, and none in order to run"),
    "without_help": ("keeps people from getting help", "say when to be seen, and leave the comfort out"),
    "diagnosis": ("is a diagnosis", 'write "Often this is..."'),
    "forced_joint": ("forces a joint", "stop well before the end of the movement, and never crack a neck"),
    "hopping_test": (
        "asks people to test a bone by hopping",
        "ask what they noticed, and add that they should not test it",
    ),
    "promise": ("promises what nobody has shown", "say what was found, and how sure we are"),
}


def forbidden_wordings(raw: RawLibrary) -> Iterator[Problem]:
    """Advice that would do harm, in the words people use for it."""
    for document, place, text in _advice(raw):
        for (why, mend), words in _broken(text):
            yield document.problem(place, f'"{words}" {why}', mend)


def bone_without_its_mark(raw: RawLibrary) -> Iterator[Problem]:
    """Signs of a bone that is cracking stop every run, but only when they are marked: rule 5 of section 1.2."""
    for document, area in _areas(raw):
        for at, flag in enumerate(area.red_flags):
            cracking = WORDS["cracking_bone"].search(_plain(flag.why))
            if cracking and not flag.bone and flag.disposition is not Disposition.EMERGENCY:
                what = f'{flag.id} says "{cracking[0]}" and is not marked as a sign of the bone'
                yield document.problem(("red_flags", at, "why"), what, "add `bone: true` to it")


def no_word_on_bone(raw: RawLibrary) -> Iterator[Problem]:
    """Where a bone could be cracking, the page says that there is no run at all, not even with little pain."""
    bones = {flag.id for _, area in _areas(raw) for flag in area.red_flags if flag.bone}
    for document, area in _areas(raw):
        asked = bones & {*(flag.id for flag in area.red_flags), *area.also}
        if asked and not any(WORDS["no_run"].search(_plain(note.text)) for note in area.can_run.notes):
            what = f"a bone could be cracking here ({min(asked)}), and no note says not to run"
            yield document.problem(("can_run", "notes"), what, "add a note that says so")


def spoken(words: re.Pattern[str], text: str) -> str | None:
    """The first of `words` that a text says and does not deny.

    >>> spoken(any_of("hop"), "Do not hop today. Then hop twice.")
    'hop'
    >>> spoken(any_of("hop"), "Never hop on it.")
    """
    lower = _plain(text)
    for clause in CLAUSE.split(lower) if words.search(lower) else ():
        for match in words.finditer(clause):
            if not DENIED.search(clause[: match.start()]):
                return match[0]
    return None


def _plain(text: str) -> str:
    """In small letters, with the apostrophe of a typewriter."""
    return text.lower().replace("’", "'")


@lru_cache(maxsize=8192)  # some 3,600 texts, of which an edit changes one
def _broken(text: str) -> list[tuple[tuple[str, str], str]]:
    """The forbidden wordings of a text, each with its words."""
    return [(wrong, words) for name, wrong in FORBIDDEN.items() if (words := spoken(WORDS[name], text))]


def _areas(raw: RawLibrary) -> Iterator[tuple[Document, Area]]:
    if raw.folder.name == ENGLISH:
        yield from raw.models("areas")


def _advice(raw: RawLibrary) -> Iterator[tuple[Document, Place, str]]:
    """Every text that tells somebody something."""
    leaves = raw.leaves(*KINDS) if raw.folder.name == ENGLISH else ()
    return ((document, place, text) for document, _, place, text in leaves if " " in text and not QUESTIONS & {*place})
