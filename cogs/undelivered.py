"""What is said beside the answer of a command: which reminders could not be brought."""

import structlog

from bot.reminders.service import ReminderService
from bot.ui.cards import reminders as cards
from bot.ui.request import Request

log = structlog.get_logger("limber.remind")


class UndeliveredNotice:
    """A hook for after any command: whose reminders Discord refused is told, once."""

    def __init__(self, reminders: ReminderService) -> None:
        self._reminders = reminders

    async def tell(self, request: Request) -> None:
        """Never raises: the command itself has been answered."""
        try:
            if reminders := await self._reminders.undelivered(request.person):
                await request.show(cards.undelivered(request.library, reminders, request.words))
                await self._reminders.mark_told(request.person)
        except Exception as error:  # noqa: BLE001  # beside the answer that was given: the next command tries again
            log.warning("somebody could not be told of a reminder", why=type(error).__name__)
