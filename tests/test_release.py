"""A release: the version goes forward, the changelog is closed, every part is listed with its checksum."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from bot import __version__
from bot.settings import CONTENT
from deploy.release import CHANGELOG, LOCK, VERSION_FILE, checksums, parts_list, with_release, with_version
from tests.support.locks import locked

ROOT = CONTENT.parent


def test_the_version_goes_forward_and_nowhere_else() -> None:
    text = VERSION_FILE.read_text("utf-8")

    assert '__version__ = "99.0.0"' in with_version(text, "99.0.0")
    for wrong in (__version__, "0.0.1", "1.0", "1.0.0rc1", "v1.0.0"):
        with pytest.raises(ValueError, match=r"version|later"):
            with_version(text, wrong)


def test_what_was_unreleased_stands_under_its_version() -> None:
    before = "# Changelog\n\n## Unreleased\n\n- One.\n\n## 0.1.0, 2026-01-01\n\n- Old.\n"
    after = with_release(before, "1.0.0", date(2026, 11, 29))

    assert "## Unreleased\n\n## 1.0.0, 2026-11-29\n\n- One.\n" in after
    with pytest.raises(ValueError, match="nothing stands"):
        with_release(after, "1.0.1", date(2026, 11, 30))
    assert "## Unreleased\n" in CHANGELOG.read_text("utf-8")


def test_every_part_that_is_locked_is_listed() -> None:
    bill = parts_list(LOCK.read_text("utf-8"), "1.0.0")

    assert {part["name"].lower() for part in bill["components"]} == set(locked("requirements.lock"))
    assert {part["bom-ref"] for part in bill["components"]} == set(bill["dependencies"][0]["dependsOn"])
    assert bill["metadata"]["component"]["version"] == "1.0.0"


def test_checksums_are_of_every_file_but_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.whl").write_bytes(b"wheel")
    (tmp_path / "SHA256SUMS").write_text("old")

    assert checksums(tmp_path) == f"{hashlib.sha256(b'wheel').hexdigest()}  a.whl\n"
