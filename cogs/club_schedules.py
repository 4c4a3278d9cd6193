"""The cog of a club's schedules: list, pause, resume, remove, and what became of them."""

from dataclasses import dataclass

from discord.app_commands import Choice
from discord.ext import commands

from bot.clock import Clock
from bot.clubs.service import ClubService
from bot.clubs.undo import stamped, undo
from bot.errors import OutOfDate
from bot.reminders.club_service import ClubReminder, ClubReminderService
from bot.schedules.parse.ahead import until_from
from bot.ui.cards import club_posts as cards
from bot.ui.clubs.moderators import Moderators
from bot.ui.custom_id import whole_number
from bot.ui.request import Request
from bot.ui.router import on_request, on_typing, press
from cogs.club_group import channel_name, club_group, reminder_choices, reminder_group, reminder_problems, today


@dataclass(eq=False)
class ClubSchedules(commands.Cog):
    """Every press asks again whether this person may."""

    club = club_group()
    reminder = reminder_group(club)

    _moderators: Moderators
    _clubs: ClubService
    _reminders: ClubReminderService
    _clock: Clock

    @reminder.command(name="list")
    @on_request()
    @press("club_reminder.list")
    async def show_all(self, request: Request) -> None:
        club = await self._moderators.check(request)
        rows = [(reminder, channel_name(request, reminder)) for reminder in await self._clubs.posts(club)]
        await request.replace(cards.listing(rows, self._clock.now(), request.words))

    @press("club_reminder.pick")
    async def show_one(self, request: Request) -> None:
        club = await self._moderators.check(request)
        await self._show(request, await self._clubs.post(club, request.value))

    @reminder.command(name="pause")
    @on_request()
    @press("club_reminder.pause")
    async def pause(self, request: Request, reminder: str, until: str | None = None) -> None:
        """Until a day, or until it is turned on."""
        club = await self._moderators.check(request)
        day = until_from(until or "", today(await self._clubs.post(club, reminder), self._clock.now()))
        stopped = await self._clubs.pause_post(club, request.person, reminder, day)
        await self._show(request, stopped.item, leaving=stopped.leaving)

    @reminder.command(name="resume")
    @on_request()
    @press("club_reminder.resume")
    async def resume(self, request: Request, reminder: str) -> None:
        """*Turn it on*; what could not work is said instead."""
        club = await self._moderators.check(request)
        if problems := reminder_problems(request, await self._clubs.post(club, reminder)):
            await request.replace(cards.cannot(problems, request.words))
            return
        await self._show(request, await self._clubs.resume_post(club, request.person, reminder))

    @club.command(name="pause-all")
    @on_request()
    @press("club_reminder.pause_all")
    async def pause_all(self, request: Request) -> None:
        club = await self._moderators.check(request)
        stopped = await self._clubs.pause_all(club, request.person)
        await request.replace(cards.paused_all(stopped, request.words))

    @press("club_reminder.resume_all")
    async def resume_all(self, request: Request) -> None:
        club = await self._moderators.check(request)
        resumed = await self._clubs.resume_all(club, request.person)
        await request.replace(cards.resumed_all(len(resumed), request.words))

    @reminder.command(name="remove")
    @on_request()
    async def remove(self, request: Request, reminder: str) -> None:
        await self._remove(request, reminder, None)

    @press("club_reminder.remove")
    async def remove_shown(self, request: Request, reminder: str, version: str) -> None:
        """*Remove it*, on a card: only what the card showed."""
        await self._remove(request, reminder, version)

    @press("club_reminder.undo")
    async def undo(self, request: Request, stamp: str) -> None:
        """*Undo* a removal, or *Pause all*."""
        club, at = await self._moderators.check(request), stamped(stamp)
        if at is None:
            raise OutOfDate
        returned = await undo(self._clubs, club, request.person, at, self._clock.now())
        await request.replace(cards.undone(returned, request.words))

    @press("club_reminder.log")
    async def show_log(self, request: Request, reminder: str) -> None:
        club = await self._moderators.check(request)
        item = await self._clubs.post(club, reminder)
        await request.replace(cards.log(item, await self._reminders.log(item), request.words))

    @pause.autocomplete("reminder")
    @resume.autocomplete("reminder")
    @remove.autocomplete("reminder")
    @on_typing
    async def _choices(self, request: Request, text: str) -> list[Choice[str]]:
        return await reminder_choices(request, text, self._moderators, self._clubs)

    async def _remove(self, request: Request, reminder: str, version: str | None) -> None:
        club = await self._moderators.check(request)
        seen = None if version is None else whole_number(version)
        stopped = await self._clubs.remove_post(club, request.person, reminder, seen)
        await request.replace(cards.removed(stopped, request.words))

    async def _show(self, request: Request, reminder: ClubReminder, *, leaving: bool = False) -> None:
        now = self._clock.now()
        await request.replace(cards.item(reminder, now, request.words, leaving=leaving))
