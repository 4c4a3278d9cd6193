"""The cog of `/remind`: set a reminder, look at them, change, pause, remove one, and what became of them."""

from dataclasses import dataclass

from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.clock import Clock
from bot.errors import UserError
from bot.localtime import DEFAULT_ZONE, local_day
from bot.reminders.content import MAX_WORDS_LENGTH, ReminderContent, ReminderDraft
from bot.reminders.scheduled import SignsFirst
from bot.reminders.service import ReminderService
from bot.schedules.parse.ahead import until_from
from bot.storage.reminders import ReminderKind
from bot.ui.cards import reminders as cards
from bot.ui.options import AreaOption, kind_from, suggested, suggested_kinds, suggested_times, suggested_untils
from bot.ui.request import Request
from bot.ui.router import on_request, on_typing
from cogs.reminder_forms import ReminderForms
from cogs.reminder_list import ALL, ReminderList
from cogs.reminder_saver import ReminderSaver


@dataclass(eq=False)
class Remind(commands.Cog):
    """Everything here is about the person who asks."""

    remind = app_commands.Group(name="remind", description="…")  # the catalogue gives it its words

    _reminders: ReminderService
    _list: ReminderList
    _forms: ReminderForms
    _saver: ReminderSaver
    _clock: Clock

    @remind.command(name="add")
    @on_request()
    async def add(  # one option a parameter, as discord.py wants it
        self,
        request: Request,
        what: str,
        when: str | None = None,
        area: AreaOption | None = None,
        words: Range[str, 1, MAX_WORDS_LENGTH] | None = None,
        minutes: Range[int, 1, 15] | None = None,
        show_area: bool = False,
    ) -> None:
        kind = ReminderKind.WORDS if words else kind_from(what, request.words)
        if kind is ReminderKind.STRETCH and area is not None and area.screen_first:
            raise SignsFirst(area=area.name)
        content = ReminderContent(area=area.id if area else None, words=words, named=show_area, minutes=minutes)
        draft = ReminderDraft.asked(kind, when or "", content)
        if draft.complete:
            await self._saver.save(request, draft)
        else:
            await self._forms.ask_missing(request, draft)

    @remind.command(name="list")
    @on_request()
    async def show_list(self, request: Request) -> None:
        await self._list.show_all(request)

    @remind.command(name="edit")
    @on_request()
    async def edit(
        self,
        request: Request,
        reminder: str,
        when: str | None = None,
        words: Range[str, 1, MAX_WORDS_LENGTH] | None = None,
    ) -> None:
        if not when and not words:
            await self._forms.change(request, reminder)
            return
        draft = await self._forms.draft_of(request, reminder)
        await self._saver.save(request, draft.edited(when, words))

    @remind.command(name="pause")
    @on_request()
    async def pause(self, request: Request, reminder: str, until: str | None = None) -> None:
        reminders = await self._reminders.of(request.person)
        item = await reminders.item(reminder)
        today = local_day(self._clock.now(), item.schedule.zone if item.schedule else DEFAULT_ZONE)
        paused = await reminders.pause(item, until_from(until or "", today))
        await self._list.show(request, reminders, paused)

    @remind.command(name="remove")
    @on_request()
    async def remove(self, request: Request, reminder: str) -> None:
        await self._list.remove(request, reminder)

    @remind.command(name="log")
    @on_request()
    async def log(self, request: Request, reminder: str | None = None) -> None:
        await self._list.show_log(request, reminder or ALL)

    @add.autocomplete("what")
    @on_typing
    async def _kinds(self, request: Request, text: str) -> list[Choice[str]]:
        return suggested_kinds(text, request.words)

    @add.autocomplete("when")
    @edit.autocomplete("when")
    @on_typing
    async def _times(self, request: Request, text: str) -> list[Choice[str]]:
        return suggested_times(text, self._clock.now(), request.words)

    @edit.autocomplete("reminder")
    @pause.autocomplete("reminder")
    @remove.autocomplete("reminder")
    @log.autocomplete("reminder")
    @on_typing
    async def _own(self, request: Request, text: str) -> list[Choice[str]]:
        try:
            reminders = await (await self._reminders.of(request.person)).items()
        except UserError:
            return []  # the command itself says why
        names = {item.reminder.id: cards.choice(request.library, item, request.words) for item in reminders}
        return suggested(names, text)

    @pause.autocomplete("until")
    @on_typing
    async def _untils(self, request: Request, text: str) -> list[Choice[str]]:
        try:
            zone = (await self._reminders.of(request.person)).zone
        except UserError:
            zone = DEFAULT_ZONE  # the command itself says why
        return suggested_untils(text, local_day(self._clock.now(), zone), request.words)
