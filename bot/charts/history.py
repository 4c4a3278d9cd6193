"""The pain history as a picture."""

from bot.charts.picture import TOP_PAIN, HistoryPicture
from bot.charts.plot import charts
from bot.charts.poster import Poster, compose
from bot.charts.sheet import Sheet


def draw(picture: HistoryPicture) -> bytes:
    """PNG, 1,200 pixels wide."""
    return sheet(picture).png()


def sheet(picture: HistoryPicture) -> Sheet:
    """The drawing before it is written, for whoever wants to look at its lines."""
    poster = Poster(
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
