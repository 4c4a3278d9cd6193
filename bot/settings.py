"""The settings of a host: read once, from the environment or a `.env` file, and frozen."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Final, Literal, NamedTuple

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from bot.errors import StartError

PREFIX: Final = "LIMBER_"
OURS: Final = re.compile(rf"\b(?:{PREFIX}\w+|DISCORD_TOKEN)\b", re.IGNORECASE)
SHARE: Final = re.compile("([0-9]{1,3})/([0-9]{1,3})")
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


class Cluster(NamedTuple):
    """One of several processes that share the shards of a bot."""

    number: int  # from 1
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


class Settings(BaseModel):
    """Names are upper case in the environment: DISCORD_TOKEN, LIMBER_DATA…

    Token and key are never shown, not even in a traceback.
    """

    model_config = ConfigDict(frozen=True)

    discord_token: SecretStr | None = None
    data: Path = Path("data")  # the one folder the bot writes to
    database_url: SecretStr | None = None  # postgresql://…; None: SQLite, in the data folder
    keys_url: SecretStr | None = Field(default=None, validate_default=True)  # another database, for the keys alone
    content: Path = CONTENT
    key: SecretStr | None = None  # the host key itself: 32 bytes in base64; wins over the file
    key_file: Path = Field(default_factory=_key_file)  # made on the first run
    diary: bool = True
    notes: bool = False  # free text in check-ins
    pictures: bool = True  # of exercises, on cards, posts and reminders
    stats: bool = True  # clubs' barometers
    minimum_age: int = Field(default=16, ge=13, le=99)  # 13 is what Discord itself asks for
    contact: str | None = Field(default=None, max_length=200)  # how people reach the host; shown to whoever asks
    keep_months: int = Field(default=12, ge=1, le=120)  # after a person's last use
    log: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"
    http_host: str = "127.0.0.1"  # who may ask how the bot is
    http_port: int = Field(default=8417, ge=0, le=65535)  # 0: nobody
    shard_count: int | None = Field(default=None, ge=1, le=1000)  # None: ask Discord; each connects, 1000 times a day
    cluster: Cluster | None = None  # this process's share of the shards; None: all
    discord_api: str = "https://discord.com"  # or a proxy in front of it

    @field_validator("*", mode="before")
    @classmethod
    def _not_empty(cls, value: object, info: ValidationInfo) -> object:
        """Such as of a variable that was to be filled in and was not: an empty path would mean this very folder."""
        if value == "" and info.field_name != "discord_token":
            raise PydanticCustomError("empty", "it is empty; give it a value, or take it out")
        return value

    @field_validator("database_url", "keys_url")
    @classmethod
    def _postgresql(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not url.get_secret_value().startswith(("postgresql://", "postgres://")):
            raise PydanticCustomError("url", "it does not begin with postgresql://")
        return url

    @field_validator("keys_url")
    @classmethod
    def _apart(cls, url: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        database = info.data.get("database_url")
        if (url is None) != (database is None) and "database_url" in info.data:
            raise PydanticCustomError("pair", "it goes with LIMBER_DATABASE_URL: give both, or neither")
        if url is not None and url == database:
            raise PydanticCustomError("same", "it is the same as LIMBER_DATABASE_URL; the keys need one of their own")
        return url

    @field_validator("cluster", mode="before")
    @classmethod
    def _share(cls, text: object, info: ValidationInfo) -> object:
        if not isinstance(text, str):
            return text
        share, given = SHARE.fullmatch(text), info.data
        if share is None or not 1 <= (number := int(share[1])) <= (of := int(share[2])):
            raise PydanticCustomError("share", "it is no share of the shards, such as 2/4 for the second of four")
        if "database_url" in given and given["database_url"] is None:
            raise PydanticCustomError("engine", "several processes need PostgreSQL, and on SQLite there is one")
        if "shard_count" in given and (given["shard_count"] or 0) < of:
            raise PydanticCustomError("shards", "it goes with LIMBER_SHARD_COUNT, one shard for each cluster at least")
        return Cluster(number, of)

    @field_validator("discord_api")
    @classmethod
    def _origin(cls, url: str) -> str:
        if not re.fullmatch(r"https?://[^/\s]+/?", url):
            raise PydanticCustomError("url", "it is no address such as http://127.0.0.1:8080")
        return url.rstrip("/")

    @property
    def leads(self) -> bool:
        """Whether this is the process that does what is done once, such as deleting by time."""
        return self.cluster is None or self.cluster.number == 1

    @property
    def processes(self) -> int:
        """How many run the bot together."""
        return 1 if self.cluster is None else self.cluster.of

    @property
    def shard_ids(self) -> Sequence[int] | None:
        """The shards of this process: every so-manieth of all. None: all of them, however many those are."""
        if self.cluster is None or self.shard_count is None:
            return None
        return range(self.cluster.number - 1, self.shard_count, self.cluster.of)

    @property
    def server(self) -> "Server | None":
        """Where the diary is, when it is on PostgreSQL."""
        if self.database_url is None or self.keys_url is None:
            return None
        return Server(self.database_url.get_secret_value(), self.keys_url.get_secret_value())

    def on(self, server: "Server | None") -> "Settings":
        """The same with the diary on that server; None: in the data folder."""
        urls = server or (None, None)
        database, keys = (url and SecretStr(url) for url in urls)
        return self.model_copy(update={"database_url": database, "keys_url": keys})


class Server(NamedTuple):
    """The URLs of the two databases, with their passwords: not to be shown."""

    database: str
    keys: str


class ServiceManager(NamedTuple):
    """What systemd says to a service of its own (sd_notify(3)); nothing when nobody does."""

    notify_socket: str | None
    watchdog: float | None  # the seconds within which it wants to hear of us


def read_service_manager() -> ServiceManager:
    """What systemd put into the environment of this process. Raises ValueError where WATCHDOG_USEC is no number."""
    microseconds = int(os.environ.get("WATCHDOG_USEC", "0"))
    return ServiceManager(os.environ.get("NOTIFY_SOCKET"), microseconds / 1e6 or None)


def read_settings(**given: str | None) -> Settings:
    """What is given here wins, then the environment, then the file `.env`; None is not given.

    Raises StartError with one line that names each setting that is wrong, or that nobody knows.
    """
    values = {name.upper(): value or "" for source in (_file(), os.environ) for name, value in source.items()}
    values |= {_variable(name): value for name, value in given.items() if value is not None}
    known = {_variable(name): name for name in Settings.model_fields}
    wrong = list(_unknown(values.keys() - known, sorted(known)))
    try:
        settings = Settings.model_validate(
            {name: values[variable] for variable, name in known.items() if variable in values}
        )
    except ValidationError as error:
        wrong += [f"{_variable(details['loc'][0])}: {details['msg']}" for details in error.errors(include_input=False)]
    if wrong:
        raise StartError(f"A setting is wrong. {'; '.join(wrong)}. See docs/self-hosting.md.")
    return settings


def _file() -> Mapping[str, str | None]:
    """What is in `.env`; None where there is no `=`. Raises StartError."""
    try:
        text = Path(".env").read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError):
        return {}
    except UnicodeDecodeError:
        raise StartError("The file .env is not in UTF-8. Save it in that encoding, then try again.") from None
    except OSError as error:
        raise StartError(f"The file .env cannot be read: {error.strerror}.") from None
    for line in parse_stream(StringIO(text)):
        if line.error and (name := OURS.search(line.original.string)):
            raise StartError(f"What .env says of {name[0]} cannot be read. Write NAME=value, and close every quote.")
    return dotenv_values(stream=StringIO(text))


def _unknown(names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """Each `LIMBER_…` that is no setting: whoever wrote it means something, and would wait for it in vain."""
    for name in sorted(names):
        if name.startswith(PREFIX):
            from rapidfuzz import process  # noqa: PLC0415  # nobody needs it whose settings are right

            plain = {variable: variable.partition("_")[2] for variable in known}
            *_, nearest = process.extractOne(name.removeprefix(PREFIX), plain)
            yield f"there is no {name}, the nearest is {nearest}"


def _variable(field: int | str) -> str:
    name = str(field).upper()
    return name if name == "DISCORD_TOKEN" else f"{PREFIX}{name}"
