"""What the buttons of a reminder do, and what becomes of its message."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import simcord
from discord import SelectOption, ui

from bot.advice.disposition import Disposition
from bot.demo.club import DemoClub
from bot.reminders.content import SHAPE, content_of, sealed_for
from bot.settings import Settings
from bot.storage.reminders import ReminderState
from bot.storage.sql import to_column
from bot.ui.locales import Locales
from tests.integration.diary import diary_of, forged, open_finding
from tests.integration.reminding import (
    LONDON,
    actions,
    blocked,
    choose,
    inbox,
    named,
    press,
    private,
    reminders,
    rung,
    runner,
    said,
    wind,
)
from tests.support.components import labels, texts
from tests.support.ids import arguments_of
from tests.support.judged import judged

MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.fixture
async def club(settings: Settings, locales: Locales) -> AsyncIterator[DemoClub]:
    """The club on a Monday morning in November, six o'clock in London."""
    async with judged(settings, locales, now=lambda: MONDAY) as opened:
        yield opened


async def arrived(club: DemoClub, what: str = "checkin", **more: Any) -> tuple[simcord.MemberActor, Any]:
    """Somebody whose first reminder has come, at 07:30 on Monday."""
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what=what, **{"when": "daily 7:30", **more})
    await wind(club, until="2026-11-23T07:31")
    return ana, inbox(ana)[-1]


async def test_one_tap_logs_it_and_nothing_of_it_stays_in_the_chat(club: DemoClub) -> None:
    ana, message = await arrived(club, area="hip")

    await choose(ana, message, "reminder.score", "4")

    [entry] = await (await diary_of(club).of(ana.id)).checkins()
    assert (entry.area, entry.pain) == ("hip", 4)
    left = inbox(ana)[1]
    assert re.fullmatch(r"Logged at <t:\d+:t>\. It is in your diary\.", said(left))
    assert actions(left) == ["reminder.open"]
    assert "Hip: 4 out of 10" in said(private(ana))
    assert "entry.new_signs" in actions(private(ana))  # Anything new?


async def test_without_a_place_it_asks_for_it(club: DemoClub) -> None:
    ana, message = await arrived(club)

    await choose(ana, message, "reminder.score", "3")
    left = inbox(ana)[1]
    assert "Now choose the place" in said(left)
    assert "3" not in said(left)
    saved = await choose(ana, private(ana), "checkin.area", "knee")

    assert "Knee: 3 out of 10" in texts(saved.response.components)
    assert [entry.pain for entry in await (await diary_of(club).of(ana.id)).checkins()] == [3]


async def test_a_place_that_was_never_chosen_can_be_asked_for_again(club: DemoClub) -> None:
    ana, message = await arrived(club)
    await choose(ana, message, "reminder.score", "3")

    asked = await press(ana, inbox(ana)[1], "reminder.answer")
    how_bad = await choose(ana, asked.response, "checkin.area", "hip")
    await choose(ana, how_bad.response, "checkin.score", "5")

    assert [(entry.area, entry.pain) for entry in await (await diary_of(club).of(ana.id)).checkins()] == [("hip", 5)]


async def test_a_second_place_from_one_message_leaves_the_first_alone(club: DemoClub) -> None:
    ana, message = await arrived(club)
    score = named(message, "reminder.score")

    for pain, place in (("3", "knee"), ("7", "hip")):  # as a client shows it that has not seen the change
        await ana.select(await forged_menu(club, score, pain), [pain], custom_id=score)
        where = club.channels["general"].history(viewer=ana)[-1]
        await ana.select(where, [place], custom_id=named(where, "checkin.area"))

    entries = await (await diary_of(club).of(ana.id)).checkins()
    assert {(entry.area, entry.pain) for entry in entries} == {("knee", 3), ("hip", 7)}


async def test_an_old_message_does_not_rewrite_yesterday(club: DemoClub) -> None:
    ana, message = await arrived(club, area="knee")
    score = named(message, "reminder.score")
    await choose(ana, message, "reminder.score", "3")
    await wind(club, until="2026-11-24T07:10")

    await ana.select(await forged_menu(club, score, "8"), ["8"], custom_id=score)

    entries = await (await diary_of(club).of(ana.id)).checkins()
    assert [(entry.pain, entry.at.day) for entry in entries] == [(3, 23), (8, 24)]


