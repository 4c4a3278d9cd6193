"""The words of made-up charts; loads nothing that draws."""

from bot.charts.picture import BarometerLegend, Legend

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PAIN = {
    "y_label": "Pain (0–10)",
    "legend": Legend("typical", "lowest to highest", "nothing logged", "middle of the week"),
    "months": MONTHS,
}
SCORE = {
    "y_label": "Score (0–100)",
    "legend": Legend("typical", "lowest to highest", "not answered", "score of the week"),
    "months": MONTHS,
}
BAROMETER = {"legend": BarometerLegend("number of people", "nothing to show", "not counted"), "months": MONTHS}
PAGE = {**PAIN, "notes_label": "Notes", "more": "…and {count} more", "missing": "(cannot be printed here)"}
