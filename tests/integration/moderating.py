"""What tests of the moderators' side share."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import discord
import simcord
from discord import InteractionType
from simcord.interactions import base_payload, nest_options, walk_to_subcommand
from simcord.results import InteractionResult

from bot.demo.club import DemoClub
from bot.storage.clubs import ChangeRow
from bot.storage.clubs import ClubRow as KeptClub
from bot.storage.reminders import Reminder
from tests.integration.forging import FAULT, Forgery, chosen, pressed, said, sent
from tests.support.components import flat
from tests.support.ids import action_of, arguments_of, ids_of

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
REFUSED = "Only moderators can do that"
OURS = ("club_setup.", "club_reminder.", "club.")  # how the actions begin that are for moderators alone
WAITING = ("l2.club.contact", "l2.club.tips")  # on a card only where a form could not be opened in time

#: Every /club command; those of one schedule take its id.
COMMANDS = (
    *("setup", "button", "channel", "contact", "tips", "doctor", "log", "stats", "pause-all", "erase"),
    *("reminder add", "reminder list"),
)
OF_ONE = ("reminder edit", "reminder pause", "reminder resume", "reminder test", "reminder remove")


@dataclass
class Round:
    """Somebody who looked at every card, menu and form that moderators have, and what was on them."""

    club: DemoClub
    who: simcord.MemberActor
    seen: list[dict[str, Any]] = field(default_factory=list)

    async def slash(self, command: str, **options: object) -> Any:
        return self.saw(await self.who.slash(self.club.channels["general"], f"club {command}", **options))

    def saw(self, answer: Any) -> Any:
        """As it is now: a later press puts something else in its place."""
        self.seen += [part for view in views(answer) for part in (view, *flat(view["components"]))]
        return answer

    async def look(self) -> None:
        """Needs one schedule; leaves it as it was."""
        who = self.who
        await self.look_at_set_up()
        listed = await self.slash("reminder list")
        [one] = await reminders(self.club)
        item = self.saw(await who.select(listed.response, [one.id], custom_id=named(listed, "club_reminder.pick")))
        self.saw(await who.click(item.response, label="Pause until I turn it on"))
        self.saw(await who.click(item.response, label="Turn it on"))
        self.saw(await who.click(item.response, label="History"))
        paused = await self.slash("pause-all")
        self.saw(await self.slash("reminder list"))
        self.saw(await who.click(paused.response, label="Undo"))
        for form in ("contact", "tips"):
            opened = await self.slash(form)
            typed = dict.fromkeys(fields(opened), "@everyone")
            self.saw(await who.submit_modal(opened, typed))
        for number in range(9):
            await self.slash("channel", share=self.club.channels[("general", "stretching")[number % 2]])
        page = await self.slash("log")
        self.saw(await who.click(page.response, label="Older"))
        await self.slash("doctor")
        await self.slash("erase")

    async def look_at_set_up(self) -> None:
        who = self.who
        page = await self.slash("reminder add")
        for menu in ("club_setup.time", "club_setup.zone"):
            self.saw(await who.select(page.response, ["other"], custom_id=named(page, menu)))
        page = self.saw(await who.select(page.response, ["Europe/London"], custom_id=named(page, "club_setup.zone")))
        page = self.saw(await who.click(page.response, label="Next"))
        self.saw(await who.click(page.response, label="Preview"))

    @property
    def ids(self) -> list[str]:
        """Of every button, menu and form, each once."""
        shown = [part["custom_id"] for part in self.seen if is_ours(part.get("custom_id", ""))]
        last = {action_of(name): arguments_of(name) for name in shown}
        forms = (f"l2.club_setup.{kind}_form.{last[f'club_setup.{kind}'][0]}" for kind in ("time", "zone"))
        return list(dict.fromkeys((*shown, *WAITING, *forms)))

    @property
    def forgeries(self) -> Iterator[Forgery]:
        """Each of them pressed, chosen from and sent."""
        offered = {part["custom_id"]: part.get("options", ()) for part in self.seen if "custom_id" in part}
        for name in self.ids:
            values = [option["value"] for option in offered.get(name, ())][:1] or [
                str(self.club.channels["general"].id)
            ]
            yield pressed(name)
            yield chosen(name, values)
            yield sent(name, contact="Mine", emergency="Mine", tips="Mine", when="daily 5:00", place="Paris")


def is_ours(custom_id: str) -> bool:
    """For moderators alone."""
    return action_of(custom_id).startswith(OURS)


def actions(club: DemoClub) -> dict[str, int]:
    """Every action for moderators that the bot knows, with how many arguments it takes."""
    return {name: count for name, count in club.bot.router.actions.items() if name.startswith(OURS)}


def views(answer: Any) -> list[dict[str, Any]]:
    return [answer.modal] if answer.modal else [{"components": answer.response.components}]


def fields(form: Any) -> list[str]:
    """The names of a form's fields."""
    return [part["component"]["custom_id"] for part in form.modal["components"]]


