"""Sharing general advice with a channel, and saying so where Discord keeps it private."""

from discord import Interaction

from bot.ui.cards import notices
from bot.ui.cards.parts import Card
from bot.ui.catalog import Catalog
from bot.ui.replies import show


async def share(interaction: Interaction, card: Card, words: Catalog) -> None:
    """Answer publicly with a card of general advice.

    In a chat with nobody else in it there is nobody to share with. Where Discord turns a public answer into a private
    one (an app that only this person has installed), the person is told.
    """
    if interaction.guild_id is None and interaction.context.dm_channel:
        await show(interaction, notices.sentence(words("share-nobody"), words))
        return
    answer = await interaction.response.send_message(view=card)
    if answer.is_ephemeral():
        await show(interaction, notices.sentence(words("share-kept-private"), words))
