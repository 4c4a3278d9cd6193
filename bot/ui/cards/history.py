"""Cards of the pain history: the chart, and the same in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from zoneinfo import ZoneInfo

import discord

from bot.advice.library import Library
from bot.charts.picture import Band, DayPoint, HistoryPicture, Legend, Series
from bot.checkins.days import POINTS, AreaLookback, Direction, Gap, Lookback
from bot.checkins.models import Finding
from bot.localtime import local_day
from bot.typed_text import shortened
from bot.ui.cards.diary import name
from bot.ui.cards.heights import BUTTON_ROW, FRAME, GAP, Part, fitting, text_height
from bot.ui.cards.pages import joined
from bot.ui.cards.parts import Card, box, button, picture_block, row, small
from bot.ui.cards.style import PLAIN, PRIMARY
from bot.ui.catalog import Catalog
from bot.ui.limits import ALT, PHONE
from bot.ui.phrases import day_text, levels_text, months, reasons_of

FILE = "history.png"
RANGES = (28, 90, 365)
IN_WORDS, CHART = "words", "chart"  # what else a button of the chart can ask for
GAPS_NAMED = 1
REASONS_SHOWN = 4
CHECKS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class View:
    """What somebody looks at; kept in memory, so that no area stands in a button."""

    area: str | None = None  # None: every area
    days: int = RANGES[0]
    dark: bool = True


def other(view: View, what: str) -> View | None:
    """Another range, the other theme, or the same again; None for anything else."""
    if what in {IN_WORDS, CHART}:
        return view
    if what == "theme":
        return replace(view, dark=not view.dark)
    return replace(view, days=int(what)) if what in map(str, RANGES) else None


def picture(library: Library, lookback: Lookback, view: View, words: Catalog) -> HistoryPicture:
    """What is drawn. Raises ValueError when nothing was logged."""
    names = [name(library, each.area) for each in lookback.areas]
    return HistoryPicture(
        title=words("history-title", what=names[0] if len(names) == 1 else words("history-all")),
        series=tuple(series(library, each) for each in lookback.areas),
        start=lookback.start,
        end=lookback.end,
        bands=bands(library, lookback.areas, words),
        y_label=words("chart-pain"),
        legend=legend(words),
        months=months(words),
        dark=view.dark,
    )


def bands(library: Library, areas: Iterable[AreaLookback], words: Catalog) -> tuple[Band, ...]:
    """Green, amber, red on a run; amber ends at the ceiling of the area that bears least (clinical facts, 3.2)."""
    limits = library.running.limits
    ceilings = [library.areas[each.area].can_run.ceiling for each in areas if each.area in library.areas]
    green = limits.green + 0.5  # between two whole numbers
    amber = max(green + 0.5, min([limits.amber, *ceilings]) + 0.5)
    return (
        Band(0, green, words("chart-green")),
        Band(green, amber, words("chart-amber")),
        Band(amber, 10, words("chart-red")),
    )


def legend(words: Catalog) -> Legend:
    """What the marks of a chart stand for, in words."""
    return Legend(
        typical=words("chart-typical"),
        spread=words("chart-spread"),
        gap=words("chart-gap"),
        weekly=words("chart-weekly"),
    )


def series(library: Library, area: AreaLookback) -> Series:
    """The days of one area, as they are drawn."""
    points = (DayPoint(day.date, typical=day.level, best=day.best, worst=day.worst) for day in area.days)
    return Series(name(library, area.area), tuple(points))


def history(
    library: Library, lookback: Lookback, view: View, view_id: str, words: Catalog, checks: Sequence[str] = ()
) -> Card:
    """The chart and the same in words, those of several places one press away; without an entry, where there may be.

    `checks`: the symptom checks of no place, newest first; one press away as well.
    """
    if not lookback.areas:
        return empty(library, view, view_id, words, checks)
    choices = [days for days in RANGES if days != view.days]
    view_buttons = [button(words(f"history-{days}"), "history.change", view_id, days) for days in choices]
    theme = words("history-light" if view.dark else "history-dark")
    view_buttons.append(button(theme, "history.change", view_id, "theme"))
    alone = len(lookback.areas) == 1
    in_words = [_in_words(library, lookback.areas[0], words)] if alone else []
    buttons = [button(words("entries-title"), "entry.list", 0)]
    if checks or not alone:
        buttons.insert(0, button(words("history-in-words"), "history.change", view_id, IN_WORDS, style=PRIMARY))
    last = (button(words("report-make"), "report.of_view", view_id), button(words("diary-checkin"), "checkin.start"))
    chart = picture_block(FILE, _alt(library, lookback, words))
    return Card(box(PLAIN, _head(lookback, words), chart, *in_words, row(*view_buttons), row(*buttons), row(*last)))


def in_words(library: Library, lookback: Lookback, view_id: str, words: Catalog, checks: Sequence[str] = ()) -> Card:
    """Several places in words, each its range and its trend; then the symptom checks of no place."""
    texts = [f"{_range_text(library, each, words)}\n{_trend_text(each, words)}" for each in lookback.areas]
    parts = [Part(text, rank=1 + at) for at, text in enumerate(texts)]
    parts += _checked(checks, words)
    fits, _ = fitting(parts, PHONE - FRAME - text_height(_head(lookback, words)) - 2 * BUTTON_ROW - GAP)
    more = [small(words("history-left-out", count=lookback.left_out))] if lookback.left_out else []
    back = row(button(words("page-back"), "history.change", view_id, CHART))
    return Card(box(PLAIN, _head(lookback, words), *joined(fits), *more, back))


def _checked(checks: Sequence[str], words: Catalog) -> list[Part]:
    """Symptom checks, the newest of them always."""
    latest = [Part(f"- {check}", rank=at) for at, check in enumerate(checks[:CHECKS_SHOWN])]
    return [Part(f"**{words('history-checks')}**"), *latest] if checks else []


def _head(lookback: Lookback, words: Catalog) -> str:
    span = words("history-span", start=day_text(lookback.start, words), end=day_text(lookback.end, words))
    return f"## {words('history-heading')}\n{small(span)}"


def empty(library: Library, view: View, view_id: str, words: Catalog, checks: Sequence[str] = ()) -> Card:
    """Nothing was logged in that time; the longer ones, and all there is, are one press away.

    `checks`: the symptom checks of no place there are all the same.
    """
    text = words("history-none", days=view.days)
    if view.area is not None:
        text = words("history-none-area", area=name(library, view.area), days=view.days)
    parts = [Part(text), *_checked(checks, words)]
    fits, _ = fitting(parts, PHONE - FRAME - 2 * BUTTON_ROW - GAP)
    longer = [button(words(f"history-{days}"), "history.change", view_id, days) for days in RANGES if days > view.days]
    first = button(words("diary-checkin"), "checkin.start", style=PRIMARY)
    return Card(box(PLAIN, *joined(fits), row(first, *longer, button(words("entries-title"), "entry.list", 0))))


def _alt(library: Library, lookback: Lookback, words: Catalog) -> str:
    """What the chart shows, for who cannot see it; at most what Discord takes."""
    lines = [words("history-alt", start=day_text(lookback.start, words), end=day_text(lookback.end, words))]
    lines += [_in_words(library, each, words, plain=True) for each in lookback.areas]
    return shortened(" ".join(lines), ALT)


def _in_words(library: Library, area: AreaLookback, words: Catalog, *, plain: bool = False) -> str:
    """Range, trend with its rule, gaps."""
    lines = [_range_text(library, area, words, plain=plain), trend_text(area, words)]
    if area.gaps:
        lines.append(_gaps_text(area.gaps, words))
    return (" " if plain else "\n").join(lines)


def _range_text(library: Library, area: AreaLookback, words: Catalog, *, plain: bool = False) -> str:
    levels = words("history-range", levels=levels_text(area.best, area.worst, words), days=len(area.days))
    title = name(library, area.area)
    return f"{title}: {levels}" if plain else f"**{title}**: {levels}"


def trend_text(area: AreaLookback, words: Catalog) -> str:
    """The trend, and why we say so."""
    trend = area.trend
    text = _trend_text(area, words)
    if trend.direction is Direction.TOO_LITTLE or trend.end is None:
        return text
    rule_of_thumb = trend.rule.replace("_", "-")
    text = f"{text} {words(f'rule-{rule_of_thumb}')}"
    latest = area.days[-1].worst
    if latest - trend.end >= POINTS:
        return f"{text} {words('trend-but', pain=latest)}"
    return f"{text} {words('trend-rise')}" if area.risen and trend.direction is not Direction.WORSE else text


def checks_text(findings: Iterable[Finding], zone: ZoneInfo, words: Catalog) -> list[str]:
    """Symptom checks, each in a line: when, what it came to and why, whether somebody has looked since."""
    lines = []
    for finding in findings:
        if not (finding.because or finding.reasons) and finding.cleared_at == finding.at:
            continue  # a bare "I was seen" is kept as a finding cleared when it was made: no check stands behind it
        reasons = "; ".join(reasons_of(finding, words)[:REASONS_SHOWN])
        result = words(f"light-{finding.disposition}") + (f" ({reasons})" if reasons else "")
        result = result if finding.area else words("report-no-place", what=result)
        if finding.cleared_at is not None:
            cleared = day_text(local_day(finding.cleared_at, zone), words)
            result = words("report-cleared", what=result, day=cleared)
        lines.append(words("report-on", day=day_text(local_day(finding.at, zone), words), what=result))
    return lines


def _trend_text(area: AreaLookback, words: Catalog) -> str:
    trend = area.trend
    if trend.direction is Direction.TOO_LITTLE or trend.begin is None or trend.end is None:
        return words("trend-too-little")
    return words(f"trend-{trend.direction}", begin=f"{trend.begin:g}", end=f"{trend.end:g}")


def _gaps_text(gaps: Sequence[Gap], words: Catalog) -> str:
    """The longest gaps by their days, the others by their number."""
    longest = sorted(gaps, key=lambda gap: -gap.length)[:GAPS_NAMED]
    spans = [
        words("history-gap", start=day_text(gap.first, words), end=day_text(gap.last, words))
        for gap in sorted(longest, key=lambda gap: gap.first)
    ]
    return words("history-gaps", gaps=", ".join(spans), more=len(gaps) - len(longest))


def file_of(png: bytes, filename: str = FILE) -> discord.File:
    """The picture as an attachment."""
    return discord.File(BytesIO(png), filename=filename)