async def test_answered_twice_it_is_one_check_in(club: DemoClub) -> None:
    ana, message = await arrived(club, area="hip")
    score = named(message, "reminder.score")
    await choose(ana, message, "reminder.score", "4")

    again = await forged(club, score)  # the menu of a client that has not seen the change
    await ana.click(again, custom_id=score)

    assert len(await (await diary_of(club).of(ana.id)).checkins()) == 1


async def test_nobody_else_can_answer_it(club: DemoClub) -> None:
    ana, message = await arrived(club, area="hip")
    ben = await runner(club, "ben")

    one = arguments_of(named(message, "reminder.score"))[0]
    simple = (
        "reminder.done",
        "reminder.stop",
        "reminder.keep",
        "reminder.less_often",
        "reminder.delete",
        "reminder.open",
        "reminder.start_routine",
        "reminder.seen",
        "reminder.answer",
        "reminder.cleared",
    )
    for name in (*(f"l2.{action}.{one}" for action in simple), f"l2.reminder.pause.{one}.0"):
        answer = await ben.click(await forged(club, name), custom_id=name)
        assert "I no longer know this message" in texts(answer.response.components), name
    for action, value in (("reminder.score", "4"), ("reminder.later", "15")):
        menu_ = await forged_menu(club, f"l2.{action}.{one}", value)
        answer = await ben.select(menu_, [value], custom_id=f"l2.{action}.{one}")
        assert "I no longer know this message" in texts(answer.response.components), action

    assert len(await reminders(club, ana)) == 1
    assert await (await diary_of(club).of(ana.id)).checkins() == []


@pytest.mark.parametrize(
    ("choice", "at"), [("15", "07:46"), ("60", "08:31"), ("evening", "19:00")], ids=["quarter", "hour", "evening"]
)
async def test_later_it_comes_again(club: DemoClub, choice: str, at: str) -> None:
    ana, message = await arrived(club)

    await choose(ana, message, "reminder.later", choice)
    assert "I will come back" in said(inbox(ana)[1])
    await wind(club, until="2026-11-23T23:00")

    times = [message.created_at.astimezone(LONDON).strftime("%H:%M") for message in inbox(ana)[1:]]
    assert times == ["07:30", at]
    assert "How is it today?" in said(inbox(ana)[2])


async def test_in_the_evening_there_is_no_this_evening(club: DemoClub) -> None:
    ana, message = await arrived(club, when="daily 18:00")
    await wind(club, until="2026-11-23T18:01")
    message = inbox(ana)[-1]

    with pytest.raises(simcord.SetupError):
        await choose(ana, message, "reminder.later", "evening")


async def test_done_is_done(club: DemoClub) -> None:
    ana, message = await arrived(club, what="words", words="Calf raises")

    await press(ana, message, "reminder.done")

    assert "Done at" in said(inbox(ana)[1])
    assert "Calf" not in said(inbox(ana)[1])
    assert (await reminders(club, ana))[0].ignored == 0


async def test_stretches_open_for_this_person_alone(club: DemoClub) -> None:
    ana, message = await arrived(club, what="stretch", area="knee", minutes=5)
    assert "Time for your stretches" in said(message)
    assert "knee" not in said(message).casefold()

    routine = await press(ana, message, "reminder.start_routine")

    assert routine.ephemeral
    assert "Start" in labels(routine.response.components)


@pytest.mark.parametrize(("days", "back"), [("7", "30 Nov 2026"), ("0", None)])
async def test_stop_these_pauses(club: DemoClub, days: str, back: str | None) -> None:
    ana, message = await arrived(club)
    await press(ana, message, "reminder.stop")
    asking = inbox(ana)[1]
    assert actions(asking) == ["reminder.pause", "reminder.pause", "reminder.delete", "reminder.keep"]

    await ana.user.click(
        asking, custom_id=f"l2.reminder.pause.{arguments_of(named(asking, 'reminder.delete'))[0]}.{days}"
    )
    await wind(club, until="2026-11-29T23:00")

    assert "Paused" in said(inbox(ana)[1])
    assert back is None or back in said(inbox(ana)[1])
    assert len(inbox(ana)) == 2


async def test_what_was_put_off_does_not_come_in_a_pause(club: DemoClub) -> None:
    ana, message = await arrived(club)
    await choose(ana, message, "reminder.later", "60")
    item = await press(ana, inbox(ana)[1], "reminder.open")

    await ana.user.click(item.response, label="Pause for a week")
    await wind(club, until="2026-11-23T12:00")

    assert len(inbox(ana)) == 2
    assert [one.state for one in await rung(club, ana)] == ["sent", "skipped"]


