"""What the buttons of a reminder do, and what becomes of its message."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import simcord

from bot.advice.disposition import Disposition
from bot.checkins.diary import new_id
from bot.checkins.entry import CheckIn
from bot.checkins.finding import Finding
from bot.demo.club import Club
from bot.settings import Settings
from bot.storage.instant import kept
from bot.storage.reminders import Reminder, ReminderState
from bot.ui.editions import Editions
from tests.conftest import judged, labels, texts
from tests.integration.diary import diary_of, forged, menu
from tests.integration.reminding import (
    LONDON,
    actions,
    choose,
    inbox,
    named,
    press,
    reminders,
    rung,
    runner,
    said,
    wind,
)

MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.fixture
async def club(settings: Settings, editions: Editions) -> AsyncIterator[Club]:
    """The club on a Monday morning in November, six o'clock in London."""
    async with judged(settings, editions, now=lambda: MONDAY) as opened:
        yield opened


async def arrived(club: Club, what: str = "checkin", **more: Any) -> tuple[simcord.MemberActor, Any]:
    """Somebody whose first reminder has come, at 07:30 on Monday."""
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what=what, **{"when": "daily 7:30", **more})
    await wind(club, until="2026-11-23T07:31")
    return ana, inbox(ana)[-1]


async def open_finding(club: Club, area: str, disposition: Disposition = Disposition.CLINICIAN) -> None:
    """A check of some minutes ago that said so."""
    finding = Finding(
        id=new_id(),
        at=club.clock.now(),
        area=area,
        disposition=disposition,
        because=("K7",),
        reasons=("a reason",),
        bone=False,
        content="1",
    )
    await diary_of(club).keep(club.people["ana"].id, finding)


async def test_one_tap_logs_it_and_nothing_of_it_stays_in_the_chat(club: Club) -> None:
    ana, message = await arrived(club, area="hip")

    answer = await choose(ana, message, "rmscore", "4")

    [entry] = await diary_of(club).checkins(ana.id)
    assert (entry.area, entry.pain) == ("hip", 4)
    left = inbox(ana)[1]
    assert "Logged at" in said(left)
    assert "4" not in said(left).replace("<t:", "").split("Logged at")[0]
    assert answer is not None
    private = ana.user.dm_channel.history(viewer=ana.user)[-1]
    assert private.flags.ephemeral
    assert "Hip: 4 out of 10" in said(private)
    assert "cinew" in actions(private)  # Anything new?


async def test_without_a_place_it_asks_for_it(club: Club) -> None:
    ana, message = await arrived(club)

    asked = await choose(ana, message, "rmscore", "3")
    saved = await ana.user.select(asked.response, ["knee"], custom_id=menu(asked, "ciarea"))

    assert "Knee: 3 out of 10" in texts(saved.response.components)
    assert [entry.pain for entry in await diary_of(club).checkins(ana.id)] == [3]


async def test_answered_twice_it_is_one_check_in(club: Club) -> None:
    ana, message = await arrived(club, area="hip")
    score = named(message, "rmscore")
    await choose(ana, message, "rmscore", "4")

    again = await forged(club, score)  # the menu of a client that has not seen the change
    await ana.click(again, custom_id=score)

    assert len(await diary_of(club).checkins(ana.id)) == 1


async def test_nobody_else_can_answer_it(club: Club) -> None:
    ana, message = await arrived(club, area="hip")
    ben = await runner(club, "ben")

    for action in ("rmdone", "rmstop", "rmkeep", "rmquiet", "rmdrop", "rmopen", "rmstart", "rmseen", "rmask"):
        name = ".".join(["l1", action, named(message, "rmscore").split(".")[2]])
        answer = await ben.click(await forged(club, name), custom_id=name)
        assert "no longer there" in texts(answer.response.components), action

    assert len(await reminders(club, ana)) == 1
    assert await diary_of(club).checkins(ana.id) == []


