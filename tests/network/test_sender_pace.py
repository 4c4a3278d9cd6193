"""What leaves by the NoRetryClient keeps its pace, whatever it is and however much wants to leave at once."""

import asyncio

import pytest
import pytest_asyncio

from bot.delivery.config import DeliveryConfig
from bot.ui.clubs.guild_view import GuildLookup
from bot.ui.error_mapping import NoRetryClient
from bot.ui.transport import DiscordTransport
from tests.network.claimed import CHANNEL, Composer, claimed
from tests.network.limits import Limit
from tests.network.loopback import TOKEN
from tests.support.pictures import no_pictures

pytestmark = pytest.mark.asyncio(loop_scope="module")

SLOWLY = DeliveryConfig(per_second=10, burst=1)


@pytest_asyncio.fixture(loop_scope="module")
async def slow_sender(pointed):
    async with NoRetryClient(SLOWLY) as logged_in:
        await logged_in.login(TOKEN)
        yield logged_in


async def test_a_heap_of_messages_and_their_threads_runs_into_no_limit(discord, slow_sender):
    """Twenty requests at once, where ten may pass in half a second."""
    composer = Composer()
    composer.thread = "Stretches"
    lookup = GuildLookup(slow_sender.get_guild, lambda _: True, slow_sender)
    transport = DiscordTransport(slow_sender, composer, no_pictures(), lookup)
    limit = Limit(10, 0.5, sliding=True)
    discord.limits.append(limit)
    claims = [claimed(CHANNEL + number, name=name) for number, name in enumerate("abcdefghij")]
    await asyncio.gather(*(transport.send(one, one.occurrence.id) for one in claims))
    assert not limit.refused
    assert sum(len(place.threads) for place in discord.messages.places.values()) == len(claims)
