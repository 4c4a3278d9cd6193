"""A club's life: the bot comes, is thrown out and comes back; channels, roles and permissions go, and come again."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord
from simcord.backend.models import Overwrite
from simcord.backend.serializers import guild_create_payload
from simcord.enums import OverwriteType

from bot.app import Timing, build
from bot.delivery.config import MANUAL_CLOCK
from bot.demo.club import DemoClub, _inside
from bot.privacy import retention_period
from bot.settings import Settings
from bot.storage.reminders import Reminder, ReminderState
from bot.ui.locales import Locales
from bot.ui.tree import Publisher
from tests.integration.moderating import MONDAY, kept, named, reminders, with_schedule
from tests.integration.reminding import wind
from tests.support.components import flat, texts
from tests.support.judged import judged

HELLO, TROUBLE = "Hello, I am Limber", "I can’t post as planned"


@pytest.fixture
async def club(settings: Settings, locales: Locales) -> AsyncIterator[DemoClub]:
    """The club on a Monday morning in November."""
    async with judged(settings, locales, now=lambda: MONDAY) as opened:
        yield opened


def arrives(club: DemoClub, *quiet: str, notices: str | None = None) -> simcord.GuildHandle:
    """A server that has all its channels when the bot joins. `quiet`: where the bot may not write."""
    backend, emit = club.env.backend, club.env.backend.emit
    backend.emit = lambda *_: None
    try:
        guild = club.env.create_guild("Quarry Quails")
        for name in ("rules", "chat", "crew"):
            rules = discord.PermissionOverwrite(send_messages=False)
            made = guild.create_text_channel(name, overwrites={guild.default_role: rules} if name in quiet else {})
            if name == notices:
                backend.edit_guild(guild.id, {"public_updates_channel_id": made.id})
    finally:
        backend.emit = emit
    comes(club, guild)
    return guild


def comes(club: DemoClub, guild: simcord.GuildHandle) -> None:
    """Joined: not one of those that Discord could not reach for the moment."""
    backend = club.env.backend
    payload = dict(guild_create_payload(backend, backend.get_guild(guild.id)))
    del payload["unavailable"]
    backend.emit("GUILD_CREATE", payload)


def goes(club: DemoClub, guild: simcord.GuildHandle) -> None:
    """Thrown out: whatever it sends there is refused from now on."""
    club.env.backend.emit("GUILD_DELETE", {"id": str(guild.id)})
    for channel in guild.channels.values():
        path = f"/channels/{channel.id}/messages"
        club.env.inject_error("*", path, status=403, code=50001, message="Missing Access", times=None)


def let_in(club: DemoClub) -> None:
    club.env.backend.faults.clear()
    comes(club, club.guild)


def posts(club: DemoClub, guild: simcord.GuildHandle | None = None) -> dict[str, list[str]]:
    """What the bot wrote, by channel."""
    channels = (guild or club.guild).channels
    return {name: found for name, place in channels.items() if (found := list(map(text, said_in(place))))}


def said_in(place: simcord.ChannelHandle) -> list[discord.Message]:
    """Cards; not what Discord itself notes there."""
    return [message for message in place.history() if message.author.bot and message.components]


def text(message: discord.Message) -> str:
    return texts([component.to_dict() for component in message.components])


async def do_chores(club: DemoClub) -> None:
    for chore in club.bot.features.maintenance:
        await club.inside.run(lambda chore=chore: asyncio.ensure_future(chore()))
        await club.env.settle()


async def change(club: DemoClub, channel: str, **may: bool | None) -> None:
    """What everybody may do in a channel."""
    allow, deny = discord.PermissionOverwrite(**may).pair()
    rule = Overwrite(club.guild.id, OverwriteType.ROLE, allow=allow.value, deny=deny.value)
    club.env.backend.set_overwrite(club.channels[channel].id, rule)
    await club.env.settle()


@asynccontextmanager
async def restarted(
    club: DemoClub, settings: Settings, folder: Path, meanwhile: Callable[[], None]
) -> AsyncIterator[DemoClub]:
    """The same database, another process; `meanwhile` happens before it is there."""
    if club.bot.features.worker is not None:
        await club.bot.features.worker.stop()
    here = settings.model_copy(update={"data": folder, "shard_count": 1})
    timing = Timing(club.clock, club.clock.elapsed, MANUAL_CLOCK)
    publisher = Publisher(folder, force=True)
    bot = build(here, locales=club.bot.locales, publisher=publisher, services=club.services, timing=timing)
    inside = _inside(bot)
    meanwhile()
    await club.env.restart_bot(bot)
    again = replace(club, bot=bot, inside=await inside)
    assert bot.features.worker is not None
    again.inside.run(bot.features.worker.start)
    await club.env.settle()
    yield again
    await bot.features.worker.stop()


async def test_without_a_database_it_starts_without_an_error(settings: Settings, locales: Locales) -> None:
    env = simcord.Env(build(settings.model_copy(update={"shard_count": 1}), locales=locales))
    await env.start()
    try:
        env.create_guild("Quarry Quails")
        await env.settle()
        assert [str(error) for error in env.errors] == []
    finally:
        await env.shutdown()


# Joined


async def test_it_says_hello_once_in_the_first_channel_where_it_may_write(club: DemoClub) -> None:
    guild = arrives(club, "rules")
    await club.env.settle()

    said = posts(club, guild)

    assert list(said) == ["chat"]
    assert [HELLO in one for one in said["chat"]] == [True]
    assert "/club setup" in said["chat"][0]


async def test_it_says_hello_where_moderators_read(club: DemoClub) -> None:
    guild = arrives(club, notices="crew")
    await club.env.settle()

    assert list(posts(club, guild)) == ["crew"]


async def test_where_it_may_not_write_anywhere_nobody_is_told(club: DemoClub) -> None:
    guild = arrives(club, "rules", "chat", "crew")
    before = len(club.env.http_requests)
    await club.env.settle()

    assert posts(club, guild) == {}
    assert [entry for entry in club.env.http_requests[before:] if entry.method == "POST"] == []


async def test_a_hello_that_discord_refuses_is_no_fault(club: DemoClub) -> None:
    club.env.inject_error("POST", "/channels/*/messages", status=403, code=50001, times=1)
    guild = arrives(club)
    await club.env.settle()

    assert posts(club, guild) == {}


async def test_back_again_it_says_nothing_new(club: DemoClub) -> None:
    guild = arrives(club)
    await club.env.settle()
    club.env.backend.emit("GUILD_DELETE", {"id": str(guild.id)})
    await club.env.settle()
    comes(club, guild)
    await club.env.settle()

    assert [len(said) for said in posts(club, guild).values()] == [1]


async def test_a_server_out_of_reach_has_not_been_left(club: DemoClub) -> None:
    """An outage of Discord's: nothing is mended, told or forgotten."""
    await with_schedule(club)
    before = await kept(club)
    club.env.backend.emit("GUILD_DELETE", {"id": str(club.guild.id), "unavailable": True})
    await club.env.settle()
    await do_chores(club)
    assert await kept(club) == before
    backend = club.env.backend
    backend.emit("GUILD_CREATE", guild_create_payload(backend, backend.get_guild(club.guild.id)))
    await club.env.settle()

    assert await kept(club) == before
    assert posts(club) == {}


