"""How many examples Hypothesis tries: the same in every run; thousands of new ones with SOAK=1, as in `make soak`."""

import os

from hypothesis import HealthCheck, settings

SOAK = bool(os.environ.get("SOAK"))


#: Words that fall apart where a joiner, a shape or a tag is taken out.
WHOLE = [
    *("🏃‍♀️ run", "🧘‍♀️ stretch", "👩🏽‍⚕️ physio", "❤️‍🔥 go", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 parkrun", "🏳️‍🌈 run"),
    *("می‌خواهم بدوم", "क्‍ष", "👍🏽 ok", "1️⃣ first", "🇩🇪🇬🇧 run"),
]


def examples(count: int, soak: int | None = None) -> settings:
    """For a property that is dear, or that many lean on; 25 times as many in a soak if nothing else is said."""
    return settings(max_examples=(soak or 25 * count) if SOAK else count)


def load_profile() -> None:
    """What holds for every other property. No limit of time: the machine may have other things to do.

    A run that fails says that a change is wrong, not that the dice fell otherwise: those are thrown in a soak.
    """
    settings.register_profile(
        "limber",
        max_examples=5_000 if SOAK else 200,
        derandomize=not SOAK,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("limber")
