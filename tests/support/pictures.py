"""Pictures as a host has them who wants none: nothing is drawn, no process is started."""

from bot.charts.renderer import ChartRenderer
from bot.ui.pictures import Pictures


def no_pictures() -> Pictures:
    return Pictures(ChartRenderer(), on=False)
