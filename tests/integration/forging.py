"""Presses, choices and forms that no button, menu or form of one's own has, and what must come of them."""

import json
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from discord import InteractionType
from simcord.interactions import base_payload
from simcord.results import InteractionResult

from bot.demo.club import DemoClub
from bot.ui.limits import CUSTOM_ID
from tests.support.ids import action_of

FAULT = "Something went wrong on my side"
AT_ONCE = 40  # presses
GENERAL = {"advice.share"}  # what may be answered in public: advice for everybody

Forgery = tuple[InteractionType, dict[str, Any]]


def pressed(custom_id: str) -> Forgery:
    return InteractionType.component, {"component_type": 2, "custom_id": custom_id}


def chosen(custom_id: str, values: Sequence[str] = ()) -> Forgery:
    return InteractionType.component, {"component_type": 3, "custom_id": custom_id, "values": list(values)}


def sent(custom_id: str, **typed: str) -> Forgery:
    """A form that came back."""
    fields = [
        {"type": 18, "id": number, "component": {"type": 4, "custom_id": name, "value": text}}
        for number, (name, text) in enumerate(typed.items(), start=1)
    ]
    return InteractionType.modal_submit, {"custom_id": custom_id, "components": fields}


class Forger:
    """Presses, chooses and sends what no button, menu or form of one's own has; many at once, as no person could."""

    def __init__(self, club: DemoClub, name: str) -> None:
        self.who = club.people[name]
        self._club = club
        self._channel = club.channels["general"].id

    async def try_all(self, forgeries: Sequence[Forgery]) -> list[tuple[str, InteractionResult]]:
        """The answer to each, with its `custom_id`."""
        answers = []
        for at in range(0, len(forgeries), AT_ONCE):
            sent = [(data["custom_id"], self._send(kind, data)) for kind, data in forgeries[at : at + AT_ONCE]]
            await self._club.env.settle()
            answers += sent
        return answers

    async def press(self, custom_id: str) -> InteractionResult:
        ((_, answer),) = await self.try_all([pressed(custom_id)])
        return answer

    async def choose(self, custom_id: str, *values: str) -> InteractionResult:
        ((_, answer),) = await self.try_all([chosen(custom_id, values)])
        return answer

    def _send(self, kind: InteractionType, data: dict[str, Any]) -> InteractionResult:
        env = self._club.env
        record, payload = base_payload(
            env.backend,
            type=kind.value,
            channel_id=self._channel,
            guild_id=self._club.guild.id,
            user_id=self.who.id,
            data=data,
        )
        env.backend.emit("INTERACTION_CREATE", payload)
        return InteractionResult(env, record)


def said(answer: Any) -> str:
    """Everything of an answer, in one text."""
    replies = [reply for reply in (answer.response, *answer.followups) if reply is not None]
    files = [file.filename for reply in replies for file in reply.attachments]
    return json.dumps([answer.modal, *(reply.components for reply in replies), files], ensure_ascii=False)


def assert_polite(answer: Any, custom_id: str = "") -> str:
    """It was answered, to this person alone, and nothing broke; returns what was said."""
    shown = said(answer)
    assert answer.acknowledged, custom_id
    assert answer.ephemeral or answer.modal or action_of(custom_id) in GENERAL, custom_id
    assert FAULT not in shown, custom_id
    return shown


def assert_nothing_of(secrets: Sequence[str], shown: str, custom_id: str = "") -> None:
    assert [secret for secret in secrets if secret in shown] == [], custom_id


def made_up(chance: Random, known: Sequence[str]) -> Iterator[str]:
    """Random bytes, real ids with a scratch, and far too much of everything."""
    yield from ("", ".", "l1", "l1.", "l1..", "l1.cishow", "l1.cishow.", "l1.cishow.x", "l1.entry.show.x")
    yield from ("l2", "l2.", "l2..", "l2.entry", "l2.entry.show", "l2.entry.show.", "l2.entry.show.x", "l2.cishow.x")
    yield from ("\x00", "l1.cishow.🦵", "l2.entry.show.🦵")
    for _ in range(60):
        yield chance.randbytes(chance.randrange(1, 120)).decode("latin-1")
    for _ in range(60):
        name = chance.choice(known)
        at = chance.randrange(len(name))
        yield name[:at] + chance.choice(("", ".", "\n", "A", "é", "'", "%s", "../", "0")) + name[at + 1 :]
    for size in (CUSTOM_ID, CUSTOM_ID + 1, 5_000, 1_000_000):
        yield "l2.entry.show." + "a" * (size - 14)
        yield "l1.cishow." + "a" * (size - 10)
        yield "l2." * (size // 3)
