"""What tests of the diary share."""

from typing import Any

import simcord
from discord import ui

from bot.advice.disposition import Disposition
from bot.checkins.diary import Diary, OpenDiary
from bot.checkins.models import Finding
from bot.checkins.person_diary import Terms
from bot.demo.club import DemoClub
from bot.ids import new_id
from tests.support.components import flat
from tests.support.ids import ids_of


def diary_of(club: DemoClub) -> Diary:
    """The diary on the club's own storage."""
    return OpenDiary(club.services.storage, club.clock, Terms())


async def agreed(club: DemoClub, name: str) -> simcord.MemberActor:
    """Somebody who said yes."""
    person = club.people[name]
    await diary_of(club).agree(person.id)
    return person


async def open_finding(club: DemoClub, area: str, disposition: Disposition = Disposition.CLINICIAN) -> None:
    """A check of Ana's, now, says that somebody should have a look."""
    common = {"id": new_id(), "at": club.clock.now(), "area": area, "because": ("K7",), "reasons": ("a reason",)}
    finding = Finding(**common, disposition=disposition, bone=False, content="1")
    await (await diary_of(club).of(club.people["ana"].id)).keep(finding)


def menu(answer: Any, action: str) -> str:
    """The whole id of the menu of an action."""
    return next(ids_of((part for part in flat(answer.response.components) if part["type"] == 3), action))


async def forged(club: DemoClub, custom_id: str) -> Any:
    """A message with a button that somebody made up."""
    layout = ui.LayoutView()
    layout.add_item(ui.ActionRow(ui.Button(label="Forged", custom_id=custom_id)))
    layout.stop()
    await club.bot.get_channel(club.channels["general"].id).send(view=layout)
    return club.channels["general"].last_message
