"""What moderators change, who is told, and what the log says about it."""

import asyncio
import json
from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clubs.audit_log import AuditAction, LoggedPost, LogLine
from bot.clubs.post_draft import PostDraft
from bot.clubs.service import CACHE_AGE, LOG_RETENTION, ClubService
from bot.clubs.settings import ClubSettings, SettingsUnreadable
from bot.clubs.text_rules import TextCountermands, TooManyTips
from bot.errors import OutOfDate
from bot.reminders.club_service import (
    MAX_POSTS,
    ClubChanged,
    ClubReminder,
    NoSuchPost,
    PostUnreadable,
    PostZoneGone,
    TooManyPosts,
)
from bot.reminders.posts import PostOptions
from bot.reminders.scheduled import EditedMeanwhile, RemindersClosed
from bot.schedules.schedule import PauseOver
from bot.storage.clubs import ChangeRow, ErasedClub
from bot.storage.reminders import ReminderState
from tests.unit.clubs.house import CLUB, DESK, EVENINGS, LONDON, MAYA, MORNINGS, NOOR, OTHER, House
from tests.unit.delivery.engine import DAY, HOUR, MINUTE

ALL = {
    "zone": "Europe/Berlin",
    "language": "de",
    "share_channel": 5,
    "stretch_channel": 6,
    "contact": "# Jo, physio\nTuesdays",
    "emergency": "The gate at the lake is open",
    "tips": "- Drink\n- Short steps",
}
SET = ClubSettings(
    zone="Europe/Berlin",
    language="de",
    share_channel=5,
    stretch_channel=6,
    contact="Jo, physio · Tuesdays",
    emergency="The gate at the lake is open",
    tips=("Drink", "Short steps"),
)


# --- settings ---------------------------------------------------------------------------------------------------------


async def test_what_was_set_comes_back_plain_and_what_was_not_named_stays(house: House) -> None:
    assert await house.clubs.settings(CLUB) == ClubSettings()
    assert await house.clubs.change(CLUB, MAYA, **ALL) == SET
    assert await house.clubs.settings(CLUB) == SET
    fewer = replace(SET, contact=None, tips=(), share_channel=None)
    assert await house.clubs.change(CLUB, NOOR, contact=" \n", tips="", share_channel=None) == fewer
    assert await house.clubs.settings(CLUB) == fewer
    assert await house.clubs.settings(OTHER) == ClubSettings()


async def test_every_field_that_changed_has_a_line_of_who_from_what_to_what(house: House) -> None:
    await house.clubs.change(CLUB, MAYA, **ALL)
    house.clock.run(HOUR)
    await house.clubs.change(CLUB, NOOR, language="de", share_channel=7, contact=None, tips="Drink")
    log = await house.clubs.log(CLUB)
    assert [(line.moderator, line.at) for line in log[:3]] == [(NOOR, house.clock.now())] * 3
    assert {(line.moderator, line.at) for line in log[3:]} == {(MAYA, house.clock.now() - HOUR)}
    assert await house.lines() == [
        ("tips", "Drink\nShort steps", "Drink"),
        ("share-channel", "<#5>", "<#7>"),
        ("contact", "Jo, physio · Tuesdays", None),
        ("tips", None, "Drink\nShort steps"),
        ("stretch-channel", None, "<#6>"),
        ("share-channel", None, "<#5>"),
        ("emergency", None, "The gate at the lake is open"),
        ("contact", None, "Jo, physio · Tuesdays"),
        ("language", "en", "de"),
        ("zone", None, "Europe/Berlin"),
    ]
    assert await house.clubs.log(OTHER) == []


async def test_what_changes_nothing_leaves_no_line(house: House) -> None:
    await house.clubs.change(CLUB, MAYA, contact="Jo")
    await house.clubs.change(CLUB, NOOR, contact=" Jo ")
    await house.clubs.change(CLUB, NOOR, emergency="")
    assert await house.lines() == [("contact", None, "Jo")]


