"""The demo, for a moderator who has read nothing, on a phone: set up, changed, taken back, looked after."""

from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.support.visitor import Visitor

MOST_PRESSES = 6  # after the command
COUNTS = "addEventListener('pointerdown', event => { if (event.isTrusted) clicked(event.target.textContent) }, true)"

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_from_nothing_to_the_first_post_then_changed_removed_undone_and_looked_after(
    demo: str, visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor.page
    await nothing_is_set_up(demo, visitor)
    await visitor.be(demo, "Maya", "# stretching")
    clicks = Clicks()
    await page.expose_function("clicked", clicks.one)
    await page.evaluate(COUNTS)

    await visitor.pick("/club setup")
    await sees(visitor.heading("Stretch posts for your club"), tmp_path / "where.png")
    clicks.on.clear()
    await visitor.choose("Time zone", "London")
    await sees(page.get_by_text("Monday, Wednesday and Friday at 18:00, Europe/London"), tmp_path / "when.png")
    await visitor.press_what_is_drawn_anew("Next")
    await sees(visitor.heading("What shall I post?"), tmp_path / "what.png")
    await expect(visitor.latest.locator(".select-trigger")).to_have_text(
        ["Before and after a run", "Routines of any length", "Mention a role, or none"]
    )  # and nothing that was chosen in the menus before
    await visitor.press("Preview")
    await sees(page.get_by_role("button", name="Save", exact=True), tmp_path / "preview.png")
    await visitor.press("Save")
    await sees(visitor.heading("Saved"), tmp_path / "saved.png")
    assert 5 <= len(clicks.on) <= MOST_PRESSES, clicks.on  # the page does count
    await visitor.type("/wind 3 days")
    await sees(page.get_by_role("button", name="Show me how", exact=True), tmp_path / "posted.png")

    await visitor.pick("/club setup")
    await visitor.press("Change this one")
    assert len(set(await pictures(visitor))) == 1  # else a choice below them would be lost
    await visitor.choose("18:00", "20:00")
    for label in ("Next", "Preview", "Save"):
        await visitor.press(label)
    await sees(page.get_by_text("Monday, Wednesday and Friday at 20:00, Europe/London"), tmp_path / "changed.png")

    await visitor.press("All posts")
    for _ in range(2):  # a menu that comes back can be used again
        await visitor.choose("Change, pause or remove one", "stretching")
        await visitor.press("All posts")
    await visitor.choose("Change, pause or remove one", "stretching")
    await visitor.press("Remove it")
    await sees(page.get_by_text("has been removed"), tmp_path / "removed.png")
    await visitor.pick("/club doctor")
    await sees(page.get_by_text("Nothing is scheduled"), tmp_path / "nothing.png")
    await page.get_by_role("button", name="Undo", exact=True).click()  # on the card before
    await sees(page.get_by_text("Undone."), tmp_path / "undone.png")
    await visitor.press("Look again")
    await sees(page.get_by_text("All is well"), tmp_path / "well.png")


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


async def pictures(visitor: Visitor) -> list[int]:
    """How long the page is: before a menu is opened, right after, when every picture is drawn anew, and shut again."""
    await expect(visitor.heading("Stretch posts for your club")).to_be_visible()
    await visitor.idle()
    return await visitor.page.evaluate(
        """() => {
          const page = document.querySelector("#channel-timeline");
          const menu = () => [...document.querySelectorAll(".select-trigger")].at(-1);
          const before = page.scrollHeight;
          menu().click();
          const open = page.scrollHeight;
          menu().click();
          return [before, open, page.scrollHeight];
        }"""
    )


async def sees(what: Locator, picture: Path) -> None:
    """Each step leaves a picture."""
    await expect(what.last).to_be_visible()
    await what.last.scroll_into_view_if_needed()
    await what.page.screenshot(path=picture)
