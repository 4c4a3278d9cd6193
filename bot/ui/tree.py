"""The command tree: each command becomes a request, its words come from the catalogue, every error is answered."""

from collections.abc import Awaitable, Callable
from typing import Any

from discord import Client, Interaction, InteractionType, Locale, app_commands
from discord.app_commands import AppCommandError, CommandTree, Group, TranslationContextTypes, locale_str

from bot.ui.alarm_gate import CannotWait
from bot.ui.catalog import Catalog
from bot.ui.locales import Locales
from bot.ui.request import Request, policy_of

AnswerError = Callable[[Request, BaseException], Awaitable[None]]


class LimberTree(CommandTree[Client]):
    """Usable in clubs, in DMs and as an app of one's own."""

    def __init__(self, client: Client, locales: Locales, answer_error: AnswerError) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self._locales = locales
        self._answer_error = answer_error

    def add_command(self, command: Any, /, **where: Any) -> None:
        """A group may be spread over several cogs: what each of them declares goes into one."""
        known = self.get_command(command.name)
        if isinstance(known, Group) and isinstance(command, Group):
            _merge(known, command)
        else:
            super().add_command(command, **where)

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Make the request that cogs are handed; words that cannot wait are answered before anything runs."""
        request = Request(interaction, self._locales)
        interaction.extras["request"] = request
        if interaction.type is not InteractionType.application_command:
            return True
        policy = policy_of(interaction)
        request.begin(policy)
        if request.raised is None or policy.keeps_draft:
            return True
        await self._answer_error(request, CannotWait(request.raised))
        return False

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
        return words(key) if key and words.language == str(locale).split("-")[0] != "en" else None
