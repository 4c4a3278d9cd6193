"""What moderators change, who is told, and what the log says about it."""

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clubs.audit_log import LogLine, Subject, What
from bot.clubs.errors import ClubChanged, NoSuchPost, PostUnreadable, PostZoneGone
from bot.clubs.service import FRESH, LOGGED, ClubService, Purged
from bot.clubs.settings import ClubSettings, SettingsUnreadable
from bot.clubs.text_rules import EmergencyContradicts, TooManyTips
from bot.reminders.club_service import MOST, ClubReminder, TooManyPosts
from bot.reminders.errors import EditedMeanwhile, RemindersClosed
from bot.reminders.post_routine import PostOptions
from bot.schedules.schedule import PauseOver
from bot.storage.changes import ChangeRow
from bot.storage.clubs import ErasedClub
from bot.storage.reminders import ReminderState
from tests.unit.clubs.house import CLUB, EVENINGS, HIPS, LONDON, MAYA, MORNINGS, NOOR, OTHER, House
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
    assert await house.desk.settings(CLUB) == ClubSettings()
    assert await house.desk.change(CLUB, MAYA, **ALL) == SET
    assert await house.desk.settings(CLUB) == SET
    fewer = replace(SET, contact=None, tips=(), share_channel=None)
    assert await house.desk.change(CLUB, NOOR, contact=" \n", tips="", share_channel=None) == fewer
    assert await house.desk.settings(CLUB) == fewer
    assert await house.desk.settings(OTHER) == ClubSettings()


async def test_every_field_that_changed_has_a_line_of_who_from_what_to_what(house: House) -> None:
    await house.desk.change(CLUB, MAYA, **ALL)
    house.clock.run(HOUR)
    await house.desk.change(CLUB, NOOR, language="de", share_channel=7, contact=None, tips="Drink")
    log = await house.desk.log(CLUB)
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
    assert await house.desk.log(OTHER) == []


async def test_what_changes_nothing_leaves_no_line(house: House) -> None:
    await house.desk.change(CLUB, MAYA, contact="Jo")
    await house.desk.change(CLUB, NOOR, contact=" Jo ")
    await house.desk.change(CLUB, NOOR, emergency="")
    assert await house.lines() == [("contact", None, "Jo")]


@pytest.mark.parametrize(
    ("fields", "error"), [({"emergency": "Do not call 112"}, EmergencyContradicts), ({"tips": "x\n" * 11}, None)]
)
async def test_a_text_that_is_refused_changes_nothing_else_either(
    house: House, fields: dict[str, str], error: type[Exception] | None
) -> None:
    if error is None:
        fields, error = {"tips": "\n".join(map(str, range(11)))}, TooManyTips
    with pytest.raises(error):
        await house.desk.change(CLUB, MAYA, language="de", **fields)
    assert (await house.desk.settings(CLUB), await house.lines()) == (ClubSettings(), [])


async def test_of_two_who_edit_one_field_the_second_is_told_and_nothing_is_written_over(house: House) -> None:
    seen = (await house.desk.settings(CLUB)).mark("contact")
    await house.desk.change(CLUB, MAYA, seen, contact="Jo")
    with pytest.raises(ClubChanged):
        await house.desk.change(CLUB, NOOR, seen, contact="Kim")
    assert (await house.desk.settings(CLUB)).contact == "Jo"
    assert await house.lines() == [("contact", None, "Jo")]


async def test_two_who_edit_different_fields_are_not_in_each_others_way(house: House) -> None:
    seen = await house.desk.settings(CLUB)
    await house.desk.change(CLUB, MAYA, seen.mark("contact"), contact="Jo")
    await house.desk.change(CLUB, NOOR, seen.mark("tips"), tips="Drink")
    assert await house.desk.settings(CLUB) == ClubSettings(contact="Jo", tips=("Drink",))


