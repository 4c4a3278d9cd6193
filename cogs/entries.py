"""Look at, complete, change and delete one's own check-ins."""

from discord import Interaction
from discord.ext import commands

from bot.checkins import draft as drafts
from bot.checkins.diary import Diary
from bot.checkins.service import CheckInResult, CheckInService
from bot.errors import OutOfDate
from bot.expiring import ExpiringStore
from bot.ids import new_id
from bot.triage.sessions import NONE, Session
from bot.ui import forms
from bot.ui.cards import check
from bot.ui.cards import diary as cards
from bot.ui.cards.parts import Card
from bot.ui.custom_id import custom_id
from bot.ui.locales import Locales
from bot.ui.options import CannotWait, cannot_wait
from bot.ui.replies import chosen, show, turn
from bot.ui.router import Handler, Router


class Entries(commands.Cog):
    """What the buttons of a kept check-in do. Every id is looked up under the person who pressed."""

    def __init__(
        self, locales: Locales, router: Router, service: CheckInService, diary: Diary, checks: ExpiringStore[Session]
    ) -> None:
        self._locales = locales
        self._service = service
        self._diary = diary
        self._checks = checks
        handlers: dict[str, Handler] = {
            "cinew": self.new,
            "cimore": self.more,
            "cimored": self.changed,
            "cichange": self.change,
            "cichanged": self.changed,
            "cidrop": self.drop,
            "cidropped": self.dropped,
            "cishow": self.show,
            "cipick": self.pick,
            "cilist": self.list,
            "cicheck": self.check,
        }
        router.add_all(handlers)

    async def new(self, interaction: Interaction, entry: str) -> None:
        """*Anything new?*"""
        signs = tuple(sign for sign in chosen(interaction) if sign != NONE)
        step = await self._service.change(interaction.user.id, entry, {"new": signs})
        await turn(interaction, self._card(interaction, step))

    async def more(self, interaction: Interaction, entry: str) -> None:
        """*Add more*."""
        words = self._locales.of(interaction.locale).words
        diary = await self._diary.of(interaction.user.id)
        draft = drafts.of(await diary.checkin(entry))
        form = forms.more(draft, custom_id("cimored", entry), words, notes=self._service.notes)
        await interaction.response.send_modal(form)

    async def change(self, interaction: Interaction, entry: str) -> None:
        """*Change*."""
        localized = self._locales.of(interaction.locale)
        diary = await self._diary.of(interaction.user.id)
        draft = drafts.of(await diary.checkin(entry))
        name = custom_id("cichanged", entry)
        await interaction.response.send_modal(
            forms.checkin(localized.library, draft, name, localized.words, notes=self._service.notes)
        )

    async def changed(self, interaction: Interaction, entry: str) -> None:
        """The form of *Change* or *Add more* came back."""
        localized, person = self._locales.of(interaction.locale), interaction.user.id
        fields = forms.filled(interaction)
        alarms = tuple(alarm for text in forms.texts(interaction) for alarm in cannot_wait(text, localized))
        try:
            step = await self._service.change(person, entry, fields)
        except Exception:
            if alarms:  # they come first, whatever became of the change
                raise CannotWait(alarms) from None
            raise
        if alarms:
            raise CannotWait(alarms)
        await turn(interaction, self._card(interaction, step))

    async def drop(self, interaction: Interaction, entry: str) -> None:
        """*Delete*: ask once."""
        localized = self._locales.of(interaction.locale)
        diary = await self._diary.of(interaction.user.id)
        found = await diary.checkin(entry)
        await turn(interaction, cards.drop(localized.library, found, localized.words))

    async def dropped(self, interaction: Interaction, entry: str) -> None:
        """*Yes, delete it*."""
        diary = await self._diary.of(interaction.user.id)
        await diary.remove(entry)
        await turn(interaction, cards.dropped(self._locales.of(interaction.locale).words))

    async def show(self, interaction: Interaction, entry: str) -> None:
        """*Keep it*: back to the check-in."""
        await self._show(interaction, entry)

    async def pick(self, interaction: Interaction) -> None:
        """One of one's own check-ins, from the list."""
        await self._show(interaction, next(iter(chosen(interaction)), ""))

    async def list(self, interaction: Interaction, page: str) -> None:
        """One's own check-ins, ten to a page."""
        if not page.isdecimal():
            raise OutOfDate
        localized, diary = self._locales.of(interaction.locale), await self._diary.of(interaction.user.id)
        checkins = await diary.checkins()
        await turn(interaction, cards.entries(localized.library, checkins, int(page), diary.zone, localized.words))

    async def check(self, interaction: Interaction, entry: str) -> None:
        """*Check my symptoms*, for the area of a check-in."""
        localized, person = self._locales.of(interaction.locale), interaction.user.id
        diary = await self._diary.of(person)
        area = localized.library.areas.get((await diary.checkin(entry)).area)
        if area is None:
            raise OutOfDate
        session = Session(area.id, finding=new_id())
        session.id = self._checks.keep(person, session)
        await show(interaction, check.emergencies(localized.library, area, session, localized.words))

    async def _show(self, interaction: Interaction, entry: str) -> None:
        diary = await self._diary.of(interaction.user.id)
        step = await self._service.saved(diary, await diary.checkin(entry))
        await turn(interaction, self._card(interaction, step))

    def _card(self, interaction: Interaction, step: CheckInResult) -> Card:
        localized = self._locales.of(interaction.locale)
        return cards.step(step, localized.library, localized.words)
