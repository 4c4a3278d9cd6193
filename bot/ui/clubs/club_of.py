"""Which club something happens in."""

from discord import Interaction


def club_of(interaction: Interaction) -> int | None:
    """The server, if the bot itself is in it; None in a chat, and where somebody brought it along for themselves."""
    guild = interaction.guild_id
    return guild if guild is not None and interaction.client.get_guild(guild) is not None else None
