"""What the diary says before a run: what is still open, the last run, and whether it keeps going wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.checkins.days import DAY, local_day
from bot.checkins.entry import CheckIn
from bot.checkins.finding import Finding
from bot.checkins.runs import DAYS_OFF, Light, Limits, RunDay, red_after_days_off, run_days, two_reds_in_a_row

LOOK_BACK = timedelta(days=28)  # reds do not expire by themselves; this is how long they count


@dataclass(frozen=True, slots=True)
class RunFacts:
    """Of one area (clinical facts, sections 1.2 and 3.2)."""

    blocked: Finding | None = None  # open at `clinician` or worse: no run before somebody has looked
    last: RunDay | None = None  # the last run, while it still counts: at most DAYS_OFF days ago
    again: bool = False  # two reds in a row, or red after days off, and nobody has looked since


def run_facts(
    checkins: Iterable[CheckIn], findings: Sequence[Finding], area: str, zone: ZoneInfo, now: datetime, ceiling: int
) -> RunFacts:
    """`findings` are those of the area, oldest first; `ceiling` is the area's, 0-10.

    Possible bone stress in an open finding makes any pain on a run red.
    """
    blocked = max((f for f in findings if f.open), key=lambda f: (-f.disposition.rank, f.at), default=None)
    suspected = any(finding.bone and finding.open for finding in findings)
    recent = [entry for entry in checkins if entry.at >= now - LOOK_BACK]
    runs = run_days(recent, area, zone, Limits(ceiling=0 if suspected else ceiling))
    today = local_day(now, zone)
    last = runs[-1] if runs and (today - runs[-1].date) <= DAYS_OFF * DAY else None
    again = two_reds_in_a_row(runs) or red_after_days_off(runs)
    reds = [run.date for run in runs if run.light is Light.RED]
    seen = [local_day(f.cleared_at, zone) for f in findings if f.cleared_at is not None]
    looked_at = bool(reds and seen and max(seen) >= reds[-1])
    return RunFacts(blocked, None if looked_at and last and last.date <= max(seen) else last, again and not looked_at)
