"""A browser, and the demo as a process of its own."""

import asyncio
import os
import re
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ViewportSize, async_playwright, expect

from tests.support.visitor import Visitor

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
WAIT = 30_000  # milliseconds; how long, never how fast
VIEWPORTS = {"desktop": ViewportSize(width=1280, height=900), "phone": ViewportSize(width=390, height=844)}

expect.set_options(timeout=WAIT)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; .ci/run installs it")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


@pytest.fixture
def viewport(request: pytest.FixtureRequest) -> ViewportSize:
    """A phone's, if a test does not ask for another."""
    return VIEWPORTS[getattr(request, "param", "phone")]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo(browser: Browser) -> AsyncIterator[str]:
    """The start page's address; a process for each file, in which what its tests did stays, ended as Ctrl-C ends it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", str(port), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
    announced = re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert announced, line
    yield announced[0]
    process.send_signal(signal.SIGINT)
    assert await asyncio.wait_for(process.wait(), 30) == 0


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(browser: Browser, viewport: ViewportSize) -> AsyncIterator[Visitor]:
    page = await browser.new_page(viewport=viewport)
    page.set_default_timeout(WAIT)
    yield Visitor(page)
    await page.close()
