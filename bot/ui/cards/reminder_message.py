"""Cards of the message a reminder brings, and of what it becomes once it is answered."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from discord import SelectOption, ui
from discord.utils import format_dt

from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.advice.model import Area, Guidance, Light
from bot.checkins.runs import RunLight
from bot.checkins.service import Saved
from bot.reminders.messages import ReminderMessage
from bot.reminders.mornings import JudgedRun
from bot.reminders.screening import OpenRedFlag
from bot.storage.reminders import ReminderKind
from bot.ui.cards import diary
from bot.ui.cards.heights import BUTTON_ROW, FRAME, Part, fitting, text_height
from bot.ui.cards.pages import joined
from bot.ui.cards.parts import Block, Card, box, button, escaped, menu, pain_options, row, rule, small
from bot.ui.cards.routine import telling_picture
from bot.ui.cards.style import AMBER, CALM, GOOD, PLAIN, PRIMARY, STOP
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id
from bot.ui.limits import PHONE
from bot.ui.phrases import day_text, run_reasons

LATER = ("15", "60")  # minutes; and the evening
EVENING = "evening"


def message(library: Library, message: ReminderMessage, words: Catalog, note: str | None = None) -> Card:
    """What arrives. It names no place that hurts unless the person chose so: a phone shows it to the whole table.

    `note`: what came of the question the message asked about itself.
    """
    occurrence = message.occurrence.id
    if message.red_flag is not None:
        return held(library, message.red_flag, occurrence, words, message.deleted_on)
    areas = [library.areas[area] for area in message.areas if area in library.areas]
    blocks: list[Block] = _blocks(library, message, areas, words)
    if message.quieter:
        buttons = row(
            button(words("reminder-weekly"), "reminder.less_often", occurrence, style=PRIMARY),
            button(words("reminder-pause"), "reminder.stop", occurrence),
            button(words("reminder-as-is"), "reminder.keep", occurrence),
        )
        blocks += [words("reminder-ignored"), buttons]
    if note is not None:
        blocks.append(small(note))
    return Card(box(AMBER if message.caution else CALM, *blocks, *_deletion(message.deleted_on, words)))


def _deletion(on: datetime | None, words: Catalog) -> list[Block]:
    """When everything goes, if that is near."""
    return [] if on is None else [small(words("reminder-unused", at=format_dt(on, "D")))]


def _blocks(library: Library, message: ReminderMessage, areas: Sequence[Area], words: Catalog) -> list[Block]:
    """Own words first, or the question; what to press; and last how to be rid of it."""
    kind, occurrence, content = message.reminder.kind, message.occurrence.id, message.content
    area = areas[0] if len(areas) == 1 and content.named else None
    done_button = button(words("reminder-done"), "reminder.done", occurrence)
    if kind is ReminderKind.STRETCH:
        title = words("reminder-stretch-area", area=area.name) if area else words("reminder-stretch")
        routine = message.routine
        text = words("reminder-minutes", minutes=routine.minutes) if routine else words("reminder-signs")
        start_button = button(words("reminder-start"), "reminder.start_routine", occurrence, style=GOOD)
        picture = telling_picture(library, routine, words) if routine and area else []
        return [f"## {title}\n{text}", *picture, row(start_button, done_button), *_foot(message, words)]
    if kind is ReminderKind.WORDS:
        own_words = f"## {words('reminder-words')}\n{escaped(content.words or '', most=400)}"
        parts = [Part(own_words), *_caution(library, message.caution, words)]
        fits, _ = fitting(parts, PHONE - FRAME - (8 if message.quieter else 5) * BUTTON_ROW)
        return [*joined(fits), row(done_button), *_foot(message, words)]
    foot = [*_foot(message, words), small(words("reminder-private"))]
    if kind is not ReminderKind.MORNING:
        title = words("reminder-checkin-area", area=area.name) if area else words("reminder-checkin")
        return [f"## {title}", score(occurrence, words), *foot]
    title = words("reminder-morning-area", area=area.name) if area else words("reminder-morning")
    answer = score(occurrence, words) if message.tap else row(_answer(occurrence, words))
    return [f"## {title}\n{words('reminder-morning-why')}", answer, *foot]


def _answer(occurrence: str, words: Catalog) -> ui.Button[Card]:
    return button(words("reminder-answer"), "reminder.answer", occurrence, style=PRIMARY)


def _caution(library: Library, red_flag: OpenRedFlag | None, words: Catalog) -> list[Part]:
    """Before own words, which may ask for a run."""
    if red_flag is None:
        return []
    parts = [Part(f"{red_flag_text(library, red_flag, words)}\n{words('reminder-caution')}")]
    if red_flag.finding is not None and red_flag.finding.disposition.worse_than(Disposition.CLINICIAN):
        parts.append(Part(library.guidance[red_flag.finding.disposition].safety_net, rank=1))
    return parts


def _foot(message: ReminderMessage, words: Catalog) -> list[Block]:
    """*Later…*, and *Stop these* where nothing else on the message asks it."""
    stop_button = button(words("reminder-stop"), "reminder.stop", message.occurrence.id)
    return [_later(message, words), *([] if message.quieter else [row(stop_button)])]


def score(occurrence: str, words: Catalog) -> ui.ActionRow[Card]:
    """One tap: 0 to 10."""
    return menu(custom_id("reminder.score", occurrence), words("check-pain"), pain_options(words))


def _later(message: ReminderMessage, words: Catalog) -> ui.ActionRow[Card]:
    options = [SelectOption(label=words(f"reminder-later-{minutes}"), value=minutes) for minutes in LATER]
    if message.evening is not None:
        options.append(SelectOption(label=words("reminder-later-evening"), value=EVENING))
    return menu(custom_id("reminder.later", message.occurrence.id), words("reminder-later"), options)


def by_name(area: Area, occurrence: str, draft: str, words: Catalog) -> Card:
    """How is this place this morning? For this person alone."""
    name = custom_id("reminder.score_by_name", occurrence, draft)
    tap = menu(name, words("check-pain"), pain_options(words))
    title = words("reminder-morning-area", area=area.name)
    return Card(box(PLAIN, f"## {title}", tap, small(words("checkin-private"))))


def red_flag_text(library: Library, red_flag: OpenRedFlag, words: Catalog) -> str:
    """Which check says so, and what it says; no place."""
    if red_flag.finding is None:
        return words("reminder-hold-unread")
    line = library.guidance[red_flag.finding.disposition].title
    return words("reminder-hold", at=format_dt(red_flag.finding.at, "D"), line=line)


def held(
    library: Library, red_flag: OpenRedFlag, occurrence: str, words: Catalog, deleted_on: datetime | None = None
) -> Card:
    """In the place of stretches, while somebody should look first."""
    blocks: list[Block] = [f"## {words('reminder-held')}\n{red_flag_text(library, red_flag, words)}"]
    buttons = [button(words("card-check"), "check.start"), button(words("reminder-stop"), "reminder.stop", occurrence)]
    if red_flag.finding is not None:
        guidance: Guidance = library.guidance[red_flag.finding.disposition]
        blocks += [f"{guidance.running}\n{guidance.safety_net}", small(words("reminder-held-text"))]
        buttons.insert(0, button(words("reminder-held-seen"), "reminder.seen", occurrence, style=PRIMARY))
    return Card(box(AMBER, *blocks, row(*buttons), *_deletion(deleted_on, words)))


def sure(occurrence: str, words: Catalog) -> Card:
    """*I was seen*, about a place that is no longer asked about: was it really said?"""
    buttons = row(
        button(words("run-seen-yes"), "reminder.cleared", occurrence), button(words("run-seen-no"), "reminder.list")
    )
    return Card(box(AMBER, f"## {words('run-seen-ask')}\n{words('run-seen-text')}", buttons))


COLOURS = {RunLight.RED: STOP, RunLight.AMBER: AMBER, RunLight.GREEN: CALM, RunLight.UNKNOWN: PLAIN}


def after_run(library: Library, judged: JudgedRun, words: Catalog, saved: Saved) -> Card:
    """Yesterday's run by its light, above what was saved; what is red leads to the symptom check."""
    light = judged.run.light
    title, below = f"## {words('reminder-run', light=light)}", diary.saved_below(library, saved, words)
    fits, _ = fitting([*_of_the_run(library, judged, words)], PHONE - FRAME - text_height(title) - 5 * BUTTON_ROW)
    blocks: list[Block] = [title, *joined(fits)]
    if light is RunLight.RED or judged.again:
        blocks.append(row(button(words("card-check"), "entry.check", saved.entry.id, style=PRIMARY)))
    return Card(box(COLOURS[light], *blocks, rule(), *below))


