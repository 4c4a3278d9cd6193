"""Reminders, through the front door: set, look at, change, pause, take away."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import simcord

from bot.demo.club import DemoClub
from bot.expiring import LIFETIME_SECONDS
from bot.reminders.content import sealed_for
from bot.settings import Settings
from bot.storage.errors import TooSlow
from bot.storage.reminders import Reminder, ReminderKind, ReminderState
from bot.ui.direct_messages import DirectMessages
from bot.ui.locales import Locales
from tests.integration.archive import archive_of
from tests.integration.diary import agreed, diary_of, menu
from tests.integration.reminding import LONDON, inbox, parts, reminders, rung, runner, said, wind
from tests.support.components import flat, labels, texts
from tests.support.ids import ids_of
from tests.support.judged import judged

MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.fixture
async def club(settings: Settings, locales: Locales) -> AsyncIterator[DemoClub]:
    """The club on a Monday morning in November, six o'clock in London."""
    async with judged(settings, locales, now=lambda: MONDAY) as opened:
        yield opened


async def test_one_line_sets_it_and_says_hello(club: DemoClub) -> None:
    ana = await runner(club)

    answer = await ana.slash(club.channels["general"], "remind add", what="checkin", when="weekdays 7:30", area="hip")

    told = texts(answer.response.components)
    assert answer.ephemeral
    assert "Weekdays at 07:30, Europe/London" in told
    assert f"<t:{int(datetime(2026, 11, 23, 7, 30, tzinfo=UTC).timestamp())}:f>" in told
    assert "won’t say where it hurts" in told
    [reminder] = await reminders(club, ana)
    assert (reminder.kind, reminder.zone) == (ReminderKind.CHECKIN, "Europe/London")
    [hello] = inbox(ana)
    assert "this message shows that it works" in said(hello)
    assert "hip" not in said(hello).casefold()


@pytest.mark.parametrize(
    ("what", "more", "left_out"),
    [
        (
            "checkin",
            {"area": "hip", "minutes": 5},
            "I left out the number of minutes: this kind of reminder doesn’t use it.",
        ),
        ("words", {"words": "Roll", "area": "hip", "minutes": 5}, "I left out the place and the number of minutes: "),
        ("words", {"words": "Roll", "show_area": True}, "I left out showing the place: "),
        ("morning", {"area": "hip", "show_area": True}, "I left out the place: "),
    ],
)
async def test_what_a_kind_makes_no_use_of_is_named_and_the_rest_is_kept(
    club: DemoClub, what: str, more: dict[str, Any], left_out: str
) -> None:
    ana = await runner(club)

    answer = await ana.slash(club.channels["general"], "remind add", what=what, when="7:30", **more)

    assert "Your reminder is set" in texts(answer.response.components)
    assert left_out in texts(answer.response.components)
    assert len(await reminders(club, ana)) == 1


async def test_what_a_kind_uses_is_left_out_of_no_reminder(club: DemoClub) -> None:
    ana = await runner(club)

    answer = await ana.slash(
        club.channels["general"], "remind add", what="stretch", when="7:30", area="hip", minutes=5, show_area=True
    )

    assert "left out" not in texts(answer.response.components)


