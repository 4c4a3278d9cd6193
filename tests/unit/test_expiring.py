"""What is kept for half an hour."""

import pytest

from bot.expiring import CAPACITY, CAPACITY_PER_PERSON, LIFETIME_SECONDS, Expired, ExpiringStore


class Seconds:
    """A clock that stands still."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_is_found_by_whose_it_is_and_by_nobody_else() -> None:
    kept: ExpiringStore[str] = ExpiringStore(Seconds(), "check-gone")
    name = kept.keep(1, "thing")

    assert kept.find(name, 1) == "thing"
    with pytest.raises(Expired):
        kept.find(name, 2)
    with pytest.raises(Expired):
        kept.find("0" * 16, 1)


def test_it_is_gone_after_half_an_hour() -> None:
    clock = Seconds()
    kept: ExpiringStore[str] = ExpiringStore(clock, "check-gone")
    name = kept.keep(1, "thing")
    clock.now = LIFETIME_SECONDS - 1
    assert kept.find(name, 1)
    clock.now = LIFETIME_SECONDS

    with pytest.raises(Expired):
        kept.find(name, 1)


def test_the_oldest_gives_way_when_there_are_too_many() -> None:
    kept: ExpiringStore[int] = ExpiringStore(Seconds(), "check-gone")
    names = [kept.keep(number, number) for number in range(CAPACITY + 1)]

    with pytest.raises(Expired):
        kept.find(names[0], 0)
    assert kept.find(names[1], 1) == 1


def test_one_person_pushes_out_nothing_of_somebody_elses() -> None:
    kept: ExpiringStore[int] = ExpiringStore(Seconds(), "check-gone")
    mine = kept.keep(1, 1)
    yours = [kept.keep(2, number) for number in range(CAPACITY_PER_PERSON + 1)]

    assert kept.find(mine, 1) == 1
    assert kept.find(yours[-1], 2) == CAPACITY_PER_PERSON
    with pytest.raises(Expired):
        kept.find(yours[0], 2)


def test_everything_of_one_person_can_be_forgotten() -> None:
    kept: ExpiringStore[str] = ExpiringStore(Seconds(), "check-gone")
    mine, yours = kept.keep(1, "mine"), kept.keep(2, "yours")

    assert kept.forget(1) == 1
    assert kept.find(yours, 2) == "yours"
    with pytest.raises(Expired):
        kept.find(mine, 1)


def test_fewer_than_that_are_all_there() -> None:
    kept: ExpiringStore[int] = ExpiringStore(Seconds(), "check-gone")
    names = [kept.keep(1, number) for number in range(CAPACITY_PER_PERSON)]

    assert [kept.find(name, 1) for name in names] == list(range(CAPACITY_PER_PERSON))
