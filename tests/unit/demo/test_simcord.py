"""What the demo's club changes of SimCord, which offers no public way to it."""

from inspect import signature

import simcord


def test_between_two_looks_it_waits_for_as_long_as_it_is_told() -> None:
    assert "idle" in signature(simcord.Env._settle_internal).parameters
