"""The rules by which a check-in asks for the symptom check again."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.advice.disposition import Disposition
from bot.checkins.days import by_day, risen, worst_by_day, worst_of
from bot.checkins.models import CheckIn
from bot.localtime import local_day

#: All numbers: clinical facts, section 1.2, rule 15.
SEVERE = 7
LASTING, LASTING_DAYS = 4, 14
FLAGGED_WEEKS = 3
WEEK = timedelta(weeks=1)


class Prompt(StrEnum):
    """A rule by which a check-in asks for the symptom check, most urgent first."""

    NEW_SIGN = "new_sign"  # night pain, swelling, numbness, weakness or a limp is new
    SEVERE = "severe"  # 7 or more
    RISE = "rise"  # 3 or more above what it was within a week
    LASTING = "lasting"  # 4 or more for 14 days
    FLAGGED_AGAIN = "flagged_again"  # the same area, three weeks in a row


def is_flag(disposition: Disposition) -> bool:
    """Whether a symptom check that ended so flagged its area: anything but `continue` did.

    The facts leave open how bad a flag has to be; of the readings this is the one that asks sooner.
    """
    return disposition.worse_than(Disposition.CONTINUE)


def prompts(
    entry: CheckIn, diary: Iterable[CheckIn], flagged: Iterable[datetime], now: datetime, zone: ZoneInfo
) -> tuple[Prompt, ...]:
    """The rules that hold for a check-in that was just made, most urgent first; empty when none does.

    `diary` may hold `entry` or not, and other areas too; `flagged` are the instants of the area's symptom checks for
    which `is_flag` holds. Each rule takes its sooner reading:

    - `SEVERE`: any number of `entry`, be it now, the last 24 hours or while running.
    - `RISE`: see `risen`; one of the two check-ins is `entry`.
    - `LASTING`: the logged days that end with the latest one, each with a number of 4 or more and never over 14 days
      apart, reach back 13 days or more. Days without a check-in do not break it.
    - `FLAGGED_AGAIN`: a flag in each of three weeks in a row, up to today or the week just over; calendar weeks or
      spans of seven days ending today, whichever holds.
    """
    others = [other for other in diary if other.area == entry.area and other.id != entry.id]
    logged = by_day([*others, entry], entry.area, zone)
    flags = {local_day(at, zone) for at in flagged}
    return prompts_of(entry, worst_by_day(logged), flags, local_day(now, zone), rise=risen(logged, entry))


def prompts_of(
    entry: CheckIn, worst: Mapping[date, int], flags: Collection[date], today: date, *, rise: bool
) -> tuple[Prompt, ...]:
    """As `prompts`, of its area's days: the highest number of each, with `entry`, and those with a flag."""
    holds = {
        Prompt.NEW_SIGN: bool(entry.new),
        Prompt.SEVERE: worst_of(entry) >= SEVERE,
        Prompt.RISE: rise,
        Prompt.LASTING: _lasts(worst),
        Prompt.FLAGGED_AGAIN: _in_a_row(flags, today),
    }
    return tuple(prompt for prompt in Prompt if holds[prompt])


def _lasts(worst: Mapping[date, int]) -> bool:
    days = list(worst)
    newest = since = days[-1]
    for day in reversed(days):
        if worst[day] < LASTING or (since - day).days > LASTING_DAYS:
            break
        since = day
    return (newest - since).days >= LASTING_DAYS - 1


def _in_a_row(flags: Collection[date], today: date) -> bool:
    if not flags:
        return False
    sunday = today + timedelta(days=6 - today.weekday())
    ends = (today, sunday, sunday - WEEK)  # of the last of the three weeks
    return any(
        all(any(end - WEEK < flag + back * WEEK <= end for flag in flags) for back in range(FLAGGED_WEEKS))
        for end in ends
    )
