"""Interactions at random: what Discord could send, and what it could not.

The commands are those the bot has published; buttons, menus and forms those of its own answers, and others nobody made.
"""

import copy
import json
from collections.abc import Iterator
from random import Random
from typing import Any

from tests.network import wire
from tests.network.loopback import Answer
from tests.network.wire import Json

SUBCOMMAND, GROUP = 1, 2  # option types
SHOWS_FORM = 9  # a callback type
BUTTON, TEXT, MENUS, CHOICES = 2, 4, {3, 5, 6, 7, 8}, {21, 22}  # component types
KEPT = 400  # buttons, menus and forms each
TEXTS = (
    *("hip", "sit bone ache", "itb", "KNEE", "chest pain", "i want to die", "knie", "", " ", "0", "-1", "11", "4"),
    *("weekdays 7:30", "every day at 08:00", "tomorrow", "Berlin", "UTC+14", "2026-02-30", "1e9", "none", "l2.x", "½"),
    *("🏃‍♀️🩹", "درد زانو", "\u202e\u200d\x00", "`**[x](http://a)**`", "<@300> @everyone", "{ $x }", "x" * 6000),
)
LOCALES = ("en-GB", "en-US", "de", "zh-CN", "xx", "")
CHANNEL_TYPES = (0, 1, 3, 5, 11, 13, 15, 99)
ODD = (None, True, -1, 2**70, 1.5, "", "abc", "9" * 40, [], {}, [None], {"id": "x"}, [[[]]])
SENDER = {"guild_id", "member", "user", "locale"}
ENVELOPE = {"id", "token", "type", "application_id", "version"} | SENDER  # what an answer needs


