"""Discord's servers as `bot.clubs` sees them: from the cache that the guilds intent fills, without a request."""

from collections.abc import Callable
from typing import Final

import discord

from bot.clubs.guild import ChannelKind, ChannelView, Permission, RoleView
from bot.ui.cards.parts import escaped
from bot.ui.error_mapping import TROUBLE

NAME: Final = "Limber"


def role_gone(guild: discord.Guild | None, role: int | None) -> bool:
    """Only what Discord has told us: a server that is not there for the moment has its roles still."""
    return role is not None and guild is not None and not guild.unavailable and guild.get_role(role) is None


class GuildLookup:
    """What a post must know of its server: from the cache, or asked of Discord where another process hears of it."""

    def __init__(
        self,
        get_guild: Callable[[int], discord.Guild | None],
        hears: Callable[[int], bool],
        sender: discord.Client,
    ) -> None:
        """`hears`: whether a server is one of those that the cache, which `get_guild` asks, will be told of."""
        self._get_guild = get_guild
        self._hears = hears
        self._sender = sender

    async def role_gone(self, club: int, role: int | None) -> bool:
        """False where Discord does not say."""
        if role is None or self._hears(club):
            return role_gone(self._get_guild(club), role)
        try:
            return role_gone(await self._sender.fetch_guild(club, with_counts=False), role)
        except TROUBLE:
            return False

    async def may_read(self, club: int, channel: int) -> bool | None:
        """Whether the history of a channel is open to us; None where the cache cannot say yet. Raises a TROUBLE."""
        if self._hears(club):
            guild = DiscordGuild(self._get_guild(club))
            view = guild.channel(channel)
            return view is not None and Permission.HISTORY in view.may if guild.known else None
        fetched = await self._sender.fetch_guild(club, with_counts=False)
        place = await fetched.fetch_channel(channel)
        me = await fetched.fetch_member(self._sender.user.id if self._sender.user else 0)
        return place.permissions_for(me).read_message_history


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
        return NAME if self._me is None else escaped(self._me.display_name)

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
    return frozenset(permission for permission in Permission if getattr(permissions, permission))


def _denied(channel: discord.TextChannel, me: discord.Member) -> frozenset[Permission]:
    """Whatever a role of the server allows, this channel says no by itself."""
    whom = {me.id, *(role.id for role in me.roles)}
    mine = [overwrite for target, overwrite in channel.overwrites.items() if target.id in whom]
    return frozenset().union(*(_permissions(overwrite.pair()[1]) for overwrite in mine))
