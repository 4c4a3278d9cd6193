"""The records of a diary: check-ins, findings of symptom checks, weekly checks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from bot.advice.disposition import Disposition
from bot.localtime import local_day, monday_of, wall_time, zone_named
from bot.triage.answers import NOTHING_LASTS, Lasting
from bot.triage.assessment import Assessment

LEVELS = (0, 8, 17, 25)  # none, small, medium, large (clinical facts, section 4)
SUBSTANTIAL = 17
HIGH = 35  # more than the form's own error for one person lies between this score and none at all
WEEKS_COMPARED, WEEKS_HIGH = 4, 3


class Side(StrEnum):
    """The side of the body that hurts."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    MIDDLE = "middle"


class PainTiming(StrEnum):
    """When it hurts."""

    REST = "rest"
    MORNING = "morning"
    WALKING = "walking"
    RUNNING = "running"
    AFTER = "after"
    NIGHT = "night"


class NewSign(StrEnum):
    """What is new since last time; each of them asks for the symptom check (clinical facts 1.2, rule 15)."""

    NIGHT_PAIN = "night_pain"
    SWELLING = "swelling"
    NUMBNESS = "numbness"
    WEAKNESS = "weakness"
    LIMP = "limp"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One check-in. Every pain is 0-10, whole numbers; the numeric rating scale (NRS-11)."""

    id: str  # random, 32 hexadecimal digits
    at: datetime  # the moment it speaks of, UTC
    area: str  # an area's id; content may have dropped it since
    pain: int  # now
    side: Side | None = None
    moments: frozenset[PainTiming] = frozenset()
    worst: int | None = None  # of the last 24 hours
    during: int | None = None  # while running; given: there was a run
    new: frozenset[NewSign] = frozenset()
    note: str | None = None  # only where the host allows notes; at most 500 characters
    zone: str | None = (
        None  # IANA, where the person was; None: they had chosen none, or it is from before this was kept
    )
    zone_assumed: bool = False  # it was noted later, from the zone they had until then

    def local(self, zone: ZoneInfo) -> datetime:
        """Its moment on the wall where it was logged; in `zone` when that is not known."""
        return wall_time(self.at, zone_named(self.zone) or zone)

    def day(self, zone: ZoneInfo) -> date:
        """Its local date; as `local`. Moving to another zone changes nothing about it."""
        return self.local(zone).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finished symptom check. It stays open until the person says they were seen and told they may run."""

    id: str  # random, 32 hexadecimal digits
    at: datetime  # UTC
    area: str  # an area's id; empty: of no place
    disposition: Disposition
    because: tuple[str, ...]  # ids of the answers that decided it
    reasons: tuple[str, ...]  # the same in words, as they were shown
    unsure: tuple[str, ...] | None = None  # ids of `because` they were not sure of; None: from before that was kept
    bone: bool  # a bone could be cracking: no running pain is acceptable
    content: str  # version
    cleared_at: datetime | None = None
    lasting: Lasting = NOTHING_LASTS  # what the next check may say again

    @classmethod
    def of(cls, assessment: Assessment, lasting: Lasting, *, id: str, at: datetime, area: str) -> Self | None:  # noqa: A002
        """None while the check still asks."""
        if assessment.disposition is None:
            return None
        return cls(
            id=id,
            at=at,
            area=area,
            disposition=assessment.disposition,
            because=tuple(reason.id for reason in assessment.reasons),
            reasons=tuple(reason.said or reason.text for reason in assessment.reasons),
            unsure=tuple(reason.id for reason in assessment.reasons if reason.unsure),
            bone=assessment.bone,
            content=assessment.content,
            lasting=lasting,
        )

    @property
    def says(self) -> tuple[tuple[str, bool], ...]:
        """Each reason in words, and whether the person was not sure of it.

        One tick at "not sure" once stood for a whole list: of checks from before, more than one sign that cannot wait
        counts as not sure.
        """
        if self.unsure is None:
            listed = len(self.reasons) > 1 and self.disposition.worse_than(Disposition.CLINICIAN)
            return tuple((reason, listed) for reason in self.reasons)
        return tuple((text, id_ in self.unsure) for id_, text in zip(self.because, self.reasons, strict=False))

    @property
    def open(self) -> bool:
        """Whether somebody still has to look at it before running (clinical facts 1.2, rule 13)."""
        return self.cleared_at is None and self.disposition.worse_than(Disposition.MODIFY)

    @property
    def precedence(self) -> tuple[int, float]:
        """What findings are sorted by: the most urgent first, of equally urgent ones the latest."""
        return self.disposition.rank, -self.at.timestamp()

    def cleared(self, at: datetime) -> Self:
        """The person was seen, and told they may run."""
        return replace(self, cleared_at=at)


class WeeklyQuestion(StrEnum):
    """A question of the weekly check, in the order they are asked; all about the last seven days."""

    PARTICIPATION = "participation"  # trouble taking part
    TRAINING = "training"  # how far training was changed
    PERFORMANCE = "performance"  # how far running suffered
    PAIN = "pain"  # how much pain


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyCheck:
    """One answered weekly check. Raises ValueError for answers the form cannot give."""

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
    """Whether weekly trouble stays. `weeks` are Mondays, newest first; `answered` and `high` are among them."""

    weeks: tuple[date, ...]
    answered: tuple[date, ...]
    high: tuple[date, ...]

    @property
    def holds(self) -> bool:
        """In three of four weeks. One week's jump never is enough: it lies within the form's own error."""
        return len(self.high) >= WEEKS_HIGH


def by_week(checks: Iterable[WeeklyCheck], zone: ZoneInfo) -> dict[date, WeeklyCheck]:
    """The highest check of each local ISO week, under its Monday, oldest first."""
    highest: dict[date, WeeklyCheck] = {}
    for check in sorted(checks, key=lambda check: (check.at, check.id)):
        monday = monday_of(local_day(check.at, zone))
        if monday not in highest or _weight(check) >= _weight(highest[monday]):
            highest[monday] = check
    return highest


def persistence(checks: Iterable[WeeklyCheck], today: date, zone: ZoneInfo) -> Persistence:
    """Look at the last four ISO weeks of one area's checks; this week counts from its first check on.

    A week is high when its check is substantial or scores HIGH or more; a week without one is not.
    """
    weekly = by_week(checks, zone)
    monday = monday_of(today)
    newest = monday if monday in weekly else monday - timedelta(weeks=1)
    weeks = tuple(newest - timedelta(weeks=back) for back in range(WEEKS_COMPARED))
    answered = tuple(week for week in weeks if week in weekly)
    high = tuple(week for week in answered if weekly[week].substantial or weekly[week].score >= HIGH)
    return Persistence(weeks, answered, high)


def _weight(check: WeeklyCheck) -> tuple[bool, int]:
    return check.substantial, check.score
