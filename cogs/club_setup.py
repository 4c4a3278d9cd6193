"""*Set up*: a schedule of posts for the club, in three cards, of which nothing is kept before *Save*."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from discord import Interaction
from discord.ext import commands

from bot.clock import Clock
from bot.clubs.diagnosis import refusals
from bot.clubs.guild import ChannelKind
from bot.clubs.post_draft import PostDraft
from bot.clubs.service import ClubService
from bot.errors import OutOfDate, UserError
from bot.expiring import ExpiringStore
from bot.localtime import local_day
from bot.reminders.club_service import ClubReminder, PostContent
from bot.reminders.post_routine import candidates
from bot.schedules.parse.line import schedule_from
from bot.schedules.schedule import Schedule, Weekdays
from bot.ui import forms
from bot.ui.cards import club_setup as cards
from bot.ui.cards import post
from bot.ui.cards.club_care import diagnosis_text
from bot.ui.cards.club_setup import EVERYTHING, OTHER
from bot.ui.cards.parts import Card
from bot.ui.cards.reminders import place_form
from bot.ui.clubs.guild_view import DiscordGuild
from bot.ui.clubs.moderators import Moderators
from bot.ui.custom_id import custom_id
from bot.ui.locales import Locales, LocalizedContent
from bot.ui.options import CannotWait, cannot_wait
from bot.ui.replies import chosen, turn
from bot.ui.router import Handler, Router
from bot.zones import zone_from

#: Where a server lies whose language most people speak in one place on the clock.
ZONES: Final = {"en-GB": "Europe/London", "de": "Europe/Berlin", "fr": "Europe/Paris", "nl": "Europe/Amsterdam"}
PREVIEW: Final = "a" * 24  # the occurrence of a post that only shows how it will look
STEPS: Final = ("where", "what", "preview")
LONGEST: Final = 19  # digits of an id of Discord's, which is less than 2**63


class ClubSetup(commands.Cog):
    """Every press asks again whether this person may."""

    def __init__(
        self,
        locales: Locales,
        router: Router,
        moderators: Moderators,
        clubs: ClubService,
        waiting: ExpiringStore[PostDraft],
        clock: Clock,
        random: Random,
    ) -> None:
        self._locales = locales
        self._moderators = moderators
        self._clubs = clubs
        self._waiting = waiting
        self._clock = clock
        self._random = random
        handlers: dict[str, Handler] = {
            "suchannel": self.channel,
            "sudays": self.days,
            "sutime": self.time,
            "sutimed": self.timed,
            "suzone": self.zone,
            "suzoned": self.zoned,
            "suareas": self.areas,
            "suminutes": self.minutes,
            "surole": self.role,
            "suthread": self.thread,
            "sunext": self.next,
            "susave": self.save,
        }
        router.add_all(handlers)

    async def again(self, interaction: Interaction) -> None:
        """`/club setup`: the first schedule, or the only one there is; with several, another."""
        club = await self._moderators.check(interaction)
        posts = await self._clubs.posts(club)
        await self.begin(interaction, posts[0] if len(posts) == 1 else None)

    async def begin(self, interaction: Interaction, item: ClubReminder | None = None) -> None:
        """A new schedule, or one to be changed."""
        club = await self._moderators.check(interaction)
        if item is not None:
            await self._where(interaction, PostDraft.of(item))
            return
        settings = await self._clubs.settings(club)
        key = settings.zone or ZONES.get(str(interaction.guild_locale or ""))
        here = _text_channel(interaction, settings.stretch_channel or interaction.channel_id)
        await self._where(interaction, PostDraft(here, zone_from(key) if key else None))

    async def channel(self, interaction: Interaction, name: str) -> None:
        """A channel."""
        draft, value = await self._chose(interaction, name)
        await self._where(interaction, replace(draft, channel=_number(value)))

    async def days(self, interaction: Interaction, name: str) -> None:
        """Days of the week."""
        draft, _ = await self._chose(interaction, name)
        days = frozenset(int(day) for day in chosen(interaction) if day in set("0123456"))
        if not days:
            raise OutOfDate
        await self._where(interaction, replace(draft, rhythm=Weekdays(days)))

    async def time(self, interaction: Interaction, name: str) -> None:
        """A time of the list, or *Another…*."""
        draft, value = await self._chose(interaction, name)
        if value == OTHER:
            words = self._locales.of(interaction.locale).words
            await interaction.response.send_modal(cards.time_form(draft, name, words))
        else:
            await self._where(interaction, replace(draft, at=self._read(draft, value).at))

    async def timed(self, interaction: Interaction, name: str) -> None:
        """Days and a time, typed."""
        draft, _ = await self._chose(interaction, name)
        said = self._said(interaction, "when")
        try:
            schedule = self._read(draft, said)
        except UserError as error:
            await self._where(interaction, draft, error)
            return
        zone = schedule.zone if draft.zone or schedule.zone.key != UTC else None
        await self._where(interaction, replace(draft, at=schedule.at, rhythm=schedule.rhythm, zone=zone))

    async def zone(self, interaction: Interaction, name: str) -> None:
        """A time zone of the list, or *Another place…*."""
        draft, value = await self._chose(interaction, name)
        if value == OTHER:
            words = self._locales.of(interaction.locale).words
            await interaction.response.send_modal(place_form(custom_id("suzoned", name), words))
        else:
            await self._where(interaction, replace(draft, zone=zone_from(value)))

    async def zoned(self, interaction: Interaction, name: str) -> None:
        """A place, typed."""
        draft, _ = await self._chose(interaction, name)
        try:
            zone = zone_from(self._said(interaction, "place"))
        except CannotWait:
            raise
        except UserError as error:
            await self._where(interaction, draft, error)
        else:
            await self._where(interaction, replace(draft, zone=zone))

    async def areas(self, interaction: Interaction, name: str) -> None:
        """What the routines are for; *everything* beside others is everything."""
        draft, _ = await self._chose(interaction, name)
        library, picked = self._locales.of(interaction.locale).library, chosen(interaction)
        areas = () if EVERYTHING in picked else tuple(area for area in picked if area in library.areas)
        await self._what(interaction, replace(draft, options=replace(draft.options, areas=areas)))

    async def minutes(self, interaction: Interaction, name: str) -> None:
        """How long at most."""
        draft, value = await self._chose(interaction, name)
        if value not in {"0", *map(str, cards.MINUTES)}:
            raise OutOfDate
        await self._what(interaction, replace(draft, options=replace(draft.options, minutes=int(value) or None)))

    async def role(self, interaction: Interaction, name: str) -> None:
        """A role to mention, or none."""
        draft, value = await self._chose(interaction, name)
        await self._what(interaction, replace(draft, options=replace(draft.options, role=_number(value))))

    async def thread(self, interaction: Interaction, name: str) -> None:
        """A thread under each post, or not."""
        draft, _ = await self._chose(interaction, name)
        await self._what(interaction, replace(draft, options=replace(draft.options, thread=not draft.options.thread)))

    async def next(self, interaction: Interaction, name: str, step: str) -> None:
        """*Next*, *Back* and *Preview*; what could not work is said before it goes on."""
        draft, _ = await self._chose(interaction, name)
        if step not in STEPS or draft.channel is None or draft.schedule is None:
            raise OutOfDate
        if step == "where" or (step == "what" and self._problems(interaction, draft, only_channel=True)):
            await self._where(interaction, draft)
        elif step == "what":
            await self._what(interaction, draft)
        else:
            await self._preview(interaction, draft)

    async def save(self, interaction: Interaction, name: str) -> None:
        """*Save*: kept now, and logged. Raises ClubChanged when somebody else was quicker."""
        club, moderator = await self._moderators.check(interaction), interaction.user.id
        draft = self._waiting.find(name, moderator)
        if draft.channel is None or draft.schedule is None:
            raise OutOfDate
        if self._problems(interaction, draft):
            await self._preview(interaction, draft)
            return
        self._waiting.take(name, moderator)  # pressed twice, it is one schedule
        try:
            await self._clubs.save_post(club, moderator, draft, str(interaction.guild_locale or "en"))
        except Exception:
            self._keep(interaction, draft)
            raise
        words = self._locales.of(interaction.locale).words
        await turn(interaction, cards.saved(draft, self._clock.now(), words))

    def _read(self, draft: PostDraft, text: str) -> Schedule:
        """Raises what `schedule_from` raises."""
        zone = draft.zone or ZoneInfo(UTC)
        return schedule_from(text, zone, local_day(self._clock.now(), zone))

    def _said(self, interaction: Interaction, field: str) -> str:
        """What was typed. Raises CannotWait."""
        said = "".join(forms.filled(interaction).get(field, ()))
        if alarms := cannot_wait(said, self._locales.of(interaction.locale)):
            raise CannotWait(alarms)
        return said

    async def _chose(self, interaction: Interaction, name: str) -> tuple[PostDraft, str]:
        await self._moderators.check(interaction)
        draft = self._waiting.find(name, interaction.user.id)
        return draft, next(iter(chosen(interaction)), "")

    async def _where(self, interaction: Interaction, draft: PostDraft, error: UserError | None = None) -> None:
        words = self._locales.of(interaction.locale).words
        wrong = [words(error.message, **error.values)] if error else []
        wrong += self._problems(interaction, draft, only_channel=True)
        there = replace(draft, channel=_text_channel(interaction, draft.channel))
        await turn(interaction, cards.where_and_when(there, self._keep(interaction, there), words, wrong))

    async def _what(self, interaction: Interaction, draft: PostDraft) -> None:
        localized, wrong = self._locales.of(interaction.locale), self._problems(interaction, draft)
        there = replace(draft, options=replace(draft.options, role=_role(interaction, draft.options.role)))
        name = self._keep(interaction, there)
        await turn(interaction, cards.what_and_whom(localized.library, there, name, localized.words, wrong))

    async def _preview(self, interaction: Interaction, draft: PostDraft) -> None:
        localized, now = self._locales.of(interaction.locale), self._clock.now()
        wrong, name = self._problems(interaction, draft), self._keep(interaction, draft)
        await turn(interaction, cards.preview(draft, name, self._first(localized, draft), now, localized.words, wrong))

    def _first(self, localized: LocalizedContent, draft: PostDraft) -> Card:
        """One that could be the first: which it will be is drawn when it is posted."""
        plans = candidates(localized.library, draft.options)
        if not plans or draft.schedule is None:
            raise OutOfDate
        day = local_day(self._clock.now(), draft.schedule.zone)
        shown = PostContent(occurrence=PREVIEW, routine=self._random.choice(plans).id, day=day, role=draft.options.role)
        return post.post(localized.library, shown, localized.words, trial=True)

    def _problems(self, interaction: Interaction, draft: PostDraft, *, only_channel: bool = False) -> Sequence[str]:
        """Why it could not work, each with what to click."""
        if draft.channel is None:
            return []
        words, options = self._locales.of(interaction.locale).words, draft.options
        role, thread = (None, False) if only_channel else (options.role, options.thread)
        found = refusals(DiscordGuild(interaction.guild), draft.channel, role, thread)
        return [diagnosis_text(one, words) for one in found]

    def _keep(self, interaction: Interaction, draft: PostDraft) -> str:
        return self._waiting.keep(interaction.user.id, draft)


UTC: Final = "UTC"


def _text_channel(interaction: Interaction, channel: int | None) -> int | None:
    """As it is, if it can stand in the menu as chosen; None for one that is gone, or no text channel."""
    view = DiscordGuild(interaction.guild)
    seen = view.channel(channel or 0)
    return channel if not view.known or (seen is not None and seen.kind is ChannelKind.TEXT) else None


def _role(interaction: Interaction, role: int | None) -> int | None:
    """The same for a role."""
    view = DiscordGuild(interaction.guild)
    return role if not view.known or view.role(role or 0) is not None else None


def _number(value: str) -> int | None:
    """What was chosen in a menu of channels or roles; None for nothing. Raises OutOfDate for what none offers."""
    if not value:
        return None
    if len(value) > LONGEST or not (value.isascii() and value.isdecimal()) or int(value) >= 2**63:
        raise OutOfDate
    return int(value)
