"""What a process of the fork server begins with: the bot's modules, and the shipped content."""

import bot.cli.serving  # noqa: F401  # loads all there is, but for the demo
from tests.support.content import shipped

LOCALES = shipped()
