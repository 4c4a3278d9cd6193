"""Discord's own description of its HTTP API, as a judge of what the bot sends.

Discord publishes it as openapi.json; it is not ours to keep here. DISCORD_OPENAPI names a copy of it, and the head of
every test run says whether there is one.
"""

import json
import os
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

FILE = os.environ.get("DISCORD_OPENAPI")
SPEC = "urn:discord"
ONE_OF = Draft202012Validator.VALIDATORS["oneOf"]


class Discord:
    """Finds the schema for a request and lists what breaks it."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self._spec = spec = _with_enums(spec)
        self._fine: set[tuple[int, str]] = set()  # what one of these choices, kept by the spec, has allowed
        self._validator = extend(Draft202012Validator, {"oneOf": self._one_of})
        resource = Resource.from_contents(spec, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(SPEC, resource)
        self._paths = [(re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path) + r"\Z"), path) for path in spec["paths"]]

    def complaints(self, method: str, path: str, body: Any) -> tuple[str, ...]:
        """One line for each thing in a request that Discord's schema does not allow; an unknown route is one too."""
        return self._judged(method, re.sub(r"\d{15,}", "1", path), json.dumps(_numbers_as_text(body)))

    @lru_cache(maxsize=4096)  # noqa: B019  # one judge a test run; most requests repeat
    def _judged(self, method: str, path: str, body: str) -> tuple[str, ...]:
        schema = self._schema(method, path)
        if schema is None:
            return (f"{method} {path} is not a route of the API",)
        validator = self._validator(schema, registry=self._registry)
        found = [] if body == "null" else [*validator.iter_errors(json.loads(body))]
        deepest = (min(error.context or [error], key=lambda e: -len(e.absolute_path)) for error in found)
        return tuple(f"{method} {path}: {error.json_path}: {error.message[:300]}" for error in deepest)

    def _schema(self, method: str, path: str) -> dict[str, Any] | None:
        """The schema of a request's body, `{}` for a route without one, None for an unknown route."""
        matching = sorted(
            (name for pattern, name in self._paths if pattern.match(path)), key=lambda name: name.count("{")
        )
        for name in matching:
            operation = self._spec["paths"][name].get(method.lower())
            if operation and "application/json" in operation.get("requestBody", {}).get("content", {}):
                escaped = name.replace("~", "~0").replace("/", "~1")
                body = "requestBody/content/application~1json/schema"
                return {"$ref": f"{SPEC}#/paths/{escaped}/{method.lower()}/{body}"}
            if operation:
                return {}
        return None

    def _one_of(
        self, validator: Validator, choices: list[dict[str, Any]], instance: Any, schema: dict[str, Any]
    ) -> Iterator[ValidationError]:
        """As ever, but what names its type is not held against those for other types alone: they would refuse it.

        What was allowed once is not looked at again: most cards have parts that stood on others.
        """
        known = (id(choices), json.dumps(instance))
        if known in self._fine:
            return
        named = instance.get("type") if isinstance(instance, dict) else None
        left = [choice for choice in choices if named is None or named in (self._types(choice) or [named])]
        errors = [*ONE_OF(validator, left or choices, instance, schema)]
        if not errors:
            self._fine.add(known)
        yield from errors

    def _types(self, choice: dict[str, Any]) -> list[Any]:
        """The types that a schema is for, where it says so."""
        name = choice.get("$ref", "").rpartition("/")[2]
        found = self._spec["components"]["schemas"][name] if name else choice
        types: list[Any] = found.get("properties", {}).get("type", {}).get("enum", [])
        return types


def _with_enums(node: Any) -> Any:
    """A choice among constants as an `enum`, which is the same and is looked through in one step."""
    if isinstance(node, list):
        return [_with_enums(child) for child in node]
    if not isinstance(node, dict):
        return node
    choices = node.get("oneOf")
    if isinstance(choices, list) and all(set(choice) <= {"const", "title", "description"} for choice in choices):
        node = {key: value for key, value in node.items() if key != "oneOf"} | {"enum": [c["const"] for c in choices]}
    return {key: _with_enums(child) for key, child in node.items()}


def _numbers_as_text(body: Any) -> Any:
    """Numbers of files, people and roles, as discord.py sends them: Discord takes them, its schema wants text."""
    if not isinstance(body, dict):
        return body
    known = _chosen_as_text(body)
    known.update({key: int(body[key]) for key in ("allow", "deny") if isinstance(body.get(key), str)})
    if isinstance(body.get("recipient_id"), int):
        known["recipient_id"] = str(body["recipient_id"])
    if mentions := body.get("allowed_mentions"):
        known["allowed_mentions"] = {**mentions, "roles": [str(role) for role in mentions.get("roles", ())]}
    if "attachments" in body:
        known["attachments"] = [{**file, "id": str(file["id"])} for file in body["attachments"] or ()]
    return known


def _chosen_as_text(node: Any) -> Any:
    """What stands chosen in a menu of channels or roles, however deep."""
    if isinstance(node, list):
        return [_chosen_as_text(child) for child in node]
    if not isinstance(node, dict):
        return node
    found = {key: _chosen_as_text(child) for key, child in node.items()}
    if found.get("default_values"):
        found["default_values"] = [{**one, "id": str(one["id"])} for one in found["default_values"]]
    return found


@cache
def discord_api() -> Discord | None:
    """None where DISCORD_OPENAPI names no file."""
    return Discord(json.loads(Path(FILE).read_text(encoding="utf-8"))) if FILE else None
