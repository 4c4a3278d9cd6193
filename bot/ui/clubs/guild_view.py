"""Discord's servers as `bot.clubs` sees them: from the cache that the guilds intent fills, without a request."""

from typing import Final

import discord

from bot.clubs.guild import ChannelKind, ChannelView, Permission, RoleView
from bot.ui.cards.parts import typed

#: As discord.py calls them.
FLAGS: Final = {
    Permission.VIEW: "view_channel",
    Permission.SEND: "send_messages",
    Permission.EMBED: "embed_links",
    Permission.ATTACH: "attach_files",
    Permission.HISTORY: "read_message_history",
    Permission.THREADS: "create_public_threads",
    Permission.MENTION: "mention_everyone",
}
NAME: Final = "Limber"


def role_gone(guild: discord.Guild | None, role: int | None) -> bool:
    """Only what Discord has told us: a server that is not there for the moment has its roles still."""
    return role is not None and guild is not None and not guild.unavailable and guild.get_role(role) is None


class DiscordGuild:
    """A `bot.clubs.guild.GuildView`. What the cache cannot say is not known, and never taken for gone."""

    def __init__(self, guild: discord.Guild | None) -> None:
        """None, or one that Discord cannot reach for the moment: nothing is known."""
        self._guild = guild
        self._me: discord.Member | None = None if guild is None else guild.me  # None before the server has arrived

    @property
    def known(self) -> bool:
        return self._guild is not None and not self._guild.unavailable and self._me is not None

    @property
    def bot(self) -> str:
        return NAME if self._me is None else typed(self._me.display_name)

    def channel(self, id: int, /) -> ChannelView | None:  # noqa: A002
        """Threads and categories too: they are there, but no place to post in."""
        channel = None if self._guild is None else self._guild.get_channel_or_thread(id)
        if channel is None or self._me is None:
            return None
        if not isinstance(channel, discord.TextChannel):
            return ChannelView(id, ChannelKind.OTHER, frozenset())
        allowed = _permissions(channel.permissions_for(self._me))
        return ChannelView(id, ChannelKind.TEXT, allowed, _denied(channel, self._me))

    def role(self, id: int, /) -> RoleView | None:  # noqa: A002
        role = None if self._guild is None else self._guild.get_role(id)
        return None if role is None else RoleView(id, role.is_default(), role.mentionable)


def _permissions(permissions: discord.Permissions) -> frozenset[Permission]:
    return frozenset(permission for permission, flag in FLAGS.items() if getattr(permissions, flag))


def _denied(channel: discord.TextChannel, me: discord.Member) -> frozenset[Permission]:
    """Whatever a role of the server allows, this channel says no by itself."""
    whom = {me.id, *(role.id for role in me.roles)}
    mine = [overwrite for target, overwrite in channel.overwrites.items() if target.id in whom]
    return frozenset().union(*(_permissions(overwrite.pair()[1]) for overwrite in mine))