async def test_who_erases_everything_while_the_hello_is_on_its_way_is_asked_anew(
    club: DemoClub, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await runner(club)
    at_once = DirectMessages.open

    async def at_last(self: DirectMessages, *given: Any) -> int:
        channel = await at_once(self, *given)
        await club.services.storage.erase(ana.id)
        return channel

    monkeypatch.setattr(DirectMessages, "open", at_last)
    answer = await ana.slash(club.channels["general"], "remind add", what="checkin", when="weekdays 7:30")
    assert "May I keep a diary for you?" in texts(answer.response.components)
    assert await reminders(club, ana) == []


async def test_it_arrives_at_its_local_time_and_names_no_place(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="checkin", when="weekdays 7:30", area="hip")

    await wind(club, until="2026-11-23T07:29")
    assert len(inbox(ana)) == 1
    await wind(club, until="2026-11-23T07:30:01")

    message = inbox(ana)[1]
    assert message.created_at.replace(microsecond=0) == datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
    assert "How is it today?" in said(message)
    assert "hip" not in said(message).casefold()


async def test_the_place_is_named_for_who_wants_it(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(
        club.channels["general"], "remind add", what="checkin", when="daily 7:30", area="hip", show_area=True
    )

    await wind(club, until="2026-11-23T08:00")

    assert "Hip: how is it today?" in said(inbox(ana)[1])


async def test_consent_and_zone_are_asked_for_and_nothing_typed_is_lost(club: DemoClub) -> None:
    ana = club.people["ana"]
    asked = await ana.slash(club.channels["general"], "remind add", what="words", when="9pm", words="Foam roller")
    assert "May I keep a diary" in texts(asked.response.components)
    assert not await diary_of(club).agreed(ana.id)

    where = await ana.click(asked.response, label="Yes, keep it. I am 16 or older")
    assert "Choose your time zone first" in texts(where.response.components)
    form = await ana.click(where.response, label="Choose my time zone")
    answer = await ana.submit_modal(form, {"place": "Lisbon"})

    assert "“Foam roller”" in texts(answer.response.components)
    assert "Every day at 21:00, Europe/Lisbon" in texts(answer.response.components)
    [reminder] = await reminders(club, ana)
    assert b"Foam" not in (reminder.sealed or b"")


async def test_a_place_that_is_none_is_asked_for_again(club: DemoClub) -> None:
    ana = await agreed(club, "ana")
    where = await ana.slash(club.channels["general"], "remind add", what="checkin", when="9pm")
    form = await ana.click(where.response, label="Choose my time zone")
    again = await ana.submit_modal(form, {"place": "Middle of nowhere"})

    assert "I don’t know that place" in texts(again.response.components)
    assert labels(again.response.components) == ["Choose my time zone"]


async def test_a_time_that_cannot_be_read_is_mended_in_a_form(club: DemoClub) -> None:
    ana = await runner(club)
    wrong = await ana.slash(club.channels["general"], "remind add", what="words", when="soonish", words="Stretch")
    assert "I can’t read that. Write days and a time" in texts(wrong.response.components)

    form = await ana.click(wrong.response, label="Fix it")
    answer = await ana.submit_modal(form, {"when": "mon and thu 18:15", "words": "Stretch"})

    assert "Monday and Thursday at 18:15" in texts(answer.response.components)


async def test_without_a_time_there_is_a_form(club: DemoClub) -> None:
    ana = await runner(club)
    form = await ana.slash(club.channels["general"], "remind add", what="My own words")

    answer = await ana.submit_modal(form, {"when": "every other day 7pm", "words": "Calf raises"})

    assert "Every 2 days at 19:00" in texts(answer.response.components)
    assert "“Calf raises”" in texts(answer.response.components)


async def test_words_are_shown_harmless(club: DemoClub) -> None:
    ana = await runner(club)
    nasty = "@everyone **loud** <@123> https://x.example/\u202e 🏃\u200d♀️ می\u200cخواهم"
    await ana.slash(club.channels["general"], "remind add", what="words", when="7:00", words=nasty)

    await wind(club, until="2026-11-23T07:10")

    shown = said(inbox(ana)[1])
    assert "@everyone" not in shown
    assert "**loud**" not in shown
    assert "<@123>" not in shown
    assert "\u202e" not in shown
    assert "🏃\u200d♀️ می\u200cخواهم" in shown


@pytest.mark.parametrize("option", ["when", "words", "what"])
async def test_words_that_cannot_wait_come_first(club: DemoClub, option: str) -> None:
    ana = await runner(club)
    given = {"what": "words", "when": "7:00", "words": "Stretch"} | {option: "crushing chest pain since this morning"}

    answer = await ana.slash(club.channels["general"], "remind add", **given)

    assert "emergency number" in texts(answer.response.components)
    assert await reminders(club, ana) == []


async def test_stretches_for_a_place_whose_signs_come_first_are_refused(club: DemoClub) -> None:
    ana = await runner(club)
    answer = await ana.slash(club.channels["general"], "remind add", what="stretch", when="7:00", area="neck_headache")

    assert "warning signs come before any stretch" in texts(answer.response.components)
    assert await reminders(club, ana) == []


async def test_ten_are_the_most(club: DemoClub) -> None:
    ana = await runner(club)
    for hour in range(10):
        await ana.slash(club.channels["general"], "remind add", what="checkin", when=f"{hour}:30")

    answer = await ana.slash(club.channels["general"], "remind add", what="checkin", when="11:30")

    assert "10 reminders are the most" in texts(answer.response.components)
    assert len(await reminders(club, ana)) == 10
    assert len(inbox(ana)) == 10


async def test_the_list_shows_what_comes_next_and_leads_on(club: DemoClub) -> None:
    ana = await runner(club)
    none = await ana.slash(club.channels["general"], "remind list")
    assert "You have none yet" in texts(none.response.components)
    await ana.slash(club.channels["general"], "remind add", what="checkin", when="weekdays 7:30", area="knee")
    [reminder] = await reminders(club, ana)

    listed = await ana.slash(club.channels["general"], "remind list")
    assert "Check-in · Knee" in texts(listed.response.components)
    item = await ana.select(listed.response, [reminder.id], custom_id=menu(listed, "reminder.pick"))

    assert labels(item.response.components) == [
        "Pause for a week",
        "Pause until I turn it on",
        "Change",
        "History",
        "Remove it",
        "All my reminders",
    ]


async def test_a_pause_is_silent_until_it_is_over(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="checkin", when="daily 7:30")
    [reminder] = await reminders(club, ana)
    answer = await ana.slash(club.channels["general"], "remind pause", reminder=reminder.id, until="thursday")
    assert "It rings again from 26 Nov 2026 on" in texts(answer.response.components)

    await wind(club, until="2026-11-26T07:29")
    assert len(inbox(ana)) == 1
    await wind(club, until="2026-11-27T07:31")

    assert len(inbox(ana)) == 3


async def test_while_injured_it_stays_silent_until_it_is_turned_on(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="checkin", when="daily 7:30")
    [reminder] = await reminders(club, ana)
    paused = await ana.slash(club.channels["general"], "remind pause", reminder=reminder.id)
    assert "Paused" in texts(paused.response.components)
    await wind(club, until="2026-12-02T07:00")
    assert len(inbox(ana)) == 1

    back = await ana.click(paused.response, label="Turn it on")
    await wind(club, until="2026-12-03T08:00")

    assert "Paused" not in texts(back.response.components)
    assert len(inbox(ana)) == 3


async def test_a_pause_that_is_over_already_is_refused(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="checkin", when="daily 7:30")
    [reminder] = await reminders(club, ana)

    answer = await ana.slash(club.channels["general"], "remind pause", reminder=reminder.id, until="2026-11-22")

    assert "A pause has to end after today" in texts(answer.response.components)


async def test_it_can_be_changed(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="words", when="daily 7:30", words="Old", area="knee")
    [reminder] = await reminders(club, ana)

    answer = await ana.slash(club.channels["general"], "remind edit", reminder=reminder.id, when="sundays 20:00")
    assert "Sunday at 20:00" in texts(answer.response.components)
    form = await ana.slash(club.channels["general"], "remind edit", reminder=reminder.id)
    changed = await ana.submit_modal(form, {"when": "Sunday at 20:00, Europe/London", "words": "New"})

    assert "“New”" in texts(changed.response.components)
    assert len(await reminders(club, ana)) == 1
    assert len(inbox(ana)) == 1  # no second hello


@pytest.mark.parametrize("what", ["checkin", "stretch", "morning"])
async def test_words_for_a_reminder_that_brings_none_change_nothing_and_are_answered(club: DemoClub, what: str) -> None:
    ana = await runner(club)
    await ana.slash(
        club.channels["general"], "remind add", what=what, when="7:30" if what == "morning" else "daily 7:30"
    )
    before = await reminders(club, ana)

    edit = {"reminder": before[0].id, "when": "sundays 20:00", "words": "Drink"}
    answer = await ana.slash(club.channels["general"], "remind edit", **edit)

    assert "doesn’t send words of yours, so I changed nothing" in texts(answer.response.components)
    assert "/remind add" in texts(answer.response.components)
    assert await reminders(club, ana) == before


async def test_it_can_be_removed(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="checkin", when="daily 7:30")
    [reminder] = await reminders(club, ana)

    answer = await ana.slash(club.channels["general"], "remind remove", reminder=reminder.id)
    await wind(club, until="2026-11-24T08:00")

    assert "gone" in texts(answer.response.components)
    assert len(inbox(ana)) == 1


async def test_nobody_reaches_anothers(club: DemoClub) -> None:
    ana, ben = await runner(club), await runner(club, "ben")
    await ana.slash(club.channels["general"], "remind add", what="checkin", when="daily 7:30")
    [reminder] = await reminders(club, ana)

    for command in ("edit", "pause", "remove"):
        answer = await ben.slash(club.channels["general"], f"remind {command}", reminder=reminder.id)
        assert "no longer there" in texts(answer.response.components)

    assert await reminders(club, ana) == [reminder]


async def test_the_log_says_what_became_of_each(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="checkin", when="daily 7:30")
    empty = await ana.slash(club.channels["general"], "remind log")
    await wind(club, until="2026-11-24T08:00")

    log = await ana.slash(club.channels["general"], "remind log")

    assert "Nothing has been sent yet" in texts(empty.response.components)
    assert texts(log.response.components).count("**sent**") == 2
    assert [one.state for one in await rung(club, ana)] == ["sent", "sent"]


async def test_the_log_has_the_last_twelve_in_pages(club: DemoClub) -> None:
    ana = await runner(club)
    for when in ("daily 7:30", "daily 9:00", "daily 12:00"):
        await ana.slash(club.channels["general"], "remind add", what="checkin", when=when)
    await wind(club, until="2026-11-29T08:00")

    log = await ana.slash(club.channels["general"], "remind log")
    pages = [texts(log.response.components)]
    while "Older" in labels(log.response.components):
        log = await ana.click(log.response, label="Older")
        pages.append(texts(log.response.components))
    first = await ana.click(log.response, label="Back")

    assert len(pages) == 2
    assert sum(page.count("**sent**") for page in pages) == 12
    assert texts(first.response.components) == pages[0]


async def test_the_zone_takes_the_reminders_along(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="checkin", when="daily 7:30")
    await ana.slash(club.channels["general"], "remind add", what="checkin", when="7:30, Tokyo")

    answer = await ana.slash(club.channels["general"], "timezone", place="Berlin")

    assert "Your reminder moves too" in texts(answer.response.components)
    assert {one.zone for one in await reminders(club, ana)} == {"Europe/Berlin", "Asia/Tokyo"}
    await wind(club, until="2026-11-23T06:31")
    assert len(inbox(ana)) == 3


async def test_a_zone_that_is_gone_is_said_and_mended(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="checkin", when="daily 7:30")
    [reminder] = await reminders(club, ana)
    async with club.services.storage.limber.writing() as connection:
        await connection.execute("update reminder set schedule = replace(schedule, 'London', 'Atlantis')")
        await connection.execute("update reminder set zone = 'Europe/Atlantis'")
    await wind(club, until="2026-11-23T07:40")

    listed = await ana.slash(club.channels["general"], "remind list")
    assert "Europe/Atlantis no longer exists" in texts(listed.response.components)
    await ana.slash(club.channels["general"], "timezone", place="London")
    await wind(club, until="2026-11-24T07:40")

    [mended] = await reminders(club, ana)
    assert (mended.id, mended.zone, mended.state) == (reminder.id, "Europe/London", ReminderState.ACTIVE)
    assert len(inbox(ana)) == 2


async def test_the_options_offer_themselves(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="checkin", when="weekdays 7:30", area="hip")
    place = club.channels["general"]

    async def offered(command: str, option: str, text: str) -> list[str]:
        return [choice["name"] for choice in await ana.autocomplete(place, f"remind {command}", option, text)]

    assert "Stretches" in await offered("add", "what", "")
    assert await offered("add", "when", "tue thu 6pm") == ["Tuesday and Thursday at 18:00"]
    assert "every day at 08:00" in await offered("add", "when", "")
    assert "I can’t read" in (await offered("add", "when", "soonish 7"))[0]
    assert await offered("remove", "reminder", "") == ["Check-in · Hip · Weekdays at 07:30, Europe/London"]
    await ana.slash(place, "remind add", what="words", when="9pm", words="🏃\u200d♀️ " * 40)
    assert (await offered("log", "reminder", "🏃"))[0].endswith("🏃\u200d♀️… · Every day at 21:00, Europe/London")
    assert (await offered("pause", "until", ""))[0] == "Until I turn it on again (while injured)"
    assert await offered("pause", "until", "2 weeks") == ["Until 7 Dec 2026"]


async def test_it_follows_the_wall_when_the_clocks_change(settings: Settings, locales: Locales) -> None:
    friday = datetime(2026, 3, 27, 12, 0, tzinfo=UTC)
    async with judged(settings, locales, now=lambda: friday) as club:
        ana = await runner(club)
        await ana.slash(club.channels["general"], "remind add", what="checkin", when="daily 7:30")
        await wind(club, until="2026-03-30T12:00")
        times = [message.created_at.astimezone(LONDON).strftime("%a %H:%M") for message in inbox(ana)[1:]]
    assert times == ["Sat 07:30", "Sun 07:30", "Mon 07:30"]


async def test_in_a_direct_message_it_works_as_well(club: DemoClub) -> None:
    ana = await runner(club)
    answer = await ana.user.slash("remind add", what="checkin", when="daily 7:30")
    assert isinstance(ana, simcord.MemberActor)
    assert "Every day at 07:30" in texts(answer.response.components)


async def test_a_day_that_has_rung_does_not_ring_again_in_another_zone(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="checkin", when="daily 7:30")
    await wind(club, until="2026-11-23T07:31")

    await ana.slash(club.channels["general"], "timezone", place="New York")
    listed = await ana.slash(club.channels["general"], "remind list")
    await wind(club, until="2026-11-24T12:31")

    tomorrow = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
    shown = texts(listed.response.components)
    assert shown.index(f"<t:{int(tomorrow.timestamp())}:f>") == shown.index("<t:")
    assert [message.created_at.strftime("%d %H:%M") for message in inbox(ana)[1:]] == ["23 07:30", "24 12:30"]


async def test_other_words_leave_the_dates_alone(club: DemoClub) -> None:
    ana = await runner(club)
    when = "every 2 weeks on monday 7:30"
    await ana.slash(club.channels["general"], "remind add", what="words", words="Old", when=when)
    await wind(club, until="2026-11-24T07:31")
    [before] = await reminders(club, ana)

    await ana.slash(club.channels["general"], "remind edit", reminder=before.id, words="New")
    form = await ana.slash(club.channels["general"], "remind edit", reminder=before.id)
    shown = form.modal["components"][0]["component"]["value"]
    changed = await ana.submit_modal(form, {"when": shown, "words": "Newer"})

    [after] = await reminders(club, ana)
    assert (after.schedule, after.next_due) == (before.schedule, before.next_due)
    assert "“Newer”" in texts(changed.response.components)


async def test_the_log_of_one_looks_at_that_one(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="words", words="Weekly", when="mondays 8:00")
    for when in ("daily 7:30", "daily 9:00", "daily 12:00"):
        await ana.slash(club.channels["general"], "remind add", what="checkin", when=when)
    await wind(club, until="2026-11-28T07:31")
    weekly = (await reminders(club, ana))[0]

    log = await ana.slash(club.channels["general"], "remind log", reminder=weekly.id)

    assert "Weekly" in texts(log.response.components)
    assert texts(log.response.components).count("**sent**") == 1


async def test_the_same_form_sent_twice_sets_one(club: DemoClub) -> None:
    ana = await runner(club)
    wrong = await ana.slash(club.channels["general"], "remind add", what="words", when="soonish", words="Roll")
    first = await ana.click(wrong.response, label="Fix it")
    second = await ana.click(wrong.response, label="Fix it")

    await ana.submit_modal(first, {"when": "9pm", "words": "Roll"})
    again = await ana.submit_modal(second, {"when": "9pm", "words": "Roll"})

    assert "“Roll”" in texts(again.response.components)
    assert len(await reminders(club, ana)) == 1
    assert len(inbox(ana)) == 1


async def test_a_form_that_was_open_across_a_restart_loses_no_words(club: DemoClub) -> None:
    ana = await runner(club)
    form = await ana.slash(club.channels["general"], "remind add", what="words")
    await club.env.advance_time(LIFETIME_SECONDS + 1)

    answer = await ana.submit_modal(form, {"when": "9pm", "words": "Calf raises"})

    assert "“Calf raises”" in texts(answer.response.components)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"what": "words", "words": "Roll the sore left hip", "when": "7:30"}, "can read your words"),
        ({"what": "morning", "show_area": True}, "will say where it hurts"),
        ({"what": "morning"}, "won’t say where it hurts"),
        ({"what": "checkin", "when": "7:30", "area": "hip", "show_area": True}, "will say where it hurts"),
        ({"what": "checkin", "when": "7:30", "area": "hip"}, "won’t say where it hurts"),
    ],
)
async def test_it_says_what_others_could_read(club: DemoClub, given: dict[str, object], sentence: str) -> None:
    ana = await runner(club)
    answer = await ana.slash(club.channels["general"], "remind add", **given)
    assert sentence in texts(answer.response.components)


