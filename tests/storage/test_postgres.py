"""PostgreSQL as it fails, waits and comes back; and that nobody gets past what SQLite's files promise."""

import asyncio
import doctest
import gc
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
from structlog.testing import capture_logs

from bot.clock import WallClock
from bot.monitoring.monitor import Monitor
from bot.settings import Server, Settings
from bot.storage import postgres as module
from bot.storage import postgres_errors, postgres_lock, postgres_schema, postgres_session
from bot.storage.errors import (
    KEYS,
    LIMBER,
    DatabaseUnreachable,
    Newer,
    NoKey,
    StorageError,
    TakenOver,
    TooSlow,
    UnknownPerson,
    WrongKey,
)
from bot.storage.people import People
from bot.storage.postgres import RUNNING, PostgresDatabase
from bot.storage.postgres_lock import sole_process
from bot.storage.postgres_schema import pending, translated, upgrade
from bot.storage.postgres_session import numbered
from bot.storage.reminders import Reminders
from bot.storage.schema import NOTES, known
from bot.storage.sole_process import sole_process as of_host
from bot.storage.sql import QUERIES, load, to_column, values_of
from bot.storage.storage import Erased, Storage, open_storage
from bot.ui.locales import Locales
from tests.storage.given import ANA, BEN, MANY, NOON, keep, opened, record, reminder_of
from tests.storage.postgres_server import cut, rows
from tests.support.clear_columns import COLUMNS
from tests.support.postgres import Postgres, postgres

HOLDERS = f"select pid from pg_locks where locktype = 'advisory' and objid = {RUNNING & 0xFFFFFFFF} and granted"  # noqa: S608
WAITING = "select 1 from pg_locks where locktype = 'advisory' and not granted"
Tick = Callable[[], None]
AGGREGATES = [file.stem for file in QUERIES.glob("*.sql")]


@pytest.fixture
async def server() -> Postgres:
    return await postgres()


@pytest.fixture
async def urls(server: Postgres) -> Server:
    return await server.pair()


@pytest.fixture
def host(host: Settings, urls: Server) -> Settings:
    return host.on(urls)


@pytest.fixture
async def storage(host: Settings) -> AsyncIterator[Storage]:
    """With a check-in of Ana's and one of Ben's."""
    async with await open_storage(host) as opened:
        for person, name in ((ANA, "a" * 32), (BEN, "b" * 32)):
            await opened.consent(person, 1, NOON)
            await keep(opened, person, name, b"%d: hip 4" % person)
        yield opened


@pytest.fixture
async def database(urls: Server) -> AsyncIterator[PostgresDatabase]:
    opened = await PostgresDatabase.open(urls.database)
    yield opened
    await opened.close()


def ours(logged: list[dict[str, object]]) -> list[str]:
    return [str(line["event"]) for line in logged if line["log_level"] in {"info", "error"}]


def test_examples() -> None:
    for each in (postgres_errors, postgres_schema, postgres_session):
        assert doctest.testmod(each).failed == 0


async def test_everything_of_one_person_goes_and_nothing_of_another(storage: Storage, host: Settings) -> None:
    assert await storage.erase(ANA) == Erased(person=True, records={"checkin": 1})
    with pytest.raises(NoKey):
        await storage.vault.seal(ANA, b"", b"")
    (bens,) = await storage.records.of_person(BEN)
    assert await opened(storage, bens) == b"%d: hip 4" % BEN
    assert host.server
    everything = [
        *await rows(host.server.database, "select id::text from person union all select person_id::text from record"),
        *await rows(
            host.server.keys, "select person_id::text from person_key union all select person_id::text from erasure"
        ),
    ]
    assert {each for (each,) in everything} == {str(BEN)}
    with pytest.raises(UnknownPerson):
        await storage.records.add(record("late"))


async def test_a_cancelled_task_leaves_nothing_half_done(database: PostgresDatabase) -> None:
    people, begun = People(database), asyncio.Event()

    async def half() -> None:
        async with database.writing() as connection:
            await connection.execute("insert into person values (1, 0, 0, null, 0)")
            begun.set()
            await connection.execute("select pg_sleep(60)")

    task = asyncio.create_task(half())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await people.find(1) is None
    await people.consent(1, 1, NOON)
    assert await people.find(1)


