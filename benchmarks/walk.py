"""How far a request travels through the code: five flows, traced while the real bot runs on SimCord.

For each flow: calls into `bot/` and `cogs/` (the demo left out), the files they are in, moves from a call in one file
to a call in another, returns (moves into a file that was left before), and what the database was asked.

- A call is a function or coroutine that is entered, not one that goes on after an `await`. Comprehensions and lambdas
  belong to the function they stand in. What aiosql makes of a query counts as a call into its .sql file.
- Moves and returns leave out small helpers that every line of a card or a query passes: `HELPERS`.
- Reads and writes are the times `Database` is asked for a connection to read from, and for a transaction. Statements
  are what SQLite was given, but for BEGIN, COMMIT, ROLLBACK and pragmas.
- Tasks and threads that a flow starts belong to it. They are told one after the other, in the order they began.
- The check-in is somebody's second, so their key is known. The reminder is the first of a newcomer: their key is read.
- A reminder that is due comes with a look before and a look after it, as there is one every half-minute.

Commands, labels and what a person reads lead the way, so that it runs on any state of the code in which
`bot.demo.club.open_club`, `bot.settings.Settings` and `bot.storage.database.Database` can be found:

    python benchmarks/walk.py
    python benchmarks/walk.py --root ../another-checkout --json
    python benchmarks/walk.py --show checkin
"""

import argparse
import asyncio
import dis
import importlib
import json
import logging
import os
import re
import sqlite3
import sys
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from functools import wraps
from itertools import pairwise
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import structlog

MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # six o'clock in London
DUE = timedelta(minutes=90)  # from then until the reminder
A_MOMENT = timedelta(milliseconds=1)

#: Words, parts of cards, ids of buttons, what is asked of each typed word, queries, instants: old names and new ones.
HELPERS = {
    "words.py",
    "catalog.py",
    "parts.py",
    "custom_id.py",
    "text.py",
    "alarms.py",
    "sql.py",
    "instant.py",
    "instants.py",
}
TABLE = re.compile(r"\b(?:from|join|into|update(?: or \w+)?)\s+(?!set\b)(\w+)", re.IGNORECASE)
NAMED = re.compile(r"\b(\w+)\s+as\s+(?:not materialized |materialized )?\(", re.IGNORECASE)
UNCOUNTED = ("begin", "commit", "rollback", "pragma", "--")


@dataclass(frozen=True, slots=True)
class Walk:
    """What one flow did, in figures."""

    flow: str
    calls: int
    files: int
    moves: int
    returns: int
    reads: int
    writes: int
    statements: int
    read_from: dict[str, int]  # statements that touch the table
    written_to: dict[str, int]


@dataclass
class Trace:
    """What happens while somebody follows; the profile function of every thread."""

    root: Path
    on: bool = False
    calls: list[tuple[object, str, str]] = field(default_factory=list)  # task or thread, file, function
    reads: int = 0
    writes: int = 0
    statements: list[str] = field(default_factory=list)
    _known: dict[int, tuple[str, int, CodeType]] = field(default_factory=dict)  # by id: equal code may be of two files

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        if not self.on or event != "call":
            return
        file, entry, _ = self._place(frame.f_code)
        if file and frame.f_lasti == entry:
            self.calls.append((_strand(), file, frame.f_code.co_qualname))

    def _place(self, code: CodeType) -> tuple[str, int, CodeType]:
        """The file below the root, or "" for code that does not count; the instruction at which a call begins."""
        if id(code) not in self._known:
            path = Path(code.co_filename)
            ours = path.is_relative_to(self.root) and not code.co_name.startswith("<")
            file = path.relative_to(self.root).as_posix() if ours else ""
            counts = file.startswith(("bot/", "cogs/")) and not file.startswith("bot/demo/")
            self._known[id(code)] = (file if counts else "", _entry(code) if counts else 0, code)
        return self._known[id(code)]

    def statement(self, text: str) -> None:
        """SQLite runs it."""
        if self.on and not text.lower().startswith(UNCOUNTED):
            self.statements.append(text)

    @contextmanager
    def following(self) -> Iterator[None]:
        """From here to the end of the block, afresh."""
        self.calls, self.reads, self.writes, self.statements = [], 0, 0, []
        self.on = True
        try:
            yield
        finally:
            self.on = False

    def walk(self, flow: str) -> Walk:
        files = [file for file, _ in self.trip]
        moves, returns = _moves([file for file in files if Path(file).name not in HELPERS and file.endswith(".py")])
        selects = [text for text in self.statements if text.lower().startswith(("select", "with"))]
        others = [text for text in self.statements if text not in selects]
        tables = (dict(sorted(_tables(texts).items())) for texts in (selects, others))
        counts = (self.reads, self.writes, len(self.statements))
        return Walk(flow, len(files), len(set(files)), moves, returns, *counts, *tables)

    @property
    def trip(self) -> list[tuple[str, str]]:
        """File and function of each call, one task after the other."""
        strands: dict[object, list[tuple[str, str]]] = {}
        for strand, *place in self.calls:
            strands.setdefault(strand, []).append((place[0], place[1]))
        return [call for calls in strands.values() for call in calls]


