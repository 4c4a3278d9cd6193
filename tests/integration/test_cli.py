"""The command line, as somebody types it, in any folder; one call of each kind in a process of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from bot.settings import CONTENT
from tests.support import command_line
from tests.support.content import parsed

REPOSITORY = CONTENT.parent
AREAS = ["hip", "knee", "neck", "hamstring", "neck_headache"]
COMMANDS = ["/about", "/help", "/pain", "/stretch", "/tip"]
LONG = 120  # seconds; a hanging process is a failure too
V2_AND_EPHEMERAL = 1 << 15 | 1 << 6

CALLS = {
    **{area: ("say", f"/pain {area}") for area in AREAS},
    "sit bone": ("say", '/pain area:"sit bone ache"'),
    "pizza": ("say", "/pain pizza"),
    "chest pain": ("say", "/pain chest pain"),
    "crisis": ("say", "/pain i want to die"),
    "tip": ("say", "/tip knee moment:before"),
    "too long": ("say", "/stretch minutes:99"),
    "json": ("say", "/pain hip", "--json", "--as", "maya"),
    "press": ("say", "/pain hip", "--press", "All warning signs"),
    "press what": ("say", "/pain hip", "--press", "Lunch"),
    "unknown command": ("say", "/dance"),
    "unknown option": ("say", "/pain place:hip"),
    "nobody": ("say", "/pain hip", "--as", "zoe"),
    "search": ("search", "sit bone ache", "--json"),
    "search nothing": ("search", "pizza", "--json"),
    "search text": ("search", "chest pain and a sore hip"),
    "check": ("check",),
    "check nowhere": ("check", "nowhere"),
}


def environment(**more: str) -> dict[str, str]:
    """Ours, without what a developer may have set for Limber or for Python."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LIMBER_", "PYTHON", "COVERAGE"))}
    return {**kept, "COLUMNS": "200", **more}


def limber(*arguments: str, cwd: Path, python: str = sys.executable, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, "-m", "bot", *arguments],
        cwd=cwd,
        env=environment(XDG_CONFIG_HOME=str(cwd), **more),
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Somebody stands in a folder of their own, with nothing set for Limber."""
    monkeypatch.chdir(tmp_path)
    for key in os.environ.keys() - environment().keys():
        monkeypatch.delenv(key)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def run(here, locales):
    """One of `CALLS`, in an empty folder, which stays empty: nothing is kept where somebody happens to stand."""
    yield lambda name: command_line.limber(*CALLS[name], locales=locales)
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("name", ["hip", "press what", "search", "check nowhere"])
def test_in_a_process_of_its_own_it_says_the_same(run, here, name):
    alone, typed = limber(*CALLS[name], cwd=here, PYTHONPATH=str(REPOSITORY)), run(name)

    assert (alone.returncode, alone.stdout, alone.stderr) == (typed.returncode, typed.stdout, typed.stderr)


def said(result: subprocess.CompletedProcess[str]) -> str:
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


def flat(text: str) -> str:
    """Without the frame and the line breaks of a terminal."""
    return re.sub(r"[┃\s]+", " ", text)


def plain(text: str) -> str:
    """A text of the content as it comes out: on one line."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def areas():
    files = {area: CONTENT / f"en/areas/{area}.yaml" for area in AREAS}
    return {area: parsed(file) for area, file in files.items()}


# --- say --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", AREAS)
def test_pain_prints_the_warning_signs_and_then_the_first_thing_to_do(run, areas, library, name):
    text, area = flat(said(run(name))), areas[name]
    heading, first = text.index(area["title"].upper()), text.index(plain(area["first"]))

    for sign in library.card_signs(library.areas[name]):
        assert heading < text.index("emergency number") < text.index(sign.short) < first
    assert ("[ What helps ]" in text[first:]) is not area.get("screen_first", False)
    assert "[ Check my symptoms ]" in text[first:]


def test_ones_own_words_lead_to_the_hamstring_card(run, areas):
    assert areas["hamstring"]["title"].upper() in flat(said(run("sit bone")))


def test_what_it_does_not_know_it_says_with_the_stop_line_first(run):
    text = flat(said(run("pizza")))

    assert text.index("emergency number") < text.index("PIZZA") < text.index("Choose a place")


def test_emergency_words_are_answered_with_what_to_do_and_with_no_advice(run, areas):
    text = flat(said(run("chest pain")))

    assert "emergency number" in text
    assert "112" in text
    assert [cause["name"] for area in areas.values() for cause in area["causes"] if plain(cause["what"]) in text] == []


