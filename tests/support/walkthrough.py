"""A page that is followed step by step: its blocks of code applied to a copy of the tree, its commands run."""

import re
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path

#: A block that begins with the path of a file: a new one in full, or a `diff` of one that is there.
FILE_BLOCK = re.compile(r"(?ms)^```(?P<language>yaml|python|diff)\n# (?P<path>[\w./-]+)\n(?P<body>.*?)^```$")
CONSOLE = re.compile(r"(?ms)^```console\n(.*?)^```$")
COMMAND = re.compile(r"(?m)^\$ (?P<command>.+)\n(?P<output>(?:(?!\$ ).*\n)*)")


def follow(page: Path, tree: Path) -> list[Path]:
    """Do in `tree` what the page says, in its order: write files, and change some; returns all of them."""
    touched = []
    for block in FILE_BLOCK.finditer(page.read_text(encoding="utf-8")):
        file = tree / block["path"]
        if block["language"] == "diff":
            file.write_text(_changed(file.read_text(encoding="utf-8"), block["body"]), encoding="utf-8")
        else:
            assert not file.exists(), f"{page.name} adds {block['path']}, which is there already"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block["body"], encoding="utf-8")
        touched.append(file)
    return touched


def _changed(text: str, diff: str) -> str:
    """`text` after a diff whose parts stand between lines with `@@`; each must fit in exactly one place."""
    for part in re.split(r"(?m)^@@.*\n", diff):
        lines = [line if line.strip() else " \n" for line in part.splitlines(keepends=True)]
        before, after = ("".join(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +"))
        assert text.count(before) == 1, f"this stands in {text.count(before)} places:\n{before}"
        text = text.replace(before, after)
    return text


def commands(page: Path) -> list[tuple[str, str]]:
    """Every command that somebody types on this page, with what it prints."""
    sessions = CONSOLE.findall(page.read_text(encoding="utf-8"))
    return [(typed["command"], typed["output"]) for session in sessions for typed in COMMAND.finditer(session)]


def prints(expected: str, printed: str) -> bool:
    """Whether a command printed what the page says, where `...` stands for anything."""
    return OutputChecker().check_output(expected, printed, ELLIPSIS | NORMALIZE_WHITESPACE)
