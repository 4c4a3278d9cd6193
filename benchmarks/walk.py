"""How far a request travels through the code: five flows, traced while the real bot runs on SimCord.

For each flow: calls into `bot/` and `cogs/` (the demo left out), the files they are in, moves from a call in one file
to a call in another, returns (moves into a file that was left before), and what the database was asked.

- A call is a function or coroutine that is entered, not one that goes on after an `await`. Comprehensions and lambdas
  belong to the function they stand in.
- Moves and returns leave out small helpers that every line of a card or a query passes: `HELPERS`.
- Reads are the times a database is asked for a connection to read from, writes the transactions that SQLite began.
- Each flow is walked twice, and the second time counts: what is made on first use is there then.
- Tasks and threads that a flow starts belong to it. They are told one after the other, in the order they began.
- The check-in is somebody's second, so their key is known. The reminder is the first of a newcomer: their key is read.
- A reminder that is due comes with a look before and a look after it, as there is one every half-minute.

    python -m benchmarks.walk
    python -m benchmarks.walk --show checkin
"""

import argparse
import asyncio
import dis
import logging
import sqlite3
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import structlog

from bot.demo.club import DemoClub, open_club
from bot.settings import CONTENT, Settings
from bot.storage.database import Database
from tests.integration.diary import agreed
from tests.integration.reminding import inbox, said
from tests.support.components import flat, texts
from tests.support.content import shipped

ROOT = CONTENT.parent
MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # six o'clock in London
DUE = timedelta(minutes=90)  # from then until the reminder
A_MOMENT = timedelta(milliseconds=1)
COLUMNS = ("calls", "files", "moves", "returns", "reads", "writes", "statements")

AROUND = ("begin", "commit", "rollback", "pragma", "--")
#: Words, parts of cards, ids of buttons, what is asked of each typed word, queries, instants.
HELPERS = {"catalog.py", "parts.py", "custom_id.py", "alarms.py", "sql.py", "instants.py"}


@dataclass
class Trace:
    """What happens while somebody follows; the profile function of every thread."""

    on: bool = False
    calls: dict[object, list[tuple[str, str]]] = field(default_factory=dict)  # file and function, by task or thread
    reads: int = 0
    statements: list[str] = field(default_factory=list)

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        if self.on and event == "call":
            file, entry = _place(frame.f_code.co_filename, frame.f_code)  # equal code may stand in two files
            if file and frame.f_lasti == entry:
                self.calls.setdefault(_strand(), []).append((file, frame.f_code.co_qualname))

    @contextmanager
    def following(self) -> Iterator[None]:
        """From here to the end of the block, afresh."""
        self.calls, self.reads, self.statements = {}, 0, []
        self.on = True
        try:
            yield
        finally:
            self.on = False

    @property
    def trip(self) -> list[tuple[str, str]]:
        """File and function of each call, one task after the other."""
        return [call for calls in self.calls.values() for call in calls]

    def figures(self) -> tuple[int, ...]:
        """As COLUMNS has them."""
        files = [file for file, _ in self.trip]
        moves = _moves([file for file in files if Path(file).name not in HELPERS])
        begun = sum(text.lower().startswith("begin") for text in self.statements)
        ours = sum(not text.lower().startswith(AROUND) for text in self.statements)
        return (len(files), len(set(files)), *moves, self.reads, begun, ours)


@cache
def _place(name: str, code: CodeType) -> tuple[str, int]:
    """The file, or "" for code that does not count; the instruction at which a call begins."""
    path = Path(name)
    file = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else ""
    counts = file.startswith(("bot/", "cogs/")) and not file.startswith("bot/demo/") and code.co_name[0] != "<"
    return (file, next(i.offset for i in dis.get_instructions(code) if i.opname == "RESUME")) if counts else ("", 0)


def _strand() -> object:
    """The task that runs, or the thread outside of any."""
    try:
        return asyncio.current_task() or threading.get_ident()
    except RuntimeError:
        return threading.get_ident()


def _moves(files: list[str]) -> tuple[int, int]:
    """How often the file changes, and how often to one that was left before."""
    left: set[str] = set()
    returns = 0
    changes = [(before, after) for before, after in pairwise(files) if before != after]
    for before, after in changes:
        left.add(before)
        returns += after in left
    return len(changes), returns


