"""What can be wrong with a reminder that somebody wants to change."""

from bot.errors import UserError


class NoSuchReminder(UserError):
    """It was removed, or never was this owner's."""

    message = "error-no-reminder"


class EditedMeanwhile(UserError):
    """It was edited elsewhere at the same moment."""

    message = "error-reminder-changed"


class TooMany(UserError):
    """`most` is how many an owner may have."""

    message = "error-reminders-many"


class NoZone(UserError):
    """Nobody knows yet when it is morning there."""

    message = "error-zone-missing"


class RemindersClosed(UserError):
    """There is no database, so nothing can ring."""

    message = "error-reminders-closed"


class WordsMissing(UserError):
    """A reminder in one's own words, without words."""

    message = "error-words-missing"


class SignsFirst(UserError):
    """Stretches for this place stand behind its warning signs; `area` is its name."""

    message = "error-signs-first"


class OccurrenceGone(UserError):
    """Nothing is known of a message any more: its reminder was removed, or it is older than the log."""

    message = "error-reminder-forgotten"


class TimesUnreadable(UserError):
    """Its schedule cannot be read at all."""

    message = "error-reminder-times"


class DoesNotRing(UserError):
    """It is paused, or Discord refused it: what is put off would not come."""

    message = "error-reminder-silent"


class EveningOver(UserError):
    """*This evening* was chosen in the evening."""

    message = "error-evening-over"
