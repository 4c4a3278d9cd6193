"""The Discord client: intents, caches, start and stop. No features."""

import asyncio
import sys
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
from bot.storage.errors import StorageError
from bot.ui.custom_id import CustomId
from bot.ui.error_answers import ErrorAnswers, NotUnderstood, cause_of, command_name
from bot.ui.error_mapping import NoRetryClient, limits_told_to
from bot.ui.gateway_events import guard
from bot.ui.locales import Locales
from bot.ui.pictures import Pictures
from bot.ui.request import Request
from bot.ui.router import Router
from bot.ui.tree import CatalogueTranslator, LimberTree, Publisher, caption

#: But by `add_listener`, and presses. That a command was answered its own task says, without one more.
UNHEARD: Final = frozenset({"socket_event_type", "interaction", "app_command_completion"})
ANSWERING: Final = ("CommandTree-invoker", "discord.py: on_")  # what discord.py calls its tasks
LAST_ANSWERS: Final = 5.0  # seconds; Discord waits for three, and SQLite for five
PRESSED: Final = frozenset({InteractionType.component, InteractionType.modal_submit})

log = structlog.get_logger("limber.client")


@dataclass(frozen=True, slots=True)
class Shards:
    """Which of the connections to Discord's gateway are a process's, and who says when each may begin."""

    count: int | None = None  # of all processes together; None: as many as Discord says
    own: Sequence[int] | None = None  # None: all of them
    turn: Callable[[int], Awaitable[None]] | None = None  # waits for it, in a bucket; raises StorageError


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
        publisher: Publisher | None,
        features: Callable[["LimberBot"], Features],
        shards: Shards,
        sender: NoRetryClient | None = None,
        *,
        pictures: Pictures,
        observer: Observer = SILENT,
    ) -> None:
        """`sender` logs in and is closed with this one. Without a publisher another process publishes the commands."""
        trace = None if observer is SILENT else limits_told_to(observer)  # it costs every request a little
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=lambda client: LimberTree(client, self.request_of, self.answer_error, self.complete),  # type: ignore[arg-type]  # as a class is
            intents=discord.Intents(guilds=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            shard_count=shards.count,
            shard_ids=shards.own and list(shards.own),  # type: ignore[arg-type]  # None is its default
            http_trace=trace,  # type: ignore[arg-type]  # None is its default
        )
        self._observer = observer
        self.locales = locales
        self.pictures = pictures
        self.sender = sender
        self._publisher = publisher
        self._turn = shards.turn
        self._buckets = 1  # of IDENTIFY; one of each may be sent every five seconds
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
        if self._publisher is not None:
            await self._publisher.publish(self.tree)
        if self._turn is not None:
            self._buckets = (await self.fetch_session_start_limits()).max_concurrency

    def hears(self, guild: int) -> bool:
        """Whether one of our shards is told of this server (topics/gateway, Sharding Formula)."""
        return self.shard_ids is None or (guild >> 22) % (self.shard_count or 1) in self.shard_ids

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """With several processes each waits for its turn; the shards that are connected answer meanwhile."""
        if self._turn is None:
            await super().before_identify_hook(shard_id, initial=initial)
            return
        try:
            await self._turn((shard_id or 0) % self._buckets)
        except StorageError as error:
            log.warning("the turn to connect cannot be asked for; it connects without", why=str(error))
            await super().before_identify_hook(shard_id, initial=initial)

    async def close(self) -> None:
        """Nothing new is heard from now on; what is being answered, or on the wire, is finished first."""
        for shard in self.shards.values():
            await shard.disconnect()
        if answers := [task for task in asyncio.all_tasks() if task.get_name().startswith(ANSWERING)]:
            await asyncio.wait(answers, timeout=LAST_ANSWERS)
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

    async def complete(self, request: Request) -> None:
        """What stands beside the answer of any command, see `Features.after_command`."""
        self._observe(request, "done")
        for hook in self.features.after_command:
            await hook(request)

    def _observe(self, request: Request, outcome: str) -> None:
        """By a name that stands in our code: what is in an id besides is anybody's."""
        if self._observer is SILENT:
            return
        pressed, command = CustomId.parse(request.custom_id), command_name(request.interaction)
        action = pressed.action if pressed and pressed.action in self.router.actions else "out of date"
        name = f"/{command}" if command else action
        self._observer.answered(name, outcome, perf_counter() - request.began)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """What an event came to that nobody waits for. A database that is away is one line in the log."""
        if isinstance(error := sys.exception(), StorageError):
            log.error("the storage failed", why=str(error), heard=event_method)
        else:
            await super().on_error(event_method, *args, **kwargs)

    async def on_message(self, _message: discord.Message, /) -> None:
        """Text is not read: there is no prefix command to look for."""

    async def on_ready(self) -> None:
        log.info("ready", guilds=len(self.guilds), content=self.locales.base.library.version)
