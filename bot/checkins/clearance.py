"""What the diary says before a run: what is still open, the last runs, and whether it keeps going wrong."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.advice.disposition import Disposition
from bot.checkins.models import CheckIn, Finding
from bot.checkins.prompts import Prompt, prompts
from bot.checkins.runs import DAYS_OFF, Limits, RunDay, RunLight, red_after_days_off, run_days, two_reds_in_a_row
from bot.localtime import DAY, local_day
from bot.triage.answers import NOTHING_LASTS, Answer, Lasting

CLEARANCE_WINDOW = timedelta(days=28)  # reds do not expire by themselves; this is how long they count
EVERYWHERE = frozenset({Disposition.EMERGENCY, Disposition.URGENT})
STOPPING = (Prompt.NEW_SIGN, Prompt.SEVERE, Prompt.RISE)  # whatever the checks before came to


@dataclass(frozen=True, slots=True)
class RunFacts:
    """Before a run with one area (clinical facts, sections 1.2 and 3.2)."""

    blocked: Finding | None = None  # open at `clinician` or worse: no run before somebody has looked
    open: tuple[str, ...] = ()  # ids of `blocked` and of the milder ones of its place, which are closed with it
    runs: tuple[RunDay, ...] = ()  # of the last four weeks, oldest first; with bone suspected any pain makes one red
    last: RunDay | None = None  # the worst run of the last days, while it still counts
    again: bool = False  # two reds in a row, or red after days off, and nobody has looked since
    prompts: tuple[Prompt, ...] = ()  # why the latest check-in of the last days asks to stop
    no_zone: bool = False  # there are runs, and nobody knows when it is morning there
    unread: bool = False  # something is kept that cannot be read: what it says is unknown, and never good news
    last_time: Lasting = NOTHING_LASTS  # what was said in checks before that may still be right
    may_ask_to_keep: bool = False  # they agreed before that was kept, and nobody has asked them about it


def run_facts(
    checkins: Iterable[CheckIn],
    findings: Sequence[Finding],
    area: str,
    zone: ZoneInfo,
    now: datetime,
    limits: Limits,
    general: Collection[str] = (),
) -> RunFacts:
    """`findings` are those of every area, oldest first; `general` are the ids of the signs asked whatever hurts.

    An open finding that cannot wait, of a bone, of a general sign or of an unknown one stands before every run; another
    one before runs with its own area. With bone suspected any pain on a run is red.
    """
    standing = [finding for finding in findings if finding.open and stands(finding, area, general)]
    standing.sort(key=lambda finding: finding.precedence)
    bone = any(finding.bone for finding in standing)
    recent = [entry for entry in checkins if entry.at >= now - CLEARANCE_WINDOW and entry.area == area]
    runs = run_days(
        recent, area, zone, Limits(0, limits.green_to, limits.amber_to, limits.red_rise) if bone else limits
    )
    cleared = (finding.cleared_at for finding in findings if finding.area == area)
    seen = max((at for at in cleared if at is not None), default=None)
    today = local_day(now, zone)
    fresh = [run for run in runs if today - run.date <= DAYS_OFF * DAY and not _looked_at(run, recent, zone, seen)]
    again = two_reds_in_a_row(runs) or red_after_days_off(runs)
    reds = [run for run in runs if run.light is RunLight.RED]
    return RunFacts(
        blocked=standing[0] if standing else None,
        open=tuple(finding.id for finding in standing if finding.area == standing[0].area),
        runs=runs,
        last=min(fresh, key=lambda run: list(RunLight).index(run.light), default=None),
        again=again and not _looked_at(reds[-1], recent, zone, seen),
        prompts=_stopping(recent, zone, now, seen),
        last_time=last_time(findings, area, now),
    )


def last_time(findings: Iterable[Finding], area: str, now: datetime) -> Lasting:
    """The latest age, and of each condition the latest answer, of any place; `findings` are oldest first.

    How it began is one place's, and only while there was a check of it in the last four weeks: after that it may be
    another pain.
    """
    age, began = None, ""
    conditions: dict[str, Answer] = {}
    for finding in findings:
        lasting = finding.lasting
        age = lasting.age if lasting.age is not None else age
        conditions |= lasting.conditions
        if finding.area == area and finding.at >= now - CLEARANCE_WINDOW:
            began = lasting.began or began
    return Lasting(age, conditions, began)


def stands(finding: Finding, area: str, general: Collection[str]) -> bool:
    """Whether a finding that is open stands before runs and exercises with this area."""
    signs = {sign.partition(".")[0] for sign in finding.because}
    wide = finding.disposition in EVERYWHERE or finding.bone or not signs or bool(signs & set(general))
    return wide or finding.area == area


def _looked_at(run: RunDay, entries: Iterable[CheckIn], zone: ZoneInfo, seen: datetime | None) -> bool:
    """Whether somebody has looked since that run; to the minute, for a run may follow on the same day."""
    ran = [entry.at for entry in entries if entry.during is not None and entry.day(zone) == run.date]
    return seen is not None and seen >= max(ran)


def _stopping(entries: Sequence[CheckIn], zone: ZoneInfo, now: datetime, seen: datetime | None) -> tuple[Prompt, ...]:
    """Of the latest check-in, while it is young and nobody has looked since."""
    latest = max(entries, key=lambda entry: (entry.at, entry.id), default=None)
    if latest is None or latest.at < now - DAYS_OFF * DAY or (seen is not None and seen >= latest.at):
        return ()
    return tuple(prompt for prompt in prompts(latest, entries, (), now, zone) if prompt in STOPPING)
