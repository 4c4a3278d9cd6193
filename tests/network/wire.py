"""What Discord's objects look like on the wire, as far as one bot in one server meets them."""

from collections.abc import Iterator, Sequence
from typing import Any

Json = dict[str, Any]

APPLICATION, GUILD, CHANNEL, ANA = "100", "200", "201", "300"

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5  # interaction types
EPHEMERAL, COMPONENTS_V2 = 1 << 6, 1 << 15  # message flags


def person(number: str, name: str, **more: Any) -> Json:
    return {"id": number, "username": name, "discriminator": "0", "avatar": None, "global_name": name.title(), **more}


BOT = person(APPLICATION, "limber", bot=True, flags=0, verified=True, mfa_enabled=False)


def application() -> Json:
    plain = {"name": "Limber", "description": "", "icon": None, "verify_key": "0" * 64, "flags": 0}
    return {
        "id": APPLICATION,
        "owner": person(ANA, "ana"),
        "bot_public": True,
        "bot_require_code_grant": False,
        **plain,
    }


def guild(number: str = GUILD, everyone_may: int = 0) -> Json:
    place = {"id": CHANNEL, "type": 0, "name": "sore-legs", "position": 0, "permission_overwrites": []}
    everyone = {
        "id": number,
        "name": "@everyone",
        "permissions": str(everyone_may),
        "position": 0,
        "color": 0,
        "hoist": False,
    }
    role = {**everyone, "managed": False, "mentionable": False, "flags": 0}
    size = {"member_count": 2, "large": False, "premium_tier": 0, "nsfw_level": 0, "verification_level": 0}
    lists: Json = {"members": [], "emojis": [], "stickers": [], "features": [], "threads": [], "voice_states": []}
    return {
        "id": number,
        "name": "Harbour Hares",
        "owner_id": ANA,
        "channels": [place],
        "roles": [role],
        **size,
        **lists,
    }


def ready(shard: list[int], resume_url: str, guilds: Sequence[str]) -> Json:
    return {
        "v": 10,
        "user": BOT,
        "guilds": [{"id": guild, "unavailable": True} for guild in guilds],
        "session_id": f"loopback-{shard[0]}",
        "resume_gateway_url": resume_url,
        "shard": shard,
        "application": {"id": APPLICATION, "flags": 0},
    }


def interaction(number: str, kind: int, data: Json) -> Json:
    """What a member of the server did in its channel."""
    member = {"user": person(ANA, "ana"), "roles": [], "joined_at": "2024-01-01T00:00:00+00:00", "permissions": "0"}
    return {
        "id": number,
        "token": f"token-{number}",
        "type": kind,
        "version": 1,
        "application_id": APPLICATION,
        **sent_in(GUILD),
        "channel_id": CHANNEL,
        "channel": {"id": CHANNEL, "type": 0, "name": "sore-legs", "permissions": "0"},
        "member": {**member, "deaf": False, "mute": False, "flags": 0},
        "locale": "en-GB",
        "guild_locale": "en-GB",
        "app_permissions": "562949953601536",
        "entitlements": [],
        "context": 0,
        "attachment_size_limit": 10 * 2**20,
        "data": data,
    }


def sent_in(guild: str) -> Json:
    """What is different of an interaction in another server."""
    where = {"id": guild, "locale": "en-GB", "features": []}
    return {"guild_id": guild, "guild": where, "authorizing_integration_owners": {"0": guild}}


def command(name: str, *options: Json) -> Json:
    return {"id": "400", "type": 1, "name": name, "options": list(options)}


def option(name: str, value: str | float, **more: Any) -> Json:
    return {"name": name, "type": 3 if isinstance(value, str) else 4, "value": value, **more}


def press(custom_id: str) -> Json:
    return {"component_type": 2, "custom_id": custom_id}


def form(custom_id: str, typed: dict[str, str]) -> Json:
    fields = [{"type": 18, "component": {"type": 4, "custom_id": key, "value": text}} for key, text in typed.items()]
    return {"custom_id": custom_id, "components": fields}


def message(number: str, sent: Json) -> Json:
    """A message as Discord gives it back: what was sent, in full, with what Discord knows beside it."""
    blank = {"content": "", "embeds": [], "components": [], "attachments": [], "flags": 0}
    given = {"timestamp": "2026-01-01T12:00:00+00:00", "edited_timestamp": None, "tts": False, "pinned": False}
    mentions = {"mentions": [], "mention_roles": [], "mention_everyone": False}
    kept = {key: sent.get(key) or value for key, value in blank.items()}
    url = "https://cdn.discordapp.com/attachments/1/2/picture.png"
    kept["attachments"] = [{"size": 1, "url": url, "proxy_url": url, **one} for one in kept["attachments"]]
    return {"id": number, "type": 0, "channel_id": CHANNEL, "author": BOT, **given, **mentions, **kept}


def walk(node: Any, key: str) -> Iterator[Any]:
    """Every value under `key`, however deep, in order."""
    if isinstance(node, dict):
        if key in node:
            yield node[key]
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from walk(child, key)
