"""What could be read of a content folder, on its way to becoming a Library."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.advice.document import Document
from bot.advice.library import Library
from bot.advice.model import Area, Model

LISTS = (
    "exercises",
    "figures",
    "routines",
    "sources",
    "alarms",
    "everyday",
)  # kinds whose files hold a list, under that name


@dataclass(slots=True)
class RawLibrary:
    """The files that fit their models, and enough about the others not to blame them twice."""

    folder: Path
    files: dict[str, tuple[str, Document, Model]] = field(default_factory=dict)  # by path in the folder
    unreadable: set[str] = field(default_factory=set)  # kinds with a file that is no YAML at all
    screened: set[str] = field(default_factory=set)  # areas that ask first, broken ones included
    illegible: set[str] = field(default_factory=set)  # areas of which nothing is known
    declared: set[tuple[str, str]] = field(default_factory=set)  # (kind, id), broken files included

    def add(self, kind: str, document: Document, model: Model) -> None:
        """Take in a file that fits its model."""
        self.files[document.file.relative_to(self.folder).as_posix()] = (kind, document, model)

    def declare(self, kind: str, document: Document) -> None:
        """Note the ids a file speaks for, so that one broken entry does not break every reference to it."""
        entries: Any = document.data.get(kind, []) if kind in LISTS else [document.data]
        self.declared |= {(kind, str(entry.get("id"))) for entry in entries or [] if isinstance(entry, dict)}
        if kind in LISTS and kind not in document.data:
            self.unreadable.add(kind)  # its list stands under another key: nobody knows what is in it
        if kind == "areas":
            self.declared.add((kind, document.file.stem))
            if document.data.get("screen_first"):
                self.screened.add(document.file.stem)

    def document(self, name: str) -> Document:
        """By its path in the folder. Raises KeyError."""
        return self.files[name][1]

    def models(self, kind: str) -> Iterator[tuple[Document, Any]]:
        """Every file of one kind."""
        return ((document, model) for of_kind, document, model in self.files.values() if of_kind == kind)

    def areas(self) -> Iterator[Area]:
        return (area for _, area in self.models("areas"))

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
            exercises={e.id: e for _, file in self.models("exercises") for e in file.exercises},
            figures={f.id: f for _, file in self.models("figures") for f in file.figures},
            tips={file.area: file.tips for _, file in self.models("tips")},
            routines={r.id: r for _, file in self.models("routines") for r in file.routines},
            sources={source.id: source for source in self._single("sources").sources},
        )

    def _single(self, kind: str) -> Any:
        return next(model for _, model in self.models(kind))