@pytest.mark.parametrize(
    ("fields", "error"), [({"emergency": "Do not call 112"}, TextCountermands), ({"tips": "x\n" * 11}, None)]
)
async def test_a_text_that_is_refused_changes_nothing_else_either(
    house: House, fields: dict[str, str], error: type[Exception] | None
) -> None:
    if error is None:
        fields, error = {"tips": "\n".join(map(str, range(11)))}, TooManyTips
    with pytest.raises(error):
        await house.clubs.change(CLUB, MAYA, language="de", **fields)
    assert (await house.clubs.settings(CLUB), await house.lines()) == (ClubSettings(), [])


async def test_of_two_who_edit_one_field_the_second_is_told_and_nothing_is_written_over(house: House) -> None:
    seen = (await house.clubs.settings(CLUB)).fingerprint("contact")
    await house.clubs.change(CLUB, MAYA, seen, contact="Jo")
    with pytest.raises(ClubChanged):
        await house.clubs.change(CLUB, NOOR, seen, contact="Kim")
    assert (await house.clubs.settings(CLUB)).contact == "Jo"
    assert await house.lines() == [("contact", None, "Jo")]


async def test_two_who_edit_different_fields_are_not_in_each_others_way(house: House) -> None:
    seen = await house.clubs.settings(CLUB)
    await house.clubs.change(CLUB, MAYA, seen.fingerprint("contact"), contact="Jo")
    await house.clubs.change(CLUB, NOOR, seen.fingerprint("tips"), tips="Drink")
    assert await house.clubs.settings(CLUB) == ClubSettings(contact="Jo", tips=("Drink",))


async def test_who_sets_something_at_the_same_moment_loses_nothing_without_a_word(house: House) -> None:
    apart = ({"contact": "Jo"}, {"tips": "Drink"}, {"language": "de"}, {"zone": "Asia/Tokyo"})
    await asyncio.gather(*(house.clubs.change(CLUB, MAYA, **fields) for fields in apart))
    assert await house.clubs.settings(CLUB) == ClubSettings(
        contact="Jo", tips=("Drink",), language="de", zone="Asia/Tokyo"
    )
    names = [f"Kim {number}" for number in range(6)]
    told = await asyncio.gather(
        *(house.clubs.change(CLUB, NOOR, contact=name) for name in names), return_exceptions=True
    )
    won = [name for name, outcome in zip(names, told, strict=True) if isinstance(outcome, ClubSettings)]
    assert {type(outcome) for outcome in told} == {ClubSettings, ClubChanged}
    log = [line for line in await house.clubs.log(CLUB) if line.moderator == NOOR]
    assert [line.after for line in log] == won[::-1]
    assert (await house.clubs.settings(CLUB)).contact == won[-1]


async def test_the_clubs_clock_is_utc_until_somebody_chose_one_that_is_there(house: House) -> None:
    assert (await house.clubs.zone(CLUB)).key == "UTC"
    await house.clubs.change(CLUB, MAYA, zone="Asia/Tokyo")
    assert (await house.clubs.zone(CLUB)).key == "Asia/Tokyo"
    await house.clubs.change(CLUB, MAYA, zone="Europe/Nowhere")
    assert (await house.clubs.zone(CLUB)).key == "UTC"


async def test_settings_of_a_newer_version_are_not_written_over(house: House) -> None:
    newer = '{"version":2,"moods":["calm"]}'
    await house.storage.clubs.put(CLUB, newer, 0, house.clock.now())
    for ask in (house.clubs.settings(CLUB), house.clubs.change(CLUB, MAYA, language="de")):
        with pytest.raises(SettingsUnreadable):
            await ask
    assert await house.rows("select settings, version from club") == [(newer, 1)]
    assert await house.lines() == []
    assert await house.clubs.cached_settings(CLUB) == ClubSettings()


