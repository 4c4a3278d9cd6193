"""*Can I run?*: the last run, today, the light, and the way back to running."""

from collections.abc import Iterable

from discord import SelectOption, ui
from discord.utils import format_dt

from bot.advice.library import Library
from bot.advice.model import Area, Light, Note, RunQuestion
from bot.checkins import runs
from bot.checkins.clearance import RunFacts
from bot.triage.flow import PAINS, RUN_PREFIX, Screen, ready, run_questions
from bot.triage.running import Verdict
from bot.triage.sessions import NOT_RUN, Session
from bot.ui.cards.parts import Block, Card, air, box, bullets, button, menu, places, row, rule, small
from bot.ui.cards.signs import general_stop
from bot.ui.cards.steps import heading, onward
from bot.ui.cards.style import AMBER, CALM, GOOD, PLAIN, PRIMARY, QUIET, STOP
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id

COLOURS = {Light.RED: STOP, Light.AMBER: AMBER, Light.GREEN: CALM}
NUMBERS = {Screen.LAST_RUN: 5, Screen.TODAY: 6}


def where(library: Library, words: Catalog) -> Card:
    """`/canirun` without an area: which one?"""
    ask = box(PLAIN, f"## {words('run-where')}", places(library, "run.area", words))
    return Card(general_stop(library, words), ask)


#: What a run in the diary comes to today. A run that is unknown says nothing.
LIGHTS = {runs.Light.RED: Light.RED, runs.Light.AMBER: Light.AMBER}


def diary_lights(facts: RunFacts, words: Catalog) -> tuple[tuple[Light, str], ...]:
    """What the diary says before the run, as the check wants it."""
    said = [(Light.RED, words(f"prompt-{prompt.replace('_', '-')}")) for prompt in facts.prompts]
    if facts.last is not None and facts.last.light in LIGHTS:
        light = LIGHTS[facts.last.light]
        reasons = (reason.replace("_", "-") for reason in facts.last.reasons)
        said += [(light, words(f"run-diary-{reason}")) for reason in reasons]
    if facts.no_zone:
        said.append((Light.AMBER, words("run-no-zone")))
    lights = [(light, words("run-diary", what=text)) for light, text in said]
    return (*lights, *([(Light.AMBER, words("run-unread"))] if facts.unread else []))


def sure(session: Session, words: Catalog) -> Card:
    """Was it really said?"""
    buttons = row(button(words("run-seen-yes"), "run.cleared", session.id), button(words("run-seen-no"), "run.start"))
    return Card(box(AMBER, f"## {words('run-seen-ask')}\n{words('run-seen-text')}", buttons))


def seen_first(library: Library, area: Area, facts: RunFacts, session: Session, words: Catalog) -> Card:
    """No run before somebody has looked: an open finding, or red again and again."""
    blocks: list[Block] = [f"## {words('run-blocked-title')}\n{small(area.name)}", air()]
    if facts.blocked is not None:
        at = format_dt(facts.blocked.at, "D")
        where = library.areas.get(facts.blocked.area, area).name
        light = words(f"light-{facts.blocked.disposition}")
        blocks.append(words("run-blocked", at=at, area=where, light=light))
        if facts.blocked.reasons:
            blocks.append(f"**{words('result-because')}**\n{bullets(facts.blocked.reasons[:6])}")
        guidance = library.guidance[facts.blocked.disposition]
        blocks += [rule(), f"**{guidance.title}**\n{bullets(guidance.steps)}", guidance.safety_net]
    else:
        blocks += [words("run-blocked-again"), rule(), words("run-blocked-why")]
    buttons = row(
        button(words("card-check"), "check.begin", area.id, style=PRIMARY),
        button(words("run-seen"), "run.seen", session.id),
    )
    return Card(box(STOP, *blocks, buttons))


