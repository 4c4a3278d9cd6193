"""Answers that are not advice for an area: what cannot wait, what is unknown, what went wrong, what the bot is."""

from collections.abc import Sequence

from discord import ui

from bot import __version__
from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.advice.model import Alarm, Area, Tip
from bot.ui.cards.area import names
from bot.ui.cards.parts import Block, Card, box, bullets, button, places, row, rule, small, typed
from bot.ui.cards.signs import general_stop
from bot.ui.cards.style import CALM, GOOD, PLAIN, PRIMARY, STOP
from bot.ui.catalog import Catalog


def cannot_wait(library: Library, alarms: Sequence[Alarm], words: Catalog) -> Card:
    """Somebody typed words of the reviewed list. A crisis shows its contacts and nothing else."""
    first = alarms[0]
    if first.kind == "crisis":
        return Card(box(STOP, first.say))
    guidance = library.guidance[Disposition(first.kind)]
    blocks: list[Block] = [f"## {guidance.title}"]
    blocks += [alarm.say for alarm in alarms[:3] if alarm.kind != "crisis"]
    blocks += [bullets(guidance.steps), guidance.safety_net, small(words("alarm-foot"))]
    return Card(box(STOP, *blocks))


def unknown_area(library: Library, text: str, words: Catalog) -> Card:
    """Never a wrong card: the areas there are, and the general stop block."""
    every = ", ".join(area.name for area in library.areas.values())
    said = typed(text)
    head = words("unknown-title", text=said) if said else words("unknown-empty")
    return Card(
        general_stop(library, words),
        box(PLAIN, f"## {head}\n{words('unknown-text', areas=every)}", places(library, "advice.pick", words)),
    )


def tip(
    library: Library, area: Area, one: Tip, moment: str, scope: str, words: Catalog, club: str | None = None
) -> Card:
    """One thing to do, who says so, and when to stop. `club`: a tip of the club's own."""
    place = small(words("tip-place", area=area.name, moment=words(f"moment-{one.moment}")))
    again = row(
        button(words("tip-another"), "tip.another", scope, moment, style=GOOD),
        button(words("tip-area", area=area.name), "advice.open", "pain", area.id, 0),
    )
    who = small(words("tip-source", sources=names(library, one.sources)))
    own = [box(PLAIN, words("club-tip", text=typed(club, most=300)))] if club else []
    return Card(box(CALM, f"{place}\n{one.text}", who, again, small(words("tip-stop"))), *own)


def help_card(library: Library, words: Catalog) -> Card:
    """What the bot does, and a way straight to each place."""
    areas = ", ".join(area.name for area in library.areas.values())
    commands = bullets(
        words(f"help-{name}")
        for name in ("pain", "triage", "canirun", "checkin", "remind", "tip", "stretch", "privacy", "about")
    )
    head = f"## {words('help-title')}\n{words('help-text', areas=areas)}"
    return Card(
        box(PLAIN, head, commands, rule(), words("help-try"), places(library, "advice.pick", words)),
        general_stop(library, words),
    )


def about(library: Library, words: Catalog) -> Card:
    counts = words(
        "about-content",
        areas=len(library.areas),
        exercises=len(library.exercises),
        tips=sum(map(len, library.tips.values())),
        sources=len(library.sources),
    )
    versions = words("about-versions", bot=__version__, content=library.version)
    trust = f"### {words('about-trust-title')}\n" + bullets(words(f"about-trust-{at}") for at in range(1, 5))
    return Card(box(PLAIN, f"## {words('about-title')}\n{words('about-text')}", trust, rule(), counts, small(versions)))


def wrong(library: Library, area: str, club: str | None, host: str | None, words: Catalog) -> Card:
    """Whom to tell that advice looks wrong, and what to say: the card and its version, nothing about the person."""
    card = f"{area} · {library.version} · Limber {__version__}"
    whom = words("wrong-nobody")
    if club:
        whom = words("wrong-club", contact=typed(club, most=500))
    elif host:
        whom = words("wrong-host", contact=typed(host, most=200))
    what = words("wrong-what", card=f"`{card}`")
    return Card(box(PLAIN, f"## {words('wrong-title')}\n{whom}", what, small(words("wrong-foot"))))


def sentence(text: str, words: Catalog, *, fresh_start: bool = False) -> Card:
    """One clear sentence; with a way back in when a button is out of date."""
    blocks: list[Block] = [text]
    if fresh_start:
        blocks.append(row(button(words("error-fresh-start"), "help.show")))
    return Card(box(PLAIN, *blocks))


def form_waits(custom_id: str, words: Catalog) -> Card:
    """A form that could not be opened in time, one press away."""
    opens: ui.Button[Card] = ui.Button(label=words("form-open"), style=PRIMARY, custom_id=custom_id)
    return Card(box(PLAIN, words("form-waits"), ui.ActionRow(opens)))
