"""Publishes the commands to Discord, only when their definition has changed."""

import hashlib
import json
from pathlib import Path

import structlog
from discord import Client
from discord.app_commands import CommandTree

from bot.errors import StartError

log = structlog.get_logger("limber.commands")

MARKER = "commands.json"


class Publisher:
    """Publishes commands; keeps, in the data folder, a digest of what each application was last told.

    Discord allows 200 new commands a day and server, so publishing at every start would one day lock us out.
    """

    def __init__(self, data: Path, *, force: bool = False) -> None:
        self._marker = data / MARKER
        self._force = force

    async def publish(self, tree: CommandTree[Client]) -> bool:
        """Send the commands if they changed; True when they were sent. Raises StartError for an unusable folder."""
        application = str(tree.client.application_id)
        digest = await _digest(tree)
        digests = self._digests()
        if digests.get(application) == digest and not self._force:
            return False
        commands = await tree.sync()
        self._remember({**digests, application: digest})
        log.info("commands published", count=len(commands))
        return True

    def _digests(self) -> dict[str, str]:
        """Of each application."""
        try:
            digests = json.loads(self._marker.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}  # nothing there, or unreadable: publishing again is harmless
        except OSError as error:
            raise self._unusable(error) from None
        return digests if isinstance(digests, dict) else {}

    def _remember(self, digests: dict[str, str]) -> None:
        new_file = self._marker.with_suffix(".new")
        try:
            self._marker.parent.mkdir(parents=True, exist_ok=True)
            new_file.write_text(json.dumps(digests), encoding="utf-8")
            new_file.replace(self._marker)
        except OSError as error:
            raise self._unusable(error) from None

    def _unusable(self, error: OSError) -> StartError:
        return StartError(
            f"The data folder {self._marker.parent} cannot be used ({error.strerror}). "
            "Make it writable, or set LIMBER_DATA to another folder."
        )


async def _digest(tree: CommandTree[Client]) -> str:
    translator = tree.translator
    payloads = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for command in sorted(tree.get_commands(), key=lambda command: command.name)
    ]
    return hashlib.sha256(json.dumps(payloads, sort_keys=True, default=str).encode()).hexdigest()
