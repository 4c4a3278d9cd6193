"""What the bot knows of a server without asking Discord: channels, roles, and what it may do there."""

from datetime import UTC, datetime

import discord
import pytest

from bot.clubs.diagnosis import DiagnosisKind, examine, refusals
from bot.clubs.guild import ChannelKind, Permission, RoleView
from bot.clubs.settings import ClubSettings
from bot.demo.club import DemoClub
from bot.ui.clubs.guild_view import DiscordGuild

NOW = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)


def seen(club: DemoClub) -> DiscordGuild:
    return DiscordGuild(guild(club))


def guild(club: DemoClub) -> discord.Guild:
    found = club.bot.get_guild(club.guild.id)
    assert found is not None
    return found


async def restricted(club: DemoClub, name: str, **denied: bool | None) -> discord.TextChannel:
    """A channel in which the bot's own overwrite says so."""
    overwrite = discord.PermissionOverwrite(**denied)
    made = club.guild.create_text_channel(name, overwrites={guild(club).me: overwrite})
    await club.env.settle()
    found = guild(club).get_channel(made.id)
    assert isinstance(found, discord.TextChannel)
    return found


async def test_a_channel_is_as_it_is_in_discord(club: DemoClub) -> None:
    view, place = seen(club), club.channels["general"]
    channel = view.channel(place.id)
    assert view.known
    assert view.bot == "Limber"
    assert channel is not None
    assert (channel.id, channel.kind, channel.denied) == (place.id, ChannelKind.TEXT, frozenset())
    here = guild(club).get_channel(place.id).permissions_for(guild(club).me)
    assert channel.may == {permission for permission in Permission if getattr(here, permission)}
    assert {Permission.VIEW, Permission.SEND} <= channel.may


@pytest.mark.parametrize("permission", list(Permission))
async def test_what_a_channel_forbids_is_seen_as_its_own_doing(club: DemoClub, permission: Permission) -> None:
    channel = await restricted(club, "quiet", **{permission: False})
    found = seen(club).channel(channel.id)
    assert found is not None
    assert permission not in found.may
    assert found.denied == {permission}
    (first, *_) = refusals(seen(club), channel.id, thread=True) or [None]
    if permission in {Permission.VIEW, Permission.SEND, Permission.THREADS}:
        assert first is not None
        assert first.values["where"] == "channel"


async def test_what_a_channel_allows_by_itself_counts(club: DemoClub, monkeypatch: pytest.MonkeyPatch) -> None:
    for role in guild(club).roles:
        monkeypatch.setattr(role, "_permissions", 0)  # no role allows anything in the whole server
    channel = await restricted(club, "open", view_channel=True, send_messages=True)
    found, elsewhere = seen(club).channel(channel.id), seen(club).channel(club.channels["general"].id)
    assert found is not None
    assert elsewhere is not None
    assert found.may >= {Permission.VIEW, Permission.SEND}
    assert (elsewhere.may, elsewhere.denied) == (frozenset(), frozenset())
    (refused,) = refusals(seen(club), club.channels["general"].id)
    assert (refused.kind, refused.values["where"]) == (DiagnosisKind.NO_VIEW, "server")


async def test_what_everybody_is_denied_is_the_channels_doing_too(club: DemoClub) -> None:
    overwrite = discord.PermissionOverwrite(send_messages=False)
    made = club.guild.create_text_channel("board", overwrites={guild(club).default_role: overwrite})
    await club.env.settle()
    found = seen(club).channel(made.id)
    assert found is not None
    assert found.denied == {Permission.SEND}


async def test_other_kinds_of_channels_are_there_and_no_place_to_post(club: DemoClub) -> None:
    news = club.guild.create_news_channel("news")
    places = [club.guild.create_voice_channel("voice"), club.guild.create_forum_channel("forum")]
    category = club.guild.create_category("rooms")
    await club.env.settle()
    view = seen(club)
    assert view.channel(news.id).kind is ChannelKind.TEXT
    assert {view.channel(place.id).kind for place in (*places, category)} == {ChannelKind.OTHER}


async def test_roles_are_as_they_are_in_discord(club: DemoClub) -> None:
    loud = club.guild.create_role("stretchers", mentionable=True)
    quiet = club.guild.create_role("quiet")
    await club.env.settle()
    view = seen(club)
    assert view.role(loud.id) == RoleView(loud.id, everyone=False, mentionable=True)
    assert view.role(quiet.id) == RoleView(quiet.id, everyone=False, mentionable=False)
    assert view.role(club.guild.id).everyone
    assert view.role(99) is None


async def test_what_was_deleted_is_gone(club: DemoClub) -> None:
    channel, role = club.channels["stretching"], club.guild.create_role("brief", mentionable=True)
    await club.env.settle()
    await guild(club).get_channel(channel.id).delete()
    await guild(club).get_role(role.id).delete()
    await club.env.settle()
    view = seen(club)
    assert view.channel(channel.id) is None
    assert view.role(role.id) is None


@pytest.mark.parametrize("away", ["no server", "not reachable", "not arrived"])
async def test_a_server_that_is_not_there_for_the_moment_has_lost_nothing(
    club: DemoClub, away: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = guild(club)
    if away == "not reachable":
        monkeypatch.setattr(here, "unavailable", True)
    if away == "not arrived":
        monkeypatch.setattr(here, "_members", {})
    view = DiscordGuild(None if away == "no server" else here)
    assert not view.known
    found = examine(view, ClubSettings(share_channel=99), [], NOW, club.bot.locales.base.library)
    assert [diagnosis.kind for diagnosis in found] == [DiagnosisKind.NOTHING_SCHEDULED]
    assert refusals(view, 99, 99, thread=True) == []
