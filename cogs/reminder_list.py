"""The list of one's own reminders, each of them, what became of them, and which could not be brought."""

from datetime import datetime
from typing import Final

import structlog

from bot.clock import Clock
from bot.errors import OutOfDate
from bot.reminders.content import PersonalReminder
from bot.reminders.person_reminders import PersonReminders
from bot.reminders.screening import before_reminders
from bot.reminders.service import ReminderService
from bot.storage.reminders import ReminderState
from bot.ui.cards import reminders as cards
from bot.ui.cards.pages import numbered_page
from bot.ui.cards.parts import Card
from bot.ui.direct_messages import DirectMessages
from bot.ui.request import BESIDE, Request
from bot.ui.router import press

ALL: Final = "all"  # in the place of a reminder's id


class ReminderList:
    """Every id is looked up under the person who asks."""

    def __init__(self, reminders: ReminderService, direct_messages: DirectMessages, clock: Clock) -> None:
        self._reminders = reminders
        self._direct_messages = direct_messages
        self._clock = clock

    @press("reminder.list")
    async def show_all(self, request: Request) -> None:
        reminders = await self._reminders.of(request.person)
        items = await reminders.items()
        red_flags = await before_reminders(reminders.diary, items, request.library)
        await request.replace(cards.listing(request.library, items, self._clock.now(), request.words, red_flags))

    @press("reminder.pick")
    async def pick(self, request: Request) -> None:
        await self.open(request, request.value)

    @press("reminder.show")
    async def open(self, request: Request, reminder_id: str) -> None:
        """*Change or stop*."""
        reminders = await self._reminders.of(request.person)
        await self.show(request, reminders, await reminders.item(reminder_id))

    @press("reminder.pause_for")
    async def pause(self, request: Request, reminder_id: str, days: str) -> None:
        reminders = await self._reminders.of(request.person)
        await self.show(request, reminders, await paused(reminders, await reminders.item(reminder_id), days))

    @press("reminder.resume")
    async def resume(self, request: Request, reminder_id: str) -> None:
        """*Turn it on again*; where Discord refused, a message is tried first.

        Raises DmsClosed, ZoneGone, TimesUnreadable.
        """
        reminders = await self._reminders.of(request.person)
        reminder = await reminders.item(reminder_id)
        if reminder.reminder.state is ReminderState.BLOCKED and reminder.schedule is not None:
            await request.later()
            await request.replace(await self._resumed(request, reminders, reminder))
        else:
            await self.show(request, reminders, await reminders.resume(reminder))

    @press("reminder.resume_blocked", BESIDE)
    async def resume_blocked(self, request: Request, reminder_id: str) -> None:
        """*Turn it on*, among others that Discord refused: they stay where they are. Raises as `resume`."""
        reminders = await self._reminders.of(request.person)
        reminder = await reminders.item(reminder_id)
        await request.later()
        await request.show(await self._resumed(request, reminders, reminder))

    @press("reminder.remove")
    async def remove(self, request: Request, reminder_id: str) -> None:
        await (await self._reminders.of(request.person)).remove(reminder_id)
        await request.replace(cards.removed(request.words))

    @press("reminder.log")
    async def show_log(self, request: Request, reminder_id: str) -> None:
        """What became of the latest ones, of one reminder or of `ALL`."""
        await self.turn_log(request, reminder_id, "0")

    @press("reminder.turn_log")
    async def turn_log(self, request: Request, reminder_id: str, page: str) -> None:
        reminders = await self._reminders.of(request.person)
        occurrences = await reminders.log(None if reminder_id == ALL else reminder_id)
        pages = cards.log(request.library, occurrences, reminder_id, request.words)
        await request.replace(numbered_page(pages, page))

    async def show(self, request: Request, reminders: PersonReminders, reminder: PersonalReminder) -> None:
        """One of them, and what can be done with it."""
        await request.replace(await item_card(request, reminders, reminder, self._clock.now()))

    async def _resumed(self, request: Request, reminders: PersonReminders, reminder: PersonalReminder) -> Card:
        """It rings again once a message has arrived."""
        if reminder.schedule is None:
            await reminders.resume(reminder)  # raises what is wrong with it
        hello = cards.hello(reminder.kind, cards.when_text(reminder, request.words), request.words)
        channel = await self._direct_messages.open(request.interaction.user, hello, reminder.reminder.channel)
        resumed = await reminders.resume(await reminders.item(reminder.reminder.id), channel=channel)
        return await item_card(request, reminders, resumed, self._clock.now())


async def item_card(request: Request, reminders: PersonReminders, reminder: PersonalReminder, now: datetime) -> Card:
    """One reminder, with what its stretches wait for, and what can be done with it."""
    red_flags = await before_reminders(reminders.diary, [reminder], request.library)
    return cards.item(request.library, reminder, now, request.words, red_flags)


async def paused(reminders: PersonReminders, reminder: PersonalReminder, days: str) -> PersonalReminder:
    """Pause one for as many days as a button offers; 0: until it is turned on. Raises OutOfDate."""
    if days not in {"0", "7"}:
        raise OutOfDate
    return await reminders.pause_for(reminder, int(days))


log = structlog.get_logger("limber.remind")


async def tell_undelivered(service: ReminderService, request: Request) -> None:
    """For after any command: whose reminders Discord refused is told, once. Never raises: the command was answered."""
    try:
        if reminders := await service.undelivered(request.person):
            await request.show(cards.undelivered(request.library, reminders, request.words))
            await service.mark_told(request.person)
    except Exception as error:  # noqa: BLE001  # beside the answer that was given: the next command tries again
        log.warning("somebody could not be told of a reminder", why=type(error).__name__)
