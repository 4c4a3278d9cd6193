"""`/tip`, through the front door."""

import pytest

from bot.demo.club import DemoClub
from bot.storage.errors import TooSlow
from tests.support.components import texts


async def test_a_tip_is_one_thing_with_its_source_and_a_stop_rule(club: DemoClub) -> None:
    answer = await club.people["ana"].slash(club.channels["general"], "tip", area="knee")

    said = texts(answer.response.components)
    assert answer.ephemeral
    assert any(tip.text in said for tip in club.bot.locales.base.library.tips["knee"])
    assert "Source:" in said
    assert "Stop if it hurts more" in said


async def test_no_tip_comes_twice_among_those_seen_lately(club: DemoClub) -> None:
    ana = club.people["ana"]
    answer = await ana.slash(club.channels["general"], "tip", area="knee")
    seen = [texts(answer.response.components)]

    for _ in range(20):
        answer = await ana.click(answer.response, label="Another tip")
        seen.append(texts(answer.response.components))

    assert len(set(seen)) == len(seen)


async def test_a_tip_for_a_moment_is_for_that_moment(club: DemoClub) -> None:
    ana = club.people["ana"]

    by_value = await ana.slash(club.channels["general"], "tip", area="hip", moment="desk")
    by_name = await ana.slash(club.channels["general"], "tip", moment="Before a run")

    assert "at the desk" in texts(by_value.response.components)
    assert "before a run" in texts(by_name.response.components)


async def test_a_moment_nobody_knows_is_one_clear_sentence(club: DemoClub) -> None:
    answer = await club.people["ana"].slash(club.channels["general"], "tip", moment="on the moon")

    assert "no tip for that moment" in texts(answer.response.components)


async def test_moments_are_offered_while_typing(club: DemoClub) -> None:
    offered = await club.people["ana"].autocomplete(club.channels["general"], "tip", "moment", "run")

    assert [choice["value"] for choice in offered] == ["before", "during", "after"]


async def test_tips_for_anywhere_never_come_from_an_area_that_is_screened_first(club: DemoClub) -> None:
    ana, library = club.people["ana"], club.bot.locales.base.library
    headache = [tip.text for tip in library.tips["neck_headache"]]
    answer = await ana.slash(club.channels["general"], "tip")

    for _ in range(40):
        assert not any(text in texts(answer.response.components) for text in headache)
        answer = await ana.click(answer.response, label="Another tip")


async def test_advice_goes_on_while_the_database_is_away(club: DemoClub, monkeypatch: pytest.MonkeyPatch) -> None:
    maya, ana, general = club.people["maya"], club.people["ana"], club.channels["general"]
    form = await maya.slash(general, "club tips")
    await maya.submit_modal(form, {"tips": "Shake out your arms at the pier"})

    async def away(*_: object, **__: object) -> list[object]:
        raise TooSlow("the database is held by another program")

    monkeypatch.setattr(club.services.storage.records, "between", away)
    tip = await ana.slash(general, "tip", area="knee")
    stretch = await ana.slash(general, "stretch", area="knee")

    assert "Another tip" in str(tip.response.components)
    assert "at the pier" not in texts(tip.response.components)
    assert "it may say that you should be seen first" in texts(stretch.response.components)
