"""Light and dark can be told apart without seeing colour."""

from itertools import pairwise

import pytest

from bot.charts.draw.theme import DARK, LIGHT
from bot.charts.picture import MOST_AREAS
from tests.unit.charts.contrast import LEGIBLE, SHADES, contrast, lightness

VISIBLE = 3.0  # WCAG 2.2, 1.4.11, for lines and markers

LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])


@LOOKS
def test_bands_differ_in_lightness_not_in_hue_alone(look):
    shades = [lightness(tone.fill) for tone in look.tones]
    assert shades in (sorted(shades), sorted(shades, reverse=True))
    assert all(contrast(one.fill, other.fill) >= SHADES for one, other in pairwise(look.tones))


@LOOKS
def test_every_word_can_be_read(look):
    for colour in (look.ink, look.soft_ink, *(tone.word for tone in look.tones)):
        assert contrast(colour, look.ground) >= LEGIBLE


@LOOKS
def test_every_line_is_seen_on_every_band(look):
    for style in look.styles:
        assert all(contrast(style.colour, tone.fill) >= VISIBLE for tone in look.tones)


@LOOKS
def test_there_is_a_marker_and_a_stroke_of_its_own_for_every_area(look):
    assert len({style.marker for style in look.styles}) == len({style.dashes for style in look.styles}) == MOST_AREAS
