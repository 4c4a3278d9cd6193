"""Jobs of a running bot must not outlive it."""

import asyncio
from threading import Event, Thread
from typing import cast

import pytest

from bot import maintenance
from bot.ui.locales import Locales


class Stuck:
    """Content on a disk that does not answer."""

    def __init__(self) -> None:
        self.asked, self.let_go = Event(), Event()

    def refresh(self, *, again: bool = False) -> bool:  # noqa: ARG002  # as of Locales
        self.asked.set()
        return self.let_go.wait()


def test_content_that_cannot_be_read_to_its_end_does_not_keep_the_process_from_ending(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(maintenance, "RELOAD_INTERVAL", 0)
    content = Stuck()

    async def serve() -> None:
        watching = asyncio.create_task(maintenance.watch_content(cast("Locales", content)))
        await asyncio.to_thread(content.asked.wait)
        watching.cancel()

    process = Thread(target=asyncio.run, args=(serve(),), daemon=True)
    process.start()
    process.join(timeout=30)
    assert not process.is_alive()
    content.let_go.set()
