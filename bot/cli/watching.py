"""`limber doctor` and `limber status`: what is wrong with this installation, how the running bot is."""

import asyncio
import json
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Annotated, Any, Final

import typer

from bot.clock import WallClock
from bot.errors import StartError
from bot.logs import configure
from bot.settings import Settings, read_settings

STATUS_TIMEOUT: Final = 10.0  # seconds
OURS: Final = {"ready", "problems", "version", "content", "started", "shards", "servers", "delivery", "last_backup"}


def doctor(
    context: typer.Context,
    offline: Annotated[bool, typer.Option("--offline", help="Ask Discord nothing.")] = False,
) -> None:
    """Look through this installation: a line for each check, with the way out. Exit code 1 when something is wrong."""
    from bot.monitoring.doctor import Level, failed, on_this_machine

    settings = read_settings().model_copy(update={"log": "error"})
    configure(settings)
    checks = [*on_this_machine(settings, context.obj, WallClock().now())]
    if not offline and settings.discord_token is not None and not failed(checks):
        checks += asyncio.run(_at_discord(settings, context))
    for check in checks:
        typer.echo(f"{check.level:5} {check.about}: {check.saw}")
        if check.level is not Level.FINE:
            typer.echo(f"      Mend it: {check.mend}")
    if failed(checks):
        raise typer.Exit(1)
    typer.echo("Nothing is wrong.")


async def _at_discord(settings: Settings, context: typer.Context) -> list[Any]:
    from bot.app import build
    from bot.cli.starting import token_of
    from bot.connection import send_to
    from bot.monitoring.doctor_discord import at_discord, command_names

    send_to(settings.discord_api)
    async with build(settings, locales=context.obj) as bot:
        names = command_names(bot.features.handlers)
    return await at_discord(token_of(settings), names, WallClock(), settings.shard_count)


def status(as_json: Annotated[bool, typer.Option("--json", help="Print everything, for a script.")] = False) -> None:
    """How the running bot is, asked of itself. Exit code 1 when it is not ready, or not there."""
    settings = read_settings()
    if not settings.http_port:
        raise StartError("LIMBER_HTTP_PORT=0 has switched off the way to ask a running bot.")
    state = _read_state(f"http://{_reachable(settings.http_host)}:{settings.http_port}/readyz")
    typer.echo(json.dumps(state, indent=2) if as_json else _as_text(state))
    if not state["ready"]:
        raise typer.Exit(1)


def _reachable(host: str) -> str:
    """Where to ask whoever listens there: who listens everywhere listens here too."""
    return "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104


def _read_state(address: str) -> dict[str, Any]:
    """Raises StartError when nobody answers, or another program does."""
    try:
        state = json.loads(_body(address))
    except (OSError, ValueError, HTTPException):
        state = None
    if not isinstance(state, dict) or not state.keys() >= OURS:
        raise StartError(
            f"No bot answers at {address}. Is it running, and with the same LIMBER_HTTP_PORT? "
            "Look into its log; limber doctor looks through the installation."
        )
    return state


def _body(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=STATUS_TIMEOUT) as answer:  # noqa: S310  # http, from our own settings
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        with error:  # 503: it is not ready, and says why
            return error.read()


def _as_text(state: dict[str, Any]) -> str:
    shards = state["shards"]
    lines = [
        "Ready." if state["ready"] else f"Not ready. {' '.join(state['problems'])}",
        f"limber {state['version']}, content {state['content']}, running since {state['started']}",
        *([f"Cluster {state['cluster']}."] if state.get("cluster") else []),
        f"{sum(shard['connected'] for shard in shards)} of {len(shards)} shards connected, {state['servers']} servers",
        f"Delivery is {state['delivery']}. Waiting to be sent: {state['waiting']}"
        + (f", the oldest since {state['oldest_due']}" if state["oldest_due"] else ""),
        f"Newest backup: {state['last_backup'] or 'none yet'}",
    ]
    return "\n".join(lines)
