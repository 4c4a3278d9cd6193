"""Joined, thrown out, back again."""

from discord import Guild
from discord.ext import commands

from bot.clubs.service import ClubService
from bot.ui.clubs.guild_watch import GuildWatch


class ClubLife(commands.Cog):
    """What Discord tells about the servers the bot is in. One that cannot be reached has not been left."""

    def __init__(self, bot: commands.AutoShardedBot, clubs: ClubService, watch: GuildWatch) -> None:
        self._bot = bot
        self._clubs = clubs
        self._watch = watch

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Who came and went while nobody was looking; only a process that sees every server can tell."""
        if self._bot.shard_ids is None:
            await self._clubs.reconcile([guild.id for guild in self._bot.guilds])
            await self._watch.look()

    @commands.Cog.listener()
    async def on_guild_join(self, guild: Guild) -> None:
        await self._watch.joined(guild)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: Guild) -> None:
        await self._clubs.left(guild.id)

    @commands.Cog.listener()
    async def on_guild_channel_update(self, before: object, _after: object) -> None:
        """Somebody may have mended what was in a post's way."""
        await self._again(before)

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: object, _after: object) -> None:
        """The same, by a role."""
        await self._again(before)

    async def _again(self, changed: object) -> None:
        guild = getattr(changed, "guild", None)
        if isinstance(guild, Guild):
            await self._watch.look_at(guild)
