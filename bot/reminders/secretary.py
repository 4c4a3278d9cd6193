"""Everything about a person's reminders, handed on together."""

from dataclasses import dataclass

from bot.reminders.messages import ReminderMessages
from bot.reminders.mornings import MorningService
from bot.reminders.service import ReminderService
from bot.reminders.undelivered import Undelivered


@dataclass(frozen=True, slots=True)
class Secretary:
    """Sets them, knows what each is to bring, and whom it could not reach."""

    personal: ReminderService
    mornings: MorningService
    messages: ReminderMessages
    undelivered: Undelivered
