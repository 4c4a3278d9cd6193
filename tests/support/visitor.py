"""Somebody in front of the demo's page, with a keyboard and a pointer."""

from playwright.async_api import Locator, Page, expect


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
        """A command from the list above the box: one Enter takes it, and one more sends it."""
        await self._typed(command)
        await expect(self.page.get_by_role("option", name=command).first).to_be_visible()
        await self.enter()
        await expect(self.page.get_by_role("button", name=f"Command {command}")).to_be_focused()
        await self.enter()

    async def enter(self) -> None:
        """The page takes nothing while it is at something: the button beside the box is grey then."""
        await expect(self._send).to_be_enabled()
        await self.page.keyboard.press("Enter")

    async def press(self, label: str) -> None:
        await self.page.get_by_role("button", name=label, exact=True).last.click()

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", name=name)

    async def _typed(self, line: str) -> None:
        await self._composer.click()
        await self._composer.press_sequentially(line, delay=20)
