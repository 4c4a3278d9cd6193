"""*Can I run?*: what the diary says before, the light, and the way back to running."""

from collections.abc import Iterable

from discord import ui
from discord.utils import format_dt

from bot.advice.library import Library
from bot.advice.model import Area, Light, Note
from bot.checkins import runs
from bot.checkins.clearance import RunFacts
from bot.checkins.prompts import Prompt
from bot.triage.running import Verdict
from bot.triage.sessions import Session
from bot.ui.cards.area import general_stop
from bot.ui.cards.parts import Block, Card, air, area_menu, box, bullets, button, row, rule, small
from bot.ui.cards.style import AMBER, CALM, GOOD, PLAIN, PRIMARY, QUIET, STOP
from bot.ui.catalog import Catalog
from bot.ui.phrases import reasons_of

COLOURS = {Light.RED: STOP, Light.AMBER: AMBER, Light.GREEN: CALM}

#: What a run in the diary comes to today. A run that is unknown says nothing.
LIGHTS = {runs.Light.RED: Light.RED, runs.Light.AMBER: Light.AMBER}

REASONS_SHOWN = 6


def where(library: Library, words: Catalog) -> Card:
    """`/canirun` without an area: which one?"""
    question = box(PLAIN, f"## {words('run-where')}", area_menu(library, "run.area", words))
    return Card(general_stop(library, words), question)


def diary_lights(facts: RunFacts, words: Catalog) -> tuple[tuple[Light, str], ...]:
    """What the diary says before the run, as the check wants it."""
    lights = [(Light.RED, words.names(Prompt, "prompt")[prompt]) for prompt in facts.prompts]
    if facts.last is not None and facts.last.light in LIGHTS:
        run_light = LIGHTS[facts.last.light]
        reasons = (reason.replace("_", "-") for reason in facts.last.reasons)
        lights += [(run_light, words(f"run-diary-{reason}")) for reason in reasons]
    if facts.no_zone:
        lights.append((Light.AMBER, words("run-no-zone")))
    told_by_diary = [(light, words("run-diary", what=text)) for light, text in lights]
    return (*told_by_diary, *([(Light.AMBER, words("run-unread"))] if facts.unread else []))


def sure(session: Session, words: Catalog) -> Card:
    """Was it really said that one may run?"""
    buttons = row(button(words("run-seen-yes"), "run.cleared", session.id), button(words("run-seen-no"), "run.start"))
    return Card(box(AMBER, f"## {words('run-seen-ask')}\n{words('run-seen-text')}", buttons))


def seen_first(library: Library, area: Area, facts: RunFacts, session: Session, words: Catalog) -> Card:
    """No run before somebody has looked: an open finding, or red again and again."""
    blocks: list[Block] = [f"## {words('run-blocked-title')}\n{small(area.name)}", air()]
    if (finding := facts.blocked) is not None:
        name = library.areas.get(finding.area, area).name if finding.area else words("unwell")
        light = words(f"light-{finding.disposition}")
        blocks.append(words("run-blocked", at=format_dt(finding.at, "D"), area=name, light=light))
        if finding.reasons:
            reasons = reasons_of(finding, words)[:REASONS_SHOWN]
            blocks.append(f"**{words('result-because')}**\n{bullets(reasons)}")
        guidance = library.guidance[finding.disposition]
        blocks += [rule(), f"**{guidance.title}**\n{bullets(guidance.steps)}", guidance.safety_net]
    else:
        blocks += [words("run-blocked-again"), rule(), words("run-blocked-why")]
    buttons = row(
        button(words("card-check"), "check.begin", area.id, style=PRIMARY),
        button(words("run-seen"), "run.seen", session.id),
    )
    return Card(box(STOP, *blocks, buttons))


def light(library: Library, area: Area, verdict: Verdict, words: Catalog) -> Card:
    """The verdict, why, and what it means until the next run."""
    if verdict.light is None:
        raise ValueError("the screens ask until every question is answered")
    guidance = next(entry for entry in library.running.lights if entry.light is verdict.light)
    plan = guidance.not_run if verdict.not_run and guidance.not_run else guidance.running
    blocks: list[Block] = [f"## {guidance.title}\n{small(area.name)}", air(), f"**{plan}**"]
    if verdict.see_someone:
        blocks.append(f"**{words('run-see-someone')}**")
    if verdict.reasons:
        title = words("run-because" if verdict.light is Light.GREEN else "result-because")
        blocks += [rule(), f"**{title}**\n{bullets(verdict.reasons)}"]
    limit = words("run-limit", ceiling=area.can_run.ceiling)
    blocks += [rule(), f"**{words('result-plan')}**\n{bullets((*guidance.steps, limit))}"]
    blocks += [rule(), f"**{words('result-net')}** {guidance.safety_net}"]
    red = verdict.light is Light.RED
    buttons = [button(words("run-ladder"), "advice.beside", "ladder", "all", 0, style=QUIET if red else GOOD)]
    if not red:
        buttons.append(button(words("result-exercises"), "advice.beside", "exercises", area.id, 0))
    buttons.append(button(words("check-again"), "run.begin", area.id))
    foot = small(words("result-foot", content=library.version))
    return Card(box(COLOURS[verdict.light], *blocks, row(*buttons), foot))


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
