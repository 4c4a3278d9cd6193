"""What a club says under our own words: its contact and emergency wording."""

from discord import ui

from bot.clubs.settings import ClubSettings
from bot.clubs.text_rules import MAX_TEXT_LENGTH
from bot.ui.cards.parts import Block, Card, box, small, typed
from bot.ui.cards.style import PLAIN
from bot.ui.catalog import Catalog


def club_note(settings: ClubSettings, words: Catalog) -> ui.Container[Card] | None:
    """None where a club has said nothing."""
    lines: list[Block] = []
    if settings.emergency:
        lines.append(words("club-says-emergency", text=typed(settings.emergency, most=MAX_TEXT_LENGTH)))
    if settings.contact:
        lines.append(words("club-says-contact", text=typed(settings.contact, most=MAX_TEXT_LENGTH)))
    if not lines:
        return None
    return box(PLAIN, *lines, small(words("club-says-foot")))
