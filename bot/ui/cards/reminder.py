"""The message a reminder brings, and what it becomes once it is answered."""

from collections.abc import Sequence
from datetime import date, datetime

from discord import SelectOption, ui
from discord.utils import format_dt

from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.advice.model import Area, Guidance
from bot.advice.model import Light as RunLight
from bot.checkins.runs import Light
from bot.reminders.messages import ReminderMessage
from bot.reminders.mornings import Judged
from bot.reminders.screening import OpenRedFlag
from bot.storage.reminders import ReminderKind
from bot.triage.flow import PAINS
from bot.ui.cards.parts import (
    AMBER,
    CALM,
    GOOD,
    PLAIN,
    PRIMARY,
    STOP,
    Block,
    Card,
    air,
    box,
    bullets,
    button,
    menu,
    row,
    rule,
    small,
    typed,
)
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id
from bot.ui.dates import day_text

LATER = ("15", "60")  # minutes; and the evening
EVENING = "evening"


def message(library: Library, message: ReminderMessage, words: Catalog, note: str | None = None) -> Card:
    """What arrives. It names no place that hurts unless the person chose so: a phone shows it to the whole table.

    `note`: what came of the question the message asked about itself.
    """
    name = message.occurrence.id
    if message.held is not None:
        return held(library, message.held, name, words, message.deleted_on)
    areas = [library.areas[area] for area in message.areas if area in library.areas]
    blocks: list[Block] = _blocks(library, message, areas, words)
    if message.quieter:
        buttons = row(
            button(words("reminder-weekly"), "reminder.less_often", name, style=PRIMARY),
            button(words("reminder-pause"), "reminder.stop", name),
            button(words("reminder-as-is"), "reminder.keep", name),
        )
        blocks += [rule(), words("reminder-ignored"), buttons]
    if note is not None:
        blocks += [rule(), small(note)]
    return Card(box(AMBER if message.caution else CALM, *blocks, *_deletion(message.deleted_on, words)))


def _deletion(on: datetime | None, words: Catalog) -> list[Block]:
    """When everything goes, if that is near."""
    return [] if on is None else [rule(), words("reminder-unused", at=format_dt(on, "D"))]


def _blocks(library: Library, message: ReminderMessage, areas: Sequence[Area], words: Catalog) -> list[Block]:
    """Own words first, or the question; what to press; and last how to be rid of it."""
    kind, name, about = message.reminder.kind, message.occurrence.id, message.about
    area = areas[0] if len(areas) == 1 and about.named else None
    done = button(words("reminder-done"), "reminder.done", name)
    if kind is ReminderKind.STRETCH:
        title = words("reminder-stretch-area", area=area.name) if area else words("reminder-stretch")
        what = (
            words("reminder-minutes", minutes=message.routine.minutes) if message.routine else words("reminder-signs")
        )
        start = button(words("reminder-start"), "reminder.start_routine", name, style=GOOD)
        return [f"## {title}\n{what}", row(start, done), *_foot(message, words)]
    if kind is ReminderKind.WORDS:
        said = f"## {words('reminder-words')}\n{typed(about.words or '', most=400)}"
        return [said, *_caution(library, message.caution, words), row(done), *_foot(message, words)]
    foot = [*_foot(message, words), small(words("reminder-private"))]
    if kind is not ReminderKind.MORNING:
        title = words("reminder-checkin-area", area=area.name) if area else words("reminder-checkin")
        return [f"## {title}", score(name, words), *foot]
    title = words("reminder-morning-area", area=area.name) if area else words("reminder-morning")
    answer = score(name, words) if message.tap else row(_answer(name, words))
    return [f"## {title}\n{words('reminder-morning-why')}", answer, *foot]


def _answer(name: str, words: Catalog) -> ui.Button[Card]:
    return button(words("reminder-answer"), "reminder.answer", name, style=PRIMARY)


