"""Lightness and contrast, as WCAG 2.2 defines them."""

LEGIBLE = 4.5  # WCAG 2.2, 1.4.3, for text
SHADES = 1.12  # one band against the next: large fields that touch, with a word beside them


def lightness(colour: str) -> float:
    """Relative luminance, 0-1, as WCAG 2.2 defines it."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((lightness(one), lightness(other)))
    return (light + 0.05) / (dark + 0.05)
