"""The standing button, through the front door."""

import pytest
import simcord

from bot.demo.club import DemoClub
from tests.integration.diary import agreed, diary_of, menu
from tests.support.components import labels, texts


async def test_a_moderator_posts_it_and_nobody_sees_who_tapped(club: DemoClub) -> None:
    maya, ana = club.people["maya"], await agreed(club, "ana")
    posted = await maya.slash(club.channels["general"], "club button")

    asked = await ana.click(posted.response, label="Check in")
    scored = await ana.select(asked.response, ["hip"], custom_id=menu(asked, "checkin.area"))
    saved = await ana.select(scored.response, ["3"], custom_id=menu(scored, "checkin.score"))

    assert not posted.ephemeral
    assert labels(posted.response.components) == ["Check in"]
    assert asked.ephemeral
    assert "Hip: 3 out of 10" in texts(saved.response.components)
    assert club.channels["general"].last_message.id == posted.response.id
    assert len(await (await diary_of(club).of(ana.id)).checkins()) == 1


async def test_the_area_of_last_time_is_one_tap_away(club: DemoClub) -> None:
    maya, ana = club.people["maya"], await agreed(club, "ana")
    await ana.slash(club.channels["general"], "checkin", area="knee", pain="2")
    posted = await maya.slash(club.channels["general"], "club button")

    asked = await ana.click(posted.response, label="Check in")

    assert "Knee: how bad is it now?" in texts(asked.response.components)


async def test_it_asks_for_consent_first(club: DemoClub) -> None:
    posted = await club.people["maya"].slash(club.channels["general"], "club button")

    asked = await club.people["ben"].click(posted.response, label="Check in")

    assert asked.ephemeral
    assert "May I keep a diary" in texts(asked.response.components)


async def test_a_runner_cannot_post_it(club: DemoClub) -> None:
    with pytest.raises(simcord.SetupError):
        await club.people["ana"].slash(club.channels["general"], "club button")
