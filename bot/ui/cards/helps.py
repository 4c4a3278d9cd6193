"""What helps: what can be done for an area, each exercise on a page of its own, and the short pages beside them."""

from discord import SelectOption, ui

from bot.advice.library import Library
from bot.advice.model import Area, Exercise, TipMoment
from bot.typed_text import shortened
from bot.ui.cards.area import back_to
from bot.ui.cards.figure import ExercisePage, picture_of
from bot.ui.cards.pages import PagedCard
from bot.ui.cards.parts import Card, answer_rows, box, bullets, button, menu, row, small
from bot.ui.cards.running import ladder
from bot.ui.cards.style import CALM, GOOD, PRIMARY, STOP
from bot.ui.catalog import Catalog
from bot.ui.custom_id import custom_id
from bot.ui.limits import CHOICE
from bot.ui.phrases import dose_text

BUTTONS_SHOWN = 6  # exercises as buttons on one page

#: Cards that open from "What helps": as they are named there, and once no warning sign applies. *Back* leads to where
#: they were opened.
UNSCREENED, CLEARED = "helps", "exercises"
HINTS = ("feel", "easier", "harder")


def helps(library: Library, area: Area, words: Catalog) -> list[Card]:
    """What anybody may try, whatever the warning signs: gentle exercises one press away, and what else there is."""
    gentle = unscreened(library, area)
    pages = [gentle[at : at + BUTTONS_SHOWN] for at in range(0, len(gentle), BUTTONS_SHOWN)] or [[]]
    return [_helps(library, area, pages, at, words) for at in range(len(pages))]


def _helps(library: Library, area: Area, pages: list[list[Exercise]], at: int, words: Catalog) -> Card:
    start = at * BUTTONS_SHOWN
    exercises = answer_rows(
        button(exercise.name, "advice.open", "gentle", area.id, start + number, style=GOOD)
        for number, exercise in enumerate(pages[at])
    )
    head = f"## {words('helps-title', area=area.name)}\n**{words('helps-gentle')}**"
    onward = [button(words("page-next"), "advice.turn", "helps", area.id, at + 1, style=PRIMARY)]
    more = button(words("helps-more"), "advice.open", "signs", area.id, 0)
    back = button(words("page-back"), "advice.turn", "helps", area.id, at - 1) if at else back_to("pain", area, words)
    buttons = [
        *(onward if at + 1 < len(pages) else []),
        more,
        *_beside(area, UNSCREENED, words),
        _share(area, words),
        back,
    ]
    return Card(box(CALM, head, *exercises, _tips_menu(library, area, UNSCREENED, words), *answer_rows(buttons)))


def cleared(library: Library, area: Area, words: Catalog) -> list[Card]:
    """After "none of these apply to me", or a check: what to try first, every exercise, and what else there is."""
    back = back_to("pain", area, words)
    if not area.helps:
        return [_exercises(library, area, back, words)]
    title = f"## {words('helps-title', area=area.name)}\n" + bullets(note.text for note in area.helps)
    onward = button(words("helps-exercises"), "advice.turn", CLEARED, area.id, 1, style=GOOD)
    causes_button = button(words("card-causes"), "advice.open", "causes", area.id, 0)
    again = button(words("page-back"), "advice.turn", CLEARED, area.id, 0)
    buttons = answer_rows([onward, causes_button, _share(area, words), back])
    first = Card(title, _tips_menu(library, area, CLEARED, words), *buttons)
    return [first, _exercises(library, area, again, words)]


def _exercises(library: Library, area: Area, back: ui.Button[Card], words: Catalog) -> Card:
    options = [
        SelectOption(
            label=shortened(exercise.name, CHOICE),
            value=f"exercise.{area.id}.{number}",
            description=shortened(dose_text(exercise.dose, words, weeks=False), CHOICE),
        )
        for number, exercise in enumerate(library.prescribed(area))
    ]
    choice = menu(custom_id("advice.choose", "exercises"), words("cleared-choose"), options)
    head = f"## {words('cleared-title', area=area.name)}\n{words('cleared-intro')}"
    plan = library.routine_for(area, minutes=None)
    routine_label = words("routine-other", name=plan.name, minutes=plan.minutes)
    routine_button = button(routine_label, "advice.open", "routine", plan.id, 0, style=GOOD)
    buttons = [routine_button, *_beside(area, CLEARED, words), back]
    foot = small(words("cleared-foot", ceiling=area.can_run.ceiling))
    return Card(box(CALM, head, choice, _tips_menu(library, area, CLEARED, words), *answer_rows(buttons), foot))


def _beside(area: Area, parent: str, words: Catalog) -> list[ui.Button[Card]]:
    return [
        button(words("card-avoid"), "advice.open", name("avoid", parent), area.id, 0),
        button(words("cleared-running"), "advice.open", name("running", parent), area.id, 0),
        button(words("card-seen"), "advice.open", name("seen", parent), area.id, 0),
    ]


def _share(area: Area, words: Catalog) -> ui.Button[Card]:
    return button(words("card-share"), "advice.share", area.id)


