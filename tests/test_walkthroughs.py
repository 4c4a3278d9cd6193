"""The pages that lead somebody from step to step: whoever does what they say gets what they promise."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import CONTENT
from bot.ui.locales import Locales
from tests.support.command_line import limber
from tests.support.walkthrough import commands, follow, prints

ROOT = CONTENT.parent
#: What a test of a new command needs of the tree.
TREE = (
    "bot",
    "cogs",
    "content",
    "tests/support",
    "tests/conftest.py",
    "tests/openapi.py",
    "pyproject.toml",
)


def test_an_area_that_is_added_as_the_page_says_is_checked_found_and_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, content = ROOT / "docs/add-an-area.md", tmp_path / "content"
    shutil.copytree(CONTENT, content)
    follow(page, tmp_path)
    monkeypatch.setenv("LIMBER_CONTENT", str(content))
    locales = Locales(content)

    for typed, expected in commands(page):
        _, verb, *arguments = shlex.split(typed)
        where = [str(content)] if verb == "check" else []  # it checks what is in the checkout, if nothing is said
        result = limber(verb, *arguments, *where, locales=locales)
        assert prints(expected, result.stdout), f"{typed}\n{result.stdout}{result.stderr}"


def test_the_case_in_the_guide_comes_to_what_the_guide_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = ROOT / "docs/content-guide.md"
    [case] = re.findall(r"(?ms)^```json\n(.*?)^```$", page.read_text(encoding="utf-8"))
    monkeypatch.setenv("LIMBER_CONTENT", str(CONTENT))
    monkeypatch.chdir(tmp_path)
    Path("case.json").write_text(case, encoding="utf-8")

    [(typed, expected)] = commands(page)
    assert prints(expected, limber(*shlex.split(typed)[1:]).stdout)


def test_a_command_that_is_added_as_the_page_says_answers_and_is_tested(tmp_path: Path) -> None:
    page = ROOT / "docs/add-a-command.md"
    for name in (*TREE, "README.md", "docs/commands.md"):
        copy(name, tmp_path)
    added = [file for file in follow(page, tmp_path) if file.suffix == ".py"]
    [(typed, expected)] = commands(page)
    _, *arguments = shlex.split(typed)  # the Python that is named is the one that runs this

    result = python(tmp_path, *arguments)
    assert prints(expected, result.stdout), result.stdout + result.stderr
    for rules in (["check"], ["format", "--check"]):
        style = python(tmp_path, "-m", "ruff", *rules, *map(str, added))
        assert style.returncode == 0, style.stdout + style.stderr


def copy(name: str, into: Path) -> None:
    """A file or a folder of this tree, at the same place in another."""
    (into / name).parent.mkdir(parents=True, exist_ok=True)
    if (ROOT / name).is_dir():
        shutil.copytree(ROOT / name, into / name)
    else:
        shutil.copy(ROOT / name, into / name)


def python(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What a Python prints that sees `tree` and nothing of this one."""
    environment = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
