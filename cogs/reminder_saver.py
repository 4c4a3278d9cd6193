"""The saver of reminders: how a draft becomes one, or what is shown instead."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.checkins.person_diary import NeedsConsent
from bot.clock import Clock
from bot.expiring import ExpiringStore
from bot.reminders.content import PersonalReminder, ReminderDraft, Unread
from bot.reminders.person_reminders import PersonReminders, ReminderPlan
from bot.reminders.scheduled import NoZone
from bot.reminders.service import ReminderService
from bot.ui.cards import reminders as cards
from bot.ui.cards.parts import Card
from bot.ui.direct_messages import DirectMessages, DmsBusy, DmsClosed
from bot.ui.phrases import schedule_text
from bot.ui.request import Request


@dataclass(eq=False)
class ReminderSaver:
    """Saves a new reminder once a first message has arrived; what cannot be saved yet waits as a draft."""

    _reminders: ReminderService
    _direct_messages: DirectMessages
    _waiting: ExpiringStore[ReminderDraft]
    _clock: Clock

    async def save(self, request: Request, draft: ReminderDraft) -> None:
        """Save it, or show what is missing; in the place of the private card that was pressed.

        Raises NeedsConsent with the draft waiting, TooMany, EditedMeanwhile.
        """
        await self._save(request, draft, request.replace)

    async def save_beside(self, request: Request, draft: ReminderDraft) -> None:
        """The same, and what was pressed stays as it is."""
        await self._save(request, draft, request.show)

    async def _save(self, request: Request, draft: ReminderDraft, answer: Callable[[Card], Awaitable[None]]) -> None:
        try:
            reminders = await self._reminders.of(request.person)
            plan = await reminders.plan(draft)
        except NeedsConsent as error:
            raise NeedsConsent(error.terms, self._waiting.keep(request.person, draft), "reminder.agree") from None
        except (NoZone, Unread) as error:
            await answer(self._trouble(request, draft, error))
            return
        await request.later()
        try:
            reminder = await self._saved(request, reminders, draft, plan)
        except (DmsClosed, DmsBusy) as error:
            sentence = request.words(error.message, **error.values)
            await answer(cards.closed(sentence, self._waiting.keep(request.person, draft), request.words))
        else:
            await answer(cards.saved(request.library, reminder, self._clock.now(), request.words, draft.left_out))

    def _trouble(self, request: Request, draft: ReminderDraft, error: NoZone | Unread) -> Card:
        """What to do about it; the draft waits."""
        sentence = request.words(error.message, **error.values)
        action = "place" if isinstance(error, NoZone) else "fix"
        choices = error.choices if isinstance(error, Unread) else ()
        return cards.trouble(sentence, self._waiting.keep(request.person, draft), action, request.words, choices)

    async def _saved(
        self, request: Request, reminders: PersonReminders, draft: ReminderDraft, plan: ReminderPlan
    ) -> PersonalReminder:
        """A new one is kept once its hello has arrived; asked for twice, it is there already.

        Raises DmsClosed, DmsBusy.
        """
        words = request.words
        if draft.entry is not None:
            return await reminders.change_from(draft, plan.schedule, words.language)
        if plan.there is not None:
            return plan.there
        if plan.schedule is None:
            raise TypeError("a new reminder has a time")
        hello = cards.hello(draft.kind, schedule_text(plan.schedule, words), words)
        channel = await self._direct_messages.open(request.interaction.user, hello, plan.channel)
        return await reminders.add(draft, plan.schedule, channel, words.language)
