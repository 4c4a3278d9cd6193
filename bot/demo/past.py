"""A made-up past for the demo's runners: some weeks of their diaries, and reminders that are to come."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.checkins.diary import Diary, OpenDiary
from bot.checkins.errors import Terms
from bot.checkins.models import CheckIn, NewSign, PainTiming, Side, WeeklyCheck
from bot.demo.club import ZONE, DemoClub
from bot.ids import new_id
from bot.reminders.club_service import ClubReminderService
from bot.reminders.content import ReminderContent, ReminderDraft
from bot.reminders.posts import PostOptions
from bot.reminders.service import ReminderService
from bot.schedules.schedule import DAILY, WEEKDAYS, Schedule
from bot.storage.reminders import ReminderKind
from bot.storage.storage import Storage

ZONES = {"ana": ZONE, "ben": ZoneInfo("Europe/Berlin")}
MORNING, EVENING = Schedule(time(8), DAILY, ZONE), Schedule(time(18), WEEKDAYS, ZONE)

#: Ana's hip gets better: days ago, pain in the morning, pain on the run that day.
HIP = (
    *((34, 6, None), (33, 6, None), (32, 5, None), (31, 6, 6), (30, 7, None), (28, 6, None), (27, 5, None)),
    *((26, 5, None), (24, 5, 5), (23, 5, None), (22, 4, None), (21, 4, None), (13, 4, None), (12, 3, None)),
    *((11, 3, 3), (10, 3, None), (8, 3, None), (7, 2, 3), (6, 2, None), (5, 2, None), (4, 2, 2), (3, 2, None)),
    *((2, 1, None), (1, 1, 2), (0, 1, None)),
)
#: Ben's knee goes up and down.
KNEE = (
    *((25, 2, None), (23, 3, 4), (22, 5, None), (21, 4, None), (19, 2, None), (16, 3, 3), (15, 3, None)),
    *((12, 2, None), (9, 3, 4), (8, 4, None), (5, 2, None), (3, 2, 3), (2, 4, None), (1, 3, None)),
)


async def make_up(club: DemoClub) -> None:
    """Ana's and Ben's diaries and what is to ring; Maya has no diary yet, so that consent can be seen."""
    storage = club.services.storage
    if storage is None:
        return
    diary, now = OpenDiary(storage, club.clock, Terms()), club.clock.now()
    for name, zone in ZONES.items():
        person = club.people[name].id
        await diary.agree(person)
        of_person = await diary.of(person)
        await of_person.set_zone(zone)
        for entry in _entries(name, now):
            await of_person.keep(entry)
    of_ana = await diary.of(club.people["ana"].id)
    for weeks, answers in ((4, (17, 17, 17, 17)), (3, (17, 17, 8, 8)), (2, (8, 8, 8, 8)), (1, (8, 8, 0, 8))):
        check = WeeklyCheck(id=new_id(), at=now - timedelta(weeks=weeks), area="hip", answers=answers)
        await of_ana.keep(check)
    await _add_reminders(club, storage, diary)


async def _add_reminders(club: DemoClub, storage: Storage, diary: Diary) -> None:
    """Ana is asked every morning; the club stretches together on weekdays."""
    ana, where = club.people["ana"], club.channels["stretching"]
    reminders = await ReminderService(diary, storage, club.clock, club.look).of(ana.id)
    draft = ReminderDraft(ReminderKind.CHECKIN, "", ReminderContent(area="hip"))
    await reminders.add(draft, MORNING, ana.user.dm_channel.id, "en")
    posts = ClubReminderService(storage, club.clock, club.look)
    await posts.add(club.guild.id, where.id, EVENING, PostOptions())


def _entries(name: str, now: datetime) -> Iterator[CheckIn]:
    area, side, days = ("hip", Side.RIGHT, HIP) if name == "ana" else ("knee", Side.LEFT, KNEE)
    for ago, pain, during in days:
        at = now - timedelta(days=ago, minutes=7 * (ago % 5) + 1)
        moments = frozenset({PainTiming.MORNING} if pain > 3 else ())
        new = frozenset({NewSign.NIGHT_PAIN}) if pain == 7 else frozenset[NewSign]()
        yield CheckIn(id=new_id(), at=at, area=area, pain=pain, side=side, moments=moments, new=new)
        if during is not None:
            after = at - timedelta(hours=5)
            ran = frozenset({PainTiming.RUNNING})
            yield CheckIn(
                id=new_id(), at=after, area=area, pain=max(pain - 1, 0), side=side, moments=ran, during=during
            )