async def test_who_sets_something_at_the_same_moment_loses_nothing_without_a_word(house: House) -> None:
    apart = ({"contact": "Jo"}, {"tips": "Drink"}, {"language": "de"}, {"zone": "Asia/Tokyo"})
    await asyncio.gather(*(house.desk.change(CLUB, MAYA, **fields) for fields in apart))
    assert await house.desk.settings(CLUB) == ClubSettings(
        contact="Jo", tips=("Drink",), language="de", zone="Asia/Tokyo"
    )
    names = [f"Kim {number}" for number in range(6)]
    told = await asyncio.gather(
        *(house.desk.change(CLUB, NOOR, contact=name) for name in names), return_exceptions=True
    )
    won = [name for name, outcome in zip(names, told, strict=True) if isinstance(outcome, ClubSettings)]
    assert {type(outcome) for outcome in told} == {ClubSettings, ClubChanged}
    log = [line for line in await house.desk.log(CLUB) if line.moderator == NOOR]
    assert [line.after for line in log] == won[::-1]
    assert (await house.desk.settings(CLUB)).contact == won[-1]


async def test_the_clubs_clock_is_utc_until_somebody_chose_one_that_is_there(house: House) -> None:
    assert (await house.desk.zone(CLUB)).key == "UTC"
    await house.desk.change(CLUB, MAYA, zone="Asia/Tokyo")
    assert (await house.desk.zone(CLUB)).key == "Asia/Tokyo"
    await house.desk.change(CLUB, MAYA, zone="Europe/Nowhere")
    assert (await house.desk.zone(CLUB)).key == "UTC"


async def test_settings_of_a_newer_version_are_not_written_over(house: House) -> None:
    newer = '{"version":2,"moods":["calm"]}'
    await house.storage.clubs.put(CLUB, newer, 0, house.clock.now())
    for ask in (house.desk.settings(CLUB), house.desk.change(CLUB, MAYA, language="de")):
        with pytest.raises(SettingsUnreadable):
            await ask
    assert await house.rows("select settings, version from club") == [(newer, 1)]
    assert await house.lines() == []
    assert await house.desk.shown(CLUB) == ClubSettings()


async def test_cards_read_what_is_set_and_a_change_shows_at_once(house: House) -> None:
    assert await house.desk.shown(CLUB) == ClubSettings()
    await house.desk.change(CLUB, MAYA, contact="Jo")
    assert (await house.desk.shown(CLUB)).contact == "Jo"
    elsewhere = ClubService(house.storage, house.posts, house.clock)  # another process on the same database
    await elsewhere.change(CLUB, NOOR, contact="Kim")
    house.clock.run(FRESH)
    assert (await house.desk.shown(CLUB)).contact == "Kim"
    await house.desk.erase(CLUB, MAYA)
    assert await house.desk.shown(CLUB) == await house.desk.shown(None) == ClubSettings()


async def test_cards_go_out_where_the_database_fails(house: House) -> None:
    await house.desk.change(CLUB, MAYA, contact="Jo")
    assert (await house.desk.shown(CLUB)).contact == "Jo"
    house.clock.run(FRESH)
    async with house.storage.limber.writing() as connection:
        await connection.execute("update club set settings = '{'")
    assert (await house.desk.shown(CLUB)).contact == "Jo"


# --- posts ------------------------------------------------------------------------------------------------------------


async def test_a_post_that_is_added_and_removed_stands_in_the_log_as_it_was(house: House) -> None:
    item = await house.add()
    stopped = await house.desk.remove_post(CLUB, NOOR, item.reminder.id)
    assert (stopped.leaving, stopped.item.reminder.id) == (False, item.reminder.id)
    assert await house.desk.posts(CLUB) == []
    subject = Subject(item.reminder.id, 5, MORNINGS)
    removed, added = await house.desk.log(CLUB)
    now = house.clock.now()
    assert removed == LogLine(now, NOOR, What.POST_REMOVED, None, None, subject)
    assert added == LogLine(now, MAYA, What.POST_ADDED, None, None, subject)


async def test_every_part_of_a_post_that_changed_has_a_line(house: House) -> None:
    item = await house.add()
    options = PostOptions(areas=("knee", "foot"), minutes=6, role=77, thread=True, language="de")
    changed = await house.desk.change_post(NOOR, item, channel=6, schedule=EVENINGS, options=options)
    assert await house.desk.post(CLUB, item.reminder.id, changed.reminder.version) == changed
    assert (await house.lines())[:-1] == [
        ("post-language", "en", "de"),
        ("post-thread", None, "yes"),
        ("post-role", None, "<@&77>"),
        ("post-minutes", None, "6"),
        ("post-areas", "hip", "knee, foot"),
        ("post-channel", "<#5>", "<#6>"),
        ("post-when", MORNINGS, EVENINGS),
    ]
    assert [line.post for line in await house.desk.log(CLUB)] == 8 * [Subject(item.reminder.id, 5, MORNINGS)]


