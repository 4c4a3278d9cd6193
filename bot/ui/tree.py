"""The command tree: names from the catalogue, and every error answered."""

import secrets

import structlog
from discord import Client, HTTPException, Interaction, Locale, NotFound, app_commands
from discord.app_commands import AppCommandError, CommandTree, TranslationContextTypes, locale_str

from bot.errors import UserError
from bot.storage.errors import StorageError
from bot.ui.cards import notices
from bot.ui.cards.parts import Card
from bot.ui.catalog import Catalog
from bot.ui.clubs.notes import ClubNotes
from bot.ui.locales import Locales, LocalizedContent
from bot.ui.options import CannotWait
from bot.ui.replies import error_card, show

log = structlog.get_logger("limber.commands")


class LimberTree(CommandTree[Client]):
    """Usable in clubs, in DMs and as an app of one's own."""

    def __init__(self, client: Client) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )

    async def on_error(self, interaction: Interaction, error: AppCommandError, /) -> None:
        await answer_error(interaction, error)


async def answer_error(interaction: Interaction, error: BaseException) -> None:
    """Answer a typed error with its sentence, and anything else with a code that stands in the log beside the story.

    Neither the log nor the answer holds what the person typed.
    """
    locales: Locales = interaction.client.locales  # type: ignore[attr-defined]
    localized = locales.of(interaction.locale)
    cause: BaseException = error
    while not isinstance(cause, UserError) and isinstance(cause, AppCommandError) and cause.__cause__ is not None:
        cause = cause.__cause__
    if isinstance(cause, NotFound) and cause.code == 10062:
        log.warning("interaction expired before it was answered", kind=interaction.type.name)
        return
    card = _explained(interaction, cause, localized)
    club_notes: ClubNotes | None = interaction.client.club_notes  # type: ignore[attr-defined]
    if isinstance(cause, CannotWait) and club_notes is not None:
        card = await club_notes.put(interaction, card, localized.words)
    try:
        await show(interaction, card)
    except HTTPException as failed:
        log.warning("could not answer", status=failed.status, discord_code=failed.code)


def _explained(interaction: Interaction, cause: BaseException, localized: LocalizedContent) -> Card:
    if isinstance(cause, UserError):
        return error_card(cause, localized)
    if isinstance(cause, StorageError):
        log.error("the storage failed", why=str(cause), command=_name(interaction))
        return notices.sentence(localized.words("error-storage"), localized.words)
    code = secrets.token_hex(3)
    story = None if isinstance(cause, app_commands.TransformerError) else cause  # its text holds what was typed
    log.error("unexpected error", code=code, command=_name(interaction), exc_info=story)
    return notices.sentence(localized.words("error-unexpected", code=code), localized.words)


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


def _name(interaction: Interaction) -> str:
    return interaction.command.qualified_name if interaction.command else interaction.type.name
