"""The group of a club's commands, which several cogs share: each declares its own part, the tree makes one of them."""

from discord import Permissions
from discord.app_commands import AppCommandContext, AppInstallationType, Group


def club_group() -> Group:
    """For whom Discord lets run it: *Manage Server*, or the roles an admin adds in the server's Integrations page."""
    return Group(
        name="club",
        description="…",  # the catalogue gives it its words
        default_permissions=Permissions(manage_guild=True),
        allowed_contexts=AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=AppInstallationType(guild=True, user=False),
    )


def reminder_group(club: Group) -> Group:
    """`/club reminder`."""
    return Group(name="reminder", description="…", parent=club)