async def test_stop_these_removes(club: DemoClub) -> None:
    ana, message = await arrived(club)
    await press(ana, message, "reminder.stop")

    await press(ana, inbox(ana)[1], "reminder.delete")

    assert await reminders(club, ana) == []
    assert "gone" in said(inbox(ana)[1])


async def test_three_ignored_in_a_row_ask_once_whether_to_go_quieter(club: DemoClub) -> None:
    ana, _ = await arrived(club)
    await wind(club, until="2026-11-28T07:31")

    asked = ["Shall I write less often?" in said(message) for message in inbox(ana)[1:]]
    assert asked == [False, False, False, True, False, False]
    await press(ana, inbox(ana)[4], "reminder.less_often")

    await wind(club, until="2026-12-06T12:00")
    assert [message.created_at.strftime("%a %d") for message in inbox(ana)[7:]] == ["Sat 05"]


async def test_one_answer_starts_the_count_again(club: DemoClub) -> None:
    ana, _ = await arrived(club, what="words", words="Roll")
    await wind(club, until="2026-11-25T07:31")
    await press(ana, inbox(ana)[-1], "reminder.done")

    await wind(club, until="2026-11-28T07:31")

    assert not any("less often" in said(message) for message in inbox(ana))


async def test_stretches_are_kept_back_until_the_person_was_seen(club: DemoClub) -> None:
    ana, _ = await arrived(club, what="stretch", area="knee")
    await open_finding(club, "knee")

    await wind(club, until="2026-11-26T08:00")
    assert [one.state for one in await rung(club, ana)] == ["sent", "sent", "skipped", "skipped"]
    held = inbox(ana)[-1]
    assert "Your stretches are on hold" in said(held)
    assert "knee" not in said(held).casefold()
    listed = await ana.slash(club.channels["general"], "remind list")
    assert "On hold" in texts(listed.response.components)

    blocked = await press(ana, held, "reminder.seen")
    assert "Knee" in texts(blocked.response.components)
    assert said(inbox(ana)[-1]) == said(held)
    sure = await ana.user.click(blocked.response, label="I was seen and told I may run")
    await ana.user.click(sure.response, label="Yes, I was told so")
    await wind(club, until="2026-11-27T08:00")

    assert "Time for your stretches" in said(inbox(ana)[-1])


@pytest.mark.parametrize("what", ["checkin", "stretch", "words"])
@pytest.mark.parametrize("open_check", [True, False])
async def test_no_press_writes_a_place_into_the_chat(club: DemoClub, what: str, open_check: bool) -> None:
    ana, _ = await arrived(club, what=what, area="knee", **({"words": "Roll"} if what == "words" else {}))
    if open_check:
        await open_finding(club, "knee")

    pressed = set[str]()
    for day in range(24, 28):
        await wind(club, until=f"2026-11-{day}T07:31")
        while left := [action for action in actions(inbox(ana)[-1]) if action not in pressed]:
            pressed.add(left[0])
            value = {"reminder.score": "4", "reminder.later": "15"}.get(left[0])
            message = inbox(ana)[-1]
            await (choose(ana, message, left[0], value) if value else press(ana, message, left[0]))
            assert not any("knee" in said(message).casefold() for message in inbox(ana)), left[0]

    assert {"reminder.stop", "reminder.open"} <= pressed


async def test_stretches_for_the_whole_body_wait_for_any_open_finding(club: DemoClub) -> None:
    ana, _ = await arrived(club, what="stretch")
    await open_finding(club, "hip")

    await wind(club, until="2026-11-24T08:00")

    assert "on hold" in said(inbox(ana)[-1])


async def test_an_open_finding_of_another_place_mutes_nothing(club: DemoClub) -> None:
    ana, _ = await arrived(club, what="stretch", area="knee")
    await open_finding(club, "hip")

    await wind(club, until="2026-11-24T08:00")

    assert "Time for your stretches" in said(inbox(ana)[-1])


async def test_a_check_that_cannot_wait_mutes_stretches_of_every_place(club: DemoClub) -> None:
    ana, _ = await arrived(club, what="stretch", area="knee")
    await open_finding(club, "hip", Disposition.URGENT)

    await wind(club, until="2026-11-24T08:00")

    assert "on hold" in said(inbox(ana)[-1])


