"""`/checkin hip 4` end to end against a bare discord.py bot with aiosqlite that inserts one row, side by side.

The bare bot does what every bot with a diary has to: one insert, one commit, a constant embed. Both have the same
tables, pragmas (WAL, synchronous = full, foreign keys, secure_delete) and rows, on the same real disk; the bare one
keeps plain JSON, Limber seals it, looks back for the rules that ask for a symptom check, and builds its card. Every
runner has checked in once a day for two months before; with `--days 0` there is nothing to look back on.

Each bot is a process of its own on a Loopback of its own. They take turns, a round each; see `benchmarks.contest` for
what is measured.

    python benchmarks/checkin.py --count 1000 --at-once 1 16

Or, without Discord: what the service takes for one of somebody who has so many already, all of the last three years.

    python benchmarks/checkin.py --entries 10 1000 10000
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import aiosqlite

from benchmarks.contest import Contender, measured, report
from bot.checkins.diary import CONSENT_VERSION, OpenDiary
from bot.checkins.draft import Draft
from bot.checkins.models import CheckIn
from bot.checkins.person_diary import Terms
from bot.checkins.service import CheckInService
from bot.clock import WallClock
from bot.expiring import ExpiringStores
from bot.ids import new_id
from bot.settings import Settings
from bot.storage.database import WRITER_PRAGMAS
from bot.storage.storage import open_storage
from tests.network import wire
from tests.network.loopback import Answer, Loopback
from tests.network.process import LIMBER, started

PROGRAM = Path(__file__).resolve()
BARE = "--bare"
TABLES = sorted((PROGRAM.parent.parent / "bot/storage/migrations/limber").glob("*.sql"))
INSERT = "insert into record (id, person_id, kind, at, sealed) values (?, ?, 'checkin', ?, ?)"
PLAIN = '{"id":"%s","at":"2026-03-02T12:00:00Z","area":"%s","pain":%s,"side":null,"moments":[],"new":[],"note":null}'
FIRST_RUNNER = 1_100_000_000_000_000_000
TOGETHER = 100  # entries that are written at once while a diary is filled
TIMES = 200


# What Limber is measured against


def bare_bot(path: Path) -> None:
    """As the libraries come: `Client`, `CommandTree`, asyncio's own event loop, one connection."""
    import discord  # noqa: PLC0415  # only where it is a bot
    import yarl  # noqa: PLC0415
    from discord import app_commands  # noqa: PLC0415

    class Bot(discord.Client):
        async def setup_hook(self) -> None:
            self.database = await aiosqlite.connect(path)
            await prepare(self.database)

    discord.http.Route.BASE = os.environ["LOOPBACK_API"]
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["LOOPBACK_GATEWAY"])
    client = Bot(intents=discord.Intents(guilds=True))
    tree = app_commands.CommandTree(client)

    @tree.command(description="Log how it hurts")
    async def checkin(interaction: discord.Interaction, area: str, pain: str) -> None:
        page, now = new_id(), int(datetime.now(UTC).timestamp() * 1_000_000)
        await client.database.execute(INSERT, (page, interaction.user.id, now, PLAIN % (page, area, pain)))
        await client.database.commit()
        card = discord.Embed(title="Saved", description=f"{area}: {pain} out of 10")
        await interaction.response.send_message(embed=card, ephemeral=True)

    client.run(os.environ["DISCORD_TOKEN"], log_handler=None)


async def prepare(connection: aiosqlite.Connection) -> None:
    for pragma in WRITER_PRAGMAS:
        await connection.execute_fetchall(f"pragma {pragma}")


# The same diary for both


def pasts(people: int, days: int) -> list[tuple[int, list[CheckIn]]]:
    """Every runner with a check-in a day."""
    now = datetime.now(UTC)
    return [
        (
            FIRST_RUNNER + number,
            [
                CheckIn(id=new_id(), at=now - timedelta(days=ago), area="hip", pain=ago % 4)
                for ago in range(1, days + 1)
            ],
        )
        for number in range(people)
    ]


async def fill_limber(settings: Settings, people: int, days: int) -> None:
    async with await open_storage(settings) as storage:
        diary = OpenDiary(storage, WallClock(), Terms())
        for person, past in pasts(people, days):
            await keep(diary, person, past)


async def keep(diary: OpenDiary, person: int, past: Sequence[CheckIn]) -> None:
    await diary.agree(person)
    opened = await diary.of(person)
    for first in range(0, len(past), TOGETHER):
        await asyncio.gather(*map(opened.keep, past[first : first + TOGETHER]))


