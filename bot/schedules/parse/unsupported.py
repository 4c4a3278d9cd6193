"""What people ask of a schedule that no schedule has: each is refused by its name."""

import re
from typing import Final

from bot.errors import UserError
from bot.schedules.parse import vocabulary
from bot.schedules.parse.dates import written_date_in


class DaysUnreadable(UserError, message="error-days-unreadable"):
    """No days we know how to read, or none that a schedule can have."""


class LineUnreadable(DaysUnreadable, message="error-line-unreadable"):
    """Neither days nor a time in it."""


class OneDayEach(DaysUnreadable, message="error-days-one-each"):
    """Several days of every so many weeks."""


class OneOff(DaysUnreadable, message="error-days-once"):
    """One day alone: "tomorrow at 9", "in 5 minutes", "27 november at 9"."""


class ByMonth(DaysUnreadable, message="error-days-by-month"):
    """By the month or the year: "monthly", "1st and 15th", "last friday of the month"."""


class Bounded(DaysUnreadable, message="error-days-bounded"):
    """With a first or a last day: "for 2 weeks", "until friday", "5 times", "starting monday"."""


class MoreThanDaily(DaysUnreadable, message="error-time-often"):
    """More than once a day: "every 8 hours", "twice a day"."""


_DAYS = rf"(?:{'|'.join(name[:3] for name in vocabulary.WEEKDAY_NAMES)})[a-z]*"
_COUNT = rf"(?:\d+|{vocabulary.words_up_to(10)}|a few|few|several|some)"
_TH = rf"(?:\d{{1,2}}{vocabulary.TH}|{'|'.join(vocabulary.ORDINALS)})"
_UNITS = "(?:m|mins?|minutes?|h|hrs?|hours?)"

# The first that is found says what it is: "twice a month" is by the month, "daily for 2 months" has an end.
_UNSUPPORTED: Final = (
    (
        Bounded,
        rf"\b(?:until|till|til|ending|ends?|starts?|starting|beginning|begin)\b"
        rf"|\bfor (?:the (?:next|first) )?{_COUNT} (?:days?|weeks?|months?|years?|times?)\b"
        rf"|\bfrom (?:now|today|tomorrow|next|the|\d|{_DAYS}(?! (?:-|to|thru|through)))"
        rf"|\b(?:twice|{_COUNT} times)(?! (?:a|per|every|daily|weekly|monthly|in)\b)",
    ),
    (
        ByMonth,
        rf"\b(?:bi-?)?(?:monthly|months?|quarterly|yearly|years?|annual(?:ly)?|birthdays?)\b|\bevery quarter\b"
        rf"|\blast {_DAYS}",
    ),
    (
        MoreThanDaily,
        rf"\bhourly\b|\bevery (?:half (?:an )?|other |{_COUNT} ?)?{_UNITS}\b"
        rf"|\b(?:twice|thrice|{_COUNT} (?:times|x)|\d+x)[ -](?:a|per|every|in) ?day\b"
        rf"|\b(?:twice|{_COUNT} times) daily\b",
    ),
    (
        OneOff,
        rf"\b(?:tomorrow|tmrw|tmr|today|tonight|yesterday|now|once|one - off|(?:one|single) time)\b"
        rf"|\b(?:this|next|coming) (?:{_DAYS}|morning|afternoon|evening|night|week|weekend|month|year)\b"
        rf"|\b(?:in|after|within) (?:half an|{_COUNT}) ?(?:{_UNITS}|d|days?|weeks?)\b"
        r"|(?<![\w:./])\d{1,2}(?:/\d{1,2}(?:/\d{2,4})?|\.\d{1,2}\.(?:\d{2,4})?) \d",
    ),
)
_DAY_OF_MONTH = re.compile(rf"\b(?:the )?{_TH} (?:{_DAYS}|day)\b|\b(?:the )?\d{{1,2}}{vocabulary.TH}\b")


def refuse_unsupported(phrase: str, uncounted: str) -> None:
    """Raises Bounded, ByMonth, MoreThanDaily or OneOff for a phrase, in one spelling, that asks for it.

    `uncounted`: the phrase without what is counted, as "every 2nd day".
    """
    for error, pattern in _UNSUPPORTED:
        if re.search(pattern, uncounted if error is Bounded else phrase):
            raise error
    if written_date_in(phrase):
        raise OneOff
    if _DAY_OF_MONTH.search(uncounted):
        raise ByMonth
