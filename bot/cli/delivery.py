"""`limber delivery`: whether reminders are being sent, and the switch for all of them."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

import typer

from bot.clock import WallClock
from bot.delivery.config import DEFAULT
from bot.errors import StartError
from bot.logs import configure
from bot.settings import read_settings
from bot.storage.database import Database
from bot.storage.errors import LIMBER
from bot.storage.lease import DELIVERY, Lease, Leases
from bot.storage.reminders import Backlog, Reminders
from bot.storage.storage import prepare

T = TypeVar("T")

GRACE = DEFAULT.grace // timedelta(minutes=1)
OFF = (
    "Delivery is off: no reminder and no club post is sent. What falls due is kept. It is sent when delivery is on "
    f"again within {GRACE} minutes of its time, and written down as skipped after that."
)

app = typer.Typer(help="Whether reminders are being sent, and the switch for all of them.")


@app.callback(invoke_without_command=True)
def delivery(context: typer.Context) -> None:
    """Whether reminders are being sent, who sends them, and how many are waiting."""
    if context.invoked_subcommand is None:
        now = WallClock().now()
        lease, waiting = _with(lambda database: _standing(database, now))
        typer.echo(f"{OFF} On again: limber delivery on" if lease.halted else "Delivery is on.")
        typer.echo(_on_duty(lease, now))
        typer.echo(_waiting(waiting))


@app.command()
def off() -> None:
    """Stop sending, at once and until it is switched on again. The bot may be running."""
    _halt(halted=True)
    typer.echo(f"{OFF} What was on its way a second ago may still arrive. On again: limber delivery on")


@app.command()
def on() -> None:
    """Send again. The bot may be running."""
    now = WallClock().now()
    _halt(halted=False)
    lease, waiting = _with(lambda database: _standing(database, now))
    typer.echo("Delivery is on. A running bot notices within seconds.")
    if not _is_on_duty(lease, now):
        typer.echo(_on_duty(lease, now))
    typer.echo(_waiting(waiting))


def _halt(*, halted: bool) -> None:
    _with(lambda database: Leases(database).halt(DELIVERY, halted=halted))


async def _standing(database: Database, now: datetime) -> tuple[Lease, Backlog]:
    return await Leases(database).find(DELIVERY), await Reminders(database).backlog(now)


def _is_on_duty(lease: Lease, now: datetime) -> bool:
    return lease.holder is not None and lease.until > now


def _on_duty(lease: Lease, now: datetime) -> str:
    if _is_on_duty(lease, now):
        return f"A bot is on duty until {lease.until:%H:%M:%S} UTC. While it runs it renews that every few seconds."
    if lease.holder is None:
        return "No bot is on duty. The last one was stopped, or there never was one."
    return f"No bot is on duty. The last one was cut off, or is stuck: its time was up at {_said(lease.until)}."


def _waiting(waiting: Backlog) -> str:
    if waiting.since is None:
        return "Nothing is waiting."
    return f"Waiting to be sent: {waiting.count}, the oldest since {_said(waiting.since)}."


def _said(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _with(work: Callable[[Database], Awaitable[T]]) -> T:
    """Do something with the database of this host, and close it again. No key is needed: nothing is opened with it."""
    settings = read_settings()
    configure(settings)
    if not (file := settings.data / LIMBER).exists():
        raise StartError(f"There is no {file}. Set LIMBER_DATA to the data folder of the bot.")

    async def done() -> T:
        prepare(settings.data)
        database = await Database.open(file)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(done())
