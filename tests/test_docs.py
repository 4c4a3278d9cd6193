"""The pages people read: what they point to exists, and what exists is in them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from bot.advice.freetext.phrases import Grammar
from bot.advice.freetext.spelling import Folder
from bot.advice.model import FILES, AlarmFile
from bot.cli.commands import app
from bot.settings import CONTENT, Settings, read_settings
from docs import tree

ROOT = CONTENT.parent
PAGES = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")})
GUIDE = "docs/content-guide.md"
FIGURES = "docs/figures.md"
HIDDEN = {".ci", ".gitignore", ".pre-commit-config.yaml"}  # what else begins with a dot is nobody's text

#: What stands between two backticks: a file of ours, and a name of ours.
FILE = re.compile(r"`((?:bot|cogs|tests|benchmarks|docs|content/en)/[\w./-]*)`")
NAME = re.compile(r"`([A-Z]\w+(?:\.\w+)*|\w+_\w+)`")
DEFINED = re.compile(r"(?m)(?:class|def) (\w+)|^ *(\w+)(?:: [^=\n]+)? = |^ +(\w+): ")
LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)|<img[^>]*\ssrc=\"([^\"]+)\"")
SCHEMA_LINE = re.compile(r"# yaml-language-server: \$schema=(?P<path>\S+/(?P<kind>\w+)\.schema\.json)\n")


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", text(page))


def spoken(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"(?ms)^```.*?^```$", "", page.read_text(encoding="utf-8"))


def prose(page: Path) -> str:
    return re.sub(r"`[^`\n]*`", "", spoken(page))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"(?m)^#{1,6} (.+)$", spoken(page))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links() -> list[tuple[Path, str]]:
    found = [(page, link or picture) for page in PAGES for link, picture in LINK.findall(prose(page))]
    return [(page, target) for page, target in found if "://" not in target and not target.startswith("mailto:")]


def body_of(target: str) -> str:
    """The recipe of a make target."""
    found = re.search(rf"(?m)^{target}:.*\n((?:\t.*\n)+)", text("Makefile"))
    assert found, f"the Makefile has no {target}"
    return found[1]


def parts(kind: str) -> Iterator[dict[str, Any]]:
    """The properties of a file's model and of every model inside it."""
    schema = FILES[kind].model_json_schema()
    yield from (part.get("properties", {}) for part in (schema, *schema.get("$defs", {}).values()))


def properties() -> list[tuple[str, dict[str, Any]]]:
    return [item for kind in FILES for part in parts(kind) for item in part.items()]


@pytest.mark.parametrize(("page", "target"), links(), ids=lambda part: name(part) if isinstance(part, Path) else part)
def test_every_link_and_picture_leads_somewhere(page: Path, target: str) -> None:
    file, _, anchor = target.partition("#")
    there = (page.parent / file).resolve() if file else page

    assert there.exists()
    assert there.is_relative_to(ROOT)
    assert not anchor or anchor in anchors(there)


def test_no_page_is_an_orphan() -> None:
    reached = {(page.parent / target.partition("#")[0]).resolve() for page, target in links()}

    assert [name(page) for page in PAGES if page not in reached and page.name != "README.md"] == []


@pytest.mark.parametrize("page", tree.PAGES, ids=name)
def test_what_a_page_lists_of_the_code_is_what_make_docs_writes(page: Path) -> None:
    assert tree.written(page.read_text(encoding="utf-8")) == page.read_text(encoding="utf-8")


def test_every_file_that_a_page_names_is_there() -> None:
    today = [page for page in PAGES if page.parent.name != "adr"]  # a decision names what there was
    named = [(name(page), file) for page in today for file in FILE.findall(spoken(page))]

    assert [(page, file) for page, file in named if not (ROOT / file).exists()] == []


@pytest.mark.parametrize("page", ["architecture", "glossary", "reminders"])
def test_every_name_of_the_code_that_a_page_names_is_there(page: str) -> None:
    files = [file for folder in ("bot", "cogs") for file in (ROOT / folder).rglob("*.py")]
    defined = {part for file in files for found in DEFINED.findall(file.read_text("utf-8")) for part in found}
    defined |= {file.stem for file in files}
    named = [part for whole in NAME.findall(spoken(ROOT / f"docs/{page}.md")) for part in whole.split(".")]

    assert sorted(set(named) - defined) == []


def test_the_glossary_has_at_most_fifty_words_in_order_each_with_its_place() -> None:
    rows = re.findall(r"(?m)^\| ([a-z][^|]*?) \*? ?\| [A-Z][^|]+\. \| (`.+`) \|$", text("docs/glossary.md"))
    lines = re.findall(r"(?m)^\| [a-z]", text("docs/glossary.md"))

    assert len(rows) == len(lines) <= 50
    assert [word for word, _ in rows] == sorted(word for word, _ in rows)


