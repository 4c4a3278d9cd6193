"""Looking back: the chart, and the same in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

import discord
from discord import ui

from bot.advice.library import Library
from bot.charts.picture import Band, DayPoint, HistoryPicture, Legend, Series
from bot.checkins.days import Day, Gap
from bot.checkins.lookback import AreaLookback, Lookback
from bot.checkins.trend import POINTS, Direction
from bot.ui.cards.diary import name
from bot.ui.cards.parts import Block, Card, box, button, row, rule, small
from bot.ui.cards.style import PLAIN, PRIMARY
from bot.ui.catalog import Catalog
from bot.ui.phrases import day_text, months

FILE = "history.png"
ALT = 1024  # characters; Discord's limit
RANGES = (28, 90, 365)
GAPS_NAMED = 2


@dataclass(frozen=True, slots=True)
class View:
    """What somebody looks at; kept in memory, so that no area stands in a button."""

    area: str | None = None  # None: every area
    days: int = RANGES[0]
    dark: bool = True


def picture(library: Library, found: Lookback, view: View, words: Catalog) -> HistoryPicture:
    """What is drawn. Raises ValueError when nothing was logged."""
    names = [name(library, one.area) for one in found.areas]
    return HistoryPicture(
        title=words("history-title", what=names[0] if len(names) == 1 else words("history-all")),
        series=tuple(series(text, one) for text, one in zip(names, found.areas, strict=True)),
        start=found.start,
        end=found.end,
        bands=bands(library, found.areas, words),
        y_label=words("chart-pain"),
        legend=legend(words),
        months=months(words),
        dark=view.dark,
    )


def bands(library: Library, areas: Iterable[AreaLookback], words: Catalog) -> tuple[Band, ...]:
    """Green, amber, red on a run; amber ends at the ceiling of the area that bears least (clinical facts, 3.2)."""
    limits = library.running.limits
    ceilings = [library.areas[one.area].can_run.ceiling for one in areas if one.area in library.areas]
    green = limits.green + 0.5  # between two whole numbers
    amber = max(green + 0.5, min([limits.amber, *ceilings]) + 0.5)
    return (
        Band(0, green, words("chart-green")),
        Band(green, amber, words("chart-amber")),
        Band(amber, 10, words("chart-red")),
    )


def legend(words: Catalog) -> Legend:
    return Legend(
        typical=words("chart-typical"),
        spread=words("chart-spread"),
        gap=words("chart-gap"),
        weekly=words("chart-weekly"),
    )


def series(text: str, one: AreaLookback) -> Series:
    """The days of one area, as they are drawn."""
    return Series(text, tuple(map(_point, one.days)))


def _point(day: Day) -> DayPoint:
    return DayPoint(day.date, typical=day.level, best=day.best, worst=day.worst)


def history(library: Library, found: Lookback, view: View, kept: str, words: Catalog) -> Card:
    """The chart with its text twin; without a single entry, how to begin."""
    if not found.areas:
        return empty(view, words)
    twin = [_in_words(library, one, words) for one in found.areas]
    more = [small(words("history-left-out", count=found.left_out))] if found.left_out else []
    span = words("history-span", start=day_text(found.start, words), end=day_text(found.end, words))
    gallery: ui.MediaGallery[Card] = ui.MediaGallery()
    gallery.add_item(media=f"attachment://{FILE}", description=alt_text(library, found, words))
    choices = [days for days in RANGES if days != view.days]
    turns = [button(words(f"history-{days}"), "history.change", kept, days) for days in choices]
    turns.append(button(words("history-light" if view.dark else "history-dark"), "history.change", kept, "theme"))
    buttons = row(
        button(words("entries-title"), "entry.list", 0),
        button(words("report-make"), "report.of_view", kept),
        button(words("diary-checkin"), "checkin.start", style=PRIMARY),
    )
    blocks: list[Block] = [f"## {words('history-heading')}\n{small(span)}"]
    return Card(
        box(PLAIN, *blocks, gallery, *(part for text in twin for part in (text, rule())), *more, row(*turns), buttons)
    )


def empty(view: View, words: Catalog) -> Card:
    text = words("history-none", days=view.days) if view.days else words("history-empty")
    return Card(box(PLAIN, text, row(button(words("diary-checkin"), "checkin.start", style=PRIMARY))))


def alt_text(library: Library, found: Lookback, words: Catalog) -> str:
    """What the chart shows, for who cannot see it; at most what Discord takes."""
    lines = [words("history-alt", start=day_text(found.start, words), end=day_text(found.end, words))]
    lines += [_in_words(library, one, words, plain=True) for one in found.areas]
    text = " ".join(lines)
    return text if len(text) <= ALT else text[: ALT - 1].rstrip() + "…"


def _in_words(library: Library, one: AreaLookback, words: Catalog, *, plain: bool = False) -> str:
    """Range, trend with its rule, gaps."""
    here = name(library, one.area)
    said = words("history-range", best=one.best, worst=one.worst, days=len(one.days))
    lines = [f"{here}: {said}" if plain else f"**{here}**: {said}", trend_text(one, words)]
    if missing := _missing(one.gaps, words):
        lines.append(missing)
    return (" " if plain else "\n").join(lines)


def trend_text(one: AreaLookback, words: Catalog) -> str:
    """Which way it goes, and why we say so."""
    found = one.trend
    if found.direction is Direction.TOO_LITTLE or found.begin is None or found.end is None:
        return words("trend-too-little")
    text = words(f"trend-{found.direction}", begin=round(found.begin), end=round(found.end))
    rule_of_thumb = found.rule.replace("_", "-")
    text = f"{text} {words(f'rule-{rule_of_thumb}')}"
    latest = one.days[-1].worst
    return f"{text} {words('trend-but', pain=latest)}" if latest - found.end >= POINTS else text


def _missing(found: Sequence[Gap], words: Catalog) -> str:
    if not found:
        return ""
    longest = sorted(found, key=lambda gap: -gap.length)[:GAPS_NAMED]
    spans = [
        words("history-gap", start=day_text(gap.first, words), end=day_text(gap.last, words))
        for gap in sorted(longest, key=lambda gap: gap.first)
    ]
    return words("history-gaps", gaps=", ".join(spans), more=len(found) - len(longest))


def file_of(png: bytes, filename: str = FILE) -> discord.File:
    """The picture as an attachment."""
    return discord.File(BytesIO(png), filename=filename)


def other(view: View, what: str) -> View | None:
    """Another range, or the other theme; None for anything else."""
    if what == "theme":
        return replace(view, dark=not view.dark)
    return replace(view, days=int(what)) if what in map(str, RANGES) else None
