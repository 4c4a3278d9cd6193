"""The cog of `/club setup`: a schedule of posts, in three cards, of which nothing is kept before *Save*."""

from dataclasses import dataclass
from typing import Final

from discord.app_commands import Choice
from discord.ext import commands

from bot.clock import Clock
from bot.clubs.post_draft import PostDraft
from bot.clubs.service import ClubService
from bot.errors import OutOfDate
from bot.expiring import ExpiringStore
from bot.localtime import zone_named
from bot.ui.cards import club_posts
from bot.ui.cards import club_setup as cards
from bot.ui.clubs.moderators import Moderators
from bot.ui.request import Request
from bot.ui.router import on_request, on_typing, press
from cogs.club_group import channel_name, club_group, reminder_choices, reminder_group
from cogs.club_setup_screens import ClubSetupScreens, text_channel

#: Where a server lies whose language most people speak in one place on the clock.
ZONES: Final = {"en-GB": "Europe/London", "de": "Europe/Berlin", "fr": "Europe/Paris", "nl": "Europe/Amsterdam"}
STEP_NAMES: Final = ("where", "what", "preview")


@dataclass(eq=False)
class ClubSetup(commands.Cog):
    """Begins a schedule or a change of one, goes from card to card, and saves."""

    club = club_group()
    reminder = reminder_group(club)

    _moderators: Moderators
    _clubs: ClubService
    _drafts: ExpiringStore[PostDraft]
    _screens: ClubSetupScreens
    _clock: Clock

    @club.command(name="setup")
    @on_request()
    async def setup(self, request: Request) -> None:
        """The first schedule; where there is one already, whether that one or another is meant."""
        club = await self._moderators.check(request)
        reminders = [(item, channel_name(request, item)) for item in await self._clubs.posts(club)]
        if not reminders:
            await self._begin(request, club)
        elif len(reminders) == 1:
            await request.replace(club_posts.change_or_add(reminders[0][0], self._clock.now(), request.words))
        else:
            await request.replace(club_posts.listing(reminders, self._clock.now(), request.words))

    @reminder.command(name="add")
    @on_request()
    @press("club_reminder.add")
    async def add(self, request: Request) -> None:
        await self._begin(request, await self._moderators.check(request))

    @reminder.command(name="edit")
    @on_request()
    @press("club_reminder.edit")
    async def edit(self, request: Request, reminder: str) -> None:
        """*Change*."""
        club = await self._moderators.check(request)
        await self._screens.where_and_when(request, PostDraft.of(await self._clubs.post(club, reminder)))

    @edit.autocomplete("reminder")
    @on_typing
    async def _reminders(self, request: Request, text: str) -> list[Choice[str]]:
        return await reminder_choices(request, text, self._moderators, self._clubs)

    @press("club_setup.next")
    async def go_to(self, request: Request, draft_id: str, step: str) -> None:
        """*Next*, *Back* and *Preview*; what could not work is said before it goes on."""
        await self._moderators.check(request)
        draft = self._drafts.find(draft_id, request.person)
        if step not in STEP_NAMES or draft.channel is None or draft.schedule is None:
            raise OutOfDate
        if step == "where" or (step == "what" and self._screens.problems(request, draft, only_channel=True)):
            await self._screens.where_and_when(request, draft)
        elif step == "what":
            await self._screens.what_and_whom(request, draft)
        else:
            await self._screens.preview(request, draft)

    @press("club_setup.save")
    async def save(self, request: Request, draft_id: str) -> None:
        """*Save*: kept now, and logged. Raises ClubChanged when somebody else was quicker."""
        club = await self._moderators.check(request)
        draft = self._drafts.find(draft_id, request.person)
        if draft.channel is None or draft.schedule is None:
            raise OutOfDate
        if self._screens.problems(request, draft):
            await self._screens.preview(request, draft)
            return
        item = await self._clubs.save_post(club, request.person, draft, str(request.interaction.guild_locale or "en"))
        self._drafts.drop(draft_id, request.person)  # not before: what cannot be saved now goes on waiting
        await request.replace(cards.saved(item, self._clock.now(), request.words))

    async def _begin(self, request: Request, club: int) -> None:
        settings = await self._clubs.settings(club)
        key = settings.zone or ZONES.get(str(request.interaction.guild_locale or ""))
        here = text_channel(request, settings.stretch_channel or request.interaction.channel_id)
        await self._screens.where_and_when(request, PostDraft(here, zone_named(key)))
