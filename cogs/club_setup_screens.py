"""The three cards of a club's set-up: where and when, what and for whom, how it will look."""

from dataclasses import replace
from random import Random
from typing import Final

from bot.clock import Clock
from bot.clubs.diagnosis import refusals, unpictured
from bot.clubs.guild import ChannelKind
from bot.clubs.post_draft import PostDraft
from bot.errors import OutOfDate, UserError
from bot.expiring import ExpiringStore
from bot.localtime import local_day
from bot.reminders.posts import PostContent, candidates
from bot.ui.cards import club_setup as cards
from bot.ui.cards.club_care import diagnosis_text
from bot.ui.cards.parts import Card
from bot.ui.cards.routine import preview
from bot.ui.clubs.guild_view import DiscordGuild
from bot.ui.request import Request
from bot.zones import UnclearZone

TRIAL: Final = "a" * 24  # the occurrence of a post that only shows how it will look


class ClubSetupScreens:
    """Each puts the draft aside for half an hour and shows it; nothing is kept before *Save*."""

    def __init__(self, drafts: ExpiringStore[PostDraft], clock: Clock, random: Random) -> None:
        self._drafts = drafts
        self._clock = clock
        self._random = random

    async def where_and_when(self, request: Request, draft: PostDraft, error: UserError | None = None) -> None:
        """The first card; `error`: why what was typed last cannot be read."""
        wrong = [request.words(error.message, **error.values)] if error else []
        wrong += self.problems(request, draft, only_channel=True)
        shown = replace(draft, channel=text_channel(request, draft.channel))
        zones = error.choices if isinstance(error, UnclearZone) else ()
        await request.replace(cards.where_and_when(shown, self.keep(request, shown), request.words, wrong, zones))

    async def what_and_whom(self, request: Request, draft: PostDraft) -> None:
        """The second card."""
        wrong = self.problems(request, draft)
        shown = replace(draft, options=replace(draft.options, role=_role(request, draft.options.role)))
        draft_id = self.keep(request, shown)
        await request.replace(cards.what_and_whom(request.library, shown, draft_id, request.words, wrong))

    async def preview(self, request: Request, draft: PostDraft) -> None:
        """The third card. Raises OutOfDate when there is nothing to post."""
        wrong, draft_id = self.problems(request, draft), self.keep(request, draft)
        notes = _notes(request, draft)
        sample, now = self._sample(request, draft, pictured=not notes), self._clock.now()
        await request.replace(cards.preview(draft, draft_id, sample, now, request.words, wrong, notes))

    def problems(self, request: Request, draft: PostDraft, *, only_channel: bool = False) -> list[str]:
        """Why it could not work, each with what to click."""
        if draft.channel is None:
            return []
        role, thread = (None, False) if only_channel else (draft.options.role, draft.options.thread)
        return club_problems(request, draft.channel, role, thread=thread)

    def keep(self, request: Request, draft: PostDraft) -> str:
        """Put it aside; returns its id."""
        return self._drafts.keep(request.person, draft)

    def _sample(self, request: Request, draft: PostDraft, *, pictured: bool) -> Card:
        """One that could be the first: which it will be is drawn when it is posted."""
        routines = candidates(request.library, draft.options)
        if not routines or draft.schedule is None:
            raise OutOfDate
        day = local_day(self._clock.now(), draft.schedule.zone)
        routine = self._random.choice(routines)
        content = PostContent(occurrence=TRIAL, routine=routine.id, day=day, options=draft.options)
        return preview(request.library, content, request.words, pictured=pictured)


def club_problems(request: Request, channel: int, role: int | None, *, thread: bool) -> list[str]:
    """What would keep a post from that channel, each with what to click."""
    diagnoses = refusals(DiscordGuild(request.interaction.guild), channel, role, thread)
    return [diagnosis_text(diagnosis, request.words) for diagnosis in diagnoses]


def _notes(request: Request, draft: PostDraft) -> list[str]:
    """What will be missing from posts that go out all the same, each with what to click."""
    if not request.pictured or draft.channel is None:
        return []
    missing = unpictured(DiscordGuild(request.interaction.guild), draft.channel)
    return [diagnosis_text(diagnosis, request.words) for diagnosis in missing]


def text_channel(request: Request, channel: int | None) -> int | None:
    """As it is, if it can stand in the menu as chosen; None for one that is gone, or no text channel."""
    view = DiscordGuild(request.interaction.guild)
    seen = view.channel(channel or 0)
    return channel if not view.known or (seen is not None and seen.kind is ChannelKind.TEXT) else None


def _role(request: Request, role: int | None) -> int | None:
    """The same for a role."""
    view = DiscordGuild(request.interaction.guild)
    return role if not view.known or view.role(role or 0) is not None else None
