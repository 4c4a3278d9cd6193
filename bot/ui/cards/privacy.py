"""What is kept about somebody, and that it is gone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from discord import ui
from discord.utils import format_dt

from bot.privacy.export import Everything
from bot.privacy.service import Inventory
from bot.storage.records import RecordKind
from bot.storage.storage import Erased
from bot.ui.cards import barometer
from bot.ui.cards.parts import Block, Card, box, bullets, button, row, rule, small
from bot.ui.cards.style import AMBER, CALM, DANGER, PLAIN
from bot.ui.catalog import Catalog

ARCHIVE = "limber-diary.zip"


def inventory(found: Inventory, words: Catalog, club: int | None = None) -> Card:
    """What is kept, since when, until when. `club`: where this is shown."""
    lines = [
        words("privacy-checkins", count=found.checkins),
        words("privacy-findings", count=found.findings),
        words("privacy-weekly", count=found.weekly),
        words("privacy-reminders", count=found.reminders),
        words("privacy-zone", zone=found.person.zone or words("privacy-no-zone")),
    ]
    lines += [words("privacy-barometers", count=len(found.clubs))] if found.clubs else []
    agreed = words("privacy-agreed", at=format_dt(found.person.consented_at, "D"))
    until = words("privacy-until", at=format_dt(found.kept_until, "D"))
    buttons = row(
        button(words("privacy-export"), "privacy.export"),
        button(words("privacy-erase"), "privacy.erase", style=DANGER),
    )
    head = f"## {words('privacy-title')}\n{bullets(lines)}"
    memory = small(words("privacy-memory"))
    counted = [row(*offers)] if (offers := _offers(found, club, words)) else []
    return Card(box(PLAIN, head, f"{agreed} {until}", words("privacy-host"), rule(), buttons, *counted, memory))


def _offers(found: Inventory, club: int | None, words: Catalog) -> list[ui.Button[Card]]:
    """To be counted in a club's barometer, or no longer."""
    offers = [barometer.leave_here(words)] if club in found.clubs else []
    offers += [barometer.join_here(words)] if found.stats and club is not None and not offers else []
    return [*offers, barometer.leave_all(words)] if set(found.clubs) - {club} else offers


def nothing(words: Catalog) -> Card:
    """Nothing but what may still stand in the chat."""
    clear = row(button(words("privacy-clear"), "privacy.delete_messages"))
    head = f"## {words('privacy-title')}\n{words('privacy-nothing')}"
    return Card(box(CALM, head, clear, small(words("privacy-memory"))))


def copy(everything: Everything, words: Catalog) -> Card:
    """The copy itself, as a file."""
    file: ui.File[Card] = ui.File(media=f"attachment://{ARCHIVE}")
    damaged = [words("privacy-damaged", count=everything.unreadable)] if everything.unreadable else []
    return Card(box(PLAIN, f"## {words('privacy-copy-title')}\n{words('privacy-copy')}", *damaged, file))


def sure(found: Inventory, words: Catalog) -> Card:
    """Really everything?"""
    count = found.checkins + found.findings + found.weekly + found.reminders
    buttons = row(
        button(words("privacy-erase-yes"), "privacy.erase_confirmed", style=DANGER),
        button(words("entry-keep"), "privacy.show"),
        button(words("privacy-export"), "privacy.export"),
    )
    return Card(box(AMBER, f"## {words('privacy-erase-ask')}\n{words('privacy-erase-text', count=count)}", buttons))


def receipt(gone: Erased, messages: int | None, at: datetime, words: Catalog, *, stuck: bool = False) -> Card:
    """What went, and when.

    `messages`: how many of ours were deleted in the chat; None: that is still going on, or, `stuck`, did not end.
    """
    lines = [
        words("privacy-checkins", count=gone.records.get(RecordKind.CHECKIN, 0)),
        words("privacy-findings", count=gone.records.get(RecordKind.ASSESSMENT, 0)),
        words("privacy-weekly", count=gone.records.get(RecordKind.WEEKLY, 0)),
        words("privacy-reminders", count=gone.reminders),
        words("privacy-receipt-rest"),
    ]
    if messages is not None:
        lines.append(words("privacy-receipt-chat", count=messages))
    elif not stuck:
        lines.append(words("privacy-receipt-going"))
    head = f"## {words('privacy-receipt')}\n{format_dt(at, 'F')}"
    again: list[Block] = (
        [words("privacy-clear-stuck"), row(button(words("privacy-clear"), "privacy.delete_messages"))] if stuck else []
    )
    return Card(box(CALM, head, bullets(lines), words("privacy-receipt-backups"), *again))


def cleared(messages: int | None, words: Catalog) -> Card:
    """Of our chat alone. None: it could not be finished."""
    if messages is None:
        return Card(
            box(AMBER, words("privacy-clear-stuck"), row(button(words("privacy-clear"), "privacy.delete_messages")))
        )
    return Card(box(CALM, words("privacy-cleared", count=messages)))


def zone_set(zone: ZoneInfo, now: datetime, moved: int, words: Catalog) -> Card:
    """The zone, what the clock shows there, so that a wrong one is noticed, and how many reminders came along."""
    clock = f"{now.astimezone(zone):%H:%M}"
    said = [words("zone-set", zone=zone.key.replace("_", " "), clock=clock)]
    said += [words("zone-moved", count=moved)] if moved else []
    return Card(box(CALM, *said))
