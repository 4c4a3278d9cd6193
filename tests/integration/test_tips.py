"""`/tip` and `/stretch`, through the front door."""

import pytest

from bot.demo.club import DemoClub
from tests.support.components import labels, texts


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


@pytest.mark.parametrize("area", ["hip", "knee", "neck", "hamstring", None])
async def test_a_routine_goes_step_by_step_there_and_back_with_the_stop_rule_on_every_page(
    club: DemoClub, area: str | None
) -> None:
    ana, channel = club.people["ana"], club.channels["stretching"]
    plan = await ana.slash(channel, "stretch", **({"area": area} if area else {}))
    page = await ana.click(plan.response, label="Start")
    steps = 1

    while "Next" in labels(page.response.components):
        assert "Stop at once" in texts(page.response.components)
        page = await ana.click(page.response, label="Next")
        steps += 1
    done = await ana.click(page.response, label="Finish")

    assert steps >= 3
    assert "Done" in texts(done.response.components)
    again = await ana.click(done.response, label="Start again")
    assert texts(again.response.components) == texts(plan.response.components)
    assert club.channels["stretching"].history(viewer=club.people["ben"]) == []


async def test_the_routine_nearest_to_the_minutes_is_chosen(club: DemoClub) -> None:
    library = club.bot.locales.base.library
    for minutes in (1, 5, 15):
        answer = await club.people["ana"].slash(club.channels["stretching"], "stretch", area="hip", minutes=minutes)
        shown = next(
            plan for plan in library.routines.values() if f"## {plan.name}\n" in texts(answer.response.components)
        )
        best = min(abs(plan.minutes - minutes) for plan in library.routines_for(library.areas["hip"]))
        assert abs(shown.minutes - minutes) == best


async def test_another_routine_is_one_press_away(club: DemoClub) -> None:
    ana = club.people["ana"]
    plan = await ana.slash(club.channels["stretching"], "stretch", area="hip")
    other = next(label for label in labels(plan.response.components) if label.endswith("min"))

    opened = await ana.click(plan.response, label=other)

    assert opened.ephemeral
    assert texts(opened.response.components).startswith(f"## {other.rsplit(',', 1)[0]}")


async def test_routines_use_only_what_is_safe_unasked(club: DemoClub) -> None:
    library = club.bot.locales.base.library
    shown = [plan for plan in library.routines.values() if "neck_headache" not in plan.areas]

    assert all(library.exercises[step.exercise].unscreened_ok for plan in shown for step in plan.steps)
