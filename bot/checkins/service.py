"""The service that takes check-ins: what to ask next, and what to say once one is kept."""

import hashlib
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.checkins import draft as drafts
from bot.checkins.diary import Diary, Kept
from bot.checkins.draft import Draft, Misread
from bot.checkins.models import CheckIn
from bot.checkins.person_diary import NeedsConsent, NotAtHand, PersonDiary
from bot.checkins.prompts import Prompt, is_flag, prompts
from bot.checkins.summary import PROMPT_WINDOW, Earlier, Past
from bot.clock import Clock
from bot.errors import UserError
from bot.expiring import ExpiringStore
from bot.localtime import local_day
from bot.storage.errors import Duplicate

AREAS_OFFERED = 5  # areas offered first


class AnswerUnreadable(UserError):
    """An answer, in `field`, that cannot be read; the others wait under `draft`."""

    def __init__(self, field: str, cause: UserError, draft: str) -> None:
        self.message = cause.message
        super().__init__(**cause.values)
        self.field = field
        self.draft = draft


@dataclass(frozen=True, slots=True)
class AskArea:
    """The next step: ask for the area, the recent ones first."""

    draft: str
    recent: Sequence[str]


@dataclass(frozen=True, slots=True)
class AskPain:
    """The next step: ask for the pain."""

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
    earlier: Earlier | None = None  # the last one of this place before it, where that is not long ago


#: Called once a check-in is kept; whether somebody asks on the morning after a run.
After = Callable[[PersonDiary], Awaitable[bool]]


async def nobody(_diary: PersonDiary) -> bool:
    """Where there are no reminders."""
    return True


CheckInResult = AskArea | AskPain | Saved


