"""The cog of `/club doctor` and the club's log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from discord.ext import commands
from discord.utils import format_dt

from bot.clock import Clock
from bot.clubs.diagnosis import DiagnosisKind, Severity, examine
from bot.clubs.post_draft import PreviewDate, dst_preview
from bot.clubs.service import ClubService
from bot.errors import OutOfDate
from bot.reminders.club_service import ClubReminder
from bot.ui.cards import club_care as cards
from bot.ui.clubs.guild_view import DiscordGuild
from bot.ui.clubs.moderators import Moderators
from bot.ui.request import Request, on_request
from bot.ui.router import press
from cogs.club_group import club_group

DATES: Final = 5  # of the dry run


class ClubDoctor(commands.Cog):
    """Every press asks again whether this person may."""

    club = club_group()

    def __init__(self, moderators: Moderators, clubs: ClubService, clock: Clock) -> None:
        self._moderators = moderators
        self._clubs = clubs
        self._clock = clock

    @club.command(name="doctor")
    @on_request()
    @press("club.doctor")
    async def doctor(self, request: Request) -> None:
        """What could keep posts from coming, and a dry run of the next."""
        club, now = await self._moderators.check(request), self._clock.now()
        settings, reminders = await self._clubs.settings(club), await self._clubs.posts(club)
        guild = DiscordGuild(request.interaction.guild)
        diagnoses = examine(guild, settings, reminders, now, request.library)
        by_id = {reminder.reminder.id: reminder for reminder in reminders}
        lines = [
            (diagnosis.severity is Severity.STOPS, cards.post_diagnosis_text(diagnosis, by_id, request.words))
            for diagnosis in diagnoses
            if request.pictured or diagnosis.kind is not DiagnosisKind.NO_ATTACH
        ]
        dates = [_date_line(request, date, zone, channel) for date, zone, channel in _dry_run(reminders, now)]
        await request.replace(cards.doctor(lines, dates, request.words))

    @club.command(name="log")
    @on_request()
    async def log(self, request: Request) -> None:
        """Who changed what."""
        await self._log(request, 0)

    @press("club.log")
    async def turn_log(self, request: Request, page: str) -> None:
        """A page of it."""
        await self._log(request, int(page) if page.isdecimal() else -1)

    async def _log(self, request: Request, page: int) -> None:
        lines = await self._clubs.log(await self._moderators.check(request))
        pages = max(1, -(-len(lines) // cards.CHANGES_ON_PAGE))
        if not 0 <= page < pages:
            raise OutOfDate
        shown = lines[page * cards.CHANGES_ON_PAGE :][: cards.CHANGES_ON_PAGE]
        texts = [cards.log_line_text(line, request.words) for line in shown]
        await request.replace(cards.log(texts, page, pages, request.words))


def _date_line(request: Request, date: PreviewDate, zone: str, channel: str) -> str:
    at, local = format_dt(date.due, "D"), f"{date.local:%H:%M}"
    return request.words("doctor-date", at=at, local=local, zone=zone, channel=channel)


def _dry_run(reminders: Sequence[ClubReminder], now: datetime) -> Sequence[tuple[PreviewDate, str, str]]:
    """The first posts of all over the next change of the clocks, each with its zone and channel."""
    dates = [
        (date, reminder.schedule.zone.key, f"<#{reminder.reminder.channel}>")
        for reminder in reminders
        if reminder.schedule is not None and reminder.upcoming(now, 1)
        for date in dst_preview(reminder.schedule, now)
    ]
    return sorted(dates, key=lambda row: row[0].due)[:DATES]
