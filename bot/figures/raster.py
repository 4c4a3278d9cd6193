"""The rasteriser of figures: SVG in, PNG out."""

import resvg_py


def png_of(svg: str) -> bytes:
    """The picture at its own size; figures hold no text, so no fonts are loaded."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))
