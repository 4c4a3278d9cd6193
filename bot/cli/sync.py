"""`limber sync`: tell Discord which commands there are."""

from typing import Annotated

import typer

from bot.app import build
from bot.cli.run import in_event_loop, token_of
from bot.client import LimberBot, log_in
from bot.logs import configure
from bot.settings import read_settings
from bot.ui.tree import Publisher


def sync(force: Annotated[bool, typer.Option(help="Even when nothing has changed.")] = False) -> None:
    """Publish the commands to Discord, if their definition changed; `limber run` does this by itself."""
    settings = read_settings()
    configure(settings)
    token = token_of(settings)
    in_event_loop(_log_in_once(build(settings, publisher=Publisher(settings.data, force=force)), token))
    typer.echo("Discord knows the current commands.")


async def _log_in_once(bot: LimberBot, token: str) -> None:
    async with bot:
        await log_in(bot, token)