async def test_a_message_that_came_before_the_check_does_not_start_a_routine_after_it(club: DemoClub) -> None:
    ana, message = await arrived(club, what="stretch", area="knee")
    await open_finding(club, "knee")

    await press(ana, message, "reminder.start_routine")

    assert "on hold" in said(inbox(ana)[1])


async def test_own_words_carry_the_warning(club: DemoClub) -> None:
    ana, _ = await arrived(club, what="words", words="Easy 5 k")
    await open_finding(club, "hip")

    await wind(club, until="2026-11-24T08:00")

    assert "be seen before you run" in said(inbox(ana)[-1])


# Be seen first


async def changed(club: DemoClub, ana: simcord.MemberActor, **changes: Any) -> None:
    """As if the content had changed since it was set."""
    [reminder] = await reminders(club, ana)
    storage = club.services.storage
    content = replace(await content_of(storage, reminder), **changes)
    sealed = await storage.vault.seal(ana.id, SHAPE.dump_json(content), sealed_for(reminder.id))
    assert await storage.reminders.replace(replace(reminder, sealed=sealed))


async def test_stretches_for_a_place_that_is_gone_wait_as_those_for_the_whole_body(club: DemoClub) -> None:
    ana, message = await arrived(club, what="stretch", area="knee")
    await changed(club, ana, area="elbow")
    await open_finding(club, "hip")

    await press(ana, message, "reminder.start_routine")

    assert "on hold" in said(inbox(ana)[1])


async def test_a_check_that_cannot_be_read_is_no_good_news(club: DemoClub) -> None:
    ana, message = await arrived(club, what="stretch", area="knee")
    await open_finding(club, "knee", Disposition.EMERGENCY)
    async with club.services.storage.limber.writing() as connection:
        await connection.execute("update record set sealed = zeroblob(64)")

    await press(ana, message, "reminder.start_routine")
    assert "can’t be read just now" in said(inbox(ana)[1])
    await wind(club, until="2026-11-24T07:31")

    assert "on hold" in said(inbox(ana)[-1])


async def test_where_the_signs_come_first_by_now_start_shows_them(club: DemoClub) -> None:
    ana, _ = await arrived(club, what="stretch", area="knee")
    await changed(club, ana, area="neck_headache")

    await wind(club, until="2026-11-24T07:31")
    assert "warning signs of this place come before any exercise" in said(inbox(ana)[-1])
    shown = await press(ana, inbox(ana)[-1], "reminder.start_routine")

    assert "emergency number" in texts(shown.response.components)
    assert "Start" not in labels(shown.response.components)


@pytest.mark.parametrize(
    ("disposition", "line", "net"),
    [
        (Disposition.EMERGENCY, "Get emergency help now", "anything gets worse, call again"),
        (Disposition.URGENT, "Be seen today", "Call your local emergency number if it gets worse fast"),
        (Disposition.CLINICIAN, "See a doctor or physio within days", "Be seen today if you start to limp"),
    ],
)
async def test_on_hold_says_what_the_worst_open_check_says(
    club: DemoClub, disposition: Disposition, line: str, net: str
) -> None:
    ana, _ = await arrived(club, what="stretch", area="knee")
    await open_finding(club, "knee", disposition)
    at = int(club.clock.now().timestamp())
    await open_finding(club, "knee", Disposition.CONTINUE)  # the last one, and not the worst

    await wind(club, until="2026-11-24T07:31")

    assert f"A symptom check of <t:{at}:D> says: **{line}**." in said(inbox(ana)[-1])
    assert net in said(inbox(ana)[-1])


async def test_own_words_say_what_an_urgent_check_of_any_place_says(club: DemoClub) -> None:
    ana, _ = await arrived(club, what="words", words="Easy 5 k", area="knee")
    await open_finding(club, "hip", Disposition.URGENT)

    await wind(club, until="2026-11-24T07:31")

    assert "Be seen today" in said(inbox(ana)[-1])
    assert "Call your local emergency number if it gets worse fast" in said(inbox(ana)[-1])