async def test_cards_read_what_is_set_and_a_change_shows_at_once(house: House) -> None:
    assert await house.clubs.cached_settings(CLUB) == ClubSettings()
    await house.clubs.change(CLUB, MAYA, contact="Jo")
    assert (await house.clubs.cached_settings(CLUB)).contact == "Jo"
    elsewhere = ClubService(house.storage, house.posts, house.clock)  # another process on the same database
    await elsewhere.change(CLUB, NOOR, contact="Kim")
    house.clock.run(CACHE_AGE)
    assert (await house.clubs.cached_settings(CLUB)).contact == "Kim"
    await house.clubs.erase(CLUB, MAYA)
    assert await house.clubs.cached_settings(CLUB) == await house.clubs.cached_settings(None) == ClubSettings()


async def test_cards_go_out_where_the_database_fails(house: House) -> None:
    await house.clubs.change(CLUB, MAYA, contact="Jo")
    assert (await house.clubs.cached_settings(CLUB)).contact == "Jo"
    house.clock.run(CACHE_AGE)
    async with house.storage.limber.writing() as connection:
        await connection.execute("update club set settings = '{'")
    assert (await house.clubs.cached_settings(CLUB)).contact == "Jo"


# --- posts ------------------------------------------------------------------------------------------------------------


async def test_a_post_that_is_added_and_removed_stands_in_the_log_as_it_was(house: House) -> None:
    item = await house.add()
    stopped = await house.clubs.remove_post(CLUB, NOOR, item.reminder.id)
    assert (stopped.leaving, stopped.item.reminder.id) == (False, item.reminder.id)
    assert await house.clubs.posts(CLUB) == []
    subject = LoggedPost(item.reminder.id, 5, MORNINGS)
    removed, added = await house.clubs.log(CLUB)
    now, gone = house.clock.now(), replace(subject, options=item.options)
    assert removed == LogLine(now, NOOR, AuditAction.POST_REMOVED, None, None, gone)
    assert added == LogLine(now, MAYA, AuditAction.POST_ADDED, None, None, subject)


async def test_a_club_without_a_time_zone_takes_the_one_of_its_first_post(house: House) -> None:
    draft = PostDraft(5, ZoneInfo("Asia/Tokyo"))
    saved = await house.clubs.save_post(CLUB, MAYA, draft, "pt-BR")
    assert (saved.schedule, saved.options.language) == (draft.schedule, "pt")
    assert await house.clubs.settings(CLUB) == ClubSettings(zone="Asia/Tokyo")
    await house.clubs.save_post(CLUB, NOOR, PostDraft(6, LONDON), "en-GB")
    assert await house.clubs.settings(CLUB) == ClubSettings(zone="Asia/Tokyo")
    assert [(line.moderator, line.action, line.after) for line in await house.clubs.log(CLUB)] == [
        (NOOR, AuditAction.POST_ADDED, None),
        (MAYA, AuditAction.ZONE, "Asia/Tokyo"),
        (MAYA, AuditAction.POST_ADDED, None),
    ]


async def test_settings_that_cannot_be_read_keep_no_post_from_being_saved_once(house: House) -> None:
    newer = '{"version":2,"moods":["calm"]}'
    await house.storage.clubs.put(CLUB, newer, 0, house.clock.now())
    await house.clubs.save_post(CLUB, MAYA, PostDraft(5, LONDON), "en")
    assert await house.lines() == [("post-added", None, None)]
    assert await house.rows("select settings from club") == [(newer,)]


@pytest.mark.parametrize("draft", [PostDraft(None, LONDON), PostDraft(5, None)])
async def test_a_draft_with_something_missing_is_not_saved(house: House, draft: PostDraft) -> None:
    with pytest.raises(OutOfDate):
        await house.clubs.save_post(CLUB, MAYA, draft, "en")
    assert await house.clubs.posts(CLUB) == []


