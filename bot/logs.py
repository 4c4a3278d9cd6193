"""The configuration of structured logs without secrets: no token, no option values, no locals."""

import logging
import sys
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass
from typing import Any, Final, TextIO

import structlog

from bot.settings import Settings

#: Of discord.py: we never speak, and while the network is away we log in again and again.
NEEDLESS: Final = ("voice will NOT be supported", "logging in using static token")
QUIET: Final = 60.0  # seconds until a line that comes again and again is written again, with how often it came
ONE_OF_MANY: Final = frozenset(
    {"timestamp", "occurrence", "reminder", "club", "channel", "seconds"}
)  # no other line for it

_CHAIN = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def configure(settings: Settings) -> None:
    """Send everything, discord.py's own messages too, to standard error in one format."""
    secret = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""

    def hide(_logger: Any, _name: str, line: Any) -> Any:  # the whole of it, as it is about to be written
        return line.replace(secret, "[token]") if secret else line

    last: Any = (
        structlog.processors.JSONRenderer()
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    render = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_CHAIN,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            last,
            hide,
        ],
    )
    handler = CountingHandler(sys.stderr)
    handler.setFormatter(render)
    handler.addFilter(lambda record: not record.getMessage().endswith(NEEDLESS))
    handler.addFilter(_without_network_story)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log.upper())
    for talkative in ("discord", "aiosqlite"):  # their debug messages hold what people type, and statements
        logging.getLogger(talkative).setLevel(max(logging.INFO, root.level))
    structlog.configure(
        processors=[*_CHAIN, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


@dataclass
class _Line:
    """A line that was written."""

    at: float  # seconds since 1970
    again: int = 0  # how often it came since
    last: logging.LogRecord | None = None


class CountingHandler(logging.StreamHandler[TextIO]):
    """Writes a warning, or worse, once; when the same comes again, how often it did, a minute later and at the end.

    So an outage, or a full disk that the log itself lies on, is a few lines and not thousands.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._lines: dict[object, _Line] = {}

    def emit(self, record: logging.LogRecord) -> None:
        self._write_counts(before=record.created - QUIET)
        if record.levelno < logging.WARNING:
            super().emit(record)
        elif line := self._lines.get(key := _same(record)):
            line.again, line.last = line.again + 1, record
        else:
            self._lines[key] = _Line(record.created)
            super().emit(record)

    def close(self) -> None:
        with self.lock or nullcontext():
            self._write_counts(before=float("inf"))
        super().close()

    def _write_counts(self, before: float) -> None:
        """Of each line that was written before then; one that did not come again is as good as new."""
        for key, line in [(key, line) for key, line in self._lines.items() if line.at <= before]:
            del self._lines[key]
            if line.last is not None:
                self._lines[key] = _Line(line.last.created)
                super().emit(_counted(line.last, line.again))


def _same(record: logging.LogRecord) -> object:
    """What two records have in common that are one line to whoever reads the log."""
    if isinstance(record.msg, dict):
        fields = {name: value for name, value in record.msg.items() if name not in ONE_OF_MANY}
        return record.name, record.levelno, repr(fields)
    return record.name, record.levelno, record.msg


def _counted(record: logging.LogRecord, again: int) -> logging.LogRecord:
    """The record without its story, which stands in the log already, and with how often it came."""
    counted = copy(record)
    counted.exc_info = counted.exc_text = None
    if isinstance(record.msg, dict):
        counted.msg = {name: value for name, value in record.msg.items() if name != "exc_info"} | {"again": again}
    else:
        counted.msg, counted.args = f"{record.getMessage()} (again={again})", ()
    return counted


def _without_network_story(record: logging.LogRecord) -> bool:
    """While Discord is away discord.py writes some forty lines at each try; which error it was is enough."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None and record.name.startswith("discord.") and _of_the_network(error):
        record.msg, record.args = f"{record.msg} (%s)", (*(record.args or ()), type(error).__name__)
        record.exc_info = None
    return True


def _of_the_network(error: BaseException) -> bool:
    """By what raised it, since this knows no Discord."""
    library = type(error).__module__.partition(".")[0]
    return isinstance(error, OSError) or library in {"aiohttp", "discord"}
