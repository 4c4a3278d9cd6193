"""A month in which two people tell the bot everything, each note a canary: a word that nobody else ever wrote."""

import base64
import secrets
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import simcord

from bot.demo.club import DemoClub
from bot.storage.backup import back_up
from tests.integration.diary import agreed, diary_of, menu
from tests.support.pressing import at_first

AREAS = ("neck_headache", "achilles")
DAY = 24 * 60 * 60  # seconds
WEEK = 7

#: What a sealed thing would show if it were not sealed, whatever was logged.
SHAPE = (
    '"area"',
    '"answers"',
    '"pain"',
    '"side"',
    '"moments"',
    '"note"',
    '"disposition"',
    '"reasons"',
    '"lows"',
    '"flags"',
    "night_pain",
    "clinician",
)


def spellings(word: str) -> set[bytes]:
    """A word as it would stand in a file: in two encodings, in hexadecimal, in base64 wherever it begins there."""
    plain = word.encode()
    found = {plain, word.encode("utf-16-le"), plain.hex().encode()}
    for before in range(3):
        begin, end = -(-before * 4 // 3), (before + len(plain)) * 4 // 3
        found.add(base64.b64encode(bytes(before) + plain)[begin:end])
    return found


def data_of(club: DemoClub) -> Path:
    return club.services.storage.limber.path.parent


@dataclass
class Month:
    """A club, what Ana and Ben told it, and what was copied meanwhile."""

    club: DemoClub
    log: StringIO
    notes: list[str] = field(default_factory=list)
    backups: list[Path] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return data_of(self.club)

    def canary(self, words: str = "") -> str:
        """A note nobody else ever wrote."""
        self.notes.append(f"zq{secrets.token_hex(10)}")
        return f"{words} {self.notes[-1]}".strip()

    @property
    def words(self) -> tuple[str, ...]:
        names = [self.club.bot.locales.base.library.areas[area].name for area in AREAS]
        return (*self.notes, *AREAS, *names, *SHAPE)

    async def slash(self, who: simcord.MemberActor, command: str, **options: object) -> Any:
        return await who.slash(self.club.channels["sore-legs"], command, **options)

    async def day(self, who: simcord.MemberActor, number: int) -> None:
        """One check-in; how it is made goes round."""
        area, pain, note = AREAS[number % 2], str(number % 7), self.canary("calf raises\nwent")
        ways = (self.in_one_line, self.in_a_form, self.in_two_taps)
        await ways[number % 3](who, area, pain, note)

    async def in_one_line(self, who: simcord.MemberActor, area: str, pain: str, note: str) -> None:
        more = {"side": "both", "when": "night", "worst": "6", "during": "5", "day": "yesterday"}
        await self.slash(who, "checkin", area=area, pain=pain, note=note, **more)

    async def in_a_form(self, who: simcord.MemberActor, area: str, pain: str, note: str) -> None:
        form = await self.slash(who, "checkin", area=area)
        more = {"side": ["middle"], "moments": ["night", "rest"], "new": ["night_pain"]}
        saved = await who.submit_modal(form, {"pain": [pain], "note": note, **more})
        change = await who.click(saved.response, label="Change")
        await who.submit_modal(change, {"pain": [pain], "note": self.canary()})

    async def in_two_taps(self, who: simcord.MemberActor, area: str, pain: str, note: str) -> None:
        asked = await self.slash(who, "checkin")
        scored = await who.select(asked.response, [area], custom_id=menu(asked, "checkin.area"))
        saved = await who.select(scored.response, [pain], custom_id=menu(scored, "checkin.score"))
        more = await who.click(saved.response, label="Add more")
        await who.submit_modal(more, {"worst": ["9"], "during": ["7"], "side": ["left"], "note": note})

    async def wrongly(self, who: simcord.MemberActor) -> None:
        """Everything that is refused, and a form that is left open."""
        await self.slash(who, "checkin", area=AREAS[0], pain=self.canary(), note=self.canary())
        await self.slash(who, "checkin", area=AREAS[0], pain="3", day=self.canary())
        await self.slash(who, "checkin", area=AREAS[0], pain="3", side=self.canary())
        await self.slash(who, "checkin", area=self.canary(), pain="3")
        await self.slash(who, "checkin", area=AREAS[0], pain="3", note=self.canary("x" * 600))
        await self.slash(who, "history", area=self.canary())
        await self.slash(who, "timezone", place=self.canary())
        await who.autocomplete(self.club.channels["general"], "checkin", "area", self.canary())

    async def symptoms(self, who: simcord.MemberActor) -> None:
        """A check that ends with a clinician, asks before the next run, and is closed by *I was seen*."""
        check = at_first(self.club, who, await self.slash(who, "triage", area="achilles"), "achilles")
        await check.to_the_end(walk="limp", began="crept", pain="level_4")
        blocked = await self.slash(who, "canirun", area="achilles")
        await who.click(blocked.response, label="I was seen and told I may run")
        check = at_first(self.club, who, await self.slash(who, "triage", area="neck_headache"), "neck_headache")
        await check.group("head")
        await check.mark("headache_worst")

    async def week(self, who: simcord.MemberActor) -> None:
        """The weekly check, begun twice."""
        form = await self.slash(who, "weekly", area="neck_headache")
        missing = await who.submit_modal(form, {"participation": ["25"]})
        again = await who.click(missing.response, label="Fix it")
        answers = {"participation": ["25"], "training": ["17"], "performance": ["8"], "pain": ["17"]}
        await who.submit_modal(again, answers)

    async def look(self, who: simcord.MemberActor) -> None:
        """Charts, the list, the page for a physio, a copy."""
        shown = await self.slash(who, "history", area="neck_headache", days=90)
        await who.click(shown.response, label="Page for a physio")
        listed = await who.click(shown.response, label="Your check-ins")
        picked = await who.select(listed.response, [await self.latest(who)], custom_id="l2.entry.pick")
        asked = await who.click(picked.response, label="Delete")
        await who.click(asked.response, label="Yes, delete it")
        await self.slash(who, "report", area="achilles", since=self.canary("since"), tried=self.canary("tried"))
        for command in ("privacy show", "privacy export"):
            await self.slash(who, command)

    async def latest(self, who: simcord.MemberActor) -> str:
        return (await (await diary_of(self.club).of(who.id)).checkins())[-1].id

    async def back_up(self) -> None:
        self.backups.append(await back_up(self.data, self.club.clock.now()))

    async def pass_by(self, *, days: int) -> None:
        """What it remembers is closed by a copy; the last day is not in it."""
        ana, ben = await agreed(self.club, "ana"), await agreed(self.club, "ben")
        await self.slash(ana, "timezone", place="Europe/Berlin")
        for number in range(days):
            await self.club.env.advance_time(DAY)
            await self.day(ana, number)
            if number % WEEK == 0:
                await self.day(ben, number)
                await self.back_up()
        await self.wrongly(ana)
        await self.symptoms(ana)
        await self.week(ana)
        await self.back_up()
        await self.look(ana)
        await self.day(ana, days)