def _caution(library: Library, red_flag: OpenRedFlag | None, words: Catalog) -> list[Block]:
    """Before own words, which may ask for a run."""
    if red_flag is None:
        return []
    lines = [red_flag_text(library, red_flag, words), words("reminder-caution")]
    if red_flag.finding is not None and red_flag.finding.disposition.worse_than(Disposition.CLINICIAN):
        lines.append(library.guidance[red_flag.finding.disposition].safety_net)
    return [air(), "\n".join(lines), air()]


def _foot(message: ReminderMessage, words: Catalog) -> list[Block]:
    """*Later…*, and *Stop these* where nothing else on the message asks it."""
    stop = row(button(words("reminder-stop"), "reminder.stop", message.occurrence.id))
    return [_later(message, words), *([] if message.quieter else [stop])]


def score(occurrence: str, words: Catalog) -> ui.ActionRow[Card]:
    """One tap: 0 to 10."""
    options = [SelectOption(label=words("check-pain-level", level=int(n)), value=n) for n in PAINS]
    return menu(custom_id("reminder.score", occurrence), words("check-pain"), options, most=1)


def _later(message: ReminderMessage, words: Catalog) -> ui.ActionRow[Card]:
    options = [SelectOption(label=words(f"reminder-later-{minutes}"), value=minutes) for minutes in LATER]
    if message.evening is not None:
        options.append(SelectOption(label=words("reminder-later-evening"), value=EVENING))
    return menu(custom_id("reminder.later", message.occurrence.id), words("reminder-later"), options, most=1)


def by_name(area: Area, occurrence: str, draft: str, words: Catalog) -> Card:
    """How is this place this morning? For this person alone."""
    options = [SelectOption(label=words("check-pain-level", level=int(n)), value=n) for n in PAINS]
    tap = menu(custom_id("reminder.score_by_name", occurrence, draft), words("check-pain"), options, most=1)
    title = words("reminder-morning-area", area=area.name)
    return Card(box(PLAIN, f"## {title}", tap, small(words("checkin-private"))))


def red_flag_text(library: Library, red_flag: OpenRedFlag, words: Catalog) -> str:
    """Which check says so, and what it says; no place."""
    if red_flag.finding is None:
        return words("reminder-hold-unread")
    line = library.guidance[red_flag.finding.disposition].title
    return words("reminder-hold", at=format_dt(red_flag.finding.at, "D"), line=line)


def held(
    library: Library, red_flag: OpenRedFlag, name: str, words: Catalog, deleted_on: datetime | None = None
) -> Card:
    """In the place of stretches, while somebody should look first."""
    blocks: list[Block] = [f"## {words('reminder-held')}\n{red_flag_text(library, red_flag, words)}"]
    buttons = [button(words("card-check"), "check.start"), button(words("reminder-stop"), "reminder.stop", name)]
    if red_flag.finding is not None:
        told: Guidance = library.guidance[red_flag.finding.disposition]
        blocks += [f"{told.running}\n{told.safety_net}", air(), words("reminder-held-text")]
        buttons.insert(0, button(words("reminder-held-seen"), "reminder.seen", name, style=PRIMARY))
    return Card(box(AMBER, *blocks, row(*buttons), *_deletion(deleted_on, words)))


def sure(name: str, words: Catalog) -> Card:
    """*I was seen*, about a place that is no longer asked about: was it really said?"""
    buttons = row(
        button(words("run-seen-yes"), "reminder.cleared", name), button(words("run-seen-no"), "reminder.list")
    )
    return Card(box(AMBER, f"## {words('run-seen-ask')}\n{words('run-seen-text')}", buttons))


COLOURS = {Light.RED: STOP, Light.AMBER: AMBER, Light.GREEN: CALM, Light.UNKNOWN: PLAIN}


