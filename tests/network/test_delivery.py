"""The transport to Discord: discord.py itself, over a socket, against a Discord that says no in every way."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.delivery.transport import Busy, Lost, NotComposed, Refused, Unreadable, Withheld
from bot.storage.reminders import Reason
from bot.ui.clubs.guild_view import GuildLookup
from bot.ui.error_mapping import NoRetryClient
from bot.ui.transport import MAX_READ, DiscordTransport
from tests.network.claimed import CHANNEL, CLUB, Composer, claimed, club_of
from tests.network.faults import CUT, SILENT
from tests.network.limits import Limit, everything, sending
from tests.network.loopback import PATIENCE, TOKEN
from tests.network.rest import CLOSED, NO_ACCESS, NO_SERVER, UNKNOWN_CHANNEL, No
from tests.support.pictures import no_pictures

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROLE = 77
SEES, READS = 1 << 10, 1 << 16  # permissions
BLOCKS = [
    UNKNOWN_CHANNEL,
    No(404, 10004),
    No(404, 10013),
    NO_ACCESS,
    CLOSED,
    No(403, 50013),
    NO_SERVER,
]


@pytest.fixture
def composer():
    return Composer()


@pytest.fixture
def guilds():
    """As the gateway has told of them: of none yet."""
    return {}


@pytest.fixture
def transport(sender, composer, guilds):
    return DiscordTransport(sender, composer, no_pictures(), GuildLookup(guilds.get, lambda _: True, sender))


@pytest.fixture
def transport_elsewhere(sender, composer):
    """Of a process that hears of no club."""
    return DiscordTransport(sender, composer, no_pictures(), GuildLookup({}.get, lambda _: False, sender))


@pytest.fixture
def place(discord):
    return discord.messages.place(CHANNEL)


async def send(transport, given=None):
    given = given or claimed()
    return await transport.send(given, given.occurrence.id)


def sent(discord):
    """The requests to create a message, with their bodies."""
    return [call.body for call in discord.calls if call.sends]


# What is sent


async def test_a_card_arrives_in_its_channel_under_its_nonce(discord, transport, place):
    given = claimed()
    message = await send(transport, given)
    (body,) = sent(discord)
    assert [one["id"] for one in place.messages] == [str(message)]
    assert (body["nonce"], body["enforce_nonce"]) == (given.occurrence.id, True)
    assert len(body["nonce"]) <= 25


async def test_the_same_nonce_twice_is_one_message(discord, transport, place):
    assert await send(transport) == await send(transport)
    assert len(place.messages) == 1
    assert len(sent(discord)) == 2


async def test_a_nonce_whose_message_was_deleted_counts_as_delivered(discord, transport, place):
    message = await send(transport)
    discord.messages.delete(CHANNEL, message)
    assert await send(transport) is None
    assert place.messages == []


@pytest.mark.parametrize(("role", "mentioned"), [(None, {"parse": []}), (ROLE, {"parse": [], "roles": [ROLE]})])
async def test_it_mentions_that_role_and_nobody_else(discord, transport, composer, role, mentioned):
    composer.role = role
    await send(transport)
    (body,) = sent(discord)
    allowed = {key: value for key, value in body["allowed_mentions"].items() if value}
    assert allowed == {key: value for key, value in mentioned.items() if value}


async def test_what_is_withheld_is_not_sent(discord, transport, composer):
    composer.withhold(Reason.MUTED)
    with pytest.raises(Withheld, match="muted"):
        await send(transport)
    assert sent(discord) == []


async def test_a_message_that_cannot_be_composed_is_tried_later(discord, transport, composer):
    composer.trouble = ZeroDivisionError("my hip")
    with capture_logs() as logs, pytest.raises(NotComposed):
        await send(transport)
    assert sent(discord) == []
    assert logs[0]["kind"] == "ZeroDivisionError"
    assert "hip" not in str(logs)


async def test_a_reminder_without_a_channel_is_refused(discord, transport):
    with pytest.raises(Refused, match="no-channel"):
        await send(transport, claimed(channel=None))
    assert sent(discord) == []


async def test_logging_in_is_left_to_discord_py(discord, pointed):
    """Which tries again; only what is sent later is asked once."""
    discord.faults.add(502, on=lambda call: call.path == "/users/@me")
    async with NoRetryClient() as sender:
        await sender.login(TOKEN)
        assert sender.user is not None


# A thread under a post


async def test_a_thread_is_opened_under_the_post(transport, composer, place):
    composer.thread = "Monday's stretch"
    message = await send(transport, claimed(person=None))
    assert place.threads == {str(message): "Monday's stretch"}


@pytest.mark.parametrize("why", ["forbidden", "there already", "cut", "500"])
async def test_a_thread_that_fails_does_not_fail_the_post(discord, transport, composer, place, why):
    composer.thread = "Monday's stretch"
    match why:
        case "forbidden":
            place.threading = No(403, 50013)
        case "there already":
            await send(transport, claimed(person=None))
        case "cut":
            discord.faults.add(CUT, on=lambda call: call.path.endswith("/threads"))
        case "500":
            discord.faults.add(500, on=lambda call: call.path.endswith("/threads"))
    with capture_logs() as logs:
        message = await send(transport, claimed(person=None))
    assert [one["id"] for one in place.messages] == [str(message)]
    assert [log["event"] for log in logs] == ["a post has no thread"]


# What the answers mean


@pytest.mark.parametrize("no", BLOCKS, ids=lambda no: no.code)
async def test_a_no_for_good_blocks(discord, transport, place, no):
    place.sending = no
    with pytest.raises(Refused) as caught:
        await send(transport)
    assert (caught.value.reason, caught.value.permanent) == (str(no.code), True)
    assert len(sent(discord)) == 1


@pytest.mark.parametrize(("no", "reason"), [(No(400, 50035), "50035"), (No(400, 0), "400"), (No(403, 20009), "20009")])
async def test_a_no_to_this_message_does_not_block(discord, transport, place, no, reason):
    place.sending = no
    with pytest.raises(Refused) as caught:
        await send(transport)
    assert (caught.value.reason, caught.value.permanent) == (reason, False)
    assert len(sent(discord)) == 1


@pytest.mark.parametrize("no", [No(403, 40003), No(403, 20016), No(503, 40062)], ids=lambda no: no.code)
async def test_not_now_is_tried_later(transport, place, no):
    place.sending = no
    with pytest.raises(Busy) as caught:
        await send(transport)
    assert not caught.value.everywhere


@pytest.mark.parametrize(
    "no", [No(401, 0), No(403, 20026), No(403, 40002), No(403, 40333), No(403, 0), No(404, 0)], ids=str
)
async def test_what_would_be_refused_everywhere_blocks_nobody_and_holds_everything_up(transport, place, no):
    """A token that was revoked, a bot under suspicion, a firewall's page: no word about this person."""
    place.sending = no
    with pytest.raises(Busy) as caught:
        await send(transport)
    assert caught.value.everywhere
    assert caught.value.retry_after >= 30


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504, 524])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_server_error_may_have_arrived_and_is_asked_once(discord, transport, place, status, after):
    discord.faults.add(status, after=after)
    with pytest.raises(Lost):  # discord.py would ask again, and have its answer
        await send(transport)
    assert len(sent(discord)) == 1
    assert len(place.messages) == after
    assert await send(transport) == int(place.messages[0]["id"])
    assert len(place.messages) == 1


