"""Cards of what a club looks after: contact, tips, channels, the diagnosis, the log, and the end of it all."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from itertools import pairwise

from discord.utils import format_dt

from bot.clubs.audit_log import AuditAction, LogLine
from bot.clubs.diagnosis import Diagnosis
from bot.clubs.settings import ClubSettings
from bot.clubs.text_rules import MAX_TEXT_LENGTH, MAX_TIP_LENGTH, MAX_TIPS
from bot.reminders.club_service import ClubReminder
from bot.schedules.schedule import Schedule
from bot.ui.cards.club_posts import moment_names
from bot.ui.cards.heights import BOX, BUTTON_ROW, FRAME, GAP, Part, fitting, text_height
from bot.ui.cards.pages import joined, older_row, split_into_pages
from bot.ui.cards.parts import Block, Card, box, bullets, button, escaped, row, small
from bot.ui.cards.style import AMBER, CALM, DANGER, PLAIN, PRIMARY
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id
from bot.ui.forms import Form, text_field
from bot.ui.limits import PHONE
from bot.ui.phrases import day_text, rhythm_text, schedule_text

MOST_SHOWN = 100  # characters of a text after it was set; it stands in full where it is used
_optional = partial(text_field, paragraph=True, required=False)

#: Values of the log that are links of Discord's own making.
LINKED = {AuditAction.SHARE_CHANNEL, AuditAction.STRETCH_CHANNEL, AuditAction.POST_CHANNEL, AuditAction.POST_ROLE}

#: Actions of which nothing is set or taken away: what there is to say stands in the sentence.
TOLD_IN_FULL = {AuditAction.POST_PAUSED, AuditAction.ERASED}


def care(settings: ClubSettings, words: Catalog) -> Card:
    """What stands for the club, after a change."""
    lines = [
        words("club-share", channel=_channel(settings.share_channel, words("club-share-anywhere"))),
        words("club-stretch", channel=_channel(settings.stretch_channel, words("club-stretch-anywhere"))),
        words("club-zone", zone=settings.zone or words("club-not-set")),
        words("club-contact", text=_text(settings.contact, words)),
        words("club-emergency", text=_text(settings.emergency, words)),
        words("club-tips", count=len(settings.tips)),
    ]
    return Card(box(CALM, f"## {words('club-title')}\n{bullets(lines)}", small(words("setup-logged"))))


def _channel(channel: int | None, otherwise: str) -> str:
    return f"<#{channel}>" if channel else otherwise


def _text(text: str | None, words: Catalog) -> str:
    return escaped(text, most=MOST_SHOWN) if text else words("club-not-set")


def contact_form(settings: ClubSettings, mark: str, words: Catalog) -> Form:
    """Whom to turn to, and what to do in an emergency here. `mark`: what stood there when it was opened."""
    typed_before = {"contact": settings.contact, "emergency": settings.emergency}
    fields = [
        _optional(field, words(f"form-{field}"), text, most=MAX_TEXT_LENGTH, hint=words(f"form-{field}-hint"))
        for field, text in typed_before.items()
    ]
    return Form(words("form-contact-title"), custom_id("club.submit_contact", mark), fields)


def tips_form(settings: ClubSettings, mark: str, words: Catalog) -> Form:
    """One tip a line. `mark`: what stood there when it was opened."""
    most, hint = MAX_TIPS * (MAX_TIP_LENGTH + 1), words("form-tips-hint", most=MAX_TIPS)
    tips = _optional("tips", words("form-tips"), "\n".join(settings.tips), most=most, hint=hint)
    return Form(words("form-tips-title"), custom_id("club.submit_tips", mark), [tips])


def wrong(sentence: str, again: str, name: str, mark: str, words: Catalog) -> Card:
    """What was typed cannot stand there; the form with it is one press away."""
    return Card(box(AMBER, sentence, row(button(words("checkin-fix"), again, name, mark, style=PRIMARY))))


def doctor(
    problems: Sequence[tuple[bool, str]], dates: Sequence[str], words: Catalog, *, scheduled: bool = True
) -> Card:
    """What is wrong, worst first, each with what to click; the next posts, the first one always.

    `problems`: does it stop posts, its text.
    """
    stopping = [text for stops, text in problems if stops]
    parts = [] if problems else [Part(words("doctor-well"))]
    parts += [Part(f"**{words('doctor-stops')}**")] if stopping else []
    parts += [Part(f"- {text}", rank=at) for at, text in enumerate(stopping)]
    others = [text for stops, text in problems if not stops]
    parts += [Part(f"**{words('doctor-minor')}**", rank=len(stopping))] if others else []
    parts += [Part(f"- {text}", rank=len(stopping) + at) for at, text in enumerate(others)]
    heading = [Part(f"**{words('doctor-dates')}**")] if dates else []
    upcoming = [Part(f"- {date}", rank=at and len(problems) + at) for at, date in enumerate(dates)]
    title = f"## {words('doctor-title')}"
    room = PHONE - FRAME - text_height(title) - 2 * BUTTON_ROW - 2 * GAP
    fits, left = fitting([*parts, *heading, *upcoming], room)
    lists = [
        part  # a heading only above something
        for part, below in pairwise([*fits, Part("")])
        if below.text.startswith("- ") or not part.text.startswith("**")
    ]
    blocks: list[Block] = [title, *joined(lists)]
    if unseen := sum(part.text.startswith("- ") and part not in upcoming for part in left):
        blocks.append(small(words("doctor-more", count=unseen)))
    every = button(words("club-posts-all"), "club_reminder.list")
    onward = every if scheduled else button(words("club-post-add"), "club_reminder.add", style=PRIMARY)
    buttons = row(onward, button(words("doctor-again"), "club.doctor"))
    return Card(box(AMBER if stopping else CALM, *blocks, buttons))


def log(lines: Sequence[str], words: Catalog) -> list[Card]:
    """Who changed what, the latest first, in pages."""
    title, foot = f"## {words('club-log')}", small(words("club-log-foot"))
    if not lines:
        return [Card(box(PLAIN, f"{title}\n{words('club-log-empty')}"))]
    room = PHONE - BOX - BUTTON_ROW - text_height(f"{title}\n{foot}")
    pages = split_into_pages([f"- {line}" for line in lines], room)
    turns = [older_row("club.log", at, words, more=at + 1 < len(pages)) for at in range(len(pages))]
    return [Card(box(PLAIN, title, "\n".join(page), *turns[at], foot)) for at, page in enumerate(pages)]


def sure(words: Catalog) -> Card:
    """Really everything of the club?"""
    buttons = row(
        button(words("club-erase-yes"), "club.erase_confirmed", style=DANGER),
        button(words("entry-keep"), "club_reminder.list"),
    )
    return Card(box(AMBER, f"## {words('club-erase-ask')}\n{words('club-erase-text')}", buttons))


def erased(posts: int, changes: int, words: Catalog) -> Card:
    """All of the club is gone: how many schedules, and lines of its log, that were."""
    return Card(box(CALM, f"## {words('club-erased')}\n{words('club-erased-text', posts=posts, changes=changes)}"))


def welcome(words: Catalog) -> Card:
    """The one message in a club that has just added the bot."""
    return Card(box(CALM, f"## {words('welcome-title')}\n{words('welcome-text')}", small(words("welcome-foot"))))


def trouble(sentence: str, words: Catalog) -> Card:
    """To the moderators, once: posts cannot be brought, and what to click."""
    return Card(box(AMBER, f"## {words('club-trouble')}\n{sentence}", small(words("club-trouble-foot"))))


def post_off(channel: int | None, sentence: str, words: Catalog) -> Card:
    """To the moderators, once: a post for a channel is off until one of them turns it on again."""
    text = f"## {words('club-trouble')}\n**<#{channel}>** · {sentence}"
    return Card(box(AMBER, text, small(words("club-post-off-foot"))))


def diagnosis_text(diagnosis: Diagnosis, words: Catalog) -> str:
    """One sentence or two: what is wrong, and what exactly to click."""
    values = {
        name: format_dt(value, "D") if isinstance(value, datetime) else value
        for name, value in diagnosis.values.items()
    }
    return words(f"diagnosis-{diagnosis.kind}", **values)


def post_diagnosis_text(diagnosis: Diagnosis, posts: Mapping[str, ClubReminder], words: Catalog) -> str:
    """The sentence, behind the name of the post it is about."""
    item = posts.get(diagnosis.reminder or "")
    text = diagnosis_text(diagnosis, words)
    if item is None:
        return text
    when = rhythm_text(item.schedule, words) if item.schedule else item.reminder.zone
    return f"**<#{item.reminder.channel}>, {when}:** {text}"


def log_line_text(line: LogLine, words: Catalog) -> str:
    """One line of the log: when, who, what, from what to what."""
    who = f"<@{line.moderator}>" if line.moderator else words("club-log-bot")
    what = words(f"club-log-{line.action}")
    if line.post is not None:
        schedule = line.post.schedule if line.action is not AuditAction.POST_WHEN else None  # that is before and after
        when = rhythm_text(schedule, words) if schedule else ""
        channel = f"<#{line.post.channel}>" if line.post.channel else ""
        what += f" ({', '.join(filter(None, (channel, when)))})"
    at = format_dt(line.at, "f")
    if line.action is AuditAction.POST_PAUSED and line.after is not None:
        what = words("club-log-until", what=what, day=day_text(date.fromisoformat(str(line.after)), words))
    if line.action is AuditAction.ERASED and line.before not in {None, "0"}:
        what = words("club-log-with-posts", what=what, posts=int(str(line.before)))
    if line.action in TOLD_IN_FULL or (line.before is None and line.after is None):
        return words("club-log-plain", at=at, who=who, what=what)
    if line.before is None:
        return words("club-log-set", at=at, who=who, what=what, after=_change(line.action, line.after, words))
    old = _change(line.action, line.before, words)
    if line.after is None:
        return words("club-log-unset", at=at, who=who, what=what, before=old)
    new = _change(line.action, line.after, words)
    return words("club-log-line", at=at, who=who, what=what, before=old, after=new)


def _change(action: AuditAction, value: str | Schedule | None, words: Catalog) -> str:
    if isinstance(value, Schedule):
        return schedule_text(value, words)
    if action is AuditAction.POST_MOMENTS and (names := moment_names(str(value).split(", "), words)):
        return " · ".join(names)
    return str(value) if action in LINKED else escaped(str(value), most=60)
