"""What a host installs: pinned, hashed, tested in the same versions, and nothing that the running bot does not need."""

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from bot.cli import INTERRUPTED, main
from tests.support.locks import ROOT, locked, plain

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MOST = 45  # packages
ELSEWHERE = ("win32", "python_full_version >= '3.13'")  # markers of what Linux with Python 3.11 does not install


@pytest.mark.parametrize("file", ["requirements.lock", "requirements-postgres.lock", "requirements-dev.lock"])
def test_a_lock_file_holds_versions_and_hashes_and_no_addresses(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")

    assert locked(file)
    assert "://" not in text
    assert "--index" not in text


def test_a_host_runs_the_versions_that_are_tested() -> None:
    tested = locked("requirements-dev.lock")

    for file in ("requirements.lock", "requirements-postgres.lock"):
        assert {name: version for name, (version, _) in locked(file).items()} == {
            name: tested[name][0] for name in locked(file)
        }


def test_a_host_on_postgresql_runs_the_same_and_one_package_more() -> None:
    with_it, without = locked("requirements-postgres.lock"), locked("requirements.lock")

    assert with_it == {**without, "asyncpg": locked("requirements-dev.lock")["asyncpg"]}


def test_a_host_installs_few_packages() -> None:
    installed = [name for name, (_, marker) in locked("requirements.lock").items() if marker not in ELSEWHERE]

    assert len(installed) + len(["limber"]) <= MOST


def test_what_the_project_asks_for_is_locked() -> None:
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["metrics"]]
    names = {plain(re.split(r"[\[>=<;~ ]", line)[0]) for line in wanted}

    assert names <= set(locked("requirements.lock"))


@pytest.mark.parametrize(
    ("command", "says"),
    [(["run"], "There is no token"), (["say", "/pain hip"], "pip install 'limber[demo]'")],
    ids=["run", "say"],
)
def test_the_bot_starts_with_nothing_but_what_is_locked(tmp_path: Path, command: list[str], says: str) -> None:
    kept = {*locked("requirements.lock"), "limber", "fluent-runtime"}  # the last shares its folder with fluent.syntax
    away = [module for module, names in packages_distributions().items() if kept.isdisjoint(map(plain, names))]
    code = f"import sys; sys.modules.update(dict.fromkeys({away!r})); from bot.cli import main; main({command!r})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "simcord" in away
    assert says in done.stderr, done.stderr


def test_a_bot_that_runs_carries_no_parser_of_commands() -> None:
    code = "import sys, bot.__main__; print(sorted({'typer', 'bot.cli.hosting', 'bot.cli.content'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_ctrl_c_while_it_starts_ends_it_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.cli.start", interrupted)
    with pytest.raises(SystemExit) as ended:
        main(["run"])

    assert ended.value.code == INTERRUPTED
