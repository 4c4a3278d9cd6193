"""Days on which a schedule is silent."""

from dataclasses import dataclass
from datetime import date

from bot.errors import UserError
from bot.localtime import DAY


class PauseOver(UserError):
    """A pause that would end before it begins. `example` is a day it could end on."""

    message = "error-pause-over"

    def __init__(self, today: date) -> None:
        super().__init__(example=(today + 7 * DAY).isoformat())


@dataclass(frozen=True, slots=True)
class Pause:
    """Silent from the local day `since` to the day before `until`; without `until`, as while injured, until resumed."""

    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until <= self.since:
            raise ValueError("a pause ends after it begins")

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)
