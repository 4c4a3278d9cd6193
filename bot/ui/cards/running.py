"""*Can I run?*: what the diary says before, the light, and the way back to running."""

from collections.abc import Iterable, Iterator

from discord import ui
from discord.utils import format_dt

from bot.advice.library import Library
from bot.advice.model import Area, Light, LightGuidance, Note
from bot.checkins.clearance import RunFacts
from bot.checkins.models import Finding
from bot.checkins.prompts import Prompt
from bot.checkins.runs import RunLight
from bot.triage.answers import Answer, Session
from bot.triage.carry_over import CHANGED, LAST_TIME, SAME, offered
from bot.triage.questionnaire import questionnaire
from bot.triage.running import Verdict
from bot.ui.cards.area import general_stop
from bot.ui.cards.heights import BOX, BUTTON_ROW, Part, fitting, text_height
from bot.ui.cards.pages import ResultPages, joined
from bot.ui.cards.parts import Block, Card, StackedCard, answer_rows, area_menu, box, bullets, button, row, small
from bot.ui.cards.style import AMBER, CALM, GOOD, PLAIN, PRIMARY, QUIET, STOP
from bot.ui.catalog import Catalog
from bot.ui.limits import PHONE
from bot.ui.phrases import reasons_of, run_reasons

COLOURS = {Light.RED: STOP, Light.AMBER: AMBER, Light.GREEN: CALM}

LONGEST_LIST = 360  # px of what was said last time; more is set small

#: What a run in the diary comes to today. A run that is unknown says nothing.
LIGHTS = {RunLight.RED: Light.RED, RunLight.AMBER: Light.AMBER}


def where(library: Library, words: Catalog) -> Card:
    """`/canirun` without an area: which one?"""
    question = box(PLAIN, f"## {words('run-where')}", area_menu(library, "run.area", words))
    return Card(general_stop(library, words), question)


def diary_lights(facts: RunFacts, words: Catalog) -> tuple[tuple[Light, str], ...]:
    """What the diary says before the run, as the check wants it."""
    lights = [(Light.RED, words.names(Prompt, "prompt")[prompt]) for prompt in facts.prompts]
    if facts.last is not None and facts.last.light in LIGHTS:
        run_light = LIGHTS[facts.last.light]
        lights += [(run_light, reason) for reason in run_reasons(facts.last, words)]
    if facts.no_zone:
        lights.append((Light.AMBER, words("run-no-zone")))
    from_diary = [(light, words("run-diary", what=text)) for light, text in lights]
    return (*from_diary, *([(Light.AMBER, words("run-unread"))] if facts.unread else []))


def sure(session: Session, words: Catalog) -> Card:
    """Was it really said that one may run?"""
    buttons = row(button(words("run-seen-yes"), "run.cleared", session.id), button(words("run-seen-no"), "run.start"))
    return Card(box(AMBER, f"## {words('run-seen-ask')}\n{words('run-seen-text')}", buttons))


def seen_first(library: Library, area: Area, facts: RunFacts, session: Session, words: Catalog) -> Card:
    """No run before somebody has looked: an open finding, or red again and again."""
    parts = [Part(small(area.name))]
    if (finding := facts.blocked) is not None:
        parts += _open_finding(library, area, finding, words)
    else:
        parts += [Part(words("run-blocked-again")), Part(words("run-blocked-why"))]
    fits, _ = fitting(parts, PHONE - BOX - 2 * text_height(f"## {words('run-blocked-title')}") - 2 * BUTTON_ROW)
    buttons = (
        button(words("card-check"), "check.begin", area.id, style=PRIMARY),
        button(words("run-seen"), "run.seen", session.id),
    )
    return Card(box(STOP, f"## {words('run-blocked-title')}", *joined(fits), *answer_rows(buttons)))


def _open_finding(library: Library, area: Area, finding: Finding, words: Catalog) -> Iterator[Part]:
    """What a check of theirs came to, and what to do about it; as much as fits."""
    name = library.areas.get(finding.area, area).name if finding.area else words("unwell")
    light = words(f"light-{finding.disposition}")
    guidance = library.guidance[finding.disposition]
    yield Part(words("run-blocked", at=format_dt(finding.at, "D"), area=name, light=light))
    yield from (Part(f"- {reason}", rank=2 * at) for at, reason in enumerate(reasons_of(finding, words)))
    yield Part(f"**{guidance.title}**")
    yield from (Part(f"- {step}", rank=2 * at + 1) for at, step in enumerate(guidance.steps))
    yield Part(guidance.safety_net)