def named(answer: Any, action: str) -> str:
    """The whole id of a button or menu."""
    return next(ids_of((part for view in views(answer) for part in flat(view["components"])), action))


async def reminders(club: DemoClub) -> list[Reminder]:
    assert club.services.storage is not None
    return await club.services.storage.reminders.of_club(club.guild.id)


async def kept(club: DemoClub) -> tuple[KeptClub | None, list[Reminder], list[ChangeRow]]:
    """Everything that is stored of a club."""
    storage, guild = club.services.storage, club.guild.id
    assert storage is not None
    changes = await storage.changes.of_club(guild, datetime(2020, 1, 1, tzinfo=UTC), 1000)
    return await storage.clubs.find(guild), await reminders(club), changes


async def second_club(club: DemoClub, moderator: str = "otto") -> DemoClub:
    """Another server with the same bot, and a moderator of its own who is nobody in the first."""
    guild = club.env.create_guild("Quarry Quails")
    channels = {name: guild.create_text_channel(name) for name in ("general", "stretching")}
    role = guild.create_role("crew", permissions=discord.Permissions(manage_guild=True))
    people = {moderator: guild.add_member(club.env.create_user(moderator), roles=[role])}
    await club.env.settle()
    return replace(club, guild=guild, channels=channels, people=people)


async def with_schedule(club: DemoClub, name: str = "maya") -> Reminder:
    """One schedule, set up by hand."""
    who, place = club.people[name], club.channels["stretching"]
    page = await who.slash(place, "club reminder add")
    page = await who.select(page.response, ["Europe/London"], custom_id=named(page, "club_setup.zone"))
    for label in ("Next", "Preview", "Save"):
        page = await who.click(page.response, label=label)
    (one,) = await reminders(club)
    return one


async def command(club: DemoClub, name: str, path: str, **options: str) -> InteractionResult:
    """A command as if Discord had let it through, whoever it is."""
    env, who = club.env, club.people[name]
    root = env.backend.find_command("club", club.guild.id)
    _, nesting = walk_to_subcommand(root, path.split())
    typed = [{"name": name, "type": 3, "value": value} for name, value in options.items()]
    data = {"id": root["id"], "name": "club", "type": 1, "options": nest_options(root, nesting, typed)}
    record, payload = base_payload(
        env.backend,
        type=InteractionType.application_command.value,
        channel_id=club.channels["general"].id,
        guild_id=club.guild.id,
        user_id=who.id,
        data=data,
    )
    env.backend.emit("INTERACTION_CREATE", payload)
    await env.settle()
    return InteractionResult(env, record)


def assert_refused(answer: Any, what: str = "") -> None:
    """With the sentence, to this person alone."""
    assert answer.acknowledged, what
    assert answer.ephemeral, what
    assert REFUSED in said(answer), what
    assert FAULT not in said(answer), what
