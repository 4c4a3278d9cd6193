"""What a club posts: a routine for everybody in the channel."""

from bot.advice.library import Library
from bot.reminders.post_service import PostContent
from bot.ui.cards.parts import Block, Card, air, box, button, row, small
from bot.ui.cards.routine import heading, outline
from bot.ui.cards.style import CALM, GOOD
from bot.ui.catalog import Catalog


def post(
    library: Library, content: PostContent, words: Catalog, *, role_gone: bool = False, trial: bool = False
) -> Card:
    """What to do and when to stop; each button opens something private, but for the one that counts.

    `trial`: a moderator looks at it before it goes out. Raises KeyError for a routine that is no longer there.
    """
    plan = library.routines[content.routine]
    above: list[Block] = [small(words("post-trial"))] if trial else []
    if content.role is not None:
        above.append(small(words("post-role-gone")) if role_gone else f"<@&{content.role}>")
    done = button(words("post-done", count=content.done), "post.done", content.occurrence)
    done.disabled = trial
    buttons = row(
        button(words("post-how"), "advice.open", "routine", plan.id, 0, style=GOOD),
        done,
        button(words("diary-checkin"), "checkin.start"),
    )
    stop, foot = words("routine-stop"), small(words("post-foot"))
    return Card(box(CALM, *above, heading(plan, words), outline(library, plan, words), air(), stop, buttons, foot))


def thread_name(content: PostContent, words: Catalog) -> str:
    """ "Stretching, Mon 23 Nov"."""
    day = content.day
    return words("post-thread", weekday=day.weekday(), day=day.day, month=words(f"month-{day.month}"))


def counted(count: int, words: Catalog) -> str:
    """For whoever pressed, where the post itself does not show it."""
    return words("post-counted", count=count)
