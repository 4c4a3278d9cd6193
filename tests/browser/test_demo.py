"""The demo, as somebody who found the project an hour ago: a real browser on the real page."""

import asyncio
import re

import pytest
from playwright.async_api import Locator, Route, expect

from bot.figures.camera import WIDTH
from tests.browser.conftest import VIEWPORTS
from tests.support.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("viewport", VIEWPORTS, indirect=True)
async def test_a_newcomer_starts_types_and_reads_the_card(demo: str, visitor: Visitor) -> None:
    page = visitor.page
    await page.goto(demo)
    await page.get_by_role("button", name=re.compile("Start as Ana")).click()
    await visitor.type("/pain hip")

    await expect(page.get_by_text("Call your emergency number").last).to_be_visible()
    await expect(visitor.heading("Hip and groin pain").last).to_be_visible()
    await expect(page.get_by_text("Only you can see this").last).to_be_visible()

    await page.get_by_role("button", name="What helps").last.click()
    await expect(visitor.heading("Hip: what helps").last).to_be_visible()
    await page.get_by_role("button", name="Bridge").last.click()
    await expect(visitor.heading("Bridge").last).to_be_visible()

    await visitor.be(demo, "Ben", "# sore-legs")
    await expect(page.get_by_text("say where, in your own words").last).to_be_visible()
    await expect(visitor.heading("Hip and groin pain")).to_have_count(0)

    await visitor.be(demo, "Maya", "DM with Limber")
    await visitor.type("/tip knee")
    await expect(page.get_by_role("button", name="Another tip").last).to_be_visible()


@pytest.mark.parametrize("viewport", ["desktop"], indirect=True)
async def test_the_picker_of_the_composer_works_too(demo: str, visitor: Visitor) -> None:
    page = visitor.page
    await page.goto(demo)
    await page.get_by_role("button", name=re.compile("Start as Ana")).click()
    composer = page.locator("#channel-composer-input")
    await composer.click()
    await composer.press_sequentially("/he", delay=20)
    await page.get_by_role("option", name="/help").first.click()
    await expect(page.get_by_role("button", name="Command /help")).to_be_focused()
    await visitor.enter()

    await expect(visitor.heading("What I can do")).to_be_visible()


async def test_what_is_pressed_while_the_page_is_at_something_is_done_after_it(demo: str, visitor: Visitor) -> None:
    page = visitor.page
    await visitor.be(demo, "Ana", "# sore-legs")
    await visitor.type("/pain ankle")
    await expect(visitor.heading("Ankle pain").last).to_be_visible()
    await visitor.type("/pain shin")
    await expect(visitor.heading("Shin pain").last).to_be_visible()
    await visitor.idle()
    await page.get_by_role("button", name="What helps").last.click(button="right")  # opens the browser's own menu
    await page.wait_for_timeout(500)
    assert await visitor.heading("Shin: what helps").count() == 0
    await page.route("**/api/action", slowly)

    await page.get_by_role("button", name="What helps").nth(-2).click()
    await page.get_by_role("button", name="What helps").last.click(force=True)

    await expect(visitor.heading("Ankle: what helps").last).to_be_visible()
    await expect(visitor.heading("Shin: what helps").last).to_be_visible()


async def slowly(route: Route) -> None:
    await asyncio.sleep(1)
    await route.continue_()


async def test_time_wound_forward_brings_a_reminder(demo: str, visitor: Visitor) -> None:
    page = visitor.page
    await page.goto(demo)
    before = await page.locator(".now").inner_text()
    await page.get_by_role("button", name="to tomorrow 08:00").click()
    await expect(page.get_by_text(re.compile("Arrived on the way: .*[12] in Ana's DM with Limber"))).to_be_visible()
    await expect(page.locator(".now")).to_have_text(re.compile(r"08:00 in London"))
    assert await page.locator(".now").inner_text() != before

    await visitor.be(demo, "Ana", "DM with Limber")
    asked = visitor.heading("How is it today?")
    await expect(asked.last).to_be_visible()
    count = await asked.count()

    await visitor.type("/wind 1 day")
    await expect(page.get_by_text("Demo clock: wound forward to").last).to_be_visible()
    await expect(asked).to_have_count(count + 1)


async def test_a_stretch_for_a_stiff_neck_and_a_club_s_post_show_their_picture(demo: str, visitor: Visitor) -> None:
    page = visitor.page
    await visitor.be(demo, "Ana", "# sore-legs")
    await visitor.type("/pain stiff neck")
    await expect(visitor.heading("Neck pain after running").last).to_be_visible()
    await visitor.type("/stretch neck")
    await visitor.press("Start")
    await expect(page.get_by_text(re.compile(r"Step 1 of \d")).last).to_be_visible()
    await shows(page.get_by_role("img", name=re.compile("in two drawings")).last)

    await visitor.be(demo, "Maya", "# stretching")
    await visitor.type("/wind 7 days")
    post = page.locator(".channel-message", has=page.get_by_role("button", name="Show me how", exact=True)).last
    await shows(post.locator(".gallery-item img"))


async def shows(picture: Locator) -> None:
    """It has arrived, and is as wide as it was drawn."""
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("naturalWidth", WIDTH)
