"""Cards of the diary: consent, the questions of a check-in, what was saved."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from discord import SelectOption, ui
from discord.utils import format_dt

from bot.advice.library import Library
from bot.advice.model import Area
from bot.checkins.errors import NeedsConsent
from bot.checkins.models import CheckIn, NewSign
from bot.checkins.service import AskArea, AskPain, CheckInResult, Saved
from bot.localtime import wall_time
from bot.triage.flow import PAINS
from bot.triage.sessions import NONE
from bot.ui.cards.parts import Block, Card, air, box, bullets, button, menu, row, rule, small, typed
from bot.ui.cards.style import AMBER, CALM, DANGER, GOOD, PLAIN, PRIMARY
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id

NO_DRAFT = "none"
ENTRIES_ON_PAGE = 10


def consent(asked: NeedsConsent, words: Catalog) -> Card:
    """Before anything is kept: what, why, how to undo it."""
    points = [words("consent-what"), words("consent-why"), words("consent-sealed"), words("consent-undo")]
    points.append(words("consent-until", months=asked.terms.keep_months))
    yes = button(words("consent-yes", age=asked.terms.minimum_age), asked.action, asked.then or NO_DRAFT, style=GOOD)
    no = button(words("consent-no"), "consent.decline")
    head = f"## {words('consent-title')}\n{words('consent-text')}"
    return Card(box(PLAIN, head, bullets(points), row(yes, no), small(words("consent-foot"))))


def agreed(words: Catalog) -> Card:
    """They said yes, and nothing was waiting."""
    go = row(button(words("diary-checkin"), "checkin.start", style=PRIMARY))
    return Card(box(CALM, words("consent-thanks"), go))


def declined(words: Catalog) -> Card:
    return Card(box(PLAIN, words("consent-declined")))


def standing(words: Catalog) -> Card:
    """The button a moderator posts: whoever presses it is answered in private."""
    go = row(button(words("diary-checkin"), "checkin.start", style=PRIMARY))
    return Card(box(CALM, f"## {words('standing-title')}\n{words('standing-text')}", go, small(words("standing-foot"))))


def where(library: Library, draft: str, recent: Sequence[str], words: Catalog, unknown: str | None = None) -> Card:
    """For which place? Those logged lately come first."""
    first = [library.areas[area] for area in recent if area in library.areas]
    areas = [*first, *(area for area in library.areas.values() if area not in first)]
    options = [SelectOption(label=area.name, value=area.id) for area in areas]
    said = [words("unknown-title", text=typed(unknown))] if unknown else []
    blocks: list[Block] = [*said, f"## {words('checkin-where')}"]
    blocks.append(menu(custom_id("checkin.area", draft), words("check-where-choose"), options, most=1))
    return Card(box(PLAIN, *blocks, small(words("checkin-private"))))


def how_bad(area: Area, draft: str, words: Catalog) -> Card:
    """One tap: 0 to 10."""
    options = [SelectOption(label=words("check-pain-level", level=int(n)), value=n) for n in PAINS]
    more = row(
        button(words("checkin-details"), "checkin.form", draft),
        button(words("checkin-elsewhere"), "checkin.elsewhere", draft),
    )
    score = menu(custom_id("checkin.score", draft), words("check-pain"), options, most=1)
    return Card(box(PLAIN, f"## {words('checkin-how', area=area.name)}", score, more, small(words("checkin-private"))))


def step(found: CheckInResult, library: Library, words: Catalog, unknown: str | None = None) -> Card:
    """What comes next: a question, or what was saved. `unknown`: the words for a place that lead nowhere."""
    if isinstance(found, AskArea):
        return where(library, found.draft, found.recent, words, unknown)
    if isinstance(found, AskPain):
        area = library.areas.get(found.area)
        return how_bad(area, found.draft, words) if area else where(library, found.draft, (), words)
    return saved(library, found, words)


def saved(library: Library, found: Saved, words: Catalog) -> Card:
    """What was saved, whether anything is new, and when to check the symptoms again."""
    entry = found.entry
    blocks: list[Block] = [f"## {words('saved-title')}\n{line(library, entry, words)}"]
    if found.prompts:
        why = bullets(words(f"prompt-{prompt.replace('_', '-')}") for prompt in found.prompts)
        check = row(button(words("card-check"), "entry.check", entry.id, style=PRIMARY))
        blocks += [rule(), f"**{words('saved-check')}**\n{why}", check]
    if found.ask_new:
        blocks += [rule(), f"**{words('saved-new')}**", _new_menu(entry, words)]
    if found.no_morning:
        blocks += [rule(), row(button(words("saved-morning"), "reminder.morning", style=PRIMARY))]
    if found.no_note:
        blocks.append(words("saved-no-note"))
    if found.no_zone:
        blocks.append(small(words("saved-no-zone")))
    buttons = row(
        button(words("entry-more"), "entry.more", entry.id),
        button(words("entry-change"), "entry.edit", entry.id),
        button(words("entry-delete"), "entry.delete", entry.id),
        button(words("entry-history"), "history.of_entry", entry.id),
    )
    colour = AMBER if found.prompts else CALM
    return Card(box(colour, *blocks, air(), buttons, small(words("checkin-private"))))


def _new_menu(entry: CheckIn, words: Catalog) -> ui.ActionRow[Card]:
    options = [SelectOption(label=words(f"new-{sign.replace('_', '-')}"), value=sign) for sign in NewSign]
    options.append(SelectOption(label=words("new-nothing"), value=NONE))
    return menu(custom_id("entry.new_signs", entry.id), words("check-choose"), options)


def line(library: Library, entry: CheckIn, words: Catalog) -> str:
    """A check-in in a few lines: place, pain, time, and what else was said."""
    head = words("entry-line", area=name(library, entry.area), pain=entry.pain)
    said = [words(f"side-{entry.side}")] if entry.side else []
    said += [words(f"when-{hurts}") for hurts in sorted(entry.moments)]
    said += [words("entry-worst", pain=entry.worst)] if entry.worst is not None else []
    said += [words("entry-during", pain=entry.during)] if entry.during is not None else []
    said += [words("entry-new", sign=words(f"new-{sign.replace('_', '-')}")) for sign in sorted(entry.new)]
    lines = [f"**{head}**", small(format_dt(entry.at, "f"))]
    lines += [" · ".join(said)] if said else []
    lines += [f"> {typed(entry.note, most=500)}"] if entry.note else []
    return "\n".join(lines)


def name(library: Library, area: str) -> str:
    """An area by its name; by its id when content no longer has it."""
    return library.areas[area].name if area in library.areas else area.replace("_", " ").capitalize()


def fix(sentence: str, field: str, draft: str, words: Catalog) -> Card:
    """One answer could not be read; the others are still there."""
    again = row(button(words("checkin-fix"), "checkin.fix", draft, field, style=PRIMARY))
    return Card(box(AMBER, sentence, again))


def drop(library: Library, entry: CheckIn, words: Catalog) -> Card:
    """Really delete it?"""
    buttons = row(
        button(words("entry-delete-yes"), "entry.delete_confirmed", entry.id, style=DANGER),
        button(words("entry-keep"), "entry.show", entry.id),
    )
    return Card(box(PLAIN, f"## {words('entry-delete-ask')}\n{line(library, entry, words)}", buttons))


def dropped(words: Catalog) -> Card:
    again = row(button(words("diary-checkin"), "checkin.start", style=PRIMARY))
    return Card(box(PLAIN, words("entry-deleted"), again))


def entries(library: Library, found: Sequence[CheckIn], page: int, zone: ZoneInfo, words: Catalog) -> Card:
    """One's own check-ins, the newest first; choose one to change or delete it."""
    newest = list(reversed(found))
    shown = newest[page * ENTRIES_ON_PAGE :][:ENTRIES_ON_PAGE]
    if not shown:
        return Card(
            box(PLAIN, words("history-empty"), row(button(words("diary-checkin"), "checkin.start", style=PRIMARY)))
        )
    options = [
        SelectOption(
            label=words("entry-line", area=name(library, entry.area), pain=entry.pain)[:100],
            value=entry.id,
            description=f"{wall_time(entry.at, zone):%Y-%m-%d %H:%M}",
        )
        for entry in shown
    ]
    blocks: list[Block] = [f"## {words('entries-title')}"]
    blocks += [part for entry in shown for part in (line(library, replace(entry, note=None), words), air())]
    blocks.append(menu(custom_id("entry.pick"), words("entries-choose"), options, most=1))
    turns = [button(words("page-back"), "entry.list", page - 1)] if page else []
    if len(newest) > (page + 1) * ENTRIES_ON_PAGE:
        turns.append(button(words("entries-older"), "entry.list", page + 1, style=PRIMARY))
    return Card(box(PLAIN, *blocks, *([row(*turns)] if turns else []), small(words("checkin-private"))))
