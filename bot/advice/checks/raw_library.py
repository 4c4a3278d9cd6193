"""What could be read of a content folder, on its way to becoming a Library."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.advice.document import Document
from bot.advice.library import Library
from bot.advice.model import Area, Exercise, General, Model, Pattern, RedFlag
from bot.advice.model.base import Place

LISTS = ("exercises", "figures", "routines", "sources", "alarms", "everyday")  # kinds whose files hold a list, so named

Located = tuple[Document, str, Place, str]
"""A text, behind where it stands."""


@dataclass(slots=True)
class RawLibrary:
    """The files that fit their models, and enough about the others not to blame them twice."""

    folder: Path
    files: dict[str, tuple[str, Document, Model]] = field(default_factory=dict)  # by path in the folder
    unreadable: set[str] = field(default_factory=set)  # kinds with a file that is no YAML at all
    screened: set[str] = field(default_factory=set)  # areas that ask first, broken ones included
    illegible: set[str] = field(default_factory=set)  # areas of which nothing is known
    declared: set[tuple[str, str]] = field(default_factory=set)  # (kind, id), broken files included
    texts: dict[str, list[Located]] = field(default_factory=dict)  # by kind, once they have been asked for

    def add(self, kind: str, document: Document, model: Model) -> None:
        """Take in a file that fits its model."""
        self.files[document.file.relative_to(self.folder).as_posix()] = (kind, document, model)

    def declare(self, kind: str, document: Document) -> None:
        """Note the ids a file speaks for, so that one broken entry does not break every reference to it."""
        entries: Any = document.data.get(kind, []) if kind in LISTS else [document.data]
        self.declared |= {(kind, str(entry.get("id"))) for entry in entries or [] if isinstance(entry, dict)}
        if kind in LISTS and kind not in document.data:
            self.unreadable.add(kind)  # its list stands under another key: nobody knows what is in it
        if kind in ("areas", "tips"):
            self.declared.add((kind, document.file.stem))
        if kind == "areas" and document.data.get("screen_first"):
            self.screened.add(document.file.stem)

    def document(self, name: str) -> Document:
        """By its path in the folder. Raises KeyError."""
        return self.files[name][1]

    def models(self, kind: str) -> Iterator[tuple[Document, Any]]:
        """Every file of one kind."""
        return ((document, model) for of_kind, document, model in self.files.values() if of_kind == kind)

    def entries(self, kind: str) -> Iterator[tuple[Document, Place, Any]]:
        """Every entry of the lists of one kind, and where it stands."""
        for document, file in self.models(kind):
            yield from ((document, (kind, at), entry) for at, entry in enumerate(getattr(file, kind)))

    def leaves(self, *kinds: str) -> Iterator[Located]:
        """Every text of some kinds of files, and where it stands: as a pattern too, as in `areas.causes.*.id`."""
        for kind in kinds:
            if kind not in self.texts:
                self.texts[kind] = [
                    (document, *text) for document, model in self.models(kind) for text in document.texts(kind, model)
                ]
            yield from self.texts[kind]

    def flags(self) -> Iterator[tuple[Document, Place, RedFlag | Pattern]]:
        """Every red flag and pattern, and where it stands."""
        for kind in ("general", "areas"):
            for document, page in self.models(kind):
                yield from ((document, place, flag) for place, flag in flags_of(page))

    def areas(self) -> Iterator[Area]:
        return (area for _, area in self.models("areas"))

    @property
    def every_area_read(self) -> bool:
        """Whether none is broken: what a broken one would have said gets the benefit of the doubt."""
        return len(list(self.areas())) == len({name for kind, name in self.declared if kind == "areas"})

    def exercises(self) -> dict[str, Exercise]:
        """By their ids."""
        return {exercise.id: exercise for _, _, exercise in self.entries("exercises")}

    def library(self, language: str, version: str) -> Library:
        """The finished library; only where there is no problem."""
        return Library(
            language=language,
            version=version,
            general=self._single("general"),
            search=self._single("search"),
            context=self._single("context"),
            triage=self._single("triage"),
            running=self._single("running"),
            everyday={page.id: page for page in self._single("everyday").everyday},
            bystander=self._single("bystander"),
            guidance={entry.disposition: entry for entry in self._single("guidance").guidance},
            alarms=self._single("alarms").alarms,
            concepts=self._single("alarms").concepts,
            areas={area.id: area for area in sorted(self.areas(), key=lambda area: area.name)},
            exercises=self.exercises(),
            figures={figure.id: figure for _, _, figure in self.entries("figures")},
            tips={file.area: file.tips for _, file in self.models("tips")},
            routines={routine.id: routine for _, _, routine in self.entries("routines")},
            sources={source.id: source for source in self._single("sources").sources},
            classifier=next((model for _, model in self.models("classifier")), None),
        )

    def _single(self, kind: str) -> Any:
        return next(model for _, model in self.models(kind))


def flags_of(page: General | Area) -> Iterator[tuple[Place, RedFlag | Pattern]]:
    """The red flags and patterns of one page, and where each stands."""
    for part in ("red_flags", "patterns"):
        yield from (((part, at), flag) for at, flag in enumerate(getattr(page, part)))
