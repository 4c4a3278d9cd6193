"""The rasteriser: SVG in, PNG out, with the font that comes with Limber and none of the machine's."""

import resvg_py

from bot.charts.draw.fonts import FAMILY, SANS

SCALE = 1.5  # pixels of a PNG to a unit of an SVG: sharp on a phone, and most of the time goes into pixels


def png(svg: str, *, scale: float = SCALE) -> bytes:
    """A PNG `scale` times as large as the SVG's width and height. Holds the interpreter meanwhile.

    Text in it is set in Noto Sans. Raises ValueError where it is no SVG.
    """
    return resvg_py.svg_to_bytes(
        svg, zoom=scale, skip_system_fonts=True, font_files=[SANS], font_family=FAMILY, sans_serif_family=FAMILY
    )
