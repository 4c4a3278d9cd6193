"""How a draft becomes a reminder, or what is shown instead."""

from collections.abc import Awaitable, Callable

from bot.checkins.errors import NeedsConsent
from bot.clock import Clock
from bot.expiring import ExpiringStore
from bot.reminders.draft import ReminderDraft, ReminderDrafts, Unread
from bot.reminders.errors import NoSuchReminder, NoZone
from bot.reminders.service import PersonalReminder, ReminderService
from bot.schedules.schedule import Schedule
from bot.storage.reminders import ReminderKind
from bot.ui.cards import reminders as cards
from bot.ui.cards.parts import Card
from bot.ui.reminders.direct_messages import DirectMessages, DmsBusy, DmsClosed
from bot.ui.request import Request
from bot.ui.schedule_text import schedule_text


class ReminderSaver:
    """Saves a new reminder once a first message has arrived; what cannot be saved yet waits as a draft."""

    def __init__(
        self,
        reminders: ReminderService,
        drafts: ReminderDrafts,
        direct_messages: DirectMessages,
        waiting: ExpiringStore[ReminderDraft],
        clock: Clock,
    ) -> None:
        self._reminders = reminders
        self._drafts = drafts
        self._direct_messages = direct_messages
        self._waiting = waiting
        self._clock = clock

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
            schedule = await self._drafts.read(request.person, draft)
        except NeedsConsent as error:
            raise NeedsConsent(error.terms, self._waiting.keep(request.person, draft), "reminder.agree") from None
        except (NoZone, Unread) as error:
            await answer(self._trouble(request, draft, error))
            return
        await request.later()
        try:
            reminder = await self._saved(request, draft, schedule)
        except (DmsClosed, DmsBusy) as error:
            sentence = request.words(error.message, **error.values)
            await answer(cards.closed(sentence, self._waiting.keep(request.person, draft), request.words))
        else:
            await answer(cards.saved(request.library, reminder, self._clock.now(), request.words))

    def _trouble(self, request: Request, draft: ReminderDraft, error: NoZone | Unread) -> Card:
        """What to do about it; the draft waits."""
        sentence = request.words(error.message, **error.values)
        action = "place" if isinstance(error, NoZone) else "fix"
        return cards.trouble(sentence, self._waiting.keep(request.person, draft), action, request.words)

    async def _saved(self, request: Request, draft: ReminderDraft, schedule: Schedule | None) -> PersonalReminder:
        """A new one is kept once its hello has arrived; asked for twice, it is there already.

        Raises DmsClosed, DmsBusy.
        """
        person, words = request.person, request.words
        if draft.entry is not None:
            return await self._drafts.change(person, draft, draft.entry, schedule, words.language)
        if schedule is None:
            raise TypeError("a new reminder has a time")
        try:
            return await self._reminders.item(person, draft.made)
        except NoSuchReminder:
            pass
        when = "" if draft.kind is ReminderKind.MORNING else schedule_text(schedule, words)
        hello, known = cards.hello(draft.kind, when, words), await self._reminders.channel(person)
        channel = await self._direct_messages.open(request.interaction.user, hello, known)
        return await self._drafts.keep(person, draft, schedule, channel, words.language)
