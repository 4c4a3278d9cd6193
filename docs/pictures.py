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
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import simcord
from playwright.async_api import Browser, Page, async_playwright

from bot.demo.club import DemoClub, make_up, open_club
from bot.demo.command_line import read_line
from bot.demo.typed import ClockControl
from bot.settings import Settings, read_settings
from bot.storage.barometer import Snapshot
from bot.ui.custom_id import CustomId

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
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: who types what, what is pressed then."""

    name: str
    line: str
    press: tuple[str, ...] = ()
    screens: float | None = None  # cut after so many phone screens; None: the whole message


@dataclass(frozen=True, slots=True)
class Scene:
    """One message, who looks at it, and where."""

    name: str
    message: Any
    viewer: simcord.MemberActor | simcord.UserHandle
    channel: simcord.ChannelHandle


TALK = (
    ("maya", "Something hurts? Type /pain and say where, in your own words."),
    ("ben", "My hip has been grumbling since Tuesday."),
)
AREAS = ("hip", "knee", "neck", "hamstring", "neck_headache")
SHOTS = (
    *(Shot(f"pain-{area}", f"/pain {area}") for area in AREAS),
    Shot("helps", "/pain hip", ("What helps",)),
    Shot("exercise", "/pain hip", ("What helps", "Bridge")),
    Shot("signs", "/pain hip", ("All warning signs",)),
    Shot("now", "/pain hip", ("Yes, or not sure",)),
    Shot("avoid", "/pain hip", ("What helps", "What not to do")),
    Shot("causes", "/pain hip", ("Why it hurts",)),
    Shot("sources", "/pain hip", ("Why it hurts", "Sources")),
    Shot("shared", "/pain knee", ("What helps", "Share")),
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


#: What the guide for moderators shows, in the order in which it happens.
MODERATORS = (
    *("club-setup-where", "club-setup-what", "club-setup-preview", "club-setup-saved"),
    *("club-post", "club-posts", "club-schedule", "club-doctor", "club-contact", "club-log", "club-stats", "reminder"),
)
#: What a club's barometer showed, oldest first.
WEEKS = (
    {"knee": 5},
    {"knee": 5, "hip": 5},
    {"knee": 10, "hip": 5},
    {"knee": 10, "hip": 5, "hamstring": 5},
    {"knee": 5, "hip": 5},
    {"knee": 5},
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


async def take(club: DemoClub, browser: Browser, shot: Shot, size: tuple[int, int], file: Path) -> None:
    """One answer, as ana sees it."""
    ana, channel = club.people["ana"], club.channels["sore-legs"]
    spoken = read_line(shot.line, club.bot.tree.walk_commands())
    answer = await ana.slash(channel, spoken.command, **spoken.options)
    for label in shot.press:
        answer = await ana.click(answer.response, label=label)
    await show(club, browser, Scene(shot.name, answer, ana, channel), size, file, shot.screens)


async def show(
    club: DemoClub, browser: Browser, scene: Scene, size: tuple[int, int], file: Path, screens: float | None = None
) -> None:
    """A scene, cut to its message."""
    viewers = [scene.viewer]
    async with club.env.preview(scene.channel, viewers=viewers, layout="message", locale="en-GB") as preview:
        await preview.show(scene.message)
        page = await browser.new_page(viewport={"width": size[0], "height": size[1]}, device_scale_factor=1.5)
        await page.goto(preview.url)
        await picture(page, file, screens)
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


async def demo(club: DemoClub, browser: Browser, file: Path) -> None:
    """The demo page in a browser, with a conversation and an answer in it."""
    channel = club.channels["sore-legs"]
    for who, what in TALK:
        await club.people[who].send(channel, what)
    await club.people["ben"].slash(channel, "pain", area="hip")
    async with club.env.preview(channel, viewers=[club.people["ben"]], layout="channel") as preview:
        page = await browser.new_page(viewport={"width": 1280, "height": 860}, device_scale_factor=1.5)
        await page.goto(preview.url)
        heading = page.get_by_role("heading", name="Hip and groin pain")
        await heading.wait_for()
        await heading.evaluate("h => h.scrollIntoView({block: 'center'})")
        await page.wait_for_timeout(300)
        await page.screenshot(path=file)
        await page.close()


async def moderators(club: DemoClub) -> AsyncIterator[Scene]:
    """Maya sets the club up and looks after it; on the next morning Ana is reminded."""
    maya, where = club.people["maya"], club.channels["stretching"]
    page = await maya.slash(where, "club setup")
    page = await maya.select(page.response, ["Europe/London"], custom_id=menu(page, "club_setup.zone")["custom_id"])
    for name, onward in (("where", "Next"), ("what", "Preview"), ("preview", "Save")):
        yield Scene(f"club-setup-{name}", page, maya, where)
        page = await maya.click(page.response, label=onward)
    yield Scene("club-setup-saved", page, maya, where)
    await wind(club, "2026-11-23T18:01")
    yield Scene("club-post", where.last_message, maya, where)
    page = await maya.slash(where, "club reminder list")
    yield Scene("club-posts", page, maya, where)
    pick = menu(page, "club_reminder.pick")
    page = await maya.select(page.response, [pick["options"][0]["value"]], custom_id=pick["custom_id"])
    yield Scene("club-schedule", page, maya, where)
    async for scene in looked_after(club):
        yield scene


async def looked_after(club: DemoClub) -> AsyncIterator[Scene]:
    """Something is in the way of the posts, and is mended; then the club's own words, and its log."""
    maya, where, general = club.people["maya"], club.channels["stretching"], club.channels["general"]
    await may_write(club, where, allowed=False)
    yield Scene("club-doctor", await maya.slash(where, "club doctor"), maya, where)
    await may_write(club, where, allowed=None)
    form = await maya.slash(general, "club contact")
    said = {
        "contact": "Jo Smith, physio, at the track on Tuesdays",
        "emergency": "The first-aid kit hangs in the boathouse",
    }
    yield Scene("club-contact", await maya.submit_modal(form, said), maya, general)
    yield Scene("club-log", await maya.slash(general, "club log"), maya, general)
    await make_up(club)
    await counted(club)
    yield Scene("club-stats", await maya.slash(general, "club stats"), maya, general)
    await wind(club, "2026-11-24T08:01")
    ana = club.people["ana"].user
    yield Scene("reminder", ana.dm_channel.last_message, ana, ana.dm_channel)


