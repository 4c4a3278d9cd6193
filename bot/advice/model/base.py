"""What all models share: strict keys, ids, and texts with a length."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

SHAPES: Final[dict[str, str]] = {}
"""What each pattern asks for, in an author's words."""


def shaped(pattern: str, words: str, max_length: int | None = None) -> StringConstraints:
    """A text of this pattern, and the words in which a slip is explained."""
    SHAPES[pattern] = words
    return StringConstraints(pattern=pattern, max_length=max_length)


Id = Annotated[
    str, shaped(r"^[a-z][a-z0-9_]{0,39}$", "write small letters, digits and _, 40 at most, such as glute_squeeze")
]
FlagId = Annotated[str, shaped(r"^[A-Z]{1,2}[0-9]{1,2}$", "write one or two capitals and a number, such as H5")]
CardSign = Annotated[
    str, shaped(r"^[A-Z]{1,2}[0-9]{1,2}(\.[1-9])?$", "write the id of a sign, such as H5, or H5.1 for what worsens it")
]
SourceId = Annotated[str, shaped(r"^[a-z][a-z0-9-]{1,39}$", "write small letters, digits and -, such as mellor-2018")]

_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")

TYPESET = AfterValidator(lambda text: _APOSTROPHE.sub("’", text))  # an author types what the keyboard has

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2)]
Prose = Annotated[Text, TYPESET]
Name = Annotated[Prose, StringConstraints(max_length=50)]
Short = Annotated[Prose, StringConstraints(max_length=80)]
Line = Annotated[Prose, StringConstraints(max_length=200)]
Paragraph = Annotated[Prose, StringConstraints(max_length=320)]

Cited = Annotated[tuple[SourceId, ...], Field(min_length=1, description="Ids from sources.yaml that back this up.")]


Place = tuple[str | int, ...]
"""Where in a file: keys and positions, from the outside in."""


_UNKEPT: Final[set[str]] = set()


class Model(BaseModel):
    """Frozen, and strict about keys: a typo in YAML is an error, never a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)

    def model_post_init(self, _context: object) -> None:
        """Nobody asks which keys were written and which are defaults: thousands of sets less to keep."""
        object.__setattr__(self, "__pydantic_fields_set__", _UNKEPT)


def leaves(value: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    """Every value in a model that holds no others, with its place, in the order of the file; however deep it stands."""
    open_: list[tuple[Place, object]] = [(place, value)]
    while open_:
        place, value = open_.pop()
        if isinstance(value, str):  # as most are
            yield place, value
        elif isinstance(value, tuple):
            open_ += [((*place, at), value[at]) for at in range(len(value) - 1, -1, -1)]
        elif isinstance(value, Model | Mapping):
            parts = value if isinstance(value, Mapping) else value.__dict__
            open_ += [((*place, name), parts[name]) for name in reversed(parts)]
        else:
            yield place, value


def citations(model: Model) -> Iterator[SourceId]:
    """Every entry of every `sources` list in a model."""
    return (str(leaf) for place, leaf in leaves(model) if place[-2:-1] == ("sources",))


def texts(value: object) -> Iterator[str]:
    """Every text in a model, however deep it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Model):
        for part in value.__dict__.values():  # its fields, and much faster than by their names
            yield from texts(part)
    elif isinstance(value, tuple):
        for entry in value:
            yield from texts(entry)
