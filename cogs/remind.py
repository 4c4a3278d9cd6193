"""A runner's reminders: set one, look at them, change, pause, take away, and what became of them."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import structlog
from discord import Interaction, app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.clock import Clock
from bot.errors import OutOfDate, UserError
from bot.localtime import DAY, local_day
from bot.reminders.content import MAX_WORDS_LENGTH
from bot.reminders.draft import ReminderDraft
from bot.reminders.errors import SignsFirst
from bot.reminders.secretary import Secretary
from bot.reminders.service import PersonalReminder
from bot.schedules.parse.line import schedule_from
from bot.schedules.parse.until import until_from
from bot.storage.reminders import ReminderKind, ReminderState
from bot.ui.cards import reminders as cards
from bot.ui.cards.reminders import PERSONAL
from bot.ui.dates import day_text
from bot.ui.limits import CHOICE
from bot.ui.locales import Locales, LocalizedContent
from bot.ui.options import AreaTransformer, CannotWait, NotAChoice, area_from, cannot_wait
from bot.ui.reminders.direct_messages import DirectMessages
from bot.ui.replies import chosen, draw_later, show, show_drawn, turn
from bot.ui.router import Handler, Router
from bot.ui.schedule_text import rhythm_text
from cogs.reminder_forms import ReminderForms

OFFERED = ("every day at 08:00", "weekdays at 07:30", "every day at 20:00", "mon, wed and fri at 18:00")
PAUSES = (7, 14, 30)  # days
ALL = "all"

log = structlog.get_logger("limber.remind")


class Remind(commands.Cog):
    """Everything here is about the person who asks; every id is looked up under them."""

    remind = app_commands.Group(name="remind", description="…")  # the catalogue gives it its words

    def __init__(  # the composition root hands in one service each
        self,
        locales: Locales,
        router: Router,
        secretary: Secretary,
        drafts: ReminderForms,
        direct_messages: DirectMessages,
        clock: Clock,
    ) -> None:
        self._locales = locales
        self._personal = secretary.personal
        self._undelivered = secretary.undelivered
        self._messages = secretary.messages
        self._forms = drafts
        self._direct_messages = direct_messages
        self._clock = clock
        handlers: dict[str, Handler] = {
            "rmlist": self.show_list,
            "rmpick": self.pick,
            "rmitem": self.show_item,
            "rmhush": self.hush,
            "rmresume": self.resume,
            "rmwake": self.wake,
            "rmedit": self.change,
            "rmremove": self.take_away,
            "rmlog": self.show_log,
        }
        router.add_all(handlers)

    @remind.command(name="add")
    async def add(  # one option a parameter, as discord.py wants it
        self,
        interaction: Interaction,
        what: str,
        when: str | None = None,
        area: str | None = None,
        words: Range[str, 1, MAX_WORDS_LENGTH] | None = None,
        minutes: Range[int, 1, 15] | None = None,
        show_area: bool = False,  # an option of the command
    ) -> None:
        localized = self._locales.of(interaction.locale)
        for text in (what, when, area, words):
            if text and (alarms := cannot_wait(text, localized)):
                raise CannotWait(alarms)
        found = area_from(area, localized) if area else None
        kind = ReminderKind.WORDS if words else _kind(what, localized)
        if kind is ReminderKind.STRETCH and found is not None and found.screen_first:
            raise SignsFirst(area=found.name)
        draft = ReminderDraft(kind, when or "", found.id if found else None, words, show_area, minutes)
        if draft.whole:
            await self._forms.fulfil(interaction, draft)
        else:
            await self._forms.ask_or_fulfil(interaction, draft)

    @remind.command(name="list")
    async def overview(self, interaction: Interaction) -> None:
        await self.show_list(interaction)

    @remind.command(name="edit")
    async def edit(
        self,
        interaction: Interaction,
        reminder: str,
        when: str | None = None,
        words: Range[str, 1, MAX_WORDS_LENGTH] | None = None,
    ) -> None:
        draft = await self._forms.changing(interaction, reminder)
        if when or words:
            await self._forms.fulfil(interaction, replace(draft, when=when or draft.when, words=words or draft.words))
        else:
            await self._forms.ask(interaction, draft)

    @remind.command(name="pause")
    async def pause(self, interaction: Interaction, reminder: str, until: str | None = None) -> None:
        person, localized = interaction.user.id, self._locales.of(interaction.locale)
        if until and (alarms := cannot_wait(until, localized)):
            raise CannotWait(alarms)
        item = await self._personal.item(person, reminder)
        day = until_from(until or "", self._today(item))
        await self._show(interaction, await self._personal.pause(person, reminder, day))

    @remind.command(name="remove")
    async def remove(self, interaction: Interaction, reminder: str) -> None:
        await self.take_away(interaction, reminder)

    @remind.command(name="log")
    async def log(self, interaction: Interaction, reminder: str | None = None) -> None:
        await self.show_log(interaction, reminder or ALL)

    @add.autocomplete("what")
    async def _kinds(self, interaction: Interaction, text: str) -> list[Choice[str]]:
        words = self._locales.of(interaction.locale).words
        names = [(words(f"reminder-what-{kind}"), kind.value) for kind in PERSONAL]
        begun = [choice for choice in names if text.casefold().strip() in choice[0].casefold()]
        return [Choice(name=name, value=value) for name, value in begun or names]

    @add.autocomplete("when")
    @edit.autocomplete("when")
    async def _times(self, interaction: Interaction, text: str) -> list[Choice[str]]:
        """What was understood so far, or a few to pick from."""
        localized = self._locales.of(interaction.locale)
        if not text.strip():
            return [Choice(name=offer, value=offer) for offer in OFFERED]
        zone = ZoneInfo("UTC")  # nobody is looked up at every key
        try:
            schedule = schedule_from(text, zone, local_day(self._clock.now(), zone))
        except UserError as error:
            hint = localized.words(error.message, **error.values)
            return [Choice(name=hint[:CHOICE], value=text[:CHOICE])]
        return [Choice(name=rhythm_text(schedule, localized.words)[:CHOICE], value=text[:CHOICE])]

    @add.autocomplete("area")
    async def _areas(self, interaction: Interaction, text: str) -> list[Choice[str]]:
        return await AreaTransformer().autocomplete(interaction, text)

    @edit.autocomplete("reminder")
    @pause.autocomplete("reminder")
    @remove.autocomplete("reminder")
    @log.autocomplete("reminder")
    async def _mine(self, interaction: Interaction, text: str) -> list[Choice[str]]:
        localized = self._locales.of(interaction.locale)
        try:
            items = await self._personal.items(interaction.user.id)
        except UserError:
            return []  # the command itself says why
        names = [(cards.choice(localized.library, item, localized.words), item.reminder.id) for item in items]
        return [Choice(name=name, value=value) for name, value in names if text.casefold() in name.casefold()]

    @pause.autocomplete("until")
    async def _untils(self, interaction: Interaction, text: str) -> list[Choice[str]]:
        words = self._locales.of(interaction.locale).words
        try:
            zone = await self._personal.zone(interaction.user.id)
        except UserError:
            zone = ZoneInfo("UTC")  # the command itself says why
        today = local_day(self._clock.now(), zone)
        offers = [Choice(name=words("reminder-until-open"), value="while injured")]
        days = [today + days * DAY for days in PAUSES]
        if text.strip():
            try:
                day = until_from(text, today)
            except UserError as error:
                return [Choice(name=words(error.message, **error.values)[:CHOICE], value=text[:CHOICE])]
            days, offers = ([day], []) if day else ([], offers)
        named = [Choice(name=words("reminder-until", day=day_text(day, words)), value=day.isoformat()) for day in days]
        return [*offers, *named]

    async def show_list(self, interaction: Interaction) -> None:
        """All of one's own."""
        localized = self._locales.of(interaction.locale)
        items = await self._personal.items(interaction.user.id)
        held = await self._messages.red_flags(interaction.user.id, items, localized.library)
        await turn(interaction, cards.listing(localized.library, items, self._clock.now(), localized.words, held))

    async def pick(self, interaction: Interaction) -> None:
        """One of the list."""
        await self.show_item(interaction, next(iter(chosen(interaction)), ""))

    async def show_item(self, interaction: Interaction, reminder: str) -> None:
        """*Change or stop*."""
        await self._show(interaction, await self._personal.item(interaction.user.id, reminder))

    async def hush(self, interaction: Interaction, reminder: str, days: str) -> None:
        """*Pause*, for so many days; 0: until it is turned on."""
        if days not in {"0", "7"}:
            raise OutOfDate
        person = interaction.user.id
        if days == "0":
            item = await self._personal.pause(person, reminder)
        else:
            item = await self._personal.pause_for(person, reminder, int(days))
        await self._show(interaction, item)

    async def resume(self, interaction: Interaction, reminder: str) -> None:
        """*Turn it on again*; where Discord refused, a message is tried first.

        Raises DmsClosed, ZoneGone, TimesUnreadable.
        """
        item = await self._personal.item(interaction.user.id, reminder)
        if item.reminder.state is ReminderState.BLOCKED and item.schedule is not None:
            await draw_later(interaction, again=True)
            await self._greet(interaction, item)
        else:
            await self._show(interaction, await self._personal.resume(interaction.user.id, reminder))

    async def wake(self, interaction: Interaction, reminder: str) -> None:
        """*Turn it on*, among others that Discord refused: they stay where they are. Raises as `resume`."""
        item = await self._personal.item(interaction.user.id, reminder)
        await draw_later(interaction)
        await self._greet(interaction, item)

    async def _greet(self, interaction: Interaction, item: PersonalReminder) -> None:
        """It rings again once a message has arrived."""
        localized, person = self._locales.of(interaction.locale), interaction.user.id
        if item.schedule is None:
            await self._personal.resume(person, item.reminder.id)
        card = cards.hello(item.kind, cards.when_text(item, localized.words), localized.words)
        channel = await self._direct_messages.open(interaction.user, card, item.reminder.channel)
        back = await self._personal.resume(person, item.reminder.id, channel=channel)
        await show_drawn(interaction, cards.item(localized.library, back, self._clock.now(), localized.words), [])

    async def change(self, interaction: Interaction, reminder: str) -> None:
        """*Change*."""
        await self._forms.ask(interaction, await self._forms.changing(interaction, reminder))

    async def take_away(self, interaction: Interaction, reminder: str) -> None:
        """*Remove it*."""
        await self._personal.remove(interaction.user.id, reminder)
        await turn(interaction, cards.removed(self._locales.of(interaction.locale).words))

    async def show_log(self, interaction: Interaction, reminder: str) -> None:
        """What became of the latest ones, of one reminder or of all."""
        localized = self._locales.of(interaction.locale)
        rows = await self._personal.log(interaction.user.id, None if reminder == ALL else reminder)
        await turn(interaction, cards.log(localized.library, rows, localized.words))

    @commands.Cog.listener()
    async def on_app_command_completion(self, interaction: Interaction, _command: object) -> None:
        """After any command: what could not be brought, once."""
        try:
            if items := await self._undelivered.of(interaction.user.id):
                localized = self._locales.of(interaction.locale)
                await show(interaction, cards.undelivered(localized.library, items, localized.words))
                await self._undelivered.told(interaction.user.id)
        except Exception as error:  # noqa: BLE001  # beside the answer that was given: the next command tries again
            log.warning("somebody could not be told of a reminder", why=type(error).__name__)

    async def _show(self, interaction: Interaction, item: PersonalReminder) -> None:
        localized = self._locales.of(interaction.locale)
        held = await self._messages.red_flags(interaction.user.id, [item], localized.library)
        await turn(interaction, cards.item(localized.library, item, self._clock.now(), localized.words, held))

    def _today(self, item: PersonalReminder) -> date:
        return local_day(self._clock.now(), item.schedule.zone if item.schedule else ZoneInfo("UTC"))


def _kind(text: str, localized: LocalizedContent) -> ReminderKind:
    """What was picked from the list, or typed by its name. Raises NotAChoice."""
    names = {kind: localized.words(f"reminder-what-{kind}") for kind in PERSONAL}
    for kind, name in names.items():
        if text.casefold().strip() in {kind.value, name.casefold()}:
            return kind
    raise NotAChoice(choices=", ".join(names.values()))
