"""What a running bot does by itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.checkins.diary import Diary, Terms
from bot.chores import daily
from bot.privacy.desk import Privacy
from bot.settings import Settings
from bot.storage.backup import backups
from bot.storage.storage import open_storage


class Moving:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


async def test_a_backup_a_day_and_whoever_has_not_been_here_is_deleted_first(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data=tmp_path / "data", key_file=tmp_path / "key")
    clock = Moving()
    storage = await open_storage(settings)
    try:
        diary = Diary(storage, clock, Terms(keep_months=12))
        privacy = Privacy(diary, storage, (), clock)
        await diary.agree(1)

        first = await daily(settings.data, storage, privacy, clock)
        again = await daily(settings.data, storage, privacy, clock)
        clock.time += timedelta(days=366)
        later = await daily(settings.data, storage, privacy, clock)

        assert first is not None
        assert again is None
        assert later is not None
        assert await storage.people.find(1) is None
        assert len(list(backups(settings.data).iterdir())) == 2
    finally:
        await storage.close()