def name(card: str, parent: str) -> str:
    """What a card is called that has *Back* to `parent`."""
    return card if parent == UNSCREENED else f"{card}-{parent}"


def _tips_menu(library: Library, area: Area, parent: str, words: Catalog) -> ui.ActionRow[Card]:
    """Everything there is to try, by the moment of the day."""
    options = [
        SelectOption(label=words(f"helps-{moment}"), value=f"{name(f'tips-{moment}', parent)}.{area.id}.0")
        for moment in moments(library, area)
    ]
    return menu(custom_id("advice.choose", "tips"), words("helps-moment"), options)


def moments(library: Library, area: Area) -> list[TipMoment]:
    """The moments for which the area has tips."""
    with_tips = {tip.moment for tip in library.tips[area.id]}
    return [moment for moment in TipMoment if moment in with_tips]


def unscreened(library: Library, area: Area) -> list[Exercise]:
    """The exercises of an area that need no question first."""
    return [exercise for exercise in library.prescribed(area) if exercise.unscreened_ok]


def exercise_pages(library: Library, area: Area, words: Catalog, *, parent: str) -> list[Card]:
    """One page for each exercise, with *Back* to the list it was opened from."""
    shown = unscreened(library, area) if parent == UNSCREENED else library.prescribed(area)
    ways = name("ways", parent)
    pages = []
    for at, exercise in enumerate(shown):
        page = _page(exercise, words)
        ways_label = words("exercise-ways" if page.leaves_room else "exercise-picture")
        buttons = row(button(ways_label, "advice.turn", ways, area.id, at), back_to(parent, area, words))
        pages.append(page.card(picture_of(library, exercise.id, words) if page.leaves_room else (), buttons))
    return pages


def _page(exercise: Exercise, words: Catalog) -> ExercisePage:
    return ExercisePage.of(exercise, dose_text(exercise.dose, words))


def exercise_ways(library: Library, area: Area, parent: str, words: Catalog) -> list[Card]:
    """Beside each exercise: where to feel it, what it is for here, how to make it easier, how harder."""
    shown = unscreened(library, area) if parent == UNSCREENED else library.prescribed(area)
    notes = {ref.id: ref.note for ref in area.exercises}
    page = "gentle" if parent == UNSCREENED else "exercise"
    pages = []
    for at, exercise in enumerate(shown):
        picture = () if _page(exercise, words).leaves_room else picture_of(library, exercise.id, words)
        lines = [note] if (note := notes[exercise.id]) and not picture else []
        lines += [words(f"exercise-{hint}", text=text) for hint in HINTS if (text := getattr(exercise, hint))]
        back = button(words("page-back"), "advice.turn", page, area.id, at)
        pages.append(Card(f"### {exercise.name}", *picture, "\n".join(lines or [exercise.stop_if]), row(back)))
    return pages


def tips(moment: TipMoment, library: Library, area: Area, parent: str, words: Catalog) -> list[Card]:
    """Everything to try at one moment of the day."""
    lines = [f"- {tip.text}" for tip in library.tips[area.id] if tip.moment is moment]
    title = words("helps-tips", area=area.name, moment=words(f"moment-{moment}"))
    place = _place(f"tips-{moment}", area, parent, words)
    return PagedCard(CALM, title, *place, words("helps-foot"), airy=False).pages(lines, words)


def avoid(_library: Library, area: Area, parent: str, words: Catalog) -> list[Card]:
    """What not to do, and why."""
    lines = [f"**{entry.text}**\n{entry.why}" for entry in area.avoid]
    title, place = words("avoid-title", area=area.name), _place("avoid", area, parent, words)
    return PagedCard(STOP, title, *place, words("avoid-foot")).pages(lines, words)


def seen(_library: Library, area: Area, parent: str, words: Catalog) -> list[Card]:
    """When somebody should look at it anyway."""
    lines = [f"- {note.text}" for note in area.see_someone]
    title, place = words("seen-title", area=area.name), _place("seen", area, parent, words)
    return PagedCard(CALM, title, *place, airy=False).pages(lines, words)


def running_with_it(_library: Library, area: Area, parent: str, words: Catalog) -> list[Card]:
    """The most pain that is acceptable on a run, and the rules around it."""
    lines = [f"- {note.text}" for note in area.can_run.notes]
    buttons = [
        button(words("card-run"), "run.begin", area.id, style=PRIMARY),
        button(words("run-ladder"), "advice.open", name("ladder", parent), area.id, 0),
    ]
    title, place = words("running-title", area=area.name), _place("running", area, parent, words)
    return PagedCard(CALM, title, *place, airy=False, buttons=buttons).pages(lines, words)


def way_back(library: Library, area: Area, parent: str, words: Catalog) -> list[Card]:
    """The ladder, with *Back* to "Running with it"."""
    return ladder(library, words, name("ladder", parent), area.id, back_to(name("running", parent), area, words))


def _place(card: str, area: Area, parent: str, words: Catalog) -> tuple[str, str, ui.Button[Card]]:
    """A page's name and key, and *Back* to where it was opened."""
    return name(card, parent), area.id, back_to(parent, area, words)
