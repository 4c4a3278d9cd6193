"""`limber`, talking to a Loopback instead of Discord: the same command line, with another gateway.

LIMBER_DISCORD_API and LOOPBACK_GATEWAY say where; LOOPBACK_IDENTIFY, how many seconds clusters leave between two
IDENTIFYs. LOOPBACK_DEFECT breaks the bot on purpose, so that a test can see what becomes of a bug: `cog` fails in the
command itself, `option` while the command's option is being read.
"""

import os
import sys
from typing import Any, NoReturn

import discord
import yarl

from bot.__main__ import main
from bot.ui import options
from bot.ui.card_index import CardIndex


def _defect(*_: Any) -> NoReturn:
    raise RuntimeError("a defect made for a test")


if __name__ == "__main__":
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["LOOPBACK_GATEWAY"])
    if seconds := os.environ.get("LOOPBACK_IDENTIFY"):
        from bot.storage import postgres_identify

        postgres_identify.INTERVAL = float(seconds)
    match os.environ.get("LOOPBACK_DEFECT"):
        case "cog":
            CardIndex.card = _defect
        case "option":
            options.page_from = _defect
    preloaded = sys.modules.get("tests.support.preloaded")  # where the fork server made this process
    main(locales=preloaded.LOCALES if preloaded and "LIMBER_CONTENT" not in os.environ else None)
