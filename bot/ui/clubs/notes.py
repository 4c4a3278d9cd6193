"""A club's own words beside ours, and never in their place."""

from discord import Interaction, ui

from bot.clubs.service import ClubService
from bot.clubs.settings import ClubSettings
from bot.clubs.text_rules import LONGEST
from bot.ui.cards.parts import PLAIN, Block, Card, StackedCard, box, small, typed
from bot.ui.catalog import Catalog
from bot.ui.clubs.guild_view import club_of
from bot.ui.limits import COMPONENTS, TEXT, size


class ClubNotes:
    """Puts a club's contact and emergency wording under cards that send people to get help."""

    def __init__(self, clubs: ClubService) -> None:
        self._clubs = clubs

    async def put(self, interaction: Interaction, card: Card, words: Catalog) -> Card:
        """The card as it is, with the club's box under it where there is one and it fits."""
        said = own_words(await self._clubs.cached_settings(club_of(interaction)), words)
        if said is None:
            return card
        both = StackedCard(card, Card(said))
        weight = size(both)
        return both if weight.text <= TEXT and weight.components <= COMPONENTS else card

    async def share_channel(self, interaction: Interaction) -> int | None:
        """The one channel for sharing; None for any."""
        return (await self._clubs.cached_settings(club_of(interaction))).share_channel

    async def tips(self, interaction: Interaction) -> tuple[str, ...]:
        """The club's own, not checked by anybody."""
        return (await self._clubs.cached_settings(club_of(interaction))).tips

    async def contact(self, interaction: Interaction) -> str | None:
        """Whom to turn to in this club."""
        return (await self._clubs.cached_settings(club_of(interaction))).contact


def own_words(settings: ClubSettings, words: Catalog) -> ui.Container[Card] | None:
    """None where a club has said nothing."""
    lines: list[Block] = []
    if settings.emergency:
        lines.append(words("club-says-emergency", text=typed(settings.emergency, most=LONGEST)))
    if settings.contact:
        lines.append(words("club-says-contact", text=typed(settings.contact, most=LONGEST)))
    if not lines:
        return None
    return box(PLAIN, *lines, small(words("club-says-foot")))
