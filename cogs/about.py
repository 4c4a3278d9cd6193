"""The commands that say what the bot does, and how far to trust it."""

from discord import app_commands
from discord.ext import commands

from bot.ui.request import Request, on_request
from bot.ui.router import press


class About(commands.Cog):
    """Help, and the way back in from a button that is out of date."""

    @app_commands.command()
    @on_request()
    @press("help.show")
    async def help(self, request: Request) -> None:
        await request.show(request.content.card_index.card("help"))

    @app_commands.command()
    @on_request()
    async def about(self, request: Request) -> None:
        await request.show(request.content.card_index.card("about"))