def hook(trace: Trace) -> None:
    """See every call of this and later threads, every statement, and each time a database is read."""
    connect, reading = sqlite3.connect, Database.reading

    def connected(*given: Any, **more: Any) -> sqlite3.Connection:
        connection = connect(*given, **more)
        connection.set_trace_callback(lambda text: trace.statements.append(text) if trace.on else None)
        return connection

    def counted(database: Database) -> Any:
        trace.reads += trace.on
        return reading(database)

    sqlite3.connect = connected  # type: ignore[assignment]
    Database.reading = counted  # type: ignore[method-assign]
    threading.setprofile(trace)
    sys.setprofile(trace)


@asynccontextmanager
async def club() -> AsyncIterator[DemoClub]:
    """A club of its own, on a Monday morning."""
    settings = Settings(log="error")
    async with open_club(settings, locales=shipped(), now=lambda: MONDAY - timedelta(hours=1)) as opened:
        yield opened


async def check_in(trace: Trace) -> AsyncIterator[str]:
    """The second of the day."""
    async with club() as opened:
        ana, channel = await agreed(opened, "ana"), opened.channels["general"]
        await ana.slash(channel, "checkin", area="knee", pain="2")
        with trace.following():
            saved = await ana.slash(channel, "checkin", area="hip", pain="7", during="3")
        assert "7 out of 10" in texts(saved.response.components)
        yield "/checkin in one line"


async def reminder(trace: Trace) -> AsyncIterator[str]:
    """A newcomer's first: nothing was sealed for them before."""
    async with club() as opened:
        ana, channel = await agreed(opened, "ana"), opened.channels["general"]
        await ana.slash(channel, "timezone", place="London")
        await opened.env.advance_time((MONDAY - opened.env.now()).total_seconds())
        with trace.following():
            kept = await ana.slash(channel, "remind add", what="checkin", when="weekdays 7:30", area="hip")
        assert "Weekdays at 07:30" in texts(kept.response.components)
        yield "/remind add in one line"
        with trace.following():
            for step in (DUE, A_MOMENT):
                opened.look()
                await opened.env.advance_time(step.total_seconds())
        came = inbox(ana)[-1]
        yield "a due reminder goes out as a DM"
        with trace.following():
            await ana.user.select(came, ["4"], custom_id=menu(came.components, "4"))
        assert "Logged" in said(inbox(ana)[-1])
        yield "a score pressed in that DM"


async def set_up(trace: Trace) -> AsyncIterator[str]:
    async with club() as opened:
        maya = opened.people["maya"]
        page = await maya.slash(opened.channels["stretching"], "club setup")
        zones = menu(page.response.components, "London (Europe/London)")
        page = await maya.select(page.response, ["Europe/London"], custom_id=zones)
        for label in ("Next", "Preview"):
            page = await maya.click(page.response, label=label)
        with trace.following():
            saved = await maya.click(page.response, label="Save")
        assert "Saved" in texts(saved.response.components)
        yield "Save of /club setup"


FLOWS = {"checkin": check_in, "reminder": reminder, "save": set_up}


def menu(components: list[Any], label: str) -> str:
    """The id of the menu that offers this."""
    parts = flat([one if isinstance(one, dict) else one.to_dict() for one in components])
    return next(part["custom_id"] for part in parts if label in [one["label"] for one in part.get("options", ())])


async def main(shown: str | None) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    hook(trace := Trace())
    print(f"{'':<34}" + "".join(f"{name:>{len(name) + 3}}" for name in COLUMNS))
    for name, flow in FLOWS.items():
        async for _ in flow(trace):
            pass
        async for title in flow(trace):
            cells = zip(trace.figures(), COLUMNS, strict=True)
            print(f"{title:<34}" + "".join(f"{figure:>{len(column) + 3}}" for figure, column in cells))
            if name == shown:
                print("\n".join(f"    {file}: {function}" for file, function in trace.trip))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", choices=FLOWS, help="every call of this flow")
    asyncio.run(main(parser.parse_args().show))