def _of_the_run(library: Library, judged: JudgedRun, words: Catalog) -> Iterator[Part]:
    light = judged.run.light
    if light in {RunLight.RED, RunLight.AMBER}:
        guidance = next(entry for entry in library.running.lights if entry.light is Light(light.value))
        reasons = run_reasons(judged.run, words)
        yield from (Part(f"- {reason}", rank=2 * at) for at, reason in enumerate(reasons))
        yield from (Part(guidance.running), Part(guidance.safety_net, rank=1))
    else:
        yield Part(words("reminder-run-known" if judged.run.rise is not None else "reminder-run-unknown"))
    if judged.again:
        yield Part(f"**{words('run-blocked-again')} {words('run-blocked-why')}**")
    if judged.unread:
        yield Part(words("run-unread"), rank=3)


def settled(text: str, occurrence: str, words: Catalog) -> Card:
    """What is left of a message that was answered: nothing of what was said.

    It still carries the occurrence, so that whoever looks whether it arrived finds it.
    """
    return Card(box(PLAIN, text, row(_change(occurrence, words))))


def _change(occurrence: str, words: Catalog) -> ui.Button[Card]:
    return button(words("reminder-change"), "reminder.open", occurrence)


def settled_at(became: str, at: datetime, occurrence: str, words: Catalog) -> Card:
    """The same of one that was `logged`, `was-done` or `put-off`: when that was, or until when."""
    return settled(words(f"reminder-{became}", at=format_dt(at, "t")), occurrence, words)


