"""Two people's data never meet: whatever one presses, forges or sends, the other's is neither shown nor changed."""

import io
import json
import re
import secrets
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import simcord

from bot.demo.club import DemoClub
from bot.storage.people import Person, Record
from bot.storage.reminders import Reminder
from bot.triage.flow import Screen
from bot.ui.custom_id import VERSION
from bot.ui.limits import CUSTOM_ID
from tests.integration.diary import agreed, diary_of, menu
from tests.integration.forging import Forger, assert_nothing_of, assert_polite, chosen, made_up, pressed, said, sent
from tests.integration.reminding import inbox, parts
from tests.support.components import flat, labels, texts
from tests.support.ids import action_of, arguments_of, legacy
from tests.support.pressing import at_first, checking

AREA = "achilles"
SHOWN = {
    *("checkin.area", "checkin.score", "checkin.form", "checkin.elsewhere", "checkin.submit"),
    *("entry.edit", "entry.submit", "entry.more", "entry.new_signs", "entry.delete", "entry.delete_confirmed"),
    *("entry.show", "entry.list", "entry.pick", "entry.check", "history.of_entry", "history.change", "report.of_view"),
    *("check.mark", "run.seen", "weekly.form", "weekly.submit"),
    *("privacy.export", "privacy.erase", "privacy.erase_confirmed"),
    *("reminder.show", "reminder.list", "reminder.pick", "reminder.pause_for", "reminder.edit", "reminder.submit"),
    *("reminder.log", "reminder.remove", "reminder.fix", "reminder.done", "reminder.later"),
}
KINDS = (
    *("checkin.form", "entry.show", "check.mark", "run.seen", "history.change", "weekly.form"),
    *("reminder.show", "reminder.fix", "reminder.done"),
)
TOKEN = re.compile(
    r"\b(?:[0-9a-f]{16}(?:[0-9a-f]{16})?|(?=[a-z]*[2-7])[a-z2-7]{24})\b"
)  # what stands for something of one person
#: End the diary, and the chat, of whoever presses them.
ERASES = {"l2.privacy.erase_confirmed", "l2.privacy.delete_messages"}


