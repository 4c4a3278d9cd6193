"""Setting a reminder: what is missing is asked for, and nothing that was typed is lost on the way."""

from dataclasses import replace

from discord import Interaction
from discord.ext import commands

from bot.checkins.days import DAY, local_day
from bot.checkins.diary import Diary, NeedsConsent
from bot.clock import Clock
from bot.errors import UserError
from bot.kept import AnswersGone, Kept
from bot.reminders.about import About
from bot.reminders.errors import NoZone, WordsMissing
from bot.reminders.personal import Item, once
from bot.reminders.schedule import Schedule
from bot.reminders.schedule_text import schedule_from
from bot.reminders.secretary import Secretary
from bot.reminders.time_text import time_from
from bot.storage.reminders import ReminderKind
from bot.ui import forms
from bot.ui.cards import diary as diary_cards
from bot.ui.cards import reminders as cards
from bot.ui.cards.reminders import Wish
from bot.ui.custom_id import custom_id
from bot.ui.doorstep import DmsBusy, DmsClosed, Doorstep
from bot.ui.editions import Edition, Editions
from bot.ui.options import CannotWait, cannot_wait
from bot.ui.replies import draw_later, show_drawn, turn
from bot.ui.router import Handler, Router
from bot.ui.schedules import schedule_text
from bot.zones import zone_from


