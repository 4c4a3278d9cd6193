"""The card for one area, warning signs first, and what its buttons open."""

from collections.abc import Sequence
from itertools import groupby

from discord import ui

from bot.advice.disposition import Disposition
from bot.advice.library import Library, Sign
from bot.advice.model import Area, Cause, Exercise, Source
from bot.ui.cards.parts import UNWELL, Block, Card, PagedCard, air, box, bullets, button, row, rule, small
from bot.ui.cards.style import CALM, DANGER, GOOD, PLAIN, PRIMARY, QUIET, STOP
from bot.ui.catalog import Catalog
from bot.ui.limits import FLAGS
from bot.ui.phrases import dose_text

CAUSES_ON_CARD = 3
HINTS = ("feel", "easier", "harder")
ON_THE_CARD = (Disposition.EMERGENCY, Disposition.URGENT, Disposition.CLINICIAN)


def pain(library: Library, area: Area, words: Catalog) -> list[Card]:
    """The private answer to `/pain`: warning signs first."""
    return [_card(library, area, words, share=True)]


def shared(library: Library, area: Area, words: Catalog) -> list[Card]:
    """The same general advice for the whole channel; its buttons answer privately whoever presses them."""
    return [_card(library, area, words, share=False)]


def _card(library: Library, area: Area, words: Catalog, *, share: bool) -> Card:
    check_button = button(words("card-check"), "check.begin", area.id, style=PRIMARY)
    run_button = button(words("card-run"), "run.begin", area.id)
    log_button = button(words("card-log"), "checkin.log", area.id)
    share_button = [button(words("card-share"), "advice.share", area.id)] if share else []
    if area.screen_first:
        advice: list[Block] = [f"## {area.title}", area.meanwhile or "", words("card-screen-first")]
        advice += [row(check_button, run_button, log_button, *share_button)]
    else:
        cleared_button = button(words("card-none-apply"), "advice.open", "cleared", area.id, 0, style=GOOD)
        avoid_button = button(words("card-avoid"), "advice.open", "avoid", area.id, 0)
        causes_button = button(words("card-causes"), "advice.open", "causes", area.id, 0)
        advice = [
            *_causes_and_exercises(library, area, words),
            row(cleared_button, check_button, run_button, log_button),
            row(avoid_button, causes_button, _sources_button(area, words), *share_button),
        ]
    foot = small(words("card-foot", reviewed=area.reviewed.isoformat()))
    return Card(_warning_signs(library, area, words), box(CALM, *advice, foot))


def _warning_signs(library: Library, area: Area, words: Catalog) -> ui.Container[Card]:
    """The red half of the card: is it any of these?"""
    label, style = ("stop-go-through", GOOD) if area.screen_first else ("stop-all", QUIET)
    yes_button = button(words("stop-yes"), "advice.open", "now", area.id, 0, style=DANGER)
    all_button = button(words(label), "advice.open", "signs", area.id, 0, style=style)
    title = f"## {words('stop-title')}"
    return box(STOP, title, *_worst_signs(library, area, words), row(yes_button, all_button))


def _worst_signs(library: Library, area: Area, words: Catalog) -> list[str]:
    """The general line, then the area's worst signs: as many as fit in `FLAGS` characters, worst first."""
    unseen = left_out(library, area, words)
    unseen_ids = {sign.id for sign in unseen}
    shown = [sign for sign in library.own_signs(area) if sign.id not in unseen_ids]
    return _sign_blocks(library, shown, len(unseen), words)


def left_out(library: Library, area: Area, words: Catalog) -> list[Sign]:
    """The signs that find no place on the card: the area's mildest, and every general one, worst first."""
    own, every = library.own_signs(area), library.signs(area)
    for count in range(len(own), 0, -1):
        shown = own[:count]
        shown_ids = {sign.id for sign in shown}
        unseen = [sign for sign in every if sign.id not in shown_ids]
        if sum(map(len, _sign_blocks(library, shown, len(unseen), words))) <= FLAGS:
            return unseen
    return every


