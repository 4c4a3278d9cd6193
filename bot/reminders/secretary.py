"""Everything about a person's reminders, handed on together."""

from dataclasses import dataclass

from bot.reminders.errand import Errands
from bot.reminders.mornings import Mornings
from bot.reminders.personal import Personal
from bot.reminders.undelivered import Undelivered


@dataclass(frozen=True, slots=True)
class Secretary:
    """Sets them, knows what each is to bring, and whom it could not reach."""

    personal: Personal
    mornings: Mornings
    errands: Errands
    undelivered: Undelivered
