"""A check-in on its way: what was typed, as it was typed, until it is whole and right."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.checkins.entry import CheckIn, NewSign, PainTiming, Side
from bot.checkins.parse import note_from, pain_from
from bot.errors import LimberError, UserError
from bot.schedules.parse.moment import when_from

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Raw answers: nothing typed is lost when one of them cannot be read. None and empty: not answered."""

    area: str | None = None  # an area's id
    pain: str | None = None
    side: str | None = None
    moments: tuple[str, ...] = ()
    worst: str | None = None
    during: str | None = None
    new: tuple[str, ...] | None = None  # None: not asked yet
    note: str | None = None
    day: str | None = None
    entry: str | None = None  # the id of the check-in this changes
    made: str | None = None  # what its id is made of, with the area, so that sending it twice keeps one


def of(entry: CheckIn) -> Draft:
    """A kept check-in, to be changed."""
    return Draft(
        area=entry.area,
        pain=str(entry.pain),
        side=entry.side,
        moments=tuple(sorted(entry.moments)),
        worst=_text(entry.worst),
        during=_text(entry.during),
        new=tuple(sorted(entry.new)),
        note=entry.note,
        entry=entry.id,
    )


class Misread(LimberError):
    """One answer of a draft, by the name of its field, and the error that says why."""

    def __init__(self, field: str, cause: UserError) -> None:
        super().__init__(field)
        self.field = field
        self.cause = cause


def read(draft: Draft, page_id: str, zone: ZoneInfo, now: datetime, *, kept_at: datetime | None = None) -> CheckIn:
    """The check-in that a draft with an area and a pain means; `kept_at`: its moment so far, unless `day` names one.

    Raises Misread for the first answer that cannot be read.
    """
    if draft.area is None or draft.pain is None:
        raise ValueError("a draft is read when it has an area and a pain")
    return CheckIn(
        id=page_id,
        at=_read("day", draft.day, lambda text: when_from(text, zone, now)) or kept_at or now,
        area=draft.area,
        pain=_pain(draft.pain),
        side=next(iter(_known(Side, [draft.side] if draft.side else [])), None),
        moments=frozenset(_known(PainTiming, draft.moments)),
        worst=_read("worst", draft.worst, pain_from),
        during=_read("during", draft.during, pain_from),
        new=frozenset(_known(NewSign, draft.new or ())),
        note=_read("note", draft.note, note_from),
    )


def _pain(text: str) -> int:
    try:
        return pain_from(text)
    except UserError as error:
        raise Misread("pain", error) from None


def _read(field: str, text: str | None, how: Callable[[str], T]) -> T | None:
    """None where nothing was answered."""
    try:
        return how(text) if text else None
    except UserError as error:
        raise Misread(field, error) from None


def _known(kind: type[E], said: Iterable[str]) -> list[E]:
    """Menus offer only what there is; anything else was forged and says nothing."""
    return [kind(value) for value in said if value in set(kind)]


def _text(pain: int | None) -> str | None:
    return None if pain is None else str(pain)
