"""Makes a release: `make release VERSION=1.0.0` sets the version, closes the changelog, checks, tests, builds, lists.

What to hand out lies in `dist/` afterwards: the wheel, the sources, both lock files of hosts, a list of all parts
(CycloneDX) and their checksums. It commits the version; the tag, and publishing it, are left to whoever releases.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
VERSION_FILE: Final = ROOT / "bot/__init__.py"
CHANGELOG: Final = ROOT / "CHANGELOG.md"
LOCK: Final = ROOT / "requirements.lock"
DIST: Final = ROOT / "dist"
OPEN: Final = "## Unreleased\n"
PINNED: Final = re.compile(r"(?m)^([\w.-]+)==([^\s;]+).*\n((?:    --hash=sha256:[0-9a-f]{64}.*\n?)+)")


def with_version(text: str, version: str) -> str:
    """The text of `bot/__init__.py`. Raises ValueError for what is no version, or no later one."""
    found = re.search(r'__version__ = "(\d+)\.(\d+)\.(\d+)"', text)
    if found is None or re.fullmatch(r"\d+\.\d+\.\d+", version) is None:
        raise ValueError(f"{version} is no version like 1.0.0")
    if tuple(map(int, version.split("."))) <= tuple(map(int, found.groups())):
        raise ValueError(f"{version} is not later than {'.'.join(found.groups())}")
    return text.replace(found[0], f'__version__ = "{version}"')


def with_release(text: str, version: str, day: date) -> str:
    """The changelog, with what was unreleased under its version. Raises ValueError when there is nothing."""
    _, found, after = text.partition(OPEN)
    if not found or not after.partition("\n## ")[0].strip():
        raise ValueError("nothing stands under Unreleased in the changelog")
    return text.replace(OPEN, f"{OPEN}\n## {version}, {day.isoformat()}\n", 1)


def parts_list(lock: str, version: str) -> dict[str, Any]:
    """A software bill of materials, CycloneDX 1.6, of what a host installs."""
    components = [
        {
            "type": "library",
            "name": name,
            "version": pinned,
            "purl": f"pkg:pypi/{name.lower()}@{pinned}",
            "bom-ref": f"{name.lower()}@{pinned}",
        }
        for name, pinned, _ in PINNED.findall(lock)
    ]
    limber = {"type": "application", "name": "limber", "version": version, "bom-ref": f"limber@{version}"}
    limber |= {"licenses": [{"license": {"id": "MIT"}}]}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": limber},
        "components": components,
        "dependencies": [{"ref": limber["bom-ref"], "dependsOn": [part["bom-ref"] for part in components]}],
    }


def checksums(folder: Path) -> str:
    """Of every file, as `sha256sum --check` reads them."""
    files = sorted(file for file in folder.iterdir() if file.name != "SHA256SUMS")
    return "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)


def main() -> None:
    """Ends with one line at the first step that fails; what it had written by then, `git restore .` takes back."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("version")
    version = arguments.parse_args().version
    if subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, check=True, capture_output=True).stdout:
        sys.exit("release: commit or put away what you have changed first")
    try:
        VERSION_FILE.write_text(with_version(VERSION_FILE.read_text("utf-8"), version), encoding="utf-8")
        changed = with_release(CHANGELOG.read_text("utf-8"), version, datetime.now(UTC).date())
        CHANGELOG.write_text(changed, encoding="utf-8")
        for step in (["make", "check"], ["make", "test"]):
            subprocess.run(step, cwd=ROOT, check=True)
        shutil.rmtree(DIST, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "hatchling", "build", "--directory", str(DIST)], cwd=ROOT, check=True)
    except (ValueError, subprocess.CalledProcessError) as error:
        sys.exit(f"release: {error}")
    for lock in (LOCK, LOCK.with_name("requirements-postgres.lock")):
        shutil.copy(lock, DIST)
    bill = json.dumps(parts_list(LOCK.read_text("utf-8"), version), indent=2)
    (DIST / f"limber-{version}.cdx.json").write_text(bill + "\n", encoding="utf-8")
    (DIST / "SHA256SUMS").write_text(checksums(DIST), encoding="utf-8")
    subprocess.run(["git", "commit", "--all", "--quiet", "--message", f"Version {version}"], cwd=ROOT, check=True)
    print(
        f"Version {version} is committed, and in dist/. To publish it: git tag --annotate v{version}, then push both."
    )


if __name__ == "__main__":
    main()
