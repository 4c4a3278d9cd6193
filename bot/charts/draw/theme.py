"""The colours of a drawing, light and dark, and how areas are told apart."""

from dataclasses import dataclass

Dashes = tuple[float, ...]  # stroke, hole, and so on; empty: one unbroken line


@dataclass(frozen=True, slots=True)
class Tone:
    """One colour of the traffic light: a pale fill behind the data, a strong one for its word."""

    fill: str
    word: str


@dataclass(frozen=True, slots=True)
class Style:
    """How an area is drawn; no two share a marker."""

    colour: str
    marker: str  # one of those of a canvas
    dashes: Dashes = ()  # in widths of the line


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


_MARKERS: tuple[tuple[str, Dashes], ...] = (
    ("o", ()),
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
