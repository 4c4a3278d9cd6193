"""The check of who may look after a club, made again at every press: Discord's own answer, not ours."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import discord
import structlog
from discord import Client, InteractionType, Member
from discord.app_commands import CommandTree

from bot.errors import UserError
from bot.ui.request import Request

COMMAND: Final = "club"
ROLE, USER = 1, 2  # Discord's types of overrides
RULES_AGE: Final = 60.0  # seconds an answer of Discord's is good for

log = structlog.get_logger("limber.moderators")


class NotAModerator(UserError, message="error-not-a-moderator"):
    """Neither *Manage Server* nor a rule in the server's Integrations page lets them."""


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
        self._known: dict[int, tuple[float, CommandPermissions]] = {}

    async def check(self, request: Request) -> int:
        """The club's id. Raises NotAModerator: a card may be older than somebody's right to use it."""
        interaction, club = request.interaction, request.club
        member = interaction.user
        if club is None or not isinstance(member, Member):
            raise NotAModerator
        if member.id == (interaction.guild.owner_id if interaction.guild else None):
            return club
        if interaction.permissions.administrator:
            return club
        default = interaction.permissions.manage_guild
        if _allowed(await self._rules(club), member, club, default):
            return club
        command = interaction.type is InteractionType.application_command
        if command and _allowed(await self._rules(club, 0.0), member, club, default):
            return club  # Discord has just let them: what we knew is older
        raise NotAModerator

    async def _rules(self, guild: int, max_age: float = RULES_AGE) -> CommandPermissions:
        """None where nobody has set any; while Discord does not say, those of before."""
        asked, known = self._known.get(guild, (None, CommandPermissions()))
        if asked is not None and self._elapsed() - asked < max_age:
            return known
        try:
            known = await self._ask(guild)
        except (discord.HTTPException, OSError) as error:
            log.warning("who may use /club could not be asked", kind=type(error).__name__)
            return known
        self._known[guild] = (self._elapsed(), known)
        return known

    async def _ask(self, guild: int) -> CommandPermissions:
        application = self._tree.client.application_id
        if application is None:
            return CommandPermissions()
        if self._command is None:
            commands = await self._tree.fetch_commands()
            self._command = next((command.id for command in commands if command.name == COMMAND), None)
        if self._command is None:
            return CommandPermissions()
        command = await self._overrides(application, guild, self._command)
        return CommandPermissions(command, await self._overrides(application, guild, application))

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
