"""The library: the loaded advice in one language, frozen and indexed by id."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.advice.disposition import Disposition
from bot.advice.model import (
    Alarm,
    Area,
    Bystander,
    Context,
    EverydayPage,
    Exercise,
    Figure,
    General,
    Group,
    Guidance,
    Pattern,
    RedFlag,
    Routine,
    RoutineKind,
    RoutineMoment,
    RunningFile,
    Source,
    Tip,
    TrainedClassifier,
    TriageFile,
    Vocabulary,
)
from bot.advice.model.base import citations
from bot.advice.model.sign import facts_of, is_number

#: Held stretches first, which fit most of the day.
_MOMENTS = (
    RoutineMoment.ANYTIME,
    RoutineMoment.AFTER_RUN,
    RoutineMoment.DESK,
    RoutineMoment.BED,
    RoutineMoment.BEFORE_RUN,
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One line of a list of warning signs: a red flag, or what makes one worse."""

    flag: RedFlag | Pattern
    id: str  # "K7", or "K7.1" for its first escalation
    disposition: Disposition
    short: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Library:
    """Everything an author wrote, checked. Made by `bot.advice.loader.load` alone; equal to itself alone.

    It has no `repr` of its own: a megabyte, which asyncio would make of the result of a task, twice, and drop.
    """

    language: str
    version: str  # the newest review date and a digest of every file
    general: General
    guidance: Mapping[Disposition, Guidance]
    alarms: tuple[Alarm, ...]
    concepts: Mapping[str, tuple[str, ...]]  # classes of words that alarms name
    search: Vocabulary
    context: Context
    triage: TriageFile
    running: RunningFile
    everyday: Mapping[str, EverydayPage]
    bystander: Bystander
    areas: Mapping[str, Area]
    exercises: Mapping[str, Exercise]
    figures: Mapping[str, Figure]  # by exercise
    tips: Mapping[str, tuple[Tip, ...]]  # by area
    routines: Mapping[str, Routine]
    sources: Mapping[str, Source]
    classifier: TrainedClassifier | None = None  # none where nobody has trained one
    unscreened: Mapping[str, Routine] = field(init=False, repr=False, compare=False)  # before any question
    general_ids: frozenset[str] = field(init=False, repr=False, compare=False)  # signs and patterns about no place
    _flags: Mapping[str, RedFlag | Pattern] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        pages: tuple[General | Area, ...] = (self.general, *self.areas.values())
        flags: list[RedFlag | Pattern] = []
        for page in pages:
            flags += (*page.red_flags, *page.patterns)
        object.__setattr__(self, "_flags", MappingProxyType({flag.id: flag for flag in flags}))
        safe = {
            key: routine
            for key, routine in self.routines.items()
            if not any(self.areas[area].screen_first for area in routine.areas)
            and all(self.exercises[step.exercise].unscreened_ok for step in routine.steps)
        }
        object.__setattr__(self, "unscreened", MappingProxyType(safe))
        object.__setattr__(self, "general_ids", self._general_ids())

    def _general_ids(self) -> frozenset[str]:
        """The warning signs and patterns about no place look at the core and at the person alone."""
        asked = (*self.triage.core, *self.triage.follow_ups)
        anywhere = {answer.id for question in asked for answer in question.answers if not isinstance(answer, str)}
        anywhere |= {risk.id for risk in self.triage.risks} | self.triage.means.keys()
        flags: tuple[RedFlag | Pattern, ...] = (*self.general.red_flags, *self.general.patterns)
        return frozenset(flag.id for flag in flags if all(f in anywhere or is_number(f) for f in facts_of(flag.when)))

    def core_flags(self, group: Group) -> list[RedFlag | Pattern]:
        """The warning signs, whatever hurts, that a group of the first screen asks after."""
        asked = {answer.id for answer in group.answers if not isinstance(answer, str)}
        flags: tuple[RedFlag | Pattern, ...] = (*self.general.red_flags, *self.general.patterns)
        return [flag for flag in flags if asked & facts_of(flag.when)]

    def flag(self, flag_id: str) -> RedFlag | Pattern:
        """The red flag or pattern with this id, wherever it stands. Raises KeyError."""
        return self._flags[flag_id]

    def own_signs(self, area: Area) -> list[Sign]:
        """The warning signs of one place, worst first; those it shares with other areas included."""
        flags = (*area.red_flags, *map(self.flag, area.also), *area.patterns)
        return _worst_first(sign for flag in flags for sign in signs_of(flag))

    def card_signs(self, area: Area) -> list[Sign]:
        """The warning signs that matter most at one place, as its author chose them, worst first."""
        own = {sign.id: sign for sign in self.own_signs(area)}
        return _worst_first(own[name] for name in area.card)

    def signs(self, area: Area) -> list[Sign]:
        """Every warning sign asked for this area, the general ones too, worst first and then the area's own first."""
        flags: tuple[RedFlag | Pattern, ...] = (*self.general.red_flags, *self.general.patterns)
        return _worst_first((*self.own_signs(area), *(sign for flag in flags for sign in signs_of(flag))))

    def routines_for(self, area: Area | None) -> list[Routine]:
        """Routines for one area, or for the whole body: stretches first, by moment, the shortest first in each."""
        wanted = (plan for plan in self.routines.values() if (area.id in plan.areas if area else not plan.areas))
        return sorted(wanted, key=_stretches_first)

    def routine_for(self, area: Area | None, minutes: int | None) -> Routine:
        """The stretch nearest to `minutes`, or the first; an area without a routine gets the whole body's.

        Of what is not for before a run, as far as there is any; where nothing stretches, of its other routines.
        """
        plans = self.routines_for(area) or self.routines_for(None)
        stretches = [plan for plan in plans if plan.kind is RoutineKind.STRETCH] or plans
        held = [plan for plan in stretches if plan.moment is not RoutineMoment.BEFORE_RUN]
        return _nearest(held or stretches, minutes)

    def stretch_for(self, moment: RoutineMoment, minutes: int | None) -> Routine:
        """The stretch for the whole body at that moment nearest to `minutes`, or the first that was written."""
        plans = (plan for plan in self.routines.values() if not plan.areas and plan.moment is moment)
        return _nearest([plan for plan in plans if plan.kind is RoutineKind.STRETCH], minutes)

    def cited_by(self, area: Area) -> list[Source]:
        """Every source of an area's page: its key reading first, then the others by id."""
        others = sorted(source for page in (area, *self.prescribed(area)) for source in citations(page))
        return [self.sources[source] for source in dict.fromkeys((*area.sources, *others))]

    def prescribed(self, area: Area) -> list[Exercise]:
        """The area's exercises in its own order, with its own doses."""
        listed = ((ref, self.exercises[ref.id]) for ref in area.exercises)
        return [exercise.model_copy(update={"dose": ref.dose}) if ref.dose else exercise for ref, exercise in listed]


def _stretches_first(plan: Routine) -> tuple[bool, int, int]:
    return plan.kind is not RoutineKind.STRETCH, _MOMENTS.index(plan.moment), plan.seconds


def _nearest(plans: Sequence[Routine], minutes: int | None) -> Routine:
    return min(plans, key=lambda plan: abs(plan.minutes - minutes)) if minutes else plans[0]


def signs_of(flag: RedFlag | Pattern) -> Iterable[Sign]:
    """A red flag with what makes it worse; of a milder picture only what turns it into a warning sign."""
    for number, worse in enumerate(flag.escalations, start=1):
        if worse.disposition.worse_than(Disposition.MODIFY):  # else it eases off, and is no warning sign
            yield Sign(flag, f"{flag.id}.{number}", worse.disposition, worse.short)
    if isinstance(flag, RedFlag):
        yield Sign(flag, flag.id, flag.disposition, flag.short)


def _worst_first(signs: Iterable[Sign]) -> list[Sign]:
    return sorted(signs, key=lambda sign: sign.disposition.rank)
