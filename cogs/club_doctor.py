"""The cog of `/club doctor` and the club's log."""

from datetime import datetime
from operator import itemgetter
from typing import Final

from discord.ext import commands
from discord.utils import format_dt

from bot.clock import Clock
from bot.clubs.diagnosis import DiagnosisKind, Severity, examine, expected
from bot.clubs.service import ClubService
from bot.localtime import DEFAULT_ZONE, wall_time
from bot.reminders.club_service import ClubReminder
from bot.ui.cards import club_care as cards
from bot.ui.cards.pages import numbered_page
from bot.ui.clubs.guild_view import DiscordGuild
from bot.ui.clubs.moderators import Moderators
from bot.ui.request import Request
from bot.ui.router import on_request, press
from cogs.club_group import club_group

DATES: Final = 5  # the next posts of all


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
        """What keeps posts from coming, and the next that do come."""
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
        dates = [(due, item) for item in expected(reminders, diagnoses) for due in item.upcoming(now, DATES)]
        dates.sort(key=itemgetter(0))
        shown = [_date_line(request, due, item) for due, item in dates[:DATES]]
        await request.replace(cards.doctor(lines, shown, request.words, scheduled=bool(reminders)))

    @club.command(name="log")
    @on_request()
    async def log(self, request: Request) -> None:
        """Who changed what."""
        await self._log(request, "0")

    @press("club.log")
    async def turn_log(self, request: Request, page: str) -> None:
        await self._log(request, page)

    async def _log(self, request: Request, page: str) -> None:
        lines = await self._clubs.log(await self._moderators.check(request))
        pages = cards.log([cards.log_line_text(line, request.words) for line in lines], request.words)
        await request.replace(numbered_page(pages, page))


def _date_line(request: Request, due: datetime, item: ClubReminder) -> str:
    zone = item.schedule.zone if item.schedule else DEFAULT_ZONE
    values = {"local": f"{wall_time(due, zone):%H:%M}", "zone": zone.key, "channel": f"<#{item.reminder.channel}>"}
    return request.words("doctor-date", at=format_dt(due, "D"), **values)
