"""Setting a reminder: what is missing is asked for, and nothing that was typed is lost on the way."""

from dataclasses import replace
from typing import Final

from discord import Interaction
from discord.ext import commands

from bot.checkins.diary import Diary
from bot.checkins.errors import NeedsConsent
from bot.clock import Clock
from bot.errors import OutOfDate, UserError
from bot.expiring import Expired, ExpiringStore
from bot.reminders.draft import ReminderDraft, ReminderDrafts, Unread
from bot.reminders.errors import NoSuchReminder, NoZone
from bot.reminders.secretary import Secretary
from bot.reminders.service import PersonalReminder
from bot.schedules.schedule import Schedule
from bot.storage.reminders import ReminderKind
from bot.ui import forms
from bot.ui.cards import diary as diary_cards
from bot.ui.cards import reminders as cards
from bot.ui.cards.parts import Card
from bot.ui.custom_id import custom_id
from bot.ui.locales import Locales, LocalizedContent
from bot.ui.options import CannotWait, cannot_wait
from bot.ui.reminders.direct_messages import DirectMessages, DmsBusy, DmsClosed
from bot.ui.replies import draw_later, show, show_drawn, turn
from bot.ui.router import Handler, Router
from bot.ui.schedule_text import schedule_text
from bot.zones import zone_from

EDITED: Final = "edit"  # in the place of a kind: the form changes a reminder


