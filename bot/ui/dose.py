"""A dose in words: "2–3 × 10–15 each side, hold 2–5 s · 2–3 days a week"."""

from bot.advice.model import Dose
from bot.ui.catalog import Catalog


def dose_text(dose: Dose, words: Catalog, *, weeks: bool = True) -> str:
    """How much, then how often, then for how many weeks; the spans as the author wrote them."""
    if dose.reps:
        much = words("dose-reps", count=str(dose.reps))
    elif dose.seconds:
        much = words("dose-seconds", count=str(dose.seconds))
    else:
        much = words("dose-minutes", count=str(dose.minutes))
    if dose.sets:
        much = words("dose-sets", sets=str(dose.sets), much=much)
    if dose.each_side:
        much = words("dose-each-side", much=much)
    if dose.hold:
        much = words("dose-hold", much=much, seconds=str(dose.hold))
    often = [
        words(f"dose-{name.replace('_', '-')}", count=str(span))
        for name in ("per_day", "per_week", *(("weeks",) if weeks else ()))
        if (span := getattr(dose, name))
    ]
    return " · ".join((much, *often))
