"""The screens of the symptom check, and its results."""

from collections.abc import Iterable, Sequence

from discord import SelectOption, ui

from bot.advice.disposition import Disposition
from bot.advice.library import Library, Sign
from bot.advice.model import Area
from bot.triage.assessment import Assessment, LikelyCause
from bot.triage.flow import TIERS, Screen, group_name, judge, ready, signs_of, verdict
from bot.triage.sessions import NONE, UNSURE, Session
from bot.ui.cards.parts import Block, Card, air, box, bullets, button, menu, places, row, rule, small
from bot.ui.cards.running import light, run_screen
from bot.ui.cards.signs import general_stop
from bot.ui.cards.steps import heading, onward
from bot.ui.cards.style import AMBER, CALM, DANGER, GOOD, PLAIN, PRIMARY, STOP
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id

CAUSES_SHOWN = 3
WEIGH = {
    Disposition.EMERGENCY: STOP,
    Disposition.URGENT: STOP,
    Disposition.CLINICIAN: STOP,
    Disposition.CONTINUE: CALM,
}


def where(library: Library, words: Catalog) -> Card:
    """`/triage` without an area: which one?"""
    return Card(
        general_stop(library, words), box(PLAIN, f"## {words('check-where')}", places(library, "check.area", words))
    )


def emergencies(library: Library, area: Area, session: Session, words: Catalog) -> Card:
    """Screen 1: what cannot wait a minute."""
    own = signs_of(library, area, Disposition.EMERGENCY, general=False)
    general = signs_of(library, area, Disposition.EMERGENCY, general=True)
    buttons = row(
        button(words("check-yes"), "check.step", session.id, "yes", style=DANGER),
        button(words("check-none"), "check.step", session.id, "none", style=GOOD),
    )
    head = heading(session, 1, words("check-emergencies"), words)
    lines = bullets(sign.short for sign in (*own, *general))
    return Card(box(STOP, head, lines, buttons, small(words("check-emergencies-foot"))))


def about_you(library: Library, session: Session, words: Catalog) -> Card:
    """Screen 2: age, what raises the result, and the pain now."""
    rules = library.triage
    ages = [SelectOption(label=band.name, value=band.id, default=band.id == session.age_band) for band in rules.ages]
    said = [SelectOption(label=m.name, value=m.id, default=m.id in session.about) for m in rules.modifiers]
    nothing = SelectOption(label=words("check-none-of-these"), value=NONE, default=NONE in session.about)
    pains = [
        SelectOption(label=words("check-pain-level", level=n), value=str(n), default=n == session.pain)
        for n in range(11)
    ]
    blocks: list[Block] = [
        heading(session, 2, words("check-about"), words),
        menu(custom_id("check.step", session.id, "age"), words("check-age"), ages, most=1),
        menu(custom_id("check.step", session.id, "about"), words("check-about-choose"), [*said, nothing]),
        menu(custom_id("check.step", session.id, "pain"), words("check-pain"), pains, most=1),
    ]
    go_on = ready(library, library.areas[session.area], session, Screen.ABOUT)
    return Card(box(PLAIN, *blocks, onward(session, Screen.ABOUT, words, able=go_on), small(words("check-private"))))


def groups(library: Library, area: Area, session: Session, screen: Screen, words: Catalog) -> Card:
    """Screens 3 and 4: what has to be seen today, then within days; the last one asks for clues too."""
    tier, last = TIERS[screen], screen is Screen.DAYS
    title = f"{words(f'check-{tier}')}\n{words('check-tick')}"
    blocks: list[Block] = [heading(session, 4 if last else 3, title, words)]
    for general, label in ((False, area.name), (True, words("check-anywhere"))):
        if signs := signs_of(library, area, tier, general=general):
            blocks += [f"**{label}**", _group(session, group_name(tier, general=general), signs, words)]
    if last:
        options = [SelectOption(label=c.ask, value=c.id, default=c.id in session.clues) for c in area.clues]
        clues = menu(custom_id("check.step", session.id, "clues"), words("check-clues-choose"), options, least=0)
        blocks += [f"**{words('check-clues')}**", clues]
    on = onward(session, screen, words, able=ready(library, area, session, screen))
    return Card(box(PLAIN, *blocks, on, small(words("check-private"))))


def _group(session: Session, group: str, signs: Sequence[Sign], words: Catalog) -> ui.ActionRow[Card]:
    chosen = session.groups.get(group, ())
    options = [SelectOption(label=sign.short, value=sign.id, default=sign.id in chosen) for sign in signs]
    options.append(SelectOption(label=words("check-unsure"), value=UNSURE, default=UNSURE in chosen))
    options.append(SelectOption(label=words("check-none-of-these"), value=NONE, default=NONE in chosen))
    return menu(custom_id("check.step", session.id, group), words("check-choose"), options)


def gone(library: Library, words: Catalog) -> Card:
    """The answers are no longer there: the stop signs, and a fresh start."""
    again = row(button(words("check-again"), "check.start", style=PRIMARY))
    return Card(general_stop(library, words), box(PLAIN, words("check-gone"), again))


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
    because = [reason.text for reason in assessment.reasons][:6]
    if because:
        blocks += [rule(), f"**{words('result-because')}**\n{bullets(because)}"]
    blocks += [rule(), f"**{words('result-plan')}**\n{bullets(guidance.steps)}"]
    if outcome.rank >= Disposition.CLINICIAN.rank:
        blocks += [air(), f"**{words('result-often')}**\n{bullets(_likely(assessment.causes))}"]
    blocks += [rule(), f"**{words('result-net')}** {guidance.safety_net}"]
    buttons = [button(words("check-again"), "check.start")]
    if outcome.rank > Disposition.CLINICIAN.rank:
        buttons.insert(0, button(words("card-run"), "run.begin", area.id))
        buttons.insert(0, button(words("result-exercises"), "advice.open", "cleared", area.id, 0, style=GOOD))
    blocks.append(row(*buttons))
    return Card(box(WEIGH.get(outcome, AMBER), *blocks, small(words("result-foot", content=assessment.content))))


def _likely(causes: Iterable[LikelyCause]) -> list[str]:
    return [f"{found.cause.name}: {found.cause.change}" for found in list(causes)[:CAUSES_SHOWN]]


def emergency(library: Library, words: Catalog) -> Card:
    """A yes on the first screen."""
    guidance = library.guidance[Disposition.EMERGENCY]
    blocks: list[Block] = [f"## {guidance.title}", words("result-emergency-because"), bullets(guidance.steps)]
    return Card(box(STOP, *blocks, rule(), guidance.safety_net, row(button(words("check-again"), "check.start"))))


def screen(library: Library, area: Area, session: Session, wanted: Screen, words: Catalog) -> Card:
    """The card of a screen."""
    if wanted is Screen.EMERGENCIES:
        return emergencies(library, area, session, words)
    if wanted is Screen.ABOUT:
        return about_you(library, session, words)
    if wanted in {Screen.LAST_RUN, Screen.TODAY}:
        return run_screen(library, area, session, wanted, words)
    if wanted is not Screen.RESULT:
        return groups(library, area, session, wanted, words)
    if session.emergency:
        return emergency(library, words)
    return _outcome(library, area, session, words)


def _outcome(library: Library, area: Area, session: Session, words: Catalog) -> Card:
    """Whether to run, where that was asked and no warning sign settles it; else what the check comes to."""
    found = judge(library, session)
    stopped = found.disposition is None or found.disposition.worse_than(Disposition.MODIFY)
    if session.running and not stopped:
        return light(library, area, verdict(library, area, session), words)
    return result(library, area, found, words, running=session.running)
