"""Cards of the guided set-up of a club's posts: where and when, what and for whom, how it will look."""

from collections.abc import Sequence
from datetime import datetime, time

from discord import ChannelType, SelectDefaultValue, SelectDefaultValueType, SelectOption, ui
from discord.utils import format_dt

from bot.advice.library import Library
from bot.clubs.post_draft import PostDraft
from bot.localtime import DEFAULT_ZONE
from bot.reminders.club_service import ClubReminder
from bot.reminders.posts import POST_MOMENTS, PostOptions, candidates
from bot.schedules.schedule import Schedule, Weekdays
from bot.ui.cards.parts import Block, Card, StackedCard, box, bullets, button, menu, row, small
from bot.ui.cards.reminders import state_text
from bot.ui.cards.style import AMBER, CALM, GOOD, PLAIN, PRIMARY
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id
from bot.ui.forms import Form, text_field
from bot.ui.phrases import rhythm_text, schedule_text
from bot.zones import suggest

HOURS = (*((hour, 0) for hour in range(6, 22)), (6, 30), (7, 30), (12, 30), (17, 30), (18, 30), (19, 30), (20, 30))
OTHER, SESSION = "other", "session"
MINUTES = (5, 10)
CHANNELS = [ChannelType.text, ChannelType.news]
DATES_SHOWN = 5
SETUP_STEPS = 3  # cards on the way
PROBLEMS_SHOWN = 1  # the next stands there once that is mended; /club doctor has them all


def where_and_when(
    draft: PostDraft,
    name: str,
    words: Catalog,
    problems: Sequence[str] = (),
    zones: Sequence[tuple[str, str]] = (),
) -> Card:
    """The first card: channel, days, time, time zone; everything but the zone has a value already.

    `zones`: what a place that was typed could mean; they are offered first.
    """
    kind = SelectDefaultValueType.channel
    chosen = [SelectDefaultValue(id=draft.channel, type=kind)] if draft.channel else []
    channel: ui.ChannelSelect[Card] = ui.ChannelSelect(
        custom_id=custom_id("club_setup.channel", name),
        placeholder=words("setup-channel"),
        channel_types=CHANNELS,
        default_values=chosen,
    )
    head = f"## {words('setup-title')}\n{_step(1, words)}" + ("" if problems else f"\n{words('setup-text')}")
    when = [words("setup-when", when=_when(draft, words))] if draft.zone and not problems else []
    onward = button(words("page-next"), "club_setup.next", name, "what", style=PRIMARY)
    onward.disabled = draft.zone is None or draft.channel is None
    menus = (_days(draft, name, words), _times(draft, name, words), _zones(draft, name, words, zones))
    return Card(_framed([head, ui.ActionRow(channel), *menus, *when], problems, row(onward), words))


def what_and_whom(library: Library, draft: PostDraft, name: str, words: Catalog, problems: Sequence[str] = ()) -> Card:
    """The second card: which routines, how long, whom to mention, a thread or not."""
    options = draft.options
    kind = SelectDefaultValueType.role
    chosen = [SelectDefaultValue(id=options.role, type=kind)] if options.role else []
    role: ui.RoleSelect[Card] = ui.RoleSelect(
        custom_id=custom_id("club_setup.role", name),
        placeholder=words("setup-role"),
        min_values=0,
        default_values=chosen,
    )
    thread = button(words("setup-thread-on" if options.thread else "setup-thread-off"), "club_setup.thread", name)
    onward = button(words("setup-preview"), "club_setup.next", name, "preview", style=PRIMARY)
    head = f"## {words('setup-what')}\n{_step(2, words)}" + ("" if problems else f"\n{words('setup-what-text')}")
    menus = (_moments(library, draft, name, words), _minutes(draft, name, words), ui.ActionRow(role), row(thread))
    buttons = row(button(words("page-back"), "club_setup.next", name, "where"), onward)
    return Card(_framed([head, *menus], problems, buttons, words))


