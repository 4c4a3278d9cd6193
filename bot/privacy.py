"""What is kept about one person, wherever it is kept: shown, copied, erased."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import datetime, timedelta
from typing import Any
from unicodedata import category, normalize
from zoneinfo import ZoneInfo

from bot.checkins.diary import TOUCH, Diary
from bot.checkins.models import CheckIn, Finding, WeeklyCheck
from bot.checkins.person_diary import zone_of
from bot.checkins.summary import SHAPE as SUMMARY
from bot.checkins.summary import Summary
from bot.clock import Clock
from bot.localtime import wall_time
from bot.reminders.content import PersonalReminder, opened
from bot.storage.barometer import Membership
from bot.storage.occurrences import Occurrence
from bot.storage.people import Person
from bot.storage.storage import Erased, Storage

FORMULA = ("=", "+", "-", "@")  # a cell that begins so is run by spreadsheets (OWASP, CSV injection)
INVISIBLE = "CZ"  # the categories of controls, of what has no width, and of spaces
EXACT = 2**53  # larger whole numbers lose digits in spreadsheets, and in JavaScript
LOCAL = ("local_day", "local_time")  # on the wall, where it was logged
CHECKINS = (
    *("id", "at", *LOCAL, "area", "pain", "side", "moments", "worst", "during", "new", "note", "zone", "zone_assumed"),
)
FINDINGS = (
    *("id", "at", *LOCAL, "area", "disposition", "because", "reasons", "unsure", "bone", "content", "cleared_at"),
    *("age_from", "conditions", "began"),
)
WEEKLY = ("id", "at", *LOCAL, "area", "answers", "score")
REMINDERS = (
    *("id", "kind", "state", "reason", "schedule", "zone", "area", "words", "named", "minutes", "morning", "language"),
    *("chat", "unanswered", "told", "next_due", "created_at"),
)
RUNG = ("reminder", "local", "due", "state", "reason", "message", "settled_at")
BAROMETERS = ("club", "since")


@dataclass(frozen=True, slots=True)
class Everything:
    """All that is kept about one person."""

    person: Person
    checkins: tuple[CheckIn, ...]
    findings: tuple[Finding, ...]
    weekly: tuple[WeeklyCheck, ...]
    reminders: tuple[Mapping[str, object], ...] = ()  # each by REMINDERS
    rung: tuple[Occurrence, ...] = ()  # the last 30 days of them
    unreadable: int = 0  # damaged entries that can no longer be opened
    barometers: tuple[Membership, ...] = ()  # the clubs they are counted in
    summary: Summary | None = None  # of the last weeks, as it is kept beside the entries


def as_json(everything: Everything) -> bytes:
    """UTF-8. Times are ISO 8601, UTC, but the local ones; pains are 0-10. Every text is as it was typed."""
    person = everything.person
    document = {
        "person": {
            "discord_id": str(person.id),
            "agreed_at": person.consented_at.isoformat(),
            "agreed_to_version": person.consent_version,
            "time_zone": person.zone,
            "last_used": person.last_used.isoformat(),
        },
        **{name: [_row(entry, columns) for entry in rows] for name, rows, columns in _tables(everything)},
        **({"summary": SUMMARY.dump_python(everything.summary, mode="json")} if everything.summary else {}),
        "entries_that_cannot_be_opened": everything.unreadable,
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def as_csv(rows: Iterable[object], columns: Iterable[str]) -> bytes:
    """One table, as spreadsheets open it rightly: UTF-8 with a mark, CRLF, quotes where needed (RFC 4180).

    Whatever country's spreadsheet it is, a text stays in its cell and does nothing there: it is one line, has commas
    for semicolons, and an apostrophe in front of what would be taken for a formula.
    """
    names = list(columns)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        values = _row(row, names)
        writer.writerow([_cell(values[name]) for name in names])
    return "\ufeff".encode() + text.getvalue().encode()


def archive(everything: Everything) -> bytes:
    """Everything in one zip: `everything.json` and a table of each kind."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("everything.json", as_json(everything))
        for name, rows, columns in _tables(everything):
            files.writestr(f"{name.replace('_', '-')}.csv", as_csv(rows, columns))
    return packed.getvalue()


def _tables(everything: Everything) -> Iterator[tuple[str, Iterable[object], Sequence[str]]]:
    """Each kind by its name, with its entries and their columns."""
    zone = zone_of(everything.person)
    yield "checkins", [_fields(entry, CHECKINS, entry.local(zone)) for entry in everything.checkins], CHECKINS
    yield "symptom_checks", [_finding(finding, zone) for finding in everything.findings], FINDINGS
    yield "weekly_checks", [_fields(week, WEEKLY, wall_time(week.at, zone)) for week in everything.weekly], WEEKLY
    yield "reminders", everything.reminders, REMINDERS
    yield "reminders_log", everything.rung, RUNG
    yield "barometers", [{"club": str(entry.club), "since": entry.since} for entry in everything.barometers], BAROMETERS


def _fields(entry: object, columns: Iterable[str], local: datetime) -> Mapping[str, object]:
    """One entry as it stands in a copy, with its moment on the wall."""
    own = {name: getattr(entry, name) for name in columns if hasattr(entry, name)}
    return own | {"local_day": f"{local:%Y-%m-%d}", "local_time": f"{local:%H:%M}"}


