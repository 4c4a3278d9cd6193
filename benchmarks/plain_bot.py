"""The floor: a gateway connection and one answer by aiohttp alone, no library of bots, the same constant embed.

It identifies, sends its heartbeat, and answers each interaction with bytes that were made once. uvloop and orjson, as
far as one gets in Python.
"""

import asyncio
import os
from itertools import count

import orjson
import uvloop
from aiohttp import ClientSession, ClientWebSocketResponse

DISPATCH, HEARTBEAT, IDENTIFY, HELLO = 0, 1, 2, 10
GUILDS = 1 << 0
CARD = {
    "title": "Hip and groin pain",
    "description": "Rest a little, then build up again. See somebody if it stays.",
}
ANSWER = orjson.dumps({"type": 4, "data": {"embeds": [CARD], "flags": 64}})
JSON = {"Content-Type": "application/json"}


async def main() -> None:
    api, tasks = os.environ["LOOPBACK_API"], set[asyncio.Task[None]]()
    async with ClientSession() as session, session.ws_connect(os.environ["LOOPBACK_GATEWAY"]) as socket:

        async def answer(event: dict[str, str]) -> None:
            url = f"{api}/interactions/{event['id']}/{event['token']}/callback"
            async with session.post(url, data=ANSWER, headers=JSON) as response:
                await response.read()

        async for frame in socket:
            event = orjson.loads(frame.data)
            if event["op"] == HELLO:
                tasks.add(asyncio.create_task(beat(socket, event["d"]["heartbeat_interval"] / 1000)))
                bot = {"token": os.environ["DISCORD_TOKEN"], "intents": GUILDS, "properties": {}}
                await socket.send_str(orjson.dumps({"op": IDENTIFY, "d": bot}).decode())
            elif event["t"] == "INTERACTION_CREATE":
                tasks.add(task := asyncio.create_task(answer(event["d"])))
                task.add_done_callback(tasks.discard)


async def beat(socket: ClientWebSocketResponse, seconds: float) -> None:
    for _ in count():
        await asyncio.sleep(seconds)
        await socket.send_str(orjson.dumps({"op": HEARTBEAT, "d": None}).decode())


if __name__ == "__main__":
    uvloop.run(main())