@pytest.mark.parametrize(
    ("choice", "at"), [("15", "07:46"), ("60", "08:31"), ("evening", "19:00")], ids=["quarter", "hour", "evening"]
)
async def test_later_it_comes_again(club: Club, choice: str, at: str) -> None:
    ana, message = await arrived(club)

    await choose(ana, message, "rmlater", choice)
    assert "I will come back" in said(inbox(ana)[1])
    await wind(club, until="2026-11-23T23:00")

    times = [message.created_at.astimezone(LONDON).strftime("%H:%M") for message in inbox(ana)[1:]]
    assert times == ["07:30", at]
    assert "How is it today?" in said(inbox(ana)[2])


async def test_in_the_evening_there_is_no_this_evening(club: Club) -> None:
    ana, message = await arrived(club, when="daily 18:00")
    await wind(club, until="2026-11-23T18:01")
    message = inbox(ana)[-1]

    with pytest.raises(simcord.SetupError):
        await choose(ana, message, "rmlater", "evening")


async def test_done_is_done(club: Club) -> None:
    ana, message = await arrived(club, what="words", words="Calf raises")

    await press(ana, message, "rmdone")

    assert "Done at" in said(inbox(ana)[1])
    assert "Calf" not in said(inbox(ana)[1])
    assert (await reminders(club, ana))[0].ignored == 0


async def test_stretches_open_for_this_person_alone(club: Club) -> None:
    ana, message = await arrived(club, what="stretch", area="knee", minutes=5)
    assert "Time for your stretches" in said(message)
    assert "knee" not in said(message).casefold()

    routine = await press(ana, message, "rmstart")

    assert routine.ephemeral
    assert "Start" in labels(routine.response.components)


@pytest.mark.parametrize(("days", "back"), [("7", "30 Nov 2026"), ("0", None)])
async def test_stop_these_pauses(club: Club, days: str, back: str | None) -> None:
    ana, message = await arrived(club)
    await press(ana, message, "rmstop")
    asking = inbox(ana)[1]
    assert actions(asking) == ["rmpause", "rmpause", "rmdrop", "rmkeep"]

    await ana.user.click(asking, custom_id=f"l1.rmpause.{named(asking, 'rmdrop').split('.')[2]}.{days}")
    await wind(club, until="2026-11-29T23:00")

    assert "Paused" in said(inbox(ana)[1])
    assert back is None or back in said(inbox(ana)[1])
    assert len(inbox(ana)) == 2


async def test_what_was_put_off_does_not_come_in_a_pause(club: Club) -> None:
    ana, message = await arrived(club)
    await choose(ana, message, "rmlater", "60")
    item = await press(ana, inbox(ana)[1], "rmopen")

    await ana.user.click(item.response, label="Pause for a week")
    await wind(club, until="2026-11-23T12:00")

    assert len(inbox(ana)) == 2
    assert [one.state for one in await rung(club, ana)] == ["sent", "skipped"]


async def test_stop_these_removes(club: Club) -> None:
    ana, message = await arrived(club)
    await press(ana, message, "rmstop")

    await press(ana, inbox(ana)[1], "rmdrop")

    assert await reminders(club, ana) == []
    assert "gone" in said(inbox(ana)[1])


async def test_three_ignored_in_a_row_ask_once_whether_to_go_quieter(club: Club) -> None:
    ana, _ = await arrived(club)
    await wind(club, until="2026-11-28T07:31")

    asked = ["Shall I write less often?" in said(message) for message in inbox(ana)[1:]]
    assert asked == [False, False, False, True, False, False]
    await press(ana, inbox(ana)[4], "rmquiet")

    await wind(club, until="2026-12-06T12:00")
    assert [message.created_at.strftime("%a %d") for message in inbox(ana)[7:]] == ["Sat 05"]


async def test_one_answer_starts_the_count_again(club: Club) -> None:
    ana, _ = await arrived(club, what="words", words="Roll")
    await wind(club, until="2026-11-25T07:31")
    await press(ana, inbox(ana)[-1], "rmdone")

    await wind(club, until="2026-11-28T07:31")

    assert not any("less often" in said(message) for message in inbox(ana))