async def test_a_check_of_a_place_that_is_gone_can_be_cleared(club: DemoClub) -> None:
    ana, _ = await arrived(club, what="stretch")
    await open_finding(club, "elbow")
    await wind(club, until="2026-11-24T07:31")

    sure = await press(ana, inbox(ana)[-1], "reminder.seen")
    assert "Did they say you could run?" in texts(sure.response.components)
    await ana.user.click(sure.response, label="Yes, I was told so")
    await wind(club, until="2026-11-25T07:31")

    assert "Time for your stretches" in said(inbox(ana)[-1])


async def test_on_hold_is_said_once_a_month(club: DemoClub) -> None:
    ana, _ = await arrived(club, what="stretch", area="knee")
    await open_finding(club, "knee")

    await wind(club, until="2026-12-23T08:00")

    assert [message.created_at.strftime("%d %b") for message in inbox(ana)[2:]] == ["24 Nov"]
    assert "once a month at most" in said(inbox(ana)[2])


async def test_why_stretches_were_held_does_not_stand_in_the_clear(club: DemoClub) -> None:
    ana, _ = await arrived(club, what="stretch", area="knee")
    await open_finding(club, "knee")
    await wind(club, until="2026-11-26T08:00")

    assert {one.reason for one in await rung(club, ana)} == {None, "held"}
    log = await ana.slash(club.channels["general"], "remind log")
    assert "A symptom check said: be seen first" in texts(log.response.components)


async def test_the_last_warning_stands_on_what_is_on_hold_as_well(club: DemoClub) -> None:
    ana, _ = await arrived(club, what="stretch", area="knee")
    await open_finding(club, "knee")
    async with club.services.storage.limber.writing() as connection:
        long_ago = to_column(club.clock.now() - timedelta(days=350))
        await connection.execute("update person set last_used = ?", (long_ago,))

    await wind(club, until="2026-11-24T08:00")

    assert "on hold" in said(inbox(ana)[-1])
    assert "It has been a long time" in said(inbox(ana)[-1])


# Later, quieter, kept


async def test_what_is_silent_does_not_promise_to_come_back(club: DemoClub) -> None:
    ana, message = await arrived(club)
    [reminder] = await reminders(club, ana)
    for until in ("thursday", ""):
        await ana.slash(
            club.channels["general"], "remind pause", reminder=reminder.id, **({"until": until} if until else {})
        )
        answer = await choose(ana, message, "reminder.later", "60")
        assert "This reminder is off just now" in texts(answer.response.components)
    [reminder] = await reminders(club, ana)
    await club.services.storage.reminders.replace(blocked(reminder, "50007"))
    answer = await choose(ana, message, "reminder.later", "60")

    assert "This reminder is off just now" in texts(answer.response.components)
    assert "How is it today?" in said(inbox(ana)[1])


@pytest.mark.parametrize(("at", "said_"), [("17:45", "I will come back"), ("19:05", "How is it today?")])
async def test_this_evening_works_until_the_evening(club: DemoClub, at: str, said_: str) -> None:
    ana, message = await arrived(club)
    await wind(club, until=f"2026-11-23T{at}")

    answer = await choose(ana, message, "reminder.later", "evening")

    assert said_ in said(inbox(ana)[1])
    assert at == "17:45" or "It’s already evening" in texts(answer.response.components)


async def test_in_the_night_with_25_hours_an_hour_later_is_an_hour_later(settings: Settings, locales: Locales) -> None:
    saturday = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)
    async with judged(settings, locales, now=lambda: saturday) as club:
        ana = await runner(club)
        await ana.slash(club.channels["general"], "remind add", what="checkin", when="daily 1:30")
        await wind(club, until="2026-10-25T00:30:30")
        await choose(ana, inbox(ana)[-1], "reminder.later", "60")
        await wind(club, until="2026-10-25T12:00")

        assert [message.created_at.strftime("%H:%M") for message in inbox(ana)[1:]] == ["00:30", "01:30"]


async def test_kept_as_it_is_the_question_stays(club: DemoClub) -> None:
    ana, message = await arrived(club)
    await press(ana, message, "reminder.stop")
    await press(ana, inbox(ana)[1], "reminder.keep")

    assert "How is it today?" in said(inbox(ana)[1])
    assert "It stays as it is. The next one comes on" in said(inbox(ana)[1])
    await choose(ana, inbox(ana)[1], "reminder.score", "2")
    await wind(club, until="2026-11-27T07:31")
    await press(ana, inbox(ana)[-1], "reminder.keep")

    assert "How is it today?" in said(inbox(ana)[-1])
    assert "less often" not in said(inbox(ana)[-1])


