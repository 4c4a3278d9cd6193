"""Errors a person is meant to read: each is one sentence with the way out."""

from typing import ClassVar


class LimberError(Exception):
    """Everything we raise on purpose."""


class UserError(LimberError):
    """Shown to whoever caused it, by the one renderer in `bot.ui`; never logged as a fault.

    `message` is the id of the sentence in the catalogue, given with the class; `values` are its variables.
    """

    message: str

    def __init_subclass__(cls, message: str | None = None) -> None:
        if message is not None:
            cls.message = message

    def __init__(self, **values: object) -> None:
        super().__init__(self.message)
        self.values = values


class OutOfDate(UserError, message="error-out-of-date"):
    """A button or form of a version, or of content, that is no longer there."""


class StartError(LimberError):
    """The process cannot start or go on; printed as one line. The text says what to do."""

    exit_code: ClassVar[int] = 1  # each is explained in docs/self-hosting.md


class TokenRefused(StartError):
    """There is no token, or Discord does not take it."""

    exit_code = 3


class IntentsRefused(StartError):
    """Discord does not let this application have what it asks for."""

    exit_code = 4