def _strand() -> object:
    """The task that runs, or the thread outside of any."""
    try:
        return asyncio.current_task() or threading.get_ident()
    except RuntimeError:
        return threading.get_ident()


def _entry(code: CodeType) -> int:
    """Where a function begins; it goes on at other instructions of this name."""
    return next(one.offset for one in dis.get_instructions(code) if one.opname == "RESUME")


def _moves(files: list[str]) -> tuple[int, int]:
    """How often the file changes, and how often to one that was left before."""
    left: set[str] = set()
    moves = returns = 0
    for before, after in pairwise(files):
        if before != after:
            left.add(before)
            moves += 1
            returns += after in left
    return moves, returns


def _tables(statements: list[str]) -> Counter[str]:
    """How many statements touch each table."""
    return Counter(table for text in statements for table in {*TABLE.findall(text)} - {*NAMED.findall(text)})


# What is hooked before the bot is there


def hook(trace: Trace) -> None:
    """See every call of this and later threads, every statement, and each time the database is asked."""
    connect = sqlite3.connect

    def connected(*given: Any, **more: Any) -> sqlite3.Connection:
        connection = connect(*given, **more)
        connection.set_trace_callback(trace.statement)
        return connection

    sqlite3.connect = connected  # type: ignore[assignment]
    database = importlib.import_module("bot.storage.database").Database
    for kind, start in (("reads", "read"), ("writes", "writ")):
        names = [name for name in vars(database) if name.startswith(start)]
        if not names:
            raise SystemExit(f"Database has no method whose name begins with {start}: what are its {kind}?")
        for name in names:
            setattr(database, name, _counted(trace, kind, getattr(database, name)))
    threading.setprofile(trace)
    sys.setprofile(trace)


