"""The rasteriser: SVG in, PNG out."""

import resvg_py


def png(svg: str, *, scale: float = 1.0) -> bytes:
    """A PNG `scale` times as large as the SVG's width and height. Holds the interpreter meanwhile.

    Text is left out, for no font is loaded. Raises ValueError where it is no SVG.
    """
    return resvg_py.svg_to_bytes(svg, zoom=scale, skip_system_fonts=True)
