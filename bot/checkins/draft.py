"""The draft of a check-in: what was typed, as it was typed, until it is whole and can be read."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.checkins.models import CheckIn, NewSign, PainTiming, Side
from bot.errors import LimberError, UserError
from bot.ids import new_id
from bot.schedules.parse.moment import when_from

MAX_NOTE_LENGTH = 500

#: "4", "4/10", "4 of 10", "4 out of 10"; `\d` is a decimal digit of any script.
_PAIN = re.compile(r"\s*(\d{1,2})\s*(?:(?:[/／]|of|out\s+of)\s*(\d\d)\s*)?", re.IGNORECASE)


SIDES, TIMINGS, NEW_SIGNS = frozenset(Side), frozenset(PainTiming), frozenset(NewSign)


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
    made: str = field(default_factory=new_id)  # what its id is made of, with the area: sent twice, it is kept once


def of(entry: CheckIn) -> Draft:
    """A kept check-in, to be changed."""
    return Draft(
        area=entry.area,
        pain=str(entry.pain),
        side=entry.side,
        moments=tuple(sorted(entry.moments)),
        worst=None if entry.worst is None else str(entry.worst),
        during=None if entry.during is None else str(entry.during),
        new=tuple(sorted(entry.new)),
        note=entry.note,
        entry=entry.id,
    )


class BadPain(UserError, message="error-pain"):
    """A pain that is not a whole number from 0 to 10. Says nothing of what was typed: that goes back into the form."""


class NoteTooLong(UserError, message="error-note-too-long"):
    """A note that is longer than fits; `length` and `most` in characters."""


class Misread(LimberError):
    """One answer of a draft, by the name of its field, and the error that says why."""

    def __init__(self, field: str, cause: UserError) -> None:
        super().__init__(field)
        self.field = field
        self.cause = cause


def read(
    draft: Draft,
    entry_id: str,
    zone: ZoneInfo,
    now: datetime,
    *,
    before: CheckIn | None = None,
    chosen: str | None = None,
) -> CheckIn:
    """The check-in that a draft with an area and a pain means. `before`: the kept one that it changes.

    Its moment and its zone stay, unless `day` names another; then, and without one, the zone is the `chosen` one.
    Raises Misread for the first answer that cannot be read.
    """
    if draft.area is None or draft.pain is None:
        raise ValueError("a draft is read when it has an area and a pain")
    at = _answer("day", draft.day, lambda text: when_from(text, zone, now)) or (before.at if before else now)
    stays = before is not None and before.at == at
    return CheckIn(
        id=entry_id,
        at=at,
        area=draft.area,
        pain=_answer("pain", draft.pain or " ", pain_from),
        worst=_answer("worst", draft.worst, pain_from),
        during=_answer("during", draft.during, pain_from),
        note=_answer("note", draft.note, note_from),
        # menus offer only what there is; anything else was forged and says nothing
        side=Side(draft.side) if draft.side in SIDES else None,
        moments=frozenset(map(PainTiming, TIMINGS.intersection(draft.moments))),
        new=frozenset(map(NewSign, NEW_SIGNS.intersection(draft.new or ()))),
        zone=before.zone if before and stays else chosen,
        zone_assumed=before.zone_assumed if before and stays else False,
    )


def _answer(name: str, text: str | None, parse: Callable[[str], Any]) -> Any:
    try:
        return parse(text) if text else None
    except UserError as error:
        raise Misread(name, error) from None


def pain_from(text: str) -> int:
    """A pain from 0 to 10. Raises BadPain for anything but a whole number, alone or "of 10".

    >>> pain_from(" 4 / 10 ")
    4
    """
    match = _PAIN.fullmatch(text)
    if match is None or int(match[1]) > 10 or int(match[2] or 10) != 10:
        raise BadPain
    return int(match[1])


def note_from(text: str) -> str | None:
    """A note as it was typed; None when it is all space. Raises NoteTooLong past MAX_NOTE_LENGTH characters."""
    if len(text) > MAX_NOTE_LENGTH:
        raise NoteTooLong(length=len(text), most=MAX_NOTE_LENGTH)
    return text if text.strip() else None
