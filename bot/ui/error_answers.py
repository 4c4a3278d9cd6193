"""The answers to errors: a typed one by its sentence, any other by a code that stands in the log too."""

import secrets

import structlog
from aiohttp import ClientError
from discord import HTTPException, Interaction, InteractionResponded, InteractionType
from discord.app_commands import AppCommandError, CommandNotFound, CommandSignatureMismatch, TransformerError

from bot.checkins.person_diary import NeedsConsent
from bot.checkins.service import AnswerUnreadable
from bot.errors import LimberError, OutOfDate, UserError
from bot.expiring import Expired, ExpiringStore
from bot.storage.errors import StorageError
from bot.ui.alarm_gate import CannotWait
from bot.ui.cards import check, diary, notices, unwell
from bot.ui.cards.parts import UNWELL, Card, Resumption, box, checkin_row
from bot.ui.cards.style import PLAIN
from bot.ui.catalog import Catalog
from bot.ui.clubs.notes import ClubNotes
from bot.ui.error_mapping import ANSWERED_ALREADY, UNKNOWN_INTERACTION
from bot.ui.forms import NotKept
from bot.ui.locales import LocalizedContent
from bot.ui.options import FeelsUnwell, NamedPages, UnknownArea
from bot.ui.pending import PendingCommand
from bot.ui.request import Request
from bot.ui.router import FormOutOfDate
from bot.zones import UnclearZone

CONSENT = "consent"

log = structlog.get_logger("limber.commands")


class NotUnderstood(UserError, message="error-not-understood"):
    """What Discord sent of it cannot be read."""


class CommandOutOfDate(UserError, message="error-command-out-of-date"):
    """A command of another version of the bot: some Discord still shows it."""


class ErrorAnswers:
    """Answers whatever a handler raises. Neither log nor answer holds what the person typed."""

    def __init__(self, notes: ClubNotes, waiting: ExpiringStore[PendingCommand]) -> None:
        """`waiting`: where a command waits for the answer it lacks."""
        self._notes = notes
        self._waiting = waiting

    async def answer(self, request: Request, error: BaseException) -> None:
        """Show what happened and the way out; never raises for an answer that cannot be sent."""
        cause = cause_of(error)
        if (gone := _no_longer_open(cause)) is not None:
            log.warning(gone, kind=request.interaction.type.name)
            return
        card = self._explained(request, cause)
        try:
            if request.interaction.type is InteractionType.autocomplete:
                await request.interaction.response.autocomplete([])  # nothing else can be shown there
                return
            if isinstance(cause, CannotWait):
                card = await self._notes.append_to(request, card)
            await request.show(card)
        except HTTPException as failed:
            log.warning("could not answer", status=failed.status, discord_code=failed.code)
        except (ClientError, OSError) as failed:
            log.warning("could not answer", kind=type(failed).__name__)

    def _explained(self, request: Request, cause: BaseException) -> Card:
        words = request.words
        if isinstance(cause, UserError):
            return error_card(cause, request.content, self._resumption(request, cause))
        if isinstance(cause, StorageError | NotKept):
            why = cause.__cause__ if isinstance(cause, NotKept) else cause
            log.error("the storage failed", why=str(why), command=command_name(request.interaction))
            if isinstance(cause, NotKept):
                return notices.not_kept(words, cause.reopen)
            return notices.sentence(words("error-storage"), words)
        code = secrets.token_hex(3)
        story = None if isinstance(cause, TransformerError) else cause  # its text holds what was typed
        log.error("unexpected error", code=code, command=command_name(request.interaction), exc_info=story)
        return notices.sentence(words("error-unexpected", code=code), words)

    def _resumption(self, request: Request, cause: UserError) -> Resumption | None:
        """Where the command goes on once the answer is there; None for an error that one answer does not mend."""
        pending, option = request.pending, _lacking(cause)
        if pending is None or pending.name == "pain" or option not in {*pending.options, CONSENT}:
            return None
        return Resumption(self._waiting.keep(request.person, pending), option)


def _no_longer_open(cause: BaseException) -> str | None:
    """Why no answer can follow any more, for the log; None when one can."""
    code = cause.code if isinstance(cause, HTTPException) else None
    if code == UNKNOWN_INTERACTION:
        return "interaction expired before it was answered"
    if code == ANSWERED_ALREADY or isinstance(cause, InteractionResponded):
        return "interaction was answered already"
    return None


def cause_of(error: BaseException) -> BaseException:
    """What lies under discord.py's wrapping."""
    while not isinstance(error, UserError) and isinstance(error, AppCommandError) and error.__cause__ is not None:
        error = error.__cause__
    return CommandOutOfDate() if isinstance(error, CommandNotFound | CommandSignatureMismatch) else error


def _lacking(cause: UserError) -> str | None:
    """The option that has to be chosen, or CONSENT."""
    if isinstance(cause, UnknownArea | NamedPages):
        return "area"
    if isinstance(cause, UnclearZone) and cause.choices:
        return "place"
    return CONSENT if isinstance(cause, NeedsConsent) and cause.then is None else None


def command_name(interaction: Interaction) -> str | None:
    """The full name of a command that we have; None for anything else."""
    try:
        command = interaction.command
    except Exception:  # noqa: BLE001  # it is looked up in what Discord sent, which may be what is wrong
        return None
    return command.qualified_name if command else None


def error_card(error: LimberError, content: LocalizedContent, resumption: Resumption | None = None) -> Card:
    """The one place where a typed error becomes words. `resumption`: where the command goes on."""
    if isinstance(error, CannotWait):
        raised = error.raised
        return notices.cannot_wait(
            content.library, raised.alarms, content.words, bystander=raised.bystander, area=raised.area
        )
    if isinstance(error, UnknownArea | FeelsUnwell | NamedPages):
        return _which_page(error, content, resumption)
    if isinstance(error, Expired):
        return _gone(error, content)
    if isinstance(error, NeedsConsent):
        return diary.consent(error, content.words, resumption.pending if resumption else None)
    if isinstance(error, UserError):
        return _in_a_sentence(error, content.words, resumption)
    raise error


def _in_a_sentence(error: UserError, words: Catalog, resumption: Resumption | None) -> Card:
    """What most errors come to, some with a way on."""
    sentence = words(error.message, **error.values)
    if isinstance(error, UnclearZone) and resumption:
        return notices.which_zone(sentence, error.choices, resumption, words)
    if isinstance(error, AnswerUnreadable):
        return diary.fix(sentence, error.field, error.draft, words)
    return notices.sentence(sentence, words, fresh_start=isinstance(error, OutOfDate | FormOutOfDate))


def _which_page(
    error: UnknownArea | FeelsUnwell | NamedPages, content: LocalizedContent, resumption: Resumption | None
) -> Card:
    """Where words lead to no page by themselves."""
    if isinstance(error, NamedPages):
        return unwell.several(error.pages, error.text, content.words, resumption)
    if isinstance(error, FeelsUnwell):
        return content.card_index.card("pain", UNWELL)
    bystander = content.bystanders.speak(error.text)
    return notices.unknown_area(content.library, error.text, content.words, resumption, bystander=bystander)


def _gone(error: Expired, content: LocalizedContent) -> Card:
    """What is no longer kept, with the way back to where it began; elsewhere the sentence names the command."""
    if error.message == "check-gone":
        return check.gone(content.library, content.words)
    if error.message == "checkin-gone":
        return Card(box(PLAIN, content.words(error.message), checkin_row(content.words)))
    return notices.sentence(content.words(error.message), content.words)
