"""The people of a soak: each types and presses whatever comes to mind, one thing after the other, and waits for it."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.network import wire
from tests.network.loopback import Answer, Loopback, NoAnswer
from tests.network.wire import Json

AREAS = ("hip", "knee", "hamstring", "calf", "achilles", "shin", "foot", "neck")
TYPED = ("hi", "kne", "ham", "my calf", "sole of the f")
FIRST = 1_500_000_000_000_000_000
SORRY = "My diary cannot be opened"  # error-storage
FAULT = "Something went wrong on my side"  # error-unexpected
NOBODY = 0.2  # seconds until somebody whom nobody hears tries again
FORM = 9  # the callback type that opens a form
SETS = 3  # one in so many sets reminders: a bot may open few chats a minute
OFTEN = (30, 15, 20, 3, 10, 10, 5)  # how often they do what
WALKS = 3  # presses in a row at most


@dataclass
class Answers:
    """What became of all that was typed and pressed."""

    asked: int = 0
    nobody: int = 0  # no process was connected, or it had gone by then
    unanswered: Counter[str] = field(default_factory=Counter)
    unfinished: int = 0  # promised, and never came
    sorry: int = 0  # told that the diary cannot be opened just now
    faults: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def share(self, of: int) -> float:
        return len(self.seconds) / max(1, of)


@dataclass(eq=False)
class Runner:
    """One of them, in one server."""

    discord: Loopback
    number: int
    guild: str
    chance: Random
    answers: Answers
    pause: float  # seconds between two things, on average

    async def live(self) -> None:
        """For ever."""
        asked = None
        while asked is None or "consent" not in str(asked.custom_ids):
            asked = await self._slash("checkin")
        await self._press(asked.button("Yes"))  # now there is a diary
        does = [self._look_up, self._type, self._check_in, self._look_back, self._reminders, self._ask]
        if self.number % SETS == 0:
            does.append(self._remind)
        while True:
            (step,) = self.chance.choices(does, OFTEN[: len(does)])
            await self._walk_on(await step())
            await asyncio.sleep(self.chance.expovariate(1 / self.pause))

    async def _look_up(self) -> Answer | None:
        return await self._slash("pain", area=self.chance.choice(AREAS))

    async def _type(self) -> None:
        focused = wire.option("area", self.chance.choice(TYPED), focused=True)
        await self._say(wire.AUTOCOMPLETE, wire.command("pain", focused))

    async def _check_in(self) -> Answer | None:
        return await self._slash("checkin", area=self.chance.choice(AREAS), pain=str(self.chance.randrange(11)))

    async def _look_back(self) -> None:
        await self._slash("history")

    async def _reminders(self) -> Answer | None:
        return await self._say(wire.COMMAND, wire.command("remind", {"name": "list", "type": 1, "options": []}))

    async def _remind(self) -> Answer | None:
        """At half past seven: a message says hello, and that is all that comes of it."""
        given = [wire.option("what", "checkin"), wire.option("when", "daily 7:30")]
        return await self._say(wire.COMMAND, wire.command("remind", {"name": "add", "type": 1, "options": given}))

    async def _ask(self) -> Answer | None:
        return await self._slash(self.chance.choice(("triage", "canirun", "tip", "help")))

    async def _walk_on(self, answer: Answer | None) -> None:
        """A few presses from one card to the next."""
        for _ in range(self.chance.randrange(WALKS + 1)):
            if answer is None or answer.type == FORM or not answer.custom_ids:
                return
            answer = await self._press(self.chance.choice(answer.custom_ids))

    async def _slash(self, name: str, **options: str) -> Answer | None:
        return await self._say(wire.COMMAND, wire.command(name, *[wire.option(*one) for one in options.items()]))

    async def _press(self, custom_id: str) -> Answer | None:
        pressed = wire.message(self.discord.number(), {"flags": wire.EPHEMERAL})
        return await self._say(wire.COMPONENT, wire.press(custom_id), message=pressed)

    async def _say(self, kind: int, data: Json, **more: Any) -> Answer | None:
        """The answer in the end; None where there was none."""
        self.answers.asked += 1
        if not self.discord.reaches(self.guild):
            return await self._unheard()
        try:
            answer = await self.discord.interact(kind, data, **self._from(), **more)
        except NoAnswer:
            self.answers.unanswered[data.get("name") or data.get("custom_id", "")] += 1
            return None
        except (OSError, TimeoutError):  # it went just now
            return await self._unheard()
        self.answers.seconds.append(answer.seconds)
        try:
            answer = await self.discord.in_the_end(answer)
        except TimeoutError:
            self.answers.unfinished += 1
            return None
        self.answers.sorry += SORRY in answer.text
        self.answers.faults += [answer.text] if FAULT in answer.text else []
        return answer

    async def _unheard(self) -> None:
        self.answers.nobody += 1
        await asyncio.sleep(NOBODY)

    def _from(self) -> Json:
        """Who says it, and where."""
        user = wire.person(str(FIRST + self.number), f"runner{self.number}")
        member = {"user": user, "roles": [], "joined_at": "2024-01-01T00:00:00+00:00", "permissions": "0"}
        return wire.sent_in(self.guild) | {"member": {**member, "deaf": False, "mute": False, "flags": 0}}