async def test_stretches_are_kept_back_until_the_person_was_seen(club: Club) -> None:
    ana, _ = await arrived(club, what="stretch", area="knee")
    await open_finding(club, "knee")

    await wind(club, until="2026-11-26T08:00")
    assert [one.state for one in await rung(club, ana)] == ["sent", "sent", "skipped", "skipped"]
    held = inbox(ana)[-1]
    assert "Your stretches are on hold" in said(held)
    assert "knee" not in said(held).casefold()
    log = await ana.slash(club.channels["general"], "remind log")
    assert "be seen first" in texts(log.response.components)
    listed = await ana.slash(club.channels["general"], "remind list")
    assert "On hold" in texts(listed.response.components)

    blocked = await press(ana, held, "rmseen")
    assert "Knee" in texts(blocked.response.components)
    sure = await ana.user.click(blocked.response, label="I was seen and told I may run")
    await ana.user.click(sure.response, label="Yes, I was told so")
    await wind(club, until="2026-11-27T08:00")

    assert "Time for your stretches" in said(inbox(ana)[-1])


async def test_stretches_for_the_whole_body_wait_for_any_open_finding(club: Club) -> None:
    ana, _ = await arrived(club, what="stretch")
    await open_finding(club, "hip")

    await wind(club, until="2026-11-24T08:00")

    assert "on hold" in said(inbox(ana)[-1])


async def test_an_open_finding_of_another_place_mutes_nothing(club: Club) -> None:
    ana, _ = await arrived(club, what="stretch", area="knee")
    await open_finding(club, "hip")

    await wind(club, until="2026-11-24T08:00")

    assert "Time for your stretches" in said(inbox(ana)[-1])


async def test_a_check_that_cannot_wait_mutes_stretches_of_every_place(club: Club) -> None:
    ana, _ = await arrived(club, what="stretch", area="knee")
    await open_finding(club, "hip", Disposition.URGENT)

    await wind(club, until="2026-11-24T08:00")

    assert "on hold" in said(inbox(ana)[-1])


async def test_a_message_that_came_before_the_check_does_not_start_a_routine_after_it(club: Club) -> None:
    ana, message = await arrived(club, what="stretch", area="knee")
    await open_finding(club, "knee")

    await press(ana, message, "rmstart")

    assert "on hold" in said(inbox(ana)[1])


async def test_own_words_carry_the_warning(club: Club) -> None:
    ana, _ = await arrived(club, what="words", words="Easy 5 k")
    await open_finding(club, "hip")

    await wind(club, until="2026-11-24T08:00")

    assert "be seen before you run" in said(inbox(ana)[-1])


# The morning after a run


async def ran(club: Club, area: str = "knee", *, at: datetime | None = None) -> None:
    """Logged by the command, as a person would."""
    _ = at
    await club.people["ana"].slash(club.channels["general"], "checkin", area=area, pain="2", during="3")


async def test_after_a_run_it_offers_to_ask_in_the_morning(club: Club) -> None:
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
    await choose(ana, asked[0], "rmscore", "1")
    entries = await diary_of(club).checkins(ana.id)
    assert (entries[-1].area, entries[-1].pain) == ("knee", 1)


async def test_no_run_no_question_and_one_that_was_answered_is_not_asked(club: Club) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="morning")
    await wind(club, until="2026-11-24T09:00")
    assert len(inbox(ana)) == 1
    await ran(club)
    await wind(club, until="2026-11-25T06:30")
    await ana.slash(club.channels["general"], "checkin", area="knee", pain="1")

    await wind(club, until="2026-11-26T12:00")

    assert len(inbox(ana)) == 1


async def test_the_morning_is_at_the_time_the_person_chose(club: Club) -> None:
    ana = await runner(club)
    answer = await ana.slash(club.channels["general"], "remind add", what="morning", when="6:15")
    assert "At 06:15 on the morning after" in texts(answer.response.components)
    await wind(club, until="2026-11-23T17:00")
    await ran(club)

    await wind(club, until="2026-11-25T12:00")

    assert [message.created_at.astimezone(LONDON).strftime("%a %H:%M") for message in inbox(ana)[1:]] == ["Tue 06:15"]


