"""The settings of a host: what is misspelt, empty or out of bounds is named before anything starts."""

from pathlib import Path

import pytest

from bot.errors import StartError
from bot.settings import Cluster, Settings, read_settings
from tests.support.command_line import limber


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither of this machine nor in a file."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(f"LIMBER_{field.upper()}", raising=False)


def refusal() -> str:
    with pytest.raises(StartError) as refused:
        read_settings()
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("LIMBER_KEEP_MONTHS", value) for value in ("0", "121", "99999", "9" * 400, "-1", "1.5", "twelve", "nan")),
        *(("LIMBER_MINIMUM_AGE", value) for value in ("12", "100", "-16", "9" * 400)),
        *(("LIMBER_SHARD_COUNT", value) for value in ("0", "1001", "1e9", "auto")),
        *((f"LIMBER_{field.upper()}", "") for field in Settings.model_fields if field != "discord_token"),
    ],
)
def test_a_value_out_of_bounds_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert f"{name}: " in refusal()


def test_every_number_has_bounds() -> None:
    numbers = [name for name, field in Settings.model_fields.items() if "int" in str(field.annotation)]
    bounds = {name: {type(bound).__name__ for bound in Settings.model_fields[name].metadata} for name in numbers}
    assert bounds == {name: {"Ge", "Le"} for name in numbers}


@pytest.mark.parametrize("limit", ["LIMBER_KEEP_MONTHS=1", "LIMBER_KEEP_MONTHS=120", "LIMBER_MINIMUM_AGE=99"])
def test_a_bound_itself_is_allowed(limit: str) -> None:
    Path(".env").write_text(limit, encoding="utf-8")
    name, value = limit.removeprefix("LIMBER_").split("=")
    assert getattr(read_settings(), name.lower()) == int(value)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("LIMBER_DAIRY", "LIMBER_DIARY"), ("limber_keepmonths", "LIMBER_KEEP_MONTHS"), ("LIMBER_TOKEN", "DISCORD_TOKEN")],
)
@pytest.mark.parametrize("in_file", [False, True], ids=["environment", "file"])
def test_a_name_that_nobody_knows_is_refused_with_the_nearest(
    monkeypatch: pytest.MonkeyPatch, typed: str, meant: str, in_file: bool
) -> None:
    if in_file:
        Path(".env").write_text(f"{typed}=false\n", encoding="utf-8")
    else:
        monkeypatch.setenv(typed, "false")
    said = refusal()
    assert f"there is no {typed.upper()}" in said
    assert meant in said


def test_everything_that_is_wrong_is_named_at_once_and_no_value_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIMBER_DAIRY", "a-secret")
    monkeypatch.setenv("LIMBER_KEEP_MONTHS", "99999")
    monkeypatch.setenv("LIMBER_DATA", "")
    said = refusal()
    assert all(name in said for name in ("LIMBER_DAIRY", "LIMBER_KEEP_MONTHS", "LIMBER_DATA"))
    assert "a-secret" not in said


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])  # such as a shell of Windows, or an editor, writes it
def test_a_file_in_another_encoding_is_refused_in_one_line(encoding: str) -> None:
    Path(".env").write_text("LIMBER_CONTACT=Jürgen\n", encoding=encoding)
    assert "The file .env is not in UTF-8." in refusal()


@pytest.mark.parametrize(
    "line", ['LIMBER_DIARY="false', "LIMBER_DIARY: false", "export LIMBER_DIARY false", "LIMBER_DIARY"]
)
def test_a_line_of_the_file_that_is_no_setting_is_refused_by_name(line: str) -> None:
    """The diary was open then, whatever its host meant."""
    Path(".env").write_text(f"# the club\n\n{line}\nLIMBER_KEEP_MONTHS=3\n", encoding="utf-8")
    assert "LIMBER_DIARY" in refusal()


def test_the_environment_wins_over_the_file_however_either_is_spelt(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("LIMBER_CONTACT=one\nlimber_contact=two\n", encoding="utf-8")
    assert read_settings().contact == "two"
    monkeypatch.setenv("LIMBER_CONTACT", "three")
    assert read_settings().contact == "three"


def test_variables_of_other_programs_are_no_business_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIMBERJACK", "1")
    Path(".env").write_text("COMPOSE_PROJECT_NAME=club\nDISCORD_TOKEN=\n", encoding="utf-8")
    assert read_settings().data == Path("data")


@pytest.mark.parametrize(
    "command", [("erase-user", "9" * 30, "--yes"), ("export-user", str(2**63)), ("erase-club", "0", "--yes")]
)
def test_a_number_no_id_of_discord_can_have_is_refused_in_one_line(command: tuple[str, ...]) -> None:
    ended = limber(*command)
    assert ended.returncode == 2  # of a command that was typed wrongly
    assert "Invalid value" in ended.stderr


ON_SERVER = {"LIMBER_DATABASE_URL": "postgresql://a/limber", "LIMBER_KEYS_URL": "postgresql://a/keys"}


@pytest.mark.parametrize("share", ["5/4", "0/4", "2", "2/4/8", "-1/2", "a/b", "1/0"])
def test_a_share_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, share: str) -> None:
    for name, value in (ON_SERVER | {"LIMBER_SHARD_COUNT": "8"}).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StartError, match="LIMBER_CLUSTER: it is no share of the shards, such as 2/4"):
        read_settings(cluster=share)


def test_every_shard_is_in_one_share() -> None:
    for of, shards in ((1, 1), (2, 5), (3, 16)):
        shares = [Settings(shard_count=shards, cluster=Cluster(one, of)) for one in range(1, of + 1)]
        assert sorted(shard for share in shares for shard in share.shard_ids or ()) == list(range(shards))
    assert Settings(shard_count=3).shard_ids is None


def test_a_share_needs_postgresql_and_the_number_of_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIMBER_CLUSTER", "1/2")
    assert "LIMBER_CLUSTER: several processes need PostgreSQL" in refusal()
    for name, value in ON_SERVER.items():
        monkeypatch.setenv(name, value)
    for shards in (None, "1"):
        if shards is not None:
            monkeypatch.setenv("LIMBER_SHARD_COUNT", shards)
        assert "LIMBER_CLUSTER: it goes with LIMBER_SHARD_COUNT" in refusal()


@pytest.mark.parametrize("address", ["discord.com", "ftp://a", "http://a/api/v10", "http://a b"])
def test_an_address_of_discord_is_an_origin(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("LIMBER_DISCORD_API", address)
    assert "LIMBER_DISCORD_API: it is no address such as" in refusal()