async def test_words_that_nobody_can_see_are_none(club: DemoClub) -> None:
    ana = await runner(club)
    answer = await ana.slash(club.channels["general"], "remind add", what="words", when="7:30", words="\u200b\u200b")

    assert "Write the words you want to read" in texts(answer.response.components)
    assert await reminders(club, ana) == []


async def test_the_length_of_what_is_sealed_tells_no_more_than_its_kind(club: DemoClub, locales: Locales) -> None:
    ana = await runner(club)
    by_length = sorted(locales.base.library.areas, key=len)
    given: list[dict[str, Any]] = [
        {"what": "checkin", "when": "daily 7:30"},
        {"what": "checkin", "when": "daily 7:31", "area": by_length[0]},
        {"what": "checkin", "when": "daily 7:32", "area": by_length[-1], "show_area": True},
        {"what": "stretch", "when": "daily 7:33", "minutes": 15},
        {"what": "morning"},
        {"what": "words", "when": "daily 7:34", "words": "Go"},
        {"what": "words", "when": "daily 7:35", "words": "g" * 200, "area": "hip"},
    ]
    for options in given:
        await ana.slash(club.channels["general"], "remind add", **options)
    set_by = await reminders(club, ana)
    await ana.slash(club.channels["general"], "remind edit", reminder=set_by[0].id, words="The left one hurts" * 9)

    found = {(reminder.kind is ReminderKind.WORDS, len(reminder.sealed or b"")) for reminder in set_by}
    found |= {
        (reminder.kind is ReminderKind.WORDS, len(reminder.sealed or b"")) for reminder in await reminders(club, ana)
    }
    assert len(set_by) == len(given)
    assert {words for words, _ in found} == {True, False}
    assert len(found) == 2


