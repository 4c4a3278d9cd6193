"""Who may look after a club: every command, and every button, menu and form of a card from when they could."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import discord
import pytest
import simcord
from simcord.interactions import base_payload
from simcord.results import InteractionResult

from bot.demo.club import DemoClub
from bot.settings import Settings
from bot.ui.clubs.moderators import RULES_AGE
from bot.ui.locales import Locales
from tests.integration.forging import FAULT, Forger, said
from tests.integration.moderating import (
    COMMANDS,
    MONDAY,
    OF_ONE,
    REFUSED,
    Round,
    actions,
    assert_refused,
    command,
    kept,
    reminders,
    second_club,
    with_schedule,
)
from tests.support.components import texts
from tests.support.ids import action_of
from tests.support.judged import judged

Loses = Callable[["Server"], None]
MAY = ("owner", "admin", "manager", "coach", "named", "named_and_manager")
MAY_NOT = ("runner", "denied", "denied_coach", "banned_from_bot")


class Server:
    """Everybody there can be in one club, and its Integrations page."""

    def __init__(self, club: DemoClub) -> None:
        self.club = club
        self.rules: dict[Any, bool] = {}
        self.for_all: dict[Any, bool] = {}  # of the bot's commands
        self.roles = {
            "admin": self._role("admin", administrator=True),
            "manager": self._role("manager", manage_guild=True),
            "coach": self._role("coach"),
            "off": self._role("off"),
        }
        owner = simcord.MemberActor(club.env, club.guild, club.guild.owner)
        club.people.update(
            {"owner": owner, "manager": self._join("manager", "manager"), "runner": self._join("runner")}
        )
        club.people.update({name: self._join(name, name) for name in ("admin", "coach")})
        for name in ("named", "banned_from_bot", "denied", "named_and_manager", "denied_coach"):
            roles = {"named": (), "denied_coach": ("coach", "off")}.get(name, ("manager",))
            club.people[name] = self._join(name, *roles)
        self.allow(self.roles["coach"], club.people["named"], club.people["named_and_manager"])
        self.deny(self.roles["off"], club.people["denied"], club.people["denied_coach"])
        self.deny_all(club.people["banned_from_bot"], club.people["named_and_manager"])

    def allow(self, *whom: Any) -> None:
        self._set(self.rules, dict.fromkeys(whom, True))

    def deny(self, *whom: Any) -> None:
        self._set(self.rules, dict.fromkeys(whom, False))

    def deny_all(self, *whom: Any) -> None:
        """Not /club alone: everything of this bot."""
        self._set(self.for_all, dict.fromkeys(whom, False))

    def forget(self, whom: Any) -> None:
        del self.rules[whom]
        self._set(self.rules, {})

    def take(self, name: str, role: str) -> None:
        backend = self.club.env.backend
        backend.remove_member_role(self.club.guild.id, self.club.people[name].id, self.roles[role].id)

    def _set(self, page: dict[Any, bool], lines: dict[Any, bool]) -> None:
        page.update(lines)
        backend = self.club.env.backend
        of = backend.find_command("club", self.club.guild.id)["id"] if page is self.rules else backend.application_id
        self.club.guild.set_command_permissions(int(of), page)

    def _role(self, name: str, **allowed: bool) -> simcord.RoleHandle:
        return self.club.guild.create_role(name, permissions=discord.Permissions(**allowed))

    def _join(self, name: str, *roles: str) -> simcord.MemberActor:
        return self.club.guild.add_member(self.club.env.create_user(name), roles=[self.roles[role] for role in roles])


@pytest.fixture
async def server(settings: Settings, locales: Locales) -> AsyncIterator[Server]:
    """With one schedule."""
    async with judged(settings, locales, now=lambda: MONDAY) as club:
        opened = Server(club)
        await club.env.settle()
        await with_schedule(club)
        yield opened


async def test_the_matrix_has_every_command(server: Server) -> None:
    tree = server.club.bot.tree
    known = {one.qualified_name for one in tree.walk_commands() if isinstance(one, discord.app_commands.Command)}
    assert {name for name in known if name.startswith("club ")} == {f"club {name}" for name in (*COMMANDS, *OF_ONE)}


@pytest.mark.parametrize("who", MAY)
async def test_they_may_use_every_command(server: Server, who: str) -> None:
    club, (one,) = server.club, await reminders(server.club)
    person, general = club.people[who], club.channels["general"]
    for name in COMMANDS:
        answer = await person.slash(general, f"club {name}")
        assert REFUSED not in said(answer), name
        assert answer.ephemeral or answer.modal or name == "button", name
    offered = await person.autocomplete(general, "club reminder edit", "reminder", "")
    assert [choice["value"] for choice in offered] == [one.id]
    for name in OF_ONE:
        answer = await person.slash(general, f"club {name}", reminder=one.id)
        assert REFUSED not in said(answer), name
        assert answer.ephemeral, name
    assert await reminders(club) == []


@pytest.mark.parametrize("who", MAY_NOT)
async def test_they_may_use_none_of_it_even_if_discord_let_them(server: Server, who: str) -> None:
    club, (one,) = server.club, await reminders(server.club)
    before = await kept(club)
    for name in (*COMMANDS, *OF_ONE):
        options = {"reminder": one.id} if name in OF_ONE else {}
        with pytest.raises(simcord.SetupError, match="not visible"):
            await club.people[who].slash(club.channels["general"], f"club {name}", **options)
        assert_refused(await command(club, who, name, **options), name)
    assert await kept(club) == before


async def test_in_a_chat_there_is_no_club(server: Server) -> None:
    user = server.club.people["manager"].user
    assert "club" not in user.available_commands()
    for name in COMMANDS:
        with pytest.raises(simcord.SetupError):
            await user.slash(f"club {name}")


async def test_a_card_that_came_into_a_chat_works_for_nobody(server: Server) -> None:
    """No card of a club gets there; if one did, there is no club to look after."""
    club = server.club
    look = Round(club, club.people["manager"])
    await look.look_at_set_up()
    for name in look.ids:
        assert_refused(await _press(club, "manager", name, guild=None), name)


async def test_where_only_a_person_brought_it_along_nobody_is_a_moderator(server: Server) -> None:
    """The app is theirs, the server has no bot: even its owner has no club here."""
    club = server.club
    elsewhere = await second_club(club)
    club.env.backend.emit("GUILD_DELETE", {"id": str(elsewhere.guild.id)})  # as it is for a bot that never was there
    await club.env.settle()
    assert club.bot.get_guild(elsewhere.guild.id) is None
    for name in sorted(actions(club)):
        custom_id = ".".join(["l2", name, *["a" * 16] * actions(club)[name]])
        assert_refused(await _press(elsewhere, "otto", custom_id, guild=elsewhere.guild.id), name)
    assert await reminders(elsewhere) == []


async def _press(club: DemoClub, who: str, custom_id: str, guild: int | None) -> InteractionResult:
    channel = club.channels["general"] if guild else club.people[who].user.dm_channel
    record, payload = base_payload(
        club.env.backend,
        type=3,
        channel_id=channel.id,
        guild_id=guild,
        user_id=club.people[who].id,
        data={"component_type": 2, "custom_id": custom_id},
    )
    club.env.backend.emit("INTERACTION_CREATE", payload)
    await club.env.settle()
    return InteractionResult(club.env, record)


LOSSES: dict[str, tuple[str, Loses]] = {
    "the server is given to somebody else": (
        "owner",
        lambda it: it.club.env.backend.edit_guild(it.club.guild.id, {"owner_id": it.club.people["runner"].id}),
    ),
    "no administrator any more": ("admin", lambda it: it.take("admin", "admin")),
    "no manager any more": ("manager", lambda it: it.take("manager", "manager")),
    "a manager is denied by name": ("manager", lambda it: it.deny(it.club.people["manager"])),
    "a manager is denied by role": ("manager", lambda it: it.deny(it.roles["manager"])),
    "everybody is denied": ("manager", lambda it: it.deny(it.club.guild.default_role)),
    "a manager is denied the whole bot": ("manager", lambda it: it.deny_all(it.club.people["manager"])),
    "a coach loses the role": ("coach", lambda it: it.take("coach", "coach")),
    "coaches are no longer allowed": ("coach", lambda it: it.forget(it.roles["coach"])),
    "coaches are denied": ("coach", lambda it: it.deny(it.roles["coach"])),
    "a name is taken off the list": ("named", lambda it: it.forget(it.club.people["named"])),
    "a name is denied": ("named", lambda it: it.deny(it.club.people["named"])),
}


@pytest.mark.parametrize("loss", LOSSES)
async def test_a_card_is_no_good_to_who_may_no_longer(server: Server, loss: str) -> None:
    """Whatever they opened while they could: pressed, chosen from or sent, it is refused, and nothing has changed."""
    who, lose = LOSSES[loss]
    club = server.club
    look = Round(club, club.people[who])
    await look.look()
    await club.env.advance_time(RULES_AGE + 1)
    lose(server)
    await club.env.settle()
    before, posted = await kept(club), len(club.channels["stretching"].history())

    for name, answer in await Forger(club, who).try_all(list(look.forgeries)):
        assert_refused(answer, name)

    assert set(map(action_of, look.ids)) == set(actions(club))
    assert await kept(club) == before
    assert len(club.channels["stretching"].history()) == posted


async def test_what_discord_said_is_good_for_a_minute(server: Server) -> None:
    club, coach = server.club, Forger(server.club, "coach")
    assert REFUSED not in said(await coach.press("l2.club_reminder.list"))
    server.deny(server.roles["coach"])
    assert REFUSED not in said(await coach.press("l2.club_reminder.list"))
    await club.env.advance_time(RULES_AGE + 1)
    assert_refused(await coach.press("l2.club_reminder.list"))


async def test_whom_discord_lets_in_just_now_need_not_wait(server: Server) -> None:
    """What was asked a moment ago says no; Discord, which let the command through, knows better."""
    club, runner = server.club, server.club.people["runner"]
    assert_refused(await Forger(club, "runner").press("l2.club_reminder.list"))
    server.allow(runner)

    listed = await runner.slash(club.channels["general"], "club reminder list")

    assert "Your club’s posts" in texts(listed.response.components)


async def test_while_discord_does_not_say_nobody_is_let_in_and_nobody_is_told_they_may_not(server: Server) -> None:
    club = server.club
    denied, coach, owner = Forger(club, "denied"), Forger(club, "coach"), Forger(club, "owner")
    assert_refused(await denied.press("l2.club_reminder.list"))
    await club.env.advance_time(RULES_AGE + 1)
    path = f"/applications/{club.env.backend.application_id}/guilds/{club.guild.id}/commands/*/permissions"
    club.env.inject_error("GET", path, status=403, times=10)

    for who in (denied, coach):
        answer = said(await who.press("l2.club_reminder.list"))
        assert "isn’t telling me just now" in answer
        assert REFUSED not in answer
    assert "Your club’s posts" in said(await owner.press("l2.club_reminder.list"))


async def test_a_refusal_says_nothing_of_the_club(server: Server) -> None:
    club, (one,) = server.club, await reminders(server.club)
    for name in (f"l2.club_reminder.pause.{one.id}", "l2.club_reminder.list", "l2.club.log.0", "l2.club.doctor"):
        answer = await Forger(club, "runner").press(name)
        assert one.id not in said(answer)
        assert str(club.channels["stretching"].id) not in said(answer)
        assert FAULT not in said(answer)
    assert await club.people["manager"].autocomplete(
        club.channels["general"], "club reminder edit", "reminder", "stretch"
    )
