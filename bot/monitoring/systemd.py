"""What systemd is told of a running bot (sd_notify(3)): that it is there, that its event loop turns, that it stops."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Final, Protocol

PINGS: Final = 3  # for each time that systemd would wait for one


class Notify(Protocol):
    """Tells the service manager."""

    def __call__(self, state: str, /) -> None: ...


@contextlib.asynccontextmanager
async def notifying(address: str | None, watchdog: float | None) -> AsyncIterator[Notify]:
    """From now on it is ready, and pings; at the end it is stopping. Without an address it tells nobody.

    `watchdog`: the seconds within which systemd wants a ping. It comes from the event loop, so a loop that is held
    does not ping, and systemd starts the bot again.
    """
    if address is None:
        yield _nobody
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sending:
        sending.settimeout(0)

        def notify(state: str, /) -> None:
            with contextlib.suppress(OSError):  # a manager that does not listen must not stop the bot
                sending.sendto(state.encode(), address.replace("@", "\0", 1) if address[0] == "@" else address)

        notify("READY=1")
        pinging = asyncio.create_task(_ping(notify, watchdog)) if watchdog else None
        try:
            yield notify
        finally:
            if pinging is not None:
                pinging.cancel()
            notify("STOPPING=1")


async def _ping(notify: Notify, watchdog: float) -> None:
    while True:
        notify("WATCHDOG=1")
        await asyncio.sleep(watchdog / PINGS)


def _nobody(_state: str, /) -> None:
    """There is no service manager."""
