"""Every benchmark fits today's code: it can be imported, and so can whatever it asks of the bot."""

import importlib
from pathlib import Path

import pytest

from bot.settings import CONTENT

EXTRA = {"hikari_bot": "hikari"}  # what one needs that nothing else does: the dependency group `bench`
BENCHMARKS = sorted(file.stem for file in (CONTENT.parent / "benchmarks").glob("*.py"))


@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_benchmark_can_be_imported(name: str) -> None:
    if name in EXTRA:
        pytest.importorskip(EXTRA[name])
    module = importlib.import_module(f"benchmarks.{name}")

    assert Path(module.__file__ or "").parent == CONTENT.parent / "benchmarks"
    assert module.__doc__