async def test_every_part_of_a_post_that_changed_has_a_line(house: House) -> None:
    item = await house.add()
    options = PostOptions(moments=("after_run", "bed"), minutes=6, role=77, thread=True, language="de")
    changed = await house.change(NOOR, item, channel=6, at=EVENINGS.at, options=options)
    assert await house.clubs.post(CLUB, item.reminder.id, changed.reminder.version) == changed
    assert (await house.lines())[:-1] == [
        ("post-language", "en", "de"),
        ("post-thread", None, "yes"),
        ("post-role", None, "<@&77>"),
        ("post-minutes", None, "6"),
        ("post-moments", "desk", "after_run, bed"),
        ("post-channel", "<#5>", "<#6>"),
        ("post-when", MORNINGS, EVENINGS),
    ]
    assert [line.post for line in await house.clubs.log(CLUB)] == 8 * [LoggedPost(item.reminder.id, 5, MORNINGS)]


async def test_pauses_are_logged_with_their_end(house: House) -> None:
    name = (await house.add()).reminder.id
    assert not (await house.clubs.pause_post(CLUB, NOOR, name)).leaving
    await house.clubs.pause_post(CLUB, NOOR, name, date(2026, 3, 10))
    await house.clubs.resume_post(CLUB, MAYA, name)
    await house.clubs.resume_post(CLUB, None, name)
    lines = [line[0::2] for line in await house.lines()]
    assert lines[:-1] == [
        ("post-resumed", None),
        ("post-resumed", None),
        ("post-paused", "2026-03-10"),
        ("post-paused", None),
    ]
    assert [line.moderator for line in await house.clubs.log(CLUB)] == [None, MAYA, NOOR, NOOR, MAYA]


async def test_of_two_who_edit_one_schedule_the_second_is_told(house: House) -> None:
    name = (await house.add()).reminder.id
    mayas, noors = await house.clubs.post(CLUB, name), await house.clubs.post(CLUB, name)
    await house.change(MAYA, mayas, at=EVENINGS.at)
    with pytest.raises(ClubChanged):
        await house.change(NOOR, noors, at=time(9))
    with pytest.raises(ClubChanged):
        await house.clubs.post(CLUB, name, noors.reminder.version)
    with pytest.raises(ClubChanged):
        await house.clubs.remove_post(CLUB, NOOR, name, noors.reminder.version)
    assert (await house.clubs.post(CLUB, name)).schedule == EVENINGS
    assert [line[0] for line in await house.lines()] == ["post-when", "post-added"]


async def test_one_that_was_written_by_1_0_0_keeps_its_times_and_the_log_says_no_other(house: House) -> None:
    item = await house.add(EVENINGS)
    fields = {"version": 1, "at": "19:00", "weekdays": [*range(7)], "zone": "Europe/London"}
    old = json.dumps(fields | dict.fromkeys(("starts", "ends", "pause")))
    assert await house.storage.reminders.replace(replace(item.reminder, schedule=old))
    before = await house.clubs.post(CLUB, item.reminder.id)
    after = await house.change(NOOR, before, channel=6)
    assert (before.schedule, after.schedule, after.reminder.schedule) == (EVENINGS, EVENINGS, item.reminder.schedule)
    assert [line[0] for line in await house.lines()] == ["post-channel", "post-added"]


async def test_one_that_was_removed_takes_no_change(house: House) -> None:
    item = await house.add()
    await house.clubs.remove_post(CLUB, MAYA, item.reminder.id)
    with pytest.raises(NoSuchPost):
        await house.change(NOOR, item, channel=6)
    with pytest.raises(ClubChanged):  # between the look and the change
        await house.posts.change(item, channel=6)
    for ask in (house.clubs.pause_post, house.clubs.resume_post, house.clubs.remove_post):
        with pytest.raises(NoSuchPost):
            await ask(CLUB, NOOR, item.reminder.id)
    assert len(await house.lines()) == 2


