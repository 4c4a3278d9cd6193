"""The content the bot ships with, read once for all tests of a process."""

import gc
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.settings import CONTENT
from bot.ui.locales import Locales


@cache
def shipped() -> Locales:
    """Nothing in it changes. Tests get it as a fixture; only what a test is made from asks for it here.

    It stays for good, so the collector need not walk it again and again.
    """
    locales = Locales(CONTENT)
    gc.collect()
    gc.freeze()
    return locales


def parsed(file: Path) -> Any:
    """A YAML file, by the parser in C: the one in Python takes seconds for the larger files of cases."""
    return yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
