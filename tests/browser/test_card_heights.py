"""No card is higher than a phone's screen leaves room for."""

import pytest
from playwright.async_api import Browser

from benchmarks.card_heights import MOST, as_html, as_sent, every_card, measure, phone, send
from bot.demo.club import open_club
from bot.settings import Settings

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENT = 8  # cards that are also looked at as real messages
NEAR = 24  # px; a date is longer or shorter there

#: Cards that are still too high, by name: the longest that can be of a few.
#: A club's texts of 500 characters, its barometer of every place, the preview of a post with what is wrong with it; a
#: question of the check with twelve answers, and what it asks of who lets their answers carry over; a log or a message
#: of asterisks alone; a history of six places.
TOO_HIGH = {"barometer", "check", "club", "club-setup", "diary", "history", "reminder", "reminder-message"}
TOO_HIGH |= {"running"}


async def test_every_card_fits_a_phone(browser: Browser) -> None:
    async with open_club(Settings(_env_file=None, log="error")) as club:
        cards = every_card(club.bot.locales.base)
        plain = [each for each in cards if "mention" not in as_html(each.card)]
        some = plain[:: len(plain) // SENT]
        ids = [await send(club, each.card) for each in some]
        async with phone(club, browser) as page:
            heights = dict(zip(cards, await measure(page, cards), strict=True))
            sent = dict(zip(some, await as_sent(page, ids), strict=True))
    over = [(each.name, each.key, each.page) for each, height in heights.items() if height > MOST]

    assert [card for card in over if card[0] not in TOO_HIGH] == []
    assert {name for name, *_ in over} == TOO_HIGH, "a card that fits is an exception no longer"
    assert [(each.title, heights[each], sent[each]) for each in some if abs(heights[each] - sent[each]) > NEAR] == []
