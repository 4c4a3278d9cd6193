"""The screens of the symptom check, those about running too, and its results."""

from collections.abc import Sequence

from discord import SelectOption, ui

from bot.advice.disposition import Disposition
from bot.advice.library import Library, Sign
from bot.advice.model import Area, RunQuestion
from bot.triage.assessment import Assessment
from bot.triage.flow import (
    RUN_PREFIX,
    TIERS,
    Screen,
    group_name,
    judge,
    order,
    ready,
    run_questions,
    signs_of,
    verdict,
)
from bot.triage.sessions import NONE, NOT_RUN, UNSURE, Session
from bot.ui.cards.area import general_stop
from bot.ui.cards.parts import Block, Card, air, area_menu, box, bullets, button, menu, pain_options, row, rule, small
from bot.ui.cards.running import light
from bot.ui.cards.style import AMBER, CALM, DANGER, GOOD, PLAIN, PRIMARY, STOP
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id

CAUSES_SHOWN = 3
REASONS_SHOWN = 6
COLOURS = {
    Disposition.EMERGENCY: STOP,
    Disposition.URGENT: STOP,
    Disposition.CLINICIAN: STOP,
    Disposition.CONTINUE: CALM,
}


def where(library: Library, words: Catalog) -> Card:
    """`/triage` without an area: which one?"""
    question = box(PLAIN, f"## {words('check-where')}", area_menu(library, "check.area", words))
    return Card(general_stop(library, words), question)


def screen(library: Library, area: Area, session: Session, screen: Screen, words: Catalog) -> Card:
    """The card of any screen, the result too."""
    if screen is Screen.EMERGENCIES:
        return emergencies(library, area, session, words)
    if screen is Screen.ABOUT:
        return _about_you(library, area, session, words)
    if screen in {Screen.LAST_RUN, Screen.TODAY}:
        return _about_running(library, area, session, screen, words)
    if screen is not Screen.RESULT:
        return _signs(library, area, session, screen, words)
    if session.emergency:
        return emergency(library, words)
    return _outcome(library, area, session, words)


def emergencies(library: Library, area: Area, session: Session, words: Catalog) -> Card:
    """Screen 1: what cannot wait a minute."""
    own = signs_of(library, area, Disposition.EMERGENCY, general=False)
    general = signs_of(library, area, Disposition.EMERGENCY, general=True)
    buttons = row(
        button(words("check-yes"), "check.step", session.id, "yes", style=DANGER),
        button(words("check-none"), "check.step", session.id, "none", style=GOOD),
    )
    heading = _heading(session, 1, words("check-emergencies"), words)
    lines = bullets(sign.short for sign in (*own, *general))
    return Card(box(STOP, heading, lines, buttons, small(words("check-emergencies-foot"))))


def _about_you(library: Library, area: Area, session: Session, words: Catalog) -> Card:
    """Screen 2: age, what raises the result, and the pain now."""
    ages = [
        SelectOption(label=age.name, value=age.id, default=age.id == session.age_band) for age in library.triage.ages
    ]
    about = [
        SelectOption(label=modifier.name, value=modifier.id, default=modifier.id in session.about)
        for modifier in library.triage.modifiers
    ]
    about.append(SelectOption(label=words("check-none-of-these"), value=NONE, default=NONE in session.about))
    pain = None if session.pain is None else str(session.pain)
    blocks: list[Block] = [
        _heading(session, 2, words("check-about"), words),
        menu(custom_id("check.step", session.id, "age"), words("check-age"), ages, most=1),
        menu(custom_id("check.step", session.id, "about"), words("check-about-choose"), about),
        menu(custom_id("check.step", session.id, "pain"), words("check-pain"), pain_options(words, pain), most=1),
    ]
    return _question_card(library, area, session, Screen.ABOUT, blocks, words)


def _signs(library: Library, area: Area, session: Session, screen: Screen, words: Catalog) -> Card:
    """Screens 3 and 4: what has to be seen today, then within days; the last one asks for clues too."""
    tier, last = TIERS[screen], screen is Screen.DAYS
    title = f"{words(f'check-{tier}')}\n{words('check-tick')}"
    blocks: list[Block] = [_heading(session, 4 if last else 3, title, words)]
    for general, label in ((False, area.name), (True, words("check-anywhere"))):
        if signs := signs_of(library, area, tier, general=general):
            blocks += [f"**{label}**", _signs_menu(session, group_name(tier, general=general), signs, words)]
    if last:
        options = [SelectOption(label=clue.ask, value=clue.id, default=clue.id in session.clues) for clue in area.clues]
        clues = menu(custom_id("check.step", session.id, "clues"), words("check-clues-choose"), options, least=0)
        blocks += [f"**{words('check-clues')}**", clues]
    return _question_card(library, area, session, screen, blocks, words)


def _signs_menu(session: Session, group: str, signs: Sequence[Sign], words: Catalog) -> ui.ActionRow[Card]:
    ticked = session.groups.get(group, ())
    options = [SelectOption(label=sign.short, value=sign.id, default=sign.id in ticked) for sign in signs]
    options.append(SelectOption(label=words("check-unsure"), value=UNSURE, default=UNSURE in ticked))
    options.append(SelectOption(label=words("check-none-of-these"), value=NONE, default=NONE in ticked))
    return menu(custom_id("check.step", session.id, group), words("check-choose"), options)