@dataclass
class Victim:
    """Ana, everything that was shown to her, and what is kept about her."""

    club: DemoClub
    who: simcord.MemberActor
    notes: list[str] = field(default_factory=list)
    shown: list[Any] = field(default_factory=list)

    async def slash(self, command: str, **options: object) -> Any:
        return self.saw(await self.who.slash(self.club.channels["sore-legs"], command, **options))

    def saw(self, answer: Any) -> Any:
        """Remember it as it is now: a later press puts something else in its place."""
        self.shown.append(answer.modal or {"components": answer.response.components})
        return answer

    def note(self) -> str:
        self.notes.append(f"zq{secrets.token_hex(10)}")
        return self.notes[-1]

    async def look_round(self) -> None:
        """Every private view there is, each once."""
        ana = self.who
        await self.look_at_reminders()
        for wrong in ({"pain": "eleven"}, {"pain": "3", "day": "tomorrow"}):
            fix = await self.slash("checkin", area=AREA, note=self.note(), **wrong)
            self.saw(await ana.click(fix.response, label="Fix it"))
        await self.slash("checkin", area="pizza", pain="9", note=self.note())
        saved = await self.slash("checkin", area=AREA, pain="9", worst="10", note=self.note())
        for button in ("Add more", "Change", "History", "Delete"):
            self.saw(await ana.click(saved.response, label=button))
        saved = await self.slash("checkin", area=AREA, pain="9", worst="10", note=self.note())
        self.saw(await ana.click(saved.response, label="Check my symptoms"))
        asked = await self.slash("checkin")
        self.saw(await ana.select(asked.response, [AREA], custom_id=menu(asked, "checkin.area")))
        self.saw(await ana.click(asked.response, label="More details"))
        await self.look_at_the_check()
        weekly = await self.slash("weekly", area=AREA)
        self.saw(await ana.submit_modal(weekly, {"participation": ["25"]}))
        charts = await self.slash("history")
        self.saw(await ana.click(charts.response, label="Your check-ins"))
        for command in ("privacy show", "privacy erase"):
            await self.slash(command)

    async def look_at_reminders(self) -> None:
        """One that has come, and how it is changed."""
        ana = self.who
        await (await diary_of(self.club).of(ana.id)).set_zone(ZoneInfo("Europe/London"))
        set_ = await self.slash("remind add", what="words", when="daily 7:30", words=self.note(), area=AREA)
        await self.club.env.advance_time(25 * 3600)
        self.shown.append({"components": parts(inbox(ana)[-1])})
        item = self.saw(await ana.click(set_.response, label="Change or stop"))
        self.saw(await ana.click(item.response, label="Change"))
        await self.slash("remind list")
        await self.slash("remind log")
        await self.slash("remind add", what="words", when="soonish", words=self.note())

    async def look_at_the_check(self) -> None:
        """Up to a finding that stands before the next run."""
        check = at_first(self.club, self.who, await self.slash("triage", area=AREA), AREA)
        for group in ("chest", "ill"):
            await check.group(group)
            self.saw(check.page)
            await check.none()
        while check.step.screen is not Screen.RESULT:
            await check.fine(walk="limp", began="crept")
            self.saw(check.page)
        await self.slash("canirun", area=AREA)
        run = await checking(self.club, "knee", "canirun")
        self.saw(run.page)
        while run.step.screen is not Screen.RESULT:
            await run.fine()
            self.saw(run.page)

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Every button, menu and form she was ever shown, each once."""
        found = [part for view in self.shown for part in (view, *flat(view["components"])) if "custom_id" in part]
        return list({part["custom_id"]: part for part in found}.values())

    @property
    def ids(self) -> list[str]:
        return [part["custom_id"] for part in self.parts if part["custom_id"].startswith(f"{VERSION}.")]

    @property
    def tokens(self) -> list[str]:
        """The random ids of her drafts, checks, charts and entries."""
        return sorted(set(TOKEN.findall(json.dumps(self.parts))))

    @property
    def one_of_each_kind(self) -> list[str]:
        """A draft, an entry, a check, one before a run, a chart, a week."""
        names = [next(name for name in self.ids if action_of(name) == kind) for kind in KINDS]
        return [TOKEN.findall(name)[0] for name in names]

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be shown to anybody else."""
        area = self.club.bot.locales.base.library.areas[AREA].name
        return (*self.notes, *self.tokens, f"{area}: 9", f"{area}: how bad", f"Log: {area}")

    async def kept(self) -> tuple[Person | None, list[Record], list[Reminder]]:
        """All that is stored, sealed as it is: sealing the same once more would show."""
        storage, ana = self.club.services.storage, self.who.id
        records, reminders = await storage.records.of_person(ana), await storage.reminders.of_person(ana)
        return await storage.people.find(ana), records, reminders


@pytest.fixture
async def ana(notes_club: DemoClub) -> AsyncIterator[Victim]:
    """Somebody with every private view open; in the end she can still go on with what was waiting."""
    victim = Victim(notes_club, await agreed(notes_club, "ana"))
    await victim.look_round()
    before = await victim.kept()
    yield victim
    assert await victim.kept() == before
    waiting = next(view for view in victim.shown if "I don’t know" in texts(view["components"]))
    menu_of_places = next(part["custom_id"] for part in flat(waiting["components"]) if part["type"] == 3)
    answer = await Forger(notes_club, "ana").choose(menu_of_places, "knee")
    assert "Knee: 9 out of 10" in texts(answer.response.components)


@pytest.mark.parametrize("consents", [True, False])
async def test_nothing_that_was_shown_to_one_works_for_another(ana: Victim, consents: bool) -> None:
    club, storage = ana.club, ana.club.services.storage
    if consents:
        await agreed(club, "ben")
    ben = Forger(club, "ben")
    tried = []
    for part in ana.parts:
        name, offered = part["custom_id"], [option["value"] for option in part.get("options", ())]
        if name not in ERASES:
            tried += [pressed(name), chosen(name, offered[:1]), chosen(name, offered[-1:]), chosen(name)]
            tried.append(sent(name, pain="1", note="mine", worst="2", side="left", new="limp", participation="0"))

    secrets = ana.secrets
    for name, answer in await ben.try_all(tried):
        assert_nothing_of(secrets, assert_polite(answer, name), name)

    assert set(map(action_of, ana.ids)) >= SHOWN
    assert await storage.records.of_person(ben.who.id) == []
    assert (await storage.people.find(ben.who.id) is not None) == consents


