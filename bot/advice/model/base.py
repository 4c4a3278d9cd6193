"""What every model shares: strict keys, ids, and texts with a length."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
FlagId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}[0-9]{1,2}$")]
SourceId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2)]
Name = Annotated[Text, StringConstraints(max_length=50)]
Short = Annotated[Text, StringConstraints(max_length=80)]
Line = Annotated[Text, StringConstraints(max_length=200)]
Paragraph = Annotated[Text, StringConstraints(max_length=320)]

Cited = Annotated[tuple[SourceId, ...], Field(min_length=1, description="Ids from sources.yaml that back this up.")]


class Model(BaseModel):
    """Frozen, and strict about keys: a typo in YAML is an error, never a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
