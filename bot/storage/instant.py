"""How an instant is kept: microseconds since 1970, UTC, so that it comes back exactly as it went in."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def kept(instant: datetime) -> int:
    """From an aware instant.

    >>> kept(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    return (instant - EPOCH) // MICROSECOND


def instant(kept: int) -> datetime:
    """Back to an aware instant in UTC."""
    return EPOCH + kept * MICROSECOND
