"""What a symptom check came to, as the diary keeps it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from bot.advice.disposition import Disposition
from bot.triage.assessment import Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finished symptom check. It stays open until the person says they were seen and told they may run."""

    id: str  # random, 32 hexadecimal digits
    at: datetime  # UTC
    area: str
    disposition: Disposition
    because: tuple[str, ...]  # ids of the answers that decided it
    reasons: tuple[str, ...]  # the same in words, as they were shown
    bone: bool  # a bone could be cracking: no running pain is acceptable
    content: str  # version
    cleared_at: datetime | None = None

    @classmethod
    def of(cls, assessment: Assessment, *, id: str, at: datetime, area: str) -> Self | None:  # noqa: A002
        """None while the check still asks."""
        if assessment.disposition is None:
            return None
        return cls(
            id=id,
            at=at,
            area=area,
            disposition=assessment.disposition,
            because=tuple(reason.id for reason in assessment.reasons),
            reasons=tuple(reason.text for reason in assessment.reasons),
            bone=assessment.bone,
            content=assessment.content,
        )

    @property
    def open(self) -> bool:
        """Whether somebody still has to look at it before running (clinical facts 1.2, rule 13)."""
        return self.cleared_at is None and self.disposition.worse_than(Disposition.MODIFY)

    def cleared(self, at: datetime) -> Self:
        """The person was seen, and told they may run."""
        return replace(self, cleared_at=at)
