"""The locales: content, words and cards of each language, replaced as a whole when files change."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from discord import Locale

from bot.advice.checked import is_checked
from bot.advice.checks.coherence import grave_words_in_a_mild_picture
from bot.advice.freetext.alarms import Alarms
from bot.advice.freetext.bystander import Bystanders
from bot.advice.freetext.search import Search
from bot.advice.library import Library
from bot.advice.loader import Finding, collector_paused, languages, load
from bot.advice.problem import ContentError, Problem
from bot.ui.card_index import CardIndex, misfits
from bot.ui.catalog import FILE, Catalog, CatalogError
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
    """One language folder, checked against Discord's limits too. Raises ContentError."""
    try:
        words = Catalog(folder.name, _catalogues(folder))
    except (ValueError, RecursionError) as error:
        mend = "put the message catalogue back, or mend that line"
        raise ContentError(
            [Problem(folder / FILE, 1, f"the message catalogue cannot be read ({error})", mend)]
        ) from error
    try:
        localized = cache(partial(_localized, words))  # what is checked is what is served
        return localized(load(folder, [partial(_unfit, localized)], checked=is_checked(folder)))
    except CatalogError as error:
        line = _line_of(error.message, folder / FILE)
        raise ContentError([Problem(folder / FILE, line, str(error), "write it as it stands in English")]) from None


def _localized(words: Catalog, library: Library) -> LocalizedContent:
    alarms = Alarms(library.alarms, library.concepts, library.context, library.search.never)
    bystanders = Bystanders(library.search)
    return LocalizedContent(library, words, Search(library), alarms, bystanders, CardIndex(library, words))


def _unfit(localized: Callable[[Library], LocalizedContent], library: Library) -> Iterator[Finding]:
    """What the words make of content: what sounds graver than it is, and cards that Discord would refuse."""
    content = localized(library)
    yield from grave_words_in_a_mild_picture(library, content.alarms)
    yield from misfits(library, content.card_index, content.words)


def _line_of(message: str, file: Path) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((at for at, line in enumerate(lines, start=1) if line.startswith(f"{message} ")), 1)


def _catalogues(folder: Path) -> list[Path]:
    """English below, the language itself on top: what is not translated yet is shown in English."""
    english = folder.parent / BASE_LANGUAGE / FILE
    return [english, folder / FILE] if folder.name != BASE_LANGUAGE and english.exists() else [folder / FILE]


def _fingerprint(root: Path) -> tuple[tuple[str, int, int], ...]:
    files = (file for folder in languages(root) for file in sorted(folder.rglob("*")) if file.is_file())
    return tuple((str(file), stat.st_mtime_ns, stat.st_size) for file in files for stat in [file.stat()])
