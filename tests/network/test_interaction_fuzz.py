"""A fuzz of interactions over sockets: the process never ends, and nothing that Discord could send stays unanswered."""

import asyncio
import os
from collections import Counter

import pytest

from tests.network.fuzzing import Fuzz
from tests.network.loopback import DEFERRED, DEFERRED_UPDATE, NoAnswer
from tests.network.process import started

pytestmark = pytest.mark.asyncio(loop_scope="module")

COUNT = 20_000 if os.environ.get("SOAK") else 400
AT_ONCE = 8
IMPOSSIBLE = 0.25  # of them
FAULT = "Something went wrong on my side"


@pytest.mark.soak
async def test_whatever_is_sent_the_bot_lives_and_answers(discord, tmp_path, capsys):
    discord.waits = 20  # that it answers in time is shown elsewhere
    told: Counter[str] = Counter()
    seconds: list[float] = []
    wrong: list[str] = []

    async def ask(payload, *, faulty):
        answer = await discord.receive(payload)
        seconds.append(answer.seconds)
        try:
            last = await discord.in_the_end(answer)
        except TimeoutError:
            raise NoAnswer(f"a promise was not kept to {payload}") from None
        if FAULT in last.text and not faulty:
            wrong.append(f"{payload['data']} in {payload}: {last.text}")
        told["promised first" if answer.type in {DEFERRED, DEFERRED_UPDATE} else "at once"] += 1
        return last

    async def send(fuzz):
        for _ in range(COUNT // AT_ONCE):
            if fuzz.chance(IMPOSSIBLE):
                payload, waits = fuzz.impossible()
                if waits:
                    await ask(payload, faulty=True)
                else:
                    await discord.dispatch("INTERACTION_CREATE", payload)
                    told["not to be answered"] += 1
            else:
                fuzz.learn(await ask(fuzz.possible(), faulty=False))

    async with started(discord, tmp_path, "run") as bot:
        await bot.serving(discord)
        fuzzes = [Fuzz(seed, discord.commands) for seed in range(AT_ONCE)]
        try:
            await asyncio.gather(*map(send, fuzzes))
        except NoAnswer as silence:
            wrong.append(str(silence))
        assert not wrong, "\n".join([*wrong[:3], *[line for line in bot.err.splitlines() if " [" in line][-25:]])
        assert "hip" in (await discord.slash("pain", area="hip")).text.lower()
        assert await bot.stop() == 0
    assert len(discord.identified) == 1, "the connection was lost"
    seconds.sort()
    with capsys.disabled():
        print(dict(told), f"median {seconds[len(seconds) // 2]:.3f} s, longest {seconds[-1]:.3f} s")  # noqa: T201
