"""What the doctor finds at Discord: whether it is reached, the clock, the application, its invite, its commands."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

import aiohttp
import discord
from discord.app_commands import Group
from discord.ext.commands import Cog

from bot.clock import Clock
from bot.connection import AWAY, LOGIN_REFUSED
from bot.monitoring.doctor import HostCheck, fault, hint

LARGEST_SKEW: Final = timedelta(seconds=30)
WORDS: Final = {
    "view_channel": "View Channels",
    "send_messages": "Send Messages",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}
PERMISSIONS: Final = discord.Permissions(**dict.fromkeys(WORDS, True))
SCOPES: Final = {"0": {"applications.commands", "bot"}, "1": {"applications.commands"}}
INSTALLS: Final = {"0": "Guild Install", "1": "User Install"}
EVERYWHERE: Final = ({0, 1}, {0, 1, 2})  # install types and contexts
IN_SERVERS: Final = ({0}, {0})
SUBCOMMANDS: Final = (1, 2)
PORTAL: Final = "in Discord's developer portal"


def command_names(handlers: Iterable[object]) -> set[str]:
    """Of every command that this version has, subcommands in full."""
    commands = (command for cog in handlers if isinstance(cog, Cog) for command in cog.walk_app_commands())
    return {command.qualified_name for command in commands if not isinstance(command, Group)}


async def at_discord(
    token: str, commands: Collection[str], clock: Clock, shard_count: int | None = None
) -> list[HostCheck]:
    """Everything that needs the network. Sends nothing, changes nothing."""
    dates: list[str] = []

    async def look(_session: aiohttp.ClientSession, _context: object, request: aiohttp.TraceRequestEndParams) -> None:
        dates.append(request.response.headers.get("Date", ""))

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(look)
    async with discord.Client(intents=discord.Intents(guilds=True), http_trace=trace) as client:
        try:
            await client.login(token)
            here = clock.now()
            skew = _skew(dates[-1], here)
            application: Mapping[str, Any] = await client.http.application_info()
            known = await client.http.get_global_commands(int(application["id"]))
            recommended, _, starts = await client.http.get_bot_gateway()
        except discord.LoginFailure:
            return [fault("Discord", "it refused the token", LOGIN_REFUSED)]
        except discord.HTTPException as error:
            return [fault("Discord", f"it answers with {error.status}", "try again later; see discordstatus.com")]
        except AWAY as error:
            mend = "check network, name lookup and firewall: discord.com, port 443"
            return [fault("Discord", f"it cannot be reached ({type(error).__name__})", mend)]
    return [
        HostCheck("Discord", f"it answers, and knows this bot as {application['name']}"),
        skew,
        _shards(shard_count, recommended, starts["remaining"]),
        *_application(application),
        *_commands(known, commands),
    ]


def _shards(count: int | None, recommended: int, starts: int) -> HostCheck:
    """`starts`: how many more shards may connect today."""
    if count is not None and count < recommended:
        mend = f"raise it, in every process, when the bot can be away for a moment: at least {recommended}"
        return hint("shards", f"LIMBER_SHARD_COUNT is {count}, and Discord recommends {recommended}", mend)
    return HostCheck("shards", f"Discord recommends {recommended}; {starts} more may connect today")


def _skew(date: str, here: datetime) -> HostCheck:
    try:
        skew = abs(here - parsedate_to_datetime(date).astimezone(UTC))
    except ValueError:
        return HostCheck("clock", "Discord did not say what time it is")
    if skew > LARGEST_SKEW:
        mend = "switch on time synchronisation: timedatectl set-ntp true"
        return fault("clock", f"it is {skew.total_seconds():.0f} s off, so reminders are too", mend)
    return HostCheck("clock", "right")


def _application(application: Mapping[str, Any]) -> Iterator[HostCheck]:
    if application.get("interactions_endpoint_url"):
        mend = f"empty Interactions Endpoint URL, General Information, {PORTAL}"
        yield fault("application", "commands go to a web address instead of this bot", mend)
    installs = application.get("integration_types_config") or {}
    for kind, name in INSTALLS.items():
        if kind not in installs:
            yield fault("install", f"{name} is off", f"tick it on the Installation page, {PORTAL}")
        else:
            yield from _install(name, SCOPES[kind], (installs[kind] or {}).get("oauth2_install_params") or {}, kind)
    for key, name in (("privacy_policy_url", "privacy policy"), ("terms_of_service_url", "terms of service")):
        if not application.get(key):
            mend = f"publish docs/publish and link it under General Information, {PORTAL}"
            yield hint("application", f"it has no link to a {name}", mend)


def _install(name: str, scopes: set[str], given: Mapping[str, Any], kind: str) -> Iterator[HostCheck]:
    if missing := scopes - set(given.get("scopes") or ()):
        mend = f"add it under Default Install Settings, Installation, {PORTAL}"
        yield fault("install", f"{name} lacks the scope {', '.join(sorted(missing))}", mend)
    if kind == "0":
        has = discord.Permissions(int(given.get("permissions") or 0))
        names = [word for flag, word in WORDS.items() if not getattr(has, flag)]
        if names:
            mend = f"tick them under Default Install Settings, Installation, {PORTAL}; clubs can give them too"
            yield hint("install", f"the invite does not ask for {', '.join(names)}, which posts need", mend)
        if extra := has.value & ~PERMISSIONS.value:
            needless = ", ".join(flag for flag, on in discord.Permissions(extra) if on)
            yield hint("install", f"the invite asks for more than Limber needs: {needless}", f"untick it, {PORTAL}")
    yield HostCheck("install", f"{name} is on")


def _commands(known: Iterable[Mapping[str, Any]], ours: Collection[str]) -> Iterator[HostCheck]:
    listed = list(known)
    theirs = {name for command in listed for name in _names(command)}
    if theirs != set(ours):
        differing = sorted(f"/{name}" for name in theirs.symmetric_difference(ours))
        yield fault("commands", f"Discord and this version differ in {', '.join(differing)}", "limber sync --force")
    elif any(_reach(command) != (IN_SERVERS if command["name"] == "club" else EVERYWHERE) for command in listed):
        yield fault("commands", "some cannot be used everywhere they should", "limber sync --force")
    else:
        yield HostCheck("commands", f"Discord knows all {len(theirs)}")


def _reach(command: Mapping[str, Any]) -> tuple[set[int], set[int]]:
    return set(command.get("integration_types") or ()), set(command.get("contexts") or ())


def _names(command: Mapping[str, Any], above: str = "") -> Iterator[str]:
    name = f"{above} {command['name']}".strip()
    inner = [option for option in command.get("options") or () if option["type"] in SUBCOMMANDS]
    if not inner:
        yield name
    for option in inner:
        yield from _names(option, name)
