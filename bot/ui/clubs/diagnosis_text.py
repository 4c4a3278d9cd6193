"""What the doctor of a club found, in words."""

from datetime import datetime

from discord.utils import format_dt

from bot.clubs.diagnosis import Diagnosis
from bot.ui.catalog import Catalog


def diagnosis_text(diagnosis: Diagnosis, words: Catalog) -> str:
    """One sentence or two: what is wrong, and what exactly to click."""
    values = {
        name: format_dt(value, "D") if isinstance(value, datetime) else value
        for name, value in diagnosis.values.items()
    }
    return words(f"ailment-{diagnosis.kind}", **values)
