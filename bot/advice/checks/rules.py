"""Rules that hold between files. Each is a function from a shelf to problems."""

from collections.abc import Callable, Iterator

from bot.advice.checks import claims, coherence, harm, safety, thresholds, wording
from bot.advice.checks.raw_library import RawLibrary
from bot.advice.checks.references import loose_ends, repeated_ids
from bot.advice.disposition import Disposition
from bot.advice.freetext.alarms import AlarmSyntaxError, compile_line
from bot.advice.model.base import Place
from bot.advice.problem import Problem

Rule = Callable[[RawLibrary], Iterator[Problem]]


def problems(raw: RawLibrary) -> list[Problem]:
    """Every broken rule between the files that could be read."""
    return [problem for rule in RULES for problem in rule(raw)]


def _areas_named_like_files(raw: RawLibrary) -> Iterator[Problem]:
    for document, area in raw.models("areas"):
        if document.file.stem != area.id:
            what = f"the area `{area.id}` stands in a file named {document.file.name}"
            yield Problem(document.file, document.line(("id",)), what, f"name the file {area.id}.yaml")


def _alarm_lines(raw: RawLibrary) -> Iterator[Problem]:
    for document, file in raw.models("alarms"):
        for at, alarm in enumerate(file.alarms):
            for number, line in enumerate(alarm.match):
                try:
                    compile_line(line)
                except AlarmSyntaxError as error:
                    place: Place = ("alarms", at, "match", number)
                    yield Problem(
                        document.file, document.line(place), f"`{line}`: {error}", "see docs/content-guide.md"
                    )


def _guidance_complete(raw: RawLibrary) -> Iterator[Problem]:
    for document, file in raw.models("guidance"):
        for disposition in sorted(set(Disposition) - {entry.disposition for entry in file.guidance}):
            yield Problem(document.file, 1, f"there is no guidance for `{disposition}`", "add an entry for it")


def _every_area_has_tips(raw: RawLibrary) -> Iterator[Problem]:
    """`/tip` offers every area."""
    with_tips = {document.file.stem for document, _ in raw.models("tips")}
    with_tips |= {file.area for _, file in raw.models("tips")} | {name for kind, name in raw.declared if kind == "tips"}
    for document, area in raw.models("areas"):
        if area.id not in with_tips:
            what = f"`{area.id}` has no tips"
            yield Problem(document.file, document.line(("id",)), what, f"write tips/{area.id}.yaml")


RULES: tuple[Rule, ...] = (
    repeated_ids,
    loose_ends,
    safety.too_bold,
    safety.bold_tips,
    safety.shown_unasked,
    safety.pain_before_screening,
    harm.out_of_place,
    harm.never_asked,
    harm.harmed_by_the_cure,
    harm.pounding_on_bone,
    coherence.nothing_is_an_emergency,
    coherence.no_crisis,
    coherence.milder_than_its_alarm,
    coherence.grave_words_in_a_mild_picture,
    coherence.not_a_question,
    coherence.asked_twice,
    coherence.copied,
    thresholds.milder_with_more_pain,
    thresholds.ages_out_of_order,
    thresholds.modifiers_that_do_nothing,
    thresholds.names_used_twice,
    wording.forbidden_wordings,
    wording.bone_without_its_mark,
    wording.no_word_on_bone,
    claims.too_sure,
    _areas_named_like_files,
    _alarm_lines,
    _guidance_complete,
    _every_area_has_tips,
)
