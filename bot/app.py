"""The composition root: the one file that knows everyone."""

from random import Random, SystemRandom
from time import monotonic

from bot.advice.tips import TipPicker
from bot.client import LimberBot
from bot.settings import Settings
from bot.triage.sessions import Sessions
from bot.ui.editions import Editions
from bot.ui.publish import Publisher
from bot.ui.router import Router
from cogs.about import About
from cogs.pain import Pain
from cogs.tips import Tips
from cogs.triage import Triage


def build(
    settings: Settings,
    *,
    editions: Editions | None = None,
    publisher: Publisher | None = None,
    random: Random | None = None,
) -> LimberBot:
    """A bot, ready to be started; nothing is shared between two of them but what is handed in.

    Raises ContentError when the content cannot be used.
    """
    served = editions or Editions(settings.content)
    router = Router()
    sessions = Sessions(monotonic)
    picker = TipPicker(random or SystemRandom())
    return LimberBot(
        editions=served,
        router=router,
        publisher=publisher or Publisher(settings.data),
        cogs=lambda: (
            Pain(served, router),
            Triage(served, router, sessions),
            Tips(served, router, picker),
            About(served, router),
        ),
        shard_count=settings.shard_count,
    )
