"""One's own reminders: the list, each of them, and what became of them."""

from typing import Final

from bot.clock import Clock
from bot.errors import OutOfDate
from bot.reminders.messages import ReminderMessages
from bot.reminders.service import PersonalReminder, ReminderService
from bot.storage.reminders import ReminderState
from bot.ui.cards import reminders as cards
from bot.ui.cards.parts import Card
from bot.ui.reminders.direct_messages import DirectMessages
from bot.ui.request import BESIDE, Request
from bot.ui.router import press

ALL: Final = "all"  # in the place of a reminder's id


class ReminderList:
    """Every id is looked up under the person who asks."""

    def __init__(
        self,
        reminders: ReminderService,
        messages: ReminderMessages,
        direct_messages: DirectMessages,
        clock: Clock,
    ) -> None:
        self._reminders = reminders
        self._messages = messages
        self._direct_messages = direct_messages
        self._clock = clock

    @press("reminder.list")
    async def show_all(self, request: Request) -> None:
        """All of one's own."""
        reminders = await self._reminders.items(request.person)
        red_flags = await self._messages.red_flags(request.person, reminders, request.library)
        await request.replace(cards.listing(request.library, reminders, self._clock.now(), request.words, red_flags))

    @press("reminder.pick")
    async def pick(self, request: Request) -> None:
        """One of the list."""
        await self.show(request, await self._reminders.item(request.person, request.value))

    @press("reminder.show")
    async def open(self, request: Request, reminder_id: str) -> None:
        """*Change or stop*."""
        await self.show(request, await self._reminders.item(request.person, reminder_id))

    @press("reminder.pause_for")
    async def pause(self, request: Request, reminder_id: str, days: str) -> None:
        """*Pause*."""
        await self.show(request, await paused(self._reminders, request.person, reminder_id, days))

    @press("reminder.resume")
    async def resume(self, request: Request, reminder_id: str) -> None:
        """*Turn it on again*; where Discord refused, a message is tried first.

        Raises DmsClosed, ZoneGone, TimesUnreadable.
        """
        reminder = await self._reminders.item(request.person, reminder_id)
        if reminder.reminder.state is ReminderState.BLOCKED and reminder.schedule is not None:
            await request.later()
            await request.replace(await self._resumed(request, reminder))
        else:
            await self.show(request, await self._reminders.resume(request.person, reminder_id))

    @press("reminder.resume_blocked", BESIDE)
    async def resume_blocked(self, request: Request, reminder_id: str) -> None:
        """*Turn it on*, among others that Discord refused: they stay where they are. Raises as `resume`."""
        reminder = await self._reminders.item(request.person, reminder_id)
        await request.later()
        await request.show(await self._resumed(request, reminder))

    @press("reminder.remove")
    async def remove(self, request: Request, reminder_id: str) -> None:
        """*Remove it*."""
        await self._reminders.remove(request.person, reminder_id)
        await request.replace(cards.removed(request.words))

    @press("reminder.log")
    async def show_log(self, request: Request, reminder_id: str) -> None:
        """What became of the latest ones, of one reminder or of `ALL`."""
        occurrences = await self._reminders.log(request.person, None if reminder_id == ALL else reminder_id)
        await request.replace(cards.log(request.library, occurrences, request.words))

    async def show(self, request: Request, reminder: PersonalReminder) -> None:
        """One of them, and what can be done with it."""
        red_flags = await self._messages.red_flags(request.person, [reminder], request.library)
        await request.replace(cards.item(request.library, reminder, self._clock.now(), request.words, red_flags))

    async def _resumed(self, request: Request, reminder: PersonalReminder) -> Card:
        """It rings again once a message has arrived."""
        person, reminder_id = request.person, reminder.reminder.id
        if reminder.schedule is None:
            await self._reminders.resume(person, reminder_id)  # raises what is wrong with it
        hello = cards.hello(reminder.kind, cards.when_text(reminder, request.words), request.words)
        channel = await self._direct_messages.open(request.interaction.user, hello, reminder.reminder.channel)
        resumed = await self._reminders.resume(person, reminder_id, channel=channel)
        return cards.item(request.library, resumed, self._clock.now(), request.words)


async def paused(reminders: ReminderService, person: int, reminder_id: str, days: str) -> PersonalReminder:
    """Pause one for as many days as a button offers; 0: until it is turned on. Raises OutOfDate."""
    if days not in {"0", "7"}:
        raise OutOfDate
    if days == "0":
        return await reminders.pause(person, reminder_id)
    return await reminders.pause_for(person, reminder_id, int(days))
