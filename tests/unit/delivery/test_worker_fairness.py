"""A big club and everybody else."""

from random import Random

import pytest

from bot.delivery.attempt import LONGEST_RETRY, backoff
from bot.storage.reminders import ReminderKind
from tests.unit.delivery.engine import MINUTE, MORNING, SECOND, Engine

CLUB = 9_000


async def club(engine: Engine, count: int) -> None:
    for number in range(count):
        await engine.remind(f"{number:032}", None, club=CLUB, channel=CLUB + number, kind=ReminderKind.CLUB)


async def test_a_club_with_hundreds_due_does_not_starve_a_person(engine: Engine) -> None:
    engine.renew(at_once=8)
    await club(engine, 400)
    await engine.remind("a", 1)
    await engine.remind("b", 2, at=MORNING)
    await engine.run(MINUTE)
    order = [message.channel for message in engine.discord.messages]
    assert len(order) == 402
    assert max(order.index(71), order.index(72)) < 8


async def test_a_person_who_is_due_later_does_not_wait_for_the_whole_club(engine: Engine) -> None:
    """The club has 400 due at once, Ana a minute later, while they are still going out."""
    engine.renew(at_once=8)
    await club(engine, 400)
    await engine.remind("a", 1, at=MORNING + MINUTE)
    engine.discord.always = lambda: engine.clock.run(SECOND / 2)
    await engine.run(MINUTE)
    order = [message.channel for message in engine.discord.messages]
    assert len(order) == 401
    assert order.index(71) < 140  # 120 of the club's are sent in that minute


async def test_a_club_alone_is_served_at_full_pace(engine: Engine) -> None:
    await club(engine, 300)
    await engine.run(MINUTE)
    assert len(engine.discord.messages) == 300


async def test_many_due_at_once_ring_in_several_goes(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.planner.BATCH", 2)
    monkeypatch.setattr("bot.delivery.planner.BATCHES", 2)
    await club(engine, 11)
    await engine.run(MINUTE)
    assert len(engine.discord.messages) == 11


def test_tries_are_spread_and_never_sooner_than_asked_for() -> None:
    chance = Random(1)  # noqa: S311
    waits = [backoff(3, chance).total_seconds() for _ in range(200)]
    assert 4 <= min(waits) < 4.5
    assert 7.5 < max(waits) <= 8
    assert all(backoff(1, chance, 30).total_seconds() >= 30 for _ in range(50))
    assert LONGEST_RETRY / 2 <= backoff(99, chance).total_seconds() <= LONGEST_RETRY