def last_time(library: Library, session: Session, words: Catalog) -> Iterator[Block]:
    """What was said before, in the words it was said in: is it still right?"""
    last, asked = offered(library, session), questionnaire(library, session.areas)
    bands = {band.from_age: band.name for band in library.triage.ages}
    lines = [words("last-age", age=bands[last.age])] if last.age is not None else []
    if last.conditions:
        true = [asked.fact_texts[risk] for risk, answer in last.conditions.items() if answer is Answer.YES]
        lines.append(words("last-conditions", conditions=". ".join(true)) if true else words("last-no-conditions"))
    lines += [words("last-began", began=asked.fact_texts[last.began])] if last.began else []
    text = bullets(lines) if text_height(bullets(lines)) <= LONGEST_LIST else small("\n".join(lines))
    yield f"## {words('last-title')}\n{text}"
    yield words("last-hint")
    yield row(
        button(words("last-same"), "check.mark", session.id, LAST_TIME, SAME, style=GOOD),
        button(words("last-changed"), "check.mark", session.id, LAST_TIME, CHANGED),
        button(words("check-back"), "check.back", session.id),
    )


def keep_lasting(session: Session, words: Catalog) -> ui.Container[Card]:
    """Asked once of who agreed to a diary before: may the next check be shorter?"""
    buttons = row(
        button(words("lasting-yes"), "run.keep_lasting", session.id, "yes", style=GOOD),
        button(words("lasting-no"), "run.keep_lasting", session.id, "no"),
    )
    return box(PLAIN, _lasting_text(words), buttons)


def _lasting_text(words: Catalog) -> str:
    return f"### {words('lasting-ask')}\n{words('lasting-text')}"


def lasting_settled(words: Catalog, *, agreed: bool) -> Card:
    """Whether the answers that stay true are kept for the next check."""
    return Card(box(CALM, words("lasting-kept" if agreed else "lasting-declined")))


def light(library: Library, area: Area, verdict: Verdict, session: Session, words: Catalog) -> list[Card]:
    """The verdict, why, and what it means until the next run. In pages; more is asked below the last where it fits."""
    if verdict.light is None:
        raise ValueError("the screens ask until every question is answered")
    guidance = next(entry for entry in library.running.lights if entry.light is verdict.light)
    plan = guidance.not_run if verdict.not_run and guidance.not_run else guidance.running
    parts = [Part(f"**{plan}**")]
    if verdict.see_someone:
        parts.append(Part(f"**{words('run-see-someone')}**"))
    parts += [Part(f"**{words('run-because')}**")] if verdict.reasons else []
    parts += [Part(f"- {reason}", rank=min(2 * at, 6)) for at, reason in enumerate(verdict.reasons)]
    parts += [Part(f"**{words('result-plan')}**", rank=1)] if verdict.reasons else []
    parts += [Part(f"- {step}", rank=min(2 * at + 1, 7)) for at, step in enumerate(_steps(area, guidance, words))]
    parts.append(Part(guidance.safety_net))
    title, foot = guidance.title, words("result-foot", content=library.version)
    below = text_height(_lasting_text(words)) + BUTTON_ROW + BOX if session.may_ask_to_keep else 0
    buttons = _next(area, verdict.light, words)
    pages = ResultPages(COLOURS[verdict.light], title, session.id, buttons, foot, below)
    cards = pages.pages(parts, words)
    if session.may_ask_to_keep and (len(cards) > 1 or pages.leaves_room(parts)):
        cards[-1] = StackedCard(cards[-1], Card(keep_lasting(session, words)))
    return cards


def _steps(area: Area, guidance: LightGuidance, words: Catalog) -> list[str]:
    """What to do, and the limit on a run; not for who is not to run."""
    limit = words("run-limit", ceiling=area.can_run.ceiling)
    return [*guidance.steps] if guidance.light is Light.RED else [limit, *guidance.steps]


def _next(area: Area, verdict: Light, words: Catalog) -> list[ui.Button[Card]]:
    red = verdict is Light.RED
    buttons = [button(words("run-ladder"), "advice.beside", "ladder", "all", 0, style=QUIET if red else GOOD)]
    if not red:
        buttons.append(button(words("result-exercises"), "advice.beside", "exercises", area.id, 0))
    return [*buttons, button(words("check-again"), "run.begin", area.id)]


def ladder(library: Library, words: Catalog, name: str, key: str, back: ui.Button[Card] | None = None) -> list[Card]:
    """The way back to running, as steps one can follow, then the rules. `back`: to where it was opened."""
    plan = library.running.ladder
    steps = [
        words("ladder-step", number=number, run=step.run, walk=step.walk, times=step.times)
        if step.walk
        else words("ladder-last", number=number, run=step.run)
        for number, step in enumerate(plan.steps, start=1)
    ]
    title, foot = f"## {words('ladder-title')}", small(words("ladder-foot"))
    ask_button = button(words("run-ask"), "run.start", style=GOOD)
    rules_button = button(words("ladder-rules"), "advice.turn", name, key, 1, style=PRIMARY)
    steps_button = button(words("page-back"), "advice.turn", name, key, 0)
    before = f"**{words('ladder-before')}**\n{_notes(plan.before)}"
    first = box(CALM, title, before, "\n".join(steps), row(*([back] if back else []), rules_button), foot)
    rules = f"**{words('ladder-rules')}**\n{_notes((*plan.rules, *plan.after))}"
    return [Card(first), Card(box(CALM, title, rules, row(steps_button, ask_button), foot))]


def _notes(notes: Iterable[Note]) -> str:
    return bullets(note.text for note in notes)
