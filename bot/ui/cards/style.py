"""The colours of cards, and the kinds of buttons."""

from discord import ButtonStyle, Colour

STOP = Colour(0xD83C3E)
AMBER = Colour(0xE0A030)
CALM = Colour(0x2D8A5F)
PLAIN = Colour(0x5B6BC0)

PRIMARY, QUIET, GOOD, DANGER = ButtonStyle.primary, ButtonStyle.secondary, ButtonStyle.success, ButtonStyle.danger
