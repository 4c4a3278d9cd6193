"""What systemd is told of a running bot (sd_notify(3)): that it is there, that its event loop turns, that it stops."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Final

PINGS: Final = 3  # for each time that systemd would wait for one


@contextlib.asynccontextmanager
async def notifying(address: str | None, watchdog: float | None) -> AsyncIterator[None]:
    """From now on it is ready, and pings; at the end it is stopping. Without an address it tells nobody.

    `watchdog`: the seconds within which systemd wants a ping. It comes from the event loop, so a loop that is held
    does not ping, and systemd starts the bot again.
    """
    if address is None:
        yield
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sending:
        sending.settimeout(0)

        def notify(state: str) -> None:
            with contextlib.suppress(OSError):  # a manager that does not listen must not stop the bot
                sending.sendto(state.encode(), address.replace("@", "\0", 1) if address[0] == "@" else address)

        async def ping(every: float) -> None:
            while True:
                notify("WATCHDOG=1")
                await asyncio.sleep(every)

        notify("READY=1")
        pinging = asyncio.create_task(ping(watchdog / PINGS)) if watchdog else None
        try:
            yield
        finally:
            if pinging is not None:
                pinging.cancel()
            notify("STOPPING=1")
