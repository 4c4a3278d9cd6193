"""A check-in on its way: what was typed, as it was typed, until it is whole and right."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.checkins.entry import CheckIn, Moment, NewSign, Side
from bot.checkins.typed import note_from, pain_from
from bot.checkins.when import when_from

E = TypeVar("E", bound=StrEnum)


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
    made: str | None = None  # the id it gets when it is kept, so that sending it twice keeps one


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


def read(draft: Draft, page_id: str, zone: ZoneInfo, now: datetime, *, kept_at: datetime | None = None) -> CheckIn:
    """The check-in that a draft with an area and a pain means; `kept_at`: its moment so far, unless `day` names one.

    Raises the UserError of the first answer that cannot be read: BadPain, NoteTooLong, BadMoment.
    """
    if draft.area is None or draft.pain is None:
        raise ValueError("a draft is read when it has an area and a pain")
    return CheckIn(
        id=page_id,
        at=when_from(draft.day, zone, now) if draft.day else kept_at or now,
        area=draft.area,
        pain=pain_from(draft.pain),
        side=next(iter(_known(Side, [draft.side] if draft.side else [])), None),
        moments=frozenset(_known(Moment, draft.moments)),
        worst=pain_from(draft.worst) if draft.worst else None,
        during=pain_from(draft.during) if draft.during else None,
        new=frozenset(_known(NewSign, draft.new or ())),
        note=note_from(draft.note) if draft.note else None,
    )


def _known(kind: type[E], said: Iterable[str]) -> list[E]:
    """Menus offer only what there is; anything else was forged and says nothing."""
    return [kind(value) for value in said if value in set(kind)]


def _text(pain: int | None) -> str | None:
    return None if pain is None else str(pain)
