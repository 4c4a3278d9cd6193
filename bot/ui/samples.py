"""One of every card that is built on the spot, so that the catalogue and Discord's limits are checked at load."""

from collections.abc import Iterator

from bot.advice.library import Library
from bot.advice.model import Light
from bot.triage.answers import Answer, Answers
from bot.triage.assessment import assess
from bot.triage.flow import RUN, Screen
from bot.triage.running import Verdict
from bot.triage.sessions import Session
from bot.ui.cards import check, notices, running
from bot.ui.cards.parts import Card
from bot.ui.words import Words

#: Sentences of errors and edges that no sample card shows, with the variables they take.
SENTENCES: tuple[tuple[str, dict[str, object]], ...] = (
    ("error-out-of-date", {}),
    ("error-form-out-of-date", {}),
    ("error-no-tip", {}),
    ("error-unexpected", {"code": "abc123"}),
    ("share-nobody", {}),
    ("share-kept-private", {}),
)


def samples(library: Library, words: Words) -> Iterator[tuple[str, str, Card]]:
    """(name, key, card): every alarm, every screen of the check and some results, a tip of every area, every sentence.

    Raises CatalogueError for a message that is missing or does not take its variables.
    """
    areas = list(library.areas.values())
    for alarm in library.alarms:
        yield "alarm", alarm.id, notices.cannot_wait(library, [alarm], words)
    yield "unknown", "all", notices.unknown_area(library, "pizza", words)
    yield "unknown", "all", notices.unknown_area(library, "", words)
    for message, values in SENTENCES:
        yield "sentence", message, notices.sentence(words(message, **values), words, fresh_start=True)
    yield "where", "all", check.where(library, words)
    yield "where", "all", running.where(library, words)
    yield "gone", "all", check.gone(library, words)
    for area in areas:
        yield "tip", area.id, notices.tip(library, area, library.tips[area.id][0], "any", area.id, words)
        session = Session("0" * 16, 0, area.id, 0.0)
        session.running = True
        for screen in (Screen.EMERGENCIES, *RUN[:-1]):
            yield "check", area.id, check.screen(library, area, session, screen, words)
        for flag in (area.red_flags[0], area.red_flags[-1]):
            outcome = assess(library, Answers((area.id,), {flag.id: Answer.YES}, Answer.NO))
            yield "result", area.id, check.result(library, area, outcome, words)
    for pain in (0, 5):
        outcome = assess(library, Answers((areas[0].id,), {}, Answer.NO, pain))
        yield "result", areas[0].id, check.result(library, areas[0], outcome, words)
    calm = assess(library, Answers((areas[0].id,), {}, Answer.NO, 0))
    questions = (*library.running.last_run, *library.running.today)
    reasons = tuple(answer.reason for question in questions for answer in question.answers if answer.reason)
    for shown in Light:
        found = Verdict(shown, reasons, (), see_someone=True, assessment=calm)
        yield "light", shown, running.light(library, areas[0], found, words)
    yield "check", "all", check.emergency(library, words)
