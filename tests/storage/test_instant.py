"""Instants come back exactly as they went in."""

import doctest
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.storage import sql as module
from bot.storage.sql import instant, to_column

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
AWARE = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=ZONES)  # noqa: DTZ001  # the zone is drawn


def test_examples() -> None:
    assert doctest.testmod(module).failed == 0


@given(AWARE)
def test_to_the_microsecond_and_in_utc(given: datetime) -> None:
    assert instant(to_column(given)) == given
    assert instant(to_column(given)).tzinfo is UTC


@given(AWARE, AWARE)
def test_the_order_is_that_of_time(one: datetime, other: datetime) -> None:
    assert (to_column(one) < to_column(other)) == (one < other)
