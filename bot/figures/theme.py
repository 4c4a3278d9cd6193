"""The colours of figures, for light and for dark."""

from collections.abc import Mapping

Theme = Mapping[str, str]

#: On a light screen and on a dark one. Near and far limbs differ in lightness; the tint is hatched as well, so that no
#: colour need be told apart.
_COLOURS = {
    "panel": ("#eff1f4", "#2b2d31"),
    "floor": ("#dcdfe5", "#3b3e45"),
    "ink": ("#1e1f22", "#f2f3f5"),
    "near": ("#4d6a8c", "#a9c1dc"),
    "far": ("#a3b4c7", "#566a82"),
    "trunk": ("#6b87a6", "#85a0bd"),
    "head": ("#5b7897", "#99b3cf"),
    "hair": ("#2c3c51", "#52698a"),
    "eye": ("#1e2a39", "#22272e"),
    "ghost": ("#d3dae3", "#40464f"),
    "tint": ("#f29a38", "#ffab4a"),
    "tint_line": ("#8a3a00", "#7a3600"),
    "badge": ("#ffffff", "#313338"),
    "number": ("#565a63", "#b9bcc4"),
    "wood": ("#c9b59a", "#8a7860"),
    "wall": ("#c3c6cd", "#565962"),
    "cloth": ("#b9c9b6", "#6c8069"),
    "rubber": ("#7b3c63", "#f0b0d6"),
    "webbing": ("#3f5f45", "#c9e6c4"),
    "iron": ("#565a63", "#b9bcc4"),
}
LIGHT: Theme = {part: light for part, (light, _) in _COLOURS.items()}
DARK: Theme = {part: dark for part, (_, dark) in _COLOURS.items()}
