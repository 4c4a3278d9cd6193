"""`limber delivery`, as a host types it, on the database of a bot."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from bot.cli.commands import app
from bot.clock import WallClock
from bot.errors import StartError
from bot.schedules.codec import to_stored
from bot.schedules.schedule import DAILY, Schedule
from bot.settings import read_settings
from bot.storage.lease import DELIVERY
from bot.storage.occurrences import Advance
from bot.storage.reminders import Reminder, ReminderKind, ReminderState
from bot.storage.storage import Storage, open_storage
from tests.storage.given import MANY

CLUB = 333333333333333333
T = TypeVar("T")


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LIMBER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LIMBER_KEY_FILE", str(tmp_path / "host.key"))
    monkeypatch.chdir(tmp_path)
    with_storage(lambda storage: storage.leases.find(DELIVERY))
    return tmp_path


def with_storage(work: Callable[[Storage], Awaitable[T]]) -> T:
    async def done() -> T:
        async with await open_storage(read_settings()) as storage:
            return await work(storage)

    return asyncio.run(done())


def halted() -> bool:
    return with_storage(lambda storage: storage.leases.find(DELIVERY)).halted


def limber(*words: str):
    return CliRunner().invoke(app, ["delivery", *words])


def due(at: datetime, name: str = "a") -> Reminder:
    """A club's post that nobody has rung yet."""
    schedule = Schedule(time(18), DAILY, ZoneInfo("Europe/London"))
    return Reminder(
        id=name * 32,
        person=None,
        club=CLUB,
        channel=4,
        kind=ReminderKind.CLUB,
        schedule=to_stored(schedule),
        zone="Europe/London",
        state=ReminderState.ACTIVE,
        next_due=at,
        sealed=None,
        created_at=at,
    )


def test_a_fresh_installation_sends_and_has_nothing_to_send(host: Path) -> None:
    shown = limber()

    assert shown.exit_code == 0
    assert shown.stdout.splitlines() == [
        "Delivery is on.",
        "No bot is on duty. The last one was stopped, or there never was one.",
        "Nothing is waiting.",
    ]


def test_off_holds_until_on_and_both_can_be_said_twice(host: Path) -> None:
    for said in ("off", "off"):
        assert limber(said).stdout.startswith("Delivery is off")
        assert halted()
    shown = limber()
    assert shown.stdout.startswith("Delivery is off")
    assert "limber delivery on" in shown.stdout
    assert "within 30 minutes" in shown.stdout
    for said in ("on", "on"):
        assert limber(said).stdout.startswith("Delivery is on")
        assert not halted()


def test_it_works_beside_a_running_bot_and_says_until_when_that_is_on_duty(host: Path) -> None:
    now = WallClock().now()

    async def club_notes(storage: Storage) -> None:
        await storage.leases.take(DELIVERY, "somebody", now + timedelta(seconds=12), now)
        shown, off = await asyncio.to_thread(limber), await asyncio.to_thread(limber, "off")
        assert f"A bot is on duty until {now + timedelta(seconds=12):%H:%M:%S} UTC." in shown.stdout
        assert off.exit_code == 0
        assert await storage.occurrences.claim(1, now, 10) == []
        assert "No bot" not in (await asyncio.to_thread(limber, "on")).stdout

    with_storage(club_notes)


def test_a_bot_that_was_cut_off_is_not_called_on_duty(host: Path) -> None:
    long_ago = WallClock().now() - timedelta(hours=3)
    with_storage(lambda storage: storage.leases.take(DELIVERY, "somebody", long_ago, long_ago - timedelta(hours=1)))

    assert f"its time was up at {long_ago:%Y-%m-%d %H:%M} UTC" in limber().stdout
    assert "No bot is on duty" in limber("on").stdout


def test_what_waits_is_counted_whether_a_bot_has_seen_it_or_not(host: Path) -> None:
    now = WallClock().now()

    async def written(storage: Storage) -> None:
        for name, minutes in (("a", 10), ("b", 5), ("c", -5)):
            await storage.reminders.add(due(now - timedelta(minutes=minutes), name), MANY)
        fence = await storage.leases.take(DELIVERY, "somebody", now, now)
        rung = Advance(due(now - timedelta(minutes=10), "a"), "2026-03-02T18:00", now + timedelta(days=1))
        await storage.occurrences.materialize(fence, [rung], [], timedelta(minutes=30), now)

    with_storage(written)
    assert (
        f"Waiting to be sent: 2, the oldest since {now - timedelta(minutes=10):%Y-%m-%d %H:%M} UTC." in limber().stdout
    )


def test_it_needs_no_key(host: Path) -> None:
    (host / "host.key").unlink()

    assert limber("off").exit_code == 0


@pytest.mark.parametrize("words", [(), ("off",), ("on",)])
def test_a_wrong_folder_is_said_to_be_one_and_nothing_is_made_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("LIMBER_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    done = limber(*words)

    assert isinstance(done.exception, StartError)
    assert "Set LIMBER_DATA to the data folder of the bot." in str(done.exception)
    assert list(tmp_path.iterdir()) == []
