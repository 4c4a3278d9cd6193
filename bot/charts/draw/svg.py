"""SVG of a sheet, every letter as its outline; and PNG of any SVG."""

import resvg_py

from bot.charts.draw.canvas import Canvas, Shape, Text


def svg(sheet: Canvas) -> str:
    """The sheet as an SVG of its size. No text is left in it for the rasteriser to set."""
    drawn = (
        _text(item, sheet.height) if isinstance(item, Text) else _shape(item, sheet.height) for item in sheet.drawn
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width:g}" height="{sheet.height:g}">'
    return "\n".join((head, *drawn, "</svg>"))


def _text(text: Text, height: float) -> str:
    left, shaped = text.shaped()
    x, letters = 0.0, []
    for font, glyphs in shaped:
        for glyph in glyphs:
            letters.append(f"M{x + glyph.right:.4f} {-glyph.up:.4f}{font.outline(glyph.number)}")
            x += glyph.advance
    place = f"translate({left:.2f} {height - text.y:.2f}) scale({text.size:g})"
    return f'<path fill="{text.colour}" transform="{place}" d="{"".join(letters)}"/>'


def _shape(shape: Shape, height: float) -> str:
    end = "Z" if shape.closed else ""
    pieces = ("M" + "L".join(f"{x:.2f} {height - y:.2f}" for x, y in piece) + end for piece in shape.pieces)
    opacity = f"{shape.opacity:g}" if shape.opacity < 1 else ""  # of a whole shape it would need a layer: slow
    values = {
        "fill": shape.fill or "none",
        "stroke": shape.stroke or "",
        "stroke-width": f"{shape.width:.2f}" if shape.stroke else "",
        "stroke-dasharray": " ".join(f"{length:.2f}" for length in shape.dashes),
        "stroke-linecap": "round" if shape.round_ends else "",
        "fill-opacity": opacity if shape.fill else "",
        "stroke-opacity": opacity if shape.stroke else "",
        "d": "".join(pieces),
    }
    attributes = " ".join(f'{name}="{value}"' for name, value in values.items() if value)
    return f"<path {attributes}/>"


def png(svg: str, *, scale: float = 1.0) -> bytes:
    """A PNG `scale` times as large as the SVG's width and height. Holds the interpreter meanwhile.

    Text is left out, for no font is loaded. Raises ValueError where it is no SVG.
    """
    return resvg_py.svg_to_bytes(svg, zoom=scale, skip_system_fonts=True)