async def test_two_places_are_asked_one_after_the_other(club: Club) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="morning")
    await wind(club, until="2026-11-23T17:00")
    await ran(club, "knee")
    await ran(club, "hip")
    await wind(club, until="2026-11-24T08:01")
    [_, message] = inbox(ana)

    for _place in range(2):
        asked = await press(ana, message, "rmask")
        await ana.user.select(asked.response, ["1"], custom_id=menu(asked, "ciscore"))
    await press(ana, message, "rmask")

    entries = await diary_of(club).checkins(ana.id)
    assert {entry.area for entry in entries[-2:]} == {"knee", "hip"}
    assert "Logged at" in said(inbox(ana)[1])


async def test_a_paused_morning_stays_silent_over_runs(club: Club) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="morning")
    [reminder] = await reminders(club, ana)
    await ana.slash(club.channels["general"], "remind pause", reminder=reminder.id)
    await ran(club)

    await wind(club, until="2026-11-25T12:00")

    assert len(inbox(ana)) == 1
    assert (await reminders(club, ana))[0].state is ReminderState.PAUSED


async def test_mornings_survive_a_change_of_zone(club: Club) -> None:
    ana = await runner(club)
    await ana.slash(club.channels["general"], "remind add", what="morning")
    await ran(club)
    await ana.slash(club.channels["general"], "timezone", place="Berlin")

    await wind(club, until="2026-11-24T12:00")

    assert [message.created_at.strftime("%a %H:%M") for message in inbox(ana)[1:]] == ["Tue 07:00"]


# Undelivered, erased, forgotten


async def test_who_closed_their_messages_is_told_at_the_next_command_once(club: Club) -> None:
    ana, _ = await arrived(club)
    [reminder] = await reminders(club, ana)
    storage = club.services.storage
    await storage.reminders.replace(_blocked(reminder, "50007"))
    await club.env.advance_time(60)

    first = await ana.slash(club.channels["general"], "pain", area="hip")
    told = club.channels["general"].history(viewer=ana)[-1]
    await ana.slash(club.channels["general"], "tip")
    again = club.channels["general"].history(viewer=ana)[-1]

    assert "take no direct messages from me" in said(told)
    assert "I could not bring you this" not in said(again)
    assert first is not None
    await ana.click(told, custom_id=named(told, "rmresume"))
    assert (await reminders(club, ana))[0].state is ReminderState.ACTIVE
    assert "this message shows that it works" in said(inbox(ana)[-1])


def _blocked(reminder: Reminder, reason: str) -> Reminder:
    return replace(reminder, state=ReminderState.BLOCKED, reason=reason, next_due=None)


async def test_an_erasure_takes_the_reminders_and_the_messages(club: Club) -> None:
    ana, _ = await arrived(club)
    shown = await ana.slash(club.channels["general"], "privacy show")
    assert "1 reminder" in texts(shown.response.components)
    sure = await ana.slash(club.channels["general"], "privacy erase")

    gone = await ana.click(sure.response, label="Yes, delete everything")
    await wind(club, until="2026-11-25T12:00")

    assert "my messages in our chat: 2" in said(club.channels["general"].history(viewer=ana)[-1])
    assert gone is not None
    assert inbox(ana) == []
    assert await reminders(club, ana) == []


async def test_a_person_who_was_not_here_for_long_is_told_before_everything_goes(club: Club) -> None:
    ana, _ = await arrived(club)
    storage = club.services.storage
    async with storage.limber.writing() as connection:
        long_ago = kept(club.clock.now() - timedelta(days=350))
        await connection.execute("update person set last_used = ?", (long_ago,))

    await wind(club, until="2026-11-24T08:00")
    message = inbox(ana)[-1]
    assert "You have not used me for a long time" in said(message)
    await press(ana, message, "rmstop")

    assert (await storage.people.find(ana.id)).last_used > club.clock.now() - timedelta(days=1)


async def test_a_log_entry_that_is_forgotten_says_so(club: Club) -> None:
    ana, message = await arrived(club)
    await club.services.storage.occurrences.forget(club.clock.now() + timedelta(days=1))

    answer = await press(ana, message, "rmstop")

    assert "no longer there" in texts(answer.response.components)


async def test_check_ins_of_the_diary_do_not_need_reminders(club: Club) -> None:
    ana = await runner(club)
    entry = CheckIn(id=new_id(), at=club.clock.now(), area="knee", pain=1)
    await diary_of(club).keep(ana.id, entry)
    assert await rung(club, ana) == []
