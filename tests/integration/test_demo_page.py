"""The demo's page: nothing that somebody does in it is lost, whatever the demo is at just then."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import discord
import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.demo.club import DemoClub, make_up, open_club
from bot.demo.page import StartPage
from bot.errors import UserError
from bot.settings import Settings
from bot.ui.locales import Locales
from tests.support.data import migrated
from tests.support.judged import complaints, root

FRIDAY = datetime(2026, 3, 27, 20, 15, 30, tzinfo=UTC)


class Tab:
    """One page in a browser, which talks as SimCord's own script does."""

    def __init__(self, browser: TestClient[Any, Any], club: DemoClub) -> None:
        self.browser = browser
        self.club = club
        self.page: dict[str, Any] = {}
        self._headers: dict[str, str] = {}
        self._sent = 0

    async def open(self, person: str, place: str) -> None:
        chosen = await self.browser.post("/open", data={"person": person, "place": place}, allow_redirects=False)
        path, _, secret = chosen.headers["Location"].partition("#")
        assert "SimCord" in await (await self.browser.get(path)).text()
        self._headers = {"X-Simcord-Capability": secret}
        self.page = await (await self.browser.post("/api/pages", json={}, headers=self._headers)).json()
        self._headers["X-Simcord-Context"] = self.page["context"]["id"]

    async def look(self) -> list[str]:
        """Reads the page again; returns every text on it."""
        self.page = await (await self.browser.get("/api/state", headers=self._headers)).json()
        return [repr(self.page["messages"][shown]) for shown in self.page["timeline"]]

    async def status(self) -> int:
        """What a page that asks for news is told, in HTTP's words."""
        return (await self.browser.get("/api/state", headers=self._headers)).status

    async def act(self, kind: str, **given: Any) -> dict[str, Any]:
        """What SimCord's script is told of it. Anything but 200, and the script does nothing more."""
        envelope = {"protocol_version": 3, "sequence": self._sent + 1, "request_id": str(uuid4()), "kind": kind}
        seen = {
            "generation": self.page["context"]["generation"],
            "bot_generation": self.page["botGeneration"],
            "published_revision": self.page["publishedRevision"],
        }
        answer = await self.browser.post("/api/action", json=envelope | seen | given, headers=self._headers)
        assert answer.status == 200
        receipt = dict(await answer.json())
        self._sent = receipt["expectedSequence"]
        return receipt

    async def say(self, line: str) -> dict[str, Any]:
        return await self.act("send_message", content=line, target_id=None, reply_to_id=None)

    async def pick(self, command: str, **options: str) -> dict[str, Any]:
        found = await (await self.browser.get("/api/commands", headers=self._headers)).json()
        entry = next(entry for entry in found["entries"] if entry["invocation"] == command)
        given = {"command_id": entry["commandId"], "path": entry["path"], "options": options}
        return await self.act("run_command", schema_fingerprint=entry["schemaFingerprint"], **given)


@asynccontextmanager
async def tab_in(settings: Settings, locales: Locales, now: datetime) -> AsyncIterator[Tab]:
    async with open_club(settings, locales=locales, prepare=migrated, now=lambda: now) as club:
        await make_up(club)
        start = StartPage(club)
        async with TestClient(TestServer(start.application())) as browser:
            yield Tab(browser, club)
            await start.close()
        assert [error for error in map(root, club.env.errors) if not isinstance(error, UserError)] == []
        assert list(complaints(club)) == []


@pytest.fixture
async def tab(settings: Settings, locales: Locales) -> AsyncIterator[Tab]:
    async with tab_in(settings, locales, FRIDAY) as opened:
        yield opened


async def test_what_is_typed_is_answered_in_one_go(tab: Tab) -> None:
    await tab.open("ana", "general")

    assert (await tab.say("/tip knee"))["settlement"] == "settled"
    assert "Another tip" in (await tab.look())[-1]
    assert tab.club.channels["general"].history() == []  # the line is gone, the answer is hers alone


@pytest.mark.parametrize("line", ["/checkin area: hip", "/weekly area: hip", "/club contact"])
async def test_a_typed_line_opens_its_form(tab: Tab, line: str) -> None:
    await tab.open("maya" if "club" in line else "ana", "general")

    assert (await tab.say(line))["settlement"] == "settled"
    await tab.look()
    assert tab.page["modal"] is not None
    assert tab.club.channels["general"].history() == []


@pytest.mark.parametrize("way", ["typed", "picked"])
async def test_after_a_mistake_that_is_answered_the_page_goes_on(tab: Tab, way: str) -> None:
    await tab.open("ana", "general")
    receipt = await (tab.say("/pain pizza") if way == "typed" else tab.pick("pain", area="pizza"))

    assert (receipt["settlement"], receipt["uncertain"], receipt["diagnostics"]) == ("settled", False, [])
    assert "pizza" in (await tab.look())[-1]


