"""Cards of what is kept about somebody, and of its end."""

from datetime import datetime
from zoneinfo import ZoneInfo

from discord import ui
from discord.utils import format_dt

from bot.privacy import Everything, Inventory
from bot.storage.people import RecordKind
from bot.storage.storage import Erased
from bot.ui.cards.barometer import join_here, leave_all, leave_here
from bot.ui.cards.parts import Block, Card, box, bullets, button, row, rule, small
from bot.ui.cards.style import AMBER, CALM, DANGER, PLAIN
from bot.ui.catalog import Catalog

ARCHIVE = "limber-diary.zip"


def inventory(inventory: Inventory, words: Catalog, club: int | None = None) -> Card:
    """What is kept, since when, until when. `club`: where this is shown."""
    lines = [
        *_counts(*inventory.counts, words),
        words("privacy-zone", zone=inventory.person.zone or words("privacy-no-zone")),
    ]
    lines += [words("privacy-barometers", count=len(inventory.clubs))] if inventory.clubs else []
    agreed = words("privacy-agreed", at=format_dt(inventory.person.consented_at, "D"))
    until = words("privacy-until", at=format_dt(inventory.kept_until, "D"))
    buttons = row(_export_button(words), button(words("privacy-erase"), "privacy.erase", style=DANGER))
    barometer = _barometer_buttons(inventory, club, words)
    rows = [buttons, row(*barometer)] if barometer else [buttons]
    head, memory = f"## {words('privacy-title')}\n{bullets(lines)}", small(words("privacy-memory"))
    return Card(box(PLAIN, head, f"{agreed} {until}", words("privacy-host"), rule(), *rows, memory))


def _counts(checkins: int, findings: int, weekly: int, reminders: int, words: Catalog) -> list[str]:
    return [
        words("privacy-checkins", count=checkins),
        words("privacy-findings", count=findings),
        words("privacy-weekly", count=weekly),
        words("privacy-reminders", count=reminders),
    ]


def _barometer_buttons(inventory: Inventory, club: int | None, words: Catalog) -> list[ui.Button[Card]]:
    """To be counted in a club's barometer, or no longer."""
    buttons = [leave_here(words)] if club in inventory.clubs else []
    buttons += [join_here(words)] if inventory.stats and club is not None and not buttons else []
    return [*buttons, leave_all(words)] if set(inventory.clubs) - {club} else buttons


def _export_button(words: Catalog) -> ui.Button[Card]:
    return button(words("privacy-export"), "privacy.export")


def _clear_row(words: Catalog) -> ui.ActionRow[Card]:
    return row(button(words("privacy-clear"), "privacy.delete_messages"))


def nothing(words: Catalog) -> Card:
    """Nothing but what may still stand in the chat."""
    head = f"## {words('privacy-title')}\n{words('privacy-nothing')}"
    return Card(box(CALM, head, _clear_row(words), small(words("privacy-memory"))))


def copy(everything: Everything, words: Catalog) -> Card:
    """The copy itself, as a file."""
    file: ui.File[Card] = ui.File(media=f"attachment://{ARCHIVE}")
    damaged = [words("privacy-damaged", count=everything.unreadable)] if everything.unreadable else []
    return Card(box(PLAIN, f"## {words('privacy-copy-title')}\n{words('privacy-copy')}", *damaged, file))


def sure(inventory: Inventory, words: Catalog) -> Card:
    """Really everything?"""
    buttons = row(
        button(words("privacy-erase-yes"), "privacy.erase_confirmed", style=DANGER),
        button(words("entry-keep"), "privacy.show"),
        _export_button(words),
    )
    return Card(
        box(
            AMBER,
            f"## {words('privacy-erase-ask')}\n{words('privacy-erase-text', count=sum(inventory.counts))}",
            buttons,
        )
    )


def receipt(erased: Erased, messages: int | None, at: datetime, words: Catalog, *, stuck: bool = False) -> Card:
    """What went, and when.

    `messages`: how many of ours were deleted in the chat; None: that is still going on, or, `stuck`, did not end.
    """
    kinds = (RecordKind.CHECKIN, RecordKind.ASSESSMENT, RecordKind.WEEKLY)
    checkins, findings, weekly = (erased.records.get(kind, 0) for kind in kinds)
    lines = [*_counts(checkins, findings, weekly, erased.reminders, words), words("privacy-receipt-rest")]
    if messages is not None:
        lines.append(words("privacy-receipt-chat", count=messages))
    elif not stuck:
        lines.append(words("privacy-receipt-going"))
    head = f"## {words('privacy-receipt')}\n{format_dt(at, 'F')}"
    again: list[Block] = [words("privacy-clear-stuck"), _clear_row(words)] if stuck else []
    return Card(box(CALM, head, bullets(lines), words("privacy-receipt-backups"), *again))


def cleared(messages: int | None, words: Catalog) -> Card:
    """Of our chat alone. None: it could not be finished."""
    if messages is None:
        return Card(box(AMBER, words("privacy-clear-stuck"), _clear_row(words)))
    return Card(box(CALM, words("privacy-cleared", count=messages)))


def zone_set(place: str, zone: ZoneInfo, now: datetime, moved: int, words: Catalog) -> Card:
    """The place as people call it, its zone, what the clock shows there, so that a wrong one is noticed.

    And how many reminders came along.
    """
    clock, named = f"{now.astimezone(zone):%H:%M}", f"{place} ({zone.key.replace('_', ' ')})"
    lines = [words("zone-set", zone=named, clock=clock)]
    lines += [words("zone-moved", count=moved)] if moved else []
    return Card(box(CALM, *lines))
