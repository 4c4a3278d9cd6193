"""Days, doses and schedules as text, in the words of the catalogue."""

from collections.abc import Sequence
from datetime import date

from bot.advice.model import Dose
from bot.checkins.models import Finding
from bot.checkins.runs import RunDay, RunReason
from bot.schedules.schedule import Schedule, described
from bot.ui.catalog import Catalog


def months(words: Catalog) -> tuple[str, ...]:
    """Twelve short names, January first."""
    return tuple(words(f"month-{number}") for number in range(1, 13))


def day_text(day: date, words: Catalog) -> str:
    """ "3 Mar 2026"."""
    return words("day", day=day.day, month=words(f"month-{day.month}"), year=str(day.year))


def list_text(names: Sequence[str], words: Catalog) -> str:
    """ "Monday, Wednesday and Friday"."""
    if len(names) < 2:
        return "".join(names)
    return words("list-and", most=", ".join(names[:-1]), last=names[-1])


def dose_text(dose: Dose, words: Catalog, *, weeks: bool = True) -> str:
    """ "2–3 × 10–15 each side, hold 2–5 s · 2–3 days a week": how much, how often, and for how many weeks."""
    if dose.reps:
        amount = words("dose-reps", count=str(dose.reps))
    elif dose.seconds:
        amount = words("dose-seconds", count=str(dose.seconds))
    else:
        amount = words("dose-minutes", count=str(dose.minutes))
    if dose.sets:
        amount = words("dose-sets", sets=str(dose.sets), much=amount)
    if dose.each_side:
        amount = words("dose-each-side", much=amount)
    if dose.hold:
        amount = words("dose-hold", much=amount, seconds=str(dose.hold))
    frequency = [
        words(f"dose-{name.replace('_', '-')}", count=str(span))
        for name in ("per_day", "per_week", *(("weeks",) if weeks else ()))
        if (span := getattr(dose, name))
    ]
    return " · ".join((amount, *frequency))


def schedule_text(schedule: Schedule, words: Catalog) -> str:
    """ "Weekdays at 07:30, Europe/London". Read again by `bot.schedules.parse.line`, it is the same schedule."""
    return words("schedule", days=_days(schedule, words), at=f"{schedule.at:%H:%M}", zone=schedule.zone.key)


def dated_schedule_text(schedule: Schedule, words: Catalog) -> str:
    """The same with from when and until when, where there are such days."""
    bounds = {"from": schedule.first_day, "until": schedule.ends}
    dates = [words(f"schedule-{bound}", day=day_text(day, words)) for bound, day in bounds.items() if day]
    return ", ".join([schedule_text(schedule, words), *dates])


def rhythm_text(schedule: Schedule, words: Catalog) -> str:
    """ "Weekdays at 07:30": without the place."""
    return words("schedule-time", days=_days(schedule, words), at=f"{schedule.at:%H:%M}")


def _days(schedule: Schedule, words: Catalog) -> str:
    """The days of a schedule, as the beginning of a sentence."""
    called, count, weekdays = described(schedule.rhythm)
    names = [words(f"weekday-{day}") for day in weekdays]
    if called == "on":
        text = list_text(names, words)
    elif called == "every":
        text = words("schedule-every", count=count)
    elif called == "weeks":
        text = words("schedule-weeks", count=count, day=names[0])
    else:
        text = words(f"schedule-{called}")
    return text[0].upper() + text[1:]


def reasons_of(finding: Finding, words: Catalog) -> list[str]:
    """Why a symptom check came out as it did; what somebody was not sure of is marked as that."""
    says = dict.fromkeys(finding.says)  # two signs of the same answers are told once
    return [words("result-not-sure", reason=reason) if unsure else reason for reason, unsure in says]


def run_reasons(run: RunDay, words: Catalog) -> list[str]:
    """What made the light of a run in the diary what it is, with the numbers that were logged."""
    return [_run_reason(run, reason, words) for reason in run.reasons]


def _run_reason(run: RunDay, reason: RunReason, words: Catalog) -> str:
    if reason is RunReason.OVER_CEILING:
        return words("run-pain-over-ceiling", pain=run.during)
    if reason in {RunReason.OVER_LIMIT, RunReason.SOME_PAIN}:
        return words("run-pain", pain=run.during)
    if reason is RunReason.MORNING_JUMP:
        return words("run-morning-jump", rise=run.rise or 0)
    return words(f"run-diary-{reason.replace('_', '-')}")


def levels_text(best: int, worst: int, words: Catalog) -> str:
    """ "3 to 5"; "3" where it was never another."""
    return words("history-levels", best=best, worst=worst) if best != worst else str(best)