def test_every_make_verb_is_explained() -> None:
    verbs = re.findall(r"(?m)^\.PHONY: (.+)$", text("Makefile"))[0].split()

    assert [verb for verb in verbs if f"`make {verb}" not in text("CONTRIBUTING.md")] == []


def test_pre_commit_runs_the_steps_of_make_check() -> None:
    hooks = yaml.safe_load(text(".pre-commit-config.yaml"))["repos"][0]["hooks"]
    steps = [line.strip().replace("$(BIN)", ".venv/bin") for line in body_of("check").splitlines()]

    assert [hook["entry"] for hook in hooks] == steps


def test_every_command_of_the_terminal_is_explained_with_its_options() -> None:
    rows = re.findall(r"(?m)^\| `limber ([^`]+)` \|(.*)$", text("docs/commands.md"))
    explained = {words: f"{words} {what}" for words, what in rows}
    for command, options in spoken_in_the_terminal():
        about = " ".join(said for words, said in explained.items() if f"{words} ".startswith(f"{command} "))
        assert about, command
        assert [option for option in options if option not in about] == [], command


def spoken_in_the_terminal() -> Iterator[tuple[str, list[str]]]:
    """Every command that is typed after `limber`, and its options."""
    waiting: list[tuple[str, Any]] = [("", get_command(app))]
    while waiting:
        name, command = waiting.pop()
        inner = getattr(command, "commands", {})
        waiting += [(f"{name} {word}".strip(), each) for word, each in inner.items()]
        if not inner:
            yield name, [option.opts[0] for option in command.params if option.opts[0].startswith("--")]


def test_every_command_of_discord_is_explained_with_its_options() -> None:
    described = re.findall(r"(?m)^command-([a-z]+)(?:-([a-z]+))? =", text("content/en/interface.ftl"))
    sections = dict(re.findall(r"(?ms)^### `/(\w+).*?`\n(.*?)(?=^##|\Z)", text("docs/commands.md")))

    assert {command for command, _ in described} == set(sections)
    assert [(c, option) for c, option in described if option and f"| `{option}` |" not in sections[c]] == []
    assert [c for c, _ in described if f"| `/{c}" not in text("README.md")] == []


#: Every setting with a value that is not its default.
SET = {
    "DISCORD_TOKEN": "a.b.c",
    "LIMBER_DATA": "elsewhere",
    "LIMBER_DATABASE_URL": "postgresql://a/limber",
    "LIMBER_CLUSTER": "2/2",
    "LIMBER_DISCORD_API": "http://127.0.0.1:8080",
    "LIMBER_KEYS_URL": "postgresql://a/keys",
    "LIMBER_CONTENT": "elsewhere",
    "LIMBER_LOG": "debug",
    "LIMBER_LOG_FORMAT": "json",
    "LIMBER_SHARD_COUNT": "2",
    "LIMBER_HTTP_HOST": "10.0.0.1",
    "LIMBER_HTTP_PORT": "9000",
    "LIMBER_KEY": "x",
    "LIMBER_KEY_FILE": "elsewhere",
    "LIMBER_DIARY": "false",
    "LIMBER_NOTES": "true",
    "LIMBER_PICTURES": "false",
    "LIMBER_STATS": "false",
    "LIMBER_MINIMUM_AGE": "18",
    "LIMBER_CONTACT": "host@club.example",
    "LIMBER_KEEP_MONTHS": "6",
}
#: What a setting goes together with.
BESIDE = {
    "LIMBER_DATABASE_URL": ["LIMBER_KEYS_URL"],
    "LIMBER_KEYS_URL": ["LIMBER_DATABASE_URL"],
    "LIMBER_CLUSTER": ["LIMBER_DATABASE_URL", "LIMBER_KEYS_URL", "LIMBER_SHARD_COUNT"],
}


def test_what_several_tests_share_stands_in_no_test() -> None:
    shared = re.compile(r"(?m)^\s*(?:from|import) (?:tests(?:\.\w+)* import |tests\.(?:\w+\.)*|\.)test_\w+")
    files = (ROOT / "tests").rglob("*.py")

    assert [file.name for file in files if shared.search(file.read_text(encoding="utf-8"))] == []


def test_every_setting_is_explained() -> None:
    explained = re.findall(r"(?m)^\| `([A-Z_]+)` \|", text("docs/self-hosting.md"))

    assert {variable.removeprefix("LIMBER_").lower() for variable in explained} == set(Settings.model_fields)
    assert sorted(explained) == sorted(SET)