async def test_dates_are_written_as_in_the_club_s_country(tab: Tab) -> None:
    await tab.open("ana", "general")

    assert (tab.page["profile"]["locale"], tab.page["profile"]["timezone"]) == ("en-GB", "Europe/London")


async def test_what_is_no_command_stays_a_message(tab: Tab) -> None:
    await tab.open("ana", "general")
    for line in ("See you on Sunday", "/nonsense", "/club setup"):
        assert (await tab.say(line))["settlement"] == "settled"
        assert line in (await tab.look())[-1]


async def test_what_is_done_while_time_is_wound_waits_for_its_turn(tab: Tab) -> None:
    """SimCord would turn it down, and its page would take the outcome for uncertain and do nothing more."""
    await tab.open("ana", "general")
    wound, receipt = await asyncio.gather(
        tab.browser.post("/wind", data={"by": "1 week"}), tab.say("See you on Sunday")
    )

    assert "7 in Ana&#x27;s DM with Limber" in await wound.text()
    assert receipt["settlement"] == "settled"
    assert "See you on Sunday" in (await tab.look())[-1]


async def test_a_place_is_opened_while_time_is_wound(tab: Tab) -> None:
    await asyncio.gather(tab.browser.post("/wind", data={"by": "1 week"}), tab.open("ben", "general"))

    assert (await tab.say("/tip knee"))["settlement"] == "settled"


async def test_what_is_done_before_the_page_has_seen_the_latest_message_is_done(tab: Tab) -> None:
    await tab.open("ana", "direct")
    await tab.browser.post("/wind", data={"by": "tomorrow 8:00"})

    receipt = await tab.say("Good morning")
    assert (receipt["rejected"], receipt["settlement"]) == (False, "settled")
    asked, said = (await tab.look())[-2:]
    assert "How is it today?" in asked
    assert "Good morning" in said


@pytest.mark.parametrize("way", ["typed", "picked"])
async def test_what_takes_the_bot_longer_than_simcord_waits_is_shown(
    tab: Tab, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """SimCord gives up on it, and its page would call the outcome uncertain and keep what was typed."""
    await tab.open("ana", "general")
    monkeypatch.setattr(tab.club.env, "settle_timeout", 0.3)
    with busy_for(tab.club, seconds=1.0):
        receipt = await (tab.say("/tip knee") if way == "typed" else tab.pick("help"))

    assert (receipt["settlement"], receipt["uncertain"]) == ("settled", False)
    assert ("Another tip" if way == "typed" else "What I can do") in (await tab.look())[-1]


async def test_what_is_done_shortly_before_a_reminder_does_not_wait_for_it(
    settings: Settings, locales: Locales
) -> None:
    eight = datetime(2026, 3, 28, 8, tzinfo=UTC)
    async with tab_in(settings, locales, eight - timedelta(seconds=50)) as tab:
        await tab.open("ana", "direct")

        assert (await tab.say("Good morning"))["settlement"] == "settled"
        assert tab.club.clock.now() < eight


@contextmanager
def busy_for(club: DemoClub, seconds: float) -> Iterator[None]:
    """Whatever it is asked, the bot has something more to do for so long."""
    done = threading.Event()

    async def work(_interaction: discord.Interaction) -> None:
        await asyncio.to_thread(done.wait)

    club.bot.add_listener(work, "on_interaction")
    timer = threading.Timer(seconds, done.set)
    timer.start()
    yield
    timer.join()
    club.bot.remove_listener(work, "on_interaction")


async def test_a_page_that_was_left_is_gone(tab: Tab) -> None:
    await tab.open("ana", "general")
    await Tab(tab.browser, tab.club).open("ben", "general")

    assert await tab.status() == 401


async def test_after_a_page_was_ended_from_its_own_menu_the_way_leads_to_the_start(tab: Tab) -> None:
    await tab.open("ana", "general")
    await tab.act("close")
    wound = await tab.browser.post("/wind", data={"by": "1 week"})  # with no page to show it

    assert "7 in Ana&#x27;s DM with Limber" in await wound.text()
    assert await tab.status() == 410
    assert (await tab.browser.get("/channel")).url.path == "/"


async def test_nobody_and_nowhere_lead_back_to_the_start(tab: Tab) -> None:
    for person, place in (("nobody", "general"), ("ana", "nowhere")):
        answer = await tab.browser.post("/open", data={"person": person, "place": place})
        assert answer.url.path == "/"
