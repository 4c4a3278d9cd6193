"""The demo, for a moderator who has read nothing: from nothing to the first stretch post, in a real browser."""

import re
from pathlib import Path
from time import monotonic

import pytest
from playwright.async_api import Locator, expect

from tests.support.visitor import Visitor

MOST_CLICKS = 8
LONGEST = 120.0  # seconds
COUNTS = "addEventListener('pointerdown', event => { if (event.isTrusted) clicked(event.target.textContent) }, true)"

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_from_nothing_to_the_first_post(demo: str, visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.page
    await nothing_is_set_up(demo, visitor)

    clicks = Clicks()
    await page.expose_function("clicked", clicks.one)
    await page.add_init_script(COUNTS)
    started = monotonic()
    await visitor.be(demo, "Maya", "# stretching")
    await visitor.pick("/club setup")
    await sees(visitor.heading("Stretch posts for your club"), tmp_path / "where.png")
    await page.get_by_role("combobox", name="Time zone").last.click()
    await page.get_by_role("option", name=re.compile("London")).last.click()
    await sees(page.get_by_text("Monday, Wednesday and Friday at 18:00, Europe/London"), tmp_path / "when.png")
    await visitor.press("Next")
    await sees(visitor.heading("What shall I post?"), tmp_path / "what.png")
    await visitor.press("Preview")
    await sees(page.get_by_role("button", name="Save", exact=True), tmp_path / "preview.png")
    await visitor.press("Save")
    await sees(visitor.heading("Saved"), tmp_path / "saved.png")
    await visitor.type("/wind 3 days")
    await sees(page.get_by_role("button", name="Show me how", exact=True), tmp_path / "posted.png")

    assert 7 <= len(clicks.on) <= MOST_CLICKS, clicks.on  # the page does count
    assert monotonic() - started < LONGEST


class Clicks:
    """What the pointer was pressed on, by its text."""

    def __init__(self) -> None:
        self.on: list[str] = []

    def one(self, text: str) -> None:
        self.on.append(text)


async def nothing_is_set_up(demo: str, visitor: Visitor) -> None:
    """The demo's club has a schedule: what a moderator of a new one does not have is deleted first."""
    await visitor.be(demo, "Maya", "# general")
    await visitor.pick("/club erase")
    await expect(visitor.heading("Delete everything of this club?").last).to_be_visible()
    await visitor.press("Yes, delete it")
    await expect(visitor.heading("Deleted").last).to_be_visible()


async def sees(what: Locator, picture: Path) -> None:
    """Each step leaves a picture."""
    await expect(what.last).to_be_visible()
    await what.last.scroll_into_view_if_needed()
    await what.page.screenshot(path=picture)
