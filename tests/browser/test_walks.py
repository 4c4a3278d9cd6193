"""The symptom check and *Can I run?*, walked to their end in a real browser on a phone, by taps alone."""

import pytest
from playwright.async_api import expect

from tests.support.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

#: What somebody whose knee aches a little answers, whatever is asked.
ACHE = (
    *(
        "Yes, still right",
        "None of these",
        "That is all",
        "No limp, perhaps stiff in both legs",
        "Slowly, or I do not know",
        "4 to 7 days",
    ),
    *("20 to 39", "No", "Today", "2"),
)


async def test_a_check_without_a_place_asks_for_it_and_comes_to_an_end(demo: str, visitor: Visitor) -> None:
    await visitor.be(demo, "Maya", "# sore-legs")
    await visitor.pick("/triage")
    await visitor.answer("None of these")
    await expect(visitor.heading("Where does it hurt most?").last).to_be_visible()
    await visitor.choose("Choose a place", "Knee")
    await expect(visitor.latest.get_by_role("button", name="No limp, perhaps stiff in both legs")).to_be_visible()
    await visitor.answer(*ACHE)

    await expect(visitor.latest.get_by_role("button", name="New check")).to_be_visible()
    await expect(visitor.latest).to_contain_text("Not a diagnosis")


async def test_can_i_run_comes_to_a_light_also_with_what_was_kept(demo: str, visitor: Visitor) -> None:
    await visitor.be(demo, "Ben", "DM with Limber")
    await visitor.type("/canirun itb")  # where his made-up diary, which goes by the hour, says nothing
    await visitor.answer(*ACHE)

    await expect(visitor.latest).to_contain_text("Green: you can run")
    await visitor.answer("The way back to running")
    await expect(visitor.heading("The way back to running").last).to_be_visible()