async def test_pauses_are_logged_with_their_end(house: House) -> None:
    name = (await house.add()).reminder.id
    assert not (await house.desk.pause_post(CLUB, NOOR, name)).leaving
    await house.desk.pause_post(CLUB, NOOR, name, date(2026, 3, 10))
    await house.desk.resume_post(CLUB, MAYA, name)
    await house.desk.resume_post(CLUB, None, name)
    lines = [line[0::2] for line in await house.lines()]
    assert lines[:-1] == [
        ("post-resumed", None),
        ("post-resumed", None),
        ("post-paused", "2026-03-10"),
        ("post-paused", None),
    ]
    assert [line.moderator for line in await house.desk.log(CLUB)] == [None, MAYA, NOOR, NOOR, MAYA]


async def test_of_two_who_edit_one_schedule_the_second_is_told(house: House) -> None:
    name = (await house.add()).reminder.id
    mayas, noors = await house.desk.post(CLUB, name), await house.desk.post(CLUB, name)
    await house.desk.change_post(MAYA, mayas, schedule=EVENINGS)
    with pytest.raises(ClubChanged):
        await house.desk.change_post(NOOR, noors, schedule=replace(MORNINGS, at=time(9)))
    with pytest.raises(ClubChanged):
        await house.desk.post(CLUB, name, noors.reminder.version)
    with pytest.raises(ClubChanged):
        await house.desk.remove_post(CLUB, NOOR, name, noors.reminder.version)
    assert (await house.desk.post(CLUB, name)).schedule == EVENINGS
    assert [line[0] for line in await house.lines()] == ["post-when", "post-added"]


async def test_one_that_was_removed_takes_no_change(house: House) -> None:
    item = await house.add()
    await house.desk.remove_post(CLUB, MAYA, item.reminder.id)
    with pytest.raises(ClubChanged):
        await house.desk.change_post(NOOR, item, channel=6)
    for ask in (house.desk.pause_post, house.desk.resume_post, house.desk.remove_post):
        with pytest.raises(NoSuchPost):
            await ask(CLUB, NOOR, item.reminder.id)
    assert len(await house.lines()) == 2


async def test_another_club_never_meets_it(house: House) -> None:
    item = await house.add()
    for ask in (house.desk.pause_post, house.desk.resume_post, house.desk.remove_post):
        with pytest.raises(NoSuchPost):
            await ask(OTHER, NOOR, item.reminder.id)
    assert await house.desk.posts(CLUB) == [item]
    assert await house.desk.log(OTHER) == []


async def test_one_that_was_blocked_rings_again_and_the_log_says_so(house: House) -> None:
    item = await house.add()
    blocked = replace(item.reminder, state=ReminderState.BLOCKED, reason="50001")
    assert await house.storage.reminders.replace(blocked)
    await house.desk.change_post(NOOR, await house.desk.post(CLUB, item.reminder.id), channel=6)
    assert [line[0] for line in await house.lines()] == ["post-resumed", "post-channel", "post-added"]


async def test_one_whose_schedule_cannot_be_read_says_what_to_do_and_can_be_removed(house: House) -> None:
    for old, new, error in (("Europe/London", "Europe/Nowhere", PostZoneGone), ('"version":1', '"version":9', None)):
        item = await house.add()
        broken = item.reminder.schedule.replace(old, new)
        assert await house.storage.reminders.replace(replace(item.reminder, schedule=broken))
        for ask in (house.desk.pause_post, house.desk.resume_post):
            with pytest.raises(error or PostUnreadable):
                await ask(CLUB, MAYA, item.reminder.id)
        assert await house.desk.pause_all(CLUB, MAYA) == []
        await house.desk.remove_post(CLUB, MAYA, item.reminder.id)
        removed = next(line for line in await house.desk.log(CLUB) if line.what is What.POST_REMOVED)
        assert removed.post == Subject(item.reminder.id, 5, None)
        house.clock.run(MINUTE)


