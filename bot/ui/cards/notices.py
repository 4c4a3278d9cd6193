"""Cards that are not advice for an area: what cannot wait, what is unknown, what went wrong, what the bot is."""

from collections.abc import Sequence

from discord import ui

from bot import __version__
from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.advice.model import Alarm, Area, Tip
from bot.clubs.settings import ClubSettings
from bot.clubs.text_rules import MAX_TEXT_LENGTH
from bot.ui.cards import unwell
from bot.ui.cards.area import general_stop
from bot.ui.cards.causes import short_names
from bot.ui.cards.heights import BUTTON_ROW, FRAME, GAP, Part, fitting, text_height
from bot.ui.cards.pages import joined
from bot.ui.cards.parts import (
    UNWELL,
    Block,
    Card,
    Resumption,
    area_menu,
    box,
    bullets,
    button,
    escaped,
    row,
    rule,
    small,
    unwell_button,
    zone_menu,
)
from bot.ui.cards.style import AMBER, CALM, DANGER, GOOD, PLAIN, PRIMARY, STOP
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id
from bot.ui.limits import PHONE

MOST_ALARMS = 3  # of the same kind, each with its first words
#: Every command, by what it is for; each has a line of its own in the catalogue.
COMMANDS = {
    "hurts": ("pain", "triage", "canirun", "stretch", "tip"),
    "diary": ("checkin", "history", "report", "weekly"),
    "rest": ("remind", "timezone", "privacy", "help", "about", "club"),
}


def cannot_wait(
    library: Library, alarms: Sequence[Alarm], words: Catalog, *, bystander: bool = False, area: str | None = None
) -> Card:
    """Somebody typed words of the reviewed list: what is gravest, and nothing milder beside it.

    A crisis shows its contacts and nothing else. `bystander`: they write of another person. `area`: the place they
    named; a check goes on there, since something graver may stand behind a milder alarm.
    """
    first = alarms[0]
    if first.kind == "crisis":
        return Card(box(STOP, first.say))
    if first.kind == "unclear":
        return unwell.unclear(library, first.say, words, area)
    gravest = [alarm for alarm in alarms if alarm.kind == first.kind]
    if bystander and first.kind == "emergency":
        return unwell.bystander(library, gravest)
    guidance = library.guidance[Disposition(first.kind)]
    parts = [Part(alarm.say) for alarm in gravest[:MOST_ALARMS]]
    parts += [Part(f"- {step}", rank=at) for at, step in enumerate(guidance.steps)]
    parts.append(Part(guidance.safety_net))
    foot, buttons = small(words("alarm-foot")), list[ui.ActionRow[Card]]()
    if first.kind != "emergency":
        buttons.append(row(button(words("card-check"), "check.beside", area or UNWELL, style=PRIMARY)))
    title = f"## {guidance.title}"
    fits, _ = fitting(
        parts, PHONE - FRAME - text_height(title) - text_height(foot) - BUTTON_ROW * len(buttons) - 2 * GAP
    )
    return Card(box(STOP, title, *joined(fits), *buttons, foot))


def unknown_area(
    library: Library, text: str, words: Catalog, resumption: Resumption | None = None, *, bystander: bool = False
) -> Card:
    """Never a wrong card: the areas there are, and the general stop block. `bystander`: it is about somebody else.

    A place that is chosen opens its card, or goes on with the command that waits.
    """
    quoted = escaped(text)
    title = words("unknown-title", text=quoted) if quoted else words("unknown-empty")
    head = f"## {title}\n{words('unknown-text')}"
    action = ("command.choose", *resumption) if resumption else ("advice.pick",)
    places = area_menu(library, action[0], words, *action[1:])
    buttons = [unwell_button(words)]
    if bystander:
        buttons.insert(0, button(words("unwell-somebody"), "advice.open", "bystander", UNWELL, 0, style=DANGER))
    crisis = small(words("unknown-crisis"))
    return Card(general_stop(library, words), box(PLAIN, head, row(*buttons), places, crisis))


