"""What can be wrong with a reminder that somebody wants to change."""

from bot.errors import UserError


class NoSuchReminder(UserError, message="error-no-reminder"):
    """It was removed, or never was this owner's."""


class EditedMeanwhile(UserError, message="error-reminder-changed"):
    """It was edited elsewhere at the same moment."""


class TooMany(UserError, message="error-reminders-many"):
    """`most` is how many an owner may have."""


class NoZone(UserError, message="error-zone-missing"):
    """Nobody knows yet when it is morning there."""


class RemindersClosed(UserError, message="error-reminders-closed"):
    """There is no database, so nothing can ring."""


class WordsMissing(UserError, message="error-words-missing"):
    """A reminder in one's own words, without words."""


class SignsFirst(UserError, message="error-signs-first"):
    """Stretches for this place stand behind its warning signs; `area` is its name."""


class OccurrenceGone(UserError, message="error-reminder-forgotten"):
    """Nothing is known of a message any more: its reminder was removed, or it is older than the log."""


class TimesUnreadable(UserError, message="error-reminder-times"):
    """Its schedule cannot be read at all."""


class DoesNotRing(UserError, message="error-reminder-silent"):
    """It is paused, or Discord refused it: what is put off would not come."""


class EveningOver(UserError, message="error-evening-over"):
    """*This evening* was chosen in the evening."""
