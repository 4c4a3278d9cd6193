"""The content that the commands of the terminal read."""

import typer

from bot.settings import read_settings
from bot.ui.locales import Locales


def editions_for(context: typer.Context) -> Locales:
    """What `main` was given, or else the content of this host. Raises ContentError, StartError."""
    return context.obj or Locales(read_settings().content)
