"""A blank sheet and its colours: text, strokes and shapes in points, without anything global of matplotlib."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

import numpy as np
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from PIL import Image

from bot.charts.draw.font_metrics import font_metrics


@dataclass(frozen=True, slots=True)
class Tone:
    """One colour of the traffic light: a pale fill behind the data, a strong one for its word."""

    fill: str
    word: str


@dataclass(frozen=True, slots=True)
class Style:
    """How an area is drawn; no two share a marker."""

    colour: str
    marker: str
    dashes: tuple[float, ...] | None = None  # None: one unbroken line


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour of a picture. The tones differ in lightness first, in hue second (Okabe and Ito 2008)."""

    ground: str
    ink: str
    soft_ink: str
    field: str  # of a chart without traffic light
    grid: str
    hatch: str  # the strokes of a stretch nothing is known of
    tones: tuple[Tone, Tone, Tone]  # calm, caution, stop
    styles: tuple[Style, ...]

    @property
    def plain(self) -> Style:
        """For a key that speaks of every area."""
        return Style(self.soft_ink, "o")


_MARKERS: tuple[tuple[str, tuple[float, ...] | None], ...] = (
    ("o", None),
    ("D", (4.0, 1.6)),
    ("^", (1.4, 1.4)),
    ("s", (6.0, 1.6, 1.4, 1.6)),
    ("v", (7.0, 2.0)),
    ("P", (2.5, 1.2)),
)


def _styles(*colours: str) -> tuple[Style, ...]:
    return tuple(Style(colour, *marks) for colour, marks in zip(colours, _MARKERS, strict=True))


LIGHT = Theme(
    ground="#ffffff",
    ink="#1e1f22",
    soft_ink="#565a63",
    field="#eff1f4",
    grid="#ffffff",
    hatch="#c3c6cd",
    tones=(Tone("#e0f3ec", "#00674c"), Tone("#f9e0a6", "#7a5200"), Tone("#f2bda4", "#9c3b00")),
    styles=_styles("#00558a", "#1e1f22", "#7b3c63", "#00674c", "#8a3a00", "#4a4a9c"),
)

DARK = Theme(
    ground="#313338",  # Discord's own dark
    ink="#f2f3f5",
    soft_ink="#b9bcc4",
    field="#2b2d31",
    grid="#3b3e45",
    hatch="#565962",
    tones=(Tone("#2a423f", "#6fd6b5"), Tone("#584a27", "#f0c55a"), Tone("#864d34", "#ffab85")),
    styles=_styles("#7cc8f5", "#ffffff", "#f0b0d6", "#8fe3c8", "#ffd9a0", "#c9c7ff"),
)


POINTS_PER_INCH = 72
DPI = 150  # of a picture: sharp at the width a phone or a laptop shows it, small enough to draw at once
PNG_EFFORT = 3  # of zlib, 0-9; more costs time and saves little

Align = Literal["left", "center", "right"]


class Canvas:
    """`width` x `height` points; (0, 0) is the lower left corner. Text is cleaned; `$` is only a `$`."""

    def __init__(self, width: float, height: float, look: Theme) -> None:
        self.width, self.height, self.look = width, height, look
        self.figure = Figure(
            figsize=(width / POINTS_PER_INCH, height / POINTS_PER_INCH),
            dpi=DPI,
            facecolor=look.ground,
            edgecolor="none",
        )
        self._points = Affine2D().scale(1 / POINTS_PER_INCH) + self.figure.dpi_scale_trans

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        colour: str | None = None,
        bold: bool = False,
        align: Align = "left",
    ) -> None:
        """One line; `y` is its base line."""
        font = font_metrics(bold=bold)
        self._add(
            Text(
                x,
                y,
                font.drawable(words),
                transform=self._points,
                fontproperties=font.properties,
                fontsize=size,
                color=colour or self.look.ink,
                horizontalalignment=align,
                verticalalignment="baseline",
                parse_math=False,
            )
        )

    def line(self, x: Sequence[float], y: Sequence[float], **style: Any) -> None:
        """A stroke through these points; it breaks where one is not a number."""
        self._add(Line2D(x, y, transform=self._points, **style))

    def mark(self, x: float, y: float, **style: Any) -> None:
        """A single marker."""
        self._add(Line2D((x,), (y,), transform=self._points, linestyle="none", **style))

    def bars(self, strokes: Sequence[tuple[tuple[float, float], tuple[float, float]]], **style: Any) -> None:
        """Straight strokes, each from one point to another."""
        self._add(LineCollection(strokes, transform=self._points, **style))

    def area(self, corners: Sequence[tuple[float, float]], **style: Any) -> None:
        """A filled shape."""
        self._add(Polygon(corners, transform=self._points, linewidth=0, **style))

    def box(self, left: float, bottom: float, width: float, height: float, **style: Any) -> None:
        """A filled rectangle."""
        self._add(Rectangle((left, bottom), width, height, transform=self._points, **style))

    def png(self) -> bytes:
        """The sheet as a picture of at most 256 colours, none of it transparent: half the size, and sooner written."""
        canvas = FigureCanvasAgg(self.figure)
        canvas.draw()  # type: ignore[no-untyped-call]
        pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
        picture = Image.fromarray(pixels).convert("RGB")
        written = BytesIO()
        picture.quantize(method=Image.Quantize.FASTOCTREE).save(written, "png", compress_level=PNG_EFFORT)
        return written.getvalue()

    def pdf(self, title: str) -> bytes:
        """The sheet as a PDF of one page, fonts embedded; the same sheet always gives the same bytes."""
        written = BytesIO()
        about = {"Title": title, "Creator": "Limber", "Producer": None, "CreationDate": None}
        with rc_context({"pdf.fonttype": 42}):
            self.figure.savefig(written, format="pdf", metadata=about)
        return written.getvalue()

    def _add(self, artist: Artist) -> None:
        """What is drawn later lies above: matplotlib by itself puts all lines above all shapes."""
        artist.set_zorder(len(self.figure.get_children()))
        self.figure.add_artist(artist)
