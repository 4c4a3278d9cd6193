"""Time zones as people name them."""

from bot.zones.lookup import AmbiguousZone, Choice, UnknownZone, suggest, zone_from

__all__ = ["AmbiguousZone", "Choice", "UnknownZone", "suggest", "zone_from"]
