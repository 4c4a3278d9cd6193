"""A moderator sets the club up, through the front door."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import discord
import pytest
import simcord

from bot.clubs.settings import ClubSettings, from_stored, to_stored
from bot.demo.club import DemoClub
from bot.demo.typed import ClockControl
from bot.settings import Settings
from bot.storage.errors import TooSlow
from bot.storage.reminders import Reminder, ReminderState
from bot.ui.locales import Locales
from tests.integration.forging import Forger
from tests.support.components import flat, labels, texts
from tests.support.ids import ids_of
from tests.support.judged import judged
from tests.support.pressing import sources

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
async def club(settings: Settings, locales: Locales) -> AsyncIterator[DemoClub]:
    """The club on a Monday morning in November."""
    async with judged(settings, locales, now=lambda: MONDAY) as opened:
        yield opened


def named(answer: Any, action: str) -> str:
    """The whole id of a button or menu."""
    return next(ids_of(flat(answer.response.components), action))


async def posts(club: DemoClub) -> list[Reminder]:
    assert club.services.storage is not None
    return await club.services.storage.reminders.of_club(club.guild.id)


async def shut(club: DemoClub, channel: int, *, again: bool = False) -> None:
    """Nobody but who has a role for it may write there; `again`: they may."""
    found, everyone = club.bot.get_channel(channel), club.bot.get_guild(club.guild.id).default_role
    await found.set_permissions(everyone, send_messages=None if again else False)
    await club.env.settle()


async def wind(club: DemoClub, until: str) -> None:
    async def nobody_looks() -> None:
        """There is no page to be shown."""

    await ClockControl(club, nobody_looks).to(datetime.fromisoformat(until).replace(tzinfo=UTC))


async def set_up(club: DemoClub, place: str = "stretching", **chosen: str) -> Any:
    """The shortest way to a schedule; returns the last answer."""
    maya = club.people["maya"]
    page = await maya.slash(club.channels[place], "club setup")
    if "zone" in chosen or "Next" not in [part.get("label") for part in flat(page.response.components)]:
        page = await maya.select(
            page.response, [chosen.get("zone", "Europe/London")], custom_id=named(page, "club_setup.zone")
        )
    page = await maya.click(page.response, label="Next")
    page = await maya.click(page.response, label="Preview")
    return await maya.click(page.response, label="Save")


async def test_from_nothing_to_the_first_post_in_few_clicks(club: DemoClub) -> None:
    """One command, one menu at most and three buttons; then it posts by itself."""
    saved = await set_up(club, zone="Europe/London")

    assert saved.response.ephemeral
    assert "Monday, Wednesday and Friday at 18:00, Europe/London" in texts(saved.response.components)
    [post] = await posts(club)
    assert post.channel == club.channels["stretching"].id
    await wind(club, "2026-11-23T18:01")
    message = club.channels["stretching"].last_message
    assert message.author.bot
    shown = [component.to_dict() for component in message.components]
    assert "Show me how" in labels(shown)


async def test_the_preview_shows_the_post_and_the_next_five_dates(club: DemoClub) -> None:
    maya = club.people["maya"]
    page = await maya.slash(club.channels["stretching"], "club setup")
    page = await maya.select(page.response, ["Europe/Berlin"], custom_id=named(page, "club_setup.zone"))
    page = await maya.click(page.response, label="Next")
    page = await maya.click(page.response, label="Preview")

    said = texts(page.response.components)
    assert " minutes. " in said  # what a post says
    dates = [datetime(2026, 11, day, 17, 0, tzinfo=UTC) for day in (23, 25, 27, 30)]
    assert [f"<t:{int(date.timestamp())}:d>" in said for date in dates] == [True] * 4
    assert said.count(":d>") == 5
    assert await posts(club) == []


async def test_every_choice_is_kept(club: DemoClub) -> None:
    maya, role = club.people["maya"], club.guild.create_role("stretchers", mentionable=True)
    page = await maya.slash(club.channels["general"], "club setup")
    page = await maya.select(page.response, ["Europe/London"], custom_id=named(page, "club_setup.zone"))
    page = await maya.select(page.response, [club.channels["stretching"]], custom_id=named(page, "club_setup.channel"))
    page = await maya.select(page.response, ["1", "3"], custom_id=named(page, "club_setup.days"))
    page = await maya.select(page.response, ["07:30"], custom_id=named(page, "club_setup.time"))
    page = await maya.click(page.response, label="Next")
    page = await maya.select(page.response, ["after_run", "desk"], custom_id=named(page, "club_setup.moments"))
    page = await maya.select(page.response, ["10"], custom_id=named(page, "club_setup.minutes"))
    page = await maya.select(page.response, [role], custom_id=named(page, "club_setup.role"))
    page = await maya.click(page.response, label="Thread under each post: no")
    page = await maya.click(page.response, label="Preview")
    saved = await maya.click(page.response, label="Save")

    assert "Tuesday and Thursday at 07:30" in texts(saved.response.components)
    listed = await maya.slash(club.channels["general"], "club reminder list")
    told = texts(listed.response.components)
    assert f"<#{club.channels['stretching'].id}>" in told
    assert "After a run · At the desk" in told
    assert "10 minutes at most" in told
    assert f"<@&{role.id}>" in told
    assert "a thread each" in told


async def test_another_time_and_another_place_are_typed_and_mended(club: DemoClub) -> None:
    maya = club.people["maya"]
    page = await maya.slash(club.channels["stretching"], "club setup")
    form = await maya.select(page.response, ["other"], custom_id=named(page, "club_setup.zone"))
    page = await maya.submit_modal(form, {"place": "Atlantis"})
    assert "I don’t know that place" in texts(page.response.components)
    form = await maya.select(page.response, ["other"], custom_id=named(page, "club_setup.zone"))
    page = await maya.submit_modal(form, {"place": "Kathmandu"})
    form = await maya.select(page.response, ["other"], custom_id=named(page, "club_setup.time"))
    page = await maya.submit_modal(form, {"when": "every 2 days at 6:15"})

    assert "Every 2 days at 06:15, Asia/Kathmandu" in texts(page.response.components)


async def test_setting_up_again_asks_whether_another_one_is_meant(club: DemoClub) -> None:
    await set_up(club, zone="Europe/London")
    maya = club.people["maya"]
    asked = await maya.slash(club.channels["general"], "club setup")
    assert labels(asked.response.components) == ["Change this one", "Add another"]
    page = await maya.click(asked.response, label="Change this one")
    page = await maya.select(page.response, ["20:00"], custom_id=named(page, "club_setup.time"))
    for button in ("Next", "Preview", "Save"):
        page = await maya.click(page.response, label=button)

    [post] = await posts(club)
    assert post.schedule.startswith("20:00 ")
    assert post.channel == club.channels["stretching"].id

    page = await maya.slash(club.channels["general"], "club setup")
    page = await maya.click(page.response, label="Add another")
    for button in ("Next", "Preview", "Save"):
        page = await maya.click(page.response, label=button)
    assert [other.channel for other in await posts(club) if other.id != post.id] == [club.channels["general"].id]
    several = await maya.slash(club.channels["general"], "club setup")
    assert "Your club’s posts" in texts(several.response.components)


async def test_half_way_keeps_nothing_and_says_so(club: DemoClub) -> None:
    maya = club.people["maya"]
    page = await maya.slash(club.channels["stretching"], "club setup")
    assert "nothing is kept" in texts(page.response.components)
    page = await maya.select(page.response, ["Europe/London"], custom_id=named(page, "club_setup.zone"))
    await club.env.advance_time(31 * 60)

    late = await maya.click(page.response, label="Next")

    assert "nothing of it was kept" in texts(late.response.components)
    assert await posts(club) == []


async def test_a_channel_where_it_may_not_write_is_refused_at_that_moment(club: DemoClub) -> None:
    maya, closed = club.people["maya"], club.guild.create_text_channel("closed")
    await shut(club, closed.id)
    page = await maya.slash(club.channels["stretching"], "club setup")
    page = await maya.select(page.response, ["Europe/London"], custom_id=named(page, "club_setup.zone"))
    page = await maya.select(page.response, [closed], custom_id=named(page, "club_setup.channel"))

    assert "I may not write in" in texts(page.response.components)


async def previewed(club: DemoClub) -> Any:
    """The last card before *Save*."""
    maya = club.people["maya"]
    page = await maya.slash(club.channels["stretching"], "club setup")
    page = await maya.select(page.response, ["Europe/London"], custom_id=named(page, "club_setup.zone"))
    for button in ("Next", "Preview"):
        page = await maya.click(page.response, label=button)
    return page


async def test_save_pressed_twice_is_one_schedule(club: DemoClub) -> None:
    maya = club.people["maya"]
    page = await previewed(club)
    save = named(page, "club_setup.save")
    await maya.click(page.response, label="Save")

    second = await _press(club, "maya", save)

    assert "nothing of it was kept" in texts(second.response.components)
    assert len(await posts(club)) == 1


async def test_save_that_fails_can_be_pressed_again(club: DemoClub, monkeypatch: pytest.MonkeyPatch) -> None:
    maya = club.people["maya"]
    page = await previewed(club)
    save = named(page, "club_setup.save")

    async def away(*_: object, **__: object) -> bool:
        raise TooSlow("the database is held by another program")

    with monkeypatch.context() as patched:
        patched.setattr(club.services.storage.reminders, "add", away)
        failed = await maya.click(page.response, label="Save")
    again = await _press(club, "maya", save)

    assert "try again" in texts(failed.response.components)
    assert "I post in" in texts(again.response.components)
    assert len(await posts(club)) == 1


async def test_what_was_resumed_is_paused_with_all_others(club: DemoClub) -> None:
    await set_up(club, zone="Europe/London")
    maya, general = club.people["maya"], club.channels["general"]
    [post] = await posts(club)
    await club.env.advance_time(10 * 3600)  # Monday evening, after the post; the next one is on Wednesday
    await maya.slash(general, "club reminder pause", reminder=post.id)
    await maya.slash(general, "club reminder resume", reminder=post.id)

    listed = await maya.slash(general, "club reminder list")
    await maya.slash(general, "club pause-all")

    assert "Paused" not in texts(listed.response.components)
    assert [post.state for post in await posts(club)] == [ReminderState.PAUSED]


async def test_a_paused_post_that_is_changed_is_not_said_to_come(club: DemoClub) -> None:
    await set_up(club, zone="Europe/London")
    maya, general = club.people["maya"], club.channels["general"]
    [post] = await posts(club)
    await maya.slash(general, "club reminder pause", reminder=post.id)

    page = await maya.slash(general, "club reminder edit", reminder=post.id)
    for button in ("Next", "Preview", "Save"):
        page = await maya.click(page.response, label=button)

    assert "Paused" in texts(page.response.components)
    assert "The first comes" not in texts(page.response.components)


async def _press(club: DemoClub, name: str, custom_id: str) -> Any:
    """A press of what is no longer on the card."""
    return await Forger(club, name).press(custom_id)


async def test_pause_resume_remove_and_test(club: DemoClub) -> None:
    await set_up(club, zone="Europe/London")
    maya, general = club.people["maya"], club.channels["general"]
    [post] = await posts(club)

    tested = await maya.slash(general, "club reminder test", reminder=post.id)
    assert "there is a test" in texts(tested.response.components)
    shown = [component.to_dict() for component in club.channels["stretching"].last_message.components]
    assert "Just a preview" in texts(shown)
    paused = await maya.slash(general, "club reminder pause", reminder=post.id)
    assert "Paused" in texts(paused.response.components)
    await wind(club, "2026-11-24T09:00")
    assert [state.state for state in await posts(club)] == [ReminderState.PAUSED]
    resumed = await maya.click(paused.response, label="Turn it on")
    assert "Next:" in texts(resumed.response.components)
    removed = await maya.slash(general, "club reminder remove", reminder=post.id)
    assert "The schedule has been removed" in texts(removed.response.components)
    assert await posts(club) == []
    log = await maya.slash(general, "club log")
    said = texts(log.response.components)
    older = await maya.click(log.response, label="Older")
    said += texts(older.response.components)
    for line in ("added a schedule", "paused a schedule", "turned a schedule on", "removed a schedule"):
        assert line in said
    assert f"<@{maya.id}>" in said


async def test_a_trial_that_discord_does_not_confirm_is_not_called_a_fault_of_ours(club: DemoClub) -> None:
    await set_up(club, zone="Europe/London")
    maya, general = club.people["maya"], club.channels["general"]
    [post] = await posts(club)
    club.env.inject_error("POST", f"/channels/{club.channels['stretching'].id}/messages", status=503)
    tested = await maya.slash(general, "club reminder test", reminder=post.id)
    assert "Look into the channel before you try again" in texts(tested.response.components)


async def test_pause_all_and_all_on_again(club: DemoClub) -> None:
    await set_up(club, zone="Europe/London")
    maya, general = club.people["maya"], club.channels["general"]

    paused = await maya.slash(general, "club pause-all")
    assert "One schedule is paused" in texts(paused.response.components)
    again = await maya.click(paused.response, label="Undo")

    assert "Undone" in texts(again.response.components)
    assert [post.state for post in await posts(club)] == [ReminderState.ACTIVE]

    await maya.slash(general, "club pause-all")
    listed = await maya.slash(general, "club reminder list")
    again = await maya.click(listed.response, label="Turn all on")
    assert "One schedule is on again" in texts(again.response.components)
    assert [post.state for post in await posts(club)] == [ReminderState.ACTIVE]


async def test_the_club_s_words_stand_beside_ours(club: DemoClub) -> None:
    maya, ana, general = club.people["maya"], club.people["ana"], club.channels["general"]
    form = await maya.slash(general, "club contact")
    kept = await maya.submit_modal(form, {"contact": "Jo, physio, Tuesdays", "emergency": "Lifeguard at the pier"})
    assert "Jo, physio, Tuesdays" in texts(kept.response.components)

    card = await ana.slash(general, "pain", area="hip")
    now = await ana.click(card.response, label="Yes, or not sure")
    alarm = await ana.slash(general, "pain", area="crushing chest pain")

    for answer in (now, alarm):
        said = texts(answer.response.components)
        assert "emergency number" in said
        assert "Jo, physio, Tuesdays" in said
        assert "Lifeguard at the pier" in said
        assert "not checked" in said
        assert said.index("emergency number") < said.index("Lifeguard")


@pytest.mark.parametrize("text", ["@everyone come", "see https://x.example", "x" * 4000, "Do not call an ambulance"])
async def test_words_that_cannot_stand_there_are_refused_and_not_lost(club: DemoClub, text: str) -> None:
    maya = club.people["maya"]
    form = await maya.slash(club.channels["general"], "club contact")
    answer = await maya.submit_modal(form, {"contact": "", "emergency": text[:500]})
    if len(text) > 500:
        return

    assert labels(answer.response.components) == ["Fix it"]
    again = await maya.click(answer.response, label="Fix it")
    assert text in str(again.modal)


async def test_tips_are_shown_as_not_checked(club: DemoClub) -> None:
    maya, ana = club.people["maya"], club.people["ana"]
    form = await maya.slash(club.channels["general"], "club tips")
    await maya.submit_modal(form, {"tips": "Shake out your arms at the pier\n**Bold** steps"})

    tip = await ana.slash(club.channels["general"], "tip", area="knee")
    alone = await ana.user.slash("tip", area="knee")

    assert "From your club, not checked:" in texts(tip.response.components)
    assert "From your club" not in texts(alone.response.components)


async def test_share_goes_where_the_moderators_want_it(club: DemoClub) -> None:
    maya, ana = club.people["maya"], club.people["ana"]
    await maya.slash(club.channels["general"], "club channel", share=club.channels["sore-legs"])
    here = await ana.slash(club.channels["general"], "pain", area="hip")
    helps = await ana.click(here.response, label="What helps")
    refused = await ana.click(helps.response, label="Share")
    there = await ana.slash(club.channels["sore-legs"], "pain", area="hip")
    helps = await ana.click(there.response, label="What helps")
    shared = await ana.click(helps.response, label="Share")

    assert refused.ephemeral
    assert f"<#{club.channels['sore-legs'].id}>" in texts(refused.response.components)
    assert not shared.ephemeral


async def test_a_channel_can_be_taken_back_and_is_not_chosen_beside_anywhere(club: DemoClub) -> None:
    maya, general = club.people["maya"], club.channels["general"]
    here = f"<#{general.id}>"
    for what in ("share", "stretch"):
        chosen = await maya.slash(general, "club channel", **{what: general})
        both = await maya.slash(general, "club channel", **{what: general, f"{what}_anywhere": True})
        taken_back = await maya.slash(general, "club channel", **{f"{what}_anywhere": True})

        assert here in texts(chosen.response.components)
        assert "Leave one of them out" in texts(both.response.components)
        assert here not in texts(taken_back.response.components)


async def test_a_club_whose_zone_is_gone_chooses_another(club: DemoClub) -> None:
    maya, general = club.people["maya"], club.channels["general"]
    gone = to_stored(ClubSettings(zone="Europe/Nowhere"))
    assert await club.services.storage.clubs.put(club.guild.id, gone, 0, MONDAY)

    await set_up(club, zone="Europe/London")

    row = await club.services.storage.clubs.find(club.guild.id)
    assert from_stored(row.settings).zone == "Europe/London"
    doctor = await maya.slash(general, "club doctor")
    assert "Nowhere" not in texts(doctor.response.components)


async def test_the_doctor_names_what_to_click_and_is_well_when_all_is(club: DemoClub) -> None:
    await set_up(club, zone="Europe/London")
    maya, general = club.people["maya"], club.channels["general"]
    well = await maya.slash(general, "club doctor")
    assert "All is well" in texts(well.response.components)
    assert texts(well.response.components).count("18:00 on the clock in Europe/London") == 5

    await club.bot.get_channel(club.channels["stretching"].id).delete()
    ill = await maya.slash(general, "club doctor")

    assert "This stops posts" in texts(ill.response.components)


async def test_what_was_mended_goes_on_by_itself_and_is_told_once(club: DemoClub) -> None:
    await set_up(club, zone="Europe/London")
    channel = club.channels["stretching"].id
    await shut(club, channel)
    await wind(club, "2026-11-23T18:01")
    [post] = await posts(club)
    assert (post.state, post.reason) == (ReminderState.BLOCKED, "50013")

    for _ in range(2):
        for chore in club.bot.features.maintenance:
            await club.inside.run(_task, chore)
            await club.env.settle()
    told = [message for place in club.channels.values() for message in place.history() if _says(message, "as planned")]
    assert len(told) == 1
    await shut(club, channel, again=True)

    assert [post.state for post in await posts(club)] == [ReminderState.ACTIVE]


def _task(chore: Any) -> Any:
    return asyncio.ensure_future(chore())


def _says(message: discord.Message, text: str) -> bool:
    return text in texts([component.to_dict() for component in message.components])


async def test_everything_of_a_club_can_be_deleted(club: DemoClub) -> None:
    await set_up(club, zone="Europe/London")
    maya, general = club.people["maya"], club.channels["general"]
    asked = await maya.slash(general, "club erase")
    gone = await maya.click(asked.response, label="Yes, delete it")

    assert "One schedule" in texts(gone.response.components)
    assert await posts(club) == []


async def test_advice_that_looks_wrong_is_told_to_the_contact_without_answers(club: DemoClub) -> None:
    maya, ana, general = club.people["maya"], club.people["ana"], club.channels["general"]
    form = await maya.slash(general, "club contact")
    await maya.submit_modal(form, {"contact": "Jo, physio", "emergency": ""})
    card = await ana.slash(general, "pain", area="hip")
    page = await sources(ana, card)

    wrong = await ana.click(page.response, label="This looks wrong")

    assert wrong.ephemeral
    assert "Jo, physio" in texts(wrong.response.components)
    assert "hip ·" in texts(wrong.response.components)


async def test_a_runner_may_do_none_of_it(club: DemoClub) -> None:
    for command in ("club setup", "club doctor", "club log", "club erase", "club pause-all", "club reminder list"):
        with pytest.raises(simcord.SetupError):
            await club.people["ana"].slash(club.channels["general"], command)
