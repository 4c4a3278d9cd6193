"""The buttons of a reminder's message."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import timedelta

from discord import Interaction
from discord.ext import commands

from bot.checkins.desk import Desk, HowBad, Saved
from bot.checkins.draft import Draft
from bot.clock import Clock
from bot.errors import OutOfDate
from bot.reminders.errand import evening
from bot.reminders.personal import Item
from bot.reminders.secretary import Secretary
from bot.storage.occurrences import Occurrence
from bot.storage.reminders import ReminderKind
from bot.triage.flow import PAINS
from bot.ui.cards import diary as diary_cards
from bot.ui.cards import reminder as cards
from bot.ui.cards import reminders
from bot.ui.editions import Editions
from bot.ui.replies import chosen, show
from bot.ui.router import Handler, Router

CanRun = Callable[[Interaction, str], Awaitable[None]]  # opens *Can I run?* for an area


class Reminded(commands.Cog):
    """Each is looked up under the person who pressed. An answer leaves the chat: only that there was one stays."""

    def __init__(  # the composition root hands in one service each
        self,
        editions: Editions,
        router: Router,
        secretary: Secretary,
        desk: Desk,
        can_run: CanRun,
        clock: Clock,
    ) -> None:
        self._editions = editions
        self._personal = secretary.personal
        self._mornings = secretary.mornings
        self._errands = secretary.errands
        self._desk = desk
        self._can_run = can_run
        self._clock = clock
        handlers: dict[str, Handler] = {
            "rmscore": self.score,
            "rmask": self.answer,
            "rmlater": self.later,
            "rmdone": self.done,
            "rmstart": self.start,
            "rmseen": self.seen,
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
        edition, person = self._editions.of(interaction.locale), interaction.user.id
        pain = next(iter(chosen(interaction)), "")
        if pain not in PAINS:
            raise OutOfDate
        item, one = await self._personal.rung(person, occurrence)
        areas = [area for area in await self._areas(person, item, one) if area in edition.library.areas]
        draft = Draft(area=areas[0] if areas else None, pain=pain, made=entry_of(occurrence))
        step = await self._desk.take(person, draft)
        card = diary_cards.step(step, edition.library, edition.words)
        if isinstance(step, Saved):
            await interaction.response.edit_message(view=cards.logged(occurrence, self._clock.now(), edition.words))
        await show(interaction, card)

    async def answer(self, interaction: Interaction, occurrence: str) -> None:
        """*Answer*, on a morning after a run with several places: one after the other, in private."""
        edition, person = self._editions.of(interaction.locale), interaction.user.id
        item, one = await self._personal.rung(person, occurrence)
        areas = [area for area in await self._areas(person, item, one) if area in edition.library.areas]
        if not areas:
            await interaction.response.edit_message(view=cards.logged(occurrence, self._clock.now(), edition.words))
            return
        step = HowBad(self._desk.wait(person, Draft(area=areas[0])), areas[0])
        await show(interaction, diary_cards.step(step, edition.library, edition.words))

    async def later(self, interaction: Interaction, occurrence: str) -> None:
        """*Later…*"""
        words, choice = self._editions.of(interaction.locale).words, next(iter(chosen(interaction)), "")
        item, one = await self._personal.rung(interaction.user.id, occurrence)
        now = self._clock.now()
        zone = await self._personal.zone(interaction.user.id)
        tonight = evening(one, zone, now)
        if choice in cards.LATER:
            at = now + timedelta(minutes=int(choice))
        elif choice == cards.EVENING and tonight is not None:
            at = tonight
        else:
            raise OutOfDate
        await self._personal.later(item, at)
        await interaction.response.edit_message(view=cards.put_off(occurrence, at, words))

    async def done(self, interaction: Interaction, occurrence: str) -> None:
        """*Done*."""
        words = self._editions.of(interaction.locale).words
        await self._personal.rung(interaction.user.id, occurrence)
        await interaction.response.edit_message(view=cards.done(occurrence, self._clock.now(), words))

    async def start(self, interaction: Interaction, occurrence: str) -> None:
        """*Start*: the routine, step by step, unless a check has said since to be seen first."""
        edition, person = self._editions.of(interaction.locale), interaction.user.id
        item, _ = await self._personal.rung(person, occurrence)
        library = edition.library
        if await self._errands.standing(person, item.about.area, library.general_ids) is not None:
            await interaction.response.edit_message(view=cards.held(occurrence, edition.words))
            return
        routine = library.routine_for(library.areas.get(item.about.area or ""), item.about.minutes)
        await show(interaction, edition.deck.card("routine", routine.id))

    async def seen(self, interaction: Interaction, occurrence: str) -> None:
        """*I was seen*: to where that is asked and kept."""
        edition, person = self._editions.of(interaction.locale), interaction.user.id
        item, _ = await self._personal.rung(person, occurrence)
        found = await self._errands.standing(person, item.about.area, edition.library.general_ids)
        if found is None:
            dates = item.upcoming(self._clock.now(), 1)
            await interaction.response.edit_message(view=cards.going_on(occurrence, dates, edition.words))
        else:
            await self._can_run(interaction, found.area)

    async def stop(self, interaction: Interaction, occurrence: str) -> None:
        """*Stop these*: for how long?"""
        await self._personal.rung(interaction.user.id, occurrence)
        await interaction.response.edit_message(
            view=cards.stop(occurrence, self._editions.of(interaction.locale).words)
        )

    async def pause(self, interaction: Interaction, occurrence: str, days: str) -> None:
        """*Pause*, for a week or (0) until it is turned on."""
        if days not in {"0", "7"}:
            raise OutOfDate
        words, person = self._editions.of(interaction.locale).words, interaction.user.id
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
        await interaction.response.edit_message(view=cards.removed(self._editions.of(interaction.locale).words))

    async def keep(self, interaction: Interaction, occurrence: str) -> None:
        """*Keep it*."""
        item, _ = await self._personal.rung(interaction.user.id, occurrence)
        words, dates = self._editions.of(interaction.locale).words, item.upcoming(self._clock.now(), 1)
        await interaction.response.edit_message(view=cards.going_on(occurrence, dates, words))

    async def quieter(self, interaction: Interaction, occurrence: str) -> None:
        """*Once a week*."""
        item, _ = await self._personal.rung(interaction.user.id, occurrence)
        item = await self._personal.quieter(interaction.user.id, item.reminder.id)
        words, dates = self._editions.of(interaction.locale).words, item.upcoming(self._clock.now(), 1)
        await interaction.response.edit_message(view=cards.going_on(occurrence, dates, words))

    async def open(self, interaction: Interaction, occurrence: str) -> None:
        """*Change or stop*."""
        edition = self._editions.of(interaction.locale)
        item, _ = await self._personal.rung(interaction.user.id, occurrence)
        await show(interaction, reminders.item(edition.library, item, self._clock.now(), edition.words))

    async def _areas(self, person: int, item: Item, one: Occurrence) -> tuple[str, ...]:
        """What the answer is about."""
        if item.kind is ReminderKind.MORNING:
            return await self._mornings.asked(person, item.about, one.due)
        return (item.about.area,) if item.about.area else ()


def entry_of(occurrence: str) -> str:
    """The id of the check-in that an answer makes: pressed twice, it is one."""
    return hashlib.sha256(f"answer {occurrence}".encode()).hexdigest()[:32]