@dataclass(eq=False)
class CheckInService:
    """The check-ins of everybody: drafts become entries of a diary, or wait in memory for half an hour."""

    _diary: Diary
    _waiting: ExpiringStore[Draft]
    _clock: Clock
    _: KW_ONLY
    notes: bool  # whether the host allows notes
    after: After = nobody

    async def take(self, person: int, draft: Draft) -> CheckInResult:
        """Keep it when it is whole, else say what to ask.

        Raises NeedsConsent or AnswerUnreadable with the draft waiting, DiaryClosed, and NoSuchEntry for a change of
        what is not there.
        """
        result = await self._kept_in_one_step(person, draft)
        if result is not None:
            return await self._saved_now(draft, *result)
        return await self.take_into(await self._diary_for(person, draft), draft)

    async def take_into(self, diary: PersonDiary, draft: Draft) -> CheckInResult:
        """As `take`, where the diary is open already."""
        before = await diary.checkin(draft.entry) if draft.entry and draft.area and draft.pain is not None else None
        return await self._answer(diary, draft, before)

    async def begin(self, person: int, areas: Collection[str]) -> CheckInResult:
        """Without an answer yet: about the area of last time, while it is one of `areas`."""
        diary = await self._diary_for(person, Draft())
        recent = await self.recent(diary)
        area = next((area for area in recent if area in areas), None)
        if area is None:
            return AskArea(self.wait(person, Draft()), recent)
        return AskPain(self.wait(person, Draft(area=area)), area)

    def wait(self, person: int, draft: Draft) -> str:
        """Put a draft aside; returns its id."""
        return self._waiting.keep(person, draft)

    def draft(self, person: int, draft: str) -> Draft:
        """One put aside. Raises Expired."""
        return self._waiting.find(draft, person)

    async def change(self, person: int, entry: str, fields: Mapping[str, Sequence[str]]) -> CheckInResult:
        """Other answers for a kept check-in, as typed. Raises NoSuchEntry, AnswerUnreadable."""
        diary = await self._diary.of(person)
        async with diary.lock:
            before = await diary.checkin(entry)
            return await self._answer(diary, with_fields(drafts.of(before), fields), before)

    async def saved(
        self, diary: PersonDiary, entry: CheckIn, past: Past | None = None, *, ask_new: bool = False
    ) -> Saved:
        """What to say about a kept check-in. `past`: what is known of it already."""
        past = past or await self._past(diary, entry)
        return Saved(entry, past.prompts, ask_new, no_zone=diary.owner.zone is None, earlier=past.earlier)

    async def _past(self, diary: PersonDiary, entry: CheckIn) -> Past:
        now = self._clock.now()
        entries = await diary.checkins_and_findings(now - PROMPT_WINDOW, now - PROMPT_WINDOW)
        flagged = [
            finding.at for finding in entries.findings if finding.area == entry.area and is_flag(finding.disposition)
        ]
        return Past(
            prompts(entry, entries.checkins, flagged, now, diary.zone), earlier_of(entry, entries.checkins, diary.zone)
        )

    async def pain_now(self, diary: PersonDiary, entry: CheckIn) -> int | None:
        """The pain of a check-in while that is the last of its place, and of today; None: to be asked anew."""
        if entry.day(diary.zone) != local_day(self._clock.now(), diary.zone):
            return None
        later = (other for other in await diary.checkins(entry.at) if other.area == entry.area and other.at > entry.at)
        return None if any(later) else entry.pain

    async def recent(self, diary: PersonDiary) -> list[str]:
        """Areas of the last check-ins, the latest first."""
        checkins = await diary.checkins(self._clock.now() - PROMPT_WINDOW)
        return list(dict.fromkeys(entry.area for entry in reversed(checkins)))[:AREAS_OFFERED]

    async def _diary_for(self, person: int, draft: Draft) -> PersonDiary:
        """Raises NeedsConsent with the draft waiting, DiaryClosed."""
        try:
            return await self._diary.of(person)
        except NeedsConsent:
            raise NeedsConsent(self._diary.terms, self.wait(person, draft)) from None

    async def _answer(self, diary: PersonDiary, draft: Draft, before: CheckIn | None) -> CheckInResult:
        """`before`: the kept check-in that the draft changes."""
        area = draft.area
        if area is None:
            return AskArea(self.wait(diary.id, draft), await self.recent(diary))
        if draft.pain is None:
            return AskPain(self.wait(diary.id, draft), area)
        return await self._saved_now(draft, diary, *await self._kept(diary, draft, area, before), before)

    async def _kept_in_one_step(self, person: int, draft: Draft) -> Kept | None:
        """None where that takes more steps, or something has to be asked first; nothing is kept then."""
        if draft.area is None or draft.pain is None or draft.entry:
            return None
        try:
            return await self._diary.keep_next(person, partial(self._entry, draft, draft.area, None))
        except (NeedsConsent, NotAtHand, Duplicate, Misread):
            return None

    async def _saved_now(
        self, draft: Draft, diary: PersonDiary, entry: CheckIn, past: Past | None, before: CheckIn | None = None
    ) -> Saved:
        """What to say about a check-in that was kept just now."""
        followed = await self.after(diary)
        saved = await self.saved(diary, entry, past, ask_new=draft.new is None)
        no_note = not self.notes and bool(draft.note) and (before is None or draft.note != before.note)
        no_morning = entry.during is not None and not followed
        return replace(saved, no_note=no_note, no_morning=no_morning) if no_note or no_morning else saved

    async def _kept(
        self, diary: PersonDiary, draft: Draft, area: str, before: CheckIn | None
    ) -> tuple[CheckIn, Past | None]:
        """Also what the diary said before; None where that is to be looked up.

        Sent twice, by a double press or an old menu, it is one: later answers count, and those it lacks stay.
        """
        try:
            entry = self._entry(draft, area, before, diary)
        except Misread as error:
            raise AnswerUnreadable(error.field, error.cause, self.wait(diary.id, draft)) from None
        if before:
            await diary.change(entry)
            return entry, None
        try:
            return entry, await diary.keep_with_summary(entry)
        except Duplicate:
            async with diary.lock:
                entry = _over(await diary.checkin(entry.id), entry)
                await diary.change(entry)
        return entry, None

    def _entry(self, draft: Draft, area: str, before: CheckIn | None, diary: PersonDiary) -> CheckIn:
        """What a draft means. Raises Misread."""
        own_id = hashlib.sha256(f"{draft.made} {area}".encode()).hexdigest()[:32]  # sent for another place, another one
        if not self.notes and (draft.note or before):  # what stands there from before stays
            draft = replace(draft, note=before.note if before else None)
        entry_id, chosen = before.id if before else own_id, diary.owner.zone
        return drafts.read(draft, entry_id, diary.zone, self._clock.now(), before=before, chosen=chosen)


def _over(before: CheckIn, later: CheckIn) -> CheckIn:
    """What is new on top of what was there; an answer that was not given takes none away."""
    answers = {name: getattr(later, name) for name in ("side", "moments", "worst", "during", "new", "note")}
    new_answers = {name: answer for name, answer in answers.items() if answer not in {None, frozenset()}}
    return replace(before, pain=later.pain, **new_answers)


def with_fields(draft: Draft, fields: Mapping[str, Sequence[str]]) -> Draft:
    """A draft with what stands in a form that came back; a form has every one of its fields, empty ones too."""
    changes: dict[str, Any] = {}
    for name, values in fields.items():
        if name in {"pain", "side", "worst", "during", "note", "day"}:
            changes[name] = values[0] if values else None
        elif name in {"moments", "new"}:
            changes[name] = tuple(values)
    return replace(draft, **changes)


def earlier_of(entry: CheckIn, checkins: Sequence[CheckIn], zone: ZoneInfo) -> Earlier | None:
    """The check-in of the same place before this one, among others."""
    before = [other for other in checkins if other.area == entry.area and other.at < entry.at and other.id != entry.id]
    if not before:
        return None
    last = max(before, key=lambda other: other.at)
    day = last.local(zone).date()
    return Earlier(last.pain, day, (entry.local(zone).date() - day).days)
