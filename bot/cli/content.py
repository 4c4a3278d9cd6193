"""The content a command speaks from."""

import typer

from bot.settings import read_settings
from bot.ui.editions import Editions


def editions_for(context: typer.Context) -> Editions:
    """What `main` was given, or else the content of this host. Raises ContentError, StartError."""
    return context.obj or Editions(read_settings().content)
