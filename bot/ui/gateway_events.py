"""The guard of the gateway's events: one that cannot be read is dropped and ends nothing."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import structlog
from discord import Client, Interaction

INTERACTION: Final = "INTERACTION_CREATE"

#: What an answer needs of an interaction. What stands in the others is what cannot be read.
NEEDED: Final = frozenset({"id", "type", "token", "version", "application_id", "locale"})

log = structlog.get_logger("limber.gateway")


def guard(client: Client, answer: Callable[[Interaction], None]) -> None:
    """Drop, from now on, what discord.py cannot read; without this one such event ends the connection for good.

    `answer` is given what is left of an interaction: who sent it, and in which language. It has no data.
    """
    parsers = client._connection.parsers  # what every shard reads with
    for name, parse in parsers.items():
        parsers[name] = partial(_parse, client, name, parse, answer)


def _parse(
    client: Client, name: str, parse: Callable[[Any], None], answer: Callable[[Interaction], None], data: Any
) -> None:
    try:
        if name == INTERACTION:
            (data["member"] if data.get("guild_id") else data)["user"]["id"]  # who: discord.py does without
        parse(data)
    except Exception as error:  # noqa: BLE001  # whatever it is, the next event must be read
        log.error("an event cannot be read; dropped", event_name=name, kind=type(error).__name__, where=_where(error))
        if name == INTERACTION:
            try:
                answer(_rest(client, data))
            except Exception as second:  # noqa: BLE001  # Discord sends nothing like it
                log.error("nobody can be answered", kind=type(second).__name__, where=_where(second))


def _rest(client: Client, data: Any) -> Interaction:
    """An interaction with nothing in it but what its answer needs. Raises whatever, when even that is not there."""
    user = data.get("user") or data["member"]["user"]
    needed = {key: data[key] for key in NEEDED & data.keys()}
    payload: Any = {"version": 1, "attachment_size_limit": 0, **needed, "user": user}
    return Interaction(data=payload, state=client._connection)


def _where(error: BaseException) -> str:
    """The line it was raised on. What stands in the error may be what somebody typed."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
