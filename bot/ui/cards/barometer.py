"""Cards of the niggle barometer: what moderators see, and what a runner is asked before being counted."""

from collections.abc import Sequence
from datetime import date

from discord import ui

from bot.advice.library import Library
from bot.charts.picture import MOST_ROWS, BandRow, BarometerLegend, BarometerPicture, Cell
from bot.clubs.barometer import MIN_DAYS, MIN_PEOPLE, MOST_LEFT_OUT, NIGGLE
from bot.storage.barometer import Snapshot
from bot.ui.cards.diary import name
from bot.ui.cards.heights import BOX, BUTTON_ROW, text_height
from bot.ui.cards.pages import split_into_pages
from bot.ui.cards.parts import Card, box, bullets, button, picture_block, row, small
from bot.ui.cards.style import CALM, GOOD, PLAIN, PRIMARY
from bot.ui.catalog import Catalog
from bot.ui.limits import ALT, PHONE
from bot.ui.phrases import months

FILE = "barometer.png"
HERE, EVERYWHERE = "here", "all"  # which barometer to leave


def ask(words: Catalog) -> Card:
    """Before somebody is counted: what is counted, what moderators see, what it cannot stop, how to leave."""
    points = [
        words("barometer-what", pain=NIGGLE, days=MIN_DAYS),
        words("barometer-seen", few=MIN_PEOPLE),
        words("barometer-lot", most=MOST_LEFT_OUT),
        words("barometer-limits"),
        words("barometer-leaving"),
    ]
    join_button = button(words("barometer-yes"), "barometer.join", style=GOOD)
    buttons = row(join_button, button(words("barometer-no"), "privacy.show"))
    head = f"## {words('barometer-ask')}\n{words('barometer-why')}"
    return Card(box(PLAIN, head, bullets(points), buttons, small(words("barometer-nobody-told"))))


def joined(words: Catalog) -> Card:
    """The receipt of a yes."""
    text = f"## {words('barometer-joined')}\n{words('barometer-joined-text')}"
    return Card(box(CALM, text, row(leave_here(words), _back_button(words))))


def left(clubs: int, words: Catalog) -> Card:
    """The receipt of a leaving."""
    text = f"## {words('barometer-left', count=clubs)}\n{words('barometer-left-text')}"
    return Card(box(CALM, text, row(_back_button(words))))


def _back_button(words: Catalog) -> ui.Button[Card]:
    return button(words("barometer-back"), "privacy.show")


def join_here(words: Catalog) -> ui.Button[Card]:
    """For what is shown in a club."""
    return button(words("barometer-join"), "barometer.ask")


def leave_here(words: Catalog) -> ui.Button[Card]:
    """For what is shown in a club."""
    return button(words("barometer-leave"), "barometer.leave", HERE)


def leave_all(words: Catalog) -> ui.Button[Card]:
    """Wherever it is shown."""
    return button(words("barometer-leave-all"), "barometer.leave", EVERYWHERE)


def not_yet(words: Catalog) -> Card:
    """For moderators, while there is nothing to show: the same whether nobody takes part or a few do."""
    text = f"{words('barometer-few-text', few=MIN_PEOPLE)}\n\n{words('barometer-few-how')}"
    return Card(box(PLAIN, f"## {words('barometer-title')}\n**{words('barometer-few')}**", text, _foot(words)))


def stats(library: Library, weeks: Sequence[Snapshot], words: Catalog) -> Card:
    """For moderators: the chart; the same in words is one press away. `weeks` have something to show."""
    lines = [_line(library, area, weeks, words) for area in _areas(library, weeks)[:MOST_ROWS]]
    head = f"## {words('barometer-title')}\n{words('barometer-text')}"
    chart = picture_block(FILE, words("barometer-alt", lines="; ".join(lines))[:ALT])
    return Card(box(PLAIN, head, chart, row(button(words("history-in-words"), "barometer.words", 0, style=PRIMARY))))