class Wishes(commands.Cog):
    """A wish waits in memory for half an hour; it becomes a reminder once a first message has arrived."""

    def __init__(  # the composition root hands in one service each
        self,
        editions: Editions,
        router: Router,
        secretary: Secretary,
        diary: Diary,
        doorstep: Doorstep,
        waiting: Kept[Wish],
        clock: Clock,
    ) -> None:
        self._editions = editions
        self._personal = secretary.personal
        self._mornings = secretary.mornings
        self._diary = diary
        self._doorstep = doorstep
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

    async def agree(self, interaction: Interaction, wish: str) -> None:
        """*Yes* to having things kept: go on with what was waiting."""
        await self._diary.agree(interaction.user.id)
        try:
            waiting = self._waiting.find(wish, interaction.user.id)
        except AnswersGone:
            await turn(interaction, diary_cards.agreed(self._editions.of(interaction.locale).words))
        else:
            await self.fulfil(interaction, waiting)

    async def place(self, interaction: Interaction, wish: str) -> None:
        """*Choose my time zone*."""
        self._waiting.find(wish, interaction.user.id)
        words = self._editions.of(interaction.locale).words
        await interaction.response.send_modal(cards.place_form(custom_id("rmplaced", wish), words))

    async def placed(self, interaction: Interaction, wish: str) -> None:
        """A place came back."""
        edition, waiting = self._editions.of(interaction.locale), self._waiting.find(wish, interaction.user.id)
        said = "".join(forms.filled(interaction).get("place", ()))
        if alarms := cannot_wait(said, edition):
            raise CannotWait(alarms)
        try:
            zone = zone_from(said)
        except UserError as error:
            sentence = edition.words(error.message, **error.values)
            await turn(interaction, cards.trouble(sentence, wish, "place", edition.words))
            return
        await self._diary.set_zone(interaction.user.id, zone)
        await self.fulfil(interaction, waiting)

    async def fix(self, interaction: Interaction, wish: str) -> None:
        """*Fix it*: the form with what was typed."""
        waiting = self._waiting.find(wish, interaction.user.id)
        await self.ask(interaction, waiting, custom_id("rmfixed", wish))

    async def ask(self, interaction: Interaction, wish: Wish, name: str | None = None) -> None:
        """The form: when, and the words where it brings words."""
        answer = name or custom_id("rmfixed", self._waiting.keep(interaction.user.id, wish))
        await interaction.response.send_modal(cards.form(wish, answer, self._editions.of(interaction.locale).words))

    async def ask_or_fulfil(self, interaction: Interaction, wish: Wish) -> None:
        """The form, unless the person has to agree or to choose a time zone first: forms must be the first answer."""
        try:
            await self._personal.zone(interaction.user.id)
        except (NeedsConsent, NoZone):
            await self.fulfil(interaction, wish)
        else:
            await self.ask(interaction, wish)

    async def fixed(self, interaction: Interaction, wish: str) -> None:
        """The form came back."""
        waiting = self._waiting.find(wish, interaction.user.id)
        said = {name: values[0] for name, values in forms.filled(interaction).items() if values}
        await self.fulfil(
            interaction, replace(waiting, when=said.get("when", ""), words=said.get("words", waiting.words))
        )

    async def again(self, interaction: Interaction, wish: str) -> None:
        """*Try again*, with direct messages open."""
        await self.fulfil(interaction, self._waiting.find(wish, interaction.user.id))

    async def morning(self, interaction: Interaction) -> None:
        """*Ask me tomorrow morning*, on a check-in after a run."""
        await self.fulfil(interaction, Wish(ReminderKind.MORNING, ""))

    async def fulfil(self, interaction: Interaction, wish: Wish) -> None:
        """Set it, or ask for what is missing.

        Raises CannotWait, NeedsConsent with the wish waiting, TooMany, Changed.
        """
        edition, person = self._editions.of(interaction.locale), interaction.user.id
        if alarms := tuple(alarm for text in (wish.when, wish.words or "") for alarm in cannot_wait(text, edition)):
            raise CannotWait(alarms)
        waiting = self._waiting.keep(person, wish)
        try:
            schedule = await self._schedule(person, wish)
            if wish.entry is None:
                await self._personal.room(person)
        except NeedsConsent:
            raise NeedsConsent(self._diary.terms, waiting, "rmagree") from None
        except NoZone as error:
            sentence = edition.words(error.message)
            await turn(interaction, cards.trouble(sentence, waiting, "place", edition.words))
            return
        except Unread as error:
            sentence = edition.words(error.message, **error.values)
            await turn(interaction, cards.trouble(sentence, waiting, "fix", edition.words))
            return
        await draw_later(interaction, again=True)
        try:
            item = await self._kept(interaction, wish, schedule, edition)
        except (DmsClosed, DmsBusy) as error:
            sentence = edition.words(error.message, **error.values)
            await show_drawn(interaction, cards.closed(sentence, waiting, edition.words), [])
            return
        await show_drawn(interaction, cards.saved(edition.library, item, self._clock.now(), edition.words), [])

    async def _schedule(self, person: int, wish: Wish) -> Schedule:
        """When it is to ring. Raises Unread."""
        zone, now = await self._personal.zone(person), self._clock.now()
        today = local_day(now, zone)
        try:
            if wish.kind is ReminderKind.WORDS and not (wish.words or "").strip():
                raise WordsMissing
            if wish.kind is not ReminderKind.MORNING:
                return schedule_from(wish.when, zone, today)
            return once(today - DAY, time_from(wish.when) if wish.when else About().morning, zone)
        except UserError as error:
            raise Unread(error) from error

    async def _kept(self, interaction: Interaction, wish: Wish, schedule: Schedule, edition: Edition) -> Item:
        """A new one is kept once its hello has arrived. Raises DmsClosed, DmsBusy."""
        person, words = interaction.user.id, edition.words
        if wish.entry is not None:
            before = await self._personal.item(person, wish.entry)
            about = replace(_about(wish, schedule, edition), area=before.about.area, named=before.about.named)
            item = await self._personal.change(person, wish.entry, schedule=schedule, about=about)
        else:
            when = "" if wish.kind is ReminderKind.MORNING else schedule_text(schedule, words)
            known = await self._personal.channel(person)
            channel = await self._doorstep.hello(interaction.user, cards.hello(wish.kind, when, words), known)
            item = await self._personal.add(person, wish.kind, schedule, channel, _about(wish, schedule, edition))
        if wish.kind is ReminderKind.MORNING:
            await self._mornings.follow(person)
            item = await self._personal.item(person, item.reminder.id)
        return item


class Unread(UserError):
    """When it should ring cannot be read; says what the cause says."""

    def __init__(self, cause: UserError) -> None:
        self.message = cause.message
        super().__init__(**cause.values)


def _about(wish: Wish, schedule: Schedule, edition: Edition) -> About:
    return About(
        area=wish.area,
        words=wish.words,
        named=wish.named,
        minutes=wish.minutes,
        morning=schedule.at,
        language=edition.words.language,
    )
