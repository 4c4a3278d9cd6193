"""How `limber run` starts: its log and its token, then the content, then all the modules of a bot that serves."""

import gc

from bot.collector import collector_paused
from bot.errors import TokenRefused
from bot.logs import configure
from bot.settings import Settings
from bot.ui.locales import Locales


def start(settings: Settings, locales: Locales | None) -> None:
    """Run the bot until a signal ends it; with `locales` it reads no content. Raises StartError, ContentError."""
    configure(settings)
    token = token_of(settings)
    with collector_paused():
        locales = locales or Locales(settings.content)
        from bot.cli.serving import serve  # only now: modules take the room that reading has given back, 2 MB

        gc.freeze()  # content and modules stay for good: the collector need not walk them again and again
    serve(settings, token, locales)


def token_of(settings: Settings) -> str:
    """The bot's token. Raises TokenRefused when there is none."""
    if settings.discord_token is None or not (token := settings.discord_token.get_secret_value().strip()):
        raise TokenRefused(
            "There is no token. Put DISCORD_TOKEN=… into the environment or into a file named .env; "
            "docs/self-hosting.md shows where to get one. To look around without one: limber demo"
        )
    if not (token.isascii() and token.isprintable()):
        raise TokenRefused("DISCORD_TOKEN holds characters that no token has. Copy it again, on one line.")
    return token