def tip(
    library: Library, area: Area, tip: Tip, moment: str, scope: str, words: Catalog, club_tip: str | None = None
) -> Card:
    """One thing to do, who says so, and when to stop. `club_tip`: one of the club's own, shown below."""
    place = small(words("tip-place", area=area.name, moment=words(f"moment-{tip.moment}")))
    buttons = row(
        button(words("tip-another"), "tip.another", scope, moment, style=GOOD),
        button(words("tip-area", area=area.name), "advice.open", "pain", area.id, 0),
    )
    source = small(words("tip-source", sources=short_names(library, tip.sources)))
    own = [box(PLAIN, words("club-tip", text=escaped(club_tip, most=300)))] if club_tip else []
    return Card(box(CALM, f"{place}\n{tip.text}", source, buttons, small(words("tip-stop"))), *own)


def help_pages(library: Library, words: Catalog) -> list[Card]:
    """A way straight to each place; then every command, in groups."""
    head = f"## {words('help-title')}\n{words('help-text')}"
    commands_button = button(words("help-commands"), "advice.turn", "help", "all", 1, style=PRIMARY)
    first = box(PLAIN, head, area_menu(library, "advice.pick", words), row(commands_button), small(words("help-try")))
    pages = [Card(general_stop(library, words), first)]
    for at, (group, commands) in enumerate(COMMANDS.items(), start=1):
        back = button(words("page-back"), "advice.turn", "help", "all", at - 1)
        onward = button(words("page-next"), "advice.turn", "help", "all", at + 1, style=PRIMARY)
        title = f"## {words(f'help-{group}')}\n{small(words('page', number=at, pages=len(COMMANDS)))}"
        buttons = row(back, onward) if at < len(COMMANDS) else row(back)
        pages.append(Card(box(PLAIN, title, bullets(words(f"help-{command}") for command in commands), buttons)))
    return pages


def about(library: Library, words: Catalog) -> Card:
    """What the bot knows, in numbers, and why to trust it."""
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
    contact = words("wrong-nobody")
    if club:
        contact = words("wrong-club", contact=escaped(club, most=500))
    elif host:
        contact = words("wrong-host", contact=escaped(host, most=200))
    message = words("wrong-what", card=f"`{area} · {library.version} · Limber {__version__}`")
    return Card(box(PLAIN, f"## {words('wrong-title')}\n{contact}", message, small(words("wrong-foot"))))


def club_note(settings: ClubSettings, words: Catalog) -> ui.Container[Card] | None:
    """A club's contact and emergency wording, to stand under our own words; None where a club has neither."""
    lines: list[Block] = []
    if settings.emergency:
        lines.append(words("club-says-emergency", text=escaped(settings.emergency, most=MAX_TEXT_LENGTH)))
    if settings.contact:
        lines.append(words("club-says-contact", text=escaped(settings.contact, most=MAX_TEXT_LENGTH)))
    return box(PLAIN, *lines, small(words("club-says-foot"))) if lines else None


def sentence(text: str, words: Catalog, *, fresh_start: bool = False) -> Card:
    """One clear sentence; with a way back in when a button is out of date."""
    help_row = [row(button(words("error-fresh-start"), "help.show"))] if fresh_start else []
    return Card(box(PLAIN, text, *help_row))


def not_kept(words: Catalog, reopen: Sequence[str]) -> Card:
    """The database is away, and a form was filled in; `reopen`: the press that opens it with what was typed."""
    again = button(words("error-form-again"), *reopen, style=PRIMARY)
    return Card(box(AMBER, words("error-storage-form"), row(again)))


def which_zone(text: str, choices: Sequence[tuple[str, str]], resumption: Resumption, words: Catalog) -> Card:
    """What a place could mean, each with its zone, to choose from."""
    return Card(box(PLAIN, text, zone_menu(custom_id("command.choose", *resumption), choices, words)))


def form_waits(custom_id: str, words: Catalog) -> Card:
    """A form that could not be opened in time, one press away."""
    form_button: ui.Button[Card] = ui.Button(label=words("form-open"), style=PRIMARY, custom_id=custom_id)
    return Card(box(PLAIN, words("form-waits"), row(form_button)))
