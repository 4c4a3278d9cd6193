"""The buttons of a reminder's message."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta

from discord import Interaction
from discord.ext import commands

from bot.checkins.draft import Draft
from bot.checkins.person_diary import PersonDiary
from bot.checkins.service import CheckInResult, CheckInService, Saved
from bot.clock import Clock
from bot.delivery.transport import Withheld
from bot.errors import OutOfDate
from bot.localtime import local_day
from bot.reminders.errors import EveningOver
from bot.reminders.messages import tonight_at
from bot.reminders.morning_questions import Morning
from bot.reminders.screening import stretches
from bot.reminders.secretary import Secretary
from bot.reminders.service import PersonalReminder
from bot.storage.occurrences import Occurrence
from bot.storage.reminders import ReminderKind
from bot.triage.flow import PAINS
from bot.ui.cards import diary as diary_cards
from bot.ui.cards import reminder as cards
from bot.ui.cards import reminders
from bot.ui.cards.parts import Card
from bot.ui.catalog import Catalog
from bot.ui.locales import Locales, LocalizedContent
from bot.ui.replies import chosen, show, turn
from bot.ui.router import Handler, Router

CanRun = Callable[[Interaction, str], Awaitable[None]]  # opens *Can I run?* for an area


class ReminderButtons(commands.Cog):
    """Each is looked up under the person who pressed. An answer leaves the chat: only that there was one stays."""

    def __init__(  # the composition root hands in one service each
        self,
        locales: Locales,
        router: Router,
        secretary: Secretary,
        service: CheckInService,
        can_run: CanRun,
        clock: Clock,
    ) -> None:
        self._locales = locales
        self._personal = secretary.personal
        self._mornings = secretary.mornings
        self._messages = secretary.messages
        self._service = service
        self._can_run = can_run
        self._clock = clock
        handlers: dict[str, Handler] = {
            "rmscore": self.score,
            "rmask": self.answer,
            "rmname": self.score_by_name,
            "rmlater": self.later,
            "rmdone": self.done,
            "rmstart": self.start,
            "rmseen": self.seen,
            "rmclear": self.cleared,
            "rmstop": self.stop,
            "rmpause": self.pause,
            "rmdrop": self.drop,
            "rmkeep": self.keep,
            "rmquiet": self.quieter,
            "rmopen": self.open,
        }
        router.add_all(handlers)

    async def score(self, interaction: Interaction, occurrence: str) -> None:
        """One tap on 0 to 10: logged, and *Anything new?* asked, for this person alone."""
        localized, pain = self._locales.of(interaction.locale), _pain(interaction)
        diary, item, one = await self._personal.pressed(interaction.user.id, occurrence)
        if item.kind is not ReminderKind.MORNING:
            step = await self._taken(diary, one, _known(item.about.area, localized), pain)
            left = cards.logged if isinstance(step, Saved) else _choosing
            await interaction.response.edit_message(view=left(occurrence, self._clock.now(), localized.words))
            await show(interaction, diary_cards.step(step, localized.library, localized.words))
            return
        morning = (await self._mornings.asked(diary, item, one)).known(localized.library.areas)
        if morning.one is None:
            await self._ask(interaction, occurrence, morning)
            return
        step = await self._taken(diary, one, morning.one, pain)
        await interaction.response.edit_message(view=cards.logged(occurrence, self._clock.now(), localized.words))
        await show(interaction, await self._after_run(diary, step, one.day, localized))

    async def answer(self, interaction: Interaction, occurrence: str) -> None:
        """*Answer*: one place after the other, in private."""
        localized = self._locales.of(interaction.locale)
        diary, item, one = await self._personal.pressed(interaction.user.id, occurrence)
        if item.kind is ReminderKind.MORNING:
            asked = await self._mornings.asked(diary, item, one)
            await self._ask(interaction, occurrence, asked.known(localized.library.areas))
        else:
            step = await self._taken(diary, one, _known(item.about.area, localized), None)
            await show(interaction, diary_cards.step(step, localized.library, localized.words))

    async def score_by_name(self, interaction: Interaction, occurrence: str, draft: str) -> None:
        """One tap on 0 to 10, for the place that stands above it."""
        localized, person, pain = self._locales.of(interaction.locale), interaction.user.id, _pain(interaction)
        diary, _, one = await self._personal.pressed(person, occurrence)
        area = _known(self._service.draft(person, draft).area, localized)
        step = await self._taken(diary, one, area, pain)
        await turn(interaction, await self._after_run(diary, step, one.day, localized))

    async def later(self, interaction: Interaction, occurrence: str) -> None:
        """*Later…*"""
        words, choice, now = self._locales.of(interaction.locale).words, _choice(interaction), self._clock.now()
        item, one = await self._personal.rung(interaction.user.id, occurrence)
        if choice in cards.LATER:
            at = now + timedelta(minutes=int(choice))
        elif choice == cards.EVENING:
            at = tonight_at(await self._personal.zone(interaction.user.id), now)
            if at <= now:
                raise EveningOver
        else:
            raise OutOfDate
        await self._personal.later(item, one, at)
        await interaction.response.edit_message(view=cards.put_off(occurrence, at, words))

    async def done(self, interaction: Interaction, occurrence: str) -> None:
        """*Done*."""
        words = self._locales.of(interaction.locale).words
        await self._personal.rung(interaction.user.id, occurrence)
        await interaction.response.edit_message(view=cards.done(occurrence, self._clock.now(), words))

    async def start(self, interaction: Interaction, occurrence: str) -> None:
        """*Start*: the routine, step by step, unless a check has said since to be seen first."""
        localized, person = self._locales.of(interaction.locale), interaction.user.id
        item, _ = await self._personal.rung(person, occurrence)
        library = localized.library
        red_flag = await self._messages.red_flag(person, item.about, library)
        if red_flag is not None:
            await interaction.response.edit_message(view=cards.held(library, red_flag, occurrence, localized.words))
            return
        routine = stretches(library, item.about).routine
        name, key = ("routine", routine.id) if routine else ("pain", item.about.area or "")
        await show(interaction, localized.card_index.card(name, key))

    async def seen(self, interaction: Interaction, occurrence: str) -> None:
        """*I was seen*: to where that is asked and kept."""
        localized, person = self._locales.of(interaction.locale), interaction.user.id
        item, one = await self._personal.rung(person, occurrence)
        red_flag = await self._messages.red_flag(person, item.about, localized.library)
        if red_flag is None:
            await self._rewrite(interaction, item, one, self._goes_on(item, localized.words))
        elif red_flag.finding is not None and red_flag.finding.area in localized.library.areas:
            await self._can_run(interaction, red_flag.finding.area)
        else:
            await show(interaction, cards.sure(occurrence, localized.words))

    async def cleared(self, interaction: Interaction, occurrence: str) -> None:
        """*Yes, I was told so*, about a place that the content no longer has."""
        localized, person = self._locales.of(interaction.locale), interaction.user.id
        item, _ = await self._personal.rung(person, occurrence)
        red_flag = await self._messages.red_flag(person, item.about, localized.library)
        if red_flag is not None and (red_flag.finding is None or red_flag.finding.area in localized.library.areas):
            raise OutOfDate
        if red_flag is not None:
            await self._messages.seen(person, red_flag, localized.library.version)
        await turn(interaction, reminders.item(localized.library, item, self._clock.now(), localized.words))

    async def stop(self, interaction: Interaction, occurrence: str) -> None:
        """*Stop these*: for how long?"""
        await self._personal.rung(interaction.user.id, occurrence)
        words = self._locales.of(interaction.locale).words
        await interaction.response.edit_message(view=cards.stop(occurrence, words))

    async def pause(self, interaction: Interaction, occurrence: str, days: str) -> None:
        """*Pause*, for a week or (0) until it is turned on."""
        if days not in {"0", "7"}:
            raise OutOfDate
        words, person = self._locales.of(interaction.locale).words, interaction.user.id
        item, _ = await self._personal.rung(person, occurrence)
        name = item.reminder.id
        if days == "0":
            item = await self._personal.pause(person, name)
        else:
            item = await self._personal.pause_for(person, name, int(days))
        until = item.schedule.pause.until if item.schedule and item.schedule.pause else None
        await interaction.response.edit_message(view=cards.paused(occurrence, until, words))

    async def drop(self, interaction: Interaction, occurrence: str) -> None:
        """*Remove it*."""
        item, _ = await self._personal.rung(interaction.user.id, occurrence)
        await self._personal.remove(interaction.user.id, item.reminder.id)
        await interaction.response.edit_message(view=cards.removed(self._locales.of(interaction.locale).words))

    async def keep(self, interaction: Interaction, occurrence: str) -> None:
        """*Keep it*, *Keep it as it is*: what the message brought stays on it."""
        words = self._locales.of(interaction.locale).words
        item, one = await self._personal.rung(interaction.user.id, occurrence)
        await self._rewrite(interaction, item, one, self._goes_on(item, words))

    async def quieter(self, interaction: Interaction, occurrence: str) -> None:
        """*Once a week*."""
        words = self._locales.of(interaction.locale).words
        item, one = await self._personal.rung(interaction.user.id, occurrence)
        item = await self._personal.quieter(interaction.user.id, item.reminder.id)
        await self._rewrite(interaction, item, one, cards.weekly(self._upcoming(item), words))

    async def open(self, interaction: Interaction, occurrence: str) -> None:
        """*Change or stop*."""
        localized = self._locales.of(interaction.locale)
        item, _ = await self._personal.rung(interaction.user.id, occurrence)
        held = await self._messages.red_flags(interaction.user.id, [item], localized.library)
        await show(interaction, reminders.item(localized.library, item, self._clock.now(), localized.words, held))

    async def _taken(self, diary: PersonDiary, one: Occurrence, area: str | None, pain: str | None) -> CheckInResult:
        """Pressed twice on one day it is one check-in a place; on another day the message is answered anew."""
        today = local_day(self._clock.now(), diary.zone)
        return await self._service.take_into(diary, Draft(area=area, pain=pain, made=f"{one.id} {today}"))

    async def _ask(self, interaction: Interaction, occurrence: str, morning: Morning) -> None:
        """About the next place, by its name; or say that none is left."""
        localized = self._locales.of(interaction.locale)
        if morning.left:
            area = localized.library.areas[morning.left[0]]
            draft = self._service.wait(interaction.user.id, Draft(area=area.id))
            await show(interaction, cards.by_name(area, occurrence, draft, localized.words))
        else:
            card = (cards.answered if morning.ran else cards.gone)(occurrence, localized.words)
            await interaction.response.edit_message(view=card)

    async def _after_run(self, diary: PersonDiary, step: CheckInResult, day: date, localized: LocalizedContent) -> Card:
        """What was saved, under what it says about yesterday's run."""
        saved = diary_cards.step(step, localized.library, localized.words)
        if not isinstance(step, Saved):
            return saved
        area = localized.library.areas[step.entry.area]
        judged = await self._mornings.judged(diary, area, day, localized.library)
        return saved if judged is None else cards.after_run(localized.library, area, judged, localized.words, saved)

    async def _rewrite(self, interaction: Interaction, item: PersonalReminder, one: Occurrence, note: str) -> None:
        """The message as it was, with a note in the place of what it asked about itself."""
        localized = self._locales.of(interaction.locale)
        try:
            message = await self._messages.again(item, one, localized.library)
        except Withheld:  # there is nothing left to ask or to bring
            card = cards.settled(note, one.id, localized.words)
        else:
            card = cards.message(localized.library, message, localized.words, note)
        await interaction.response.edit_message(view=card)

    def _goes_on(self, item: PersonalReminder, words: Catalog) -> str:
        return cards.going_on(self._upcoming(item), words)

    def _upcoming(self, item: PersonalReminder) -> Sequence[datetime]:
        return item.upcoming(self._clock.now(), 1)


def _choice(interaction: Interaction) -> str:
    return next(iter(chosen(interaction)), "")


def _pain(interaction: Interaction) -> str:
    """Raises OutOfDate for what no menu offers."""
    pain = _choice(interaction)
    if pain not in PAINS:
        raise OutOfDate
    return pain


def _known(area: str | None, localized: LocalizedContent) -> str | None:
    return area if area in localized.library.areas else None


def _choosing(name: str, _at: datetime, words: Catalog) -> Card:
    return cards.choosing(name, words)
