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
from bot.ui.cards.parts import (
    AMBER,
    CALM,
    GOOD,
    PLAIN,
    PRIMARY,
    QUIET,
    STOP,
    Block,
    Card,
    air,
    box,
    bullets,
    button,
    menu,
    places,
    row,
    rule,
    small,
)
from bot.ui.cards.signs import general_stop
from bot.ui.cards.steps import heading, onward
from bot.ui.custom_id import custom_id
from bot.ui.words import Words

COLOURS = {Light.RED: STOP, Light.AMBER: AMBER, Light.GREEN: CALM}
NUMBERS = {Screen.LAST_RUN: 5, Screen.TODAY: 6}


def where(library: Library, words: Words) -> Card:
    """`/canirun` without an area: which one?"""
    ask = box(PLAIN, f"## {words('run-where')}", places(library, "runarea", words))
    return Card(general_stop(library, words), ask)


#: What a run in the diary comes to today. A run that is unknown says nothing.
LIGHTS = {runs.Light.RED: Light.RED, runs.Light.AMBER: Light.AMBER}


def diary_lights(facts: RunFacts, words: Words) -> tuple[tuple[Light, str], ...]:
    """What the diary says of the last run, as the check wants it."""
    if facts.last is None or facts.last.light not in LIGHTS:
        return ()
    light = LIGHTS[facts.last.light]
    said = (reason.replace("_", "-") for reason in facts.last.reasons)
    return tuple((light, words("run-diary", what=words(f"run-diary-{reason}"))) for reason in said)


def seen_first(area: Area, facts: RunFacts, session: Session, words: Words) -> Card:
    """No run before somebody has looked: an open finding, or red again and again."""
    blocks: list[Block] = [f"## {words('run-blocked-title')}\n{small(area.name)}", air()]
    if facts.blocked is not None:
        at = format_dt(facts.blocked.at, "D")
        blocks.append(words("run-blocked", at=at, light=words(f"light-{facts.blocked.disposition}")))
        if facts.blocked.reasons:
            blocks.append(f"**{words('result-because')}**\n{bullets(facts.blocked.reasons[:6])}")
    else:
        blocks.append(words("run-blocked-again"))
    buttons = row(
        button(words("card-check"), "checkof", area.id, style=PRIMARY),
        button(words("run-seen"), "runseen", session.id),
    )
    return Card(box(STOP, *blocks, rule(), words("run-blocked-why"), buttons, small(words("check-private"))))


def run_screen(library: Library, area: Area, session: Session, screen: Screen, words: Words) -> Card:
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


def _during(session: Session, words: Words) -> ui.ActionRow[Card]:
    options = [SelectOption(label=words("run-not-run"), value=NOT_RUN, default=session.during == NOT_RUN)]
    options += [
        SelectOption(label=words("check-pain-level", level=int(n)), value=n, default=n == session.during) for n in PAINS
    ]
    return menu(custom_id("check", session.id, "during"), words("check-choose-one"), options, most=1)


def _question(session: Session, question: RunQuestion, words: Words) -> ui.ActionRow[Card]:
    said = session.run.get(question.id, ())
    options = [SelectOption(label=a.name, value=a.id, default=a.id in said) for a in question.answers]
    name = custom_id("check", session.id, RUN_PREFIX + question.id)
    hint = words("check-choose" if question.many else "check-choose-one")
    return menu(name, hint, options, most=None if question.many else 1)


def light(library: Library, area: Area, found: Verdict, words: Words) -> Card:
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
    buttons = row(
        button(words("run-ladder"), "open", "ladder", "all", 0, style=QUIET if found.light is Light.RED else GOOD),
        button(words("result-exercises"), "open", "cleared", area.id, 0),
        button(words("check-again"), "runof", area.id),
    )
    foot = small(words("result-foot", content=library.version))
    return Card(box(COLOURS[found.light], *blocks, buttons, foot))


def ladder(library: Library, words: Words) -> list[Card]:
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
    again = row(button(words("run-ask"), "runstart", style=GOOD))
    return [Card(box(CALM, *blocks, again, small(words("ladder-foot"))))]


def _notes(notes: Iterable[Note]) -> str:
    return bullets(note.text for note in notes)
