"""The Discord client: intents, caches, start and stop. No features."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final

import discord
import structlog
from discord import Interaction, InteractionType
from discord.ext import commands

from bot.delivery.worker import DeliveryWorker
from bot.errors import UserError
from bot.observer import SILENT, Observer
from bot.ui.custom_id import CustomId
from bot.ui.error_answers import ErrorAnswers, NotUnderstood, cause_of, command_name
from bot.ui.error_mapping import NoRetryClient, limits_told_to
from bot.ui.gateway_events import guard
from bot.ui.locales import Locales
from bot.ui.pictures import Pictures
from bot.ui.request import Request
from bot.ui.router import Router
from bot.ui.tree import CatalogueTranslator, LimberTree, Publisher, caption

UNHEARD: Final = frozenset({"socket_event_type", "interaction"})  # but by `add_listener`, and presses
PRESSED: Final = frozenset({InteractionType.component, InteractionType.modal_submit})

log = structlog.get_logger("limber.client")


@dataclass(frozen=True, slots=True)
class Features:
    """Everything the bot can do, put together by the composition root."""

    handlers: Sequence[object]  # cogs, and whatever else has presses
    errors: ErrorAnswers
    after_command: Sequence[Callable[[Request], Awaitable[None]]] = ()  # run once a command has been answered
    maintenance: Sequence[Callable[[], Awaitable[object]]] = ()  # run now and then by whoever runs the bot
    worker: DeliveryWorker | None = None  # whoever starts the bot starts it, and `close` stops it


class LimberBot(commands.AutoShardedBot):
    """Sees guilds and interactions, nothing else: no members, no messages, nothing cached that it does not need."""

    def __init__(
        self,
        locales: Locales,
        publisher: Publisher,
        features: Callable[["LimberBot"], Features],
        shard_count: int | None,
        sender: NoRetryClient | None = None,
        *,
        pictures: Pictures,
        observer: Observer = SILENT,
    ) -> None:
        """`sender` logs in and is closed with this one."""
        trace = None if observer is SILENT else limits_told_to(observer)  # it costs every request a little
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=lambda client: LimberTree(client, self.request_of, self.answer_error),  # type: ignore[arg-type]  # as a class is
            intents=discord.Intents(guilds=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            shard_count=shard_count,
            http_trace=trace,  # type: ignore[arg-type]  # None is its default
        )
        self._observer = observer
        self.locales = locales
        self.pictures = pictures
        self.sender = sender
        self._publisher = publisher
        self._answering: set[asyncio.Task[None]] = set()  # what could not be read
        guard(self, self._answer_unread)
        self.router = Router()
        self.features = features(self)

    async def setup_hook(self) -> None:
        for handler in self.features.handlers:
            self.router.register(handler)
            if isinstance(handler, commands.Cog):
                await self.add_cog(handler)
        caption(self.tree, self.locales.base.words)
        if self.locales.translated:  # discord.py asks for each of its 32 locales, text by text
            await self.tree.set_translator(CatalogueTranslator(self.locales))
        await self._publisher.publish(self.tree)

    async def close(self) -> None:
        """What is on the wire is finished first, and written down."""
        if self.features.worker is not None:
            await self.features.worker.stop()
        if self.sender is not None:
            await self.sender.close()
        await super().close()

    async def answer_error(self, request: Request, error: BaseException) -> None:
        """The last stop: whatever was raised, the person gets an answer."""
        await self.features.errors.answer(request, error)
        self._observe(request, "told" if isinstance(cause_of(error), UserError) else "failed")

    def _answer_unread(self, interaction: Interaction) -> None:
        task = asyncio.create_task(self.answer_error(self.request_of(interaction), NotUnderstood()))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    def request_of(self, interaction: Interaction) -> Request:
        """Whatever somebody sent, as handlers are given it."""
        return Request(interaction, self.locales, self.pictures)

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        """What nobody hears is told to nobody: at every command it would cost a task, and two looks for who hears."""
        ours = event_name not in UNHEARD or (event_name == "interaction" and args[0].type in PRESSED)
        if ours or self.extra_events.get(f"on_{event_name}"):
            super().dispatch(event_name, *args, **kwargs)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Commands are the tree's; every press and every form is ours, known or not."""
        if interaction.type not in PRESSED:
            return
        request = interaction.extras["request"] = self.request_of(interaction)
        try:
            await self.router.route(request)
            self._observe(request, "done")
        except Exception as error:  # noqa: BLE001  # the last stop, see `answer_error`
            await self.answer_error(request, error)

    async def on_app_command_completion(self, interaction: Interaction, _command: object) -> None:
        """What stands beside the answer of any command, see `Features.after_command`."""
        request = Request.of(interaction)
        self._observe(request, "done")
        for hook in self.features.after_command:
            await hook(request)

    def _observe(self, request: Request, outcome: str) -> None:
        """By a name that stands in our code: what is in an id besides is anybody's."""
        pressed, command = CustomId.parse(request.custom_id), command_name(request.interaction)
        action = pressed.action if pressed and pressed.action in self.router.actions else "out of date"
        name = f"/{command}" if command else action
        self._observer.answered(name, outcome, perf_counter() - request.began)

    async def on_message(self, _message: discord.Message, /) -> None:
        """Text is not read: there is no prefix command to look for."""

    async def on_ready(self) -> None:
        log.info("ready", guilds=len(self.guilds), content=self.locales.base.library.version)
