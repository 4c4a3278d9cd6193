"""The least hikari bot that answers `/pain`: the same constant embed as the bare discord.py bot.

hikari is in the dependency group `bench` alone: `pip install hikari`, and the table has its column.
"""

import os

import hikari

CARD = hikari.Embed(
    title="Hip and groin pain", description="Rest a little, then build up again. See somebody if it stays."
)

if __name__ == "__main__":
    hikari.impl.GatewayShardImpl.__init__.__kwdefaults__["compression"] = None  # Loopback compresses nothing
    bot = hikari.GatewayBot(
        os.environ["DISCORD_TOKEN"],
        rest_url=os.environ["LOOPBACK_API"],
        intents=hikari.Intents.GUILDS,
        cache_settings=hikari.impl.CacheSettings(components=hikari.api.CacheComponents.NONE),
        banner=None,
        logs="ERROR",
        suppress_optimization_warning=True,
    )

    @bot.listen(hikari.InteractionCreateEvent)
    async def pain(event: hikari.InteractionCreateEvent) -> None:
        if isinstance(event.interaction, hikari.CommandInteraction):
            await event.interaction.create_initial_response(
                hikari.ResponseType.MESSAGE_CREATE, embed=CARD, flags=hikari.MessageFlag.EPHEMERAL
            )

    bot.run(check_for_updates=False)
