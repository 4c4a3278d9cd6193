"""The demo, as somebody who found the project an hour ago: a real browser on the real page."""

import asyncio
import os
import re
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright, expect

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
TRIES = 3
WAIT = 30_000  # milliseconds; how long, never how fast

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; .ci/run installs it")


@pytest.fixture
async def demo() -> AsyncIterator[str]:
    """The start page's address; the process is ended as Ctrl-C ends it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", str(port), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
    found = re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert found, line
    try:
        yield found[0]
    finally:
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), 30) == 0


@pytest.fixture(params=[(1280, 900), (390, 844)], ids=["desktop", "phone"])
async def page(request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        width, height = request.param
        opened = await browser.new_page(viewport={"width": width, "height": height})
        opened.set_default_timeout(WAIT)
        yield opened
        await browser.close()


async def say(page: Page, line: str) -> None:
    """On a busy machine the preview may give up on a message ("outcome uncertain"): then as a person would, again."""
    composer = page.locator("#channel-composer-input")
    for _ in range(TRIES):
        await composer.click()
        await composer.press_sequentially(line, delay=20)
        await composer.press("Enter")
        try:
            await expect(composer).to_have_value("", timeout=WAIT / TRIES)
        except AssertionError:
            await page.reload()
        else:
            return


async def test_a_newcomer_starts_types_and_reads_the_card(demo: str, page: Page) -> None:
    await page.goto(demo)
    await page.get_by_role("button", name=re.compile("Start as Ana")).click()
    await say(page, "/pain hip")

    await expect(page.get_by_role("heading", name="Stop here first")).to_be_visible(timeout=WAIT)
    await expect(page.get_by_role("heading", name="Hip and groin pain")).to_be_visible()
    await expect(page.get_by_text("Only you can see this").last).to_be_visible()

    await page.get_by_role("button", name="None of these apply to me").click()
    await expect(page.get_by_role("heading", name="None of these either?")).to_be_visible(timeout=WAIT)
    await page.get_by_role("button", name="None of these either").last.click()
    await expect(page.get_by_role("heading", name="Hip: what you can do")).to_be_visible(timeout=WAIT)

    await page.goto(demo)
    await page.locator(".who", has_text="Ben").get_by_role("button", name="# sore-legs").click()
    await expect(page.get_by_text("say where, in your own words").last).to_be_visible(timeout=WAIT)
    await expect(page.get_by_role("heading", name="Hip and groin pain")).to_have_count(0)

    await page.goto(demo)
    await page.locator(".who", has_text="Maya").get_by_role("button", name="DM with Limber").click()
    await say(page, "/tip knee")
    await expect(page.get_by_role("button", name="Another tip")).to_be_visible(timeout=WAIT)


async def test_the_picker_of_the_composer_works_too(demo: str, page: Page) -> None:
    await page.goto(demo)
    await page.get_by_role("button", name=re.compile("Start as Ana")).click()
    composer = page.locator("#channel-composer-input")
    await composer.click()
    await composer.press_sequentially("/he", delay=20)
    await page.get_by_role("option", name="/help").first.click()
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", name="What I can do")).to_be_visible(timeout=WAIT)


async def test_time_wound_forward_brings_a_reminder(demo: str, page: Page) -> None:
    await page.goto(demo)
    before = await page.locator(".now").inner_text()
    await page.get_by_role("button", name="to tomorrow 08:00").click()
    await expect(page.get_by_text(re.compile("Arrived on the way: .*[12] in Ana's DM with Limber"))).to_be_visible()
    await expect(page.locator(".now")).to_have_text(re.compile(r"08:00 in London"))
    assert await page.locator(".now").inner_text() != before

    await page.locator(".who", has_text="Ana").get_by_role("button", name="DM with Limber").click()
    asked = page.get_by_role("heading", name="How is it today?")
    await expect(asked.last).to_be_visible(timeout=WAIT)
    count = await asked.count()

    await say(page, "/wind 1 day")
    await expect(page.get_by_text("Demo clock: wound forward to").last).to_be_visible(timeout=WAIT)
    await expect(asked).to_have_count(count + 1, timeout=WAIT)
