"""Where a check-in is taken: what to ask next, and what to say once it is kept."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.checkins import draft as drafts
from bot.checkins.diary import Diary
from bot.checkins.draft import Draft, Misread
from bot.checkins.entry import CheckIn
from bot.checkins.errors import NeedsConsent
from bot.checkins.person_diary import PersonDiary
from bot.checkins.prompts import Prompt, is_flag, prompts
from bot.clock import Clock
from bot.errors import UserError
from bot.expiring import ExpiringStore
from bot.ids import new_id
from bot.storage.errors import Duplicate

PROMPT_WINDOW = timedelta(days=40)  # a rule looks at 28 days and bridges two weeks; an entry may be 30 days old
AREAS_OFFERED = 5  # areas offered first


class Unreadable(UserError):
    """One answer, in `field`, cannot be read; the others wait under `draft`."""

    def __init__(self, field: str, cause: UserError, draft: str) -> None:
        self.message = cause.message
        super().__init__(**cause.values)
        self.field = field
        self.draft = draft


@dataclass(frozen=True, slots=True)
class AskArea:
    """Ask for the area, the recent ones first."""

    draft: str
    recent: Sequence[str]


@dataclass(frozen=True, slots=True)
class AskPain:
    """Ask for the pain."""

    draft: str
    area: str


@dataclass(frozen=True, slots=True)
class Saved:
    """It is kept. `prompts`: why to check the symptoms again; `ask_new`: nobody asked yet whether anything is new."""

    entry: CheckIn
    prompts: Sequence[Prompt]
    ask_new: bool
    no_note: bool = False  # one was typed, and the host allows none
    no_zone: bool = False  # the person has chosen no time zone yet
    no_morning: bool = False  # after a run: nobody asks them how it is the morning after


After = Callable[
    [PersonDiary], Awaitable[bool]
]  # once a check-in is kept; whether somebody asks on the morning after a run


async def nobody(_diary: PersonDiary) -> bool:
    """Where there are no reminders."""
    return True


CheckInResult = AskArea | AskPain | Saved


class CheckInService:
    """Takes drafts and keeps check-ins; drafts wait in memory for half an hour."""

    def __init__(
        self, diary: Diary, waiting: ExpiringStore[Draft], clock: Clock, *, notes: bool, after: After = nobody
    ) -> None:
        self._after = after
        self._diary = diary
        self._waiting = waiting
        self._clock = clock
        self.notes = notes  # whether the host allows notes

    async def take(self, person: int, draft: Draft) -> CheckInResult:
        """Keep it when it is whole, else say what to ask.

        Raises NeedsConsent or Unreadable with the draft waiting, DiaryClosed, and NoSuchEntry for a change of what is
        not there.
        """
        try:
            diary = await self._diary.of(person)
        except NeedsConsent:
            raise NeedsConsent(self._diary.terms, self.wait(person, draft)) from None
        if draft.area is None:
            return AskArea(self.wait(person, draft), await self.recent(diary))
        area = draft.area
        if draft.pain is None:
            return AskPain(self.wait(person, draft), area)
        kept = await diary.checkin(draft.entry) if draft.entry else None
        dropped = not self.notes and bool(draft.note) and (kept is None or draft.note != kept.note)
        if not self.notes:  # what stands there from before stays
            draft = replace(draft, note=kept.note if kept else None)
        try:
            made = _page_id(draft.made or new_id(), area)
            page_id, at = (kept.id, kept.at) if kept else (made, None)
            entry = drafts.read(draft, page_id, diary.zone, self._clock.now(), kept_at=at)
        except Misread as error:
            raise Unreadable(error.field, error.cause, self.wait(person, draft)) from None
        if kept:
            await diary.change(entry)
        else:
            entry = await self._kept_once(diary, entry)
        followed = await self._after(diary)
        saved = await self.saved(diary, entry, ask_new=draft.new is None)
        return replace(saved, no_note=dropped, no_morning=entry.during is not None and not followed)

    def wait(self, person: int, draft: Draft) -> str:
        """Put a draft aside; returns its id."""
        return self._waiting.keep(person, draft if draft.made else replace(draft, made=new_id()))

    def draft(self, person: int, draft: str) -> Draft:
        """One put aside. Raises AnswersGone."""
        return self._waiting.find(draft, person)

    async def change(self, person: int, entry: str, **changes: Any) -> Saved:
        """Other answers for a kept check-in, as typed. Raises NoSuchEntry, Unreadable."""
        diary = await self._diary.of(person)
        async with diary.lock:
            draft = replace(drafts.of(await diary.checkin(entry)), **changes)
            step = await self.take(person, draft)
        if not isinstance(step, Saved):
            raise TypeError("a kept check-in has an area and a pain")
        return step

    async def saved(self, diary: PersonDiary, entry: CheckIn, *, ask_new: bool = False) -> Saved:
        """What to say about a kept check-in."""
        since = self._clock.now() - PROMPT_WINDOW
        pages = await diary.checkins_and_findings(since, since)
        flagged = [
            finding.at for finding in pages.findings if finding.area == entry.area and is_flag(finding.disposition)
        ]
        reasons = prompts(entry, pages.checkins, flagged, self._clock.now(), diary.zone)
        return Saved(entry, reasons, ask_new, no_zone=diary.owner.zone is None)

    async def _kept_once(self, diary: PersonDiary, entry: CheckIn) -> CheckIn:
        """Sent twice, by a double press or an old menu: the later answers count, and those it lacks stay."""
        try:
            await diary.keep(entry)
        except Duplicate:
            async with diary.lock:
                entry = _over(await diary.checkin(entry.id), entry)
                await diary.change(entry)
        return entry

    async def recent(self, diary: PersonDiary) -> list[str]:
        """Areas of the last check-ins, the latest first."""
        checkins = await diary.checkins(self._clock.now() - PROMPT_WINDOW)
        return list(dict.fromkeys(entry.area for entry in reversed(checkins)))[:AREAS_OFFERED]


def _page_id(made: str, area: str) -> str:
    """One for each place: whoever sends a draft again for another place has another entry."""
    return hashlib.sha256(f"{made} {area}".encode()).hexdigest()[:32]


def _over(kept: CheckIn, later: CheckIn) -> CheckIn:
    """What is new on top of what was there; an answer that was not given takes none away."""
    told = {name: getattr(later, name) for name in ("side", "moments", "worst", "during", "new", "note")}
    return replace(
        kept, pain=later.pain, **{name: value for name, value in told.items() if value not in {None, frozenset()}}
    )


def with_fields(draft: Draft, fields: Mapping[str, Sequence[str]]) -> Draft:
    """A draft with what stands in a form that came back; a form has every one of its fields, empty ones too."""
    changes: dict[str, Any] = {}
    for name, values in fields.items():
        if name in {"pain", "side", "worst", "during", "note", "day"}:
            changes[name] = values[0] if values else None
        elif name in {"moments", "new"}:
            changes[name] = tuple(values)
    return replace(draft, **changes)
