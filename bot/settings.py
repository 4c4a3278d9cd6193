"""What a host can set: read once, from the environment or a `.env` file, and frozen."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import StartError

CONTENT = Path(__file__).resolve().parent.parent / "content"  # the same place in a checkout and in the wheel


class Settings(BaseSettings):
    """Names are upper case in the environment: DISCORD_TOKEN, LIMBER_DATA…

    The token is never shown, not even in a traceback.
    """

    model_config = SettingsConfigDict(
        env_prefix="LIMBER_", env_file=".env", extra="ignore", frozen=True, populate_by_name=True
    )

    discord_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN")
    data: Path = Path("data")  # the one folder the bot writes to
    content: Path = CONTENT
    log: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"
    shard_count: int | None = Field(default=None, ge=1)  # None: ask Discord


def read_settings() -> Settings:
    """Raises StartError with one line that names each setting that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(
            f"{_variable(details['loc'])}: {details['msg']}" for details in error.errors(include_input=False)
        )
        raise StartError(f"A setting is wrong. {wrong}. See docs/self-hosting.md.") from None


def _variable(place: tuple[int | str, ...]) -> str:
    name = str(place[0]).upper()
    return name if name == "DISCORD_TOKEN" or name.startswith("LIMBER_") else f"LIMBER_{name}"