def preview(
    draft: PostDraft,
    name: str,
    post: Card,
    now: datetime,
    words: Catalog,
    problems: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Card:
    """The third card: what a post will say, the next dates, and *Save*; `notes` do not keep anybody from that.

    With problems it says those alone.
    """
    back = button(words("page-back"), "club_setup.next", name, "what")
    if problems:
        return Card(_framed([f"## {words('setup-preview')}\n{_step(3, words)}"], problems, row(back), words))
    dates = [format_dt(each.due, "d") for each in draft.schedule.upcoming(now, DATES_SHOWN)] if draft.schedule else []
    summary = words("setup-summary", channel=f"<#{draft.channel}>", dates=" · ".join(dates))
    buttons = row(back, button(words("setup-save"), "club_setup.save", name, style=GOOD))
    return StackedCard(post, Card(box(PLAIN, f"{_step(3, words)} · {summary}", *map(small, notes), buttons)))


def saved(item: ClubReminder, now: datetime, words: Catalog) -> Card:
    """It is kept, and from when on it posts, or why it does not: one that was paused stays so."""
    channel = f"<#{item.reminder.channel}>"
    when = schedule_text(item.schedule, words) if item.schedule else ""
    if ahead := item.upcoming(now, 1):
        text = words("setup-saved-text", channel=channel, when=when, at=format_dt(ahead[0], "F"))
    else:
        text = f"{channel} · {when}\n{state_text(item, now, words, '')}"
    log = small(words("setup-logged"))
    buttons = row(button(words("club-posts-all"), "club_reminder.list"))
    return Card(box(CALM, f"## {words('setup-saved')}\n{text}", buttons, log))


def time_form(draft: PostDraft, name: str, words: Catalog) -> Form:
    """A time of their own."""
    when = text_field("when", words("form-when"), _when(draft, words), hint=words("form-when-hint"))
    return Form(words("setup-time-title"), custom_id("club_setup.submit_time", name), [when])


def _framed(blocks: Sequence[Block], problems: Sequence[str], buttons: Block, words: Catalog) -> ui.Container[Card]:
    """A card of the set-up: what could not work stands above its buttons."""
    wrong: list[Block] = [bullets(problems[:PROBLEMS_SHOWN])] if problems else []
    return box(AMBER if problems else PLAIN, *blocks, *wrong, buttons, small(words("setup-foot")))


def _step(number: int, words: Catalog) -> str:
    return small(words("setup-step", number=number, steps=SETUP_STEPS))


def _when(draft: PostDraft, words: Catalog) -> str:
    schedule = draft.schedule
    if schedule is None:
        return rhythm_text(Schedule(draft.at, draft.rhythm, DEFAULT_ZONE), words)
    return schedule_text(schedule, words)


def _days(draft: PostDraft, name: str, words: Catalog) -> ui.ActionRow[Card]:
    """Each day of the week can be ticked; a rhythm that is none of these stays as it is until one is."""
    ticked = draft.rhythm.days if isinstance(draft.rhythm, Weekdays) else frozenset[int]()
    options = [SelectOption(label=words(f"weekday-{day}"), value=str(day), default=day in ticked) for day in range(7)]
    return menu(custom_id("club_setup.days", name), words("setup-days"), options, many=True)


def _times(draft: PostDraft, name: str, words: Catalog) -> ui.ActionRow[Card]:
    known = sorted({time(*at) for at in HOURS} | {draft.at})
    options = [SelectOption(label=f"{at:%H:%M}", value=f"{at:%H:%M}", default=at == draft.at) for at in known]
    options.append(SelectOption(label=words("setup-time-other"), value=OTHER))
    return menu(custom_id("club_setup.time", name), words("setup-time"), options)


def _zones(draft: PostDraft, name: str, words: Catalog, first: Sequence[tuple[str, str]]) -> ui.ActionRow[Card]:
    offered = {zone: label for label, zone in (*first, *suggest(""))}
    if draft.zone is not None and draft.zone.key not in offered:
        offered = {draft.zone.key: draft.zone.key.replace("_", " "), **offered}
    options = [
        SelectOption(label=label[:100], value=zone, default=draft.zone is not None and zone == draft.zone.key)
        for zone, label in list(offered.items())[:24]
    ]
    options.append(SelectOption(label=words("setup-zone-other"), value=OTHER))
    return menu(custom_id("club_setup.zone", name), words("setup-zone"), options)


def _moments(library: Library, draft: PostDraft, name: str, words: Catalog) -> ui.ActionRow[Card]:
    """Only moments for which something may be posted."""
    chosen = draft.options.moments
    offered = [when for when in POST_MOMENTS if candidates(library, PostOptions(moments=(when,)))]
    options = [SelectOption(label=words("setup-session"), value=SESSION, default=not chosen)]
    options += [
        SelectOption(label=words(f"routine-moment-{when.replace('_', '-')}"), value=when, default=when in chosen)
        for when in offered
    ]
    return menu(custom_id("club_setup.moments", name), words("setup-moments"), options, many=True)


def _minutes(draft: PostDraft, name: str, words: Catalog) -> ui.ActionRow[Card]:
    most = draft.options.minutes
    options = [SelectOption(label=words("setup-minutes-any"), value="0", default=most is None)]
    options += [
        SelectOption(label=words("setup-minutes", minutes=minutes), value=str(minutes), default=minutes == most)
        for minutes in MINUTES
    ]
    return menu(custom_id("club_setup.minutes", name), words("setup-minutes-choose"), options)