async def test_overloaded_may_have_arrived(discord, transport):
    discord.faults.add(503, code=130000)
    with pytest.raises(Lost):
        await send(transport)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_cut_line_may_have_arrived(discord, transport, place, after):
    discord.faults.add(CUT, after=after)
    with pytest.raises(Lost):
        await send(transport)
    assert len(place.messages) == after


async def test_nobody_there_is_surely_not_sent(discord, transport):
    await send(transport)
    async with discord.away():
        with pytest.raises(Busy):
            await send(transport)
    assert await send(transport)


async def test_a_request_that_is_given_up_leaves_the_client_working(discord, transport, place):
    fault = discord.faults.add(SILENT)
    asked = asyncio.create_task(send(transport))
    await discord.until(lambda: not fault.left)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert await send(transport) == int(place.messages[0]["id"])


# Limits


@pytest.mark.parametrize("scope", ["user", "shared"])
@pytest.mark.parametrize("sliding", [False, True], ids=["fixed", "sliding"])
async def test_a_limit_of_the_route_holds_up_this_channel(discord, transport, scope, sliding):
    discord.limits.append(Limit(0, 5, sending, scope=scope, sliding=sliding, says=120))
    with pytest.raises(Busy) as caught:
        await send(transport)
    assert (caught.value.retry_after, caught.value.everywhere) == (120, False)
    assert len(sent(discord)) == 1