async def test_everything_is_paused_and_resumed_with_one_step(house: House) -> None:
    quiet, *ringing = [await house.add(EVENINGS) for _ in range(4)]
    over = await house.add(replace(EVENINGS, ends=date(2026, 3, 1)))
    await house.desk.pause_post(CLUB, MAYA, quiet.reminder.id)
    stopped = await house.desk.pause_all(CLUB, NOOR)
    assert {one.item.reminder.id for one in stopped} == {item.reminder.id for item in ringing}
    states = {item.reminder.id: item.reminder.state for item in await house.desk.posts(CLUB)}
    assert states.pop(over.reminder.id) is ReminderState.ENDED
    assert set(states.values()) == {ReminderState.PAUSED}
    assert [line[0] for line in await house.lines()].count("post-paused") == 4
    assert await house.desk.pause_all(CLUB, NOOR) == []

    resumed = await house.desk.resume_all(CLUB, NOOR)
    assert {item.reminder.id for item in resumed} == states.keys()
    assert {item.reminder.state for item in resumed} == {ReminderState.ACTIVE}


async def test_who_edits_one_while_everything_is_paused_does_not_keep_it_ringing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited, removed = await house.add(), await house.add()
    pause = house.posts.pause

    async def meddled(club: int, reminder: str, until: date | None = None) -> ClubReminder:
        for item in await house.desk.posts(CLUB):
            if item.reminder.id == edited.reminder.id and item.reminder.version == 1:
                await house.posts.change(item, channel=9)
                raise EditedMeanwhile
            if item.reminder.id == removed.reminder.id:
                await house.posts.remove(CLUB, removed.reminder.id)
        return await pause(club, reminder, until)

    monkeypatch.setattr(house.posts, "pause", meddled)
    (stopped,) = await house.desk.pause_all(CLUB, MAYA)
    (item,) = await house.desk.posts(CLUB)
    assert item == stopped.item
    assert (item.reminder.id, item.reminder.channel) == (edited.reminder.id, 9)
    assert item.reminder.state is ReminderState.PAUSED


async def test_where_others_never_stop_editing_it_says_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def always(*_: object) -> ClubReminder:
        raise EditedMeanwhile

    await house.add()
    monkeypatch.setattr(house.posts, "pause", always)
    with pytest.raises(ClubChanged):
        await house.desk.pause_all(CLUB, MAYA)


async def test_that_a_post_is_off_is_news_once(house: House) -> None:
    item = await house.add()
    blocked = replace(item.reminder, state=ReminderState.BLOCKED, reason="50001")
    assert await house.storage.reminders.replace(blocked)
    await house.desk.told(item)
    assert (await house.desk.post(CLUB, item.reminder.id)).reminder.told


async def test_a_pause_of_everything_that_would_be_over_pauses_nothing(house: House) -> None:
    await house.add(replace(EVENINGS, zone=ZoneInfo("Pacific/Kiritimati")))
    await house.add()
    with pytest.raises(PauseOver):  # the second of March is over there, and not here
        await house.desk.pause_all(CLUB, MAYA, date(2026, 3, 2))
    assert {item.reminder.state for item in await house.desk.posts(CLUB)} == {ReminderState.ACTIVE}
    assert [line[0] for line in await house.lines()] == ["post-added"] * 2


async def test_there_is_an_end_to_how_many(house: House) -> None:
    for _ in range(MOST):
        await house.add()
    with pytest.raises(TooManyPosts):
        await house.add()
    assert len(await house.lines()) == MOST


# --- the log ----------------------------------------------------------------------------------------------------------


async def test_the_log_goes_back_half_a_year_and_old_lines_are_deleted(house: House) -> None:
    await house.desk.change(CLUB, MAYA, contact="Jo")
    house.clock.set(LOGGED)
    await house.desk.change(CLUB, MAYA, contact="Kim")
    assert len(await house.lines()) == 2
    assert await house.desk.sweep(DAY) == Purged(0, 0)
    house.clock.set(MINUTE)
    assert await house.lines() == [("contact", "Jo", "Kim")]
    assert await house.desk.sweep(DAY) == Purged(1, 0)
    assert len(await house.rows("select * from club_change")) == 1


