"""Why it hurts: each likely cause on a page of its own, the most common first; and who says so."""

from collections.abc import Sequence

from discord import SelectOption, ui

from bot.advice.library import Library
from bot.advice.model import Area, Cause, Source
from bot.typed_text import shortened
from bot.ui.cards.area import back_to
from bot.ui.cards.pages import PagedCard
from bot.ui.cards.parts import Card, answer_rows, box, button, menu, small
from bot.ui.cards.style import PLAIN, PRIMARY
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id
from bot.ui.limits import CHOICE


def causes(_library: Library, area: Area, words: Catalog) -> list[Card]:
    """Every likely cause in full, a page for each, and a menu to go to any of them."""
    return [_cause_page(area, at, words) for at in range(len(area.causes))]


def _cause_page(area: Area, at: int, words: Catalog) -> Card:
    title = small(words("causes-title", area=area.name))
    options = [
        SelectOption(label=shortened(cause.name, CHOICE), value=f"causes.{area.id}.{number}", default=number == at)
        for number, cause in enumerate(area.causes)
    ]
    choice = menu(custom_id("advice.choose", "causes"), words("causes-choose"), options)
    opened_from = back_to("exercises" if area.screen_first else "pain", area, words)
    back = button(words("page-back"), "advice.turn", "causes", area.id, at - 1) if at else opened_from
    buttons = [back, button(words("card-sources"), "advice.open", "sources", area.id, 0)]
    if at + 1 < len(area.causes):
        buttons.append(button(words("page-next"), "advice.turn", "causes", area.id, at + 1, style=PRIMARY))
    foot = small(words("causes-foot"))
    return Card(box(PLAIN, title, _cause(area.causes[at], words), choice, *answer_rows(buttons), foot))


def _cause(cause: Cause, words: Catalog) -> str:
    evidence = small(words(f"evidence-{cause.evidence}"))
    change = words("causes-change", change=cause.change)
    return f"### {cause.name}\n{cause.what}\n{change}\n{cause.why}\n{evidence}"


def sources(library: Library, area: Area, words: Catalog) -> list[Card]:
    """Who says so: every source of the page, the key reading first, with what it found and how far we checked."""
    blocks = [area.summary, *(_source(source, words) for source in library.cited_by(area))]
    title = words("sources-title", area=area.name)
    foot = words("sources-foot", reviewed=area.reviewed.isoformat(), by=area.reviewed_by)
    back = back_to("causes", area, words)
    card = PagedCard(PLAIN, title, "sources", area.id, back, foot, last_buttons=_mistake(area, words))
    return card.pages(blocks, words)


def _mistake(area: Area, words: Catalog) -> Sequence[ui.Button[Card]]:
    """Whoever has read to the end may know better."""
    return [button(words("wrong-button"), "feedback.wrong", area.id)]


def _source(source: Source, words: Catalog) -> str:
    head = words("source-head", authors=source.authors, year=str(source.year or ""), title=source.title)
    grade = words("source-grade", where=source.where, grade=words(f"grade-{source.grade}"))
    checked = words(f"checked-{source.checked.replace('_', '-')}")
    link = f"https://doi.org/{source.doi}" if source.doi else source.url
    lines = [f"**{head.strip()}**", source.finding, small(f"{grade} · {checked}")]
    if link:
        lines.append(small(f"<{link}>"))
    return "\n".join(lines)


def short_names(library: Library, ids: tuple[str, ...]) -> str:
    """Sources as one cites them: "Leppänen 2024"."""
    cited = [library.sources[source] for source in ids]
    return ", ".join(f"{_surname(source.authors)} {source.year}" if source.year else source.title for source in cited)


def _surname(authors: str) -> str:
    first = authors.split(",", maxsplit=1)[0].split(" and ", maxsplit=1)[0].strip()
    return first.rsplit(" ", 1)[0] if first.rsplit(" ", 1)[-1].isupper() else first
