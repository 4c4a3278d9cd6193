"""The presses by which a reminder's message is answered with a check-in."""

from datetime import date

from bot.checkins.draft import Draft
from bot.checkins.service import CheckInResult, CheckInService, Saved
from bot.clock import Clock
from bot.errors import OutOfDate
from bot.localtime import local_day
from bot.reminders.content import PersonalReminder
from bot.reminders.mornings import Morning, judged_run, morning_of
from bot.reminders.person_reminders import PersonReminders
from bot.reminders.service import ReminderService
from bot.storage.occurrences import Occurrence
from bot.storage.reminders import ReminderKind
from bot.triage.flow import PAINS
from bot.ui.cards import diary as diary_cards
from bot.ui.cards import reminder_message as cards
from bot.ui.cards.parts import Card
from bot.ui.request import AnswerPolicy, Request
from bot.ui.router import press


class ReminderAnswers:
    """An answer leaves the chat: only that there was one stays, and what it comes to is for this person alone."""

    def __init__(self, reminders: ReminderService, checkins: CheckInService, clock: Clock) -> None:
        self._reminders = reminders
        self._checkins = checkins
        self._clock = clock

    @press("reminder.score", AnswerPolicy(edits=True))
    async def score(self, request: Request, occurrence_id: str) -> None:
        """One tap on 0 to 10: logged, and *Anything new?* asked."""
        pain = _pain(request)
        reminders, reminder, occurrence = await self._reminders.answered(request.person, occurrence_id)
        if reminder.kind is not ReminderKind.MORNING:
            result = await self._check_in(reminders, occurrence, _known(reminder.content.area, request), pain)
            saved = isinstance(result, Saved)
            await request.replace(
                self._logged(request, occurrence_id) if saved else cards.choosing(occurrence_id, request.words)
            )
            await request.show(diary_cards.step(result, request.library, request.words))
            return
        morning = await _morning(request, reminders, reminder, occurrence)
        if morning.one is None:
            await self._ask(request, occurrence_id, morning)
            return
        result = await self._check_in(reminders, occurrence, morning.one, pain)
        await request.replace(self._logged(request, occurrence_id))
        await request.show(await self._after_run(request, reminders, result, occurrence.day))

    @press("reminder.answer", AnswerPolicy(edits=True))
    async def answer(self, request: Request, occurrence_id: str) -> None:
        """*Answer*: one place after the other, in private."""
        reminders, reminder, occurrence = await self._reminders.answered(request.person, occurrence_id)
        if reminder.kind is ReminderKind.MORNING:
            await self._ask(request, occurrence_id, await _morning(request, reminders, reminder, occurrence))
        else:
            area = _known(reminder.content.area, request)
            result = await self._check_in(reminders, occurrence, area, None)
            await request.show(diary_cards.step(result, request.library, request.words))

    @press("reminder.score_by_name")
    async def score_by_name(self, request: Request, occurrence_id: str, draft_id: str) -> None:
        """One tap on 0 to 10, for the place that stands above it."""
        pain = _pain(request)
        reminders, _, occurrence = await self._reminders.answered(request.person, occurrence_id)
        area = _known(self._checkins.draft(request.person, draft_id).area, request)
        result = await self._check_in(reminders, occurrence, area, pain)
        await request.replace(await self._after_run(request, reminders, result, occurrence.day))

    def _logged(self, request: Request, occurrence_id: str) -> Card:
        return cards.settled_at("logged", self._clock.now(), occurrence_id, request.words)

    async def _check_in(
        self, reminders: PersonReminders, occurrence: Occurrence, area: str | None, pain: str | None
    ) -> CheckInResult:
        """Pressed twice on one day it is one check-in a place; on another day the message is answered anew."""
        today = local_day(self._clock.now(), reminders.diary.zone)
        draft = Draft(area=area, pain=pain, made=f"{occurrence.id} {today}")
        return await self._checkins.take_into(reminders.diary, draft)

    async def _ask(self, request: Request, occurrence_id: str, morning: Morning) -> None:
        """About the next place, by its name; or say that none is left."""
        if morning.left:
            area = request.library.areas[morning.left[0]]
            draft_id = self._checkins.wait(request.person, Draft(area=area.id))
            await request.show(cards.by_name(area, occurrence_id, draft_id, request.words))
        else:
            text = request.words("reminder-answered" if morning.ran else "reminder-no-run")
            await request.replace(cards.settled(text, occurrence_id, request.words))

    async def _after_run(self, request: Request, reminders: PersonReminders, result: CheckInResult, day: date) -> Card:
        """What was saved, under what it says about yesterday's run; a message of another day asked about another."""
        if isinstance(result, Saved) and day == local_day(self._clock.now(), reminders.diary.zone):
            area = request.library.areas[result.entry.area]
            judged = await judged_run(reminders.diary, area, day, request.library)
            if judged is not None:
                return cards.after_run(request.library, judged, request.words, result)
        return diary_cards.step(result, request.library, request.words)


async def _morning(
    request: Request, reminders: PersonReminders, reminder: PersonalReminder, occurrence: Occurrence
) -> Morning:
    """What the question of a morning is about, and what of it is left."""
    morning = await morning_of(reminders.diary, reminder.content, reminders.diary.zone, occurrence.day)
    return morning.known(request.library.areas)


def _pain(request: Request) -> str:
    """Raises OutOfDate for what no menu offers."""
    if (pain := request.value) not in PAINS:
        raise OutOfDate
    return pain


def _known(area: str | None, request: Request) -> str | None:
    return area if area in request.library.areas else None