async def test_once_a_week_says_so_and_keeps_the_question(club: DemoClub) -> None:
    ana, _ = await arrived(club)
    await wind(club, until="2026-11-26T07:31")

    await press(ana, inbox(ana)[-1], "reminder.less_often")

    assert "From now on it comes once a week" in said(inbox(ana)[-1])
    assert "reminder.score" in actions(inbox(ana)[-1])


async def test_what_comes_once_a_week_or_less_is_not_asked_to_come_once_a_week(club: DemoClub) -> None:
    ana, _ = await arrived(club, when="every 2 weeks on monday 7:30")

    await wind(club, until="2027-01-18T07:31")

    assert len(inbox(ana)) == 6
    assert not any("less often" in said(message) for message in inbox(ana))


async def next_try(club: DemoClub, person: Any) -> datetime:
    """When the one that is retried is sent again."""
    [one] = await rung(club, person)
    assert one.not_before is not None
    return one.not_before


@pytest.mark.parametrize("until", ["2026-12-01", ""], ids=["for-a-while", "for-good"])
async def test_a_pause_stops_what_is_being_retried(club: DemoClub, until: str) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="checkin", when="daily 7:30")
    [reminder] = await reminders(club, ana)
    club.env.inject_error("POST", f"/channels/{reminder.channel}/messages", status=500, times=7)
    await wind(club, until="2026-11-23T07:30")
    while (again := await next_try(club, ana)) < club.clock.now() + timedelta(seconds=club.env.settle_timeout):
        await wind(club, until=again.isoformat())  # a command would wait, on the wall, for what is due before that

    await ana.slash(
        club.channels["general"], "remind pause", reminder=reminder.id, **({"until": until} if until else {})
    )
    await wind(club, until="2026-11-23T09:00")

    [one] = await rung(club, ana)
    assert (one.state, one.reason) == ("skipped", "paused")
    assert len(inbox(ana)) == 1


async def forged_menu(club: DemoClub, custom_id: str, value: str) -> Any:
    """A message with a menu that somebody made up."""
    layout = ui.LayoutView()
    layout.add_item(ui.ActionRow(ui.Select(custom_id=custom_id, options=[SelectOption(label="Forged", value=value)])))
    layout.stop()
    await club.bot.get_channel(club.channels["general"].id).send(view=layout)
    return club.channels["general"].last_message


# The morning after a run


async def ran(club: DemoClub, area: str = "knee") -> None:
    """Logged by the command, as a person would."""
    await club.people["ana"].slash(club.channels["general"], "checkin", area=area, pain="2", during="3")


async def test_after_a_run_it_offers_to_ask_in_the_morning(club: DemoClub) -> None:
    ana = await runner(club)
    await wind(club, until="2026-11-23T18:00")
    saved = await ana.slash(club.channels["general"], "checkin", area="knee", pain="2", during="3")

    set_ = await ana.click(saved.response, label="Ask me tomorrow how it is")
    assert "At 08:00 on the morning after each run you log" in texts(set_.response.components)
    again = await ana.slash(club.channels["general"], "checkin", area="knee", pain="2", during="3")
    assert "Ask me tomorrow how it is" not in labels(again.response.components)
    await wind(club, until="2026-11-25T12:00")

    asked = inbox(ana)[1:]
    assert [message.created_at.astimezone(LONDON).strftime("%a %H:%M") for message in asked] == ["Tue 08:00"]
    assert "How is it after your run?" in said(asked[0])
    assert "knee" not in said(asked[0]).casefold()
    await choose(ana, asked[0], "reminder.score", "1")
    entries = await (await diary_of(club).of(ana.id)).checkins()
    assert (entries[-1].area, entries[-1].pain) == ("knee", 1)


async def test_no_run_no_question_and_one_that_was_answered_is_not_asked(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="morning")
    await wind(club, until="2026-11-24T09:00")
    assert len(inbox(ana)) == 1
    await ran(club)
    await wind(club, until="2026-11-25T06:30")
    await ana.slash(club.channels["general"], "checkin", area="knee", pain="1")

    await wind(club, until="2026-11-26T12:00")

    assert len(inbox(ana)) == 1


