"""The colours of figures, for light and for dark."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Theme:
    """Near and far limbs differ in lightness; the tint is hatched as well, so that no colour need be told apart."""

    panel: str
    floor: str
    ink: str
    near: str
    far: str
    trunk: str
    head: str
    hair: str
    eye: str
    ghost: str
    tint: str
    tint_line: str
    badge: str
    number: str
    materials: Mapping[str, str]


LIGHT: Final = Theme(
    panel="#eff1f4",
    floor="#dcdfe5",
    ink="#1e1f22",
    near="#4d6a8c",
    far="#a3b4c7",
    trunk="#6b87a6",
    head="#5b7897",
    hair="#2c3c51",
    eye="#1e2a39",
    ghost="#d3dae3",
    tint="#f29a38",
    tint_line="#8a3a00",
    badge="#ffffff",
    number="#565a63",
    materials={
        "wood": "#c9b59a", "wall": "#c3c6cd", "cloth": "#b9c9b6",
        "rubber": "#7b3c63", "webbing": "#3f5f45", "iron": "#565a63",
    },
)  # fmt: skip
DARK: Final = Theme(
    panel="#2b2d31",
    floor="#3b3e45",
    ink="#f2f3f5",
    near="#a9c1dc",
    far="#566a82",
    trunk="#85a0bd",
    head="#99b3cf",
    hair="#52698a",
    eye="#22272e",
    ghost="#40464f",
    tint="#ffab4a",
    tint_line="#7a3600",
    badge="#313338",
    number="#b9bcc4",
    materials={
        "wood": "#8a7860", "wall": "#565962", "cloth": "#6c8069",
        "rubber": "#f0b0d6", "webbing": "#c9e6c4", "iron": "#b9bcc4",
    },
)  # fmt: skip
