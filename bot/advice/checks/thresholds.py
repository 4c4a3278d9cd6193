"""The numbers of the symptom check: more pain is never milder, and no answer is lost."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from bot.advice.checks.raw_library import RawLibrary
from bot.advice.problem import Problem


def milder_with_more_pain(raw: RawLibrary) -> Iterator[Problem]:
    """The first step that fits counts; clinical facts, rule 4 of section 1.2."""
    for document, triage in raw.models("triage"):
        for at, (more, less) in enumerate(pairwise(triage.pain), start=1):
            line = document.line(("pain", at))
            if less.from_pain >= more.from_pain:
                what = f"the step from {less.from_pain} stands below the one from {more.from_pain}"
                yield Problem(document.file, line, what, "put the most pain first")
            elif less.disposition.worse_than(more.disposition):
                what = f"pain from {more.from_pain} is {more.disposition}, milder than pain from {less.from_pain}"
                yield Problem(document.file, line, what, "more pain may only raise; mend one of the two")


def ages_out_of_order(raw: RawLibrary) -> Iterator[Problem]:
    """Everybody finds an age, and only one."""
    for document, triage in raw.models("triage"):
        if triage.ages[0].from_age > 0:
            what = f"nobody under {triage.ages[0].from_age} finds an age here"
            yield Problem(document.file, document.line(("ages", 0)), what, "let the first one begin `from_age: 0`")
        for at, (younger, older) in enumerate(pairwise(triage.ages), start=1):
            if older.from_age <= younger.from_age:
                what = f"`{older.id}` does not begin later than `{younger.id}`"
                yield Problem(document.file, document.line(("ages", at)), what, "put the youngest first")


def modifiers_that_do_nothing(raw: RawLibrary) -> Iterator[Problem]:
    """What is asked about a person and changes no result: rules 9 and 10 of section 1.2 would be lost unseen."""
    for document, triage in raw.models("triage"):
        for at, modifier in enumerate(triage.modifiers):
            if not (modifier.raises or modifier.at_least or modifier.floors):
                what = f"`{modifier.id}` raises nothing"
                mend = "give it `raises: 1`, `at_least` or `floors`, or remove it"
                yield Problem(document.file, document.line(("modifiers", at)), what, mend)


def names_used_twice(raw: RawLibrary) -> Iterator[Problem]:
    """Two answers with one name cannot be told apart, and Discord refuses the menu."""
    for document, triage in raw.models("triage"):
        for part, names in (
            ("ages", [(band.id,) for band in triage.ages]),
            ("modifiers", [(modifier.id, *modifier.aliases) for modifier in triage.modifiers]),
        ):
            used = Counter(name for group in names for name in group)
            for at, group in enumerate(names):
                for name in group:
                    if used[name] > 1 and any(name in other for other in names[:at]):
                        what = f"`{name}` is used twice among the {part}"
                        yield Problem(document.file, document.line((part, at)), what, "rename this one")
