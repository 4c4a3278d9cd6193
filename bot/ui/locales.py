"""The locales: content, words and cards of each language, replaced as a whole when files change."""

from dataclasses import dataclass
from pathlib import Path

from discord import Locale

from bot.advice.freetext.alarms import Alarms
from bot.advice.freetext.bystander import Bystanders
from bot.advice.freetext.search import Search
from bot.advice.library import Library
from bot.advice.problem import ContentError, Problem
from bot.collector import collector_paused
from bot.ui.card_index import CardIndex
from bot.ui.catalog import Catalog
from bot.ui.compiled import read_compiled
from bot.ui.limits import BASE_LANGUAGE


@dataclass(frozen=True, slots=True)
class LocalizedContent:
    """One language, ready to serve."""

    library: Library
    words: Catalog
    search: Search
    alarms: Alarms
    bystanders: Bystanders
    card_index: CardIndex


class Locales:
    """Every language that is served. Reading it again keeps the last good content when the new one is broken."""

    def __init__(self, root: Path) -> None:
        """Raises ContentError when the content cannot be used."""
        self._root = root
        self._seen = _fingerprint(root)
        self._locales = read_all(root)

    def of(self, locale: Locale | str) -> LocalizedContent:
        """For a person's locale ("en-GB"); English where there is no other."""
        language = str(locale).split("-")[0]
        return self._locales.get(language) or self._locales[BASE_LANGUAGE]

    @property
    def base(self) -> LocalizedContent:
        """English: the language commands are declared in."""
        return self._locales[BASE_LANGUAGE]

    @property
    def translated(self) -> bool:
        """Whether there is any language but English."""
        return len(self._locales) > 1

    def refresh(self, *, again: bool = False) -> bool:
        """Read the files again if one of them changed, or if told to; True when new content is served from now on.

        Raises ContentError, once for each change, when the new content is broken; what was served goes on being served.
        """
        now = _fingerprint(self._root)
        if now == self._seen and not again:
            return False
        self._seen = now
        self._locales = read_all(self._root)
        return True


def read_all(root: Path) -> dict[str, LocalizedContent]:
    """Every language folder under `root`, by language. Raises ContentError with the problems of all of them."""
    locales: dict[str, LocalizedContent] = {}
    problems: list[Problem] = []
    for folder in languages(root):
        try:
            locales[folder.name] = read_one(folder)
        except ContentError as error:
            problems += error.problems
    if not problems and BASE_LANGUAGE not in locales:
        problems.append(Problem(root / BASE_LANGUAGE, 1, "there is no English content here", "name the content folder"))
    if problems:
        raise ContentError(problems)
    return locales


@collector_paused()
def read_one(folder: Path) -> LocalizedContent:
    """One language folder, as it was compiled or, where it differs from that, as it is. Raises ContentError."""
    compiled = read_compiled(folder)
    if compiled is not None:
        return localized(Catalog(folder.name, compiled.messages), compiled.library)
    from bot.ui.compiler import content_of  # noqa: PLC0415  # nobody needs it whose content is compiled

    return content_of(folder)


def localized(words: Catalog, library: Library) -> LocalizedContent:
    """What is served of the advice and the words of one language."""
    alarms = Alarms(library.alarms, library.concepts, library.context, library.search.never, library.classifier)
    bystanders = Bystanders(library.search)
    return LocalizedContent(library, words, Search(library), alarms, bystanders, CardIndex(library, words))


def _fingerprint(root: Path) -> tuple[tuple[str, int, int], ...]:
    files = (file for folder in languages(root) for file in sorted(folder.rglob("*")) if file.is_file())
    return tuple((str(file), stat.st_mtime_ns, stat.st_size) for file in files for stat in [file.stat()])


def languages(root: Path) -> list[Path]:
    """The language folders at, in, or above `root`; empty when there is none."""
    for folder in (root, *root.parents[:2]):
        if (folder / "areas").is_dir():
            return [folder]
    return sorted(folder.parent for folder in root.glob("*/areas") if folder.is_dir()) if root.is_dir() else []