def in_words(library: Library, weeks: Sequence[Snapshot], words: Catalog) -> list[Card]:
    """The last week by itself, which is what most look for; then every place, week by week; what a number means."""
    foot = _foot(words)
    title = f"## {words('barometer-title')}"
    areas = _areas(library, weeks)
    lines = [f"- {_line(library, area, weeks, words)}" for area in areas[:MOST_ROWS]]
    lines[0] = f"**{words('barometer-by-week')}**\n{lines[0]}"
    blocks = [*_last(library, weeks[-1], words), *lines]
    if more := [name(library, area) for area in areas[MOST_ROWS:]]:
        blocks.append(words("barometer-more", areas=", ".join(more)))
    if unknown := [_day(week.monday, words) for week in weeks if not week.known]:
        blocks.append(words("barometer-unknown", weeks=", ".join(unknown)))
    pages = split_into_pages(blocks, PHONE - BOX - BUTTON_ROW - text_height(f"{title}\n{foot}"))
    return [
        Card(box(PLAIN, title, "\n".join(page), _turns(at, len(pages), words), foot)) for at, page in enumerate(pages)
    ]


def _turns(at: int, pages: int, words: Catalog) -> ui.ActionRow[Card]:
    back = button(words("page-back"), "barometer.words", at - 1)
    onward = [button(words("page-next"), "barometer.words", at + 1, style=PRIMARY)] if at + 1 < pages else []
    return row(back, *onward)


def picture(library: Library, weeks: Sequence[Snapshot], words: Catalog) -> BarometerPicture:
    """What is drawn. Raises ValueError when there is nothing to show."""
    rows = [
        BandRow(name(library, area), tuple(_cell(week.bands.get(area), words) for week in weeks))
        for area in _areas(library, weeks)[:MOST_ROWS]
    ]
    return BarometerPicture(
        title=words("barometer-title"),
        unit=words("barometer-unit"),
        mondays=tuple(week.monday for week in weeks),
        rows=tuple(rows),
        unknown=frozenset(week.monday for week in weeks if not week.known),
        legend=BarometerLegend(
            shown=words("barometer-key-shown"),
            nothing=words("barometer-key-nothing"),
            gap=words("barometer-key-unknown"),
        ),
        months=months(words),
        dark=True,
    )


def _areas(library: Library, weeks: Sequence[Snapshot]) -> list[str]:
    """What is shown in any week: most people in the last week first, then most in any."""
    last = weeks[-1].bands if weeks else {}
    most: dict[str, int] = {}
    for week in weeks:
        for area, low in week.bands.items():
            most[area] = max(low, most.get(area, 0))
    return sorted(most, key=lambda area: (-last.get(area, 0), -most[area], name(library, area)))


def _last(library: Library, week: Snapshot, words: Catalog) -> list[str]:
    head = f"**{words('barometer-last', day=_day(week.monday, words))}**"
    if not week.bands:
        return [f"{head}\n{words('barometer-key-nothing' if week.known else 'barometer-key-unknown')}"]
    people = {area: words("barometer-people", low=low, high=_high(low)) for area, low in week.bands.items()}
    areas = _areas(library, [week])
    lines = [f"- {words('barometer-last-area', area=name(library, area), people=people[area])}" for area in areas]
    return [f"{head}\n{lines[0]}", *lines[1:]]


def _line(library: Library, area: str, weeks: Sequence[Snapshot], words: Catalog) -> str:
    shown = ((_day(week.monday, words), week.bands[area]) for week in weeks if area in week.bands)
    counts = (words("barometer-week", day=day, low=low, high=_high(low)) for day, low in shown)
    return words("barometer-line", area=name(library, area), weeks=" · ".join(counts))


def _high(low: int) -> int:
    return low + MIN_PEOPLE - 1


def _cell(low: int | None, words: Catalog) -> Cell | None:
    return None if low is None else Cell(low, words("barometer-cell", low=low, high=_high(low)))


def _day(monday: date, words: Catalog) -> str:
    return words("barometer-day", day=monday.day, month=words(f"month-{monday.month}"))


def _foot(words: Catalog) -> str:
    return small(words("barometer-foot", pain=NIGGLE, days=MIN_DAYS, most=MOST_LEFT_OUT))