def test_a_crisis_is_answered_with_its_contacts_and_nothing_else(run):
    text = said(run("crisis"))

    assert "988" in text
    assert "findahelpline.com" in text
    assert "[" not in text
    assert "112" not in text.replace("116 123", "")


def test_a_tip_is_printed_with_its_stop_rule(run):
    text = flat(said(run("tip")))

    assert "before a run" in text
    assert "Stop if it hurts" in text


def test_json_is_a_message_as_discord_gets_it(run):
    message = json.loads(said(run("json")))

    assert message["flags"] & V2_AND_EPHEMERAL == V2_AND_EPHEMERAL
    assert not message.get("content")
    parts = list(walk(message["components"]))
    assert {part["type"] for part in parts} <= {1, 2, 9, 10, 11, 12, 14, 17}
    assert sum(len(part.get("content", "")) for part in parts) <= 4_000
    assert 1 <= len(parts) <= 40
    for button in [part for part in parts if part["type"] == 2]:
        assert len(button["label"]) <= 80
        assert len(button["custom_id"]) <= 100


def walk(components):
    for component in components:
        yield component
        yield from walk(component.get("components", []))


def test_a_button_can_be_pressed(run):
    assert "[ Next ]" in said(run("press"))


def test_a_button_that_is_not_there_is_answered_with_those_that_are(run):
    refused(run("press what"), 2, "Lunch", "All warning signs", "What helps")


def refused(result, code, *parts):
    assert result.returncode == code, result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    for part in parts:
        assert part in result.stderr


def test_an_unknown_command_is_answered_with_those_there_are(run):
    refused(run("unknown command"), 2, "/dance", *COMMANDS)


def test_an_unknown_option_is_answered_with_those_there_are(run):
    refused(run("unknown option"), 2, "place", "area")


def test_a_number_discord_would_not_take_is_turned_down_with_the_ones_it_would(run):
    refused(run("too long"), 2, "minutes", "15")


def test_an_unknown_person_is_answered_with_those_there_are(run):
    result = run("nobody")

    refused(result, result.returncode, "zoe", "ana", "ben", "maya")
    assert result.returncode in {1, 2}


# --- search and check -------------------------------------------------------------------------------------------------


def test_search_gives_ids_and_scores_best_first(run):
    found = json.loads(said(run("search")))

    assert found[0]["id"] == "hamstring"
    assert all(set(match) == {"id", "score"} and 0 <= match["score"] <= 1 for match in found)
    assert [match["score"] for match in found] == sorted((match["score"] for match in found), reverse=True)


def test_search_gives_an_empty_list_when_it_should_not_guess(run):
    assert json.loads(said(run("search nothing"))) == []


def test_search_in_words_says_first_what_cannot_wait(run):
    text = said(run("search text"))

    assert text.startswith("emergency: ")
    assert "hip" in text


def test_check_is_content_with_the_content(run):
    text = said(run("check"))

    assert text.startswith("en: 14 areas, ")
    assert "No problems" in text


def test_check_of_nothing_says_so(run):
    result = run("check nowhere")

    assert result.returncode == 1
    assert result.stdout.startswith("nowhere:1: ")
    assert result.stderr == ""


def test_check_prints_every_problem_as_file_and_line_and_exits_1(here):
    root = here / "content"
    shutil.copytree(CONTENT, root)
    hip, knee = root / "en/areas/hip.yaml", root / "en/areas/knee.yaml"
    hip.write_text(re.sub(r"(?m)^symptoms:", "symptons:", hip.read_text(encoding="utf-8")), encoding="utf-8")
    knee.write_bytes(b"")
    line = next(at for at, text in enumerate(hip.read_text(encoding="utf-8").splitlines(), 1) if text == "symptons:")

    result = command_line.limber("check", str(root))
    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout.splitlines() == [
        f"content/en/areas/hip.yaml:{line}: `symptons` is not a key we know; did you mean `symptoms`?",
        "content/en/areas/knee.yaml:1: the file is empty; write its content, or delete the file",
    ]


def test_a_problem_outside_the_folder_somebody_stands_in_is_named_in_full(here, monkeypatch):
    root, elsewhere = here / "content", here / "elsewhere"
    shutil.copytree(CONTENT, root)
    (root / "en/areas/knee.yaml").write_bytes(b"")
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)

    assert command_line.limber("check", str(root)).stdout.startswith(f"{root / 'en/areas/knee.yaml'}:1: ")


