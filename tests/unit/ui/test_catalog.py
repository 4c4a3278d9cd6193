"""The message catalogue: every message the code asks for is there, with its variables, and none is left over."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from discord.app_commands import Command, Group
from discord.ext.commands import Cog
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from bot.advice.disposition import Disposition
from bot.advice.model import Evidence, Grade, RoutineKind, RoutineMoment, TipMoment
from bot.advice.model.tip import Checked
from bot.app import build
from bot.checkins.days import Direction, TrendRule
from bot.checkins.models import NewSign, PainTiming, Side, WeeklyQuestion
from bot.checkins.prompts import Prompt
from bot.clubs.audit_log import AuditAction
from bot.clubs.diagnosis import DiagnosisKind
from bot.errors import UserError
from bot.reminders.content import UNUSED
from bot.reminders.posts import POST_MOMENTS
from bot.schedules import codec, schedule
from bot.schedules.parse import line
from bot.settings import CONTENT, Settings
from bot.storage.occurrences import OccurrenceState
from bot.storage.reminders import Reason
from bot.ui.cards.area import ON_THE_CARD
from bot.ui.cards.club_posts import CLUB_REASONS
from bot.ui.cards.helps import HINTS
from bot.ui.cards.history import RANGES
from bot.ui.cards.notices import COMMANDS
from bot.ui.cards.reminders import PERSONAL, REASONS, message_name
from bot.ui.catalog import Catalog, CatalogError
from bot.ui.compiler import FILE, messages_of

ENGLISH = CONTENT / "en" / FILE
SOURCES = [file for folder in ("bot", "cogs") for file in sorted((CONTENT.parent / folder).rglob("*.py"))]


@cache
def commands() -> list[Command | Group]:
    """Every command and group of commands that the bot has, whichever cog declares it."""
    cogs = (cog for cog in build(Settings()).features.handlers if isinstance(cog, Cog))
    return [command for cog in cogs for command in cog.walk_app_commands()]


def dashed(values) -> set[str]:
    return {str(value).replace("_", "-") for value in values}


#: What stands in the braces of the f-strings that name messages: the code as written, and all it can become.
HOLES = {
    "disposition": dashed(ON_THE_CARD),
    "outcome": dashed(Disposition),
    "cause.evidence": dashed(Evidence),
    "source.grade": dashed(Grade),
    "source.checked.replace('_', '-')": dashed(Checked),
    "tip.moment": dashed(TipMoment),
    "plan.moment.replace('_', '-')": dashed(RoutineMoment),
    "when.replace('_', '-')": dashed(POST_MOMENTS),
    "plan.kind": dashed(RoutineKind) - {"stretch"},
    "name.replace('_', '-')": {"per-day", "per-week", "weeks"},
    "hint": dashed(HINTS),
    "option": dashed(name for names in UNUSED.values() for name in names),
    "screen.value.replace('_', '-')": {"last-run", "today"},
    "command": {command for commands in COMMANDS.values() for command in commands},
    "group": set(COMMANDS),
    "tier": {"urgent", "clinician"},
    "at": {"1", "2", "3", "4"},
    "side": dashed(Side),
    "entry.side": dashed(Side),
    "moment": dashed(TipMoment),
    "reason.replace('_', '-')": {"new-sign", "lasting", "slow", "morning-up"},  # those of a run without a number
    "question": dashed(WeeklyQuestion),
    "level": {"none", "small", "medium", "large"},
    "finding.disposition": dashed(Disposition),
    "timing": dashed(PainTiming),
    "trend.direction": dashed(Direction) - {"too-little"},
    "rule_of_thumb": dashed(TrendRule) - {"too-few-days", "too-short"},
    "days": {str(days) for days in RANGES},
    "number": {str(number) for number in range(1, 13)},
    "day.month": {str(number) for number in range(1, 13)},
    "monday.month": {str(number) for number in range(1, 13)},
    "day": set(map(str, range(7))),
    "called": {"daily", "weekdays", "weekends"},
    "bound": {"from", "until"},
    "field": {"contact", "emergency"},
    "kind": {str(kind) for kind in PERSONAL},
    "item.kind": {str(kind) for kind in PERSONAL},
    "minutes": {"15", "60"},
    "action": {"place", "fix"},
    "occurrence.state": {str(state) for state in OccurrenceState},
    "message_name(reason)": {message_name(reason) for reason in REASONS if reason is not Reason.ZONE},
    "message_name(why)": set(map(message_name, CLUB_REASONS)),
    "diagnosis.kind": set(map(str, DiagnosisKind)),
    "line.action": set(map(str, AuditAction)),
    "became": {"logged", "was-done", "put-off"},
    "rings": {"kept", "weekly-now"},
}

#: The enumerations whose values `Catalog.names` is asked for.
ENUMERATIONS = {kind.__name__: kind for kind in (NewSign, PainTiming, Prompt, Side, TipMoment)}

#: Calls whose message is not written where the call stands: (file, argument), and where it is covered instead.
ELSEWHERE = {
    ("bot/ui/tree.py", "key"): "the captions of commands, see `captions`",
    ("bot/ui/tree.py", "f'{key}-{name}'"): "the captions of their options, see `captions`",
    ("bot/ui/samples.py", "message"): "the sentences of errors and edges, see `SENTENCES`",
    **{
        (file, "error.message"): "the sentence of a UserError, see `sentences`"
        for file in (
            *("bot/ui/error_answers.py", "cogs/club_settings.py", "cogs/club_setup_screens.py"),
            *("cogs/reminder_forms.py", "bot/ui/options.py", "cogs/reminder_saver.py"),
        )
    },
}


@dataclass(frozen=True)
class Use:
    """One place that asks for a message, and the names of the variables it hands over; None where that is not known."""

    message: str
    variables: frozenset[str] | None
    where: str


@cache
def uses() -> list[Use]:
    return [*(use for file in SOURCES for use in in_source(file)), *captions(), *sentences()]


def in_source(file: Path) -> Iterator[Use]:
    """Calls of `words("…")`, `edition.words(f"…")` and the like; not of `bot.advice.freetext.text.words`."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    name = file.relative_to(CONTENT.parent).as_posix()
    if any(isinstance(node, ast.ImportFrom) and node.module == "bot.advice.freetext.text" for node in ast.walk(tree)):
        return
    if name == "bot/advice/freetext/text.py":
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "words" and node.args:
            where = f"{name}:{node.lineno}"
            keywords = [keyword.arg for keyword in node.keywords]
            variables = None if None in keywords else frozenset(filter(None, keywords))
            if (name, ast.unparse(node.args[0])) not in ELSEWHERE:
                yield from (Use(message, variables, where) for message in expand(node.args[0], where, tree))
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("words.names"):
            yield from (Use(message, frozenset(), f"{name}:{node.lineno}") for message in names(node))
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("stores.store"):  # what Expired says of it
            yield from (Use(ast.literal_eval(given), None, f"{name}:{node.lineno}") for given in node.args)


