"""Words that cannot wait: wherever somebody may type them, the emergency card is the answer, and nothing else is."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import simcord
from discord import AppCommandOptionType
from discord.app_commands import Command

from bot.demo.club import DemoClub
from bot.settings import Settings
from bot.ui.locales import Locales
from tests.integration.diary import agreed, diary_of
from tests.integration.moderating import MONDAY, named, with_schedule
from tests.integration.moderating import reminders as schedules
from tests.integration.reminding import reminders, runner
from tests.support.components import labels, texts
from tests.support.ids import action_of
from tests.support.judged import judged

TEXT = "chest pain and short of breath"
TEXT_INPUT = 4  # Discord's type of component

A_PAIN = {"area": "hip", "pain": "3", "side": "left", "worst": "4", "during": "2", "day": "today", "note": "stairs"}
A_REPORT = {"days": 30, "notes": True, "since": "since May", "tried": "rest"}
A_REMINDER = {"what": "words", "when": "daily 7:30", "words": "Calf raises", "minutes": 10, "show_area": True}
THE_REST = {"until": "tomorrow", "place": "London", "moment": "before", "tips": "Bring water"}

#: What else stands in a command or a form, by option or field; schedules and reminders have ids of their own.
PLAUSIBLE: dict[str, Any] = {**A_PAIN, **A_REPORT, **A_REMINDER, **THE_REST}
#: Of one command alone.
ELSEWHERE: dict[str, dict[str, Any]] = {"checkin": {"when": "during"}}

#: What a club publishes may speak of emergencies: fields of forms that the gate leaves alone.
PUBLISHED = {("club.submit_contact", "contact"), ("club.submit_contact", "emergency"), ("club.submit_tips", "tips")}


@dataclass(frozen=True)
class Place:
    """A club with a schedule and a moderator, and two people: one with a diary and a reminder, one with nothing."""

    club: DemoClub
    card: list[dict[str, Any]]  # what /pain answers to such words
    schedule: str
    reminder: str

    def who(self, name: str) -> simcord.MemberActor:
        return self.club.people[name]

    async def slash(self, name: str, command: str, **options: Any) -> Any:
        return await self.who(name).slash(self.club.channels["general"], command, **options)

    async def click(self, name: str, answer: Any, label: str) -> Any:
        return await self.who(name).click(answer.response, label=label)

    def assert_emergency(self, answer: Any, where: object) -> None:
        """The card, for this person alone, and nothing beside it."""
        assert answer.modal is None, where
        assert answer.response is not None, where
        assert answer.response.components == self.card, where
        assert answer.ephemeral, where
        assert answer.followups == [], where


@pytest.fixture
async def place(settings: Settings, locales: Locales) -> AsyncIterator[Place]:
    """Notes are allowed, so that there is a field for one."""
    async with judged(settings.model_copy(update={"notes": True}), locales, now=lambda: MONDAY) as club:
        ana, general = await runner(club), club.channels["general"]
        await ana.slash(general, "remind add", what="words", when="daily 7:30", words="Calf raises")
        (reminder,) = await reminders(club, ana)
        schedule = await with_schedule(club)
        answer = await club.people["ben"].slash(general, "pain", area=TEXT)
        yield Place(club, answer.response.components, schedule.id, reminder.id)


async def test_the_card_is_the_one_that_sends_for_help(place: Place) -> None:
    assert "emergency number" in texts(place.card)
    assert labels(place.card) == []


def free_options(club: DemoClub) -> Iterator[tuple[Command[Any, Any, Any], str]]:
    """Every option of every command into which somebody may type what they like."""
    for command in club.bot.tree.walk_commands():
        for option in command.parameters if isinstance(command, Command) else ():
            if option.type is AppCommandOptionType.string and not option.choices:
                yield command, option.display_name


def filled(place: Place, command: Command[Any, Any, Any], *, whole: bool) -> dict[str, Any]:
    """The options of a command as somebody would fill them in: those it needs, or all that take words and numbers."""
    name = command.qualified_name
    own = {"reminder": place.schedule if name.startswith("club ") else place.reminder} | ELSEWHERE.get(name, {})
    known = PLAUSIBLE | own
    return {
        option.display_name: known[option.display_name]
        for option in command.parameters
        if option.required or (whole and option.type is not AppCommandOptionType.channel)
    }


@pytest.mark.parametrize("name", ["ana", "ben"])
@pytest.mark.parametrize("whole", [False, True])
async def test_every_option_that_takes_free_text_answers_with_it(place: Place, name: str, whole: bool) -> None:
    """Also for who has agreed to nothing, whatever the command would have asked for first."""
    tried = set()
    for command, option in free_options(place.club):
        who = "maya" if command.qualified_name.startswith("club ") else name
        options = filled(place, command, whole=whole) | {option: TEXT}
        where = f"/{command.qualified_name} {option}:"
        place.assert_emergency(await place.slash(who, command.qualified_name, **options), where)
        tried.add(where)

    assert tried >= {f"/remind {command} reminder:" for command in ("remove", "edit", "pause", "log")}
    assert tried >= {"/checkin note:", "/report tried:", "/timezone place:", "/club reminder remove reminder:"}
    assert [one.id for one in await reminders(place.club, place.who("ana"))] == [place.reminder]
    assert [one.id for one in await schedules(place.club)] == [place.schedule]
    assert await place.club.services.storage.people.find(place.who("ben").id) is None


Open = Callable[[Place], Awaitable[tuple[str, Any]]]


async def _entry(place: Place, button: str) -> tuple[str, Any]:
    await agreed(place.club, "ana")
    saved = await place.slash("ana", "checkin", area="knee", pain="3")
    return "ana", await place.click("ana", saved, button)


async def _mended_checkin(place: Place, **wrong: str) -> tuple[str, Any]:
    answer = await place.slash("ana", "checkin", area="hip", **({"pain": "3"} | wrong))
    return "ana", await place.click("ana", answer, "Fix it")


async def _mended_reminder(place: Place) -> tuple[str, Any]:
    answer = await place.slash("ana", "remind add", what="words", when="soonish", words="Calf raises")
    return "ana", await place.click("ana", answer, "Fix it")


async def _kept_reminder(place: Place) -> tuple[str, Any]:
    listed = await place.slash("ana", "remind list")
    item = await place.who("ana").select(listed.response, [place.reminder], custom_id=named(listed, "reminder.pick"))
    return "ana", await place.click("ana", item, "Change")


async def _zone(place: Place) -> tuple[str, Any]:
    ben = await agreed(place.club, "ben")
    asked = await place.slash("ben", "remind add", what="words", when="daily 7:30", words="Calf raises")
    return "ben", await ben.click(asked.response, custom_id=named(asked, "reminder.timezone"))


async def _set_up(place: Place, menu: str) -> tuple[str, Any]:
    page = await place.slash("maya", "club reminder add")
    return "maya", await place.who("maya").select(page.response, ["other"], custom_id=named(page, menu))


async def _mended_words_of_a_club(place: Place, form: str, **typed: str) -> tuple[str, Any]:
    opened = await place.slash("maya", f"club {form}")
    refused = await place.who("maya").submit_modal(opened, typed)
    return "maya", await place.click("maya", refused, "Fix it")


async def _command(place: Place, name: str, command: str, **options: str) -> tuple[str, Any]:
    return name, await place.slash(name, command, **options)


#: Every way to a form; who it is opened for, and the answer that opens it.
FORMS: dict[str, Open] = {
    "a check-in": lambda place: _command(place, "ana", "checkin", area="hip"),
    "a check-in of another day": lambda place: _mended_checkin(place, day="someday"),
    "a check-in with another pain": lambda place: _mended_checkin(place, pain="eleven"),
    "more of a check-in": lambda place: _entry(place, "Add more"),
    "a check-in that is changed": lambda place: _entry(place, "Change"),
    "a week": lambda place: _command(place, "ana", "weekly", area="hip"),
    "a reminder": lambda place: _command(place, "ana", "remind add", what="words"),
    "a reminder that could not be read": _mended_reminder,
    "a reminder that is changed": _kept_reminder,
    "a reminder that is changed at once": lambda place: _command(place, "ana", "remind edit", reminder=place.reminder),
    "a time zone": _zone,
    "a time of a club": lambda place: _set_up(place, "club_setup.time"),
    "a time zone of a club": lambda place: _set_up(place, "club_setup.zone"),
    "contact of a club": lambda place: _command(place, "maya", "club contact"),
    "contact of a club again": lambda place: _mended_words_of_a_club(
        place, "contact", contact="@everyone", emergency=""
    ),
    "tips of a club": lambda place: _command(place, "maya", "club tips"),
    "tips of a club again": lambda place: _mended_words_of_a_club(place, "tips", tips="@everyone"),
}


def fields(form: Any) -> dict[str, int]:
    """The type of each field of a form."""
    components = [part["component"] for part in form.modal["components"]]
    return {part["custom_id"]: part["type"] for part in components}


def texts_in(form: Any) -> set[str]:
    """What stands in the fields of a form."""
    return {text for part in form.modal["components"] if (text := part["component"].get("value"))}


def answers(form: Any, field: str) -> dict[str, Any]:
    """A form filled in so that it can be sent, with the words in one field; a menu takes a list."""
    known = {name: kind for name, kind in fields(form).items() if name in PLAUSIBLE}
    plain = {name: PLAUSIBLE[name] if kind == TEXT_INPUT else [PLAUSIBLE[name]] for name, kind in known.items()}
    return plain | {field: TEXT}


async def test_every_field_of_every_form_that_takes_free_text_answers_with_it(place: Place) -> None:
    opened, published = set(), set()
    for what, way in FORMS.items():
        _, form = await way(place)
        action = action_of(form.modal["custom_id"])
        opened.add(action)
        for field in [name for name, kind in fields(form).items() if kind == TEXT_INPUT]:
            if (action, field) in PUBLISHED:
                published.add((action, field))
                continue
            name, form = await way(place)
            answer = await place.who(name).submit_modal(form, answers(form, field))
            place.assert_emergency(answer, f"{what}: {field}")

    assert opened == {action for action in place.club.bot.router.actions if action.split(".")[1].startswith("submit")}
    assert published == PUBLISHED
    (kept,) = await reminders(place.club, place.who("ana"))
    assert (kept.id, kept.version) == (place.reminder, 1)
    assert texts_in(await place.slash("maya", "club tips")) == set()


@pytest.mark.parametrize("field", ["contact", "emergency"])
async def test_what_a_club_publishes_may_speak_of_emergencies(place: Place, field: str) -> None:
    form = await place.slash("maya", "club contact")

    answer = await place.who("maya").submit_modal(form, {"contact": "", "emergency": ""} | {field: f"For {TEXT}: Jo"})

    assert answer.response.components != place.card
    again = await place.slash("maya", "club contact")
    assert texts_in(again) == {f"For {TEXT}: Jo"}


async def test_a_tip_that_tells_of_an_emergency_is_no_tip_and_the_others_are_not_lost(place: Place) -> None:
    form = await place.slash("maya", "club tips")

    refused = await place.who("maya").submit_modal(form, {"tips": f"Warm up first.\n{TEXT}\nBring water."})

    assert "words for an emergency" in texts(refused.response.components)
    assert texts_in(await place.slash("maya", "club tips")) == set()
    again = await place.who("maya").click(refused.response, label="Fix it")
    assert texts_in(again) == {f"Warm up first.\n{TEXT}\nBring water."}


@pytest.mark.parametrize("way", ["a check-in", "more of a check-in", "a check-in that is changed"])
async def test_a_note_in_a_form_is_kept_and_the_card_is_shown(place: Place, way: str) -> None:
    name, form = await FORMS[way](place)

    answer = await place.who(name).submit_modal(form, answers(form, "note"))

    place.assert_emergency(answer, way)
    (entry,) = await (await diary_of(place.club).of(place.who("ana").id)).checkins()
    assert (entry.pain, entry.note) == (3, TEXT)


async def test_what_could_not_be_kept_stands_in_the_way_of_no_card(place: Place) -> None:
    """A form for a check-in that has been deleted meanwhile, with a note that cannot wait."""
    saved = await place.slash("ana", "checkin", area="knee", pain="3")
    form = await place.click("ana", saved, "Change")
    asked = await place.click("ana", saved, "Delete")
    await place.click("ana", asked, "Yes, delete it")

    answer = await place.who("ana").submit_modal(form, answers(form, "note"))

    place.assert_emergency(answer, "deleted meanwhile")
    assert await (await diary_of(place.club).of(place.who("ana").id)).checkins() == []


async def test_what_only_the_classifier_hears_asks_and_leads_into_the_check(place: Place) -> None:
    asked = await place.slash("ben", "pain", area="my eye is red and really blurry since the race and light hurts")

    assert asked.ephemeral
    assert texts(asked.response.components).startswith("**This could be serious. Do you have any of these?**")
    assert "findahelpline.com" in texts(asked.response.components)
    check = await place.click("ben", asked, "Go through these")
    assert "Chest, breath or faint" in labels(check.response.components)


async def test_a_check_behind_what_may_be_serious_is_about_the_place_that_was_named(place: Place) -> None:
    asked = await place.slash("ben", "pain", area="knee gone, everything grey and far away and i am going cold")

    check = await place.click("ben", asked, "Go through these")

    assert "-# Knee" in texts(check.response.components)


async def test_a_figure_of_speech_is_no_emergency(place: Place) -> None:
    answer = await place.slash("ben", "pain", area="that hill was a heart attack and a half, loved it")

    assert answer.response.components != place.card
    assert "Call your local emergency number" not in texts(answer.response.components).split("\n")[0]


@pytest.mark.parametrize(
    ("typed", "growing"),
    [
        ("i am 16 weeks postpartum and my hip hurts", False),
        ("i am 16 miles into my long run and my hip hurts", False),
        ("i'm 16 and my hip hurts", True),
        ("i'm sixteen and my hip hurts", True),
    ],
)
async def test_only_an_age_opens_the_card_about_growing_bones(club: DemoClub, typed: str, *, growing: bool) -> None:
    answer = await club.people["ana"].slash(club.channels["general"], "pain", area=typed)

    said = texts(answer.response.components)
    assert ("growth plate" in said) is growing
    assert ("Hip" in labels(answer.response.components) or said.startswith("## Hip")) is not growing
