"""Draws the icon of the application with the engine of the exercises: `python -m docs.icon`, docs/publish/icon.png."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.charts.draw.svg import png
from bot.figures.svg import Disc, hull, path

FOLDER: Final = Path(__file__).with_name("publish")
SIZE: Final = 1024  # pixels; Discord asks for 512 at least, and shows it in a circle
GROUND, BODY, FAR, TRACK = "#0f766e", "#fdf6e3", "#a7d8cf", "#f4a259"

#: A runner in a lunge, arms up: limbs as discs that a rubber band goes round. The far ones come first.
FAR_LIMBS: Final[Sequence[Sequence[Disc]]] = (
    ((500, 560, 62), (330, 655, 48)),
    ((330, 655, 48), (205, 790, 34)),
    ((205, 790, 34), (258, 812, 26)),
    ((560, 345, 44), (470, 235, 34)),
    ((470, 235, 34), (420, 130, 28)),
)
NEAR_LIMBS: Final[Sequence[Sequence[Disc]]] = (
    ((560, 340, 66), (505, 560, 70)),
    ((515, 575, 66), (690, 615, 50)),
    ((690, 615, 50), (690, 785, 36)),
    ((690, 785, 36), (762, 800, 26)),
    ((572, 335, 46), (640, 220, 36)),
    ((640, 220, 36), (640, 105, 29)),
)
HEAD: Final[Disc] = (528, 196, 70)


def icon() -> str:
    """The icon as SVG."""
    middle = SIZE / 2
    limbs = [(FAR, limb) for limb in FAR_LIMBS] + [(BODY, limb) for limb in NEAR_LIMBS]
    drawn = "".join(f'<path fill="{colour}" d="{path(hull(limb))}"/>' for colour, limb in limbs)
    x, y, r = HEAD
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}">'
        f'<rect width="{SIZE}" height="{SIZE}" fill="{GROUND}"/>'
        f'<path fill="none" stroke="{TRACK}" stroke-width="26" stroke-linecap="round" '
        f'd="M240 846L{SIZE - 240} 846"/>{drawn}<circle cx="{x}" cy="{y}" r="{r}" fill="{BODY}"/>'
        f'<circle cx="{middle}" cy="{middle}" r="{middle - 14}" fill="none" stroke="{TRACK}" stroke-width="28"/>'
        "</svg>\n"
    )


if __name__ == "__main__":
    svg = icon()
    (FOLDER / "icon.svg").write_text(svg, encoding="utf-8")
    (FOLDER / "icon.png").write_bytes(png(svg))