def _about_running(library: Library, area: Area, session: Session, screen: Screen, words: Catalog) -> Card:
    """Screen 5: the last run. Screen 6: today."""
    last_run = screen is Screen.LAST_RUN
    title = words(f"run-{screen.value.replace('_', '-')}")
    blocks: list[Block] = [_heading(session, 5 if last_run else 6, title, words)]
    if last_run:
        blocks += [f"**{words('run-during')}**", _during_menu(session, words)]
    if not last_run or session.during != NOT_RUN:
        for question in run_questions(library, area, session, screen):
            blocks += [f"**{question.ask}**", _run_menu(session, question, words)]
    return _question_card(library, area, session, screen, blocks, words)


def _during_menu(session: Session, words: Catalog) -> ui.ActionRow[Card]:
    not_run = SelectOption(label=words("run-not-run"), value=NOT_RUN, default=session.during == NOT_RUN)
    options = [not_run, *pain_options(words, session.during)]
    return menu(custom_id("check.step", session.id, "during"), words("check-choose-one"), options, most=1)


def _run_menu(session: Session, question: RunQuestion, words: Catalog) -> ui.ActionRow[Card]:
    chosen = session.run.get(question.id, ())
    options = [SelectOption(label=a.name, value=a.id, default=a.id in chosen) for a in question.answers]
    name = custom_id("check.step", session.id, RUN_PREFIX + question.id)
    hint = words("check-choose" if question.many else "check-choose-one")
    return menu(name, hint, options, most=None if question.many else 1)


def _heading(session: Session, number: int, title: str, words: Catalog) -> str:
    """ "Step 2 of 4" above the title; `number` counts from 1."""
    place = words("check-screen", number=number, screens=len(order(session)))
    return f"{small(place)}\n## {title}"


def _question_card(
    library: Library, area: Area, session: Session, screen: Screen, blocks: Sequence[Block], words: Catalog
) -> Card:
    """The questions of a screen, and *Continue* to the next one; greyed out until everything is answered."""
    screens = order(session)
    following = screens[screens.index(screen) + 1]
    next_button = button(words("check-continue"), "check.step", session.id, following.value, style=PRIMARY)
    next_button.disabled = not ready(library, area, session, screen)
    return Card(box(PLAIN, *blocks, row(next_button), small(words("check-private"))))


def gone(library: Library, words: Catalog) -> Card:
    """The answers are no longer there: the stop signs, and a fresh start."""
    again = row(button(words("check-again"), "check.start", style=PRIMARY))
    return Card(general_stop(library, words), box(PLAIN, words("check-gone"), again))


def emergency(library: Library, words: Catalog) -> Card:
    """The result of a yes on the first screen."""
    guidance = library.guidance[Disposition.EMERGENCY]
    blocks: list[Block] = [f"## {guidance.title}", words("result-emergency-because"), bullets(guidance.steps)]
    return Card(box(STOP, *blocks, rule(), guidance.safety_net, row(button(words("check-again"), "check.start"))))


def _outcome(library: Library, area: Area, session: Session, words: Catalog) -> Card:
    """Whether to run, where that was asked and no warning sign settles it; else what the check comes to."""
    assessment = judge(library, session)
    stopped = assessment.disposition is None or assessment.disposition.worse_than(Disposition.MODIFY)
    if session.running and not stopped:
        return light(library, area, verdict(library, area, session), words)
    return result(library, area, assessment, words, running=session.running)


def result(library: Library, area: Area, assessment: Assessment, words: Catalog, *, running: bool = False) -> Card:
    """What it comes to, why, and what to do; `running`: the question was whether to run."""
    outcome = assessment.disposition
    if outcome is None:
        raise ValueError("the screens ask until every warning sign is answered")
    guidance = library.guidance[outcome]
    blocks: list[Block] = [f"## {words(f'light-{outcome}')}\n**{guidance.title}**"]
    blocks.append(f"**{words('run-no')}** {guidance.running}" if running else guidance.running)
    if assessment.bone:
        blocks.append(f"**{words('result-bone')}**")
    if reasons := [reason.text for reason in assessment.reasons][:REASONS_SHOWN]:
        blocks += [rule(), f"**{words('result-because')}**\n{bullets(reasons)}"]
    blocks += [rule(), f"**{words('result-plan')}**\n{bullets(guidance.steps)}"]
    if outcome.rank >= Disposition.CLINICIAN.rank:
        causes = [f"{likely.cause.name}: {likely.cause.change}" for likely in list(assessment.causes)[:CAUSES_SHOWN]]
        blocks += [air(), f"**{words('result-often')}**\n{bullets(causes)}"]
    blocks += [rule(), f"**{words('result-net')}** {guidance.safety_net}"]
    buttons = [button(words("check-again"), "check.start")]
    if outcome.rank > Disposition.CLINICIAN.rank:
        buttons.insert(0, button(words("card-run"), "run.begin", area.id))
        buttons.insert(0, button(words("result-exercises"), "advice.open", "cleared", area.id, 0, style=GOOD))
    foot = small(words("result-foot", content=assessment.content))
    return Card(box(COLOURS.get(outcome, AMBER), *blocks, row(*buttons), foot))
