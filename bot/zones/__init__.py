"""Time zones, found by the names people use."""

from bot.zones.lookup import AmbiguousZone, Choice, UnknownZone, suggest, zone_from

__all__ = ["AmbiguousZone", "Choice", "UnknownZone", "suggest", "zone_from"]
