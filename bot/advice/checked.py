"""Which content was checked and found well, so that a start need not check the same bytes again.

`limber check` notes a digest of a language folder beside it, in `.checked`. It covers every byte of the content and of
the code that checks it: whatever changes, the next start checks all of it again.
"""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import bot
from bot.advice.document import LARGEST

FILE = ".checked"

_CODE = Path(bot.__file__).parent


def is_checked(folder: Path) -> bool:
    """Whether `limber check` found a language folder well as it is now."""
    try:
        return f"{folder.name} {_digest(folder)}" in (folder.parent / FILE).read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return False


def note_checked(folders: Iterable[Path]) -> None:
    """Note that language folders of one content folder are well. Where it may not write, every start checks them."""
    lines = {folder.parent / FILE: "" for folder in folders}
    for folder in folders:
        lines[folder.parent / FILE] += f"{folder.name} {_digest(folder)}\n"
    for file, text in lines.items():
        with suppress(OSError):
            file.write_text(text, encoding="ascii")


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for root, pattern in ((folder, "*"), (folder.parent / "en", "*.ftl"), (_CODE, "*.py")):
        for file in sorted(file for file in root.rglob(pattern) if file.is_file()):
            size = file.stat().st_size
            content = file.read_bytes() if size <= LARGEST else b""  # nobody reads a larger one
            digest.update(f"{file.relative_to(root).as_posix()} {size}\n".encode() + content)
    return digest.hexdigest()
