"""What a club's moderators set for the whole club."""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter

from bot.errors import UserError

VERSION: Final = 1
FORMAT_MARK: Final = 8  # letters


class SettingsUnreadable(UserError):
    """A newer version wrote them, or they are damaged. They stay as they are until somebody has seen to it."""

    message = "error-club-unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClubSettings:
    """Nothing of it is about a person; what is text, everybody in the club may read."""

    zone: str | None = None  # IANA name; None: nobody has chosen yet
    language: str = "en"
    share_channel: int | None = None  # None: wherever it is pressed
    stretch_channel: int | None = None
    contact: str | None = None  # the club's physio or first aid
    emergency: str | None = None  # shown beside the built-in line, never instead
    tips: tuple[str, ...] = ()

    def mark(self, *fields: str) -> str:
        """A few letters that are others when one of these fields is: what a form was opened on, in its custom_id.

        >>> ClubSettings().mark("contact") == ClubSettings(zone="Asia/Tokyo").mark("contact")
        True
        >>> ClubSettings().mark("contact") == ClubSettings(contact="Jo").mark("contact")
        False
        """
        values = [[field, getattr(self, field)] for field in sorted(fields)]
        return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:FORMAT_MARK]


SHAPE: Final = TypeAdapter(ClubSettings)


def to_stored(settings: ClubSettings) -> str:
    """Settings as JSON."""
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