async def test_one_that_somebody_changes_each_time_it_is_to_be_removed_stays(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = await house.add()

    async def too_late(*_: object) -> bool:
        return False

    monkeypatch.setattr(house.storage.reminders, "replace", too_late)
    with pytest.raises(ClubChanged):
        await house.clubs.remove_post(CLUB, NOOR, item.reminder.id)
    assert await house.clubs.posts(CLUB) == [item]


async def test_another_club_never_meets_it(house: House) -> None:
    item = await house.add()
    for ask in (house.clubs.pause_post, house.clubs.resume_post, house.clubs.remove_post):
        with pytest.raises(NoSuchPost):
            await ask(OTHER, NOOR, item.reminder.id)
    assert await house.clubs.posts(CLUB) == [item]
    assert await house.clubs.log(OTHER) == []


async def test_one_that_was_blocked_rings_again_and_the_log_says_so(house: House) -> None:
    item = await house.add()
    blocked = replace(item.reminder, state=ReminderState.BLOCKED, reason="50001")
    assert await house.storage.reminders.replace(blocked)
    await house.change(NOOR, await house.clubs.post(CLUB, item.reminder.id), channel=6)
    assert [line[0] for line in await house.lines()] == ["post-resumed", "post-channel", "post-added"]


async def test_one_whose_schedule_cannot_be_read_says_what_to_do_and_can_be_removed(house: House) -> None:
    for old, new, error in (("Europe/London", "Europe/Nowhere", PostZoneGone), ("01", "10", None)):
        item = await house.add()
        broken = item.reminder.schedule.replace(old, new)
        assert await house.storage.reminders.replace(replace(item.reminder, schedule=broken))
        for ask in (house.clubs.pause_post, house.clubs.resume_post):
            with pytest.raises(error or PostUnreadable):
                await ask(CLUB, MAYA, item.reminder.id)
        assert await house.clubs.pause_all(CLUB, MAYA) == []
        await house.clubs.remove_post(CLUB, MAYA, item.reminder.id)
        removed = next(line for line in await house.clubs.log(CLUB) if line.action is AuditAction.POST_REMOVED)
        assert removed.post == LoggedPost(item.reminder.id, 5, None, item.options)
        house.clock.run(MINUTE)


async def test_everything_is_paused_and_resumed_with_one_step(house: House) -> None:
    quiet, *ringing = [await house.add(EVENINGS) for _ in range(4)]
    over = await house.posts.add(CLUB, 5, replace(EVENINGS, ends=date(2026, 3, 1)), DESK)
    await house.clubs.pause_post(CLUB, MAYA, quiet.reminder.id)
    stopped = await house.clubs.pause_all(CLUB, NOOR)
    assert {one.item.reminder.id for one in stopped} == {item.reminder.id for item in ringing}
    states = {item.reminder.id: item.reminder.state for item in await house.clubs.posts(CLUB)}
    assert states.pop(over.reminder.id) is ReminderState.ENDED
    assert set(states.values()) == {ReminderState.PAUSED}
    assert [line[0] for line in await house.lines()].count("post-paused") == 4
    assert await house.clubs.pause_all(CLUB, NOOR) == []

    resumed = await house.clubs.resume_all(CLUB, NOOR)
    assert {item.reminder.id for item in resumed} == states.keys()
    assert {item.reminder.state for item in resumed} == {ReminderState.ACTIVE}


async def test_who_edits_one_while_everything_is_paused_does_not_keep_it_ringing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited, removed = await house.add(), await house.add()
    pause = house.posts.pause

    async def meddled(paused: ClubReminder, until: date | None = None) -> ClubReminder:
        for item in await house.clubs.posts(CLUB):
            if item.reminder.id == edited.reminder.id and item.reminder.version == 1:
                await house.posts.change(item, channel=9)
                raise EditedMeanwhile
            if item.reminder.id == removed.reminder.id:
                await house.posts.remove(CLUB, removed.reminder.id)
        return await pause(paused, until)

    monkeypatch.setattr(house.posts, "pause", meddled)
    (stopped,) = await house.clubs.pause_all(CLUB, MAYA)
    (item,) = await house.clubs.posts(CLUB)
    assert item == stopped.item
    assert (item.reminder.id, item.reminder.channel) == (edited.reminder.id, 9)
    assert item.reminder.state is ReminderState.PAUSED


async def test_where_others_never_stop_editing_it_says_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def always(*_: object, **__: object) -> ClubReminder:
        raise EditedMeanwhile

    await house.add()
    monkeypatch.setattr(house.posts, "pause", always)
    with pytest.raises(ClubChanged):
        await house.clubs.pause_all(CLUB, MAYA)


async def test_that_a_post_is_off_is_news_once(house: House) -> None:
    item = await house.add()
    blocked = replace(item.reminder, state=ReminderState.BLOCKED, reason="50001")
    assert await house.storage.reminders.replace(blocked)
    await house.clubs.mark_reported(item)
    assert (await house.clubs.post(CLUB, item.reminder.id)).reminder.told


async def test_a_pause_of_everything_that_would_be_over_pauses_nothing(house: House) -> None:
    await house.add(replace(EVENINGS, zone=ZoneInfo("Pacific/Kiritimati")))
    await house.add()
    with pytest.raises(PauseOver):  # the second of March is over there, and not here
        await house.clubs.pause_all(CLUB, MAYA, date(2026, 3, 2))
    assert {item.reminder.state for item in await house.clubs.posts(CLUB)} == {ReminderState.ACTIVE}
    assert [line[0] for line in await house.lines()] == ["post-added"] * 2


async def test_there_is_an_end_to_how_many(house: House) -> None:
    for _ in range(MAX_POSTS):
        await house.add()
    with pytest.raises(TooManyPosts):
        await house.add()
    assert len(await house.lines()) == MAX_POSTS


# --- the log ----------------------------------------------------------------------------------------------------------


async def test_the_log_goes_back_half_a_year_and_old_lines_are_deleted(house: House) -> None:
    await house.clubs.change(CLUB, MAYA, contact="Jo")
    house.clock.set(LOG_RETENTION)
    await house.clubs.change(CLUB, MAYA, contact="Kim")
    assert len(await house.lines()) == 2
    await house.clubs.purge(DAY)
    assert len(await house.rows("select * from club_change")) == 2
    house.clock.set(MINUTE)
    assert await house.lines() == [("contact", "Jo", "Kim")]
    await house.clubs.purge(DAY)
    assert len(await house.rows("select * from club_change")) == 1


async def test_who_changed_something_stands_in_the_log_alone(house: House) -> None:
    await house.clubs.change(CLUB, MAYA, **ALL)
    item = await house.add()
    await house.clubs.pause_post(CLUB, MAYA, item.reminder.id)
    async with house.storage.limber.writing() as connection:
        await connection.execute("delete from club_change")
    await house.storage.limber.rewrite()
    canaries = (str(MAYA).encode(), MAYA.to_bytes(8), MAYA.to_bytes(8, "little"))
    for file in house.storage.limber.path.parent.iterdir():
        assert not [canary for canary in canaries if canary in file.read_bytes()], file.name


async def test_a_line_of_a_newer_version_is_passed_over(house: House) -> None:
    odd = [
        ChangeRow(CLUB, house.clock.now(), MAYA, "moods"),
        ChangeRow(CLUB, house.clock.now(), MAYA, "post-added", post='{"name":"x"}'),
        ChangeRow(CLUB, house.clock.now(), MAYA, "post-added", post="{"),
    ]
    unread = ChangeRow(CLUB, house.clock.now(), MAYA, "post-when", before="?", after="?")
    await house.storage.changes.add([*odd, unread])
    assert await house.lines() == [("post-when", None, None)]


# --- coming, going, erasing -------------------------------------------------------------------------------------------


async def test_hello_is_said_once_and_who_comes_back_finds_everything(house: House) -> None:
    assert await house.clubs.joined(CLUB)
    await house.clubs.change(CLUB, MAYA, contact="Jo")
    item = await house.add()
    await house.engine.settled()  # it looked before the clock is set
    await house.clubs.left(CLUB)
    house.clock.set(30 * DAY)
    await house.clubs.purge(31 * DAY)
    assert not await house.clubs.joined(CLUB)
    house.clock.set(30 * DAY)
    await house.clubs.purge(31 * DAY)
    assert (await house.clubs.settings(CLUB)).contact == "Jo"
    assert await house.clubs.posts(CLUB) == [item]


async def test_who_stays_away_for_longer_than_the_host_keeps_things_is_deleted(house: House) -> None:
    await house.add()
    await house.clubs.change(OTHER, MAYA, contact="Jo")
    await house.clubs.left(CLUB)
    house.clock.set(31 * DAY)
    await house.clubs.purge(31 * DAY)
    assert len(await house.clubs.posts(CLUB)) == 1
    house.clock.set(MINUTE)
    await house.clubs.purge(31 * DAY)
    assert await house.clubs.posts(CLUB) == await house.clubs.log(CLUB) == []
    assert (await house.clubs.settings(OTHER)).contact == "Jo"


async def test_a_club_that_only_ever_had_a_post_is_noted_when_it_leaves_while_nobody_looks(house: House) -> None:
    await house.clubs.save_post(CLUB, MAYA, PostDraft(5, LONDON), "en")
    await house.clubs.reconcile([OTHER], lambda _: True)
    house.clock.set(2 * DAY)
    await house.clubs.purge(DAY)
    assert await house.clubs.posts(CLUB) == []


async def test_an_erasure_leaves_one_line_and_no_byte_of_anything_else(house: House) -> None:
    await house.add(role=8_800_000_000_000_000_077)
    await house.clubs.change(CLUB, MAYA, contact="Canary the physio", tips="Canary tip")
    await house.clubs.change(OTHER, MAYA, contact="Jo")
    assert await house.clubs.erase(CLUB, NOOR) == ErasedClub(settings=True, posts=1, changes=3, barometer=False)
    (line,) = await house.clubs.log(CLUB)
    assert line == LogLine(house.clock.now(), NOOR, AuditAction.ERASED, "1", None, None)
    assert (await house.clubs.settings(CLUB), await house.clubs.posts(CLUB)) == (ClubSettings(), [])
    for file in house.storage.limber.path.parent.iterdir():
        for canary in (b"Canary", b"8800000000000000077"):
            assert canary not in file.read_bytes(), file.name
    assert (await house.clubs.settings(OTHER)).contact == "Jo"


async def test_asked_by_the_host_an_erasure_leaves_nothing(house: House) -> None:
    await house.add()
    await house.clubs.erase(CLUB, None)
    await house.clubs.erase(OTHER, None)
    for table in ("club", "club_change", "reminder", "occurrence"):
        assert await house.rows(f"select * from {table}") == []  # noqa: S608


async def test_without_a_database_it_says_so_and_cards_go_out(house: House) -> None:
    clubs = ClubService(None, house.posts, house.clock)
    for ask in (
        clubs.settings(CLUB),
        clubs.change(CLUB, MAYA, language="de"),
        clubs.log(CLUB),
        clubs.erase(CLUB, MAYA),
    ):
        with pytest.raises(RemindersClosed):
            await ask
    assert await clubs.cached_settings(CLUB) == ClubSettings()
    assert await clubs.joined(CLUB)
    await clubs.left(CLUB)
    await clubs.reconcile([CLUB], lambda _: True)
    await clubs.purge(timedelta())


async def test_what_a_schedule_was_is_read_back_as_a_schedule(house: House) -> None:
    item = await house.add(replace(EVENINGS, zone=LONDON))
    paused = (await house.clubs.pause_post(CLUB, MAYA, item.reminder.id, date(2026, 3, 10))).item
    await house.change(MAYA, paused, at=MORNINGS.at, options=DESK)
    assert (await house.lines())[0] == ("post-when", EVENINGS, MORNINGS)
