"""Cards of the weekly check: four questions, a score from 0 to 100, week by week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from discord import SelectOption, ui

from bot.advice.library import Library
from bot.charts.picture import Band, Week, WeeklyPicture
from bot.checkins.models import HIGH, LEVELS, WeeklyCheck, WeeklyQuestion, by_week, persistence
from bot.ids import new_id
from bot.ui.cards.diary import name
from bot.ui.cards.history import legend
from bot.ui.cards.parts import Block, Card, box, bullets, button, menu, picture_block, row, rule, small, unwell_option
from bot.ui.cards.style import AMBER, PLAIN, PRIMARY
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id
from bot.ui.forms import Form, choice
from bot.ui.phrases import months

FILE = "weekly.png"
WEEKS_SHOWN = 26
WHOLE = "all"  # instead of an area's id: running as a whole
NAMES = dict(zip(map(str, LEVELS), ("none", "small", "medium", "large"), strict=True))  # of levels, as they are typed


@dataclass(frozen=True, slots=True)
class WeeklyDraft:
    """A form on its way; kept in memory."""

    area: str | None
    answers: dict[str, str] = field(default_factory=dict)  # levels as typed, by question
    id: str = field(default_factory=new_id)  # of the check it becomes, so that one form is one check


def form(library: Library, draft: WeeklyDraft, name: str, words: Catalog) -> Form:
    """Four menus, under the `custom_id` given; after a first answer of none, the others may stay empty."""
    title = words("weekly-form", what=about(library, draft.area, words))
    return Form(title, name, [_field(question, draft, words) for question in WeeklyQuestion])


def _field(question: WeeklyQuestion, draft: WeeklyDraft, words: Catalog) -> ui.Label[ui.Modal]:
    chosen = draft.answers.get(question)
    options = [
        SelectOption(label=words(f"weekly-{question}-{level}"), value=value, default=value == chosen)
        for value, level in NAMES.items()
    ]
    return choice(question, words(f"weekly-{question}"), options, required=question is WeeklyQuestion.PARTICIPATION)


def answers(typed: Mapping[str, str]) -> tuple[int, ...] | None:
    """The answers of a form; None when one is missing that is needed, is none of those offered, or speaks against it.

    >>> answers({"participation": "0"}), answers({"participation": "0", "pain": "25"})
    ((0,), None)
    """
    levels = [typed.get(question, "") for question in WeeklyQuestion]
    if levels[0] == "0":
        return None if _contradictions(typed) else (0,)
    return tuple(map(int, levels)) if all(level in NAMES for level in levels) else None


def _contradictions(typed: Mapping[str, str]) -> dict[WeeklyQuestion, str]:
    """What speaks against a first answer that nothing bothered: each with the name of its level."""
    if typed.get(WeeklyQuestion.PARTICIPATION) != "0":
        return {}
    levels = {question: typed.get(question, "0") for question in WeeklyQuestion}
    return {question: NAMES[level] for question, level in levels.items() if level in NAMES and level != "0"}


def incomplete(draft: str, typed: Mapping[str, str], words: Catalog) -> Card:
    """Ask again: what is missing, or what does not go together."""
    again = row(button(words("checkin-fix"), "weekly.form", draft, style=PRIMARY))
    if contradictions := _contradictions(typed):
        lines = [
            f"{words(f'weekly-{question}')} {words(f'weekly-{question}-{level}')}"
            for question, level in contradictions.items()
        ]
        text = f"{words('weekly-contradicts')}\n{bullets(lines)}"
        return Card(box(AMBER, text, words("weekly-contradicts-fix"), again))
    return Card(box(AMBER, words("weekly-incomplete"), again))


def place(library: Library, draft: str, words: Catalog) -> Card:
    """The answers are here, and what they were about is not."""
    options = [unwell_option(words), SelectOption(label=words("weekly-whole"), value=WHOLE)]
    options += [SelectOption(label=area.name, value=area.id) for area in library.areas.values()]
    areas_menu = menu(custom_id("weekly.area", draft), words("check-where-choose"), options)
    return Card(box(AMBER, words("weekly-place"), areas_menu))


def picture(checks: Sequence[WeeklyCheck], today: date, zone: ZoneInfo, words: Catalog, what: str) -> WeeklyPicture:
    """The last half year, or less. Raises ValueError when there is no check in it."""
    oldest = today - timedelta(weeks=WEEKS_SHOWN)
    weeks = tuple(Week(monday, check.score) for monday, check in by_week(checks, zone).items() if monday >= oldest)
    return WeeklyPicture(
        title=words("weekly-title", what=what),
        weeks=weeks,
        start=min((week.monday for week in weeks), default=today),
        end=today,
        bands=(Band(0, HIGH, words("weekly-low")), Band(HIGH, 100, words("weekly-high"))),
        y_label=words("weekly-score-axis"),
        legend=replace(legend(words), weekly=words("weekly-point"), gap=words("weekly-gap")),
        months=months(words),
        dark=True,
    )


def saved(
    library: Library,
    check: WeeklyCheck,
    checks: Sequence[WeeklyCheck],
    today: date,
    zone: ZoneInfo,
    words: Catalog,
    *,
    drawn: bool = True,
) -> Card:
    """The score, what it means, and whether trouble stays; one week's jump is no news. `drawn`: with its chart."""
    stays = persistence(checks, today, zone).holds
    what = about(library, check.area, words)
    scores = [str(each.score) for each in by_week(checks, zone).values()][-WEEKS_SHOWN:]
    blocks: list[Block] = [
        f"## {words('weekly-title', what=what)}",
        f"**{words('weekly-score', score=check.score)}**",
        picture_block(FILE, words("weekly-alt", what=what, scores=", ".join(scores)))
        if drawn
        else words("weekly-not-drawn"),
    ]
    if stays:
        check_button = button(words("card-check"), "check.start", style=PRIMARY)
        blocks += [rule(), f"**{words('weekly-stays')}**", row(check_button)]
    else:
        blocks.append(words("weekly-jump"))
    return Card(box(AMBER if stays else PLAIN, *blocks, small(words("weekly-foot"))))


def about(library: Library, area: str | None, words: Catalog) -> str:
    """A place, or running as a whole."""
    return name(library, area) if area else words("weekly-all")
