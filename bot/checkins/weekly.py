"""The weekly check: four questions, inspired by OSTRC and not that form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.localtime import local_day

LEVELS = (0, 8, 17, 25)  # none, small, medium, large (clinical facts, section 4)
SUBSTANTIAL = 17
HIGH = 35  # more than the form's own error for one person lies between this score and none at all
WEEKS, ENOUGH = 4, 3


class WeeklyQuestion(StrEnum):
    """In the order they are asked; all about the last seven days."""

    PARTICIPATION = "participation"  # trouble taking part
    TRAINING = "training"  # how far training was changed
    PERFORMANCE = "performance"  # how far running suffered
    PAIN = "pain"  # how much pain


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyCheck:
    """One answered form. Raises ValueError for answers the form cannot give."""

    id: str  # random, 32 hexadecimal digits
    at: datetime  # when it was answered, UTC
    area: str | None = None  # an area's id; None: running as a whole
    answers: tuple[int, ...]  # one of LEVELS each, in the order of WeeklyQuestion; a first 0 may stand alone

    def __post_init__(self) -> None:
        if not set(self.answers) <= set(LEVELS):
            raise ValueError(f"answers are out of {LEVELS}")
        if len(self.answers) != 4 and self.answers != (0,):
            raise ValueError("four answers, or a single 0")

    @property
    def score(self) -> int:
        """The sum, 0 (no trouble) to 100; 0 whatever follows when the first answer is 0."""
        return sum(self.answers) if self.answers[0] else 0

    @property
    def substantial(self) -> bool:
        """Could not take part, or training or running changed at least to a medium extent."""
        if self.score == 0:
            return False
        participation, training, performance, _ = self.answers
        return participation == LEVELS[-1] or training >= SUBSTANTIAL or performance >= SUBSTANTIAL


@dataclass(frozen=True, slots=True)
class Persistence:
    """Whether trouble stays. `weeks` are the Mondays looked at, newest first; `answered` and `high` are among them."""

    weeks: tuple[date, ...]
    answered: tuple[date, ...]
    high: tuple[date, ...]

    @property
    def holds(self) -> bool:
        """In three of four weeks. One week's jump never is enough: it lies within the form's own error."""
        return len(self.high) >= ENOUGH


def by_week(checks: Iterable[WeeklyCheck], zone: ZoneInfo) -> dict[date, WeeklyCheck]:
    """The highest check of each local ISO week, under its Monday, oldest first."""
    highest: dict[date, WeeklyCheck] = {}
    for check in sorted(checks, key=lambda check: (check.at, check.id)):
        day = local_day(check.at, zone)
        monday = day - timedelta(days=day.weekday())
        if monday not in highest or _weight(check) >= _weight(highest[monday]):
            highest[monday] = check
    return highest


def persistence(checks: Iterable[WeeklyCheck], today: date, zone: ZoneInfo) -> Persistence:
    """Look at the last four ISO weeks of one area's checks; this week counts from its first check on.

    A week is high when its check is substantial or scores HIGH or more; a week without one is not.
    """
    weekly = by_week(checks, zone)
    monday = today - timedelta(days=today.weekday())
    newest = monday if monday in weekly else monday - timedelta(weeks=1)
    weeks = tuple(newest - timedelta(weeks=back) for back in range(WEEKS))
    answered = tuple(week for week in weeks if week in weekly)
    high = tuple(week for week in answered if weekly[week].substantial or weekly[week].score >= HIGH)
    return Persistence(weeks, answered, high)


def _weight(check: WeeklyCheck) -> tuple[bool, int]:
    return check.substantial, check.score