async def test_who_changed_something_stands_in_the_log_alone(house: House) -> None:
    await house.desk.change(CLUB, MAYA, **ALL)
    item = await house.add()
    await house.desk.pause_post(CLUB, MAYA, item.reminder.id)
    async with house.storage.limber.writing() as connection:
        await connection.execute("delete from club_change")
    await house.storage.limber.sweep()
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
    assert await house.desk.joined(CLUB)
    await house.desk.change(CLUB, MAYA, contact="Jo")
    item = await house.add()
    await house.desk.left(CLUB)
    house.clock.set(30 * DAY)
    assert (await house.desk.sweep(31 * DAY)).clubs == 0
    assert not await house.desk.joined(CLUB)
    house.clock.set(30 * DAY)
    assert (await house.desk.sweep(31 * DAY)).clubs == 0
    assert (await house.desk.settings(CLUB)).contact == "Jo"
    assert await house.desk.posts(CLUB) == [item]


async def test_who_stays_away_for_longer_than_the_host_keeps_things_is_deleted(house: House) -> None:
    await house.add()
    await house.desk.change(OTHER, MAYA, contact="Jo")
    await house.desk.left(CLUB)
    house.clock.set(31 * DAY)
    assert (await house.desk.sweep(31 * DAY)).clubs == 0
    house.clock.set(MINUTE)
    assert await house.desk.sweep(31 * DAY) == Purged(0, 1)
    assert await house.desk.posts(CLUB) == await house.desk.log(CLUB) == []
    assert (await house.desk.settings(OTHER)).contact == "Jo"


async def test_a_club_that_only_ever_had_a_post_is_noted_when_it_leaves_while_nobody_looks(house: House) -> None:
    await house.add()
    await house.desk.present([OTHER])
    house.clock.set(2 * DAY)
    assert (await house.desk.sweep(DAY)).clubs == 1


async def test_an_erasure_leaves_one_line_and_no_byte_of_anything_else(house: House) -> None:
    await house.desk.change(CLUB, MAYA, contact="Canary the physio", tips="Canary tip")
    await house.add(role=8_800_000_000_000_000_077)
    await house.desk.change(OTHER, MAYA, contact="Jo")
    assert await house.desk.erase(CLUB, NOOR) == ErasedClub(settings=True, posts=1, changes=3, barometer=False)
    (line,) = await house.desk.log(CLUB)
    assert line == LogLine(house.clock.now(), NOOR, What.ERASED, "1", None, None)
    assert (await house.desk.settings(CLUB), await house.desk.posts(CLUB)) == (ClubSettings(), [])
    for file in house.storage.limber.path.parent.iterdir():
        for canary in (b"Canary", b"8800000000000000077"):
            assert canary not in file.read_bytes(), file.name
    assert (await house.desk.settings(OTHER)).contact == "Jo"


async def test_asked_by_the_host_an_erasure_leaves_nothing(house: House) -> None:
    await house.add()
    await house.desk.erase(CLUB, None)
    await house.desk.erase(OTHER, None)
    for table in ("club", "club_change", "reminder", "occurrence"):
        assert await house.rows(f"select * from {table}") == []  # noqa: S608


async def test_without_a_database_it_says_so_and_cards_go_out(house: House) -> None:
    desk = ClubService(None, house.posts, house.clock)
    for ask in (desk.settings(CLUB), desk.change(CLUB, MAYA, language="de"), desk.log(CLUB), desk.erase(CLUB, MAYA)):
        with pytest.raises(RemindersClosed):
            await ask
    assert await desk.shown(CLUB) == ClubSettings()
    assert await desk.joined(CLUB)
    await desk.left(CLUB)
    await desk.present([CLUB])
    assert await desk.sweep(timedelta()) == Purged(0, 0)


async def test_what_a_schedule_was_is_read_back_as_a_schedule(house: House) -> None:
    item = await house.add(replace(EVENINGS, zone=LONDON))
    paused = (await house.desk.pause_post(CLUB, MAYA, item.reminder.id, date(2026, 3, 10))).item
    await house.desk.change_post(MAYA, paused, schedule=MORNINGS, options=HIPS)
    assert (await house.lines())[0] == ("post-when", EVENINGS, MORNINGS)
