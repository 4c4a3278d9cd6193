"""What somebody types into a check-in, read or refused."""

import re

from bot.errors import UserError

MAX_NOTE_LENGTH = 500

#: "4", "4/10", "4 of 10", "4 out of 10"; `\d` is a decimal digit of any script.
_PAIN = re.compile(r"\s*(\d{1,2})\s*(?:(?:[/／]|of|out\s+of)\s*(\d\d)\s*)?", re.IGNORECASE)


class BadPain(UserError):
    """Not a whole number from 0 to 10. Says nothing of what was typed: that goes back into the form."""

    message = "error-pain"


class NoteTooLong(UserError):
    """More than fits; `length` and `most` in characters."""

    message = "error-note-too-long"


def pain_from(text: str) -> int:
    """A pain from 0 to 10. Raises BadPain for anything but a whole number, alone or "of 10".

    >>> pain_from(" 4 / 10 ")
    4
    """
    read = _PAIN.fullmatch(text)
    if read is None or int(read[1]) > 10 or int(read[2] or 10) != 10:
        raise BadPain
    return int(read[1])


def note_from(text: str) -> str | None:
    """A note as it was typed; None when it is all space. Raises NoteTooLong past MAX_NOTE_LENGTH characters."""
    if len(text) > MAX_NOTE_LENGTH:
        raise NoteTooLong(length=len(text), most=MAX_NOTE_LENGTH)
    return text if text.strip() else None