async def test_each_action_with_each_id_of_somebody_else_is_refused_kindly(ana: Victim) -> None:
    """Also those that no view of hers shows: every action the bot knows."""
    club, chance = ana.club, Random(4)  # noqa: S311
    await agreed(club, "ben")
    ben = Forger(club, "ben")
    odd = ["0", "-1", "9" * 40, "_", "none", "theme", "365", "yes", "during", "pain", AREA, "a" * 32]
    actions = {name: count for name, count in club.bot.router.actions.items() if f"l2.{name}" not in ERASES}
    one_of_each_kind, tried = ana.one_of_each_kind, []
    for action, count in actions.items():
        for first in (*one_of_each_kind, *chance.sample(odd, 3)):
            others = [chance.choice(odd) for _ in range(count - 1)]
            name = ".".join(["l2", action, first, *others][: 2 + count])
            tried += [pressed(name), chosen(name, [chance.choice(odd), first][chance.randrange(2) :][:1])]
            tried += [pressed(old) for old in legacy(name)[: chance.randrange(2)]]

    assert len(actions) > 30
    secrets = ana.secrets
    for name, answer in await ben.try_all(tried):
        shown = assert_polite(answer, name)
        if arguments_of(name)[:1] != (AREA,):  # which anybody may ask about
            assert_nothing_of(secrets, shown, name)
    assert await club.services.storage.records.of_person(ben.who.id) == []


async def test_whatever_is_made_up_is_answered(notes_club: DemoClub) -> None:
    chance = Random(5)  # noqa: S311
    await agreed(notes_club, "ben")
    known = [
        f"l2.{action}.{'a' * 16}.theme" for action in notes_club.bot.router.actions if f"l2.{action}" not in ERASES
    ]
    known += [name for one in known[::7] for name in legacy(one)]
    tried = []
    for name in made_up(chance, known):
        junk = [chance.randbytes(40).decode("latin-1") for _ in range(3)]
        tried += [pressed(name), chosen(name, junk[: chance.randrange(3)])]
        tried.append(sent(name, pain=junk[0], worst=junk[1], note="\u202e@everyone", side="l" * 4000, day=junk[2]))

    for name, answer in await Forger(notes_club, "ben").try_all(tried):
        assert_polite(answer, name[: CUSTOM_ID + 1])


async def test_a_yes_pressed_by_another_is_only_their_own(notes_club: DemoClub) -> None:
    club, note = notes_club, secrets.token_hex(10)
    ana = club.people["ana"]
    asked = await ana.slash(club.channels["sore-legs"], "checkin", area=AREA, pain="9", note=note)
    yes = next(part["custom_id"] for part in flat(asked.response.components) if "agree" in part.get("custom_id", ""))

    answer = await Forger(club, "ben").press(yes)

    assert_polite(answer)
    assert note not in said(answer)
    assert await club.services.storage.people.find(ana.id) is None
    assert await (await diary_of(club).of(club.people["ben"].id)).checkins() == []
    saved = await ana.click(asked.response, label=next(label for label in labels(asked.response.components)))
    assert "9 out of 10" in texts(saved.response.components)


async def test_a_copy_and_a_deletion_are_of_ones_own_alone(notes_club: DemoClub) -> None:
    club, general = notes_club, notes_club.channels["general"]
    notes = {}
    for name, area in (("ana", AREA), ("ben", "knee")):
        person, notes[name] = await agreed(club, name), secrets.token_hex(10)
        await person.slash(general, "checkin", area=area, pain="9", note=notes[name])
    ana, ben = club.people["ana"], club.people["ben"]

    copied = await ben.slash(general, "privacy export")
    asked = await ben.slash(general, "privacy erase")
    receipt = await ben.click(asked.response, label="Yes, delete everything")
    hers = await ana.slash(general, "privacy export")

    his_copy, her_copy = await unpacked(copied), await unpacked(hers)
    assert notes["ben"] in his_copy
    assert [word for word in (notes["ana"], AREA, str(ana.id)) if word in his_copy] == []
    assert "1 check-in" in texts(receipt.response.components)
    assert notes["ana"] in her_copy
    assert [word for word in (notes["ben"], "knee", str(ben.id)) if word in her_copy] == []


async def unpacked(answer: Any) -> str:
    """Every file of a copy."""
    (file,) = answer.response.attachments
    with zipfile.ZipFile(io.BytesIO(await file.read())) as packed:
        return "\n".join(packed.read(name).decode() for name in packed.namelist())