def _finding(finding: Finding, zone: ZoneInfo) -> Mapping[str, object]:
    """One finding as it stands in a copy, with what the next check may say again in columns of its own."""
    lasting = finding.lasting
    conditions = tuple(f"{risk}: {answer}" for risk, answer in lasting.conditions.items())
    own = _fields(finding, FINDINGS, wall_time(finding.at, zone))
    return {**own, "age_from": lasting.age, "conditions": conditions, "began": lasting.began or None}


def _row(entry: object, columns: Iterable[str]) -> Mapping[str, Any]:
    if isinstance(entry, Mapping):
        return {name: _plain(entry[name]) for name in columns}
    return {name: _plain(getattr(entry, name)) for name in columns}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(str(member) for member in value)
    if isinstance(value, tuple):
        return [item if isinstance(item, int) else str(item) for item in value]
    if isinstance(value, int) and abs(value) > EXACT:
        return str(value)
    return value if value is None or isinstance(value, bool | int) else str(value)


def _cell(value: object) -> object:
    if isinstance(value, list):
        value = " | ".join(map(str, value))
    if isinstance(value, str):
        text = "".join(character for character in " ".join(value.split()) if category(character) != "Cc")
        return f"'{text}".replace(";", ",") if _is_formula(text) else text.replace(";", ",")
    return "" if value is None else value


def _is_formula(text: str) -> bool:
    """Whatever form the sign has, and whatever unseen stands before it."""
    seen = (character for character in normalize("NFKC", text) if category(character)[0] not in INVISIBLE)
    return next(seen, "").startswith(FORMULA)


DAYS_IN_MONTH = 30.44  # on average


@dataclass(frozen=True, slots=True)
class Inventory:
    """How much is kept of a person, for `/privacy show`."""

    person: Person
    counts: tuple[int, int, int, int]  # check-ins, symptom checks, weekly checks, reminders
    kept_until: datetime  # when nothing is used before then
    clubs: Sequence[int] = ()  # in whose barometers they are counted
    stats: bool = False  # whether there are barometers to be counted in


@dataclass(eq=False)
class PrivacyService:
    """Counts, copies and erases what is kept about the person who asks, or whom the host was asked about."""

    _diary: Diary
    _storage: Storage | None
    _clock: Clock
    _: KW_ONLY
    forget: Callable[[int], None] = lambda _person: None  # what is kept in memory for half an hour
    stats: bool = False  # whether the host allows barometers

    async def inventory(self, person: int) -> Inventory | None:
        """None when nothing is kept."""
        everything = await self.everything(person)
        if everything is None:
            return None
        records = len(everything.checkins), len(everything.findings), len(everything.weekly)
        until, clubs = everything.person.last_used + self._away(), [each.club for each in everything.barometers]
        return Inventory(everything.person, (*records, len(everything.reminders)), until, clubs, self.stats)

    async def everything(self, person: int) -> Everything | None:
        """All of it, whichever words they agreed to; None when nothing is kept. To ask is no use of the diary."""
        owner = await self._storage.people.find(person) if self._storage else None
        if self._storage is None or owner is None:
            return None
        diary = self._diary.without_touch(person)
        entries, summary = await diary.everything(), await diary.summary(owner.summary)
        reminders = [await opened(self._storage, row) for row in await self._storage.reminders.of_person(person)]
        rung = await self._storage.occurrences.of_person(person)
        records = (tuple(entries.checkins), tuple(entries.findings), tuple(entries.weekly))
        counted = await self._storage.barometer.of_person(person)
        unreadable = entries.unread.total() + sum(not item.readable for item in reminders)
        return Everything(
            owner, *records, tuple(map(_flat, reminders)), tuple(rung), unreadable, tuple(counted), summary
        )

    async def channel(self, person: int) -> int | None:
        """Where their reminders go, so that an erasure can delete them there too; None when that is not known."""
        reminders = await self._storage.reminders.of_person(person) if self._storage else []
        return next((reminder.channel for reminder in reminders if reminder.channel is not None), None)

    async def erase(self, person: int) -> Erased:
        """All of it, for good, from backups too; what waits in memory as well. Raises StorageError."""
        self.forget(person)
        if self._storage is None:
            return Erased(person=False, records={})
        return await self._storage.erase(person)

    async def sweep(self) -> int:
        """Erase who has not used the bot for longer than the host promised; returns how many that were."""
        if self._storage is None:
            return 0
        return await self._storage.erase_unused(self._clock.now() - self._away())

    def _away(self) -> timedelta:
        return retention_period(self._diary.terms.keep_months)


def _flat(item: PersonalReminder) -> Mapping[str, object]:
    """One reminder as it stands in a copy: whether it names the area, its schedule as it is kept, Discord's chat."""
    reminder, content = item.reminder, item.content
    own = {name: getattr(reminder, name) for name in REMINDERS if hasattr(reminder, name)}
    brought = {name: getattr(content, name) for name in REMINDERS if hasattr(content, name)}
    brought |= {"morning": f"{content.morning:%H:%M}"}
    chat = None if reminder.channel is None else str(reminder.channel)
    own |= brought if item.readable else dict.fromkeys(brought)
    return own | {"chat": chat, "unanswered": reminder.ignored}


def retention_period(months: int) -> timedelta:
    """How long after the last use that was noted: a later one, within a day of it, was not."""
    return timedelta(days=round(months * DAYS_IN_MONTH)) + TOUCH
