"""A routine, stepped through with Back and Next."""

from bot.advice.library import Library
from bot.advice.model import Routine, Step
from bot.ui.cards.parts import Card, box, bullets, button, row, small
from bot.ui.cards.style import CALM, GOOD, PRIMARY
from bot.ui.catalog import Catalog


def routine(library: Library, plan: Routine, words: Catalog) -> list[Card]:
    """The plan, then one page a step, then the end; the stop rule stands on every page."""
    stations = [_station(library, plan, at, words) for at in range(len(plan.steps))]
    return [_plan(library, plan, words), *stations, _end(plan, words)]


def heading(plan: Routine, words: Catalog) -> str:
    """Its name, how long it takes, what it is for."""
    return f"## {plan.name}\n{words('routine-minutes', minutes=plan.minutes, steps=len(plan.steps))}\n{plan.intro}"


def outline(library: Library, plan: Routine, words: Catalog) -> str:
    """Its steps with their lengths."""
    return bullets(
        words("routine-line", name=library.exercises[step.exercise].name, length=_length(step, words))
        for step in plan.steps
    )


def _plan(library: Library, plan: Routine, words: Catalog) -> Card:
    begin = button(words("routine-start"), "advice.turn", "routine", plan.id, 1, style=GOOD)
    others = [
        button(words("routine-other", name=other.name, minutes=other.minutes), "advice.open", "routine", other.id, 0)
        for other in library.routines.values()
        if other.id != plan.id and (set(other.areas) & set(plan.areas) or other.areas == plan.areas)
    ]
    turns = row(begin, *others[:3])
    return Card(box(CALM, heading(plan, words), outline(library, plan, words), turns, small(words("routine-stop"))))


def _station(library: Library, plan: Routine, at: int, words: Catalog) -> Card:
    step = plan.steps[at]
    exercise = library.exercises[step.exercise]
    place = small(words("routine-place", number=at + 1, steps=len(plan.steps), name=plan.name))
    body = [f"**{_length(step, words)}**", exercise.start]
    body += [f"{number}. {line}" for number, line in enumerate(exercise.steps, start=1)]
    if step.cue:
        body += ["", words("routine-cue", text=step.cue)]
    last = at == len(plan.steps) - 1
    turns = row(
        button(words("page-back"), "advice.turn", "routine", plan.id, at),
        button(
            words("routine-finish" if last else "page-next"), "advice.turn", "routine", plan.id, at + 2, style=PRIMARY
        ),
    )
    if exercise.avoid_if:
        body += ["", f"**{exercise.avoid_if}**"]
    stop = small(f"{exercise.stop_if}\n{words('routine-stop')}")
    return Card(box(CALM, f"{place}\n## {exercise.name}", "\n".join(body), turns, stop))


def _end(plan: Routine, words: Catalog) -> Card:
    again = button(words("routine-again"), "advice.turn", "routine", plan.id, 0)
    return Card(
        box(CALM, f"## {words('routine-done')}\n{words('routine-done-text')}", row(again), small(words("routine-stop")))
    )


def _length(step: Step, words: Catalog) -> str:
    return words("routine-each-side" if step.each_side else "routine-seconds", seconds=step.seconds)