# Thrown out, and back


async def test_back_within_the_year_everything_is_as_it_was_and_posts_go_on(club: DemoClub) -> None:
    post = await with_schedule(club)
    maya = club.people["maya"]
    form = await maya.slash(club.channels["general"], "club contact")
    await maya.submit_modal(form, {"contact": "Jo, physio", "emergency": ""})
    goes(club, club.guild)
    await club.env.settle()
    await wind(club, until="2027-01-04T09:00")
    await do_chores(club)
    assert [(one.state, one.reason) for one in await reminders(club)] == [(ReminderState.BLOCKED, "50001")]

    let_in(club)
    await club.env.settle()
    await wind(club, until="2027-01-04T18:01")

    assert [(one.id, one.state) for one in await reminders(club)] == [(post.id, ReminderState.ACTIVE)]
    assert "Jo, physio" in texts((await maya.slash(club.channels["general"], "club channel")).response.components)
    assert len(posts(club)["stretching"]) == 1
    assert [one for said in posts(club).values() for one in said if TROUBLE in one] == []


async def test_a_year_after_it_left_nothing_is_kept_and_the_others_are_untouched(
    club: DemoClub, settings: Settings
) -> None:
    await with_schedule(club)
    guild = arrives(club)
    await club.env.settle()
    goes(club, club.guild)
    await club.env.settle()
    await club.env.advance_time((retention_period(settings.keep_months) - timedelta(days=1)).total_seconds())
    await do_chores(club)
    found, left, _ = await kept(club)
    assert found is not None
    assert len(left) == 1

    await club.env.advance_time(timedelta(days=2).total_seconds())
    await do_chores(club)

    assert await kept(club) == (None, [], [])
    assert (await kept(replace(club, guild=guild)))[0] is not None


