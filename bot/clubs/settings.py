"""The settings of a club."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final, TypedDict

from pydantic import TypeAdapter

from bot.clubs import text_rules
from bot.errors import UserError

VERSION: Final = 1
FINGERPRINT_LENGTH: Final = 8  # letters


class SettingsUnreadable(UserError, message="error-club-unreadable"):
    """A newer version wrote them, or they are damaged. They stay as they are until somebody has seen to it."""


class ChannelAndAnywhere(UserError, message="error-club-channel-anywhere"):
    """One channel and every channel were chosen for the same thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClubSettings:
    """The settings of a club. Nothing of it is about a person; what is text, everybody in the club may read."""

    zone: str | None = None  # IANA name; None: nobody has chosen yet
    language: str = "en"
    share_channel: int | None = None  # None: wherever it is pressed
    stretch_channel: int | None = None
    contact: str | None = None  # the club's physio or first aid
    emergency: str | None = None  # shown beside the built-in line, never instead
    tips: tuple[str, ...] = ()

    def fingerprint(self, *fields: str) -> str:
        """A few letters that are others when one of these fields is: what a form was opened on, in its custom_id.

        >>> ClubSettings().fingerprint("contact") == ClubSettings(zone="Asia/Tokyo").fingerprint("contact")
        True
        >>> ClubSettings().fingerprint("contact") == ClubSettings(contact="Jo").fingerprint("contact")
        False
        """
        values = [[field, getattr(self, field)] for field in sorted(fields)]
        return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:FINGERPRINT_LENGTH]


class SettingsFields(TypedDict, total=False):
    """What can be set, as it was chosen or typed; None, or nothing typed: no longer set."""

    zone: str | None
    language: str
    share_channel: int | None
    stretch_channel: int | None
    contact: str | None
    emergency: str | None
    tips: str  # one a line


SHAPE: Final = TypeAdapter(ClubSettings)


def plain(fields: SettingsFields) -> dict[str, Any]:
    """What was typed, as it can stand in ClubSettings. Raises what `bot.clubs.text_rules` raises."""
    values: dict[str, Any] = dict(fields)
    if "contact" in fields:
        values["contact"] = text_rules.contact_from(fields["contact"] or "")
    if "emergency" in fields:
        values["emergency"] = text_rules.emergency_from(fields["emergency"] or "")
    if "tips" in fields:
        values["tips"] = text_rules.tips_from(fields["tips"])
    return values


def to_stored(settings: ClubSettings) -> str:
    """Settings as JSON on one line, with the version of that form; `from_stored` reads it back."""
    fields = {"version": VERSION, **SHAPE.dump_python(settings, mode="json")}
    return json.dumps(fields, separators=(",", ":"), ensure_ascii=False)


def from_stored(text: str | None) -> ClubSettings:
    """The settings that `to_stored` made this of; none yet for None. Raises SettingsUnreadable.

    >>> from_stored('{"version":1,"zone":"Asia/Tokyo"}').zone
    'Asia/Tokyo'
    """
    if text is None:
        return ClubSettings()
    try:
        fields = json.loads(text)
        version = fields.pop("version")
        settings = SHAPE.validate_python(fields, extra="forbid")
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise SettingsUnreadable from error
    if type(version) is not int or version != VERSION:
        raise SettingsUnreadable
    return settings
