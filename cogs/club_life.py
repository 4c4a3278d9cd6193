"""The cog that hears of servers: posts that could not go out go on, moderators are told once, a welcome."""

from collections.abc import Callable

import structlog
from discord import Guild, TextChannel
from discord.ext import commands

from bot.clubs.diagnosis import MENDABLE, Severity, mended, refusals
from bot.clubs.service import ClubService
from bot.errors import UserError
from bot.reminders.club_service import ClubReminder
from bot.ui.cards import club_care as cards
from bot.ui.cards.club_posts import club_reason_text
from bot.ui.cards.parts import Card
from bot.ui.clubs.guild_view import DiscordGuild
from bot.ui.error_mapping import TROUBLE
from bot.ui.locales import Locales

log = structlog.get_logger("limber.clubs")


class ClubLife(commands.Cog):
    """What Discord tells about the servers the bot is in. One that cannot be reached has not been left.

    Turns posts on again that can go out now, and says once of the others why not. Asks Discord's cache, not Discord:
    what was refused waits, without a request, until nothing is in its way.
    """

    def __init__(
        self, bot: commands.AutoShardedBot, hears: Callable[[int], bool], locales: Locales, clubs: ClubService
    ) -> None:
        """`hears`: whether a server is one of those whose events reach this process."""
        self._bot = bot
        self._hears = hears
        self._locales = locales
        self._clubs = clubs

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Who came and went while nobody was looking, of the servers that this process hears of."""
        await self._clubs.reconcile([guild.id for guild in self._bot.guilds], self._hears)
        await self.look()

    @commands.Cog.listener()
    async def on_guild_join(self, guild: Guild) -> None:
        await self._joined(guild)

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
            await self._look_at(guild)

    async def look(self) -> None:
        """Once over all clubs with a post that is off: what is mended goes on, what is not is said once."""
        for guild in list(self._bot.guilds):
            await self._look_at(guild)

    async def _look_at(self, guild: Guild) -> None:
        """The same for one club."""
        if guild.unavailable:
            return
        if off := await self._clubs.blocked_posts(guild.id):
            await self._mend(guild, off)

    async def _joined(self, guild: Guild) -> None:
        """One helpful message where it may speak, the first time; or to nobody. Back again, posts go on at once."""
        if await self._clubs.joined(guild.id):
            words = self._locales.of(guild.preferred_locale).words
            await self._say(guild, cards.welcome(words))
        await self._look_at(guild)

    async def _mend(self, guild: Guild, off: list[ClubReminder]) -> None:
        view = DiscordGuild(guild)
        back = mended(view, off)
        for item in back:
            try:
                await self._clubs.resume_post(guild.id, None, item.reminder.id)
            except UserError:
                log.info("a post that was mended was changed or removed meanwhile", reminder=item.reminder.id)
        names = {item.reminder.id for item in back}
        for item in off:
            if item.reminder.id not in names and not item.reminder.told:
                await self._tell(guild, view, item)

    async def _tell(self, guild: Guild, view: DiscordGuild, item: ClubReminder) -> None:
        """Once, in a place that moderators read; where there is none, the doctor says it."""
        if not view.known:
            return
        words, options = self._locales.of(guild.preferred_locale).words, item.options
        refused = refusals(view, item.reminder.channel or 0, options.role, options.thread)
        if refused and refused[0].severity is Severity.STOPS and item.reason in MENDABLE:
            card = cards.trouble(cards.diagnosis_text(refused[0], words), words)
        else:
            sentence = club_reason_text(item.reason, words, item.reminder.zone)
            card = cards.post_off(item.reminder.channel, sentence, words)
        if await self._say(guild, card):
            await self._clubs.mark_reported(item)

    async def _say(self, guild: Guild, card: Card) -> bool:
        channel = place_to_speak(guild)
        if channel is None:
            return False
        try:
            await channel.send(view=card)
        except TROUBLE as error:
            log.info("a club could not be told", kind=type(error).__name__)
            return False
        return True


def place_to_speak(guild: Guild) -> TextChannel | None:
    """Where moderators read first: their own channels, which not everybody sees, before Discord's for notices."""
    hidden = [
        channel for channel in guild.text_channels if not channel.permissions_for(guild.default_role).view_channel
    ]
    first = [guild.public_updates_channel, *hidden, guild.system_channel, *guild.text_channels]
    return next((channel for channel in first if channel is not None and _may_write(channel)), None)


def _may_write(channel: TextChannel) -> bool:
    may = channel.permissions_for(channel.guild.me)
    return may.view_channel and may.send_messages
