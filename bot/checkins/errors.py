"""Errors of the diary: it is closed, nobody agreed, there is no such entry."""

from dataclasses import dataclass

from bot.errors import UserError


class DiaryClosed(UserError, message="error-diary-closed"):
    """The host has switched the diary off, or there is no database."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the host promises those who agree."""

    minimum_age: int = 16
    keep_months: int = 12  # from the last use


class NeedsConsent(UserError, message="consent-title"):
    """Nothing is kept of somebody who has not agreed. `then` is the draft to go on with, if there is one."""

    def __init__(self, terms: Terms, then: str | None = None, action: str = "consent.agree") -> None:
        """`action`: what *Yes* does."""
        super().__init__()
        self.terms = terms
        self.then = then
        self.action = action


class NoSuchEntry(UserError, message="error-no-entry"):
    """It was deleted, or never was this person's."""
