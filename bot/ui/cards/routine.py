"""A routine: stepped through with Back and Next, and as a club's post for everybody in a channel."""

from collections.abc import Sequence

from bot.advice.library import Library
from bot.advice.model import Routine, RoutineKind, Step
from bot.reminders.posts import POST_MOMENTS, PostContent
from bot.ui.cards.figure import ExercisePage, picture_of, without_figures
from bot.ui.cards.parts import Block, Card, FigureBlock, air, box, bullets, button, row, small
from bot.ui.cards.style import AMBER, CALM, GOOD, PRIMARY
from bot.ui.catalog import Catalog

OTHERS_SHOWN = 3


def routine(library: Library, plan: Routine, words: Catalog) -> list[Card]:
    """The plan, then one page a step, then the end; each step has its stop rule, and its cue where that fits."""
    steps = [_step(library, plan, at, words) for at in range(len(plan.steps))]
    return [_plan(library, plan, words), *steps, _end(plan, words)]


def _plan(library: Library, plan: Routine, words: Catalog) -> Card:
    start_button = button(words("routine-start"), "advice.turn", "routine", plan.id, 1, style=GOOD)
    other_buttons = [
        button(words("routine-other", name=other.name, minutes=other.minutes), "advice.open", "routine", other.id, 0)
        for other in _others(library, plan)
    ]
    buttons = row(start_button, *other_buttons[:OTHERS_SHOWN])
    length = words("routine-minutes", what=_what(plan, words), minutes=plan.minutes, steps=len(plan.steps))
    steps = bullets(
        words("routine-line", name=library.exercises[step.exercise].name, length=_length(step, words))
        for step in plan.steps
    )
    head = f"## {plan.name}\n{length}\n{plan.intro}"
    return Card(box(CALM, head, steps, buttons, small(words("routine-stop"))))


def _others(library: Library, plan: Routine) -> list[Routine]:
    """For the same place, stretches first; for the whole body, those of the same moment first."""
    others = library.routines_for(library.areas[plan.areas[0]] if plan.areas else None)
    return sorted(
        (other for other in others if other.id != plan.id),
        key=lambda other: not plan.areas and other.moment is not plan.moment,
    )


def _what(plan: Routine, words: Catalog) -> str:
    """When it is for; of what stretches nothing, what it is, too."""
    moment = _moment(plan, words)
    return moment if plan.kind is RoutineKind.STRETCH else f"{words(f'routine-kind-{plan.kind}')} · {moment}"


def _moment(plan: Routine, words: Catalog) -> str:
    return words(f"routine-moment-{plan.moment.replace('_', '-')}")


def moments(library: Library, minutes: int | None, words: Catalog) -> Card:
    """For the whole body, and when? Each opens the stretch for that moment nearest to the minutes."""
    plans = (library.stretch_for(moment, minutes) for moment in POST_MOMENTS)
    buttons = row(*(button(_moment(plan, words), "advice.open", "routine", plan.id, 0) for plan in plans))
    head = f"## {words('routine-when')}\n{words('routine-when-text')}"
    return Card(box(CALM, head, buttons, small(words("routine-why"))))


def held(caution: str, words: Catalog) -> Card:
    """In the place of stretches for a place that a symptom check says to have seen first."""
    check_button = row(button(words("card-check"), "check.start", style=PRIMARY))
    return Card(box(AMBER, f"## {words('routine-held')}\n{caution}", check_button))


def _step(library: Library, plan: Routine, at: int, words: Catalog) -> Card:
    step = plan.steps[at]
    exercise = library.exercises[step.exercise]
    place = words("routine-place", number=at + 1, steps=len(plan.steps), length=_length(step, words))
    page = ExercisePage.of(exercise, place, f"**{step.cue}**" if step.cue else "")
    if not page.leaves_room:
        page = ExercisePage.of(exercise, place)
    next_label = words("routine-finish" if at == len(plan.steps) - 1 else "page-next")
    buttons = row(
        button(words("page-back"), "advice.turn", "routine", plan.id, at),
        button(next_label, "advice.turn", "routine", plan.id, at + 2, style=PRIMARY),
    )
    return page.card(picture_of(library, exercise.id, words), buttons)


def _length(step: Step, words: Catalog) -> str:
    return words("routine-each-side" if step.each_side else "routine-seconds", seconds=step.seconds)


def telling_picture(library: Library, plan: Routine, words: Catalog) -> Sequence[FigureBlock]:
    """The picture of the first step that stretches, or else of the first that has one; nothing where none has."""
    steps = sorted(plan.steps, key=lambda step: not library.exercises[step.exercise].kind.is_stretch)
    drawn = (step.exercise for step in steps if step.exercise in library.figures)
    return picture_of(library, next(drawn, ""), words)


def _end(plan: Routine, words: Catalog) -> Card:
    again = row(button(words("routine-again"), "advice.turn", "routine", plan.id, 0))
    head = f"## {words('routine-done')}\n{words('routine-done-text')}"
    return Card(box(CALM, head, again, small(words("routine-stop"))))


def post(
    library: Library, content: PostContent, words: Catalog, *, role_gone: bool = False, trial: bool = False
) -> Card:
    """A club's post; each button opens something private, but for the one that counts.

    `trial`: moderators try it out in the channel. Raises KeyError for a routine that is no longer there.
    """
    plan = library.routines[content.routine]
    above: list[Block] = [small(words("post-trial"))] if trial else []
    foot = [] if trial else [small(words("post-foot"))]
    if content.options.role is not None:
        above.append(small(words("post-role-gone")) if role_gone else f"<@&{content.options.role}>")
    done_button = button(words("post-done", count=content.done), "post.done", content.occurrence)
    done_button.disabled = trial
    buttons = row(
        button(words("post-how"), "advice.open", "routine", plan.id, 0, style=GOOD),
        done_button,
        button(words("diary-checkin"), "checkin.start"),
    )
    blocks = _what_to_do(library, plan, words)
    return Card(box(CALM, *above, *blocks, small(words("routine-stop")), buttons, *foot))


def preview(library: Library, content: PostContent, words: Catalog, *, pictured: bool) -> Card:
    """What will be in a post, without its buttons and what every post says; `pictured`: whether a picture can come."""
    mention = [] if content.options.role is None else [f"<@&{content.options.role}>"]
    blocks = _what_to_do(library, library.routines[content.routine], words)
    card = Card(box(CALM, *mention, *blocks))
    return card if pictured else without_figures(card)


def _what_to_do(library: Library, plan: Routine, words: Catalog) -> list[Block]:
    """Title and intro, the steps, the picture of one."""
    title = words(f"post-title-{plan.moment.replace('_', '-')}", name=plan.name)
    intro = words("post-intro", minutes=plan.minutes, intro=plan.intro)
    steps = bullets(library.exercises[step.exercise].name for step in plan.steps)
    picture: Sequence[Block] = telling_picture(library, plan, words) or [air()]
    return [f"## {title}\n{intro}", steps, *picture]


def thread_name(content: PostContent, words: Catalog) -> str:
    """ "Stretching, Mon 23 Nov"."""
    day = content.day
    return words("post-thread", weekday=day.weekday(), day=day.day, month=words(f"month-{day.month}"))


def counted(count: int, words: Catalog) -> str:
    """How many did it, for whoever pressed where the post itself does not show it."""
    return words("post-counted", count=count)
