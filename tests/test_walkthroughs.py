"""The pages that lead somebody from step to step: whoever does what they say gets what they promise."""

import shlex
import shutil
from pathlib import Path

import pytest

from bot.settings import CONTENT
from bot.ui.locales import Locales
from tests.support.command_line import limber
from tests.support.walkthrough import commands, follow, prints

DOCS = CONTENT.parent / "docs"


def test_an_area_that_is_added_as_the_page_says_is_checked_found_and_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    follow(DOCS / "add-an-area.md", tmp_path)
    monkeypatch.setenv("LIMBER_CONTENT", str(content))
    locales = Locales(content)

    for typed, expected in commands(DOCS / "add-an-area.md"):
        _, verb, *arguments = shlex.split(typed)
        where = [str(content)] if verb == "check" else []  # it checks what is in the checkout, if nothing is said
        result = limber(verb, *arguments, *where, locales=locales)
        assert prints(expected, result.stdout), f"{typed}\n{result.stdout}{result.stderr}"
