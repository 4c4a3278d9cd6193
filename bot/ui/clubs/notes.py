"""The notes of clubs: their own words beside ours, and never in their place."""

from bot.clubs.service import ClubService
from bot.ui.cards.notices import club_note
from bot.ui.cards.parts import Card, StackedCard
from bot.ui.limits import COMPONENTS, TEXT, size
from bot.ui.request import Request


class ClubNotes:
    """Puts a club's contact and emergency wording under cards that send people to get help."""

    def __init__(self, clubs: ClubService) -> None:
        self._clubs = clubs

    async def append_to(self, request: Request, card: Card) -> Card:
        """The card as it is, with the club's box under it where there is one and it fits."""
        note = club_note(await self._clubs.cached_settings(request.club), request.words)
        if note is None:
            return card
        both = StackedCard(card, Card(note))
        weight = size(both)
        return both if weight.text <= TEXT and weight.components <= COMPONENTS else card