async def test_slow_mode_says_when(discord, transport):
    discord.limits.append(Limit(0, 5, sending, scope="shared", says=21600, code=20016))
    with pytest.raises(Busy) as caught:
        await send(transport)
    assert (caught.value.retry_after, caught.value.everywhere) == (21600, False)


@pytest.mark.parametrize("via", [True, False], ids=["Discord", "Cloudflare"])
async def test_a_global_limit_holds_up_everything_and_does_not_shut_the_client(discord, sender, transport, via):
    discord.limits.append(Limit(0, 1, everything, says=300, via=via))
    with pytest.raises(Busy) as caught:
        await send(transport)
    assert (caught.value.retry_after, caught.value.everywhere) == (300, True)
    discord.limits.clear()
    async with asyncio.timeout(PATIENCE):
        await sender.application_info()


async def test_what_is_left_of_a_limit_is_respected_before_it_is_hit(discord, transport):
    """discord.py reads the headers of good answers, and waits for the window to end."""
    limit = Limit(2, 0.3, sending, scope="user")
    discord.limits.append(limit)
    for name in "abcd":
        await send(transport, claimed(name=name))
    assert limit.refused == []
    assert len(sent(discord)) == 4


# Looking whether it arrived


async def test_it_is_found_by_the_id_on_its_button(transport, discord):
    given = claimed(age=300)
    message = await send(transport, given)
    discord.messages.somebody_writes(CHANNEL, 30)
    assert await transport.find(given) == message


async def test_it_is_found_wherever_the_button_stands(transport, place, discord):
    given = claimed(age=300)
    message = await send(transport, given)
    deep = {"type": 9, "components": [{"type": 10, "content": "Text"}], "accessory": button(given)}
    place.messages[0]["components"] = [{"type": 17, "components": [{"type": 10, "content": "Text"}, deep]}]
    assert await transport.find(given) == message
    place.messages[0]["components"] = [{"type": 1, "components": [button(given)]}]
    assert await transport.find(given) == message


async def test_one_of_another_occurrence_or_another_author_is_not_it(transport, place, discord):
    given = claimed(age=300)
    await send(transport, claimed(name="b"))
    await send(transport, given)
    place.messages[-1]["author"] = {"id": "300", "username": "ana", "discriminator": "0", "avatar": None}
    assert await transport.find(given) is None


async def test_in_a_busy_channel_it_looks_back_to_when_it_was_claimed(transport, discord):
    given = claimed(age=300)
    message = await send(transport, given)
    discord.messages.somebody_writes(CHANNEL, 450)
    assert await transport.find(given) == message


async def test_it_looks_no_farther_than_it_must(transport, discord):
    older = claimed(name="b", age=3600)
    real, discord.messages.now = discord.messages.now, lambda: older.occurrence.due
    discord.messages.somebody_writes(CHANNEL, 300)
    discord.messages.now = real
    assert await transport.find(claimed(age=300)) is None
    assert sum(call.reads for call in discord.calls) == 1


async def test_a_clock_that_is_ahead_of_discords_still_sees_the_latest(transport, discord):
    given = claimed(age=-600)
    message = await send(transport, given)
    discord.messages.somebody_writes(CHANNEL, 40)
    assert await transport.find(given) == message


async def test_where_nothing_is_there_is_none(transport):
    assert await transport.find(claimed(age=300)) is None


