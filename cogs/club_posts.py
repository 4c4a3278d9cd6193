"""A club's schedules: list, pause, resume, remove, test, and what became of them."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

import discord
from discord import Interaction, TextChannel
from discord.app_commands import Choice
from discord.ext import commands

from bot.clock import Clock
from bot.clubs.diagnosis import refusals
from bot.clubs.service import ClubService
from bot.errors import UserError
from bot.localtime import local_day
from bot.reminders.club_service import ClubReminder, ClubReminderService, PostContent
from bot.reminders.post_routine import candidates
from bot.schedules.parse.until import until_from
from bot.ui.cards import club_posts as cards
from bot.ui.cards import post
from bot.ui.cards.club_care import diagnosis_text
from bot.ui.clubs.guild_view import DiscordGuild
from bot.ui.clubs.moderators import Moderators
from bot.ui.locales import Locales
from bot.ui.options import CannotWait, cannot_wait
from bot.ui.replies import chosen, turn
from bot.ui.router import Handler, Router
from cogs.club_setup import PREVIEW, ClubSetup


class ClubSchedules(commands.Cog):
    """Every press asks again whether this person may."""

    def __init__(
        self,
        locales: Locales,
        router: Router,
        moderators: Moderators,
        clubs: ClubService,
        posts: ClubReminderService,
        setup: ClubSetup,
        clock: Clock,
    ) -> None:
        self._locales = locales
        self._moderators = moderators
        self._clubs = clubs
        self._posts = posts
        self._setup = setup
        self._clock = clock
        handlers: dict[str, Handler] = {
            "cplist": self.overview,
            "cppick": self.pick,
            "cpadd": self.add,
            "cpedit": self.edit,
            "cphush": self.hush,
            "cphushall": self.pause_all,
            "cpresume": self.resume,
            "cpresumeall": self.resume_all,
            "cpremove": self.remove_seen,
            "cptest": self.test,
            "cplog": self.log,
        }
        router.add_all(handlers)

    async def overview(self, interaction: Interaction) -> None:
        """All of the club."""
        club = await self._moderators.check(interaction)
        localized = self._locales.of(interaction.locale)
        items = [(item, _name(interaction, item)) for item in await self._clubs.posts(club)]
        await turn(interaction, cards.listing(localized.library, items, self._clock.now(), localized.words))

    async def pick(self, interaction: Interaction) -> None:
        """One of the list."""
        club = await self._moderators.check(interaction)
        await self._show(interaction, await self._clubs.post(club, next(iter(chosen(interaction)), "")))

    async def add(self, interaction: Interaction) -> None:
        """*Add a schedule*."""
        await self._setup.begin(interaction)

    async def edit(self, interaction: Interaction, reminder: str) -> None:
        """*Change*."""
        club = await self._moderators.check(interaction)
        await self._setup.begin(interaction, await self._clubs.post(club, reminder))

    async def hush(self, interaction: Interaction, reminder: str) -> None:
        """*Pause*, until it is turned on."""
        await self.pause(interaction, reminder, "")

    async def pause(self, interaction: Interaction, reminder: str, until: str) -> None:
        """Until a day, or until it is turned on."""
        club, localized = await self._moderators.check(interaction), self._locales.of(interaction.locale)
        if alarms := cannot_wait(until, localized):
            raise CannotWait(alarms)
        day = until_from(until, self._today(await self._clubs.post(club, reminder)))
        stopped = await self._clubs.pause_post(club, interaction.user.id, reminder, day)
        await self._show(interaction, stopped.item, leaving=stopped.leaving)

    async def resume(self, interaction: Interaction, reminder: str) -> None:
        """*Turn it on*; what could not work is said instead."""
        club = await self._moderators.check(interaction)
        if problems := self._problems(interaction, await self._clubs.post(club, reminder)):
            await turn(interaction, cards.cannot(problems, self._locales.of(interaction.locale).words))
            return
        await self._show(interaction, await self._clubs.resume_post(club, interaction.user.id, reminder))

    async def pause_all(self, interaction: Interaction) -> None:
        """*Pause all*."""
        club = await self._moderators.check(interaction)
        stopped = await self._clubs.pause_all(club, interaction.user.id)
        leaving = any(one.leaving for one in stopped)
        words = self._locales.of(interaction.locale).words
        await turn(interaction, cards.paused_all(len(stopped), words, leaving=leaving))

    async def resume_all(self, interaction: Interaction) -> None:
        """*Turn all on*."""
        club = await self._moderators.check(interaction)
        resumed = await self._clubs.resume_all(club, interaction.user.id)
        await turn(interaction, cards.resumed_all(len(resumed), self._locales.of(interaction.locale).words))

    async def remove_seen(self, interaction: Interaction, reminder: str, version: str) -> None:
        """*Remove it*, on a card: only what the card showed."""
        await self._remove(interaction, reminder, int(version) if version.isdecimal() else -1)

    async def remove(self, interaction: Interaction, reminder: str) -> None:
        """By the command."""
        await self._remove(interaction, reminder, None)

    async def test(self, interaction: Interaction, reminder: str) -> None:
        """*Post a test now*: marked as one, it mentions nobody and counts nothing."""
        club, words = await self._moderators.check(interaction), self._locales.of(interaction.locale).words
        item = await self._clubs.post(club, reminder)
        problems, channel = self._problems(interaction, item), _place(interaction, item)
        localized = self._locales.of(item.options.language)
        plans = candidates(localized.library, item.options)
        if problems or channel is None or not plans:
            why = problems or [words(f"club-why-{'no-routine' if channel else '10003'}")]
            await turn(interaction, cards.cannot(why, words))
            return
        shown = PostContent(occurrence=PREVIEW, routine=plans[0].id, day=self._today(item), role=item.options.role)
        try:
            await channel.send(view=post.post(localized.library, shown, localized.words, trial=True))
        except discord.HTTPException as error:
            await turn(interaction, cards.cannot([cards.club_reason(str(error.code), words)], words))
            return
        await turn(interaction, cards.tested(channel.id, words))

    async def log(self, interaction: Interaction, reminder: str) -> None:
        """What became of one."""
        club = await self._moderators.check(interaction)
        rows = [row for row in await self._posts.log(club) if row[0].reminder.id == reminder]
        await turn(interaction, cards.log(rows, self._locales.of(interaction.locale).words))

    async def choices(self, interaction: Interaction, text: str) -> list[Choice[str]]:
        """For the options of commands; nothing for who may not."""
        words = self._locales.of(interaction.locale).words
        try:
            items = await self._clubs.posts(await self._moderators.check(interaction))
        except UserError:
            return []
        named = [(cards.name(item, _name(interaction, item), words), item.reminder.id) for item in items]
        return [Choice(name=name, value=value) for name, value in named if text.casefold() in name.casefold()]

    async def _remove(self, interaction: Interaction, reminder: str, version: int | None) -> None:
        club = await self._moderators.check(interaction)
        stopped = await self._clubs.remove_post(club, interaction.user.id, reminder, version)
        words = self._locales.of(interaction.locale).words
        await turn(interaction, cards.removed(words, leaving=stopped.leaving))

    async def _show(self, interaction: Interaction, item: ClubReminder, *, leaving: bool = False) -> None:
        localized = self._locales.of(interaction.locale)
        await turn(
            interaction, cards.item(localized.library, item, self._clock.now(), localized.words, leaving=leaving)
        )

    def _problems(self, interaction: Interaction, item: ClubReminder) -> Sequence[str]:
        words, options = self._locales.of(interaction.locale).words, item.options
        view = DiscordGuild(interaction.guild)
        found = refusals(view, item.reminder.channel or 0, options.role, options.thread)
        return [diagnosis_text(one, words) for one in found]

    def _today(self, item: ClubReminder) -> date:
        return local_day(self._clock.now(), item.schedule.zone if item.schedule else ZoneInfo("UTC"))


def _place(interaction: Interaction, item: ClubReminder) -> TextChannel | None:
    found = interaction.guild.get_channel(item.reminder.channel or 0) if interaction.guild else None
    return found if isinstance(found, TextChannel) else None


def _name(interaction: Interaction, item: ClubReminder) -> str:
    found = _place(interaction, item)
    return found.name if found else "?"