def choosing(occurrence: str, words: Catalog) -> Card:
    """The pain was tapped, and the place is still to be chosen; *Answer* asks anew."""
    return Card(box(PLAIN, words("reminder-choosing"), row(_answer(occurrence, words), _change(occurrence, words))))


def going_on(upcoming: Sequence[datetime], words: Catalog, rings: str = "kept") -> str:
    """It rings as before, or `weekly-now`; and when."""
    return words(f"reminder-{rings}", at=format_dt(upcoming[0], "f")) if upcoming else words("reminder-kept-asleep")


def paused(occurrence: str, until: date | None, words: Catalog) -> Card:
    """Silent until that day, when it rings again; None: until somebody turns it on."""
    if until is None:
        return settled(words("reminder-is-paused"), occurrence, words)
    return settled(words("reminder-is-paused-until", day=day_text(until, words)), occurrence, words)


def removed(words: Catalog) -> Card:
    """It is gone for good."""
    return Card(box(PLAIN, words("reminder-removed")))


def stop(occurrence: str, words: Catalog) -> Card:
    """For how long?"""
    buttons = row(
        button(words("reminder-pause-week"), "reminder.pause", occurrence, 7, style=PRIMARY),
        button(words("reminder-pause-open"), "reminder.pause", occurrence, 0),
        button(words("reminder-remove"), "reminder.delete", occurrence),
        button(words("reminder-keep"), "reminder.keep", occurrence),
    )
    return Card(box(PLAIN, f"## {words('reminder-stop-ask')}\n{words('reminder-stop-text')}", buttons))