def after_run(library: Library, area: Area, found: Judged, words: Catalog, below: Card) -> Card:
    """Yesterday's run by its light, above what was saved; what is red leads to the symptom check."""
    light = found.run.light
    title = words("reminder-run", light=light)
    lines = [words(f"run-diary-{reason}") for reason in _reasons(found)]
    blocks: list[Block] = [f"## {title}", *([bullets(lines)] if lines else [])]
    if light in {Light.RED, Light.AMBER}:
        told = next(one for one in library.running.lights if one.light is RunLight(light.value))
        blocks += [told.running, told.safety_net]
    else:
        rise = found.run.rise
        blocks.append(words("reminder-run-known" if rise is not None else "reminder-run-unknown"))
    if found.again:
        blocks.append(f"**{words('run-blocked-again')} {words('run-blocked-why')}**")
    if found.unread:
        blocks.append(words("run-unread"))
    if light is Light.RED or found.again:
        blocks.append(row(button(words("card-check"), "check.begin", area.id, style=PRIMARY)))
    top: list[ui.Container[Card]] = [box(COLOURS[light], *blocks)]
    return Card(*top, *(part for part in below.children if isinstance(part, ui.Container)))


def _reasons(found: Judged) -> list[str]:
    """Those that a sentence tells; what is unknown says nothing."""
    if found.run.light not in {Light.RED, Light.AMBER}:
        return []
    return [reason.replace("_", "-") for reason in found.run.reasons]


def settled(text: str, name: str, words: Catalog) -> Card:
    """What is left of a message that was answered: nothing of what was said.

    It still carries the occurrence, so that whoever looks whether it arrived finds it.
    """
    return Card(box(PLAIN, text, row(_change(name, words))))


def _change(name: str, words: Catalog) -> ui.Button[Card]:
    return button(words("reminder-change"), "reminder.open", name)


def logged(name: str, at: datetime, words: Catalog) -> Card:
    return settled(words("reminder-logged", at=format_dt(at, "t")), name, words)


def done(name: str, at: datetime, words: Catalog) -> Card:
    return settled(words("reminder-was-done", at=format_dt(at, "t")), name, words)


def put_off(name: str, until: datetime, words: Catalog) -> Card:
    return settled(words("reminder-put-off", at=format_dt(until, "t")), name, words)


def choosing(name: str, words: Catalog) -> Card:
    """The pain was tapped, and the place is still to be chosen; *Answer* asks anew."""
    return Card(box(PLAIN, words("reminder-choosing"), row(_answer(name, words), _change(name, words))))


def answered(name: str, words: Catalog) -> Card:
    """Nothing is left to ask: it was answered already."""
    return settled(words("reminder-answered"), name, words)


def gone(name: str, words: Catalog) -> Card:
    """Nothing is left to ask: there is no run any more."""
    return settled(words("reminder-no-run"), name, words)


def going_on(upcoming: Sequence[datetime], words: Catalog) -> str:
    """It rings as before, and when."""
    if not upcoming:
        return words("reminder-kept-asleep")
    return words("reminder-kept", at=format_dt(upcoming[0], "f"))


def weekly(upcoming: Sequence[datetime], words: Catalog) -> str:
    """It rings once a week from now on, and when."""
    if not upcoming:
        return words("reminder-kept-asleep")
    return words("reminder-weekly-now", at=format_dt(upcoming[0], "f"))


def paused(name: str, until: date | None, words: Catalog) -> Card:
    if until is None:
        return settled(words("reminder-is-paused"), name, words)
    return settled(words("reminder-is-paused-until", day=day_text(until, words)), name, words)


def removed(words: Catalog) -> Card:
    return Card(box(PLAIN, words("reminder-removed")))


def stop(name: str, words: Catalog) -> Card:
    """For how long?"""
    buttons = row(
        button(words("reminder-pause-week"), "reminder.pause", name, 7, style=PRIMARY),
        button(words("reminder-pause-open"), "reminder.pause", name, 0),
        button(words("reminder-remove"), "reminder.delete", name),
        button(words("reminder-keep"), "reminder.keep", name),
    )
    return Card(box(PLAIN, f"## {words('reminder-stop-ask')}\n{words('reminder-stop-text')}", buttons))