async def test_a_write_cancelled_while_it_waits_is_not_written(database: PostgresDatabase, urls: Server) -> None:
    other, people = await PostgresDatabase.open(urls.database), People(database)
    async with other.writing():
        waiting = asyncio.create_task(people.consent(1, 1, NOON))
        while not await rows(urls.database, WAITING):  # noqa: ASYNC110  # a server's doing
            await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        while await rows(urls.database, WAITING):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await people.consent(2, 1, NOON)
    assert await rows(urls.database, "select id from person") == [(2,)]
    await other.close()


async def test_who_is_cancelled_while_a_connection_is_made_leaves_none_behind(
    urls: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect, open_ones = module.connect, "select pid from pg_stat_activity where application_name = 'limber'"

    async def cancelled_meanwhile(url: str, **settings: str) -> object:
        connection = await connect(url, **settings)
        asyncio.current_task().cancel()
        return connection

    monkeypatch.setattr(module, "connect", cancelled_meanwhile)
    database = PostgresDatabase(urls.database)
    gc.disable()  # which would close it, some time
    try:
        for ask in (People(database).find(ANA), People(database).consent(ANA, 1, NOON)):
            with pytest.raises(asyncio.CancelledError):
                await asyncio.create_task(ask)
        await database.close()
        async with asyncio.timeout(5):
            while await rows(urls.database, open_ones):  # noqa: ASYNC110  # a server's doing
                await asyncio.sleep(0.01)
    finally:
        gc.enable()


async def test_an_error_undoes_the_whole_transaction_and_reading_cannot_write(database: PostgresDatabase) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012
        async with database.writing() as connection:
            await connection.execute("insert into person values (1, 0, 0, null, 0)")
            raise ZeroDivisionError
    with pytest.raises(StorageError):
        async with database.reading() as connection:
            await connection.execute("insert into person values (1, 0, 0, null, 0)")
    assert await People(database).find(1) is None


async def test_writers_of_two_processes_take_turns(database: PostgresDatabase, urls: Server) -> None:
    other, order = await PostgresDatabase.open(urls.database), []

    async def write(who: PostgresDatabase, name: str) -> None:
        async with who.writing():
            order.append(f"{name} begins")
            await asyncio.sleep(0)
            order.append(f"{name} ends")

    await asyncio.gather(*(write(who, str(number)) for number in range(4) for who in (database, other)))
    await other.close()
    assert [begin.replace("begins", "ends") for begin in order[::2]] == order[1::2]


async def test_a_write_that_waited_sees_what_was_written_meanwhile(database: PostgresDatabase, urls: Server) -> None:
    other, mine = await PostgresDatabase.open(urls.database), Reminders(database)
    await People(database).consent(ANA, 1, NOON)
    async with other.writing() as connection:
        waiting = asyncio.create_task(mine.add(reminder_of(ANA), most=1))
        while not await rows(urls.database, WAITING):  # noqa: ASYNC110  # a server's doing
            await asyncio.sleep(0.01)
        await load("reminders").add(connection, **values_of(replace(reminder_of(ANA), id="first")), most=1, agreed=None)
    assert not await waiting
    assert [one.id for one in await mine.of_person(ANA)] == ["first"]
    await other.close()


async def test_how_isolated_transactions_are_is_not_the_servers_choice(server: Postgres) -> None:
    url = await server.empty()
    await rows(url, f"alter database {urlsplit(url).path[1:]} set default_transaction_isolation = 'serializable'")
    await upgrade(url, LIMBER)
    database = await PostgresDatabase.open(url)
    async with database.writing() as connection:
        (row,) = await connection.execute_fetchall("select current_setting('transaction_isolation')", {})
    assert row[0] == "read committed"
    await database.close()


async def test_a_server_with_no_connection_left_is_away_and_refuses_nobody(server: Postgres, urls: Server) -> None:
    await rows(urls.database, "create role crowded login connection limit 0")
    with pytest.raises(DatabaseUnreachable, match="too many connections"):
        await PostgresDatabase.open(urls.database.replace("postgres@", "crowded@"))
    await rows(urls.database, "drop role crowded")


async def test_without_the_keys_a_bot_is_not_ready(host: Settings, storage: Storage) -> None:
    assert host.server
    monitor = Monitor(storage, Locales(host.content), host, WallClock())
    assert (await monitor.status()).database is None
    await cut(host.server.keys)
    await rows(host.server.database, "alter database limber_keys rename to elsewhere")
    try:
        assert "limber_keys" in str((await monitor.status()).database)
    finally:
        await rows(host.server.database, "alter database elsewhere rename to limber_keys")


async def test_a_statement_that_takes_too_long_is_broken_off_and_changes_nothing(
    database: PostgresDatabase,
) -> None:
    with pytest.raises(TooSlow, match="limber at /"):  # noqa: PT012
        async with database.writing() as connection:
            await connection.execute("set local statement_timeout = 20")
            await connection.execute("insert into person values (1, 0, 0, null, 0)")
            await connection.execute("select pg_sleep(60)")
    assert await People(database).find(1) is None


async def test_what_waits_too_long_for_another_process_says_so(
    database: PostgresDatabase, urls: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(module.SESSION_SETTINGS, "lock_timeout", "20")
    other = await PostgresDatabase.open(urls.database)
    async with database.writing():
        with pytest.raises(TooSlow):
            await People(other).consent(1, 1, NOON)
    await People(other).consent(1, 1, NOON)
    await other.close()


async def test_a_server_that_goes_and_comes_back_is_a_line_each_and_nothing_is_lost(
    storage: Storage, server: Postgres
) -> None:
    kept = await storage.records.of_person(ANA)
    with capture_logs() as logged:
        await asyncio.to_thread(server.control, "-m", "immediate", "stop")
        for _ in range(2):
            with pytest.raises(DatabaseUnreachable, match="Start it"):
                await storage.records.of_person(ANA)
            with pytest.raises(DatabaseUnreachable):
                await storage.records.add(record("during"))
        await asyncio.to_thread(server.control, "start")
        assert await storage.records.of_person(ANA) == kept
        after = await keep(storage, ANA, "after", b"hip 3")
    assert await storage.records.of_person(ANA) == [*kept, after]
    assert ours(logged) == ["the database is gone; what is asked of it fails until it is back", "the database is back"]


async def test_a_connection_lost_in_the_middle_leaves_nothing_and_the_next_one_works(
    database: PostgresDatabase, urls: Server
) -> None:
    insert = "insert into person values (:id, 0, 0, null, 0)"
    with pytest.raises(DatabaseUnreachable):  # noqa: PT012
        async with database.writing() as connection:
            await connection.execute(insert, {"id": 1})
            await cut(urls.database)
            await connection.execute(insert, {"id": 2})
    await People(database).consent(3, 1, NOON)
    assert await rows(urls.database, "select id from person") == [(3,)]


async def test_a_primary_that_has_become_a_standby_is_left(database: PostgresDatabase, urls: Server) -> None:
    with pytest.raises(DatabaseUnreachable):  # noqa: PT012
        async with database.writing() as connection:
            await connection.execute("set session characteristics as transaction read only")
            await connection.execute("set transaction read only")
            await connection.execute("insert into person values (1, 0, 0, null, 0)")
    await People(database).consent(1, 1, NOON)  # on a connection of its own


async def test_a_crash_at_any_moment_of_an_erasure_is_made_good(
    host: Settings, server: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connections are cut before and after each transaction of it."""
    outcomes, writing, execute = [], PostgresDatabase.writing, PostgresDatabase.execute
    for moment in range(8):
        await server.pair()
        left = [moment]

        def tick(left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise DatabaseUnreachable("here", "killed")

        @asynccontextmanager
        async def counted(self: PostgresDatabase, tick: Tick = tick) -> AsyncIterator[object]:
            tick()
            async with writing(self) as connection:
                yield connection
            tick()

        async def counted_one(self: PostgresDatabase, *query: object, tick: Tick = tick, **values: object) -> int:
            tick()
            written = await execute(self, *query, **values)
            tick()
            return written

        async with await open_storage(host) as storage:
            await storage.consent(ANA, 1, NOON)
            kept = await keep(storage, ANA, "a" * 32, b"hip 4")
            with monkeypatch.context() as patched:
                patched.setattr(PostgresDatabase, "writing", counted)
                patched.setattr(PostgresDatabase, "execute", counted_one)
                with suppress(DatabaseUnreachable):
                    await storage.erase(ANA)
        async with await open_storage(host) as again:
            person, records = await again.people.find(ANA), await again.records.of_person(ANA)
            assert records == ([kept] if person else [])
            if person is None:
                with pytest.raises(NoKey):
                    await again.vault.seal(ANA, b"", b"")
            else:
                assert await opened(again, kept) == b"hip 4"
            assert await rows(host.server.keys, "select * from erasure") == []
            outcomes.append(person is None)
    assert outcomes == [False, *[True] * 7]  # once the key is gone, it is done


# One process


async def test_one_process_runs_and_another_stands_by(urls: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_lock, "RETRY", 0.02)
    began = asyncio.Event()

    async def stand_by() -> None:
        async with sole_process(urls.database):
            began.set()

    async with sole_process(urls.database):
        with pytest.raises(StorageError, match="A bot is running on limber at"):
            async with sole_process(urls.database, wait=False):
                pass
        other = asyncio.create_task(stand_by())
        await asyncio.sleep(0.1)
        assert not began.is_set()
    await other
    assert began.is_set()


async def test_whoever_comes_after_it_has_ended_is_not_refused_however_busy_the_server_is(urls: Server) -> None:
    async with sole_process(urls.database, wait=False):
        [(holder,)] = await rows(urls.database, HOLDERS)
        os.kill(holder, signal.SIGSTOP)  # it hears only later that it has ended
        asyncio.get_running_loop().call_later(0.2, os.kill, holder, signal.SIGCONT)
    async with sole_process(urls.database, wait=False):
        pass


async def test_a_process_that_was_cut_off_takes_the_lock_again(urls: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_lock, "RETRY", 0.02)
    async with sole_process(urls.database):
        before = await rows(urls.database, HOLDERS)
        await cut(urls.database)
        while (now := await rows(urls.database, HOLDERS)) in ([], before):  # noqa: ASYNC110  # a server's doing
            await asyncio.sleep(0.02)
    assert len(before) == len(now) == 1


async def test_who_finds_another_in_its_place_ends(urls: Server) -> None:
    other = await asyncpg.connect(urls.database, server_settings={"application_name": "another"})
    with pytest.raises(TakenOver):  # noqa: PT012
        async with sole_process(urls.database):
            waiting = asyncio.create_task(other.execute(f"select pg_advisory_lock({RUNNING})"))
            while not await rows(urls.database, WAITING):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            await cut(urls.database)
            await waiting
            await asyncio.Event().wait()
    await other.close()


async def test_a_host_without_a_diary_runs_without_the_server(host: Settings, urls: Server) -> None:
    gone = host.on(Server(urls.database.replace("host=", "host=/nowhere"), urls.keys))
    with pytest.raises(DatabaseUnreachable):
        async with of_host(gone):
            pass
    async with of_host(gone.model_copy(update={"diary": False})):
        pass


# What is refused, and what is made


async def refused(host: Settings, words: str, kind: type[StorageError] = StorageError) -> None:
    with pytest.raises(kind, match=words):
        await open_storage(host)


async def test_both_in_one_database_are_refused_whatever_it_is_called(host: Settings, urls: Server) -> None:
    await refused(host.on(Server(urls.database, f"{urls.database}&sslmode=disable")), "are the same database")


async def test_swapped_addresses_are_refused(host: Settings, urls: Server) -> None:
    await refused(host.on(Server(urls.keys, urls.database)), "have been swapped")


async def test_a_database_of_something_else_and_one_that_is_not_there(host: Settings, server: Postgres) -> None:
    other = await server.empty()
    await rows(other, "create table invoice (id int)")
    urls = host.server
    await refused(host.on(Server(other, urls.keys)), "is not a database of Limber")
    await refused(host.on(Server(server.url("nowhere"), urls.keys)), 'database "nowhere" does not exist')
    gone = urls.database.replace("host=", "host=/nowhere")
    await refused(host.on(Server(gone, urls.keys)), "cannot be reached", DatabaseUnreachable)


async def test_a_newer_database_is_refused(host: Settings, server: Postgres) -> None:
    database = await server.empty()
    await upgrade(database, LIMBER)
    await rows(database, "insert into _yoyo_migration values ('x', '9999-later', now())")
    await refused(host.on(Server(database, host.server.keys)), "has 9999-later", Newer)


async def test_lost_keys_or_entries_are_noticed_before_anything_is_written(
    storage: Storage, host: Settings, server: Postgres
) -> None:
    urls, empty = host.server, await server.empty()
    await refused(host.on(Server(urls.database, empty)), "holds no key")
    await refused(host.on(Server(empty, urls.keys)), "holds the keys of 2 people")
    assert await pending(empty, LIMBER) == known(LIMBER)


async def test_another_host_key_is_refused(storage: Storage, host: Settings, tmp_path: Path) -> None:
    await refused(host.model_copy(update={"key_file": tmp_path / "none"}), "There is no host key", WrongKey)


async def test_an_upgrade_is_whole_or_not_at_all_and_two_at_once_are_one(
    server: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, last = await server.empty(), known(LIMBER)[-1]
    with monkeypatch.context() as patched:
        patched.setattr(
            postgres_schema,
            "translated",
            lambda script: translated(script).replace("create view occurrence_row", "create nonsense"),
        )
        with pytest.raises(asyncpg.PostgresSyntaxError):
            await upgrade(database, LIMBER)
    assert await pending(database, LIMBER) == known(LIMBER)
    both = await asyncio.gather(upgrade(database, LIMBER), upgrade(database, LIMBER))
    assert sorted(both) == [[], known(LIMBER)]
    assert last in known(LIMBER)
    assert await pending(database, LIMBER) == []


async def test_every_column_is_that_of_sqlite(urls: Server) -> None:
    types = {"INTEGER": "bigint", "TEXT": "text", "BLOB": "bytea"}
    for url, name in ((urls.database, LIMBER), (urls.keys, KEYS)):
        found = await rows(
            url,
            "select table_name, column_name, data_type from information_schema.columns join information_schema.tables "
            "using (table_schema, table_name) where table_schema = 'public' and table_type = 'BASE TABLE'",
        )
        assert {row for row in found if row[0] != NOTES} == {
            (table, column, types[kind]) for table, columns in COLUMNS[name].items() for column, kind in columns.items()
        }


async def test_every_query_is_understood(urls: Server) -> None:
    checked = 0
    for url, names in ((urls.database, {*AGGREGATES} - {"keys"}), (urls.keys, {"keys"})):
        connection = await asyncpg.connect(url)
        for name in names:
            queries = load(name)
            for query in queries.available_queries:
                await connection.prepare(numbered(getattr(queries, query).sql)[0])
                checked += 1
        await connection.close()
    assert checked > 80


async def test_a_queue_that_filled_since_the_server_last_counted_is_read_by_its_index(
    database: PostgresDatabase, urls: Server
) -> None:
    """It comes and goes within minutes: the server counts nobody in it, and any index seems as short as another."""
    await People(database).consent(ANA, 1, NOON)
    await Reminders(database).add(reminder_of(ANA), MANY)
    queries = load("occurrences")
    materialize = {"reminder": reminder_of(ANA).id, "local": "b", "state": "pending", "id": "b", "reason": None}
    materialize |= {"settled_at": None, "spacing": 1, "grace": 1, "version": 1, "due": to_column(NOON)}
    settle = dict.fromkeys(("reason", "claimed_at", "message", "settled_at"))
    settle |= {"id": "b", "fence": 1, "state": "sent", "not_before": 0, "attempt": 1}
    asked = {
        queries.waiting: ({"now": 9, "limit": 9}, "occurrence_waiting"),
        queries.materialize: (materialize, "occurrence_of_owner"),
        queries.advance: ({**materialize, "next_due": None}, "reminder_pkey"),
        queries.settle: (settle, "occurrence_pkey"),
        queries.cancel: (
            {"reminder": reminder_of(ANA).id, "reason": None, "now": 9},
            "occurrence_reminder_id_local_at_key",
        ),
    }
    plans = {}
    async with database.writing() as connection:
        await connection.execute(
            "insert into reminder (id, person_id, kind, schedule, zone, state, next_due, ignored, created_at, version) "
            "select n, :ana, 'checkin', '', '', 'active', :due, 0, 0, 1 from generate_series(1, 3000) n",
            {"ana": ANA, "due": to_column(NOON)},
        )
        for state, count in (("sent", 9_000), ("pending", 3_000)):
            await connection.execute(
                "insert into occurrence (id, reminder_id, local_at, due_at, state, owner, turn, give_up, not_before, "
                "attempt, settled_at) select :state || n, :reminder, :state || n, n, :state, n, n, 0, 0, 0, "
                "case when :state = 'sent' then n end from generate_series(1, cast(:count as bigint)) n",
                {"state": state, "reminder": reminder_of(ANA).id, "count": count},
            )
            if state == "sent":
                await connection.execute("analyze occurrence")
        for query, (parameters, index) in asked.items():
            lines = await connection.execute_fetchall(f"explain {query.sql}", parameters)
            plans[index] = "\n".join(line[0] for line in lines)
    for index, plan in plans.items():
        assert index in plan
        assert "Sort" not in plan
        assert not [
            other
            for other in ("occurrence_waiting", "occurrence_trying", "reminder_due", "Seq Scan on")
            if other != index and other in plan.replace("Seq Scan on lease", "")
        ]


async def test_a_queue_that_emptied_since_the_server_last_counted_is_read_by_an_index(
    database: PostgresDatabase,
) -> None:
    """The server counts everything ever delivered as waiting, so that the whole log seems the shortest way."""
    await People(database).consent(ANA, 1, NOON)
    await Reminders(database).add(reminder_of(ANA), MANY)
    occurrences = load("occurrences")
    values = {"now": 9, "limit": 9, "fence": 1}
    async with database.writing() as connection:
        await connection.execute(
            "insert into occurrence (id, reminder_id, local_at, state, due_at, owner, turn, give_up, not_before, "
            "attempt) select n, :reminder, n, 'pending', 0, n, n, 0, 0, 0 from generate_series(1, 3000) n",
            {"reminder": reminder_of(ANA).id},
        )
        await connection.execute("analyze occurrence")
        await connection.execute("update occurrence set state = 'sent', settled_at = 1")
        for query in (occurrences.status, occurrences.loose, occurrences.waiting, load("reminders").backlog):
            lines = await connection.execute_fetchall(f"explain {query.sql}", values)
            assert not [line[0] for line in lines if "Seq Scan on occurrence" in line[0]], query.sql


async def test_the_posts_of_a_club_are_read_by_their_index_whichever_it_is(urls: Server) -> None:
    """No reminder of a person is in it: the server has to see that none is asked for."""
    connection = await asyncpg.connect(urls.database)
    await connection.execute("set enable_seqscan = off; set plan_cache_mode = force_generic_plan")
    for query in (load("reminders").of_club, load("clubs").forget_posts):
        await connection.execute(f"prepare asked (bigint) as {numbered(query.sql)[0].rstrip(';')}")
        plan = await connection.fetch("explain execute asked (1)")
        assert any("reminder_of_club" in line[0] for line in plan), plan
        await connection.execute("deallocate asked")
    await connection.close()
