"""What every screen of a check has: where one is, and the way on."""

from discord import ui

from bot.triage.flow import Screen, order
from bot.triage.sessions import Session
from bot.ui.cards.parts import Card, button, row, small
from bot.ui.cards.style import PRIMARY
from bot.ui.catalog import Catalog


def heading(session: Session, number: int, title: str, words: Catalog) -> str:
    """ "Step 2 of 4" above the title; `number` counts from 1."""
    place = words("check-screen", number=number, screens=len(order(session)))
    return f"{small(place)}\n## {title}"


def onward(session: Session, here: Screen, words: Catalog, *, able: bool) -> ui.ActionRow[Card]:
    """*Continue* to the screen after this one; greyed out until everything is answered."""
    screens = order(session)
    following = screens[screens.index(here) + 1]
    button_on = button(words("check-continue"), "check.step", session.id, following.value, style=PRIMARY)
    button_on.disabled = not able
    return row(button_on)