@pytest.mark.parametrize("variable", SET)
def test_a_setting_is_read_under_the_name_that_is_explained(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for other in SET:
        monkeypatch.delenv(other, raising=False)
    field = variable.removeprefix("LIMBER_").lower()
    default = getattr(Settings(), field)
    for name in (variable, *BESIDE.get(variable, [])):
        monkeypatch.setenv(name, SET[name])

    assert getattr(read_settings(), field) != default


def test_every_key_an_author_may_write_is_explained() -> None:
    explained = set(re.findall(r"`(\w+)(?:: [^`]*)?`", text(GUIDE) + text(FIGURES)))

    assert sorted({key for key, _ in properties()} - explained) == []


def test_every_value_an_author_may_choose_is_explained() -> None:
    definitions = [part for kind in FILES for part in FILES[kind].model_json_schema().get("$defs", {}).values()]
    choices = {choice for part in definitions for choice in part.get("enum", [])}
    choices |= {choice for _, rule in properties() for choice in rule.get("enum", [])}

    assert sorted(choice for choice in choices if f"`{choice}`" not in text(GUIDE)) == []


def test_the_lengths_are_those_of_the_models() -> None:
    rows = re.findall(r"(?m)^\| [^|`]+ \| (`[^|]+) \| (\d+) \|$", text(GUIDE))
    explained = {(key, int(most)) for keys, most in rows for key in re.findall(r"`(\w+)`", keys)}
    places = (
        (key, place) for key, rule in properties() for place in (rule, rule.get("items", {}), *rule.get("anyOf", []))
    )

    assert explained == {(key, place["maxLength"]) for key, place in places if "maxLength" in place}


def test_the_counts_are_those_of_the_models() -> None:
    explained = re.findall(r"(?m)^\| [^|`]+ \| `(\w+)` \| (\D[^|]*|\d+ [^|]+) \|$", text(GUIDE))
    counts = ((key, rule.get("minItems", 0), rule.get("maxItems")) for key, rule in properties())

    assert set(explained) == {(key, said) for key, least, most in counts if (said := count(least, most))}


def count(least: int, most: int | None) -> str:
    """How the guide says how many; nothing where any number, or one and more, will do."""
    if most is None:
        return f"{least} or more" if least > 1 else ""
    if least == most:
        return f"exactly {most}"
    return f"{least} to {most}" if least else f"{most} at most"


@pytest.mark.parametrize(
    "example",
    [block for page in (GUIDE, FIGURES) for block in blocks(page, "yaml") if SCHEMA_LINE.match(block)],
    ids=lambda b: SCHEMA_LINE.match(b)["kind"],
)
def test_an_example_of_a_whole_file_is_right(example: str) -> None:
    head = SCHEMA_LINE.match(example)
    assert head
    kind = head["kind"]
    folder = CONTENT / "en" / (kind if (CONTENT / "en" / kind).is_dir() else "")
    model = FILES[kind].model_validate(yaml.safe_load(example))

    assert (folder / head["path"]).resolve() == ROOT / f"docs/schema/{kind}.schema.json"
    if isinstance(model, AlarmFile):
        grammar = Grammar(Folder(None), model.concepts)
        assert all(grammar.line(line) for alarm in model.alarms for line in alarm.match)


def test_there_is_an_example_for_every_kind_of_file_with_entries() -> None:
    shown = {head["kind"] for block in blocks(GUIDE, "yaml") if (head := SCHEMA_LINE.match(block))}

    assert shown >= {"areas", "exercises", "tips", "routines", "sources", "alarms"}


def test_every_decision_is_listed_and_has_its_four_parts() -> None:
    for page in sorted((ROOT / "docs/adr").glob("*.md")):
        said = page.read_text(encoding="utf-8")
        assert f"adr/{page.name}" in text("docs/architecture.md")
        assert said.startswith(f"# {int(page.name[:4])}. ")
        assert all(f"**{part}.**" in said for part in ("Context", "Decision", "Consequences", "Alternatives")), (
            page.name
        )


def test_no_file_names_the_host_of_a_package_registry() -> None:
    hosts = [b"py" + b"pi.org", b"python" + b"hosted.org", b"npm" + b"js.org"]
    tops = [path for path in ROOT.iterdir() if path.name in HIDDEN or path.name[0] != "."]
    files = [
        path for top in tops for path in (top, *top.rglob("*")) if path.is_file() and path.parent.name != "__pycache__"
    ]

    assert [name(path) for path in files if any(host in path.read_bytes() for host in hosts)] == []


def test_the_pages_are_plain() -> None:
    """No long dashes, no emoji, no path of somebody's machine."""
    odd = re.compile("[\u2014\U0001f000-\U0001ffff\u2600-\u27bf]|/home/|/Users/")

    assert [(name(page), found[0]) for page in PAGES if (found := odd.search(page.read_text(encoding="utf-8")))] == []
