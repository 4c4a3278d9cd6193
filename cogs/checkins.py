"""Log how it hurts, in two taps or in one line."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn

import structlog
from discord import Interaction, app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.advice.model import Alarm
from bot.checkins.diary import Diary
from bot.checkins.draft import Draft
from bot.checkins.entry import PainTiming, Side
from bot.checkins.service import CheckInResult, CheckInService, Unreadable, with_fields
from bot.errors import OutOfDate
from bot.expiring import Expired
from bot.triage.flow import PAINS
from bot.ui import forms
from bot.ui.cards import diary as cards
from bot.ui.cards.parts import Card
from bot.ui.custom_id import custom_id
from bot.ui.locales import Locales
from bot.ui.options import AreaTransformer, CannotWait, NotAChoice, area_or_none, cannot_wait, named
from bot.ui.replies import chosen, show, turn
from bot.ui.router import Handler, Router

log = structlog.get_logger("limber.checkins")


class Checkins(commands.Cog):
    """The check-in: from a command, from a card, from the standing button; nothing typed is lost on the way."""

    def __init__(self, locales: Locales, router: Router, service: CheckInService, diary: Diary) -> None:
        self._locales = locales
        self._service = service
        self._diary = diary
        handlers: dict[str, Handler] = {
            "agree": self.agree,
            "decline": self.decline,
            "checkin": self.press,
            "log": self.log,
            "ciarea": self.area,
            "ciplace": self.elsewhere,
            "ciscore": self.score,
            "ciform": self.form,
            "cifix": self.fix,
            "cifilled": self.filled,
        }
        router.add_all(handlers)

    @app_commands.command()
    async def checkin(  # noqa: PLR0913, PLR0917  # one option a parameter, as discord.py wants it
        self,
        interaction: Interaction,
        area: str | None = None,
        pain: str | None = None,
        side: str | None = None,
        when: str | None = None,
        worst: str | None = None,
        during: str | None = None,
        day: str | None = None,
        note: str | None = None,
    ) -> None:
        localized = self._locales.of(interaction.locale)
        texts = (area, pain, side, when, worst, during, day, note)
        alarms = tuple(alarm for text in filter(None, texts) for alarm in cannot_wait(text, localized))
        found = None if area and cannot_wait(area, localized) else area_or_none(area or "", localized)
        draft = Draft(area=found.id if found else None, pain=pain, worst=worst, during=during, day=day, note=note)
        if alarms:
            await self._help_first(interaction, draft, alarms)
        wrong: tuple[str, NotAChoice] | None = None
        for field, kind, prefix, text in (("moments", PainTiming, "when", when), ("side", Side, "side", side)):
            try:
                value = named(kind, prefix, text, localized.words)
            except NotAChoice as error:
                wrong = field, error
            else:
                draft = with_fields(draft, {field: (value,) if value else ()})
        if wrong:
            raise Unreadable(*wrong, self._service.wait(interaction.user.id, draft))
        if found and pain is None:
            await self._open_form(interaction, draft)
            return
        await self._go_on(interaction, draft, unknown=area if area and not found else None)

    @checkin.autocomplete("area")
    async def _areas(self, interaction: Interaction, text: str) -> list[Choice[str]]:
        return await AreaTransformer().autocomplete(interaction, text)

    @checkin.autocomplete("pain")
    @checkin.autocomplete("worst")
    @checkin.autocomplete("during")
    async def _pains(self, interaction: Interaction, text: str) -> list[Choice[str]]:
        words = self._locales.of(interaction.locale).words
        return [Choice(name=words("check-pain-level", level=int(n)), value=n) for n in PAINS if n.startswith(text)]

    @checkin.autocomplete("side")
    async def _sides(self, interaction: Interaction, text: str) -> list[Choice[str]]:
        words = self._locales.of(interaction.locale).words
        names = [(words(f"side-{side}"), side.value) for side in Side]
        return [Choice(name=name, value=value) for name, value in names if text.casefold() in name.casefold()]

    @checkin.autocomplete("when")
    async def _moments(self, interaction: Interaction, text: str) -> list[Choice[str]]:
        words = self._locales.of(interaction.locale).words
        names = [(words(f"when-{hurts}"), hurts.value) for hurts in PainTiming]
        return [Choice(name=name, value=value) for name, value in names if text.casefold() in name.casefold()]

    async def agree(self, interaction: Interaction, draft: str) -> None:
        """*Yes*: go on with what was waiting."""
        await self._diary.agree(interaction.user.id)
        words = self._locales.of(interaction.locale).words
        try:
            waiting = self._service.draft(interaction.user.id, draft)
        except Expired:
            await turn(interaction, cards.agreed(words))
        else:
            await self._go_on(interaction, waiting)

    async def decline(self, interaction: Interaction) -> None:
        """*No*: nothing is kept."""
        await turn(interaction, cards.declined(self._locales.of(interaction.locale).words))

    async def press(self, interaction: Interaction) -> None:
        """A *Check in* button, the standing one in a channel too: the area of last time, one tap."""
        areas = self._locales.of(interaction.locale).library.areas
        step = await self._service.begin(interaction.user.id, areas)
        await show(interaction, self._card(interaction, step))

    async def log(self, interaction: Interaction, area: str) -> None:
        """*Log it* on an area's card."""
        if area not in self._locales.of(interaction.locale).library.areas:
            raise OutOfDate
        await self._open_form(interaction, Draft(area=area))

    async def area(self, interaction: Interaction, draft: str) -> None:
        """A place from the menu."""
        area = next(iter(chosen(interaction)), "")
        if area not in self._locales.of(interaction.locale).library.areas:
            raise OutOfDate
        await self._go_on(interaction, replace(self._service.draft(interaction.user.id, draft), area=area))

    async def elsewhere(self, interaction: Interaction, draft: str) -> None:
        """*Another place*."""
        await self._go_on(interaction, replace(self._service.draft(interaction.user.id, draft), area=None))

    async def score(self, interaction: Interaction, draft: str) -> None:
        """One tap on 0 to 10."""
        pain = next(iter(chosen(interaction)), None)
        await self._go_on(interaction, replace(self._service.draft(interaction.user.id, draft), pain=pain))

    async def form(self, interaction: Interaction, draft: str) -> None:
        """*More details*: the form, filled in with what is known."""
        await self._open_form(interaction, self._service.draft(interaction.user.id, draft))

    async def fix(self, interaction: Interaction, draft: str, field: str) -> None:
        """*Fix it*: the form that holds the answer that could not be read, the others filled in."""
        waiting = self._service.draft(interaction.user.id, draft)
        if field not in {"day", "worst", "during"}:
            await self._open_form(interaction, waiting)
            return
        words = self._locales.of(interaction.locale).words
        form = forms.again(waiting, custom_id("cifilled", draft), words, day=field == "day")
        await interaction.response.send_modal(form)

    async def filled(self, interaction: Interaction, draft: str) -> None:
        """The form came back; when its draft is gone, what stands in the form is not."""
        try:
            waiting = self._service.draft(interaction.user.id, draft)
        except Expired:
            waiting = Draft()
        await self._go_on(interaction, with_fields(waiting, forms.filled(interaction)), texts=forms.texts(interaction))

    async def _open_form(self, interaction: Interaction, draft: Draft) -> None:
        """The form must be the first answer, so whether the person agreed is asked before."""
        localized, person = self._locales.of(interaction.locale), interaction.user.id
        if not await self._diary.agreed(person):
            await self._service.take(person, draft)
        name = custom_id("cifilled", self._service.wait(person, draft))
        await interaction.response.send_modal(
            forms.checkin(localized.library, draft, name, localized.words, notes=self._service.notes)
        )

    async def _go_on(
        self, interaction: Interaction, draft: Draft, unknown: str | None = None, texts: Sequence[str] = ()
    ) -> None:
        """Keep it or ask on; words that cannot wait come before everything else, and what was typed is kept."""
        localized = self._locales.of(interaction.locale)
        if alarms := tuple(alarm for text in (*texts, draft.note or "") for alarm in cannot_wait(text, localized)):
            await self._help_first(interaction, draft, alarms)
        step = await self._service.take(interaction.user.id, draft)
        await turn(interaction, self._card(interaction, step, unknown))

    async def _help_first(self, interaction: Interaction, draft: Draft, alarms: tuple[Alarm, ...]) -> NoReturn:
        """What cannot wait is shown whatever becomes of the check-in; it is kept where it can be."""
        try:
            await self._service.take(interaction.user.id, draft)
        except Exception as error:  # noqa: BLE001  # nothing may stand before the words that help
            log.info("a check-in waits behind words that cannot", why=type(error).__name__)
        raise CannotWait(alarms)

    def _card(self, interaction: Interaction, step: CheckInResult, unknown: str | None = None) -> Card:
        localized = self._locales.of(interaction.locale)
        return cards.step(step, localized.library, localized.words, unknown)
