"""The request: what somebody sent, a command, a press or a form, and every way to answer it in time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter
from typing import Final

import structlog
from discord import File, HTTPException, Interaction, InteractionResponseType, InteractionType

from bot.advice.library import Library
from bot.ui import forms
from bot.ui.alarm_gate import CannotWait, Raised, raised_by, texts_of
from bot.ui.cards import notices
from bot.ui.cards.figure import without_figures
from bot.ui.cards.parts import Card, StackedCard
from bot.ui.catalog import Catalog
from bot.ui.error_mapping import ANSWERED_ALREADY, TROUBLE
from bot.ui.locales import Locales, LocalizedContent
from bot.ui.pending import PendingCommand
from bot.ui.pictures import Pictures
from bot.ui.unechoed import unechoed

DEFER_AFTER: Final = 1.5  # seconds; Discord waits for 3

log = structlog.get_logger("limber.requests")


@dataclass(frozen=True, slots=True)
class AnswerPolicy:
    """What a handler declares beforehand: how it may be answered for, and what becomes of what was typed."""

    public: bool = False  # the answer is for everybody in the channel
    edits: bool = False  # the answer takes the place of the message that was pressed, a private one or not
    beside: bool = False  # the answer is a message of its own, also beside a private card
    in_place: bool = False  # the first card that is shown takes the place of the private one that was pressed
    keeps_draft: bool = False  # it runs, in silence, before an alarm is shown, so that what was typed is not lost
    publishes: bool = False  # a club's own text for everybody: it may speak of emergencies


PRIVATE: Final = AnswerPolicy()
BESIDE: Final = AnswerPolicy(beside=True)


class Request:
    """One interaction, answered in time by itself.

    Nothing sent DEFER_AFTER seconds after it arrived, it is deferred as its policy says; whatever is shown afterwards
    takes the place of that promise. What somebody typed passes the words that cannot wait before anything runs.
    """

    def __init__(self, interaction: Interaction, locales: Locales, pictures: Pictures) -> None:
        self.interaction, self.began = interaction, perf_counter()
        self.person: int = interaction.user.id
        self.content: LocalizedContent = locales.of(interaction.locale)  # in this person's language
        self.library: Library = self.content.library
        self.words: Catalog = self.content.words
        self._locales, self._pictures = locales, pictures
        self.raised: Raised | None = None  # by what was typed
        self._policy, self._silent = PRIVATE, False
        self._timer: asyncio.TimerHandle | None = None
        self._deferral: asyncio.Task[None] | None = None
        self._answered = False  # with more than a promise
        self._promised: InteractionResponseType | None = None  # Discord knows of it; we lost its word that it does

    @staticmethod
    def of(interaction: Interaction) -> "Request":
        """The request that the command tree or the router has made of an interaction."""
        request: Request = interaction.extras["request"]
        return request

    @cached_property
    def pending(self) -> PendingCommand | None:
        """What was asked; of a press, what it goes on with."""
        return PendingCommand.of(self.interaction)

    @property
    def club_content(self) -> LocalizedContent:
        """For what the whole channel reads."""
        return self._locales.of(self.interaction.guild_locale or self.interaction.locale)

    @property
    def club(self) -> int | None:
        """The server it was sent in, if the bot itself is there; None in a chat, and where it is only their own app."""
        guild = self.interaction.guild_id
        return guild if guild is not None and self.interaction.client.get_guild(guild) is not None else None

    @property
    def pictured(self) -> bool:
        """Whether this host has pictures of exercises on cards and posts."""
        return self._pictures.on

    @property
    def custom_id(self) -> str:
        """What stands in the button, the menu or the form; untrusted. Empty for a command."""
        return str(dict(self.interaction.data or {}).get("custom_id", ""))

    @property
    def values(self) -> list[str]:
        """What was chosen in a menu; empty for a button."""
        values = dict(self.interaction.data or {}).get("values", [])
        return [str(value) for value in values] if isinstance(values, list) else []

    @property
    def value(self) -> str:
        """The one thing chosen in a menu, or nothing."""
        return next(iter(self.values), "")

    @property
    def fields(self) -> dict[str, tuple[str, ...]]:
        """What stands in a form that came back, by field; an empty field is an empty tuple."""
        return forms.filled(self.interaction)

    def begin(self, policy: AnswerPolicy) -> None:
        """Look for alarms in what was typed, and from now on defer, as `policy` says, when nothing is sent in time."""
        self._policy = policy
        self.raised = None if policy.publishes else raised_by(texts_of(self.interaction), self.content)
        self.begin_waiting()

    def begin_waiting(self) -> None:
        """From now on defer when nothing is sent in time; what is suggested to somebody who types is then nothing."""
        self._timer = asyncio.get_running_loop().call_later(DEFER_AFTER, self._begin_deferral)

    def end_waiting(self) -> None:
        """It has been answered, or is about to be: no promise is made any more."""
        if self._timer is not None:
            self._timer.cancel()

    async def handle(self, handler: Callable[[], Awaitable[None]]) -> None:
        """Run what answers it. Raises CannotWait where something typed cannot, whatever became of the rest."""
        if self.raised is None:
            await handler()
            return
        if self._policy.keeps_draft:
            self._silent = True
            try:
                await handler()
            except Exception as error:  # noqa: BLE001  # nothing may stand before the words that help
                log.info("a draft waits behind words that cannot", why=type(error).__name__)
            self._silent = False
        raise CannotWait(self.raised)

    async def show(self, card: Card, files: Sequence[File] = ()) -> None:
        """Answer with a card that only this person sees; what it shows of exercises is attached by itself."""
        if self._silent:
            return
        if self._policy.in_place and self._replaces and not self._answered:
            await self.replace(card, files)
            return
        card, figures = await self._pictures.attached(card)
        await self._end_deferral()
        every = [*files, *figures]
        if self._first is None:
            await unechoed(self.interaction.response.send_message(view=card, files=every, ephemeral=True))
        elif self._first is InteractionResponseType.deferred_channel_message and not self._answered:
            await self.interaction.edit_original_response(view=card, attachments=every)
        else:
            await self.interaction.followup.send(view=card, files=every, ephemeral=True)
        self._answered = True

    async def replace(self, card: Card, files: Sequence[File] | None = None) -> None:
        """Put a card in the place of the one that was pressed, where that may be replaced; else show it beside it.

        Without `files` what is attached stays, but for figures of the card that was there.
        """
        if not self._replaces:
            await self.show(card, files or ())
            return
        if self._silent:
            return
        card, attachments = await self._pictures.exchanged(
            card, self.interaction.message, files, everybody=self._policy.edits
        )
        card = StackedCard(card, showing=self.interaction.id)
        await self._end_deferral()
        if self._first is None:
            await unechoed(self.interaction.response.edit_message(view=card, attachments=attachments))
        else:
            await self.interaction.edit_original_response(view=card, attachments=attachments)
        self._answered = True

    async def publish(self, card: Card) -> bool:
        """Answer for everybody in the channel; False where Discord has kept it private."""
        if self.club is None or self.interaction.app_permissions.attach_files:
            card, files = await self._pictures.attached(card)
        else:
            card, files = without_figures(card), []
        await self._end_deferral()
        if self._first is None:
            sent = await self.interaction.response.send_message(view=card, files=files)
            private = sent.is_ephemeral()
        else:
            edited = await self.interaction.edit_original_response(view=card, attachments=files)
            private = edited.flags.ephemeral
        self._answered = True
        return not private

    async def open_form(self, form: forms.Form, reopen: str | None = None) -> None:
        """Open a form, which must be the first answer; after a deferral, a button that opens it.

        `reopen`: the id of a press that opens the same form; without it, the press that led here.
        """
        if self._silent:
            return
        await self._end_deferral()
        if self._first is None:
            await self.interaction.response.send_modal(form)
            self._answered = True
        else:
            await self.show(notices.form_waits(reopen or self.custom_id, self.words))

    async def later(self) -> None:
        """Say that the answer takes a moment; what is shown next takes the place of that."""
        if self._silent:
            return
        await self._end_deferral()
        if self._first is None:
            await self._defer()

    @property
    def _replaces(self) -> bool:
        pressed = self.interaction.message
        answerable = self.interaction.type in {InteractionType.component, InteractionType.modal_submit}
        apart = self._policy.public or self._policy.beside
        return answerable and not apart and pressed is not None and (self._policy.edits or pressed.flags.ephemeral)

    @property
    def _first(self) -> InteractionResponseType | None:
        """What it was answered with first; None before that."""
        return self.interaction.response.type or self._promised

    async def _defer(self) -> None:
        response, replaces, kinds = self.interaction.response, self._replaces, InteractionResponseType
        try:
            if self.interaction.type is InteractionType.autocomplete:
                await response.autocomplete([])
            elif replaces:
                await response.defer()
            else:
                await response.defer(ephemeral=not self._policy.public, thinking=True)
        except HTTPException as error:
            if error.code != ANSWERED_ALREADY:
                raise  # else discord.py asked twice, and the first had arrived
            self._promised = kinds.deferred_message_update if replaces else kinds.deferred_channel_message

    def _begin_deferral(self) -> None:
        if self._first is None:
            self._deferral = asyncio.get_running_loop().create_task(self._defer_by_itself())

    async def _defer_by_itself(self) -> None:
        try:
            await self._defer()
        except TROUBLE as error:  # too late, or out of reach: whoever answers next meets the same, and says so
            log.warning("could not be deferred", kind=type(error).__name__, discord_code=getattr(error, "code", None))

    async def _end_deferral(self) -> None:
        """Before anything is sent: no promise is made any more, and one that is on its way arrives first."""
        self.end_waiting()
        if self._deferral is not None:
            await self._deferral
