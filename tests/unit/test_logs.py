"""What the log says when the same thing goes wrong again and again."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import logs
from bot.logs import CountingHandler, configure
from bot.settings import Settings


@pytest.fixture(params=["json"])
def written(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """The log of a bot."""
    root, stream = logging.getLogger(), io.StringIO()
    kept = root.handlers[:], root.level, structlog.get_config()
    monkeypatch.setattr("sys.stderr", stream)
    configure(Settings(log_format=request.param, discord_token="its-own.token"))
    yield stream
    root.handlers[:], config = kept[0], kept[2]
    root.setLevel(kept[1])
    structlog.configure(**config)


def ended(written: io.StringIO) -> list[str]:
    """Every line, after the process has ended."""
    logging.getLogger().handlers[0].close()
    return written.getvalue().splitlines()


def test_what_fails_again_and_again_is_one_line_and_then_a_count(written: io.StringIO) -> None:
    """A full disk was 32 lines a second, onto that disk."""
    log = structlog.get_logger("limber.reminders")
    for number in range(1000):
        log.error("deliveries cannot be written down; tried again", why="The disk is full.")
        log.error("a delivery was given up for now", occurrence=f"{number:032}", kind="DiskFull")
    assert len(written.getvalue().splitlines()) == 2
    lines = ended(written)
    assert len(lines) == 4
    assert [line.count('"again": 999') for line in lines] == [0, 0, 1, 1]


def test_the_count_comes_with_whatever_is_written_a_minute_later(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = structlog.get_logger("limber.reminders")
    log.error("away")
    log.error("away")
    monkeypatch.setattr(logs, "QUIET", -1.0)  # it is over at once
    log.info("something else")
    assert [line.count("again") for line in written.getvalue().splitlines()] == [0, 1, 0]


def test_after_a_quiet_minute_it_is_a_line_of_its_own(written: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "QUIET", -1.0)
    for _ in range(3):
        structlog.get_logger("limber").warning("away")
    assert [line.count("again") for line in ended(written)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"why": "The disk is full."}, {"why": "The disk gave an error."}),
        ({"code": "ABCD"}, {"code": "EFGH"}),  # somebody may ask about theirs
    ],
)
def test_another_reason_is_another_line(written: io.StringIO, first: dict[str, str], second: dict[str, str]) -> None:
    for said in (first, second):
        structlog.get_logger("limber").error("unexpected error", **said)
    assert len(written.getvalue().splitlines()) == 2


def test_what_is_no_warning_is_always_written(written: io.StringIO) -> None:
    for _ in range(3):
        structlog.get_logger("limber").info("ready")
    assert len(written.getvalue().splitlines()) == 3


def test_an_outage_of_discord_is_one_line_without_forty_of_where(written: io.StringIO) -> None:
    log = logging.getLogger("discord.client")
    for number in range(6):
        try:
            raise ConnectionResetError("Cannot connect to discord.com")
        except ConnectionResetError:
            log.exception("Attempting a reconnect in %.2fs", number / 3)
    first, again = ended(written)
    assert "Attempting a reconnect in 0.00s (ConnectionResetError)" in first
    assert "again=5" in again


def test_another_story_of_discord_py_is_told(written: io.StringIO) -> None:
    try:
        raise ValueError("ours")
    except ValueError:
        logging.getLogger("discord.client").exception("Ignoring exception in %s", "on_ready")
    assert "ValueError: ours" in written.getvalue()


@pytest.mark.parametrize("written", ["json", "text"], indirect=True)
def test_the_token_is_shown_nowhere_and_what_went_wrong_is(written: io.StringIO) -> None:
    def spoken(said: str) -> None:
        raise ValueError(f"refused: {said}")

    token = "its-own.token"
    try:
        spoken(token)
    except ValueError as error:
        structlog.get_logger("limber").exception("unexpected error", headers={"Authorization": f"Bot {token}"})
        logging.getLogger("discord.client").exception("Ignoring exception in %s", [token, error])
    assert token not in written.getvalue()
    assert written.getvalue().count("in spoken") == 2
    assert "ValueError: refused: [token]" in written.getvalue()


def test_a_line_that_did_not_come_again_leaves_nothing_behind() -> None:
    stream = io.StringIO()
    handler = CountingHandler(stream)
    handler.handle(logging.makeLogRecord({"name": "x", "levelno": logging.ERROR, "msg": "once"}))
    handler.close()
    assert stream.getvalue() == "once\n"
