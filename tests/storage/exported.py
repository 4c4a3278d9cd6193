"""Somebody's own copy, as it is put together for them."""

import zipfile
from dataclasses import replace
from io import BytesIO

from bot.checkins.diary import OpenDiary
from bot.checkins.person_diary import Terms
from bot.clock import WallClock
from bot.privacy import PrivacyService, archive
from bot.settings import Settings
from bot.storage.storage import open_storage
from tests.storage.given import ANA


async def exported(host: Settings, person: int = ANA) -> dict[str, object]:
    """The files of somebody's own copy."""
    async with await open_storage(host) as storage:
        diary = OpenDiary(storage, WallClock(), Terms())
        everything = await PrivacyService(diary, storage, WallClock()).everything(person)
    assert everything
    with zipfile.ZipFile(BytesIO(archive(replace(everything)))) as copied:
        return {name: copied.read(name) for name in copied.namelist()}
