"""Writes `.env.example` from the settings: every name with its default and what docs/self-hosting.md says of it."""

import re
import textwrap
from pathlib import Path
from typing import Final

from bot.settings import Settings

ROOT: Final = Path(__file__).resolve().parent.parent
FILE: Final = ROOT / ".env.example"
ROW: Final = re.compile(r"(?m)^\| `(?P<name>[A-Z_]+)` \| (?P<default>[^|]+) \| (?P<what>[^|]+) \|$")
HEAD: Final = """\
# The settings of Limber. Copy this file to .env, and take the # from the lines that you change.
# docs/self-hosting.md explains them. What stands here is what holds without a line.
"""


def written() -> str:
    """The whole file. Raises KeyError for a setting that the page does not explain."""
    rows = {row["name"]: row for row in ROW.finditer((ROOT / "docs/self-hosting.md").read_text(encoding="utf-8"))}
    return HEAD + "".join(_setting(rows[name_of(field)]) for field in Settings.model_fields)


def name_of(field: str) -> str:
    """Of the variable in the environment."""
    return field.upper() if field == "discord_token" else f"LIMBER_{field.upper()}"


def _setting(row: re.Match[str]) -> str:
    what = re.sub(r"\[([^]]+)\]\([^)]+\)|\*", r"\1", row["what"])
    comment = textwrap.fill(
        (what[0].upper() + what[1:]).replace("`", ""), 100, initial_indent="# ", subsequent_indent="# "
    )
    default = re.fullmatch(r"`(.+?)`.*", row["default"].strip())
    mark = "" if row["name"] == "DISCORD_TOKEN" else "#"
    return f"\n{comment}\n{mark}{row['name']}={default[1] if default else ''}\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
