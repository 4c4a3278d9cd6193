"""Somebody in front of the demo's page, with a keyboard and a pointer."""

import re

from playwright.async_api import Locator, Page, expect

IDLE = "simcordPreview.ready && !(simcordPreview.awaitingRevision > simcordPreview.publishedRevision)"
LOOK = 50  # milliseconds between two looks
SETTLED = 200  # milliseconds in which a page that moves shuts a menu again


class Visitor:
    """Types and presses once, as a person does who sees that the page is ready."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._composer = page.locator("#channel-composer-input")
        self._send = page.get_by_role("button", name="Send", exact=True)

    async def be(self, demo: str, person: str, place: str) -> None:
        """Choose on the start page who to be, and where."""
        await self.page.goto(demo)
        await self.page.locator(".who", has_text=person).get_by_role("button", name=place).click()

    async def type(self, line: str) -> None:
        """A line into the box at the bottom, and Enter: then it is sent, and the box is empty."""
        await self._typed(line)
        await self.enter()
        await expect(self._composer).to_have_value("")

    async def pick(self, command: str) -> None:
        """A command from the list above the box: Enter takes it, and the button beside the box sends it."""
        await self._typed(command)
        await expect(self.page.get_by_role("option", name=command).first).to_be_visible()
        taken = self.page.get_by_role("button", name=f"Command {command}")
        await self.enter()
        if not await taken.count():  # the list was drawn anew in that moment
            await self.page.wait_for_timeout(SETTLED)
            if await self.page.get_by_role("option", name=command).count():
                await self.enter()
        await expect(taken).to_be_focused()
        await self._send.click()

    async def enter(self) -> None:
        await self.idle()
        await self.page.keyboard.press("Enter")

    async def press(self, label: str) -> None:
        """A button of the last message."""
        await self.idle()
        await self.latest.get_by_role("button", name=label, exact=True).click()

    async def press_what_is_drawn_anew(self, label: str) -> None:
        """The same, and every message is drawn anew between press and release, as when a menu opens or news arrive."""
        await self.idle()
        button = self.latest.get_by_role("button", name=label, exact=True)
        await button.hover()
        await self.page.mouse.down()
        await self.page.evaluate('document.querySelector(".select-trigger").click()')
        await self.page.mouse.up()

    async def choose(self, menu: str, option: str) -> None:
        """An option of the menu that shows this text: once, and it stands."""
        shown = self.latest.locator(".select-trigger", has_text=menu)
        await self.idle()
        await shown.last.click()
        await self.idle()
        await self.page.locator(".is-open .select-option", has_text=option).last.click()
        await self.idle()
        await expect(shown).to_have_count(0)

    async def answer(self, *answers: str, most: int = 20) -> None:
        """Presses, card after card, the first of the answers that there is, until there is none."""
        some = re.compile(rf"^({'|'.join(map(re.escape, answers))})$")
        await expect(self.latest.get_by_role("button", name=some).first).to_be_visible()
        for _ in range(most):
            offered = await self.latest.get_by_role("button").all_inner_texts()
            chosen = next((answer for answer in answers if answer in offered), None)
            if chosen is None:
                return
            before = await self.latest.inner_text()
            await self.latest.get_by_role("button", name=chosen, exact=True).click()
            await expect(self.latest).not_to_have_text(before, use_inner_text=True)
            await self.idle()
        raise AssertionError(f"no end after {most} answers")

    @property
    def latest(self) -> Locator:
        """The last message."""
        return self.page.locator("article.channel-message").last

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", name=name)

    async def idle(self) -> None:
        """The page takes nothing while it is at something, and drops what is chosen before it shows the last answer."""
        await expect(self._send).to_be_enabled()
        while not await self.page.evaluate(IDLE):  # the page forbids eval, so it cannot wait by itself
            await self.page.wait_for_timeout(LOOK)

    async def _typed(self, line: str) -> None:
        await self._composer.click()
        await self._composer.press_sequentially(line, delay=20)
