"""The coherence of warning signs, alarms and the symptom check: nothing is lost, doubled or too mild."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from bot.advice.checks.raw_library import RawLibrary
from bot.advice.disposition import Disposition
from bot.advice.freetext.alarms import Alarms
from bot.advice.library import Library, signs_of
from bot.advice.model import Choice, Pattern, RedFlag, all_questions
from bot.advice.problem import LibraryProblem, Problem

_GRAVE = {"crisis", "emergency"}


def nothing_is_an_emergency(raw: RawLibrary) -> Iterator[Problem]:
    """`general.yaml` is asked for every area, so its emergencies are what no area can do without."""
    for document, general in raw.models("general"):
        if not any(flag.disposition is Disposition.EMERGENCY for flag in general.red_flags):
            what = "no warning sign here is an `emergency`, so no area would ask about one"
            yield document.problem(("red_flags",), what, "put them back, such as chest pain")


def no_crisis(raw: RawLibrary) -> Iterator[Problem]:
    """Clinical facts, rule 16 of section 1.2."""
    for document, file in raw.models("alarms"):
        if not any(alarm.kind == "crisis" for alarm in file.alarms):
            what = "no alarm is a `crisis`, so somebody who does not want to live would get exercises"
            yield document.problem(("alarms",), what, "put it back, with contacts people can reach")


def never_raised(raw: RawLibrary) -> Iterator[Problem]:
    """An alarm that neither lines nor the classifier raise; and what that hears without an alarm for it."""
    trained = any(raw.models("classifier"))
    for document, file in raw.models("alarms"):
        for at, alarm in enumerate(file.alarms):
            if not (alarm.match or alarm.classified):
                what = f"nothing raises the alarm `{alarm.id}`"
                yield document.problem(("alarms", at), what, "add lines under `match`, or remove it")
        for name in ("crisis", "danger") if trained else ():
            if sum(alarm.classified == name for alarm in file.alarms) != 1:
                what = f"not exactly one alarm is `classified: {name}`"
                yield document.problem(("alarms",), what, "say it of the one that is raised where no line hears it")


def milder_than_its_alarm(raw: RawLibrary) -> Iterator[Problem]:
    """Alarms that speak of a sign which never gets as grave as they are: one of the two is wrong."""
    flags = {flag.id: flag for _, _, flag in raw.flags()}
    for document, place, alarm in raw.entries("alarms"):
        for number, name in enumerate(alarm.flags):
            if name in flags and alarm.kind != "crisis" and Disposition(alarm.kind).worse_than(_worst(flags[name])):
                what = f"the alarm `{alarm.id}` is {alarm.kind}, but {name} is never worse than {_worst(flags[name])}"
                mend = f"raise {name}, or name another sign here"
                yield document.problem((*place, "flags", number), what, mend)


def grave_words_in_a_mild_picture(library: Library, alarms: Alarms) -> Iterator[LibraryProblem]:
    """A pattern never outranks anything: no emergency in its words, nor in a fact that suffices for it."""
    triage, areas = library.triage, library.areas.values()
    questions = all_questions(triage, areas)
    answers = [answer for question in questions for answer in question.answers if isinstance(answer, Choice)]
    answer_texts = {answer.id: answer.text for answer in answers}
    pages = [("general.yaml", library.general.patterns), *((f"areas/{area.id}.yaml", area.patterns) for area in areas)]
    for name, at, flag in ((name, at, flag) for name, patterns in pages for at, flag in enumerate(patterns)):
        # Of one fact alone: beside another, a word may be mild.
        facts = [answer_texts.get(alternative, "") for alternative in flag.when]
        for key, texts in (("short", [flag.short]), ("when", facts)):
            raised = [alarm for text in texts for alarm in alarms.raised_by(text) if alarm.kind in _GRAVE]
            if raised:
                what = f"{flag.id} is a mild picture, but its words raise the alarm `{raised[0].id}`"
                yield name, ("patterns", at, key), what, "make it a red flag, or word it differently"


def asked_twice(raw: RawLibrary) -> Iterator[Problem]:
    """Signs that `also` brings in though they are asked anyway, and `also` that names what is no warning sign."""
    general = {flag.id for _, page in raw.models("general") for flag in (*page.red_flags, *page.patterns)}
    pictures = {flag.id for _, _, flag in raw.flags() if isinstance(flag, Pattern)}
    for document, area in raw.models("areas"):
        own = {flag.id for flag in (*area.red_flags, *area.patterns)}
        for at, name in enumerate(area.also):
            if name in general | own | set(area.also[:at]):
                what = f"{name} is asked twice in `{area.id}`"
                yield document.problem(("also", at), what, "remove it here; it is asked anyway")
            elif name in pictures:
                what = f"{name} is a mild picture and no warning sign"
                yield document.problem(("also", at), what, "name a red flag, or remove it here")


def strangers_on_the_card(raw: RawLibrary) -> Iterator[Problem]:
    """Signs on an area's first card that the area does not ask about."""
    flags = {flag.id: flag for _, _, flag in raw.flags()}
    for document, area in raw.models("areas"):
        asked = {flag.id for flag in (*area.red_flags, *area.patterns)} | set(area.also)
        signs = {sign.id for name in asked & flags.keys() for sign in signs_of(flags[name])}
        for at, name in enumerate(area.card):
            if name not in signs and name.split(".")[0] in flags:
                what = f"{name} stands on the card of `{area.id}`, and is no warning sign of that page"
                yield document.problem(("card", at), what, "name a red flag of this page or of its `also`")


def copied(raw: RawLibrary) -> Iterator[Problem]:
    """A sign that says what another one says: a block that was copied, and one symptom that is never asked."""
    seen: dict[tuple[Path, str], str] = {}
    for document, place, flag in raw.flags():
        first = seen.setdefault((document.file, flag.short.casefold()), flag.id)
        if first != flag.id:
            what = f"`short` of {flag.id} says the same as that of {first}"
            yield document.problem((*place, "short"), what, "say what this sign is about")


def milder_with_more_pain(raw: RawLibrary) -> Iterator[Problem]:
    """The first step that fits counts; clinical facts, rule 4 of section 1.2."""
    for document, triage in raw.models("triage"):
        for at, (more, less) in enumerate(pairwise(triage.pain), start=1):
            place = ("pain", at)
            if less.from_pain >= more.from_pain:
                what = f"the step from {less.from_pain} stands below the one from {more.from_pain}"
                yield document.problem(place, what, "put the most pain first")
            elif less.disposition.worse_than(more.disposition):
                what = f"pain from {more.from_pain} is {more.disposition}, milder than pain from {less.from_pain}"
                yield document.problem(place, what, "more pain may only raise; mend one of the two")


def _worst(flag: RedFlag | Pattern) -> Disposition:
    return min((flag.disposition, *(worse.disposition for worse in flag.escalations)), key=lambda tier: tier.rank)
