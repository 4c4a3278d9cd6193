"""A press on a private card puts its answer in the place of that card; what answers beside it is named here."""

import ast
from collections.abc import Iterator

from bot.settings import CONTENT

COGS = CONTENT.parent / "cogs"

#: Actions that answer with a message of their own, and why.
BESIDE = {
    "advice.open": "a card beside another; it stays",
    "check.beside": "the check beside an alarm, whose words stay",
    "advice.beside": "advice opened from a result of the check, which stays",
    "advice.pick_beside": "an everyday page opened from the check, which stays",
    "feedback.wrong": "whom to tell about the card, which stays to be copied from",
    "tip.open": "a tip beside a card",
    "advice.share": "for everybody in the channel; where that cannot be, a sentence says so",
    "history.of_entry": "a chart beside the check-in",
    "privacy.export": "a file to keep",
    "run.keep_lasting": "asked below a result, which stays",
    "reminder.resume_blocked": "one of several that Discord refused; the others stay where they are",
    "weekly.submit": "a form sent without a card of ours",
    "post.done": "a club's post stays",
    "reminder.score": "what is left of the reminder stays in the chat",
    "reminder.answer": "the reminder stays in the chat",
    "reminder.start_routine": "the reminder stays in the chat",
    "reminder.seen": "the reminder stays in the chat",
    "reminder.open": "the reminder stays in the chat",
}


def _handlers() -> Iterator[tuple[str, ast.AsyncFunctionDef]]:
    """Every action that is pressed or sent, with its handler."""
    for file in sorted(COGS.glob("*.py")):
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(function, ast.AsyncFunctionDef):
                for call in function.decorator_list:
                    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "press":
                        yield ast.literal_eval(call.args[0]), function


def test_every_press_answers_in_place_but_for_those_with_a_reason() -> None:
    beside = {action for action, handler in _handlers() if "request.show(" in ast.unparse(handler)}

    assert beside == set(BESIDE)