def run_screen(library: Library, area: Area, session: Session, screen: Screen, words: Catalog) -> Card:
    """Screen 5: the last run. Screen 6: today."""
    last = screen is Screen.LAST_RUN
    blocks: list[Block] = [heading(session, NUMBERS[screen], words(f"run-{screen.value.replace('_', '-')}"), words)]
    if last:
        blocks += [f"**{words('run-during')}**", _during(session, words)]
    if not last or session.during != NOT_RUN:
        for question in run_questions(library, area, session, screen):
            blocks += [f"**{question.ask}**", _question(session, question, words)]
    go_on = ready(library, area, session, screen)
    return Card(box(PLAIN, *blocks, onward(session, screen, words, able=go_on), small(words("check-private"))))


def _during(session: Session, words: Catalog) -> ui.ActionRow[Card]:
    options = [SelectOption(label=words("run-not-run"), value=NOT_RUN, default=session.during == NOT_RUN)]
    options += [
        SelectOption(label=words("check-pain-level", level=int(n)), value=n, default=n == session.during) for n in PAINS
    ]
    return menu(custom_id("check.step", session.id, "during"), words("check-choose-one"), options, most=1)


def _question(session: Session, question: RunQuestion, words: Catalog) -> ui.ActionRow[Card]:
    said = session.run.get(question.id, ())
    options = [SelectOption(label=a.name, value=a.id, default=a.id in said) for a in question.answers]
    name = custom_id("check.step", session.id, RUN_PREFIX + question.id)
    hint = words("check-choose" if question.many else "check-choose-one")
    return menu(name, hint, options, most=None if question.many else 1)


def light(library: Library, area: Area, found: Verdict, words: Catalog) -> Card:
    """The verdict, why, and what it means until the next run."""
    if found.light is None:
        raise ValueError("the screens ask until every question is answered")
    guidance = next(entry for entry in library.running.lights if entry.light is found.light)
    blocks: list[Block] = [f"## {guidance.title}\n{small(area.name)}", air(), f"**{guidance.running}**"]
    if found.see_someone:
        blocks.append(f"**{words('run-see-someone')}**")
    if found.reasons:
        title = words("run-because" if found.light is Light.GREEN else "result-because")
        blocks += [rule(), f"**{title}**\n{bullets(found.reasons)}"]
    limit = words("run-limit", ceiling=area.can_run.ceiling)
    blocks += [rule(), f"**{words('result-plan')}**\n{bullets((*guidance.steps, limit))}"]
    blocks += [rule(), f"**{words('result-net')}** {guidance.safety_net}"]
    red = found.light is Light.RED
    choices = [button(words("run-ladder"), "advice.open", "ladder", "all", 0, style=QUIET if red else GOOD)]
    if not red:
        choices.append(button(words("result-exercises"), "advice.open", "cleared", area.id, 0))
    buttons = row(*choices, button(words("check-again"), "run.begin", area.id))
    foot = small(words("result-foot", content=library.version))
    return Card(box(COLOURS[found.light], *blocks, buttons, foot))


def ladder(library: Library, words: Catalog) -> list[Card]:
    """The way back to running, as steps one can follow."""
    plan = library.running.ladder
    steps = [
        words("ladder-step", number=number, run=step.run, walk=step.walk, times=step.times)
        if step.walk
        else words("ladder-last", number=number, run=step.run)
        for number, step in enumerate(plan.steps, start=1)
    ]
    blocks: list[Block] = [
        f"## {words('ladder-title')}",
        air(),
        f"**{words('ladder-before')}**\n{_notes(plan.before)}",
        air(),
        f"**{words('ladder-steps')}**\n" + "\n".join(steps),
        air(),
        f"**{words('ladder-rules')}**\n{_notes((*plan.rules, *plan.after))}",
    ]
    again = row(button(words("run-ask"), "run.start", style=GOOD))
    return [Card(box(CALM, *blocks, again, small(words("ladder-foot"))))]


def _notes(notes: Iterable[Note]) -> str:
    return bullets(note.text for note in notes)
