"""Reading age: what people read is plain enough for a child of eleven. Run as a script, this prints the table."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Any

import pytest
import textstat
import yaml
from fluent.syntax import FluentParser, ast

from bot.settings import CONTENT

ENGLISH = CONTENT / "en"
GOAL = 6  # grade: what a child of eleven reads, on average over a file
STUDIES = {"sources.yaml": 8}  # what a study found, with its numbers: a looser goal, and no limit for a single text
HARDEST = 10  # grade: no single text is harder, except for those below
SHORTEST = 10  # words: below, the formulas say nothing

#: Keys of what nobody reads, or what the search reads.
UNREAD = {
    *("id", "sources", "disposition", "kind", "areas", "also", "gentle", "exercise", "moment", "evidence", "demands"),
    *(
        "not_with",
        "aliases",
        "at_least",
        "flags",
        "match",
        "concepts",
        "words",
        "light",
        "reviewed",
        "synonyms",
        "symptoms",
    ),
}
UNREAD_FILES = {"search", "context", "classifier"}

#: What stays harder, and why.
STAYS = {
    "alarms.yaml alarms.neck_severe.say": "the signs of a stroke stay together: any one of them is enough",
    "areas/neck_headache.yaml red_flags.HD8.short": "one line of a list, with the illnesses as people know them",
    "general.yaml line": "a list for one glance, on every card, and no sentence",
}


@dataclass(frozen=True)
class Piece:
    """One text, and where it stands: `areas/hip.yaml red_flags.H1.ask`."""

    place: str
    text: str

    @property
    def file(self) -> str:
        return self.place.partition(" ")[0]

    @cached_property
    def plain(self) -> str:
        """Without markup, and with every number as one short word."""
        text = re.sub(r"[*_`#“”\"]|https?://\S+|^\d\. ", "", " ".join(self.text.split()))
        return re.sub(r"\d[\d.,:%°/–-]*", lambda found: "ten" + re.sub(r"[^.,:]", "", found[0][-1]), text)

    @cached_property
    def words(self) -> int:
        return int(textstat.lexicon_count(self.plain))

    @cached_property
    def grade(self) -> float:
        """The worse of two: one formula counts syllables, the other letters."""
        return max(textstat.flesch_kincaid_grade(self.plain), textstat.automated_readability_index(self.plain))


def pieces() -> list[Piece]:
    """Every text that is long enough to be measured, in the order of the files."""
    found = [*_advice(), *_interface()]
    return [piece for piece in found if piece.words >= SHORTEST]


def _advice() -> Iterator[Piece]:
    for file in sorted(ENGLISH.rglob("*.yaml")):
        if file.stem not in UNREAD_FILES:
            written = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
            if file.stem == "sources":  # of a study only what we say that it found; its title is its own
                written = {entry["id"]: entry["finding"] for entry in written["sources"]}
            name = file.relative_to(ENGLISH).as_posix()
            yield from (Piece(f"{name} {place}", text) for place, text in _texts(written))


def _texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, entry in value.items():
            if key not in UNREAD:
                yield from _texts(entry, f"{place}.{key}".lstrip("."))
    elif isinstance(value, list):
        for at, entry in enumerate(value, start=1):
            name = entry.get("id", at) if isinstance(entry, dict) else at
            yield from _texts(entry, f"{place}.{name}")
    elif isinstance(value, str):
        yield place, value


def _interface() -> Iterator[Piece]:
    file = ENGLISH / "interface.ftl"
    for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
        if isinstance(entry, ast.Message) and entry.value:
            yield Piece(f"{file.name} {entry.id.name}", _said(entry.value))


def _said(pattern: ast.Pattern) -> str:
    """A message with its default variant, and a short word for what the bot fills in."""
    said = []
    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            said.append(element.value)
        elif isinstance(element.expression, ast.SelectExpression):
            said += [_said(variant.value) for variant in element.expression.variants if variant.default]
        else:
            said.append("hip")
    return "".join(said)


@dataclass(frozen=True)
class Row:
    """The figures of one file."""

    file: str
    texts: int
    mean: float
    median: float
    p95: float
    hardest: float


def rows(found: list[Piece]) -> list[Row]:
    files: dict[str, list[float]] = {}
    for piece in found:
        files.setdefault(piece.file, []).append(piece.grade)
    return [_row(file, grades) for file, grades in files.items()]


def _row(file: str, grades: list[float]) -> Row:
    p95 = quantiles(grades, n=20, method="inclusive")[-1] if len(grades) > 1 else grades[0]
    return Row(file, len(grades), mean(grades), median(grades), p95, max(grades))


@pytest.fixture(scope="module")
def found() -> list[Piece]:
    return pieces()


def test_every_file_reads_as_a_child_of_eleven_reads(found: list[Piece]) -> None:
    assert {row.file: round(row.mean, 1) for row in rows(found) if row.mean > STUDIES.get(row.file, GOAL)} == {}


def test_no_text_is_much_harder(found: list[Piece]) -> None:
    hard = {
        f"{p.place} ({p.grade}): {p.text}"
        for p in found
        if p.grade > HARDEST and p.place not in STAYS and p.file not in STUDIES
    }

    assert hard == set(), "split the sentence, or say in STAYS why it stays"


def test_what_stays_hard_is_still_there_and_still_hard(found: list[Piece]) -> None:
    assert set(STAYS) == {p.place for p in found if p.grade > HARDEST and p.place in STAYS}
    assert all(STAYS.values())


def test_the_measure_tells_hard_from_easy() -> None:
    easy = Piece("a", "Stop if it hurts. Then sit down and rest for as long as you like.")
    hard = Piece(
        "b",
        "Discontinue immediately following exacerbation of symptomatology, prioritising uninterrupted recuperation.",
    )

    assert easy.grade < 4
    assert hard.grade > 15


KINDS = ("areas", "tips", "exercises", "routines")


def table() -> str:
    """The figures as they stand in docs/reading-age.md: one row for each area, then the files that are for all."""
    found = pieces()
    means = {row.file: f"{row.mean:.1f}" for row in rows(found)}
    names = sorted({Path(file).stem for file in means if "/" in file})
    lines = [
        "| Area or file | page | tips | exercises | routines | texts | 95 in 100 below | hardest |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in names:
        own = [piece for piece in found if Path(piece.file).stem == name]
        lines.append(_line(name, [means.get(f"{kind}/{name}.yaml", "") for kind in KINDS], own))
    for file in (file for file in sorted(means) if "/" not in file):
        own = [piece for piece in found if piece.file == file]
        lines += [_line(file, [means[file], "", "", ""], own)]
    return "\n".join([*lines, _line("all", [f"{mean(p.grade for p in found):.1f}", "", "", ""], found)])


def _line(name: str, figures: list[str], own: list[Piece]) -> str:
    row = _row(name, [piece.grade for piece in own])
    return f"| {name} | {' | '.join(figures)} | {row.texts} | {row.p95:.1f} | {row.hardest:.1f} |"


if __name__ == "__main__":
    hard = sorted((piece for piece in pieces() if piece.grade > HARDEST), key=lambda piece: -piece.grade)
    sys.stdout.write("\n".join([table(), *(f"{piece.grade:5.1f}  {piece.place}  {piece.text}" for piece in hard), ""]))
