"""The gate for what people type: emergency and crisis words come before anything else."""

from collections.abc import Iterable
from typing import Final

from bot.advice.model import Alarm
from bot.errors import UserError
from bot.ui.locales import LocalizedContent

#: Starts the value of the choice that is offered for words that cannot wait; the alarm's id follows. The words
#: themselves may not fit into a choice, and what is cut off could be what matters.
RAISED: Final = "!"


class CannotWait(UserError):
    """What was typed is on the reviewed list of emergency and crisis words: that comes before any advice."""

    message = "alarm-choice"

    def __init__(self, alarms: tuple[Alarm, ...]) -> None:
        super().__init__()
        self.alarms = alarms


def alarms_in(texts: Iterable[str], content: LocalizedContent) -> tuple[Alarm, ...]:
    """The alarms whose card comes before anything else; the id of a place picked from the list raises none."""
    free = (text for text in texts if text not in content.library.areas)
    return tuple(dict.fromkeys(alarm for text in free for alarm in _raised_by(text, content)))


def _raised_by(text: str, content: LocalizedContent) -> tuple[Alarm, ...]:
    picked = tuple(alarm for alarm in content.library.alarms if text == RAISED + alarm.id)
    return picked or tuple(alarm for alarm in content.alarms.raised_by(text) if alarm.kind != "clinician")