def _counted(trace: Trace, kind: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def counted(*given: Any, **more: Any) -> Any:
        if trace.on:
            setattr(trace, kind, getattr(trace, kind) + 1)
        return method(*given, **more)

    return counted


# The flows


@asynccontextmanager
async def club() -> AsyncIterator[Any]:
    """A club of its own, on a Monday morning."""
    settings = importlib.import_module("bot.settings").Settings(log="error")
    async with importlib.import_module("bot.demo.club").open_club(
        settings, now=lambda: MONDAY - timedelta(hours=1)
    ) as opened:
        yield opened


async def agreed(opened: Any) -> tuple[Any, Any]:
    """Somebody who has just said yes, and the channel they write in."""
    ana, channel = opened.people["ana"], opened.channels["general"]
    asked = await ana.slash(channel, "checkin")
    await ana.click(asked.response, label=button(asked, "Yes"))
    return ana, channel


async def of_a_check_in(trace: Trace) -> AsyncIterator[Walk]:
    """The second of the day."""
    async with club() as opened:
        ana, channel = await agreed(opened)
        expect(await ana.slash(channel, "checkin", area="knee", pain="2"), "2 out of 10")
        with trace.following():
            saved = await ana.slash(channel, "checkin", area="hip", pain="7", during="3")
        expect(saved, "7 out of 10")
        yield trace.walk("checkin")


async def of_a_reminder(trace: Trace) -> AsyncIterator[Walk]:
    """A newcomer's first: nothing was sealed for them before."""
    async with club() as opened:
        ana, channel = await agreed(opened)
        expect(await ana.slash(channel, "timezone", place="London"), "Europe/London")
        await opened.env.advance_time((MONDAY - opened.env.now()).total_seconds())
        with trace.following():
            kept = await ana.slash(channel, "remind add", what="checkin", when="weekdays 7:30", area="hip")
        expect(kept, "Weekdays at 07:30")
        yield trace.walk("remind-add")

        before = len(inbox(ana))
        with trace.following():
            for step in (DUE, A_MOMENT):
                look(opened)
                await opened.env.advance_time(step.total_seconds())
        assert len(inbox(ana)) == before + 1, "no reminder came"
        yield trace.walk("dm")

        came = inbox(ana)[-1]
        with trace.following():
            await ana.user.select(came, ["4"], custom_id=menu(came.components, "4"))
        assert "Logged" in text(inbox(ana)[-1].components), text(inbox(ana)[-1].components)
        yield trace.walk("score")


async def of_a_set_up(trace: Trace) -> AsyncIterator[Walk]:
    async with club() as opened:
        maya = opened.people["maya"]
        page = await maya.slash(opened.channels["stretching"], "club setup")
        zones = menu(page.response.components, "London (Europe/London)")
        page = await maya.select(page.response, ["Europe/London"], custom_id=zones)
        for label in ("Next", "Preview"):
            page = await maya.click(page.response, label=label)
        with trace.following():
            saved = await maya.click(page.response, label="Save")
        expect(saved, "Saved")
        yield trace.walk("save")


FLOWS = (of_a_check_in, of_a_reminder, of_a_set_up)
TITLES = {
    "checkin": "/checkin in one line",
    "remind-add": "/remind add in one line",
    "dm": "a due reminder goes out as a DM",
    "score": "a score pressed in that DM",
    "save": "Save of /club setup",
}


def look(opened: Any) -> None:
    """What delivers reminders looks at what is due."""
    name = next((name for name in ("look", "nudge", "poll") if hasattr(opened, name)), None)
    if name is None:
        raise SystemExit("The demo's club has no way to look at what is due.")
    getattr(opened, name)()


def inbox(person: Any) -> list[Any]:
    """Every message in somebody's chat with the bot that stays, oldest first."""
    return [one for one in person.user.dm_channel.history(viewer=person.user) if not one.flags.ephemeral]


def parts(components: list[Any]) -> Iterator[dict[str, Any]]:
    """All components, nested ones after their parents."""
    for one in components:
        part = one if isinstance(one, dict) else one.to_dict()
        yield part
        yield from parts(part.get("components", []))


def text(components: list[Any]) -> str:
    return "\n".join(part["content"] for part in parts(components) if "content" in part)


def button(answer: Any, start: str) -> str:
    """The whole label of a button."""
    labels = (part.get("label") or "" for part in parts(answer.response.components))
    return next(label for label in labels if label.startswith(start))


def menu(components: list[Any], label: str) -> str:
    """The id of the menu that offers this."""
    menus = (part for part in parts(components) if any(one["label"] == label for one in part.get("options", ())))
    return str(next(menus)["custom_id"])


def expect(answer: Any, words: str) -> None:
    """A walk that led elsewhere has no figures."""
    said = text(answer.response.components)
    assert words in said, said


# The report


async def measured(trace: Trace, shown: str | None) -> list[Walk]:
    walks = []
    for flow in FLOWS:
        async for walk in flow(trace):
            walks.append(walk)
            if walk.flow == shown:
                print("\n".join(f"{file}: {function}" for file, function in trace.trip) + "\n")
    return walks


def report(walks: list[Walk]) -> None:
    columns = ("calls", "files", "moves", "returns", "reads", "writes", "statements")
    print(f"{'':<34}" + "".join(f"{name:>{len(name) + 3}}" for name in columns))
    for walk in walks:
        cells = (f"{getattr(walk, name):>{len(name) + 3}}" for name in columns)
        print(f"{TITLES[walk.flow]:<34}" + "".join(cells))
    print(f"\n{'':<34}   statements that read, and that write, by table")
    for walk in walks:
        told = (", ".join(f"{name} {count}" for name, count in of.items()) for of in (walk.read_from, walk.written_to))
        print(f"{TITLES[walk.flow]:<34}   {'; '.join(told)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=Path(__file__).parent.parent, help="the checkout to walk through")
    parser.add_argument("--json", action="store_true", help="figures for a program")
    parser.add_argument("--show", choices=TITLES, help="every call of this flow, first")
    given = parser.parse_args()
    root = given.root.resolve()
    sys.path.insert(0, str(root))
    for name in [name for name in os.environ if name.startswith("LIMBER_")]:
        del os.environ[name]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    found = importlib.import_module("bot").__file__
    if not found or not Path(found).resolve().is_relative_to(root):
        raise SystemExit(f"bot comes from elsewhere: {found}")
    trace = Trace(root)
    hook(trace)
    walks = asyncio.run(measured(trace, given.show))
    if given.json:
        print(json.dumps([asdict(walk) for walk in walks], indent=2))
    else:
        report(walks)


if __name__ == "__main__":
    main()
