"""A club's channels, contact, tips; the doctor; who changed what; and its end."""

from collections.abc import Sequence
from datetime import datetime
from typing import Unpack

from discord import Interaction
from discord.ext import commands
from discord.utils import format_dt

from bot.clock import Clock
from bot.clubs.diagnosis import Severity, examine
from bot.clubs.dst_preview import PreviewDate, dst_preview
from bot.clubs.service import ClubService
from bot.clubs.settings import ClubSettings, SettingsFields
from bot.errors import OutOfDate, UserError
from bot.expiring import ExpiringStore
from bot.reminders.club_service import ClubReminder
from bot.reminders.errors import EditedMeanwhile
from bot.ui import forms
from bot.ui.cards import club_care as cards
from bot.ui.clubs.guild_view import DiscordGuild
from bot.ui.clubs.moderators import Moderators, NotAModerator
from bot.ui.locales import Locales
from bot.ui.options import CannotWait, cannot_wait
from bot.ui.replies import turn
from bot.ui.router import Handler, Router

DATES = 5  # posts in the dry run


class ClubCare(commands.Cog):
    """Every press asks again whether this person may."""

    def __init__(
        self,
        locales: Locales,
        router: Router,
        moderators: Moderators,
        clubs: ClubService,
        waiting: ExpiringStore[ClubSettings],
        clock: Clock,
    ) -> None:
        """`waiting`: what was typed and could not be taken."""
        self._locales = locales
        self._moderators = moderators
        self._clubs = clubs
        self._waiting = waiting
        self._clock = clock
        handlers: dict[str, Handler] = {
            "clcontact": self.contact_typed,
            "clcontactfix": self.contact_again,
            "cltips": self.tips_typed,
            "cltipsfix": self.tips_again,
            "cldoctor": self.doctor,
            "cllog": self.log_page,
            "clerased": self.erased,
        }
        router.add_all(handlers)

    async def change(self, interaction: Interaction, seen: str | None = None, **fields: Unpack[SettingsFields]) -> None:
        """Set something, and show what stands now. Raises what ClubService.change raises."""
        club = await self._moderators.check(interaction)
        settings = await self._clubs.change(club, interaction.user.id, seen, **fields)
        await turn(interaction, cards.care(settings, self._locales.of(interaction.locale).words))

    async def show(self, interaction: Interaction) -> None:
        """What stands now."""
        settings = await self._clubs.settings(await self._moderators.check(interaction))
        await turn(interaction, cards.care(settings, self._locales.of(interaction.locale).words))

    async def contact(self, interaction: Interaction) -> None:
        """The form for contact and emergency wording."""
        settings = await self._clubs.settings(await self._moderators.check(interaction))
        mark, words = settings.fingerprint("contact", "emergency"), self._locales.of(interaction.locale).words
        await interaction.response.send_modal(cards.contact_form(settings, mark, words))

    async def contact_again(self, interaction: Interaction, name: str, mark: str) -> None:
        """*Fix it*: the form with what was typed."""
        await self._moderators.check(interaction)
        typed, words = self._waiting.find(name, interaction.user.id), self._locales.of(interaction.locale).words
        await interaction.response.send_modal(cards.contact_form(typed, mark, words))

    async def contact_typed(self, interaction: Interaction, mark: str) -> None:
        """The form came back."""
        contact, emergency = (self._said(interaction, field) for field in ("contact", "emergency"))
        try:
            await self.change(interaction, mark, contact=contact, emergency=emergency)
        except (NotAModerator, CannotWait):
            raise
        except UserError as error:
            if isinstance(error, EditedMeanwhile):  # typed again on what stands there now
                mark = await self._mark(interaction, "contact", "emergency")
            typed = ClubSettings(contact=contact, emergency=emergency)
            await self._refused(interaction, error, "clcontactfix", mark, typed)

    async def tips(self, interaction: Interaction) -> None:
        """The form for the club's own tips."""
        settings = await self._clubs.settings(await self._moderators.check(interaction))
        words = self._locales.of(interaction.locale).words
        await interaction.response.send_modal(cards.tips_form(settings, settings.fingerprint("tips"), words))

    async def tips_again(self, interaction: Interaction, name: str, mark: str) -> None:
        """*Fix it*: the form with what was typed."""
        await self._moderators.check(interaction)
        typed, words = self._waiting.find(name, interaction.user.id), self._locales.of(interaction.locale).words
        await interaction.response.send_modal(cards.tips_form(typed, mark, words))

    async def tips_typed(self, interaction: Interaction, mark: str) -> None:
        """The form came back."""
        said = self._said(interaction, "tips")
        if alarms := cannot_wait(said, self._locales.of(interaction.locale)):
            raise CannotWait(alarms)
        try:
            await self.change(interaction, mark, tips=said)
        except NotAModerator:
            raise
        except UserError as error:
            if isinstance(error, EditedMeanwhile):
                mark = await self._mark(interaction, "tips")
            await self._refused(interaction, error, "cltipsfix", mark, ClubSettings(tips=tuple(said.splitlines())))

    async def doctor(self, interaction: Interaction) -> None:
        """What could keep posts from coming, and a dry run of the next."""
        club = await self._moderators.check(interaction)
        localized, now = self._locales.of(interaction.locale), self._clock.now()
        words = localized.words
        settings, posts = await self._clubs.settings(club), await self._clubs.posts(club)
        found = examine(DiscordGuild(interaction.guild), settings, posts, now, localized.library)
        items = {item.reminder.id: item for item in posts}
        lines = [(one.severity is Severity.STOPS, cards.post_diagnosis_text(one, items, words)) for one in found]
        shown = [
            localized.words(
                "doctor-date", at=format_dt(one.due, "D"), local=f"{one.local:%H:%M}", zone=zone, channel=where
            )
            for one, zone, where in _dry_run(posts, now)
        ]
        await turn(interaction, cards.doctor(lines, shown, words))

    async def log(self, interaction: Interaction) -> None:
        """Who changed what."""
        await self.log_page(interaction, "0")

    async def log_page(self, interaction: Interaction, page: str) -> None:
        """A page of it."""
        club, words = await self._moderators.check(interaction), self._locales.of(interaction.locale).words
        lines = await self._clubs.log(club)
        pages = max(1, -(-len(lines) // cards.SHOWN))
        if not page.isdecimal() or int(page) >= pages:
            raise OutOfDate
        shown = lines[int(page) * cards.SHOWN :][: cards.SHOWN]
        await turn(
            interaction, cards.log([cards.log_line_text(line, words) for line in shown], int(page), pages, words)
        )

    async def erase(self, interaction: Interaction) -> None:
        """Ask once."""
        await self._moderators.check(interaction)
        await turn(interaction, cards.sure(self._locales.of(interaction.locale).words))

    async def erased(self, interaction: Interaction) -> None:
        """*Yes, delete it*."""
        club = await self._moderators.check(interaction)
        gone = await self._clubs.erase(club, interaction.user.id)
        await turn(interaction, cards.erased(gone.posts, gone.changes, self._locales.of(interaction.locale).words))

    async def _mark(self, interaction: Interaction, *fields: str) -> str:
        return (await self._clubs.settings(await self._moderators.check(interaction))).fingerprint(*fields)

    async def _refused(
        self, interaction: Interaction, error: UserError, again: str, mark: str, typed: ClubSettings
    ) -> None:
        """Nothing typed is lost."""
        words, name = self._locales.of(interaction.locale).words, self._waiting.keep(interaction.user.id, typed)
        await turn(interaction, cards.wrong(words(error.message, **error.values), again, name, mark, words))

    @staticmethod
    def _said(interaction: Interaction, field: str) -> str:
        return "".join(forms.filled(interaction).get(field, ()))


def _dry_run(posts: Sequence[ClubReminder], now: datetime) -> Sequence[tuple[PreviewDate, str, str]]:
    """The first posts of all over the next change of the clocks, each with its zone and channel."""
    dates = [
        (one, item.schedule.zone.key, f"<#{item.reminder.channel}>")
        for item in posts
        if item.schedule is not None and item.upcoming(now, 1)
        for one in dst_preview(item.schedule, now).dates
    ]
    return sorted(dates, key=lambda found: found[0].due)[:DATES]
