"""A server as the bot finds it: what `bot.ui.clubs.guild_view` knows of Discord, for a diagnosis."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Permission(StrEnum):
    """What the bot may need in a channel, as Discord's API calls it."""

    VIEW = "view_channel"
    SEND = "send_messages"
    EMBED = "embed_links"
    ATTACH = "attach_files"
    HISTORY = "read_message_history"
    THREADS = "create_public_threads"
    MENTION = "mention_everyone"  # every role, whether it can be mentioned or not


class ChannelKind(StrEnum):
    """As far as posts are concerned."""

    TEXT = "text"  # announcements too
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A channel as the bot finds it."""

    id: int
    kind: ChannelKind
    may: frozenset[Permission]
    denied: frozenset[Permission] = frozenset()  # by the channel's own permissions, whatever the server's roles say


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role as the bot finds it."""

    id: int
    everyone: bool = False
    mentionable: bool = True  # by anybody


class GuildView(Protocol):
    """A server, as far as the bot knows it."""

    @property
    def known(self) -> bool:
        """Whether what is missing is really not there; else nothing can be said of channels and roles."""
        ...

    @property
    def bot(self) -> str:
        """What the bot is called there, ready to be shown."""
        ...

    def channel(self, id: int, /) -> ChannelView | None:  # noqa: A002
        ...

    def role(self, id: int, /) -> RoleView | None:  # noqa: A002
        ...
