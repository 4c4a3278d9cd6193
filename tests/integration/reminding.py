"""What tests of reminders share."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import simcord

from bot.demo.club import DemoClub
from bot.demo.typed import ClockControl
from bot.storage.occurrences import Occurrence
from bot.storage.reminders import Reminder, ReminderState
from tests.integration.diary import agreed, diary_of
from tests.support.components import flat, texts
from tests.support.ids import action_of, ids_of

LONDON = ZoneInfo("Europe/London")


async def runner(club: DemoClub, name: str = "ana", zone: ZoneInfo = LONDON) -> simcord.MemberActor:
    """Somebody who agreed and chose a time zone."""
    person = await agreed(club, name)
    await (await diary_of(club).of(person.id)).set_zone(zone)
    return person


async def reminders(club: DemoClub, person: simcord.MemberActor) -> list[Reminder]:
    return await _storage(club).reminders.of_person(person.id)


async def rung(club: DemoClub, person: simcord.MemberActor) -> list[Occurrence]:
    """Oldest first."""
    return await _storage(club).occurrences.of_person(person.id)


def blocked(reminder: Reminder, reason: str) -> Reminder:
    """As the worker leaves one that Discord does not let through."""
    return replace(reminder, state=ReminderState.BLOCKED, reason=reason, next_due=None)


def inbox(person: simcord.MemberActor) -> list[Any]:
    """Every message of the bot that stays in somebody's chat with it, oldest first."""
    seen = person.user.dm_channel.history(viewer=person.user)
    return [message for message in seen if message.author.bot and not message.flags.ephemeral]


def private(person: simcord.MemberActor) -> Any:
    """What the bot answered last in somebody's chat with it, for them alone."""
    seen = person.user.dm_channel.history(viewer=person.user)
    return [message for message in seen if message.author.bot and message.flags.ephemeral][-1]


def said(message: Any) -> str:
    """Every text of a message as it stands now."""
    return texts(parts(message))


def parts(message: Any) -> list[dict[str, Any]]:
    return [part if isinstance(part, dict) else part.to_dict() for part in message.components]


def actions(message: Any) -> list[str]:
    """What its buttons and menus do, in reading order."""
    return [action_of(part["custom_id"]) for part in flat(parts(message)) if "custom_id" in part]


def named(message: Any, action: str) -> str:
    """The whole id of a button or menu."""
    return next(ids_of(flat(parts(message)), action))


async def press(person: simcord.MemberActor, message: Any, action: str) -> Any:
    return await person.user.click(message, custom_id=named(message, action))


async def choose(person: simcord.MemberActor, message: Any, action: str, value: str) -> Any:
    return await person.user.select(message, [value], custom_id=named(message, action))


async def wind(club: DemoClub, *, until: str) -> None:
    """To an instant, "2026-11-23T08:00", UTC."""
    await ClockControl(club, _nobody_looks).to(datetime.fromisoformat(until).replace(tzinfo=UTC))


async def _nobody_looks() -> None:
    """There is no page to be shown."""


def _storage(club: DemoClub) -> Any:
    assert club.services.storage is not None
    return club.services.storage