def test_what_a_problem_says_of_another_file_names_no_folder_of_the_machine(here):
    root = here / "content"
    shutil.copytree(CONTENT, root)
    (root / "en/areas/knee.yaml").write_text((root / "en/areas/hip.yaml").read_text(encoding="utf-8"), encoding="utf-8")

    result = command_line.limber("check", str(root))
    assert "it stands first in areas/hip.yaml:" in result.stdout
    assert str(here) not in result.stdout


def test_a_broken_catalogue_is_named_without_a_folder_of_the_machine(here):
    root = here / "content"
    shutil.copytree(CONTENT, root)
    with (root / "en/interface.ftl").open("a", encoding="utf-8") as catalogue:
        catalogue.write("\nthis is no message\n")

    result = command_line.limber("check", str(root))
    assert result.stdout.startswith(
        "content/en/interface.ftl:1: the message catalogue cannot be read (en/interface.ftl: "
    )
    assert str(here) not in result.stdout


def test_a_bot_with_broken_content_says_where_in_one_line(tmp_path):
    root = tmp_path / "content"
    shutil.copytree(CONTENT, root)
    (root / "en/areas/hip.yaml").write_bytes(b"")
    result = limber("say", "/pain hip", cwd=tmp_path, PYTHONPATH=str(REPOSITORY), LIMBER_CONTENT=str(root))

    refused(result, 1, " content/en/areas/hip.yaml:1: the file is empty", "limber check")


# --- the wheel --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A Python of its own with the wheel in it. The other packages are borrowed from here: there is no network."""
    room = tmp_path_factory.mktemp("wheel")
    source = room / "source"  # not in the checkout, so that nothing is left there
    source.mkdir()
    for name in ("bot", "cogs", "content"):
        shutil.copytree(REPOSITORY / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(REPOSITORY / name, source)
    python = room / "venv/bin/python"
    here = [sys.executable, "-m"]
    done("a wheel", *here, "hatchling", "build", "-t", "wheel", "-d", str(room / "dist"), cwd=source)
    (wheel,) = (room / "dist").glob("*.whl")
    done("a venv", *here, "venv", "--without-pip", str(room / "venv"), cwd=room)
    pip = [*here, "pip", "--quiet", "--disable-pip-version-check", "--python", str(python)]
    done("an installation", *pip, "install", "--no-compile", "--no-deps", "--no-index", str(wheel), cwd=room)
    shutil.rmtree(source)
    # Only the folder itself: its own .pth files, such as the checkout's editable one, are not followed.
    (site_packages(python) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def done(what: str, *command: str, cwd: Path) -> str:
    result = subprocess.run(
        command, cwd=cwd, env=environment(), capture_output=True, text=True, timeout=LONG, check=False
    )
    assert result.returncode == 0, f"{what}: {result.stderr}"
    return result.stdout


def site_packages(python: Path) -> Path:
    return next((python.parents[1] / "lib").glob("python*/site-packages"))


def test_the_wheel_alone_gives_its_own_advice_in_an_empty_folder(installed, tmp_path):
    where = "import bot, cogs, bot.settings; print(bot.__file__, cogs.__file__, bot.settings.CONTENT)"
    for path in done("a look", str(installed), "-c", where, cwd=tmp_path).split():
        assert Path(path).is_relative_to(site_packages(installed)), f"{path} is not the wheel's"
    content = site_packages(installed) / "content"
    ours = {file.relative_to(CONTENT) for file in CONTENT.rglob("*") if file.is_file()}  # with the note of a check
    assert {file.relative_to(content) for file in content.rglob("*") if file.is_file()} == ours
    assert not (site_packages(installed) / "tests").exists()

    hip = content / "en/areas/hip.yaml"  # another title here and nowhere else: so it is not the checkout that speaks
    hip.write_text(
        hip.read_text(encoding="utf-8").replace("title: Hip and groin pain", "title: Hips of the wheel"),
        encoding="utf-8",
    )
    text = flat(done("advice", str(installed.parent / "limber"), "say", "/pain hip", cwd=tmp_path))

    assert text.index("HIPS OF THE WHEEL") < text.index("emergency number") < text.index("What helps")
    assert list(tmp_path.iterdir()) == []