async def test_a_zone_chosen_late_takes_along_what_was_set_meanwhile(club: DemoClub) -> None:
    ana, general = await agreed(club, "ana"), club.channels["general"]
    asked = await ana.slash(general, "remind add", what="words", words="Roll", when="9pm")
    await ana.slash(general, "timezone", place="Berlin")
    await ana.slash(general, "remind add", what="checkin", when="daily 7:30")

    form = await ana.click(asked.response, label="Choose my time zone")
    await ana.submit_modal(form, {"place": "New York"})

    assert {reminder.zone for reminder in await reminders(club, ana)} == {"America/New_York"}


async def test_a_move_that_is_broken_off_is_done_by_the_next_try(
    club: DemoClub, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, general = await runner(club), club.channels["general"]
    for when in ("daily 7:30", "daily 8:30", "daily 9:30"):
        await ana.slash(general, "remind add", what="checkin", when=when)
    table, calls = club.services.storage.reminders, 0
    replaces = table.replace

    async def second_fails(reminder: Reminder) -> bool:
        nonlocal calls
        calls += 1
        return calls != 2 and await replaces(reminder)  # somebody else was quicker

    monkeypatch.setattr(table, "replace", second_fails)
    await ana.slash(general, "timezone", place="New York")
    await ana.slash(general, "timezone", place="New York")

    assert [reminder.zone for reminder in await reminders(club, ana)] == ["America/New_York"] * 3
    assert (await diary_of(club).of(ana.id)).zone == ZoneInfo("America/New_York")


async def test_the_time_zone_one_has_moves_nothing(club: DemoClub) -> None:
    ana, general = await runner(club), club.channels["general"]
    await ana.slash(general, "remind add", what="checkin", when="daily 7:30")
    before = await reminders(club, ana)

    answer = await ana.slash(general, "timezone", place="London")

    assert "move" not in texts(answer.response.components)
    assert await reminders(club, ana) == before


async def test_what_waits_goes_on_waiting_where_it_cannot_be_kept(
    club: DemoClub, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, general = await agreed(club, "ana"), club.channels["general"]
    asked = await ana.slash(general, "remind add", what="words", words="Roll", when="9pm")
    form, again = [await ana.click(asked.response, label="Choose my time zone") for _ in range(2)]

    async def away(*_: object, **__: object) -> bool:
        raise TooSlow("the database is held by another program")

    with monkeypatch.context() as patched:
        patched.setattr(club.services.storage.reminders, "add", away)
        await ana.submit_modal(form, {"place": "Lisbon"})
    assert await reminders(club, ana) == []
    kept = await ana.submit_modal(again, {"place": "Lisbon"})

    assert "Your reminder is set" in texts(kept.response.components)
    assert len(await reminders(club, ana)) == 1


async def test_what_cannot_be_read_any_more_shuts_nothing(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="checkin", when="daily 7:30", area="hip")
    [reminder] = await reminders(club, ana)
    storage = club.services.storage
    sealed = await storage.vault.seal(ana.id, b'{"area": ["knee", "hip"]}', sealed_for(reminder.id))
    await storage.reminders.replace(replace(reminder, sealed=sealed))

    listed = await ana.slash(club.channels["general"], "remind list")
    shown = await ana.slash(club.channels["general"], "privacy show")

    assert "Check-in" in texts(listed.response.components)
    assert "1 reminder" in texts(shown.response.components)


async def test_words_that_cannot_be_opened_are_not_sent_empty_nor_written_over(club: DemoClub) -> None:
    ana, general = await runner(club), club.channels["general"]
    await ana.slash(general, "remind add", what="words", words="Roll", when="daily 7:30")
    [reminder] = await reminders(club, ana)
    storage = club.services.storage
    sealed = await storage.vault.seal(ana.id, b"what a newer version writes", sealed_for(reminder.id))
    await storage.reminders.replace(replace(reminder, sealed=sealed))

    await wind(club, until="2026-11-23T07:31")
    edited = await ana.slash(general, "remind edit", reminder=reminder.id, when="daily 9:00")
    log = await ana.slash(general, "remind log")
    copied = json.loads((await archive_of(await ana.slash(general, "privacy export"))).read("everything.json"))

    assert len(inbox(ana)) == 1  # the hello
    assert "I changed nothing" in texts(edited.response.components)
    assert (await reminders(club, ana))[0].sealed == sealed
    assert "I can’t open what it says any more" in texts(log.response.components)
    assert copied["entries_that_cannot_be_opened"] == 1
    assert copied["reminders"][0]["words"] is copied["reminders"][0]["morning"] is None


async def test_times_that_cannot_be_read_are_said_and_set_again(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="checkin", when="daily 7:30")
    [reminder] = await reminders(club, ana)
    async with club.services.storage.limber.writing() as connection:
        await connection.execute("update reminder set schedule = 'at ' || schedule")

    listed = await ana.slash(club.channels["general"], "remind list")
    paused = await ana.slash(club.channels["general"], "remind pause", reminder=reminder.id)
    assert "I can’t read its times any more" in texts(listed.response.components)
    assert "I can’t read the times of this reminder" in texts(paused.response.components)
    await ana.slash(club.channels["general"], "remind edit", reminder=reminder.id, when="daily 8:00")
    await wind(club, until="2026-11-23T08:01")

    assert len(inbox(ana)) == 2


async def test_days_are_offered_as_they_are_where_the_person_is(club: DemoClub) -> None:
    ana = await runner(club, zone=ZoneInfo("Pacific/Kiritimati"))  # Monday evening there
    await wind(club, until="2026-11-23T11:00")  # Tuesday there
    offered = await ana.autocomplete(club.channels["general"], "remind pause", "until", "tomorrow")
    assert [choice["name"] for choice in offered] == ["Until 25 Nov 2026"]


async def test_of_several_that_are_blocked_each_can_be_turned_on(club: DemoClub) -> None:
    ana = await runner(club)
    for hour in (7, 8, 9):
        await ana.slash(club.channels["general"], "remind add", what="checkin", when=f"{hour}:30", area="hip")
    for one in await reminders(club, ana):
        blocked = replace(one, state=ReminderState.BLOCKED, reason="50007", next_due=None)
        await club.services.storage.reminders.replace(blocked)
    await club.env.advance_time(60)
    await ana.slash(club.channels["general"], "tip")
    told = club.channels["general"].history(viewer=ana)[-1]
    assert all(f"Every day at 0{hour}:30" in said(told) for hour in (7, 8, 9))

    for name in list(ids_of(flat(parts(told)), "reminder.resume_blocked")):
        await ana.click(told, custom_id=name)

    assert {one.state for one in await reminders(club, ana)} == {ReminderState.ACTIVE}
