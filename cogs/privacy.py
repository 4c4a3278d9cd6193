"""The cog of what is kept about you: shown, copied, erased; and your time zone."""

import asyncio
from dataclasses import dataclass
from io import BytesIO

from discord import File, app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.checkins.diary import Diary
from bot.clock import Clock
from bot.privacy import PrivacyService, archive
from bot.reminders.service import ReminderService
from bot.ui.cards import privacy as cards
from bot.ui.direct_messages import DirectMessages, DmsBusy
from bot.ui.limits import CHOICE
from bot.ui.request import BESIDE, Request
from bot.ui.router import on_request, on_typing, press
from bot.zones import city, place_name, suggest, zone_from


@dataclass(eq=False)
class PrivacyCommands(commands.Cog):
    """Everything here is about the person who asks."""

    privacy = app_commands.Group(name="privacy", description="…")  # the catalogue gives it its words

    _privacy: PrivacyService
    _diary: Diary
    _reminders: ReminderService
    _direct_messages: DirectMessages
    _clock: Clock

    @privacy.command(name="show")
    @on_request()
    @press("privacy.show")
    async def show(self, request: Request) -> None:
        inventory = await self._privacy.inventory(request.person)
        card = cards.inventory(inventory, request.words, request.club) if inventory else cards.nothing(request.words)
        await request.replace(card)

    @privacy.command(name="export")
    @on_request()
    @press("privacy.export", BESIDE)
    async def export(self, request: Request) -> None:
        await request.later()
        everything = await self._privacy.everything(request.person)
        if everything is None:
            await request.show(cards.nothing(request.words))
            return
        packed = await asyncio.to_thread(archive, everything)
        await request.show(cards.copy(everything, request.words), [File(BytesIO(packed), filename=cards.ARCHIVE)])

    @privacy.command(name="erase")
    @on_request()
    @press("privacy.erase")
    async def erase(self, request: Request) -> None:
        inventory = await self._privacy.inventory(request.person)
        await request.replace(cards.sure(inventory, request.words) if inventory else cards.nothing(request.words))

    @press("privacy.erase_confirmed")
    async def erase_everything(self, request: Request) -> None:
        """*Yes, delete everything*, after that question."""
        await request.later()  # the files are cleaned: with many people that takes a while
        channel = await self._privacy.channel(request.person)
        erased = await self._privacy.erase(request.person)
        at = self._clock.now()
        await request.replace(cards.receipt(erased, None, at, request.words), [])
        messages = await self._delete_messages(request, channel)
        await request.replace(cards.receipt(erased, messages, at, request.words, stuck=messages is None), [])

    @press("privacy.delete_messages")
    async def clear_chat(self, request: Request) -> None:
        """*Delete our chat*: what is left of it, whatever else is kept."""
        await request.later()
        messages = await self._delete_messages(request, await self._privacy.channel(request.person))
        await request.replace(cards.cleared(messages, request.words), [])

    @app_commands.command()
    @on_request()
    async def timezone(self, request: Request, place: str) -> None:
        zone = zone_from(place)
        moved = await (await self._reminders.of(request.person)).set_zone(zone)
        await request.show(cards.zone_set(place_name(place, zone), zone, self._clock.now(), moved, request.words))

    @timezone.autocomplete("place")
    @on_typing
    async def _places(self, _request: Request, text: str) -> list[Choice[str]]:
        """A place that its zone is not named after is sent as it is shown, so that Timbuktu stays Timbuktu."""
        offered = [(label, zone) for label, zone in suggest(text) if len(label) <= CHOICE]
        return [Choice(name=label, value=zone if label.startswith(city(zone)) else label) for label, zone in offered]

    async def _delete_messages(self, request: Request, channel: int | None) -> int | None:
        """How many of our messages; None when it could not be finished. Many take a while."""
        try:
            return await self._direct_messages.clear(request.interaction.user, channel)
        except DmsBusy:
            return None