class Fuzz:
    """Makes interactions, and learns from the answers what there is to press."""

    def __init__(self, seed: int, commands: list[Json]) -> None:
        self._random = Random(seed)  # noqa: S311
        self._commands = commands
        self._presses: list[Json] = []  # buttons and menus
        self._forms: list[Json] = []
        self._number = 5 * 10**18 + seed * 10**12

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def learn(self, answer: Answer) -> None:
        """What can be pressed or sent now."""
        if answer.type == SHOWS_FORM:
            self._forms.append(answer.data)
        found = [one for one in _components(answer.data) if one["type"] in {BUTTON, *MENUS} and "custom_id" in one]
        self._presses += found
        for pool in (self._presses, self._forms):
            while len(pool) > KEPT:
                pool.pop(self._random.randrange(len(pool)))

    def possible(self) -> Json:
        """One that Discord could send."""
        make = self._random.choices([self._command, self._press, self._form, self._typing], [4, 5, 2, 1])[0]
        kind, data = make()
        self._number += 1
        return self._somewhere(wire.interaction(str(self._number), kind, data))

    def impossible(self) -> tuple[Json, bool]:
        """One that Discord could not send, and whether somebody waits for its answer all the same."""
        payload = json.loads(json.dumps(self.possible()))  # no part of it stands in two places
        kind, waits = payload["type"], True
        for _ in range(self._random.choice([1, 1, 2, 5])):
            holder, key, top = self._random.choice(list(_places(payload)))
            waits &= top not in ENVELOPE
            if isinstance(holder, dict) and self._random.random() < 0.4:
                holder.pop(key, None)
            elif isinstance(holder, list) and key >= len(holder):
                continue
            else:
                holder[key] = copy.deepcopy(self._random.choice(ODD))
        return payload, waits and kind != wire.AUTOCOMPLETE

    def _command(self) -> tuple[int, Json]:
        command = self._random.choice(self._commands)
        resolved: Json = {}
        options = self._options(command.get("options", ()), resolved)
        data = wire.command(command["name"], *options) | {"id": command["id"], "resolved": resolved}
        if self._random.random() < 0.05:  # of another version of the bot, or of another kind
            data |= self._random.choice([{"name": "retired"}, {"options": []}, {"type": 2}, {"type": 3}])
        return wire.COMMAND, data

    def _options(self, declared: list[Json], resolved: Json) -> list[Json]:
        inner = [option for option in declared if option["type"] in {SUBCOMMAND, GROUP}]
        if inner:
            chosen = self._random.choice(inner)
            options = self._options(chosen.get("options", ()), resolved)
            return [{"name": chosen["name"], "type": chosen["type"], "options": options}]
        given = [option for option in declared if option.get("required") or self._random.random() < 0.5]
        return [{"name": one["name"], "type": one["type"], "value": self._value(one, resolved)} for one in given]

    def _value(self, option: Json, resolved: Json) -> Any:
        if choices := option.get("choices"):
            return self._random.choice(choices)["value"]
        match option["type"]:
            case 4 | 10:  # INTEGER, NUMBER
                return self._random.randint(int(option.get("min_value", -(2**53))), int(option.get("max_value", 2**53)))
            case 5:  # BOOLEAN
                return self._random.random() < 0.5
            case 7:  # CHANNEL
                channel = {"id": wire.CHANNEL, "name": "sore-legs", "type": 0, "permissions": "0"}
                resolved.setdefault("channels", {})[wire.CHANNEL] = channel
                return wire.CHANNEL
            case _:
                return self._text()[: option.get("max_length", 6000)].ljust(option.get("min_length", 0), "x")

    def _press(self) -> tuple[int, Json]:
        if not self._presses or self._random.random() < 0.1:
            return wire.COMPONENT, wire.press(self._custom_id())
        pressed = self._random.choice(self._presses)
        data: Json = {"component_type": pressed["type"], "custom_id": pressed["custom_id"]}
        if pressed["type"] in MENUS:
            offered = [option["value"] for option in pressed.get("options", ())] or [wire.CHANNEL]
            count = self._random.randint(pressed.get("min_values", 1), min(len(offered), pressed.get("max_values", 1)))
            data |= {"values": self._random.sample(offered, count), "resolved": {}}
        return wire.COMPONENT, data

    def _form(self) -> tuple[int, Json]:
        if not self._forms or self._random.random() < 0.1:
            return wire.MODAL, wire.form(self._custom_id(), {"note": self._text()})
        form = self._random.choice(self._forms)
        fields = []
        for one in _components(form):
            if one.get("type") in MENUS | CHOICES:
                chosen = self._random.choice(one.get("options") or [{"value": "x"}])["value"]
                filled: Json = {"type": one["type"], "custom_id": one["custom_id"], "values": [chosen], "value": chosen}
            elif one.get("type") == TEXT:
                filled = {
                    "type": TEXT,
                    "custom_id": one["custom_id"],
                    "value": self._text()[: one.get("max_length", 4000)],
                }
            else:
                continue
            fields.append({"type": 18, "id": len(fields) + 1, "component": filled})
        unknown = [{"type": 99, "id": 9}] if self._random.random() < 0.1 else []
        return wire.MODAL, {"custom_id": form["custom_id"], "components": [*fields, *unknown]}

    def _typing(self) -> tuple[int, Json]:
        _, data = self._command()
        options = data["options"]
        while options and options[0]["type"] in {SUBCOMMAND, GROUP}:
            options = options[0]["options"]
        if options:
            self._random.choice(options)["focused"] = True
        return wire.AUTOCOMPLETE, data

    def _custom_id(self) -> str:
        """Of an older version, of a newer one, with arguments nobody would write."""
        known = (
            self._random.choice(self._presses)["custom_id"].split(".") if self._presses else ["l2", "advice", "open"]
        )
        parts = [part if self._random.random() < 0.7 else self._text()[:20] for part in known]
        return ".".join(parts + [self._text()[:10]] * self._random.choice([0, 0, 0, 1, 5]))[:100]

    def _text(self) -> str:
        return self._random.choice(TEXTS)

    def _somewhere(self, payload: Json) -> Json:
        """By one of ten people, in the club, in another server, or in a chat; and with what need not be there."""
        random, number = self._random, self._random.randint(300, 309)
        who = wire.person(str(number), "ana" if number == 300 else f"runner{number}")
        payload |= {"locale": random.choice(LOCALES)}
        payload["channel"] |= {"type": random.choice(CHANNEL_TYPES) if random.random() < 0.2 else 0}
        if payload["type"] in {wire.COMPONENT, wire.MODAL} and random.random() < 0.9:
            flags = random.choice([0, wire.EPHEMERAL, wire.EPHEMERAL | wire.COMPONENTS_V2])
            payload["message"] = wire.message(payload["id"], {"flags": flags})
        contexts = {one["name"]: one.get("contexts") for one in self._commands}.get(payload["data"].get("name"))
        where = 1.0 if contexts == [0] else random.random()  # some commands are offered in clubs alone
        if where < 0.2:
            for key in ("guild_id", "guild", "member", "guild_locale"):
                del payload[key]
            payload |= {"user": who, "context": random.choice([1, 2])}
            payload["channel"] = {"id": "777", "type": 1, "recipients": [{**who}], "last_message_id": None}
        else:
            payload["member"] = payload["member"] | {"user": who}
            if where < 0.3:
                payload |= {"guild_id": "299", "guild": {"id": "299", "locale": "de", "features": []}}
        for key in ("channel", "guild_locale", "context", "entitlements", "authorizing_integration_owners"):
            if random.random() < 0.05:
                payload.pop(key, None)
        return payload


def _components(node: Any) -> Iterator[Json]:
    """Every part of a message or form, however deep."""
    if isinstance(node, dict):
        if isinstance(node.get("type"), int):
            yield node
        for value in node.values():
            yield from _components(value)
    elif isinstance(node, list):
        for value in node:
            yield from _components(value)


def _places(node: Any, top: str | None = None) -> Iterator[tuple[Any, Any, str]]:
    """Every key and index there is, with what holds it and the key of the interaction it stands under."""
    items = list(node.items()) if isinstance(node, dict) else list(enumerate(node)) if isinstance(node, list) else []
    for key, value in items:
        yield node, key, top or str(key)
        yield from _places(value, top or str(key))
