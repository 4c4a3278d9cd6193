"""The pictures in README and docs, made from the running demo: `make pictures`.

Needs Chromium (`CHROMIUM` names another program). Writes PNG files into docs/pictures/.
"""

import argparse
import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from bot.demo.club import Club, open_club
from bot.demo.command_line import read_line
from bot.demo.past import make_up
from bot.settings import read_settings

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP, PHONE = (1000, 900), (390, 844)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: who types what, what is pressed then."""

    name: str
    line: str
    press: tuple[str, ...] = ()
    screens: float | None = None  # cut after so many phone screens; None: the whole message


TALK = (
    ("maya", "Something hurts? Type /pain and say where, in your own words."),
    ("ben", "My hip has been grumbling since Tuesday."),
)
AREAS = ("hip", "knee", "neck", "hamstring", "neck_headache")
SHOTS = (
    *(Shot(f"pain-{area}", f"/pain {area}", screens=1.4) for area in AREAS),
    Shot("exercises", "/pain hip", ("None of these apply to me",)),
    Shot("signs", "/pain hip", ("All warning signs",)),
    Shot("now", "/pain hip", ("Yes, or not sure",)),
    Shot("avoid", "/pain hip", ("What not to do",)),
    Shot("causes", "/pain hip", ("Causes in full",)),
    Shot("sources", "/pain hip", ("Sources",)),
    Shot("shared", "/pain knee", ("Share",)),
    Shot("tip", "/tip knee"),
    Shot("stretch", "/stretch hip"),
    Shot("stretch-step", "/stretch hip", ("Start",)),
    Shot("unknown", "/pain pizza"),
    Shot("emergency", "/pain chest pain"),
    Shot("canirun", "/canirun knee", screens=1.2),
    Shot("checkin", "/checkin hip pain:3 side:right"),
    Shot("history", "/history hip"),
    Shot("privacy", "/privacy show"),
    Shot("help", "/help"),
    Shot("about", "/about"),
)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Headless Chromium that talks to nobody."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        sys.exit("No Chromium found. Install it, or name one in CHROMIUM.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=QUIET)
        try:
            yield browser
        finally:
            await browser.close()


async def take(club: Club, browser: Browser, shot: Shot, size: tuple[int, int], file: Path) -> None:
    """One message, as ana sees it, cut to the message."""
    ana = club.people["ana"]
    channel = club.channels["sore-legs"]
    spoken = read_line(shot.line, club.bot.tree.walk_commands())
    answer = await ana.slash(channel, spoken.command, **spoken.options)
    for label in shot.press:
        answer = await ana.click(answer.response, label=label)
    async with club.env.preview(channel, viewers=[ana], layout="message") as preview:
        await preview.show(answer)
        page = await browser.new_page(viewport={"width": size[0], "height": size[1]}, device_scale_factor=1.5)
        await page.goto(preview.url)
        await picture(page, file, shot.screens)
        await page.close()


async def picture(page: Page, file: Path, screens: float | None) -> None:
    """The message, without the frame of the preview page."""
    surface = page.locator(".message-surface")
    await surface.wait_for()
    await page.wait_for_timeout(300)
    height = await surface.evaluate(
        "s => [s, ...s.querySelectorAll('*')].reduce((h, e) => Math.max(h, e.scrollHeight), 0)"
    )
    size = page.viewport_size or {"width": PHONE[0], "height": PHONE[1]}
    await page.set_viewport_size({"width": size["width"], "height": height + 160})
    await page.wait_for_timeout(300)
    frame = await surface.evaluate(
        "s => (({x, y, width, height}) => ({x, y, width, height}))(s.getBoundingClientRect())"
    )
    most = frame["height"] if screens is None else screens * PHONE[1]
    await page.screenshot(path=file, clip={**frame, "height": min(frame["height"], most)})


async def demo(club: Club, browser: Browser, file: Path) -> None:
    """The demo page in a browser, with a conversation and an answer in it."""
    channel = club.channels["sore-legs"]
    for who, what in TALK:
        await club.people[who].send(channel, what)
    await club.people["ben"].slash(channel, "pain", area="hip")
    async with club.env.preview(channel, viewers=[club.people["ben"]], layout="channel") as preview:
        page = await browser.new_page(viewport={"width": 1280, "height": 860}, device_scale_factor=1.5)
        await page.goto(preview.url)
        heading = page.get_by_role("heading", name="Stop here first")
        await heading.wait_for()
        await heading.evaluate("h => h.scrollIntoView({block: 'center'})")
        await page.wait_for_timeout(300)
        await page.screenshot(path=file)
        await page.close()


async def main(folder: Path, only: list[str]) -> None:
    async with open_club(read_settings().model_copy(update={"log": "error"})) as club, chromium() as browser:
        await make_up(club)
        if not only or "demo" in only:
            await demo(club, browser, folder / "demo-desktop.png")
        for shot in SHOTS:
            if only and shot.name not in only:
                continue
            for kind, size in (("desktop", DESKTOP), ("phone", PHONE)):
                await take(club, browser, shot, size, folder / f"{shot.name}-{kind}.png")
                print(folder / f"{shot.name}-{kind}.png")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--to", type=Path, default=Path("docs/pictures"))
    arguments.add_argument("only", nargs="*", help="names of pictures; all when empty")
    given = arguments.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(given.to, given.only))