def _sign_blocks(library: Library, signs: Sequence[Sign], more: int, words: Catalog) -> list[str]:
    """`more`: how many signs are not among them."""
    lines = {Disposition.EMERGENCY: [library.general.line]}
    for sign in signs:
        lines.setdefault(sign.disposition, []).append(sign.short)
    blocks = [f"**{words(f'signs-on-card-{disposition}')}**\n{bullets(lines[disposition])}" for disposition in lines]
    foot = f"{words('signs-more', count=more)} {words('stop-not-sure')}" if more else words("stop-not-sure")
    return [*blocks, small(foot)]


def general_stop(library: Library, words: Catalog) -> ui.Container[Card]:
    """What is an emergency whatever hurts; for answers that are about no area."""
    yes_button = row(button(words("stop-yes"), "advice.open", "now", UNWELL, 0, style=DANGER))
    return box(STOP, f"## {words('stop-title')}", *_sign_blocks(library, (), 0, words), yes_button)


def all_signs(library: Library, area: Area, words: Catalog) -> list[Card]:
    """Every warning sign asked for this area, the general ones too, worst first, over as many pages as it takes."""
    blocks = []
    for disposition, signs in groupby(library.signs(area), key=lambda sign: sign.disposition):
        heading = f"### {words(f'signs-{disposition}')}\n"
        for sign in signs:
            blocks.append(f"{heading}- {sign.short}")
            heading = ""
    cleared_button = button(words("card-none-apply"), "advice.open", "cleared", area.id, 0, style=GOOD)
    title, foot = words("signs-title", area=area.name), words("signs-foot")
    card = PagedCard(STOP, title, "signs", area.id, foot, airy=False, last_buttons=[cleared_button])
    return card.pages(blocks, words)


def what_now(library: Library, area: Area | None, words: Catalog) -> list[Card]:
    """Somebody said yes, or is not sure: what to do now, worst first, and nothing else. Without an area, wherever."""
    blocks: list[Block] = [f"## {words('now-title')}", words("now-intro")]
    for disposition in ON_THE_CARD:
        guidance = library.guidance[disposition]
        blocks += [rule(), f"### {guidance.title}\n{words(f'now-{disposition}')}\n" + bullets(guidance.steps)]
    signs = ("signs", area.id) if area else ("pain", UNWELL)
    blocks.append(row(button(words("stop-all"), "advice.open", *signs, 0)))
    return [Card(box(STOP, *blocks, small(words("now-foot"))))]


def _causes_and_exercises(library: Library, area: Area, words: Catalog) -> list[Block]:
    blocks: list[Block] = [f"## {area.title}\n{words('card-often')}"]
    for cause in area.causes[:CAUSES_ON_CARD]:
        grade = small(words(f"evidence-{cause.evidence}"))
        blocks += [air(), f"**{cause.name}**\n{cause.what}\n{words('causes-change', change=cause.change)}\n{grade}"]
    lines = [_gentle(library.exercises[exercise], words) for exercise in area.gentle]
    if lines:
        blocks += [rule(), f"**{words('card-gentle')}**\n{bullets(lines)}", small(words("card-gentle-foot"))]
    return blocks


def _gentle(exercise: Exercise, words: Catalog) -> str:
    line = words("card-gentle-line", name=exercise.name, dose=dose_text(exercise.dose, words, weeks=False))
    return f"{line}. {exercise.avoid_if}" if exercise.avoid_if else line


def causes(library: Library, area: Area, words: Catalog) -> list[Card]:
    """Every likely cause in full, with how it comes to hurt and who says so."""
    blocks = [area.summary, *(_cause(library, cause, words) for cause in area.causes)]
    title, foot = words("causes-title", area=area.name), words("causes-foot")
    return PagedCard(PLAIN, title, "causes", area.id, foot, last_buttons=_mistake(area, words)).pages(blocks, words)