async def test_back_after_a_year_it_starts_anew(club: DemoClub, settings: Settings) -> None:
    await with_schedule(club)
    goes(club, club.guild)
    await club.env.settle()
    await club.env.advance_time((retention_period(settings.keep_months) + timedelta(days=1)).total_seconds())
    await do_chores(club)
    let_in(club)
    await club.env.settle()

    listed = await club.people["maya"].slash(club.channels["general"], "club reminder list")

    assert "There are none yet" in texts(listed.response.components)
    assert [HELLO in one for said in posts(club).values() for one in said].count(True) == 1


async def test_thrown_out_while_it_was_not_running(club: DemoClub, settings: Settings, tmp_path: Path) -> None:
    """It hears of it as it connects, and the year begins."""
    await with_schedule(club)
    backend = club.env.backend
    kept_back = {}

    def thrown_out() -> None:
        kept_back[club.guild.id] = backend.guilds.pop(club.guild.id)

    async with restarted(club, settings, tmp_path, thrown_out) as again:
        found, left, _ = await kept(again)
        assert found is not None
        assert found.left_at is not None
        assert len(left) == 1
        backend.guilds |= kept_back
        comes(again, again.guild)
        await again.env.settle()
        found, left, _ = await kept(again)
        assert found is not None
        assert found.left_at is None
        assert [one.state for one in left] == [ReminderState.ACTIVE]


# Channels and roles


async def test_a_channel_that_is_deleted_stops_its_posts_and_is_told_once(club: DemoClub) -> None:
    await with_schedule(club)
    await club.bot.get_channel(club.channels["stretching"].id).delete()
    await wind(club, until="2026-11-23T18:01")
    assert [(one.state, one.reason) for one in await reminders(club)] == [(ReminderState.BLOCKED, "10003")]
    for _ in range(3):
        await do_chores(club)
    del club.channels["stretching"]

    told = [one for said in posts(club).values() for one in said if TROUBLE in one]
    assert len(told) == 1
    assert "was deleted" in told[0]
    maya, general = club.people["maya"], club.channels["general"]
    [one] = await reminders(club)
    page = await maya.slash(general, "club reminder edit", reminder=one.id)
    assert "was deleted" in texts(page.response.components)
    assert "default_values" not in str(page.response.components)  # Discord knows no such channel
    page = await maya.select(page.response, [general], custom_id=named(page, "club_setup.channel"))
    for label in ("Next", "Preview", "Save"):
        page = await maya.click(page.response, label=label)
    await wind(club, until="2026-11-25T18:01")

    assert [one.state for one in await reminders(club)] == [ReminderState.ACTIVE]
    assert "Show me how" in labels_of(club.channels["general"].last_message)


