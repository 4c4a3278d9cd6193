"""Cards of the diary: consent, the questions of a check-in, what was saved."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from zoneinfo import ZoneInfo

from discord import SelectOption, ui
from discord.utils import format_dt

from bot.advice.library import Library
from bot.advice.model import Area
from bot.checkins.models import CheckIn, NewSign
from bot.checkins.person_diary import NeedsConsent
from bot.checkins.prompts import Prompt
from bot.checkins.service import AskArea, AskPain, CheckInResult, Saved
from bot.checkins.summary import Earlier
from bot.typed_text import shortened
from bot.ui.cards.pages import older_row
from bot.ui.cards.parts import (
    Block,
    Card,
    CardPattern,
    answer_rows,
    box,
    bullets,
    button,
    checkin_row,
    escaped,
    menu,
    pain_options,
    row,
    small,
    unwell_option,
)
from bot.ui.cards.style import AMBER, CALM, DANGER, GOOD, PLAIN, PRIMARY
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id
from bot.ui.limits import CHOICE
from bot.ui.phrases import day_text

NONE = "none"  # the value of *None of these* in a menu

HEAD, ANY_ENTRY = "head", "0" * 32  # what stands in a pattern
PATTERNS = 256  # in memory: of a card there are some twenty in use, in each language

NO_DRAFT = "none"
ENTRIES_ON_PAGE = 6
PROMPTS_SHOWN = 2
MOST_ANSWERS, MOST_NOTE = 70, 60  # characters on a card


def consent(needed: NeedsConsent, words: Catalog, pending: str | None = None) -> Card:
    """Before anything is kept: what, why, how to undo it. `pending`: the command that goes on after *Yes*."""
    action, then = ("command.agree", pending) if pending else (needed.action, needed.then or NO_DRAFT)
    points = [words("consent-what"), words("consent-lasting"), words("consent-why"), words("consent-sealed")]
    points += [words("consent-undo"), words("consent-until", months=needed.terms.keep_months)]
    buttons = row(
        button(words("consent-yes", age=needed.terms.minimum_age), action, then, style=GOOD),
        button(words("consent-no"), "consent.decline"),
    )
    head = f"## {words('consent-title')}\n{words('consent-text')}"
    return Card(box(PLAIN, head, bullets(points), buttons, small(words("consent-foot"))))


def agreed(words: Catalog) -> Card:
    """They said yes, and nothing was waiting."""
    return Card(box(CALM, words("consent-thanks"), checkin_row(words)))


def declined(words: Catalog) -> Card:
    """They said no: nothing is kept, and what works all the same."""
    return Card(box(PLAIN, words("consent-declined")))


def standing(words: Catalog) -> Card:
    """The button a moderator posts: whoever presses it is answered in private."""
    head = f"## {words('standing-title')}\n{words('standing-text')}"
    return Card(box(CALM, head, checkin_row(words), small(words("standing-foot"))))


def step(result: CheckInResult, library: Library, words: Catalog, unknown: str | None = None) -> Card:
    """What comes next: a question, or what was saved. `unknown`: the words for a place that lead nowhere."""
    if isinstance(result, AskArea):
        return where(library, result.draft, result.recent, words, unknown)
    if isinstance(result, AskPain):
        area = library.areas.get(result.area)
        return how_bad(area, result.draft, words) if area else where(library, result.draft, (), words)
    return saved(library, result, words)


def where(library: Library, draft: str, recent: Sequence[str], words: Catalog, unknown: str | None = None) -> Card:
    """For which place? Those logged lately come first."""
    first = [library.areas[area] for area in recent if area in library.areas]
    areas = [*first, *(area for area in library.areas.values() if area not in first)]
    options = [unwell_option(words), *(SelectOption(label=area.name, value=area.id) for area in areas)]
    not_known = [words("unknown-title", text=escaped(unknown))] if unknown else []
    areas_menu = menu(custom_id("checkin.area", draft), words("check-where-choose"), options)
    return Card(box(PLAIN, *not_known, f"## {words('checkin-where')}", areas_menu, small(words("checkin-private"))))


def how_bad(area: Area, draft: str, words: Catalog) -> Card:
    """One tap: 0 to 10."""
    buttons = row(
        button(words("checkin-details"), "checkin.form", draft),
        button(words("checkin-elsewhere"), "checkin.elsewhere", draft),
    )
    scores = menu(custom_id("checkin.score", draft), words("check-pain"), pain_options(words))
    return Card(
        box(PLAIN, f"## {words('checkin-how', area=area.name)}", scores, buttons, small(words("checkin-private")))
    )


def saved(library: Library, result: Saved, words: Catalog) -> Card:
    """What was saved, how it compares, whether anything is new, and when to check the symptoms again."""
    entry = result.entry
    compared = [compared_text(entry.pain, result.earlier, words)] if result.earlier else []
    head = f"## {words('saved-title')}\n" + "\n".join([*compared, line(library, entry, words)])
    prompts = tuple(result.prompts[:PROMPTS_SHOWN])
    pattern = _saved_pattern(words, prompts, result.ask_new, result.no_morning, result.no_note, result.no_zone)
    return pattern.filled({HEAD: head}, (ANY_ENTRY, entry.id))


@lru_cache(maxsize=PATTERNS)
def _saved_pattern(
    words: Catalog, prompts: tuple[Prompt, ...], ask_new: bool, ask_morning: bool, no_note: bool, no_zone: bool
) -> CardPattern:
    """The card of any check-in: HEAD stands where what was saved is to stand, ANY_ENTRY where its id is."""
    blocks: list[Block] = [HEAD]
    if prompts:
        reasons = [words.names(Prompt, "prompt")[prompt] for prompt in prompts]
        check = row(button(words("card-check"), "entry.check", ANY_ENTRY, style=PRIMARY))
        blocks += [f"**{words('saved-check')}** {' '.join(reasons)}", check]
    if ask_new:
        blocks.append(_new_signs_menu(ANY_ENTRY, words))
    if ask_morning:
        blocks.append(row(button(words("saved-morning"), "reminder.morning", style=PRIMARY)))
    if no_note:
        blocks.append(words("saved-no-note"))
    foot = words("saved-no-zone") if no_zone else words("checkin-private")
    buttons = answer_rows(
        (
            button(words("entry-more"), "entry.more", ANY_ENTRY),
            button(words("entry-change"), "entry.edit", ANY_ENTRY),
            button(words("entry-delete"), "entry.delete", ANY_ENTRY),
            button(words("entry-history"), "history.of_entry", ANY_ENTRY),
        )
    )
    return CardPattern(Card(box(AMBER if prompts else CALM, *blocks, *buttons, small(foot))))


def saved_below(library: Library, result: Saved, words: Catalog) -> list[Block]:
    """The same in short, below something else: what was saved, whether anything is new, and the way to its card."""
    entry = result.entry
    compared = f" {compared_text(entry.pain, result.earlier, words)}" if result.earlier else ""
    head = words("entry-line", area=name(library, entry.area), pain=entry.pain)
    blocks: list[Block] = [f"**{words('saved-title')}.** {head}.{compared}"]
    blocks += [_new_signs_menu(entry.id, words)] if result.ask_new else []
    return [*blocks, row(button(words("entry-change"), "entry.show", entry.id))]


def compared_text(pain: int, earlier: Earlier, words: Catalog) -> str:
    """ "2 lower than Monday." """
    if earlier.days_ago <= 1:
        when = words("saved-yesterday" if earlier.days_ago == 1 else "saved-today")
    elif earlier.days_ago < 7:
        day = earlier.day.weekday()
        when = words(f"weekday-{day}")
    else:
        when = day_text(earlier.day, words)
    difference = pain - earlier.pain
    change = "same" if not difference else "higher" if difference > 0 else "lower"
    return words("saved-compared", change=change, points=abs(difference), when=when)


def _new_signs_menu(entry: str, words: Catalog) -> ui.ActionRow[Card]:
    options = [SelectOption(label=name, value=sign) for sign, name in words.names(NewSign, "new").items()]
    options.append(SelectOption(label=words("new-nothing"), value=NONE))
    return menu(custom_id("entry.new_signs", entry), words("saved-new"), options, many=True)


def line(library: Library, entry: CheckIn, words: Catalog) -> str:
    """A check-in in a few lines: place, pain, time, and what else was answered."""
    head = words("entry-line", area=name(library, entry.area), pain=entry.pain)
    answers = [words(f"side-{entry.side}")] if entry.side else []
    answers += [words(f"when-{timing}") for timing in sorted(entry.moments)]
    answers += [words("entry-worst", pain=entry.worst)] if entry.worst is not None else []
    answers += [words("entry-during", pain=entry.during)] if entry.during is not None else []
    answers += [words("entry-new", sign=words.names(NewSign, "new")[sign]) for sign in sorted(entry.new)]
    lines = [f"**{head}**", small(format_dt(entry.at, "f"))]
    lines += [shortened(" · ".join(answers), MOST_ANSWERS)] if answers else []
    lines += [f"> {escaped(entry.note, most=MOST_NOTE)}"] if entry.note else []
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
    """The entry is gone for good."""
    return Card(box(PLAIN, words("entry-deleted"), checkin_row(words)))


def entries(library: Library, checkins: Sequence[CheckIn], page: int, zone: ZoneInfo, words: Catalog) -> Card:
    """One's own check-ins, the newest first; choose one to change or delete it."""
    newest = list(reversed(checkins))
    shown = newest[page * ENTRIES_ON_PAGE :][:ENTRIES_ON_PAGE]
    if not shown:
        return Card(box(PLAIN, words("history-empty"), checkin_row(words)))
    options = [
        SelectOption(
            label=words("entry-line", area=name(library, entry.area), pain=entry.pain)[:CHOICE],
            value=entry.id,
            description=f"{entry.local(zone):%Y-%m-%d %H:%M}",
        )
        for entry in shown
    ]
    blocks: list[Block] = [f"## {words('entries-title')}"]
    blocks += [line(library, _bare(entry), words) for entry in shown]
    blocks.append(menu(custom_id("entry.pick"), words("entries-choose"), options))
    blocks += older_row("entry.list", page, words, more=len(newest) > (page + 1) * ENTRIES_ON_PAGE)
    return Card(box(PLAIN, *blocks, small(words("checkin-private"))))


def _bare(entry: CheckIn) -> CheckIn:
    """For a list: place, pain and time; the rest is on its own card."""
    return replace(entry, note=None, side=None, moments=frozenset(), worst=None, during=None, new=frozenset())
