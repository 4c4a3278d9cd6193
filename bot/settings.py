"""The settings of a host: read once, from the environment or a `.env` file, and frozen."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import StartError

CONTENT = Path(__file__).resolve().parent.parent / "content"  # the same place in a checkout and in the wheel


def _key_file() -> Path:
    """In the host's configuration folder (XDG Base Directory Specification), not beside what it opens."""
    folder = os.environ.get("XDG_CONFIG_HOME", "")
    if Path(folder).is_absolute():
        return Path(folder, "limber", "host.key")
    try:
        return Path("~/.config/limber/host.key").expanduser()
    except RuntimeError:  # a user without a home: `limber run` then says what to set
        return Path(".config/limber/host.key")


class Settings(BaseSettings):
    """Names are upper case in the environment: DISCORD_TOKEN, LIMBER_DATA…

    Token and key are never shown, not even in a traceback.
    """

    model_config = SettingsConfigDict(
        env_prefix="LIMBER_", env_file=".env", extra="ignore", frozen=True, populate_by_name=True
    )

    discord_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN")
    data: Path = Path("data")  # the one folder the bot writes to
    content: Path = CONTENT
    key: SecretStr | None = None  # the host key itself: 32 bytes in base64; wins over the file
    key_file: Path = Field(default_factory=_key_file)  # made on the first run
    diary: bool = True
    notes: bool = False  # free text in check-ins
    pictures: bool = True  # of exercises, on cards, posts and reminders
    stats: bool = True  # clubs' barometers
    minimum_age: int = Field(default=16, ge=13)  # what Discord itself asks for
    contact: str | None = Field(default=None, max_length=200)  # how people reach the host; shown to whoever asks
    keep_months: int = Field(default=12, ge=1)  # after a person's last use
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