async def test_the_morning_is_at_the_time_the_person_chose(club: DemoClub) -> None:
    ana = await runner(club)
    answer = await ana.slash(club.channels["general"], "remind add", what="morning", when="6:15")
    assert "At 06:15 on the morning after" in texts(answer.response.components)
    await wind(club, until="2026-11-23T17:00")
    await ran(club)

    await wind(club, until="2026-11-25T12:00")

    assert [message.created_at.astimezone(LONDON).strftime("%a %H:%M") for message in inbox(ana)[1:]] == ["Tue 06:15"]


async def test_two_places_are_asked_one_after_the_other(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="morning")
    await wind(club, until="2026-11-23T17:00")
    await ran(club, "knee")
    await ran(club, "hip")
    await wind(club, until="2026-11-24T08:01")
    [_, message] = inbox(ana)

    for place in ("Hip", "Knee"):
        asked = await press(ana, message, "reminder.answer")
        assert f"{place}: how is it after your run?" in texts(asked.response.components)
        await choose(ana, asked.response, "reminder.score_by_name", "1")
    await press(ana, message, "reminder.answer")

    entries = await (await diary_of(club).of(ana.id)).checkins()
    assert {entry.area for entry in entries[-2:]} == {"knee", "hip"}
    assert "answered this already" in said(inbox(ana)[1])


async def test_a_paused_morning_stays_silent_over_runs(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="morning")
    [reminder] = await reminders(club, ana)
    await ana.slash(club.channels["general"], "remind pause", reminder=reminder.id)
    await ran(club)

    await wind(club, until="2026-11-25T12:00")

    assert len(inbox(ana)) == 1
    assert (await reminders(club, ana))[0].state is ReminderState.PAUSED


async def test_mornings_survive_a_change_of_zone(club: DemoClub) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="morning")
    await ran(club)
    await ana.slash(club.channels["general"], "timezone", place="Berlin")

    await wind(club, until="2026-11-24T12:00")

    assert [message.created_at.strftime("%a %H:%M") for message in inbox(ana)[1:]] == ["Tue 07:00"]


# Undelivered, erased, forgotten


async def test_who_closed_their_messages_is_told_at_the_next_command_once(club: DemoClub) -> None:
    ana, _ = await arrived(club)
    [reminder] = await reminders(club, ana)
    storage = club.services.storage
    await storage.reminders.replace(blocked(reminder, "50007"))
    await club.env.advance_time(60)

    first = await ana.slash(club.channels["general"], "pain", area="hip")
    told = club.channels["general"].history(viewer=ana)[-1]
    await ana.slash(club.channels["general"], "tip")
    again = club.channels["general"].history(viewer=ana)[-1]

    assert "take no direct messages from me" in said(told)
    assert "I couldn’t deliver this" not in said(again)
    assert "Hip" in texts(first.response.components)
    await ana.click(told, custom_id=named(told, "reminder.resume_blocked"))
    assert (await reminders(club, ana))[0].state is ReminderState.ACTIVE
    assert "this message shows that it works" in said(inbox(ana)[-1])


async def test_an_erasure_takes_the_reminders_and_the_messages(club: DemoClub) -> None:
    ana, _ = await arrived(club)
    shown = await ana.slash(club.channels["general"], "privacy show")
    assert "1 reminder" in texts(shown.response.components)
    sure = await ana.slash(club.channels["general"], "privacy erase")

    await ana.click(sure.response, label="Yes, delete everything")
    await wind(club, until="2026-11-25T12:00")

    assert "my messages in our chat: 2" in said(club.channels["general"].history(viewer=ana)[-1])
    assert inbox(ana) == []
    assert await reminders(club, ana) == []


async def test_a_person_who_was_not_here_for_long_is_told_before_everything_goes(club: DemoClub) -> None:
    ana, _ = await arrived(club)
    storage = club.services.storage
    async with storage.limber.writing() as connection:
        long_ago = to_column(club.clock.now() - timedelta(days=350))
        await connection.execute("update person set last_used = ?", (long_ago,))

    await wind(club, until="2026-11-24T08:00")
    message = inbox(ana)[-1]
    assert "It has been a long time" in said(message)
    await press(ana, message, "reminder.stop")

    assert (await storage.people.find(ana.id)).last_used > club.clock.now() - timedelta(days=1)


async def test_a_message_that_is_older_than_the_log_says_so(club: DemoClub) -> None:
    ana, message = await arrived(club)
    await club.services.storage.occurrences.forget(club.clock.now() + timedelta(days=1))

    answer = await press(ana, message, "reminder.stop")

    assert "more than 30 days old" in texts(answer.response.components)
