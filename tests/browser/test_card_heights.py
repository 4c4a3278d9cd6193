"""No card is higher than a phone's screen leaves room for."""

import pytest
from playwright.async_api import Browser

from benchmarks.card_heights import MOST, as_sent, every_card, measure, phone, send
from bot.demo.club import open_club
from bot.settings import Settings
from bot.ui.locales import Locales

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENT = 8  # cards that are also looked at as real messages
NEAR = 24  # px; a date is longer or shorter there

#: A club's contact and its emergency wording, of 500 letters each without a space: both stand in full.
TOO_HIGH = {"club"}


async def test_every_card_fits_a_phone(browser: Browser, locales: Locales) -> None:
    async with open_club(Settings(log="error"), locales=locales) as club:
        cards = every_card(locales.base)
        plain = [each for each in cards if "mention" not in each.html]
        some = plain[:: len(plain) // SENT]
        ids = [await send(club, each.card) for each in some]
        async with phone(club, browser) as page:
            heights = dict(zip(cards, await measure(page, cards), strict=True))
            sent = dict(zip(some, await as_sent(page, ids), strict=True))
    over = [(each.name, each.key, each.page) for each, height in heights.items() if height > MOST]

    assert [card for card in over if card[0] not in TOO_HIGH] == []
    assert {name for name, *_ in over} == TOO_HIGH, "a card that fits is an exception no longer"
    assert [(each.title, heights[each], sent[each]) for each in some if abs(heights[each] - sent[each]) > NEAR] == []
