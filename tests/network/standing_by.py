"""Two processes of which one answers and delivers, and the other stands by."""

import asyncio

STANDS_BY = "stands by"


async def consented(discord):
    asked = await discord.slash("checkin")
    await discord.press(asked.button("Yes"))


async def one_of_them_runs(discord, first, second):
    """Which one does, and which one stands by."""
    logged = {asyncio.create_task(bot.logged(STANDS_BY)): bot for bot in (first, second)}
    done, others = await asyncio.wait(logged, return_when=asyncio.FIRST_COMPLETED)
    waiting, running = logged[done.pop()], logged[others.pop()]
    for task in logged:
        task.cancel()
    await running.serving(discord)
    return running, waiting
