"""The least discord.py bot that answers `/pain`: a constant embed, no work of its own. What Limber is measured against.

It uses discord.py as the library comes: `Client`, `CommandTree`, asyncio's own event loop. It runs in Limber's
environment, where the extras of discord.py[speed] are installed; with `--plain` it does without them.
"""

import os
import sys

if "--plain" in sys.argv:
    for extra in ("orjson", "zstandard", "brotli", "aiodns"):
        sys.modules[extra] = None  # type: ignore[assignment]  # from now on "not installed"

import discord
import yarl
from discord import Embed, Intents, Interaction, app_commands

CARD = Embed(title="Hip and groin pain", description="Rest a little, then build up again. See somebody if it stays.")


def bare_bot() -> discord.Client:
    client = discord.Client(intents=Intents(guilds=True))
    tree = app_commands.CommandTree(client)

    @tree.command(description="Advice for what hurts")
    async def pain(interaction: Interaction, area: str) -> None:  # noqa: ARG001  # it never looks
        await interaction.response.send_message(embed=CARD, ephemeral=True)

    return client


if __name__ == "__main__":
    discord.http.Route.BASE = os.environ["LOOPBACK_API"]
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["LOOPBACK_GATEWAY"])
    bare_bot().run(os.environ["DISCORD_TOKEN"], log_handler=None)
