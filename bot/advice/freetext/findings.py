"""What free text says before anybody was asked: it may raise, and never lowers."""

from dataclasses import dataclass
from typing import Literal

from bot.advice.freetext.alarms import Alarms
from bot.advice.freetext.search import Search
from bot.advice.library import Library
from bot.advice.model import Area, General

Least = Literal["emergency", "urgent", "clinician"]


@dataclass(frozen=True, slots=True)
class FreeTextFindings:
    """The least a text calls for, the red flags it speaks of (gravest alarm first), the areas it leads to."""

    at_least: Least | None
    flags: tuple[str, ...]
    areas: tuple[str, ...]


def findings_in(text: str, library: Library, alarms: Alarms, search: Search) -> FreeTextFindings:
    """What a text raises and where it leads. A crisis is an emergency; nothing heard is None, and lowers nothing."""
    raised = alarms.raised_by(text)
    kind = raised[0].kind if raised else None
    pages: tuple[General | Area, ...] = (library.general, *library.areas.values())
    asked = {flag.id for page in pages for flags in (page.red_flags, page.patterns) for flag in flags}
    return FreeTextFindings(
        at_least="emergency" if kind == "crisis" else None if kind == "unclear" else kind,
        flags=tuple(dict.fromkeys(flag for alarm in raised for flag in alarm.flags if flag in asked)),
        areas=tuple(match.area.id for match in search.find(text)),
    )
