"""Drawing for many, off the event loop: real processes, real pictures."""

import asyncio
import gc
import os
import re
import signal
import sys
import tempfile
from pathlib import Path

import pytest

from bot.charts.picture import FigurePicture
from bot.charts.renderer import ChartRenderer, ChartsBusy, DrawingFailed
from tests.unit.charts.samples import history, page, png_size, series

ANA, BEN = 1, 2
SLEEPS = (sys.executable, "-c", "import time; time.sleep(60)")
DIES = (sys.executable, "-c", "")
NEEDS_SIGNALS = pytest.mark.skipif(sys.platform == "win32", reason="stops a process by a signal")


def alive(process: int) -> bool:
    """Also false for one that has ended and been waited for."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


async def until(true) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110  # another process decides
            await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go, to see that none stay."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


async def test_pictures_and_pages_come_back_and_nothing_stays_behind(folder: Path):
    async with ChartRenderer() as renderer:
        assert renderer.process_id is None  # nothing is started before it is needed
        drawn = await asyncio.gather(renderer.draw(ANA, history()), renderer.draw(BEN, page()))
        process = renderer.process_id
        assert process is not None
        assert alive(process)

    assert png_size(drawn[0])[0] == 800
    assert drawn[1].startswith(b"%PDF-")
    assert not alive(process)
    assert not any(folder.iterdir())  # noqa: ASYNC240


async def test_a_figure_is_an_svg_and_comes_back_as_a_picture():
    figure = '<svg xmlns="http://www.w3.org/2000/svg" width="680" height="340"><circle r="9"/></svg>'
    async with ChartRenderer() as renderer:
        assert png_size(await renderer.draw(ANA, FigurePicture(figure))) == (680, 340)
        with pytest.raises(DrawingFailed, match=r"ValueError in svg\.py:\d+"):
            await renderer.draw(ANA, FigurePicture("no figure"))


async def test_drawings_come_in_the_order_they_were_asked_for():
    done: list[int] = []

    async def ask(renderer: ChartRenderer, person: int) -> None:
        await renderer.draw(person, history())
        done.append(person)

    async with ChartRenderer() as renderer:
        await asyncio.gather(*(ask(renderer, person) for person in range(5)))
    assert done == list(range(5))


async def test_one_person_can_wait_for_two_drawings_only():
    async with ChartRenderer(command=SLEEPS) as renderer:
        waiting = [asyncio.create_task(renderer.draw(ANA, history())) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(ChartsBusy):
            await renderer.draw(ANA, history())
        others = asyncio.create_task(renderer.draw(BEN, history()))
        await asyncio.sleep(0)
        assert not others.done()
    answers = await asyncio.gather(*waiting, others, return_exceptions=True)
    assert all(isinstance(answer, ChartsBusy) for answer in answers)  # the renderer closed


async def test_the_queue_is_bounded_and_free_again_afterwards():
    async with ChartRenderer(waiting=3) as renderer:
        asked = [asyncio.create_task(renderer.draw(person, history())) for person in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(ChartsBusy) as busy:
            await renderer.draw(3, history())
        assert busy.value.message == "error-charts-busy"
        assert all(map(png_size, await asyncio.gather(*asked)))
        assert png_size(await renderer.draw(3, history()))


@NEEDS_SIGNALS
async def test_a_process_killed_while_it_draws_is_replaced_and_the_picture_drawn():
    async with ChartRenderer() as renderer:
        await renderer.draw(ANA, history())
        first = renderer.process_id
        assert first is not None
        os.kill(first, signal.SIGSTOP)
        asked = asyncio.create_task(renderer.draw(ANA, history()))
        await asyncio.sleep(0.05)
        os.kill(first, signal.SIGKILL)
        assert png_size(await asked)
        assert renderer.process_id not in {None, first}


async def test_a_process_that_dies_twice_is_a_fault_and_the_next_one_is_tried_again():
    async with ChartRenderer(command=DIES) as renderer:
        for _ in range(2):
            with pytest.raises(DrawingFailed, match="died"):
                await renderer.draw(ANA, history())
        assert renderer.process_id is None


async def test_a_drawing_that_takes_too_long_is_given_up():
    async with ChartRenderer(command=SLEEPS, limit=0.2) as renderer:
        with pytest.raises(DrawingFailed, match=re.escape("longer than 0.2 s")):
            await renderer.draw(ANA, history())
        assert renderer.process_id is None


async def test_a_drawing_given_up_half_way_does_not_answer_the_next_one():
    async with ChartRenderer() as renderer:
        await renderer.draw(ANA, history())
        given_up = asyncio.create_task(renderer.draw(ANA, page()))
        for _ in range(3):
            await asyncio.sleep(0)  # it is asked for, and cannot be there yet
        given_up.cancel()
        assert png_size(await renderer.draw(BEN, history()))
        with pytest.raises(asyncio.CancelledError):
            await given_up


async def test_a_fault_in_a_drawing_says_where_and_quotes_nothing():
    canary = "canary in a name"
    broken = history(series(canary))
    object.__setattr__(broken, "months", (canary,))  # what no caller can do
    async with ChartRenderer() as renderer:
        with pytest.raises(DrawingFailed, match=r"IndexError in plot\.py:\d+") as failed:
            await renderer.draw(ANA, broken)
        assert canary not in str(failed.value)
        assert png_size(await renderer.draw(ANA, history()))


async def test_an_idle_process_ends_and_the_next_picture_starts_another():
    async with ChartRenderer(idle=0.05) as renderer:
        await renderer.draw(ANA, history())
        await until(lambda: renderer.process_id is None)
        assert png_size(await renderer.draw(ANA, history()))


async def test_closing_gives_up_what_is_drawn_and_waits_for_no_one():
    renderer = ChartRenderer(command=SLEEPS)
    asked = [asyncio.create_task(renderer.draw(person, history())) for person in range(3)]
    await until(lambda: renderer.process_id is not None)
    process = renderer.process_id
    assert process is not None
    async with asyncio.timeout(30):
        await renderer.close()
    assert not alive(process)
    assert all(isinstance(answer, ChartsBusy) for answer in await asyncio.gather(*asked, return_exceptions=True))
    with pytest.raises(ChartsBusy):
        await renderer.draw(ANA, history())
    await renderer.close()


async def test_a_renderer_that_is_only_forgotten_leaves_no_process():
    renderer = ChartRenderer()
    await renderer.draw(ANA, history())
    process = renderer.process_id
    assert process is not None
    del renderer
    await until(lambda: gc.collect() >= 0 and not alive(process))


async def test_the_token_does_not_travel(monkeypatch: pytest.MonkeyPatch, folder: Path):
    seen = folder / "environment"
    monkeypatch.setenv("DISCORD_TOKEN", "canary")
    monkeypatch.setenv("LIMBER_DATA", "canary")
    script = f"import os; open({str(seen)!r}, 'w').write(repr(dict(os.environ)))"
    async with ChartRenderer(command=(sys.executable, "-c", script)) as renderer:
        with pytest.raises(DrawingFailed):
            await renderer.draw(ANA, history())
    assert "PYTHONPATH" in seen.read_text()
    assert "canary" not in seen.read_text()


def test_asking_for_a_chart_does_not_load_what_draws_it():
    import subprocess  # noqa: PLC0415

    script = "import sys, bot.charts.renderer; print({'resvg_py', 'uharfbuzz', 'pydyf'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "set()\n"
    )