@pytest.mark.parametrize(
    ("times", "zone", "why"),
    [
        (None, "Europe/Nowhere", "The time zone Europe/Nowhere no longer exists"),
        ("whatever a newer version writes", "Europe/London", "I can’t read the times of this post"),
    ],
)
async def test_a_post_that_no_channel_stands_in_the_way_of_is_told_once_too(
    club: DemoClub, times: str | None, zone: str, why: str
) -> None:
    await with_schedule(club)
    [post] = await reminders(club)
    schedule = times or post.schedule.replace("Europe/London", zone)
    await club.services.storage.reminders.replace(replace(post, zone=zone, schedule=schedule))
    await wind(club, until="2026-11-23T18:01")
    for _ in range(3):
        await do_chores(club)

    told = [one for said in posts(club).values() for one in said if TROUBLE in one]

    assert len(told) == 1
    assert why in told[0]
    assert f"<#{club.channels['stretching'].id}>" in told[0]
    assert "by myself" not in told[0]
    listed = await club.people["maya"].slash(club.channels["general"], "club reminder list")
    assert why in texts(listed.response.components)


async def test_a_post_whose_choices_cannot_be_read_stops_nothing(club: DemoClub) -> None:
    await with_schedule(club)
    [post] = await reminders(club)
    await club.services.storage.reminders.replace(replace(post, post='{"minutes":"soon"}'))

    await wind(club, until="2026-11-23T18:01")

    assert len(said_in(club.channels["stretching"])) == 1
    for command in ("reminder list", "doctor", "pause-all"):
        answer = await club.people["maya"].slash(club.channels["general"], f"club {command}")
        assert "unexpected" not in texts(answer.response.components).casefold()


async def test_a_post_that_a_channel_is_not_the_reason_for_is_not_promised_to_come_back(club: DemoClub) -> None:
    await with_schedule(club)
    [post] = await reminders(club)
    nowhere = post.schedule.replace("Europe/London", "Europe/Nowhere")
    await club.services.storage.reminders.replace(replace(post, zone="Europe/Nowhere", schedule=nowhere))
    await change(club, "stretching", send_messages=False)
    await wind(club, until="2026-11-23T18:01")
    await do_chores(club)

    told = [one for said in posts(club).values() for one in said if TROUBLE in one]

    assert ["Europe/Nowhere no longer exists" in one and "by myself" not in one for one in told] == [True]


async def test_set_up_in_a_thread_begins_without_a_channel(club: DemoClub) -> None:
    """A thread cannot stand in the menu, and nothing was chosen that could be wrong."""
    place = club.bot.get_channel(club.channels["general"].id)
    made = await (await place.send("Sunday")).create_thread(name="Sunday")
    await club.env.settle()
    (thread,) = club.channels["general"].threads
    assert thread.id == made.id
    page = await club.people["maya"].slash(thread, "club setup")

    assert "isn’t a text channel" not in texts(page.response.components)
    assert "default_values" not in str(page.response.components)
    assert [part.get("disabled") for part in flat(page.response.components) if part.get("label") == "Next"] == [True]


def labels_of(message: Any) -> str:
    return str([component.to_dict() for component in message.components])


@pytest.mark.parametrize("how", ["deleted", "renamed"])
async def test_a_role_that_is_gone_is_not_called_and_one_renamed_is(club: DemoClub, how: str) -> None:
    role = club.guild.create_role("stretchers", mentionable=True)
    await club.env.settle()
    maya, place = club.people["maya"], club.channels["stretching"]
    page = await maya.slash(place, "club reminder add")
    page = await maya.select(page.response, ["Europe/London"], custom_id=named(page, "club_setup.zone"))
    page = await maya.click(page.response, label="Next")
    page = await maya.select(page.response, [role], custom_id=named(page, "club_setup.role"))
    for label in ("Preview", "Save"):
        page = await maya.click(page.response, label=label)
    found = club.bot.get_guild(club.guild.id).get_role(role.id)
    await (found.delete() if how == "deleted" else found.edit(name="bendy people"))
    await club.env.settle()
    await wind(club, until="2026-11-23T18:01")

    (message,) = said_in(place)

    assert (f"<@&{role.id}>" in text(message)) == (how == "renamed")
    ill = await maya.slash(place, "club doctor")
    assert ("The role of this post was deleted" in texts(ill.response.components)) == (how == "deleted")


async def test_a_channel_that_is_renamed_goes_on(club: DemoClub) -> None:
    await with_schedule(club)
    await club.bot.get_channel(club.channels["stretching"].id).edit(name="bendy-corner")
    await club.env.settle()
    await wind(club, until="2026-11-23T18:01")

    assert len(said_in(club.channels["stretching"])) == 1


