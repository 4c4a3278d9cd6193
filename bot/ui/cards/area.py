"""The card for one area, and what its buttons open."""

from itertools import groupby

from discord import ui

from bot.advice.library import Library
from bot.advice.model import Area, Cause, Exercise, Source
from bot.ui.cards.parts import Block, Card, PagedCard, air, box, bullets, button, paged, row, rule, small
from bot.ui.cards.signs import left_out, stop_blocks
from bot.ui.cards.style import CALM, DANGER, GOOD, PLAIN, PRIMARY, STOP
from bot.ui.catalog import Catalog
from bot.ui.phrases import dose_text

CAUSES_ON_CARD = 3
HINTS = ("feel", "easier", "harder")


def pain(library: Library, area: Area, words: Catalog) -> list[Card]:
    """The private answer to `/pain`: warning signs first."""
    return [_card(library, area, words, share=True)]


def shared(library: Library, area: Area, words: Catalog) -> list[Card]:
    """The same general advice for the whole channel; its buttons answer privately whoever presses them."""
    return [_card(library, area, words, share=False)]


def _card(library: Library, area: Area, words: Catalog, *, share: bool) -> Card:
    stop = box(STOP, *stop_blocks(library, area, words))
    checked = button(words("card-check"), "check.begin", area.id, style=PRIMARY)
    run, log = button(words("card-run"), "run.begin", area.id), button(words("card-log"), "checkin.log", area.id)
    sharing = [button(words("card-share"), "advice.share", area.id)] if share else []
    if area.screen_first:
        rest: list[Block] = [f"## {area.title}", area.meanwhile or "", words("card-screen-first")]
        rest += [row(checked, run, log, *sharing)]
    else:
        none = button(words("card-none-apply"), "advice.open", "cleared", area.id, 0, style=GOOD)
        full = button(words("card-causes"), "advice.open", "causes", area.id, 0)
        never = button(words("card-avoid"), "advice.open", "avoid", area.id, 0)
        said = button(words("card-sources"), "advice.open", "sources", area.id, 0)
        rest = [*_open(library, area, words), row(none, checked, run, log), row(never, full, said, *sharing)]
    return Card(stop, box(CALM, *rest, small(words("card-foot", reviewed=area.reviewed.isoformat()))))


def _open(library: Library, area: Area, words: Catalog) -> list[Block]:
    blocks: list[Block] = [f"## {area.title}\n{words('card-often')}"]
    for cause in area.causes[:CAUSES_ON_CARD]:
        blocks += [air(), _cause_short(cause, words)]
    gentle = [library.exercises[name] for name in area.gentle]
    lines = bullets(_gentle(exercise, words) for exercise in gentle)
    if gentle:
        blocks += [rule(), f"**{words('card-gentle')}**\n{lines}", small(words("card-gentle-foot"))]
    return blocks


def _gentle(exercise: Exercise, words: Catalog) -> str:
    line = words("card-gentle-line", name=exercise.name, dose=dose_text(exercise.dose, words, weeks=False))
    return f"{line}. {exercise.avoid_if}" if exercise.avoid_if else line


def _cause_short(cause: Cause, words: Catalog) -> str:
    change = words("causes-change", change=cause.change)
    return f"**{cause.name}**\n{cause.what}\n{change}\n{small(words(f'evidence-{cause.evidence}'))}"


def causes(library: Library, area: Area, words: Catalog) -> list[Card]:
    """Every likely cause in full, with how it comes to hurt and who says so."""
    blocks = [area.summary, *(_cause_full(library, cause, words) for cause in area.causes)]
    title = words("causes-title", area=area.name)
    foot = words("causes-foot")
    return paged(PagedCard(PLAIN, title, "causes", area.id, foot, at_the_end=_wrong(area, words)), blocks, words)


def _cause_full(library: Library, cause: Cause, words: Catalog) -> str:
    said = words("evidence-by", evidence=words(f"evidence-{cause.evidence}"), sources=names(library, cause.sources))
    change = words("causes-change", change=cause.change)
    return f"### {cause.name}\n{cause.what}\n{cause.why}\n{change}\n{small(said)}"


