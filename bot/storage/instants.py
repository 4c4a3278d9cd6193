"""Instants as a row holds them: microseconds since 1970, UTC, so that they come back exactly as they went in."""

from datetime import UTC, datetime, timedelta
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)


def to_microseconds(instant: datetime) -> int:
    """From an aware instant.

    >>> to_microseconds(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    return (instant - EPOCH) // MICROSECOND


def from_microseconds(microseconds: int) -> datetime:
    """Back to an aware instant in UTC."""
    return EPOCH + microseconds * MICROSECOND


def to_column(instant: datetime | None) -> int | None:
    """For a column that may be null."""
    return None if instant is None else to_microseconds(instant)


def from_column(microseconds: int | None) -> datetime | None:
    """From a column that may be null."""
    return None if microseconds is None else from_microseconds(microseconds)