class ReminderForms(commands.Cog):
    """A wish waits in memory for half an hour; it becomes a reminder once a first message has arrived."""

    def __init__(  # the composition root hands in one service each
        self,
        locales: Locales,
        router: Router,
        secretary: Secretary,
        diary: Diary,
        direct_messages: DirectMessages,
        waiting: ExpiringStore[ReminderDraft],
        clock: Clock,
    ) -> None:
        self._locales = locales
        self._personal = secretary.personal
        self._desk = ReminderDrafts(secretary.personal, clock)
        self._diary = diary
        self._direct_messages = direct_messages
        self._waiting = waiting
        self._clock = clock
        handlers: dict[str, Handler] = {
            "rmagree": self.agree,
            "rmplace": self.place,
            "rmplaced": self.placed,
            "rmfix": self.fix,
            "rmfixed": self.fixed,
            "rmtry": self.again,
            "rmmorning": self.morning,
        }
        router.add_all(handlers)

    async def agree(self, interaction: Interaction, draft: str) -> None:
        """*Yes* to having things kept: go on with what was waiting."""
        await self._diary.agree(interaction.user.id)
        try:
            waiting = self._waiting.take(draft, interaction.user.id)
        except Expired:
            await turn(interaction, diary_cards.agreed(self._locales.of(interaction.locale).words))
        else:
            await self.fulfil(interaction, waiting)

    async def place(self, interaction: Interaction, draft: str) -> None:
        """*Choose my time zone*."""
        self._waiting.find(draft, interaction.user.id)
        words = self._locales.of(interaction.locale).words
        await interaction.response.send_modal(cards.place_form(custom_id("rmplaced", draft), words))

    async def placed(self, interaction: Interaction, draft: str) -> None:
        """A place came back."""
        localized, person = self._locales.of(interaction.locale), interaction.user.id
        self._waiting.find(draft, person)
        said = "".join(forms.filled(interaction).get("place", ()))
        if alarms := cannot_wait(said, localized):
            raise CannotWait(alarms)
        try:
            zone = zone_from(said)
        except UserError as error:
            sentence = localized.words(error.message, **error.values)
            await turn(interaction, cards.trouble(sentence, draft, "place", localized.words))
            return
        await (await self._diary.of(person)).set_zone(zone)
        await self.fulfil(interaction, self._waiting.take(draft, person))

    async def fix(self, interaction: Interaction, draft: str) -> None:
        """*Fix it*: the form with what was typed."""
        waiting = self._waiting.find(draft, interaction.user.id)
        await self._open(interaction, waiting, draft)

    async def ask(self, interaction: Interaction, draft: ReminderDraft) -> None:
        """The form: when, and the words where it brings words."""
        await self._open(interaction, draft, self._waiting.keep(interaction.user.id, draft))

    async def ask_or_fulfil(self, interaction: Interaction, draft: ReminderDraft) -> None:
        """The form, unless the person has to agree or to choose a time zone first: forms must be the first answer."""
        try:
            await self._personal.zone(interaction.user.id)
        except (NeedsConsent, NoZone):
            await self.fulfil(interaction, draft)
        else:
            await self.ask(interaction, draft)

    async def fixed(self, interaction: Interaction, draft: str, what: str, name: str) -> None:
        """The form came back; when its wish is gone, what stands in the form is not."""
        try:
            waiting = self._waiting.take(draft, interaction.user.id)
        except Expired:
            waiting = await self._lost(interaction, what, name)
        said = {field: values[0] for field, values in forms.filled(interaction).items() if values}
        await self.fulfil(
            interaction, replace(waiting, when=said.get("when", ""), words=said.get("words", waiting.words))
        )

    async def again(self, interaction: Interaction, draft: str) -> None:
        """*Try again*, with direct messages open."""
        await self.fulfil(interaction, self._waiting.take(draft, interaction.user.id))

    async def morning(self, interaction: Interaction) -> None:
        """*Ask me tomorrow morning*, on a check-in after a run: beside it, for it may say to check the symptoms."""
        await self.fulfil(interaction, ReminderDraft(ReminderKind.MORNING, ""), club_notes=True)

    async def changing(self, interaction: Interaction, reminder: str) -> ReminderDraft:
        """A kept reminder, to be changed. Raises NoSuchReminder."""
        item = await self._personal.item(interaction.user.id, reminder)
        when, about = cards.when_text(item, self._locales.of(interaction.locale).words), item.about
        return ReminderDraft(
            item.kind, when, about.area, about.words, about.named, about.minutes, entry=reminder, before=when
        )

    async def fulfil(self, interaction: Interaction, draft: ReminderDraft, *, club_notes: bool = False) -> None:
        """Set it, or ask for what is missing. `club_notes`: what was pressed stays as it is.

        Raises CannotWait, NeedsConsent with the wish waiting, TooMany, Changed.
        """
        localized, person = self._locales.of(interaction.locale), interaction.user.id
        if alarms := tuple(alarm for text in (draft.when, draft.words or "") for alarm in cannot_wait(text, localized)):
            raise CannotWait(alarms)
        answer = show if club_notes else turn
        try:
            schedule = await self._desk.read(person, draft)
        except NeedsConsent:
            raise NeedsConsent(self._diary.terms, self._waiting.keep(person, draft), "rmagree") from None
        except (NoZone, Unread) as error:
            await answer(interaction, self._missing(person, draft, error, localized))
            return
        await draw_later(interaction, again=not club_notes)
        try:
            item = await self._kept(interaction, draft, schedule, localized)
        except (DmsClosed, DmsBusy) as error:
            sentence = localized.words(error.message, **error.values)
            waiting = self._waiting.keep(person, draft)
            await show_drawn(interaction, cards.closed(sentence, waiting, localized.words), [])
            return
        await show_drawn(interaction, cards.saved(localized.library, item, self._clock.now(), localized.words), [])

    async def _open(self, interaction: Interaction, draft: ReminderDraft, waiting: str) -> None:
        """What the form is for stands in its id, so that it can come back when nothing is waiting any more."""
        what = (EDITED, draft.entry) if draft.entry else (draft.kind, draft.made)
        form = cards.form(draft, custom_id("rmfixed", waiting, *what), self._locales.of(interaction.locale).words)
        await interaction.response.send_modal(form)

    async def _lost(self, interaction: Interaction, what: str, name: str) -> ReminderDraft:
        if what == EDITED:
            return await self.changing(interaction, name)
        if what not in set(ReminderKind) - {ReminderKind.CLUB}:
            raise OutOfDate
        return ReminderDraft(ReminderKind(what), "", made=name)

    def _missing(self, person: int, draft: ReminderDraft, error: NoZone | Unread, localized: LocalizedContent) -> Card:
        """What to do about it; the wish waits."""
        sentence, action = (
            localized.words(error.message, **error.values),
            "place" if isinstance(error, NoZone) else "fix",
        )
        return cards.trouble(sentence, self._waiting.keep(person, draft), action, localized.words)

    async def _kept(
        self, interaction: Interaction, draft: ReminderDraft, schedule: Schedule | None, localized: LocalizedContent
    ) -> PersonalReminder:
        """A new one is kept once its hello has arrived; asked for twice, it is there already.

        Raises DmsClosed, DmsBusy.
        """
        person, words = interaction.user.id, localized.words
        if draft.entry is not None:
            return await self._desk.change(person, draft, draft.entry, schedule, words.language)
        if schedule is None:
            raise TypeError("a new reminder has a time")
        try:
            return await self._personal.item(person, draft.made)
        except NoSuchReminder:
            pass
        when = "" if draft.kind is ReminderKind.MORNING else schedule_text(schedule, words)
        known = await self._personal.channel(person)
        channel = await self._direct_messages.open(interaction.user, cards.hello(draft.kind, when, words), known)
        return await self._desk.keep(person, draft, schedule, channel, words.language)
