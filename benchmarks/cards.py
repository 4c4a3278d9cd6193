"""Does sending cards leave anything behind? 100,000 of them, one after the other, in one process.

The real bot is logged in and connected to a Loopback in the same process; every standing card is sent in turn by
`Request.show` with a real `discord.Interaction`, so everything discord.py does to send a message is in it: building
the payload, the request, reading the message that comes back, and the view store. Only the last step of the wire is
short: the HTTP session is one that gives the answer at once, so that 100,000 take a minute.

Shown are the resident memory of the process and the views discord.py keeps. Both must be flat.
"""

import argparse
import asyncio
import gc
import json
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

import discord
import uvloop
import yarl

from bot.app import build
from bot.client import LimberBot
from bot.logs import configure
from bot.settings import Settings
from bot.ui.request import Request
from tests.network import wire
from tests.network.loopback import TOKEN, Loopback
from tests.network.process import resident_mb

STEP = 20_000


class AnsweredAtOnce:
    """Stands in for the bot's HTTP session: each callback is answered as Discord would, without a socket."""

    def __init__(self) -> None:
        self.sent = 0

    @asynccontextmanager
    async def request(self, _method: str, _url: str, *, data: str, **_: Any) -> AsyncIterator["Response"]:
        self.sent += 1
        body = json.loads(data)
        message = wire.message(str(10**18 + self.sent), body["data"])
        resource = {"type": body["type"], "message": message}
        yield Response(json.dumps({"interaction": {"id": "1", "type": 2}, "resource": resource}))


class Response:
    """As much of an aiohttp response as discord.py looks at."""

    status = 200
    headers = {"content-type": "application/json"}  # noqa: RUF012  # aiohttp's is an instance's too

    def __init__(self, text: str) -> None:
        self._text = text

    async def text(self, encoding: str) -> str:  # noqa: ARG002
        return self._text


def views_kept(bot: LimberBot) -> int:
    """What discord.py's view store holds, by message and by item."""
    store = bot._connection._view_store
    return len(store._synced_message_views) + sum(map(len, store._views.values()))


async def send(bot: LimberBot, cards: int) -> None:
    session, numbers = AnsweredAtOnce(), count(10**18)
    card_index = [card for *_, card in bot.locales.base.card_index.all()]
    print(f"{len(card_index)} different cards\n\n{'sent':>8}{'memory MB':>12}{'views kept':>12}")
    for sent, card in enumerate(islice(cycle(card_index), cards + 1)):
        if sent % STEP == 0:
            gc.collect()
            print(f"{sent:>8}{resident_mb(os.getpid()):>12.1f}{views_kept(bot):>12}", flush=True)
        payload: Any = wire.interaction(
            str(next(numbers)), wire.COMMAND, wire.command("pain", wire.option("area", "hip"))
        )
        interaction: discord.Interaction = discord.Interaction(data=payload, state=bot._connection)
        interaction._session = session  # type: ignore[assignment]
        await Request(interaction, bot.locales, bot.pictures).show(card)


async def main(cards: int) -> None:
    async with Loopback() as loopback:
        discord.http.Route.BASE = loopback.api
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(loopback.gateway)
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(pictures=False, data=Path(folder), log="warning")
            configure(settings)
            bot = build(settings)
            async with bot:
                await bot.login(TOKEN)
                connection = asyncio.create_task(bot.connect())
                await loopback.connected()
                await bot.wait_until_ready()
                await send(bot, cards)
                connection.cancel()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    uvloop.run(main(parser.parse_args().count))
