"""The length of a symptom check: presses and words to a green result, for every place.

Every word on every screen counts, those of buttons too. Green means: nothing applies, a free walk, and pain of 1, or of
0 where a place bears none.
"""

import sys
from dataclasses import dataclass

from discord import ui

from bot.advice.library import Library
from bot.settings import CONTENT
from bot.triage.answers import Session
from bot.triage.flow import Screen, Step, judge, mark, next_step, none_or_done, open_group
from bot.triage.questionnaire import AGE, PAIN, ids_of, questionnaire
from bot.ui.cards import check
from bot.ui.cards.parts import Card
from bot.ui.locales import LocalizedContent, read_all

MOST_PRESSES, MOST_WORDS, MOST_ON_A_SCREEN = 12, 450, 90


@dataclass(frozen=True, slots=True)
class Length:
    """Of one check, from its first screen to its result."""

    presses: int
    words: int
    longest: int  # words on the longest screen but the result
    result: str


def words_on(card: Card) -> int:
    """Texts and buttons."""
    texts = [item.content for item in card.walk_children() if isinstance(item, ui.TextDisplay)]
    texts += [item.label or "" for item in card.walk_children() if isinstance(item, ui.Button)]
    return sum(len([word for word in text.split() if any(mark.isalnum() for mark in word)]) for text in texts)


def green(content: LocalizedContent, area: str, *, running: bool = False) -> Length:
    """The check of somebody to whom nothing applies."""
    library, session = content.library, Session(area, id="0" * 16, running=running)
    on_screens: list[int] = []
    while (step := next_step(library, session)).screen is not Screen.RESULT:
        on_screens.append(words_on(check.screen(library, session, step, content.words)))
        press_what_is_fine(content, session, step)
    result = words_on(check.screen(library, session, step, content.words))
    outcome = judge(library, session).disposition
    return Length(len(on_screens), sum(on_screens) + result, max(on_screens), str(outcome))


def press_what_is_fine(content: LocalizedContent, session: Session, step: Step) -> None:
    """The mildest answer of a screen, in one press."""
    library = content.library
    if step.question is None or step.question.many:
        if step.screen is Screen.DURING:
            mark(library, session, step.id, "1")
        else:
            none_or_done(library, session, step.id)
        return
    if step.id in {AGE, PAIN}:
        pain = min(1, library.areas[session.area].can_run.ceiling)
        mark(library, session, step.id, {AGE: "age_20", PAIN: f"level_{pain}"}[step.id])
        return
    mark(library, session, step.id, mildest(library, session, step))


def mildest(library: Library, session: Session, step: Step) -> str:
    """The answer of a question with one that makes the result least bad, and leaves the fewest facts open."""
    return min(ids_of(step.question), key=lambda fact: _gravity(library, session, step, fact)) if step.question else ""


def _gravity(library: Library, session: Session, step: Step, fact: str) -> tuple[int, int]:
    tried = Session(session.area, running=session.running, progress=session.progress)
    mark(library, tried, step.id, fact)
    asked = questionnaire(library, tried.areas)
    tier = judge(library, tried).at_least
    return -tier.rank, len(asked.open_facts(asked.settle(tried.answers()), tier))


def presses_to_red(content: LocalizedContent, area: str) -> int:
    """From the first screen: a group, a sign."""
    session = Session(area, id="0" * 16)
    open_group(content.library, session, "chest")
    mark(content.library, session, "chest", "chest_pain")
    return len(session.earlier) if next_step(content.library, session).screen is Screen.RESULT else 99


def main() -> int:
    """Print the table; 1 when a place is over the budget."""
    content = read_all(CONTENT)["en"]
    over = 0
    print(f"{'place':14} {'green':>7} {'words':>6} {'longest':>8} {'result':>9} {'red':>4} {'run':>5} {'words':>6}")
    for area in content.library.areas:
        length, run = green(content, area), green(content, area, running=True)
        fits = length.presses <= MOST_PRESSES and length.words <= MOST_WORDS and length.longest <= MOST_ON_A_SCREEN
        over += not fits
        print(
            f"{area:14} {length.presses:7} {length.words:6} {length.longest:8} {length.result:>9} "
            f"{presses_to_red(content, area):4} {run.presses:5} {run.words:6}{'' if fits else '  over'}"
        )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
