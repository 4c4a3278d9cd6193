"""The other presses on a reminder's message: done, later, less often, or no more."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from bot.advice.model import Area
from bot.clock import Clock
from bot.delivery.transport import Withheld
from bot.errors import OutOfDate
from bot.reminders.content import PersonalReminder
from bot.reminders.messages import ReminderMessages, tonight_at
from bot.reminders.person_reminders import PersonReminders
from bot.reminders.scheduled import EveningOver
from bot.reminders.screening import before_stretches, stretches
from bot.reminders.service import ReminderService
from bot.storage.occurrences import Occurrence
from bot.ui.cards import reminder_message as cards
from bot.ui.cards.parts import Card
from bot.ui.request import AnswerPolicy, Request
from bot.ui.router import press
from cogs.reminder_list import item_card, paused

CanRun = Callable[[Request, Area], Awaitable[Card]]  # the first screen of *Can I run?*

EDITS: Final = AnswerPolicy(edits=True)


class ReminderButtons:
    """Each is looked up under the person who pressed."""

    def __init__(self, reminders: ReminderService, messages: ReminderMessages, can_run: CanRun, clock: Clock) -> None:
        self._reminders = reminders
        self._messages = messages
        self._can_run = can_run
        self._clock = clock

    @press("reminder.later", EDITS)
    async def later(self, request: Request, occurrence_id: str) -> None:
        reminders, reminder, occurrence = await self._reminders.answered(request.person, occurrence_id)
        at = self._put_off_until(request, reminders)
        await reminders.later(reminder, occurrence, at)
        await request.replace(cards.settled_at("put-off", at, occurrence_id, request.words))

    @press("reminder.done", EDITS)
    async def done(self, request: Request, occurrence_id: str) -> None:
        await self._reminders.answered(request.person, occurrence_id)
        card = cards.settled_at("was-done", self._clock.now(), occurrence_id, request.words)
        await request.replace(card)

    @press("reminder.start_routine", EDITS)
    async def start_routine(self, request: Request, occurrence_id: str) -> None:
        """*Start*: the routine, step by step, unless a check has said since to be seen first."""
        library = request.library
        reminders, reminder, _ = await self._reminders.answered(request.person, occurrence_id)
        red_flag = await before_stretches(reminders.diary, reminder.content, library)
        if red_flag is not None:
            await request.replace(cards.held(library, red_flag, occurrence_id, request.words))
            return
        routine = stretches(library, reminder.content).routine
        name, key = ("routine", routine.id) if routine else ("pain", reminder.content.area or "")
        await request.show(request.content.card_index.card(name, key))

    @press("reminder.seen", EDITS)
    async def seen(self, request: Request, occurrence_id: str) -> None:
        """*I was seen*: to where that is asked and kept."""
        reminders, reminder, occurrence = await self._reminders.answered(request.person, occurrence_id)
        red_flag = await before_stretches(reminders.diary, reminder.content, request.library)
        if red_flag is None:
            await self._settle(request, reminder, occurrence)
        elif red_flag.finding is not None and (area := request.library.areas.get(red_flag.finding.area)):
            await request.show(await self._can_run(request, area))  # beside it: the message stays, and names no place
        else:
            await request.show(cards.sure(occurrence_id, request.words))

    @press("reminder.cleared")
    async def cleared(self, request: Request, occurrence_id: str) -> None:
        """*Yes, I was told so*, about a place that the content no longer has."""
        library = request.library
        reminders, reminder, _ = await self._reminders.answered(request.person, occurrence_id)
        red_flag = await before_stretches(reminders.diary, reminder.content, library)
        if red_flag is not None:
            if red_flag.finding is None or red_flag.finding.area in library.areas:
                raise OutOfDate
            await reminders.diary.clear(red_flag.finding.area, [red_flag.finding.id], library.version)
        await request.replace(await item_card(request, reminders, reminder, self._clock.now()))

    @press("reminder.stop", EDITS)
    async def stop(self, request: Request, occurrence_id: str) -> None:
        """*Stop these*: for how long?"""
        await self._reminders.answered(request.person, occurrence_id)
        await request.replace(cards.stop(occurrence_id, request.words))

    @press("reminder.pause", EDITS)
    async def pause(self, request: Request, occurrence_id: str, days: str) -> None:
        """*Pause*, for a week or until it is turned on."""
        reminders, reminder, _ = await self._reminders.answered(request.person, occurrence_id)
        schedule = (await paused(reminders, reminder, days)).schedule
        until = schedule.pause.until if schedule and schedule.pause else None
        await request.replace(cards.paused(occurrence_id, until, request.words))

    @press("reminder.delete", EDITS)
    async def delete(self, request: Request, occurrence_id: str) -> None:
        reminders, reminder, _ = await self._reminders.answered(request.person, occurrence_id)
        await reminders.remove(reminder.reminder.id)
        await request.replace(cards.removed(request.words))

    @press("reminder.keep", EDITS)
    async def keep(self, request: Request, occurrence_id: str) -> None:
        """*Keep it*, *Keep it as it is*: what the message brought stays on it."""
        _, reminder, occurrence = await self._reminders.answered(request.person, occurrence_id)
        await self._settle(request, reminder, occurrence)

    @press("reminder.less_often", EDITS)
    async def less_often(self, request: Request, occurrence_id: str) -> None:
        """*Once a week*."""
        reminders, reminder, occurrence = await self._reminders.answered(request.person, occurrence_id)
        await self._settle(request, await reminders.quieter(reminder), occurrence, "weekly-now")

    @press("reminder.open")
    async def open(self, request: Request, occurrence_id: str) -> None:
        """*Change or stop*."""
        reminders, reminder, _ = await self._reminders.answered(request.person, occurrence_id)
        await request.show(await item_card(request, reminders, reminder, self._clock.now()))

    def _put_off_until(self, request: Request, reminders: PersonReminders) -> datetime:
        """What was chosen in the menu. Raises EveningOver, OutOfDate."""
        now = self._clock.now()
        if request.value in cards.LATER:
            return now + timedelta(minutes=int(request.value))
        if request.value != cards.EVENING:
            raise OutOfDate
        if (tonight := tonight_at(reminders.zone, now)) <= now:
            raise EveningOver
        return tonight

    async def _settle(
        self, request: Request, reminder: PersonalReminder, occurrence: Occurrence, rings: str = "kept"
    ) -> None:
        """The message as it was, with a note of when it rings next in the place of what it asked about itself."""
        note = cards.going_on(reminder.upcoming(self._clock.now(), 1), request.words, rings)
        try:
            message = await self._messages.again(reminder, occurrence, request.library)
        except Withheld:  # there is nothing left to ask or to bring
            card = cards.settled(note, occurrence.id, request.words)
        else:
            card = cards.message(request.library, message, request.words, note)
        await request.replace(card)
