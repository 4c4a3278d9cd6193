"""The page for a physio, and its card: the diary in words, on one page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from discord import ui

from bot.advice.library import Library
from bot.charts.picture import MOST_AREAS_ON_PAGE, Fact, ReportArea, ReportPage
from bot.checkins.days import AreaLookback, Lookback
from bot.checkins.models import CheckIn, Finding, NewSign
from bot.localtime import local_day
from bot.ui.cards.history import bands, checks_text, legend, series, trend_text
from bot.ui.cards.parts import Card, box, small
from bot.ui.cards.style import PLAIN
from bot.ui.catalog import Catalog
from bot.ui.phrases import day_text, levels_text, months

FILE = "limber-report.pdf"


@dataclass(frozen=True, slots=True)
class ReportMaterial:
    """What stands in the diary, and what the person adds for this page alone; that is kept nowhere."""

    checkins: Sequence[CheckIn]  # of the whole diary, oldest first
    findings: Sequence[Finding]
    since: str | None = None
    tried: str | None = None
    notes: bool = True  # whether notes go on the page


def page(
    library: Library, lookback: Lookback, material: ReportMaterial, today: date, zone: ZoneInfo, words: Catalog
) -> ReportPage:
    """Raises ValueError when nothing was logged in that time. At most three areas, those logged latest."""
    shown = lookback.areas[:MOST_AREAS_ON_PAGE]
    areas = {each.area for each in shown}
    several = len(shown) > 1  # what was said of all of it is not said of each place
    of_each = replace(material, since=None, tried=None) if several else material
    within = replace(
        of_each,
        checkins=[entry for entry in material.checkins if lookback.start <= entry.day(zone) <= lookback.end],
        findings=[check for check in material.findings if lookback.start <= local_day(check.at, zone) <= lookback.end],
    )
    noted = [entry for entry in reversed(within.checkins) if entry.note and entry.area in areas and material.notes]
    notes = [f"{day_text(entry.day(zone), words)}: {entry.note}" for entry in noted]
    own_words = [words("report-since-all", what=material.since)] if material.since else []
    own_words += [words("report-tried-all", what=material.tried)] if material.tried else []
    return ReportPage(
        title=words("report-title"),
        made_on=words("report-made", day=day_text(today, words)),
        covers=words("history-span", start=day_text(lookback.start, words), end=day_text(lookback.end, words)),
        start=lookback.start,
        end=lookback.end,
        areas=tuple(
            _area(library, each, within, _onset(each, of_each, zone, words), zone, words, first=each is shown[0])
            for each in shown
        ),
        notes_label=words("report-notes"),
        notes=(*(own_words if several else ()), *notes),
        footer=words("report-footer"),
        more=words("report-more", count="{count}"),
        missing=words("report-missing"),
        y_label=words("chart-pain"),
        bands=bands(library, shown, words),
        legend=legend(words),
        months=months(words),
    )


def _onset(area: AreaLookback, material: ReportMaterial, zone: ZoneInfo, words: Catalog) -> str:
    """In the person's own words, else the first day in the whole diary."""
    first = next(entry for entry in material.checkins if entry.area == area.area)
    return material.since or words("report-first", day=day_text(first.day(zone), words))


def _area(
    library: Library,
    area: AreaLookback,
    material: ReportMaterial,
    onset: str,
    zone: ZoneInfo,
    words: Catalog,
    *,
    first: bool,
) -> ReportArea:
    """The `first` also has the symptom checks of no place: what they found bears on all of them."""
    places = {area.area, *([""] if first else [])}
    entries = [entry for entry in material.checkins if entry.area == area.area]
    findings = [finding for finding in reversed(material.findings) if finding.area in places]
    facts = (
        Fact(words("report-onset"), (onset,)),
        Fact(words("report-trend"), (trend_text(area, words),)),
        Fact(words("report-when"), tuple(_timings(entries, words))),
        Fact(words("report-new"), tuple(_new_signs(entries, zone, words))),
        Fact(words("report-checks"), tuple(checks_text(findings, zone, words))),
        Fact(words("report-tried"), (material.tried,) if material.tried else ()),
    )
    return ReportArea(series(library, area), tuple(fact for fact in facts if fact.items))


def _timings(entries: Sequence[CheckIn], words: Catalog) -> list[str]:
    """When it hurts and on which side, the most often named first; then how much while running."""
    timings = Counter(timing for entry in entries for timing in sorted(entry.moments))
    sides = Counter(entry.side for entry in entries if entry.side)
    during = [entry.during for entry in entries if entry.during is not None]
    lines = [
        words("report-times", what=words(f"when-{timing}"), count=count) for timing, count in timings.most_common()
    ]
    lines += [words("report-times", what=words(f"side-{side}"), count=count) for side, count in sides.most_common()]
    if during:
        lines.append(words("report-runs", count=len(during), levels=levels_text(min(during), max(during), words)))
    return lines


def _new_signs(entries: Sequence[CheckIn], zone: ZoneInfo, words: Catalog) -> list[str]:
    return [
        words("report-on", day=day_text(entry.day(zone), words), what=words.names(NewSign, "new")[sign])
        for entry in reversed(entries)
        for sign in sorted(entry.new)
    ]


def report(lookback: Lookback, words: Catalog) -> Card:
    """The page itself, as a file."""
    file: ui.File[Card] = ui.File(media=f"attachment://{FILE}")
    left_out = len(lookback.areas) - MOST_AREAS_ON_PAGE + lookback.left_out
    more = [small(words("report-left-out", count=left_out))] if left_out > 0 else []
    return Card(box(PLAIN, f"## {words('report-make')}\n{words('report-text')}", *more, file))
