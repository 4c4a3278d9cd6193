"""The check of who may look after a club, made again at every press by Discord's own rules, at most a minute old."""

import asyncio
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import discord
import structlog
from discord import Client, InteractionType, Member
from discord.app_commands import CommandTree

from bot.errors import UserError
from bot.ui.error_mapping import TROUBLE
from bot.ui.request import Request

COMMAND: Final = "club"
ROLE, USER = 1, 2  # Discord's types of overrides
RULES_AGE: Final = 60.0  # seconds an answer of Discord's is good for
ANSWER_WITHIN: Final = 1.4  # seconds; then there is time for an answer without a deferral

log = structlog.get_logger("limber.moderators")


class NotAModerator(UserError, message="error-not-a-moderator"):
    """Neither *Manage Server* nor a rule in the server's Integrations page lets them."""


class MayNotKnow(UserError, message="error-moderators-unknown"):
    """Discord does not say just now whom it lets."""


@dataclass(frozen=True, slots=True)
class Override:
    """One line of the server's Integrations page."""

    kind: int
    id: int  # a role, a member, or the server itself for everybody
    allows: bool


@dataclass(frozen=True, slots=True)
class CommandPermissions:
    """What the Integrations page says about /club, and about all that the bot can do."""

    command: Sequence[Override] = ()
    app: Sequence[Override] = ()


class Moderators:
    """Whom the server lets use /club."""

    def __init__(self, tree: CommandTree[Client], elapsed: Callable[[], float]) -> None:
        """`elapsed` gives seconds that only go forward."""
        self._tree = tree
        self._elapsed = elapsed
        self._command: int | None = None
        self._known: dict[int, tuple[float, CommandPermissions]] = {}  # by server, with when it was asked
        self._asking: dict[int, asyncio.Task[CommandPermissions]] = {}

    async def check(self, request: Request) -> int:
        """The club's id. Raises NotAModerator: a card may be older than somebody's right to use it; MayNotKnow."""
        interaction, club = request.interaction, request.club
        member = interaction.user
        if club is None or not isinstance(member, Member):
            raise NotAModerator
        if member.id == (interaction.guild.owner_id if interaction.guild else None):
            return club
        if interaction.permissions.administrator:
            return club
        began, default = self._elapsed(), interaction.permissions.manage_guild
        data = dict(interaction.data or {})
        command = interaction.type is InteractionType.application_command and data.get("name") == COMMAND
        if command:
            self._command = int(str(data["id"]))  # one question less
        if _allowed(await self._rules(club, began - RULES_AGE), member, club, default):
            return club
        if command and _allowed(await self._rules(club, began), member, club, default):
            return club  # Discord has just let them: what we knew is older
        raise NotAModerator

    async def _rules(self, guild: int, since: float) -> CommandPermissions:
        """As Discord said them after then. Raises MayNotKnow when it does not say in time.

        The question goes on then, and is asked once for all who wait: what asks is discord.py, which sleeps over a
        limit, and whose client is shut for good when that is cut short. Soon somebody presses again.
        """
        asked_at, known = self._known.get(guild, (-math.inf, CommandPermissions()))
        if asked_at > since:
            return known
        if guild not in self._asking:
            self._asking[guild] = asyncio.create_task(self._ask(guild))
            self._asking[guild].add_done_callback(partial(self._end, guild))
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                return await asyncio.shield(self._asking[guild])
        except TROUBLE as error:
            log.warning("who may use /club could not be asked", kind=type(error).__name__)
            raise MayNotKnow from error

    def _end(self, guild: int, asking: asyncio.Task[CommandPermissions]) -> None:
        del self._asking[guild]
        if not asking.cancelled() and asking.exception() is None:
            self._known[guild] = (self._elapsed(), asking.result())

    async def _ask(self, guild: int) -> CommandPermissions:
        """Empty where nobody has set any."""
        application = self._tree.client.application_id
        if application is None:
            return CommandPermissions()
        if self._command is None:
            commands = await self._tree.fetch_commands()
            self._command = next((command.id for command in commands if command.name == COMMAND), None)
        if self._command is None:
            return CommandPermissions()
        both = (self._command, application)
        return CommandPermissions(*await asyncio.gather(*(self._overrides(application, guild, of) for of in both)))

    async def _overrides(self, application: int, guild: int, of: int) -> Sequence[Override]:
        """`of`: a command, or the application itself for all of its commands."""
        ask = self._tree.client.http.get_application_command_permissions
        try:
            answer: Mapping[str, Any] = await ask(application, guild, of)
        except discord.NotFound:  # nobody has changed anything there
            return ()
        return [Override(line["type"], int(line["id"]), bool(line["permission"])) for line in answer["permissions"]]


def _allowed(rules: CommandPermissions, member: Member, guild: int, default: bool) -> bool:
    """As Discord decides: what /club says; else what the whole app says, if that is no; else the default."""
    by_command = _verdict(rules.command, member, guild)
    if by_command is not None:
        return by_command
    return default and _verdict(rules.app, member, guild) is not False


def _verdict(overrides: Sequence[Override], member: Member, guild: int) -> bool | None:
    """The member's own line, else any role that allows, else everybody's; None where there is none of them."""
    own = [override.allows for override in overrides if override.kind == USER and override.id == member.id]
    if own:
        return own[0]
    roles = {role.id for role in member.roles} - {guild}
    of_roles = [override.allows for override in overrides if override.kind == ROLE and override.id in roles]
    if of_roles:
        return any(of_roles)
    everybody = [override.allows for override in overrides if override.kind == ROLE and override.id == guild]
    return everybody[0] if everybody else None
