"""Content files that are made to do harm, or are none: each is refused, and nothing waits for them or grows."""

import os
from pathlib import Path

import pytest

from bot.advice.document import DEEPEST, LARGEST, read, text_of
from bot.advice.problem import ContentError
from bot.settings import CONTENT
from bot.ui.compiler import messages_of

LAUGHS = "a0: &a0 [lol, lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))


def problem(file: Path) -> str:
    with pytest.raises(ContentError) as refused:
        read(file)
    return "\n".join(map(str, refused.value.problems))


def written(folder: Path, text: str) -> Path:
    file = folder / "hip.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (LAUGHS, 2),
        ("id: &x hip\ntitle: *x\n", 2),
        ("base: &x\n  a: 1\nhip:\n  <<: *x\n", 4),
        ("words: &x\n  - one\n  - *x\n", 1),
        ("keys:\n  ? &x one\n  : *x\n", 2),
    ],
    ids=["nine levels", "a word", "merged", "holds itself", "a key"],
)
def test_an_alias_is_refused_where_it_stands(tmp_path, text, line):
    file = written(tmp_path, text)
    assert f"{file}:{line}: an alias" in problem(file)


def test_an_anchor_that_nothing_refers_to_does_no_harm(tmp_path):
    assert read(written(tmp_path, "id: &x hip\n")).data == {"id": "hip"}


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 50_000, "- " * 50_000 + "x", "? " * 50_000, "a: " + "[" * 4_000 + "]" * 4_000],
    ids=["lists", "blocks", "dashes", "keys", "just too deep for us"],
)
def test_blocks_in_blocks_without_end_do_not_end_the_process(tmp_path, text):
    assert "hip.yaml:1: this" in problem(written(tmp_path, text))


def pipe(file: Path) -> None:
    os.mkfifo(file)


def endless(file: Path) -> None:
    file.symlink_to("/dev/zero")


def folder(file: Path) -> None:
    file.mkdir()


@pytest.mark.parametrize("make", [pipe, endless, folder])
def test_what_is_no_plain_file_is_refused_unread(tmp_path, make):
    make(tmp_path / "hip.yaml")
    assert "not a plain file" in problem(tmp_path / "hip.yaml")
    with pytest.raises(ContentError, match="not a plain file"):
        messages_of([tmp_path / "hip.yaml"])


def test_a_link_to_a_plain_file_is_one(tmp_path):
    (tmp_path / "linked.yaml").symlink_to(written(tmp_path, "id: hip\n"))
    assert read(tmp_path / "linked.yaml").data == {"id": "hip"}


def test_a_file_without_end_is_refused_unread(tmp_path):
    file = written(tmp_path, "")
    os.truncate(file, 2**40)  # it takes no room
    assert "larger than 1 MB" in problem(file)


def test_bounds_are_far_above_what_ships():
    for file in (file for file in CONTENT.rglob("*") if file.suffix in {".yaml", ".ftl"}):
        text = text_of(file)
        assert file.stat().st_size < LARGEST / 4
        assert max(text.count("[") + text.count("{"), *map(len, text.splitlines())) < DEEPEST / 4