# Permissions


async def stopped(club: DemoClub, **may: bool | None) -> Reminder:
    """A schedule whose first post was refused."""
    await with_schedule(club)
    await change(club, "stretching", **may)
    await wind(club, until="2026-11-23T18:01")
    (one,) = await reminders(club)
    assert one.state is ReminderState.BLOCKED
    return one


@pytest.mark.parametrize("missing", ["send_messages", "view_channel"])
async def test_permissions_taken_away_are_told_once_and_mended_by_themselves(club: DemoClub, missing: str) -> None:
    await stopped(club, **{missing: False})
    asked = len(club.env.http_requests)
    for day in (24, 25, 26):
        await wind(club, until=f"2026-11-{day}T18:01")
        await do_chores(club)
    told = [(name, one) for name, said in posts(club).items() for one in said if TROUBLE in one]
    requests = [entry for entry in club.env.http_requests[asked:] if entry.path.endswith("/messages")]
    assert [name for name, _ in told] == ["general"]
    assert "Edit Channel" in told[0][1]
    assert len(requests) == 1  # the telling: no post is tried in vain

    await change(club, "stretching", **{missing: None})

    assert [one.state for one in await reminders(club)] == [ReminderState.ACTIVE]
    await wind(club, until="2026-11-27T18:01")
    assert len(said_in(club.channels["stretching"])) == 1
    log = await club.people["maya"].slash(club.channels["general"], "club log")
    assert "Limber: turned a schedule on" in texts(log.response.components)


async def test_what_a_role_of_the_server_took_away_a_role_gives_back(club: DemoClub) -> None:
    await with_schedule(club)
    backend, guild = club.env.backend, club.guild.id
    allowed = {role.id: role.permissions.value for role in club.bot.get_guild(guild).roles}
    for role in allowed:
        backend.edit_role(guild, role, {"permissions": 0})
    await wind(club, until="2026-11-23T18:01")
    await do_chores(club)
    assert [one.state for one in await reminders(club)] == [ReminderState.BLOCKED]
    assert posts(club) == {}  # nobody can be told

    for role, before in allowed.items():
        backend.edit_role(guild, role, {"permissions": before})
    await club.env.settle()

    assert [one.state for one in await reminders(club)] == [ReminderState.ACTIVE]


async def test_taken_away_again_it_is_told_again(club: DemoClub) -> None:
    await stopped(club, send_messages=False)
    await do_chores(club)
    await change(club, "stretching", send_messages=None)
    await change(club, "stretching", send_messages=False)
    await wind(club, until="2026-11-25T18:01")
    await do_chores(club)

    assert len([one for said in posts(club).values() for one in said if TROUBLE in one]) == 2


@pytest.mark.parametrize("mended", [True, False])
async def test_restarted_meanwhile(club: DemoClub, settings: Settings, tmp_path: Path, mended: bool) -> None:
    """What was told is not told again, and what was mended while nobody looked goes on at once."""
    await stopped(club, send_messages=False)
    await do_chores(club)

    def meanwhile() -> None:
        backend, channel, guild = club.env.backend, club.channels["stretching"].id, club.guild
        if mended:
            backend.delete_overwrite(channel, guild.default_role.id)

    async with restarted(club, settings, tmp_path, meanwhile) as again:
        await do_chores(again)
        state = ReminderState.ACTIVE if mended else ReminderState.BLOCKED
        assert [one.state for one in await reminders(again)] == [state]
        assert len([one for said in posts(again).values() for one in said if TROUBLE in one]) == 1
        await wind(again, until="2026-11-25T18:01")
        assert len(said_in(again.channels["stretching"])) == (1 if mended else 0)


async def test_a_pause_is_not_ended_by_what_is_mended(club: DemoClub) -> None:
    one = await stopped(club, send_messages=False)
    await club.people["maya"].slash(club.channels["general"], "club reminder pause", reminder=one.id)
    await change(club, "stretching", send_messages=None)
    await do_chores(club)
    await wind(club, until="2026-11-25T18:01")

    assert said_in(club.channels["stretching"]) == []