async def fill_bare(path: Path, people: int, days: int) -> None:
    async with aiosqlite.connect(path) as connection:
        await prepare(connection)
        for table in TABLES:
            await connection.executescript(table.read_text(encoding="utf-8"))
        for person, past in pasts(people, days):
            await connection.execute(
                "insert into person (id, consented_at, consent_version, last_used) values (?, 0, ?, 0)",
                (person, CONSENT_VERSION),
            )
            for entry in past:
                row = (entry.id, person, int(entry.at.timestamp() * 1_000_000), PLAIN % (entry.id, "hip", entry.pain))
                await connection.execute(INSERT, row)
        await connection.commit()


# The measuring


async def grown(counts: Sequence[int]) -> list[tuple[int, float, float]]:
    """A check-in by people with so many: their number, seconds for one, the median, and its processor time."""
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(data=Path(name, "data"), key_file=Path(name, "host.key"))
        async with await open_storage(settings) as storage:
            diary, waiting = OpenDiary(storage, WallClock(), Terms()), ExpiringStores(perf_counter).store("gone")
            service, now = CheckInService(diary, waiting, WallClock(), notes=False), datetime.now(UTC)
            for person, count in enumerate(counts, FIRST_RUNNER):
                at = [now - timedelta(days=3 * 365) * number / count for number in range(1, count + 1)]
                await keep(diary, person, [CheckIn(id=new_id(), at=each, area="hip", pain=3) for each in at])
            found: list[tuple[int, float, float]] = []
            for person, count in enumerate(counts, FIRST_RUNNER):
                await service.take(person, Draft(area="hip", pain="4"))  # makes the summary
                taken, used = [], process_time()
                for _ in range(TIMES):
                    begun = perf_counter()
                    await service.take(person, Draft(area="hip", pain="4"))
                    taken.append(perf_counter() - begun)
                found.append((count, median(taken), (process_time() - used) / TIMES))
    return found


async def check_in(people: int, discord: Loopback, number: int) -> Answer:
    """The runners take turns."""
    given = [wire.option("area", "hip"), wire.option("pain", "4")]
    runner = wire.person(str(FIRST_RUNNER + number % people), "runner")
    member = wire.interaction("0", wire.COMMAND, {})["member"] | {"user": runner}
    answer = await discord.interact(wire.COMMAND, wire.command("checkin", *given), member=member)
    assert "out of 10" in str(answer.data), answer
    assert answer.ephemeral
    return answer


@asynccontextmanager
async def contenders(people: int, days: int) -> AsyncIterator[dict[str, Contender]]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        where = {"LIMBER_DATA": str(folder / "data"), "LIMBER_KEY_FILE": str(folder / "host.key")}
        settings = Settings(data=folder / "data", key_file=folder / "host.key")
        await fill_limber(settings, people, days)
        await fill_bare(folder / "bare.db", people, days)
        bots = {
            "bare": (PROGRAM, (BARE, str(folder / "bare.db")), {}),
            "limber": (LIMBER, ("run",), where),
        }
        found = {}
        for name, (program, arguments, given) in bots.items():
            discord = await stack.enter_async_context(Loopback())
            bot = await stack.enter_async_context(
                started(discord, folder, *arguments, program=program, fresh=True, **given)
            )
            await bot.serving(discord)
            found[name] = Contender(discord, bot, partial(check_in, people), pause=0.005)
        yield found


async def growth(counts: Sequence[int]) -> None:
    for count, seconds, processor in await grown(counts):
        print(f"{count:>6,} entries: a check-in takes {seconds * 1000:.2f} ms, processor {processor * 1000:.2f} ms")


async def main(count: int, warm_up: int, people: int, days: int, levels: list[int]) -> None:
    async with contenders(people, days) as bots:
        for at_once in levels:
            figures = await measured(bots, count, warm_up=warm_up, at_once=at_once)
            each = bots["limber"].asked / people + days
            print(f"{count} check-ins each, {at_once} at once, by runners with up to {each:.0f} of them")
            report(figures)


if __name__ == "__main__":
    if sys.argv[1:2] == [BARE]:
        bare_bot(Path(sys.argv[2]))
    else:
        import uvloop

        parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
        parser.add_argument("--count", type=int, default=1000, help="check-ins for each bot")
        parser.add_argument("--warm-up", type=int, default=100)
        parser.add_argument("--people", type=int, default=50, help="runners who take turns")
        parser.add_argument("--days", type=int, default=60, help="check-ins of each runner before")
        parser.add_argument("--at-once", type=int, nargs="+", default=[1], help="check-ins in flight")
        parser.add_argument("--entries", type=int, nargs="+", help="how large diaries grow")
        chosen = parser.parse_args()
        if chosen.entries:
            uvloop.run(growth(chosen.entries))
            sys.exit()
        uvloop.run(main(chosen.count, chosen.warm_up, chosen.people, chosen.days, chosen.at_once))
