"""Nothing comes up unseen while the worker is looking elsewhere."""

from datetime import timedelta
from typing import Any

import pytest

from bot.storage.occurrences import QueueStatus
from tests.unit.delivery.engine import HOUR, SECOND, Engine


async def test_what_comes_up_between_two_looks_is_sent(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was not yet due when the queue was read, and is past when the worker asks how long it may sleep."""
    engine.renew(lease=HOUR)  # whose renewal would wake it too
    reminder = await engine.remind()
    soon = engine.clock.now() + timedelta(milliseconds=500)
    await engine.storage.occurrences.again(reminder.id, "2026-03-02T07:29", soon, HOUR)
    look = engine.storage.occurrences.status

    async def slow_look(*given: Any) -> QueueStatus:
        status = await look(*given)
        engine.clock.run(SECOND)
        return status

    monkeypatch.setattr(engine.storage.occurrences, "status", slow_look)
    engine.worker.start()
    await engine.until(lambda: engine.discord.messages)
