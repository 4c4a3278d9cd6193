"""The message a reminder brings, and what it becomes once it is answered."""

from collections.abc import Sequence
from datetime import date, datetime

from discord import SelectOption, ui
from discord.utils import format_dt

from bot.advice.library import Library
from bot.advice.model import Area
from bot.reminders.errand import Errand
from bot.storage.reminders import ReminderKind
from bot.triage.flow import PAINS
from bot.ui.cards.parts import (
    AMBER,
    CALM,
    GOOD,
    PLAIN,
    PRIMARY,
    Block,
    Card,
    air,
    box,
    button,
    menu,
    row,
    rule,
    small,
    typed,
)
from bot.ui.custom_id import custom_id
from bot.ui.dates import day_text
from bot.ui.words import Words

LATER = ("15", "60")  # minutes; and the evening
EVENING = "evening"


def message(library: Library, errand: Errand, words: Words) -> Card:
    """What arrives. It names no place that hurts unless the person chose so: a phone shows it to the whole table."""
    name = errand.occurrence.id
    if errand.held is not None:
        return held(name, words)
    areas = [library.areas[area] for area in errand.areas if area in library.areas]
    blocks: list[Block] = _blocks(library, errand, areas, words)
    if errand.quieter:
        buttons = row(
            button(words("reminder-weekly"), "rmquiet", name, style=PRIMARY),
            button(words("reminder-pause"), "rmstop", name),
            button(words("reminder-as-is"), "rmkeep", name),
        )
        blocks += [rule(), words("reminder-ignored"), buttons]
    if errand.deleted_on is not None:
        blocks += [rule(), words("reminder-unused", at=format_dt(errand.deleted_on, "D"))]
    return Card(box(AMBER if errand.caution else CALM, *blocks))


def _blocks(library: Library, errand: Errand, areas: Sequence[Area], words: Words) -> list[Block]:
    """Own words first, or the question; what to press; and last how to be rid of it."""
    kind, name, about = errand.reminder.kind, errand.occurrence.id, errand.about
    area = areas[0] if areas and about.named else None
    done = button(words("reminder-done"), "rmdone", name)
    if kind is ReminderKind.STRETCH:
        minutes = library.routine_for(areas[0] if areas else None, about.minutes).minutes
        title = words("reminder-stretch-area", area=area.name) if area else words("reminder-stretch")
        start = button(words("reminder-start"), "rmstart", name, style=GOOD)
        return [f"## {title}\n{words('reminder-minutes', minutes=minutes)}", row(start, done), *_foot(errand, words)]
    if kind is ReminderKind.WORDS:
        said = f"## {words('reminder-words')}\n{typed(about.words or '', most=400)}"
        caution: list[Block] = [air(), f"**{words('reminder-caution')}**", air()] if errand.caution else []
        return [said, *caution, row(done), *_foot(errand, words)]
    foot = [*_foot(errand, words), small(words("reminder-private"))]
    if kind is not ReminderKind.MORNING:
        title = words("reminder-checkin-area", area=area.name) if area else words("reminder-checkin")
        return [f"## {title}", score(name, words), *foot]
    title = words("reminder-morning-area", area=area.name) if area else words("reminder-morning")
    one = len(areas) == 1
    answer = score(name, words) if one else row(button(words("reminder-answer"), "rmask", name, style=PRIMARY))
    return [f"## {title}\n{words('reminder-morning-why')}", answer, *foot]


def _foot(errand: Errand, words: Words) -> list[Block]:
    """*Later…*, and *Stop these* where nothing else on the message asks it."""
    stop = row(button(words("reminder-stop"), "rmstop", errand.occurrence.id))
    return [_later(errand, words), *([] if errand.quieter else [stop])]


def score(occurrence: str, words: Words) -> ui.ActionRow[Card]:
    """One tap: 0 to 10."""
    options = [SelectOption(label=words("check-pain-level", level=int(n)), value=n) for n in PAINS]
    return menu(custom_id("rmscore", occurrence), words("check-pain"), options, most=1)


def _later(errand: Errand, words: Words) -> ui.ActionRow[Card]:
    options = [SelectOption(label=words(f"reminder-later-{minutes}"), value=minutes) for minutes in LATER]
    if errand.evening is not None:
        options.append(SelectOption(label=words("reminder-later-evening"), value=EVENING))
    return menu(custom_id("rmlater", errand.occurrence.id), words("reminder-later"), options, most=1)


def held(name: str, words: Words) -> Card:
    """In the place of stretches, while somebody should look first."""
    buttons = row(
        button(words("reminder-held-seen"), "rmseen", name, style=PRIMARY),
        button(words("card-check"), "checkstart"),
        button(words("reminder-stop"), "rmstop", name),
    )
    return Card(box(AMBER, f"## {words('reminder-held')}\n{words('reminder-held-text')}", buttons))


def settled(text: str, name: str, words: Words) -> Card:
    """What is left of a message that was answered: nothing of what was said.

    It still carries the occurrence, so that whoever looks whether it arrived finds it.
    """
    return Card(box(PLAIN, text, row(button(words("reminder-change"), "rmopen", name))))


def logged(name: str, at: datetime, words: Words) -> Card:
    return settled(words("reminder-logged", at=format_dt(at, "t")), name, words)


def done(name: str, at: datetime, words: Words) -> Card:
    return settled(words("reminder-was-done", at=format_dt(at, "t")), name, words)


def put_off(name: str, until: datetime, words: Words) -> Card:
    return settled(words("reminder-put-off", at=format_dt(until, "t")), name, words)


def going_on(name: str, upcoming: Sequence[datetime], words: Words) -> Card:
    """It rings, and when."""
    if not upcoming:
        return settled(words("reminder-kept-asleep"), name, words)
    return settled(words("reminder-kept", at=format_dt(upcoming[0], "f")), name, words)


def paused(name: str, until: date | None, words: Words) -> Card:
    if until is None:
        return settled(words("reminder-is-paused"), name, words)
    return settled(words("reminder-is-paused-until", day=day_text(until, words)), name, words)


def removed(words: Words) -> Card:
    return Card(box(PLAIN, words("reminder-removed")))


def stop(name: str, words: Words) -> Card:
    """For how long?"""
    buttons = row(
        button(words("reminder-pause-week"), "rmpause", name, 7, style=PRIMARY),
        button(words("reminder-pause-open"), "rmpause", name, 0),
        button(words("reminder-remove"), "rmdrop", name),
        button(words("reminder-keep"), "rmkeep", name),
    )
    return Card(box(PLAIN, f"## {words('reminder-stop-ask')}\n{words('reminder-stop-text')}", buttons))