def cleared(library: Library, area: Area, words: Catalog) -> list[Card]:
    """After "none of these apply to me": running with it, every exercise with its dose, when to be seen."""
    notes = bullets(note.text for note in area.can_run.notes)
    blocks = [words("cleared-intro"), f"### {words('cleared-running')}\n{notes}"]
    if area.screen_first:
        blocks.insert(0, area.summary)
        blocks += [_cause_full(library, cause, words) for cause in area.causes]
        avoided = bullets(avoid.text for avoid in area.avoid)
        blocks.append(f"### {words('card-avoid')}\n{avoided}")
    refs = {ref.id: ref.note for ref in area.exercises}
    numbered = enumerate(library.prescribed(area), start=1)
    blocks += [_exercise(number, exercise, refs[exercise.id], words) for number, exercise in numbered]
    blocks.append(f"### {words('cleared-see-someone')}\n" + bullets(note.text for note in area.see_someone))
    title = words("cleared-title", area=area.name)
    plan = library.routine_for(area, minutes=None)
    onward = [
        button(
            words("routine-other", name=plan.name, minutes=plan.minutes),
            "advice.open",
            "routine",
            plan.id,
            0,
            style=GOOD,
        ),
        button(words("tip-area-one"), "tip.open", area.id, "any"),
        button(words("card-sources"), "advice.open", "sources", area.id, 0),
    ]
    foot = words("cleared-foot", ceiling=area.can_run.ceiling)
    front = None if area.screen_first else _rest_of_the_signs(library, area, words)
    return paged(PagedCard(CALM, title, "cleared", area.id, foot, at_the_end=onward, front=front), blocks, words)


def _rest_of_the_signs(library: Library, area: Area, words: Catalog) -> Card:
    """What found no place on the card comes before the exercises, on a page of its own."""
    blocks: list[Block] = [f"## {words('cleared-unseen')}"]
    for disposition, group in groupby(left_out(library, area, words), key=lambda sign: sign.disposition):
        blocks.append(f"**{words(f'signs-on-card-{disposition}')}**\n" + bullets(sign.short for sign in group))
    go_on = button(words("cleared-none-either"), "advice.turn", "cleared", area.id, 1, style=GOOD)
    yes = button(words("stop-yes"), "advice.open", "now", area.id, 0, style=DANGER)
    return Card(box(STOP, *blocks, row(yes, go_on), small(words("stop-not-sure"))))


def _exercise(number: int, exercise: Exercise, note: str | None, words: Catalog) -> str:
    lines = [f"### {number}. {exercise.name}", f"**{dose_text(exercise.dose, words)}**"]
    if note:
        lines.append(note)
    lines.append(exercise.start)
    lines += [f"{at}. {step}" for at, step in enumerate(exercise.steps, start=1)]
    lines.append("")
    lines += [words(f"exercise-{hint}", text=text) for hint in HINTS if (text := getattr(exercise, hint))]
    lines += [exercise.avoid_if] if exercise.avoid_if else []
    return "\n".join([*lines, f"**{exercise.stop_if}**"])


def avoid(_library: Library, area: Area, words: Catalog) -> list[Card]:
    """What not to do, and why."""
    blocks = [f"**{entry.text}**\n{entry.why}" for entry in area.avoid]
    title = words("avoid-title", area=area.name)
    foot = words("avoid-foot")
    return paged(PagedCard(STOP, title, "avoid", area.id, foot, at_the_end=_wrong(area, words)), blocks, words)


def sources(library: Library, area: Area, words: Catalog) -> list[Card]:
    """Who says so: every source of the page, the key reading first, with what it found and how far we checked."""
    blocks = [_source(source, words) for source in library.cited_by(area)]
    foot = words("sources-foot", reviewed=area.reviewed.isoformat(), by=area.reviewed_by)
    title, wrong = words("sources-title", area=area.name), _wrong(area, words)
    return paged(PagedCard(PLAIN, title, "sources", area.id, foot, at_the_end=wrong), blocks, words)


def _wrong(area: Area, words: Catalog) -> list[ui.Button[Card]]:
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


def names(library: Library, ids: tuple[str, ...]) -> str:
    """Short names of sources: "Leppänen 2024"."""
    return ", ".join(
        f"{_surname(s.authors)} {s.year}" if s.year else s.title for s in map(library.sources.__getitem__, ids)
    )


def _surname(authors: str) -> str:
    first = authors.split(",", maxsplit=1)[0].split(" and ", maxsplit=1)[0].strip()
    return first.rsplit(" ", 1)[0] if first.rsplit(" ", 1)[-1].isupper() else first
