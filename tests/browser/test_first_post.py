"""The demo, for a moderator who has read nothing: from nothing to the first stretch post, in a real browser."""

import contextlib
import re
from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect
from playwright.async_api import TimeoutError as TooLong

from tests.browser.test_demo import CHROMIUM, QUIET, WAIT, demo

__all__ = ["demo"]  # the fixture

MOST_CLICKS = 8
A_MOMENT = 500  # milliseconds
LONGEST = 120.0  # seconds
COUNTS = "addEventListener('pointerdown', event => { if (event.isTrusted) clicked() }, true)"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; .ci/run installs it")


class Hand:
    """Maya's, on a page that counts every press of the pointer; each step leaves a picture."""

    def __init__(self, page: Page, pictures: Path) -> None:
        self.page = page
        self.clicks = 0
        self._pictures = pictures
        self._taken = 0

    async def begin(self) -> None:
        """Counted from here on."""
        await self.page.expose_function("clicked", self._clicked)
        await self.page.add_init_script(COUNTS)

    def _clicked(self) -> None:
        self.clicks += 1

    async def say(self, line: str) -> None:
        composer = self.page.locator("#channel-composer-input")
        await composer.click()
        await composer.press_sequentially(line, delay=20)
        await self.page.keyboard.press("Enter")

    async def command(self, line: str, heading: str) -> None:
        """Typed; one Enter picks the command and one more sends it. On an empty line Enter does nothing."""
        await self.say(line)
        for _ in range(WAIT // A_MOMENT):
            with contextlib.suppress(TooLong):
                await self.heading(heading).last.wait_for(timeout=A_MOMENT)
                return
            await self.page.keyboard.press("Enter")

    async def press(self, label: str) -> None:
        await self.page.get_by_role("button", name=label, exact=True).last.click()

    async def sees(self, what: Locator, name: str) -> None:
        await expect(what.last).to_be_visible(timeout=WAIT)
        await what.last.scroll_into_view_if_needed()
        self._taken += 1
        await self.page.screenshot(path=self._pictures / f"{self._taken}-{name}.png")

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", name=name)


@pytest.fixture(params=[(1280, 1000), (390, 844)], ids=["desktop", "phone"])
async def hand(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Hand]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        width, height = request.param
        page = await browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(WAIT)
        yield Hand(page, tmp_path)
        await browser.close()


async def test_from_nothing_to_the_first_post(demo: str, hand: Hand) -> None:
    page = hand.page
    await nothing_is_set_up(demo, hand)

    await hand.begin()
    await page.goto(demo)
    started = monotonic()
    await page.locator(".who", has_text="Maya").get_by_role("button", name="# stretching").click()
    await hand.command("/club setup", "Stretch posts for your club")
    await hand.sees(hand.heading("Stretch posts for your club"), "where")
    await page.get_by_role("combobox", name="Time zone").last.click()
    await page.get_by_role("option", name=re.compile("London")).last.click()
    await hand.sees(page.get_by_text("Monday, Wednesday and Friday at 18:00, Europe/London"), "when")
    await hand.press("Next")
    await hand.sees(hand.heading("What shall I post?"), "what")
    await hand.press("Preview")
    await hand.sees(page.get_by_role("button", name="Save", exact=True), "preview")
    await hand.press("Save")
    await hand.sees(hand.heading("Saved"), "saved")
    await hand.say("/wind 3 days")
    await hand.sees(page.get_by_role("button", name="Show me how", exact=True), "posted")

    assert hand.clicks <= MOST_CLICKS
    assert hand.clicks >= 7  # the page does count
    assert monotonic() - started < LONGEST


async def nothing_is_set_up(demo: str, hand: Hand) -> None:
    """The demo's club has a schedule: what a moderator of a new one does not have is deleted first."""
    page = hand.page
    await page.goto(demo)
    await page.locator(".who", has_text="Maya").get_by_role("button", name="# general").click()
    await hand.command("/club erase", "Delete everything of this club?")
    await hand.press("Yes, delete it")
    await expect(hand.heading("Deleted").last).to_be_visible(timeout=WAIT)