def names(call: ast.Call) -> list[str]:
    """What `words.names(Side, "side")` asks for."""
    kind, prefix = call.args
    return [f"{ast.literal_eval(prefix)}-{value}" for value in sorted(dashed(ENUMERATIONS[ast.unparse(kind)]))]


def assigned(name: str, tree: ast.Module) -> list[str]:
    """Every text a local name is given, for `label, style = ("stop-all", QUIET) if … else …`."""
    givings = (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and any(isinstance(part, ast.Name) and part.id == name for target in node.targets for part in ast.walk(target))
    )
    return [
        part.value
        for value in givings
        for part in ast.walk(value)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


def expand(argument: ast.expr, where: str, tree: ast.Module) -> list[str]:
    """Every message an argument can name."""
    if isinstance(argument, ast.Name) and (given := assigned(argument.id, tree)):
        return given
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return [argument.value]
    if isinstance(argument, ast.IfExp):
        return expand(argument.body, where, tree) + expand(argument.orelse, where, tree)
    assert isinstance(argument, ast.JoinedStr), f"{where}: teach this test what words({ast.unparse(argument)}) can be"
    found = [""]
    for part in argument.values:
        if isinstance(part, ast.Constant):
            found = [text + part.value for text in found]
        else:
            hole = ast.unparse(part.value)
            assert hole in HOLES, f"{where}: teach this test what {{{hole}}} can be"
            found = [text + value for text in found for value in sorted(HOLES[hole])]
    return found


def captions() -> Iterator[Use]:
    """`bot.ui.tree.caption` names a message for every command and each of its options."""
    for command in commands():
        key = f"command-{command.qualified_name.replace(' ', '-')}"
        options = [] if isinstance(command, Group) else command.parameters
        for message in (key, *(f"{key}-{option.name}" for option in options)):
            yield Use(message, frozenset(), "bot/ui/tree.py")


def sentences() -> Iterator[Use]:
    """Every error a person reads names its sentence; those that no command raises yet are imported here."""
    assert all((schedule, codec, line))
    kinds = [UserError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    for kind in kinds[1:]:
        if kind.__module__.split(".")[0] in {"bot", "cogs"} and hasattr(kind, "message"):
            yield Use(kind.message, None, f"{kind.__module__}.{kind.__name__}")


@cache
def catalogue() -> dict[str, frozenset[str]]:
    """Every message of the file, with its variables."""
    messages: dict[str, frozenset[str]] = {}
    for entry in FluentParser().parse(ENGLISH.read_text(encoding="utf-8")).body:
        if isinstance(entry, ftl.Message):
            assert entry.id.name not in messages, f"{entry.id.name} stands twice"
            variables = (node for node in _walk(entry) if isinstance(node, ftl.VariableReference))
            messages[entry.id.name] = frozenset(node.id.name for node in variables)
    return messages


def _walk(node: object) -> Iterator[object]:
    yield node
    if isinstance(node, ftl.BaseNode):
        for value in vars(node).values():
            for child in value if isinstance(value, list) else [value]:
                yield from _walk(child)


def test_the_test_sees_what_it_should():
    assert len(uses()) > 100
    assert {use.message for use in uses()} >= {
        "tip-another",
        "grade-house",
        "routine-finish",
        "page-next",
        "error-no-tip",
    }
    assert catalogue()["dose-hold"] == {"much", "seconds"}
    assert catalogue()["zone-moved"] == {"count"}


def test_every_message_the_code_asks_for_is_in_the_catalogue():
    assert sorted(f"{use.where}: {use.message}" for use in uses() if use.message not in catalogue()) == []


def test_no_message_is_left_over():
    assert sorted(set(catalogue()) - {use.message for use in uses()}) == []


def test_every_message_gets_the_variables_it_needs_and_no_others():
    messages = catalogue()
    wrong = [
        f"{use.where}: {use.message} wants {sorted(messages[use.message])}, gets {sorted(use.variables)}"
        for use in uses()
        if use.variables is not None and use.message in messages and messages[use.message] != use.variables
    ]
    assert wrong == []


def test_the_captions_of_commands_fit_discord(words):
    for use in captions():
        assert 1 <= len(words(use.message)) <= 100, use.message


def test_the_whole_file_is_understood():
    entries = FluentParser().parse(ENGLISH.read_text(encoding="utf-8")).body

    assert [str(entry.content) for entry in entries if isinstance(entry, ftl.Junk)] == []


def test_no_message_holds_a_dash_that_reads_like_a_machine_nor_an_empty_word(words):
    for name, variables in catalogue().items():
        text = words(name, **dict.fromkeys(variables, "x"))
        assert text.strip()
        assert "—" not in text, name


def test_a_message_nobody_wrote_and_a_forgotten_variable_are_bugs(words):
    with pytest.raises(CatalogError, match="no-such-message"):
        words("no-such-message")
    with pytest.raises(CatalogError):
        words("")
    with pytest.raises(CatalogError, match="dose-reps"):
        words("dose-reps")


def test_plurals_follow_the_number(words):
    assert words("zone-moved", count=1).startswith("Your reminder ")
    assert words("zone-moved", count=3).startswith("Your 3 reminders ")
    assert words("report-times", what="running", count=1) == "running (once)"
    assert words("report-times", what="running", count=2) == "running (2 times)"
    assert words("consent-until", months=1) == "Kept until a month after you last used it."


def test_nothing_invisible_is_put_round_a_variable(words):
    assert words("page", number=1, pages=2).isprintable()


def test_a_later_file_stands_on_top_of_an_earlier_one(tmp_path):
    german = tmp_path / FILE
    german.write_text("page-next = Weiter\n", encoding="utf-8")
    words = Catalog("de", messages_of([ENGLISH, german]))

    assert (words("page-next"), words("page-back")) == ("Weiter", "Back")


def test_a_line_that_cannot_be_read_is_named(tmp_path):
    broken = tmp_path / FILE
    broken.write_text("page-next = Weiter\npage back = Zurück\n", encoding="utf-8")

    with pytest.raises(ValueError, match="page back"):
        messages_of([broken])
