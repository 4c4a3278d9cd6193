"""The drawing process: `python -m bot.charts.worker` draws what comes in on standard input until that is closed."""

import os
import pickle
import signal
import traceback
from pathlib import Path
from typing import BinaryIO

from bot.charts.draw import barometer, chart_image, svg
from bot.charts.picture import (
    DRAWN,
    FAULT,
    HEADER,
    BarometerPicture,
    FigurePicture,
    HistoryPicture,
    Picture,
    ReportPage,
    WeeklyPicture,
)

NICENESS = 5  # the bot answers first when there is one processor for both


def drawn(picture: Picture) -> bytes:
    """PNG, or PDF for the page."""
    match picture:
        case HistoryPicture() | WeeklyPicture():
            return chart_image.draw(picture)
        case BarometerPicture():
            return barometer.draw(picture)
        case FigurePicture():
            return svg.png(picture.svg, scale=1)
        case ReportPage():
            from bot.charts.draw import report  # noqa: PLC0415  # 4 MB that most processes never need

            return report.draw(picture)


def main() -> None:
    """Draw until the bot closes the pipe or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the bot, which ends us in its own time
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    inward, outward = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints does not end up in a picture
    serve(inward, outward)


def serve(inward: BinaryIO, outward: BinaryIO) -> None:
    """Answer every picture with a drawing, or with the place where it failed; without a word of what was drawn."""
    while len(header := inward.read(HEADER.size)) == HEADER.size:
        _, length = HEADER.unpack(header)
        try:
            kind, answer = DRAWN, drawn(pickle.loads(inward.read(length)))  # noqa: S301  # from the bot itself
        except Exception as error:  # noqa: BLE001  # told to the bot, which logs it
            kind, answer = FAULT, _place(error).encode()
        try:
            outward.write(HEADER.pack(kind, len(answer)) + answer)
            outward.flush()
        except BrokenPipeError:
            return


def _place(error: Exception) -> str:
    """The kind of error and where it arose; its text might quote the diary."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} in {where}"


if __name__ == "__main__":
    main()