async def test_an_empty_history_of_a_club_may_be_one_that_we_may_not_read(transport, discord, place, sender, guilds):
    given = claimed(person=None, age=300)
    await send(transport, given)
    place.hidden = True
    with pytest.raises(Busy):  # it may be another time: nobody has told us yet what we may do there
        await transport.find(given)
    guilds[CLUB] = club_of(sender, history=False)
    with pytest.raises(Unreadable):
        await transport.find(given)


@pytest.mark.parametrize(("everyone", "readable"), [(SEES | READS, True), (SEES, False), (READS, False)])
async def test_of_a_club_that_another_process_hears_of_discord_is_asked(
    transport_elsewhere, discord, everyone, readable
):
    discord.everyone = everyone
    if readable:
        assert await transport_elsewhere.find(claimed(person=None, age=300)) is None
    else:
        with pytest.raises(Unreadable):
            await transport_elsewhere.find(claimed(person=None, age=300))


async def test_a_club_elsewhere_of_which_discord_does_not_speak_is_asked_about_later(transport_elsewhere, discord):
    discord.faults.add(500, on=lambda call: call.path.startswith("/guilds/"))
    with pytest.raises(Lost):
        await transport_elsewhere.find(claimed(person=None, age=300))


@pytest.mark.parametrize(("role", "gone"), [(CLUB, False), (ROLE, True), (None, False)])
async def test_the_role_of_a_club_elsewhere_may_be_gone(discord, sender, role, gone):
    lookup = GuildLookup({}.get, lambda _: False, sender)
    assert await lookup.role_gone(CLUB, role) is gone
    discord.faults.add(500, on=lambda call: call.path.startswith("/guilds/"))
    assert not await lookup.role_gone(CLUB, ROLE)


@pytest.mark.parametrize(("role", "gone"), [(CLUB, False), (ROLE, True), (None, False)])
async def test_discord_is_not_asked_for_the_role_of_a_club_that_the_gateway_tells_of(discord, sender, role, gone):
    told = {CLUB: club_of(sender, history=True)}
    discord.calls.clear()

    assert await GuildLookup(told.get, lambda _: True, sender).role_gone(CLUB, role) is gone
    assert not await GuildLookup({}.get, lambda _: True, sender).role_gone(CLUB, role)  # it has not told yet
    assert not discord.calls


async def test_an_empty_channel_of_a_club_that_we_may_read_is_empty(transport, sender, guilds):
    guilds[CLUB] = club_of(sender, history=True)
    assert await transport.find(claimed(person=None, age=300)) is None


async def test_a_club_that_discord_cannot_reach_is_asked_about_later(transport, sender, guilds):
    guilds[CLUB] = club_of(sender, history=True)
    guilds[CLUB].unavailable = True
    with pytest.raises(Busy):
        await transport.find(claimed(person=None, age=300))


async def test_a_channel_too_busy_to_look_back_is_unreadable(transport, discord):
    given = claimed(age=300)
    await send(transport, given)
    discord.messages.somebody_writes(CHANNEL, MAX_READ)
    with pytest.raises(Unreadable):
        await transport.find(given)


@pytest.mark.parametrize("no", [NO_ACCESS, UNKNOWN_CHANNEL, No(403, 50013), No(400, 50035)], ids=lambda no: no.code)
async def test_what_may_not_be_read_is_unreadable(transport, place, no):
    place.reading = no
    with pytest.raises(Unreadable):
        await transport.find(claimed(age=300))


async def test_a_reminder_without_a_channel_is_unreadable(transport):
    with pytest.raises(Unreadable):
        await transport.find(claimed(channel=None, age=300))


@pytest.mark.parametrize(("what", "error"), [(500, Lost), (503, Lost), (CUT, Lost), (401, Busy)], ids=str)
async def test_trouble_while_looking_is_no_answer(transport, discord, what, error):
    discord.faults.add(what, times=2, on=lambda call: call.reads)  # aiohttp asks a second time on a line that was cut
    with pytest.raises(error):
        await transport.find(claimed(age=300))


def button(given):
    return {"type": 2, "style": 2, "label": "Done", "custom_id": f"l2.reminder.done.{given.occurrence.id}"}
