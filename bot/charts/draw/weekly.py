"""The weekly score as a picture, in the look of the history."""

from datetime import timedelta

from bot.charts.draw.canvas import Canvas
from bot.charts.draw.chart_image import ChartImage, compose
from bot.charts.draw.plot import weeks_chart
from bot.charts.picture import TOP_SCORE, WeeklyPicture

MIDDLE = timedelta(days=3)  # a week's words stand below its dot


def draw(picture: WeeklyPicture) -> bytes:
    """PNG, 1,200 pixels wide."""
    return sheet(picture).png()


def sheet(picture: WeeklyPicture) -> Canvas:
    """The drawing before it is written, for whoever wants to look at its lines."""
    chart = weeks_chart(picture.weeks, picture.start, picture.end)
    poster = ChartImage(
        title=picture.title,
        y_label=picture.y_label,
        bands=picture.bands,
        top=TOP_SCORE,
        marks=(0, 25, 50, 75, 100),
        legend=picture.legend,
        first=chart.first,
        last=chart.last - MIDDLE,
        months=picture.months,
        shift=MIDDLE,
        dark=picture.dark,
    )
    return compose(poster, (chart,))
