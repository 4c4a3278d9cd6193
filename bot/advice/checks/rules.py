"""The rules that hold between files, each a function from a RawLibrary to problems."""

from collections.abc import Callable, Iterator

from bot.advice.checks import answers, coherence, conditions, hearing, routines, safety, wording
from bot.advice.checks.raw_library import RawLibrary
from bot.advice.checks.references import loose_ends, repeated_ids, too_sure, untraceable
from bot.advice.disposition import Disposition
from bot.advice.problem import Problem

Rule = Callable[[RawLibrary], Iterator[Problem]]


def problems(raw: RawLibrary) -> list[Problem]:
    """Every broken rule between the files that could be read."""
    return [problem for rule in RULES for problem in rule(raw)]


def _areas_named_like_files(raw: RawLibrary) -> Iterator[Problem]:
    for document, area in raw.models("areas"):
        if document.file.stem != area.id:
            what = f"the area `{area.id}` stands in a file named {document.file.name}"
            yield document.problem(("id",), what, f"name the file {area.id}.yaml")


def _guidance_complete(raw: RawLibrary) -> Iterator[Problem]:
    for document, file in raw.models("guidance"):
        for disposition in sorted(set(Disposition) - {entry.disposition for entry in file.guidance}):
            yield document.problem((), f"there is no guidance for `{disposition}`", "add an entry for it")


def _every_area_has_tips(raw: RawLibrary) -> Iterator[Problem]:
    """`/tip` offers every area."""
    with_tips = {document.file.stem for document, _ in raw.models("tips")}
    with_tips |= {file.area for _, file in raw.models("tips")} | {name for kind, name in raw.declared if kind == "tips"}
    for document, area in raw.models("areas"):
        if area.id not in with_tips:
            what = f"`{area.id}` has no tips"
            yield document.problem(("id",), what, f"write tips/{area.id}.yaml")


RULES: tuple[Rule, ...] = (
    repeated_ids,
    loose_ends,
    safety.too_bold,
    safety.bold_tips,
    safety.shown_unasked,
    safety.pain_before_screening,
    safety.out_of_place,
    safety.never_asked,
    safety.harmed_by_the_cure,
    safety.pounding_on_bone,
    routines.unguarded,
    routines.misnamed,
    routines.out_of_moment,
    routines.too_few_for_clubs,
    coherence.nothing_is_an_emergency,
    coherence.no_crisis,
    coherence.never_raised,
    coherence.milder_than_its_alarm,
    coherence.asked_twice,
    coherence.strangers_on_the_card,
    coherence.copied,
    coherence.milder_with_more_pain,
    conditions.unknown_facts,
    conditions.facts_defined_twice,
    conditions.out_of_reach,
    conditions.risks_without_effect,
    answers.without_effect,
    answers.without_effect_here,
    conditions.names_used_twice,
    conditions.not_a_question,
    wording.forbidden_wordings,
    wording.bone_without_its_mark,
    wording.no_word_on_bone,
    too_sure,
    untraceable,
    _areas_named_like_files,
    hearing.unreadable,
    _guidance_complete,
    _every_area_has_tips,
)
