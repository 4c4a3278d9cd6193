"""A complete copy of what is kept about a person: JSON for programs, CSV for a spreadsheet."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.checkins.models import CheckIn, Finding, WeeklyCheck
from bot.storage.barometer import Membership
from bot.storage.occurrences import Occurrence
from bot.storage.people import Person

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by spreadsheets (OWASP, CSV injection)
EXACT = 2**53  # larger whole numbers lose digits in spreadsheets, and in JavaScript
CHECKINS = ("id", "at", "area", "pain", "side", "moments", "worst", "during", "new", "note")
FINDINGS = ("id", "at", "area", "disposition", "because", "reasons", "bone", "content", "cleared_at")
WEEKLY = ("id", "at", "area", "answers", "score")
REMINDERS = (
    *("id", "kind", "state", "reason", "schedule", "zone", "area", "words", "named", "minutes", "morning", "language"),
    *("chat", "unanswered", "told", "next_due", "created_at"),
)
RUNG = ("reminder", "local", "due", "state", "reason", "message", "settled_at")
BAROMETERS = ("club", "since")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReminder:
    """One reminder as it stands in a copy, flat."""

    id: str
    kind: str
    state: str
    reason: str | None
    schedule: str  # as it is kept: time, days, start, end, pause
    zone: str
    area: str | None
    words: str | None
    named: bool  # whether its message names the area
    minutes: int | None
    morning: str  # when to ask after a run, on the wall
    language: str
    chat: str | None  # Discord's number of it
    unanswered: int  # deliveries in a row
    told: bool  # that it is blocked
    next_due: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Everything:
    """All that is kept about one person."""

    person: Person
    checkins: tuple[CheckIn, ...]
    findings: tuple[Finding, ...]
    weekly: tuple[WeeklyCheck, ...]
    reminders: tuple[KeptReminder, ...] = ()
    rung: tuple[Occurrence, ...] = ()  # the last 30 days of them
    unreadable: int = 0  # damaged entries that can no longer be opened
    barometers: tuple[Membership, ...] = ()  # the clubs they are counted in


def as_json(everything: Everything) -> bytes:
    """UTF-8. Times are ISO 8601, UTC; pains are 0-10."""
    person = everything.person
    document = {
        "person": {
            "discord_id": str(person.id),
            "agreed_at": person.consented_at.isoformat(),
            "agreed_to_version": person.consent_version,
            "time_zone": person.zone,
            "last_used": person.last_used.isoformat(),
        },
        "checkins": [_row(entry, CHECKINS) for entry in everything.checkins],
        "symptom_checks": [_row(entry, FINDINGS) for entry in everything.findings],
        "weekly_checks": [_row(entry, WEEKLY) for entry in everything.weekly],
        "reminders": [_row(entry, REMINDERS) for entry in everything.reminders],
        "reminders_log": [_row(entry, RUNG) for entry in everything.rung],
        "barometers": [{**_row(entry, BAROMETERS), "club": str(entry.club)} for entry in everything.barometers],
        "entries_that_cannot_be_opened": everything.unreadable,
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def as_csv(rows: Iterable[object], columns: Iterable[str]) -> bytes:
    """One table, as spreadsheets open it rightly: UTF-8 with a mark, CRLF, quotes where needed (RFC 4180).

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
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
        files.writestr("checkins.csv", as_csv(everything.checkins, CHECKINS))
        files.writestr("symptom-checks.csv", as_csv(everything.findings, FINDINGS))
        files.writestr("weekly-checks.csv", as_csv(everything.weekly, WEEKLY))
        files.writestr("reminders.csv", as_csv(everything.reminders, REMINDERS))
        files.writestr("reminders-log.csv", as_csv(everything.rung, RUNG))
        files.writestr("barometers.csv", as_csv(everything.barometers, BAROMETERS))
    return packed.getvalue()


def _row(entry: object, columns: Iterable[str]) -> Mapping[str, Any]:
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
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value