def _cause(library: Library, cause: Cause, words: Catalog) -> str:
    grade = words(f"evidence-{cause.evidence}")
    evidence = words("evidence-by", evidence=grade, sources=short_names(library, cause.sources))
    change = words("causes-change", change=cause.change)
    return f"### {cause.name}\n{cause.what}\n{cause.why}\n{change}\n{small(evidence)}"


def cleared(library: Library, area: Area, words: Catalog) -> list[Card]:
    """After "none of these apply to me": running with it, every exercise with its dose, when to be seen."""
    notes = bullets(note.text for note in area.can_run.notes)
    blocks = [words("cleared-intro"), f"### {words('cleared-running')}\n{notes}"]
    if area.screen_first:
        blocks.insert(0, area.summary)
        blocks += [_cause(library, cause, words) for cause in area.causes]
        blocks.append(f"### {words('card-avoid')}\n{bullets(avoid.text for avoid in area.avoid)}")
    notes_of = {ref.id: ref.note for ref in area.exercises}
    prescribed = enumerate(library.prescribed(area), start=1)
    blocks += [_exercise(number, exercise, notes_of[exercise.id], words) for number, exercise in prescribed]
    blocks.append(f"### {words('cleared-see-someone')}\n" + bullets(note.text for note in area.see_someone))
    plan = library.routine_for(area, minutes=None)
    routine_label = words("routine-other", name=plan.name, minutes=plan.minutes)
    buttons = [
        button(routine_label, "advice.open", "routine", plan.id, 0, style=GOOD),
        button(words("tip-area-one"), "tip.open", area.id, "any"),
        _sources_button(area, words),
    ]
    title, foot = words("cleared-title", area=area.name), words("cleared-foot", ceiling=area.can_run.ceiling)
    first_page = None if area.screen_first else _other_signs(library, area, words)
    card = PagedCard(CALM, title, "cleared", area.id, foot, last_buttons=buttons, first_page=first_page)
    return card.pages(blocks, words)


def _other_signs(library: Library, area: Area, words: Catalog) -> Card:
    """What found no place on the card comes before the exercises; of what is asked anywhere, the groups."""
    blocks: list[Block] = [f"## {words('cleared-unseen')}"]
    own = [sign for sign in left_out(library, area, words) if sign.flag.id not in library.general_ids]
    for disposition, signs in groupby(own, key=lambda sign: sign.disposition):
        blocks.append(f"**{words(f'signs-on-card-{disposition}')}**\n" + bullets(sign.short for sign in signs))
    blocks.append(f"**{words('signs-anywhere')}**\n" + bullets(group.name for group in library.triage.core))
    next_button = button(words("cleared-none-either"), "advice.turn", "cleared", area.id, 1, style=GOOD)
    yes_button = button(words("stop-yes"), "advice.open", "now", area.id, 0, style=DANGER)
    return Card(box(STOP, *blocks, row(yes_button, next_button), small(words("stop-not-sure"))))


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
    title, foot = words("avoid-title", area=area.name), words("avoid-foot")
    return PagedCard(STOP, title, "avoid", area.id, foot, last_buttons=_mistake(area, words)).pages(blocks, words)


def sources(library: Library, area: Area, words: Catalog) -> list[Card]:
    """Who says so: every source of the page, the key reading first, with what it found and how far we checked."""
    blocks = [_source(source, words) for source in library.cited_by(area)]
    title = words("sources-title", area=area.name)
    foot = words("sources-foot", reviewed=area.reviewed.isoformat(), by=area.reviewed_by)
    return PagedCard(PLAIN, title, "sources", area.id, foot, last_buttons=_mistake(area, words)).pages(blocks, words)


def _sources_button(area: Area, words: Catalog) -> ui.Button[Card]:
    return button(words("card-sources"), "advice.open", "sources", area.id, 0)


def _mistake(area: Area, words: Catalog) -> list[ui.Button[Card]]:
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
