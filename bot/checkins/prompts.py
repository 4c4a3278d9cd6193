"""The rules by which a check-in asks for the symptom check again."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from math import floor
from statistics import median
from zoneinfo import ZoneInfo

from bot.advice.disposition import Disposition
from bot.checkins.days import Day, days_of
from bot.checkins.models import CheckIn
from bot.localtime import local_day

#: All numbers: clinical facts, section 1.2, rule 15.
SEVERE = 7
RISE, RISE_DAYS = 3, 7
RISE_FROM, FORTNIGHT = 4, 14  # second reading, R13
LASTING, LASTING_DAYS = 4, 14
FLAGGED_WEEKS = 3
WEEK = timedelta(weeks=1)


class Prompt(StrEnum):
    """A rule by which a check-in asks for the symptom check, most urgent first."""

    NEW_SIGN = "new_sign"  # night pain, swelling, numbness, weakness or a limp is new
    SEVERE = "severe"  # 7 or more
    RISE = "rise"  # up by 3 or more within a week
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
    - `RISE`: `entry` and a check-in at most 7 local days away, the later 3 higher, like compared with like; 4 or more,
      and above the median of the days of the fortnight before.
    - `LASTING`: the logged days that end with the latest one, each with a number of 4 or more and never over 14 days
      apart, reach back 13 days or more. Days without a check-in do not break it.
    - `FLAGGED_AGAIN`: a flag in each of three weeks in a row, up to today or the week just over; calendar weeks or
      spans of seven days ending today, whichever holds.
    """
    today = local_day(now, zone)
    others = [other for other in diary if other.area == entry.area and other.id != entry.id]
    days = days_of([entry, *others], entry.area, zone)
    flags = {local_day(at, zone) for at in flagged}
    holds = {
        Prompt.NEW_SIGN: bool(entry.new),
        Prompt.SEVERE: max(entry.pain, entry.worst or 0, entry.during or 0) >= SEVERE,
        Prompt.RISE: any(_rose(entry, other, days, zone) for other in others),
        Prompt.LASTING: _lasts(days),
        Prompt.FLAGGED_AGAIN: _in_a_row(flags, today),
    }
    return tuple(prompt for prompt in Prompt if holds[prompt])


def _rose(entry: CheckIn, other: CheckIn, days: Sequence[Day], zone: ZoneInfo) -> bool:
    """Whether the later of two is higher by RISE; they need not come in order, for one may be back-dated.

    It has to reach RISE_FROM and lie above the median of the fortnight before: an alarm at 3 while the line falls
    teaches people to ignore it (second reading, R13).
    """
    before, after = sorted((entry, other), key=lambda either: either.at)
    day = after.day(zone)
    if (day - before.day(zone)).days > RISE_DAYS:
        return False
    usual = median([each.worst for each in days if 0 < (day - each.date).days <= FORTNIGHT] or [0])
    least = max(RISE_FROM, floor(usual) + 1)
    kinds = ((before.pain, after.pain), (before.worst, after.worst), (before.during, after.during))
    return any(low is not None and high is not None and high - low >= RISE and high >= least for low, high in kinds)


def _lasts(days: Sequence[Day]) -> bool:
    newest, since = days[-1], days[-1]
    if newest.worst < LASTING:
        return False
    for later, earlier in pairwise(reversed(days)):
        if earlier.worst < LASTING or (later.date - earlier.date).days > LASTING_DAYS:
            break
        since = earlier
    return (newest.date - since.date).days >= LASTING_DAYS - 1


def _in_a_row(flags: set[date], today: date) -> bool:
    sunday = today + timedelta(days=6 - today.weekday())
    ends = (today, sunday, sunday - WEEK)  # of the last of the three weeks
    return any(
        all(any(end - WEEK < flag + back * WEEK <= end for flag in flags) for back in range(FLAGGED_WEEKS))
        for end in ends
    )
