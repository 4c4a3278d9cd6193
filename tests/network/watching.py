"""A host that looks at a running bot: its health, readiness and metrics over HTTP."""

import asyncio
import socket

import aiohttp


def free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


async def get(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


async def measured(port: int, *lines: str) -> str:
    """The metrics, once these lines are in them: an answer is counted after it was sent."""
    async with asyncio.timeout(60):
        while True:
            code, metrics = await get(port, "/metrics")
            assert code == 200
            if all(line in metrics for line in lines):
                return metrics
            await asyncio.sleep(0.05)