async def counted(club: DemoClub) -> None:
    """Some closed weeks of the barometer."""
    barometer = club.services.storage.barometer
    await barometer.join(club.guild.id, club.people["ana"].id, MONDAY, b"made up")
    for ago, bands in enumerate(reversed(WEEKS), start=1):
        await barometer.close(club.guild.id, Snapshot(MONDAY.date() - timedelta(weeks=ago), known=True, bands=bands))


def menu(answer: Any, action: str) -> dict[str, Any]:
    """The menu with this action."""
    rows = (row for box in answer.response.components for row in box["components"])
    parts = (part for row in rows for part in row.get("components", ()))
    return next(part for part in parts if CustomId.parse(part["custom_id"]).action == action)


async def may_write(club: DemoClub, channel: simcord.ChannelHandle, *, allowed: bool | None) -> None:
    """Whether the bot may write there."""
    found, everyone = club.bot.get_channel(channel.id), club.bot.get_guild(club.guild.id).default_role
    await found.set_permissions(everyone, send_messages=allowed)
    await club.env.settle()


async def wind(club: DemoClub, until: str) -> None:
    async def nobody_looks() -> None:
        """There is no page to be shown."""

    await ClockControl(club, nobody_looks).to(datetime.fromisoformat(until).replace(tzinfo=UTC))


async def guide(settings: Settings, browser: Browser, folder: Path, only: list[str]) -> None:
    """The pictures for moderators, on a Monday in a club where nothing is set up."""
    async with open_club(settings, now=lambda: MONDAY) as club:
        async for scene in moderators(club):
            if not only or scene.name in only:
                file = folder / f"{scene.name}-phone.png"
                await show(club, browser, scene, PHONE, file)
                print(file)


async def main(folder: Path, only: list[str]) -> None:
    settings = read_settings().model_copy(update={"log": "error"})
    async with chromium() as browser:
        async with open_club(settings) as club:
            await make_up(club)
            if not only or "demo" in only:
                await demo(club, browser, folder / "demo-desktop.png")
            for shot in SHOTS:
                if only and shot.name not in only:
                    continue
                for kind, size in (("desktop", DESKTOP), ("phone", PHONE)):
                    await take(club, browser, shot, size, folder / f"{shot.name}-{kind}.png")
                    print(folder / f"{shot.name}-{kind}.png")
        if not only or set(MODERATORS) & set(only):
            await guide(settings, browser, folder, only)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--to", type=Path, default=Path("docs/pictures"))
    arguments.add_argument("only", nargs="*", help="names of pictures; all when empty")
    given = arguments.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(given.to, given.only))
