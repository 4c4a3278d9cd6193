"""Claimed occurrences, and messages with the one button that matters."""

from datetime import UTC, datetime, timedelta

import discord

from bot.delivery.transport import Withheld
from bot.storage.occurrences import ClaimedOccurrence, Occurrence, OccurrenceState, occurrence_id
from bot.storage.reminders import Reason, Reminder, ReminderKind, ReminderState
from bot.ui.cards.parts import Card, box, button, row
from bot.ui.cards.style import PLAIN
from bot.ui.transport import OutgoingMessage

CHANNEL, CLUB = 4711, 200


def claimed(
    channel: int | None = CHANNEL, person: int | None = 1, name: str = "a", age: float = 0
) -> ClaimedOccurrence:
    """One that was claimed so many seconds ago."""
    at = datetime.now(UTC) - timedelta(seconds=age)
    reminder = Reminder(
        id=name * 32,
        person=person,
        club=None if person else CLUB,
        channel=channel,
        kind=ReminderKind.CHECKIN if person else ReminderKind.CLUB,
        schedule="",
        zone="UTC",
        state=ReminderState.ACTIVE,
        next_due=None,
        sealed=None,
        created_at=at,
    )
    occurrence = Occurrence(
        id=occurrence_id(reminder.id, "2026-03-29T02:30"),
        reminder=reminder.id,
        local="2026-03-29T02:30",
        due=at,
        state=OccurrenceState.CLAIMED,
        until=at + timedelta(minutes=30),
        not_before=at,
        claimed_at=at,
    )
    return ClaimedOccurrence(reminder, occurrence, fresh=not age)


def club_of(client: discord.Client, club: int = CLUB, channel: int = CHANNEL, *, history: bool) -> discord.Guild:
    """A club as the cache has it, with a channel that the bot may write to, and may or may not read back."""
    may = discord.Permissions(view_channel=True, send_messages=True, read_message_history=history)
    everyone = {"id": str(club), "name": "@everyone", "permissions": str(may.value), "position": 0, "color": 0}
    flags = {"hoist": False, "managed": False, "mentionable": False, "flags": 0, "colors": {"primary_color": 0}}
    place = {"id": str(channel), "type": 0, "name": "runs", "position": 0, "permission_overwrites": []}
    me = {"user": client.user._to_minimal_user_json(), "roles": [], "joined_at": None, "flags": 0, "deaf": 0, "mute": 0}
    data = {"id": str(club), "name": "Club", "roles": [everyone | flags], "channels": [place], "members": [me]}
    return discord.Guild(data=data, state=client._connection)


async def compose(given: ClaimedOccurrence) -> OutgoingMessage:
    return OutgoingMessage(card(given.occurrence.id))


def card(occurrence: str) -> Card:
    return Card(box(PLAIN, "Time for your check-in.", row(button("Done", "reminder.done", occurrence))))


class Composer:
    """Composes as it is told."""

    def __init__(self) -> None:
        self.role: int | None = None
        self.thread: str | None = None
        self.trouble: Exception | None = None

    async def __call__(self, given: ClaimedOccurrence) -> OutgoingMessage:
        if self.trouble is not None:
            raise self.trouble
        return OutgoingMessage(card(given.occurrence.id), role=self.role, thread=self.thread)

    def withhold(self, reason: Reason) -> None:
        self.trouble = Withheld(reason)
