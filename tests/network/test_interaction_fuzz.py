"""A fuzz of interactions over sockets: the process never ends, and nothing that Discord could send stays unanswered."""

import asyncio
from collections import Counter

import pytest

from tests.network import loopback
from tests.network.fuzzing import Fuzz
from tests.network.loopback import DEFERRED, DEFERRED_UPDATE, Answer, Loopback, NoAnswer
from tests.network.process import started
from tests.network.wire import Json
from tests.support.examples import SOAK

pytestmark = pytest.mark.asyncio(loop_scope="module")

COUNT = 20_000 if SOAK else 400
AT_ONCE = 8
IMPOSSIBLE = 0.25  # of them
WAITS = 20.0  # seconds: that it answers in time is shown elsewhere, on a machine that does nothing else
FOR_A_CHAT = 180.0  # seconds: who has a new chat opened waits for two minutes at most, see `direct_messages`
FAULT = "Something went wrong on my side"


class Asker:
    """Sends, keeps count, and notes what should not have been said."""

    def __init__(self, discord: Loopback) -> None:
        self.told: Counter[str] = Counter()
        self.seconds: list[float] = []
        self.wrong: list[str] = []
        self.promises: list[asyncio.Task[None]] = []
        self._discord = discord

    async def work(self, fuzz: Fuzz, count: int) -> None:
        for _ in range(count):
            payload, waits = fuzz.impossible() if (impossible := fuzz.chance(IMPOSSIBLE)) else (fuzz.possible(), True)
            if not waits:
                await self._discord.dispatch("INTERACTION_CREATE", payload)
                self.told["not to be answered"] += 1
                continue
            answer = await self._discord.receive(payload)
            self.seconds.append(answer.seconds)
            if answer.type in {DEFERRED, DEFERRED_UPDATE}:
                self.told["promised"] += 1
                self.promises.append(asyncio.create_task(self._kept(answer, payload, impossible=impossible)))
            else:
                self.told["answered"] += 1
                self._look(answer, payload, impossible=impossible)
                fuzz.learn(answer)

    async def _kept(self, promise: Answer, payload: Json, *, impossible: bool) -> None:
        try:
            self._look(await self._discord.in_the_end(promise), payload, impossible=impossible)
        except TimeoutError:
            self.wrong.append(f"a promise was not kept to {payload}")

    def _look(self, answer: Answer, payload: Json, *, impossible: bool) -> None:
        if FAULT in answer.text and not impossible:
            self.wrong.append(f"{answer.text} to {payload}")


@pytest.mark.soak
async def test_whatever_is_sent_the_bot_lives_and_answers(discord, tmp_path, monkeypatch, capsys):
    discord.waits = WAITS
    monkeypatch.setattr(loopback, "PATIENCE", FOR_A_CHAT)
    asker = Asker(discord)
    async with started(discord, tmp_path, "run") as bot:
        await bot.serving(discord)
        fuzzes = [Fuzz(seed, discord.commands) for seed in range(AT_ONCE)]
        try:
            await asyncio.gather(*(asker.work(fuzz, COUNT // AT_ONCE) for fuzz in fuzzes))
        except NoAnswer as silence:
            asker.wrong.append(str(silence))
        await asyncio.gather(*asker.promises)
        (tmp_path / "log").write_text(bot.err, encoding="utf-8")
        assert not asker.wrong, "\n".join([str(tmp_path / "log"), *asker.wrong[:3]])
        assert "hip" in (await discord.slash("pain", area="hip")).text.lower()
        assert await bot.stop() == 0
    assert len(discord.identified) == 1, "the connection was lost"
    assert "an event cannot be read; dropped" in bot.err, "none of them was what the fuzz is for"
    asker.seconds.sort()
    half, last = asker.seconds[len(asker.seconds) // 2], asker.seconds[-1]
    with capsys.disabled():
        print(dict(asker.told), f"median {half:.3f} s, longest {last:.3f} s")  # noqa: T201
