"""The command tree: each command becomes a request, its words come from the catalogue; and its publication."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import structlog
from discord import Client, Interaction, InteractionType, Locale, app_commands
from discord.app_commands import AppCommandError, CommandTree, Group, TranslationContextTypes, locale_str

from bot.storage.files import make_folder, replacement, unusable
from bot.ui.alarm_gate import CannotWait
from bot.ui.catalog import Catalog
from bot.ui.limits import BASE_LANGUAGE
from bot.ui.locales import Locales
from bot.ui.request import Request
from bot.ui.router import policy_of

AnswerError = Callable[[Request, BaseException], Awaitable[None]]
Completed = Callable[[Request], Awaitable[None]]  # once a command has been answered


class LimberTree(CommandTree[Client]):
    """Usable in clubs, in DMs and as an app of one's own."""

    def __init__(
        self,
        client: Client,
        make_request: Callable[[Interaction], Request],
        answer_error: AnswerError,
        completed: Completed,
    ) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self._make_request = make_request
        self._answer_error = answer_error
        self._completed = completed

    def add_command(self, command: Any, /, **where: Any) -> None:
        """A group may be spread over several cogs: what each of them declares goes into one."""
        known = self.get_command(command.name)
        if isinstance(known, Group) and isinstance(command, Group):
            _merge(known, command)
        else:
            super().add_command(command, **where)

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Make the request that cogs are handed; words that cannot wait are answered before anything runs."""
        request = self._make_request(interaction)
        interaction.extras["request"] = request
        if interaction.type is not InteractionType.application_command:
            request.begin_waiting()
            return True
        policy = policy_of(interaction)
        request.begin(policy)
        if request.raised is None or policy.keeps_draft:
            return True
        await self._answer_error(request, CannotWait(request.raised))
        return False

    async def _call(self, interaction: Interaction) -> None:
        """As discord.py does it; what it does not foresee in what Discord sent is answered too, not lost in a task."""
        try:
            await super()._call(interaction)
        except AppCommandError:
            raise
        except Exception as error:  # noqa: BLE001  # the last stop, as for presses
            request = interaction.extras.get("request")
            if request is None:  # it does not even say who sent it
                log.error("a command cannot be read; dropped", kind=type(error).__name__)
            else:
                await self._answer_error(request, error)
            return
        if interaction.type is InteractionType.application_command and not interaction.command_failed:
            await self._completed(Request.of(interaction))
        elif interaction.type is InteractionType.autocomplete and interaction.response.is_done():
            Request.of(interaction).end_waiting()  # discord.py has sent what is suggested

    async def on_error(self, interaction: Interaction, error: AppCommandError, /) -> None:
        await self._answer_error(Request.of(interaction), error)


def _merge(known: Group, more: Group) -> None:
    for command in more.commands:
        inner = known.get_command(command.name)
        if isinstance(inner, Group) and isinstance(command, Group):
            _merge(inner, command)
        else:
            known.add_command(command)


def caption(tree: CommandTree[Client], words: Catalog) -> None:
    """Give every command and option its description from the catalogue: `command-pain`, `command-pain-area`."""
    for command in tree.walk_commands():
        key = f"command-{command.qualified_name.replace(' ', '-')}"
        command.description = words(key)
        if isinstance(command, app_commands.Command):
            command._locale_description = locale_str(words(key), key=key)
            names = [option.name for option in command.parameters]
            described = {name: locale_str(words(f"{key}-{name}"), key=f"{key}-{name}") for name in names}
            if described:
                app_commands.describe(**described)(command)


class CatalogueTranslator(app_commands.Translator):
    """Descriptions in the other languages there are; command names stay the same everywhere."""

    def __init__(self, locales: Locales) -> None:
        self._locales = locales

    async def translate(self, string: locale_str, locale: Locale, _context: TranslationContextTypes, /) -> str | None:
        words = self._locales.of(locale).words
        key = string.extras.get("key")
        return words(key) if key and words.language == str(locale).split("-")[0] != BASE_LANGUAGE else None


log = structlog.get_logger("limber.commands")

MARKER = "commands.json"


class Publisher:
    """Publishes commands; keeps, in the data folder, a digest of what each application was last told.

    Discord allows 200 new commands a day and server, so publishing at every start would one day lock us out.
    """

    def __init__(self, data: Path, *, force: bool = False) -> None:
        self._marker = data / MARKER
        self._force = force

    async def publish(self, tree: CommandTree[Client]) -> bool:
        """Send the commands if they changed; True when they were sent. Raises StorageError for an unusable folder."""
        application = str(tree.client.application_id)
        digest = await _digest(tree)
        digests = self._digests()
        if digests.get(application) == digest and not self._force:
            return False
        commands = await tree.sync()
        self._remember({**digests, application: digest})
        log.info("commands published", count=len(commands))
        return True

    def _digests(self) -> dict[str, str]:
        """Of each application."""
        try:
            digests = json.loads(self._marker.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}  # nothing there, or unreadable: publishing again is harmless
        except OSError as error:
            raise unusable(self._marker, error) from None
        return digests if isinstance(digests, dict) else {}

    def _remember(self, digests: dict[str, str]) -> None:
        make_folder(self._marker.parent)
        with replacement(self._marker) as fresh:
            fresh.write_text(json.dumps(digests), encoding="utf-8")


async def _digest(tree: CommandTree[Client]) -> str:
    translator = tree.translator
    payloads = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for command in sorted(tree.get_commands(), key=lambda command: command.name)
    ]
    return hashlib.sha256(json.dumps(payloads, sort_keys=True, default=str).encode()).hexdigest()
