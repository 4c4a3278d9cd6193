"""The loaded advice in one language: frozen, and indexed by id."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.advice.disposition import Disposition
from bot.advice.model import (
    Alarm,
    Area,
    Bystander,
    Denial,
    EverydayPage,
    Exercise,
    General,
    Guidance,
    Pattern,
    RedFlag,
    Routine,
    RunningFile,
    Source,
    Tip,
    TriageFile,
    Vocabulary,
)
from bot.advice.model.base import citations


@dataclass(frozen=True, slots=True)
class Sign:
    """One line of a list of warning signs: a red flag, or what makes one worse."""

    flag: RedFlag | Pattern
    id: str  # "K7", or "K7.1" for its first escalation
    disposition: Disposition
    short: str
    ask: str

    @property
    def text(self) -> str:
        """Its question; an escalation stands apart from its flag in a list, so there it is said in short."""
        return self.short if "." in self.id else self.ask


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """Everything an author wrote, checked. Made by `bot.advice.loader.load` alone; equal to itself alone."""

    language: str
    version: str  # the newest review date and a digest of every file
    general: General
    guidance: Mapping[Disposition, Guidance]
    alarms: tuple[Alarm, ...]
    search: Vocabulary
    denial: Denial
    triage: TriageFile
    running: RunningFile
    everyday: Mapping[str, EverydayPage]
    bystander: Bystander
    areas: Mapping[str, Area]
    exercises: Mapping[str, Exercise]
    tips: Mapping[str, tuple[Tip, ...]]  # by area
    routines: Mapping[str, Routine]
    sources: Mapping[str, Source]
    unscreened: Mapping[str, Routine] = field(init=False, repr=False, compare=False)  # before any question
    _flags: Mapping[str, RedFlag | Pattern] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        pages: tuple[General | Area, ...] = (self.general, *self.areas.values())
        flags: list[RedFlag | Pattern] = []
        for page in pages:
            flags += (*page.red_flags, *page.patterns)
        object.__setattr__(self, "_flags", MappingProxyType({flag.id: flag for flag in flags}))
        safe = {key: routine for key, routine in self.routines.items() if self._safe_unscreened(routine)}
        object.__setattr__(self, "unscreened", MappingProxyType(safe))

    @property
    def general_ids(self) -> frozenset[str]:
        """Of the warning signs and patterns that are asked whatever hurts."""
        flags: tuple[RedFlag | Pattern, ...] = (*self.general.red_flags, *self.general.patterns)
        return frozenset(flag.id for flag in flags)

    def flag(self, flag_id: str) -> RedFlag | Pattern:
        """The red flag or pattern with this id, wherever it stands. Raises KeyError."""
        return self._flags[flag_id]

    def own_signs(self, area: Area) -> list[Sign]:
        """The warning signs of one place, worst first; those it shares with other areas included."""
        flags = (*area.red_flags, *map(self.flag, area.also), *area.patterns)
        return _worst_first(sign for flag in flags for sign in _signs(flag))

    def signs(self, area: Area) -> list[Sign]:
        """Every warning sign asked for this area, the general ones too, worst first and then the area's own first."""
        flags: tuple[RedFlag | Pattern, ...] = (*self.general.red_flags, *self.general.patterns)
        return _worst_first((*self.own_signs(area), *(sign for flag in flags for sign in _signs(flag))))

    def _safe_unscreened(self, routine: Routine) -> bool:
        screened = any(self.areas[area].screen_first for area in routine.areas)
        return not screened and all(self.exercises[step.exercise].unscreened_ok for step in routine.steps)

    def routines_for(self, area: Area | None) -> list[Routine]:
        """Routines for one area, or for the whole body; shortest first."""
        wanted = (routine for routine in self.routines.values() if _serves(routine, area))
        return sorted(wanted, key=lambda routine: routine.seconds)

    def routine_for(self, area: Area | None, minutes: int | None) -> Routine:
        """The routine nearest to `minutes`, or the shortest; an area without its own gets the whole body's."""
        plans = self.routines_for(area) or self.routines_for(None)
        return min(plans, key=lambda plan: abs(plan.minutes - minutes)) if minutes else plans[0]

    def cited_by(self, area: Area) -> list[Source]:
        """Every source of an area's page: its key reading first, then the others by id."""
        others = sorted(source for page in (area, *self.prescribed(area)) for _, source in citations(page))
        return [self.sources[source] for source in dict.fromkeys((*area.sources, *others))]

    def prescribed(self, area: Area) -> list[Exercise]:
        """The area's exercises in its own order, with its own doses."""
        listed = ((ref, self.exercises[ref.id]) for ref in area.exercises)
        return [exercise.model_copy(update={"dose": ref.dose}) if ref.dose else exercise for ref, exercise in listed]


def _signs(flag: RedFlag | Pattern) -> Iterable[Sign]:
    """A red flag with what makes it worse; of a milder picture only what turns it into a warning sign."""
    for number, worse in enumerate(flag.escalations, start=1):
        if worse.disposition.worse_than(Disposition.MODIFY):  # else it eases off, and is no warning sign
            yield Sign(flag, f"{flag.id}.{number}", worse.disposition, worse.short, worse.when)
    if isinstance(flag, RedFlag):
        yield Sign(flag, flag.id, flag.disposition, flag.short, flag.ask)


def _worst_first(signs: Iterable[Sign]) -> list[Sign]:
    return sorted(signs, key=lambda sign: sign.disposition.rank)


def _serves(routine: Routine, area: Area | None) -> bool:
    return area.id in routine.areas if area else not routine.areas
