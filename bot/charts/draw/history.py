"""The pain history as a picture."""

from bot.charts.draw.canvas import Canvas
from bot.charts.draw.chart_image import ChartImage, compose
from bot.charts.draw.plot import charts
from bot.charts.picture import TOP_PAIN, HistoryPicture


def draw(picture: HistoryPicture) -> bytes:
    """PNG, 1,200 pixels wide."""
    return sheet(picture).png()


def sheet(picture: HistoryPicture) -> Canvas:
    """The drawing before it is written, for whoever wants to look at its lines."""
    poster = ChartImage(
        title=picture.title,
        y_label=picture.y_label,
        bands=picture.bands,
        top=TOP_PAIN,
        marks=(0, 2, 4, 6, 8, 10),
        legend=picture.legend,
        first=picture.start,
        last=picture.end,
        months=picture.months,
        dark=picture.dark,
    )
    return compose(poster, charts(picture.series, picture.start, picture.end))
