"""The page for a physio: from the diary to words, for one sheet of paper."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from discord import ui

from bot.advice.library import Library
from bot.charts.picture import MOST_AREAS_ON_PAGE, Fact, ReportArea, ReportPage
from bot.checkins.lookback import AreaLookback, Lookback
from bot.checkins.models import CheckIn, Finding
from bot.localtime import local_day
from bot.ui.cards.diary import name
from bot.ui.cards.history import bands, legend, series, trend_text
from bot.ui.cards.parts import Card, box, small
from bot.ui.cards.style import PLAIN
from bot.ui.catalog import Catalog
from bot.ui.phrases import day_text, months

FILE = "limber-report.pdf"


@dataclass(frozen=True, slots=True)
class Told:
    """What stands in the diary, and what the person adds for this page alone; that is kept nowhere."""

    checkins: Sequence[CheckIn]  # of the whole diary, oldest first
    findings: Sequence[Finding]
    since: str | None = None
    tried: str | None = None
    notes: bool = True  # whether notes go on the page


def page(library: Library, found: Lookback, told: Told, today: date, zone: ZoneInfo, words: Catalog) -> ReportPage:
    """Raises ValueError when nothing was logged in that time. At most three areas, those logged latest."""
    shown = found.areas[:MOST_AREAS_ON_PAGE]
    names = {one.area for one in shown}
    logged = [entry for entry in told.checkins if found.start <= local_day(entry.at, zone) <= found.end]
    checks = [finding for finding in told.findings if found.start <= local_day(finding.at, zone) <= found.end]
    once = len(shown) > 1  # what was said of all of it is not said of each place
    of_each = replace(told, since=None, tried=None) if once else told
    within = replace(of_each, checkins=logged, findings=checks)
    of_all = _of_all(told, words) if once else []
    noted = [entry for entry in reversed(logged) if entry.note and entry.area in names and told.notes]
    return ReportPage(
        title=words("report-title"),
        made_on=words("report-made", day=day_text(today, words)),
        covers=words("history-span", start=day_text(found.start, words), end=day_text(found.end, words)),
        start=found.start,
        end=found.end,
        areas=tuple(_area(library, one, within, _onset(one, of_each, zone, words), zone, words) for one in shown),
        notes_label=words("report-notes"),
        notes=(*of_all, *(f"{day_text(local_day(entry.at, zone), words)}: {entry.note}" for entry in noted)),
        footer=words("report-footer"),
        more=words("report-more", count="{count}"),
        y_label=words("chart-pain"),
        bands=bands(library, shown, words),
        legend=legend(words),
        months=months(words),
    )


def _of_all(told: Told, words: Catalog) -> list[str]:
    """What the person adds, once for the whole page; first among the notes."""
    lines = [words("report-since-all", what=told.since)] if told.since else []
    return lines + ([words("report-tried-all", what=told.tried)] if told.tried else [])


def _onset(one: AreaLookback, told: Told, zone: ZoneInfo, words: Catalog) -> str:
    """In the person's own words, else the first day in the whole diary."""
    first = next(entry for entry in told.checkins if entry.area == one.area)
    return told.since or words("report-first", day=day_text(local_day(first.at, zone), words))


def _area(library: Library, one: AreaLookback, told: Told, onset: str, zone: ZoneInfo, words: Catalog) -> ReportArea:
    entries = [entry for entry in told.checkins if entry.area == one.area]
    findings = [finding for finding in reversed(told.findings) if finding.area == one.area]
    facts = (
        Fact(words("report-onset"), (onset,)),
        Fact(words("report-trend"), (trend_text(one, words),)),
        Fact(words("report-when"), tuple(_when(entries, words))),
        Fact(words("report-new"), tuple(_new(entries, zone, words))),
        Fact(words("report-checks"), tuple(_checks(findings, zone, words))),
        Fact(words("report-tried"), (told.tried,) if told.tried else ()),
    )
    return ReportArea(series(name(library, one.area), one), tuple(fact for fact in facts if fact.items))


def _when(entries: Iterable[CheckIn], words: Catalog) -> list[str]:
    """When it hurts and on which side, the most often named first."""
    told = list(entries)
    hurting = Counter(hurts for entry in told for hurts in sorted(entry.moments))
    sides = Counter(entry.side for entry in told if entry.side)
    ran = [entry.during for entry in told if entry.during is not None]
    lines = [words("report-times", what=words(f"when-{hurts}"), count=count) for hurts, count in hurting.most_common()]
    lines += [words("report-times", what=words(f"side-{side}"), count=count) for side, count in sides.most_common()]
    if ran:
        lines.append(words("report-runs", count=len(ran), best=min(ran), worst=max(ran)))
    return lines


def _new(entries: Iterable[CheckIn], zone: ZoneInfo, words: Catalog) -> list[str]:
    return [
        words("report-on", day=day_text(local_day(entry.at, zone), words), what=words(f"new-{sign.replace('_', '-')}"))
        for entry in reversed(list(entries))
        for sign in sorted(entry.new)
    ]


def _checks(findings: Iterable[Finding], zone: ZoneInfo, words: Catalog) -> list[str]:
    lines = []
    for finding in filter(_asked, findings):
        reasons = "; ".join(finding.reasons[:4])
        what = words(f"light-{finding.disposition}") + (f" ({reasons})" if reasons else "")
        if finding.cleared_at is not None:
            what = words("report-cleared", what=what, day=day_text(local_day(finding.cleared_at, zone), words))
        lines.append(words("report-on", day=day_text(local_day(finding.at, zone), words), what=what))
    return lines


def _asked(finding: Finding) -> bool:
    """Whether a check stands behind it; a bare "I was seen" is kept as a finding cleared when it was made."""
    return bool(finding.because or finding.reasons) or finding.cleared_at != finding.at


def report(found: Lookback, words: Catalog) -> Card:
    """The page itself, as a file."""
    file: ui.File[Card] = ui.File(media=f"attachment://{FILE}")
    left = len(found.areas) - MOST_AREAS_ON_PAGE + found.left_out
    more = [small(words("report-left-out", count=left))] if left > 0 else []
    return Card(box(PLAIN, f"## {words('report-make')}\n{words('report-text')}", *more, file))
