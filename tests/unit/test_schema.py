"""The JSON Schemas editors use are the ones the models give."""

import json

import jsonschema
import pytest
import yaml

from bot.advice.loader import schemas, write_schemas
from bot.advice.model import FILES
from bot.settings import CONTENT

WRITTEN = CONTENT.parent / "docs/schema"
CONTENT_FILES = sorted((CONTENT / "en").rglob("*.yaml"))


VALIDATORS = {
    name.removesuffix(".schema.json"): jsonschema.Draft202012Validator(json.loads(text))
    for name, text in schemas().items()
}


def plain(data):
    """YAML reads a day as a date; JSON Schema, and an editor, see text."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    return data.isoformat() if hasattr(data, "isoformat") else data


def test_the_written_schemas_are_fresh():
    written = {file.name: file.read_text(encoding="utf-8") for file in WRITTEN.glob("*.json")}

    assert sorted(written) == sorted(schemas()), "run: limber schema"
    assert [name for name, text in schemas().items() if written[name] != text] == [], "run: limber schema"


def test_there_is_a_schema_for_every_kind_of_file():
    assert set(schemas()) == {f"{kind}.schema.json" for kind in FILES}


def test_writing_them_twice_gives_the_same_bytes(tmp_path):
    first = {file.name: file.read_bytes() for file in write_schemas(tmp_path / "deep" / "down")}
    second = {file.name: file.read_bytes() for file in write_schemas(tmp_path / "deep" / "down")}

    assert first == second
    assert all(raw.endswith(b"}\n") for raw in first.values())


@pytest.mark.parametrize("kind", sorted(FILES))
def test_each_is_a_valid_schema_that_knows_its_keys_and_no_others(kind):
    schema = VALIDATORS[kind].schema

    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == set(FILES[kind].model_fields)


@pytest.mark.parametrize("file", CONTENT_FILES, ids=lambda file: file.relative_to(CONTENT / "en").as_posix())
def test_an_editor_finds_nothing_to_mark_in_the_content_as_it_stands(file):
    kind = file.stem if file.parent == CONTENT / "en" else file.parent.name
    found = VALIDATORS[kind].iter_errors(plain(yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)))

    assert [f"{list(error.absolute_path)}: {error.message[:100]}" for error in found] == []
