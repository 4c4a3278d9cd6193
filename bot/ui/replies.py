"""How an answer is sent: privately, as one card, whatever state the interaction is in."""

from collections.abc import Sequence

from discord import File, Interaction, InteractionType

from bot.checkins.errors import NeedsConsent
from bot.checkins.service import Unreadable
from bot.errors import LimberError, OutOfDate, UserError
from bot.expiring import Expired
from bot.ui.cards import check, diary, notices
from bot.ui.cards.parts import PLAIN, PRIMARY, Card, box, button, row
from bot.ui.locales import LocalizedContent
from bot.ui.options import CannotWait, UnknownArea
from bot.ui.router import FormOutOfDate


async def show(interaction: Interaction, card: Card) -> None:
    """Answer with a card that only this person sees."""
    if interaction.response.is_done():
        await interaction.followup.send(view=card, ephemeral=True)
    else:
        await interaction.response.send_message(view=card, ephemeral=True)


async def turn(interaction: Interaction, card: Card) -> None:
    """Put a card in the place of the one that was pressed, where that one is private; else beside it."""
    pressed = interaction.message
    ours = interaction.type in {InteractionType.component, InteractionType.modal_submit}
    if ours and pressed is not None and pressed.flags.ephemeral:
        await interaction.response.edit_message(view=card)
    else:
        await show(interaction, card)


async def draw_later(interaction: Interaction, *, again: bool = False) -> None:
    """Say that the answer takes a moment; `again`: it takes the place of the private card that was pressed."""
    pressed = interaction.message
    if again and pressed is not None and pressed.flags.ephemeral:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)


async def show_drawn(interaction: Interaction, card: Card, files: Sequence[File]) -> None:
    """The answer that `draw_later` announced."""
    await interaction.edit_original_response(view=card, attachments=list(files))


def chosen(interaction: Interaction) -> list[str]:
    """What was chosen in a menu; empty for a button."""
    data: dict[str, object] = dict(interaction.data or {})
    values = data.get("values", [])
    return [str(value) for value in values] if isinstance(values, list) else []


def error_card(error: LimberError, localized: LocalizedContent) -> Card:
    """The one place where a typed error becomes words."""
    if isinstance(error, CannotWait):
        return notices.cannot_wait(localized.library, error.alarms, localized.words)
    if isinstance(error, UnknownArea):
        return notices.unknown_area(localized.library, error.text, localized.words)
    if isinstance(error, Expired):
        return _gone(error, localized)
    if isinstance(error, NeedsConsent):
        return diary.consent(error, localized.words)
    if isinstance(error, Unreadable):
        return diary.fix(localized.words(error.message, **error.values), error.field, error.draft, localized.words)
    if isinstance(error, UserError):
        again = isinstance(error, OutOfDate | FormOutOfDate)
        return notices.sentence(localized.words(error.message, **error.values), localized.words, fresh_start=again)
    raise error


def _gone(error: Expired, localized: LocalizedContent) -> Card:
    """What is no longer kept, with the way back to where it began; elsewhere the sentence names the command."""
    if error.message == "check-gone":
        return check.gone(localized.library, localized.words)
    if error.message == "checkin-gone":
        back = row(button(localized.words("diary-checkin"), "checkin", style=PRIMARY))
        return Card(box(PLAIN, localized.words(error.message), back))
    return notices.sentence(localized.words(error.message), localized.words)
