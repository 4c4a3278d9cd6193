"""Schedules in words: what `bot.schedules.parse.line` reads, written."""

from collections.abc import Sequence

from bot.schedules.describe import Described, describe
from bot.schedules.schedule import Schedule
from bot.ui.catalog import Catalog
from bot.ui.dates import day_text


def schedule_text(schedule: Schedule, words: Catalog) -> str:
    """ "Weekdays at 07:30, Europe/London". Read again, in English, it is the same schedule."""
    told = describe(schedule)
    days = _days(told, words)
    return words("schedule", days=days[0].upper() + days[1:], at=f"{told.at:%H:%M}", zone=told.zone)


def rhythm_text(schedule: Schedule, words: Catalog) -> str:
    """ "Weekdays at 07:30": without the place."""
    told = describe(schedule)
    days = _days(told, words)
    return words("schedule-time", days=days[0].upper() + days[1:], at=f"{told.at:%H:%M}")


def bounds_text(schedule: Schedule, words: Catalog) -> str:
    """From when and until when; empty for one without such days."""
    told = describe(schedule)
    said = [words("schedule-from", day=day_text(told.starts, words))] if told.starts else []
    said += [words("schedule-until", day=day_text(told.ends, words))] if told.ends else []
    return ", ".join(said)


def _days(told: Described, words: Catalog) -> str:
    if told.days == "on":
        return listed([words(f"weekday-{day}") for day in told.weekdays], words)
    if told.days == "every":
        return words("schedule-every", count=told.count)
    if told.days == "weeks":
        return words("schedule-weeks", count=told.count, day=words(f"weekday-{told.weekdays[0]}"))
    return words(f"schedule-{told.days}")


def listed(names: Sequence[str], words: Catalog) -> str:
    """ "Monday, Wednesday and Friday"."""
    if len(names) < 2:
        return "".join(names)
    return words("list-and", most=", ".join(names[:-1]), last=names[-1])
