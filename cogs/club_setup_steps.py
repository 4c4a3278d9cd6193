"""The presses on the cards of a club's set-up."""

from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.clubs.post_draft import PostDraft
from bot.errors import OutOfDate, UserError
from bot.expiring import ExpiringStore
from bot.localtime import DEFAULT_ZONE, local_day
from bot.reminders.posts import POST_MOMENTS
from bot.schedules.parse.line import schedule_from
from bot.schedules.schedule import Schedule, Weekdays
from bot.ui.cards import club_setup as cards
from bot.ui.cards.club_setup import OTHER, SESSION
from bot.ui.cards.reminders import place_form
from bot.ui.clubs.moderators import Moderators
from bot.ui.custom_id import custom_id, whole_number
from bot.ui.request import Request
from bot.ui.router import press
from bot.zones import zone_from
from cogs.club_setup_screens import ClubSetupScreens


@dataclass(eq=False)
class ClubSetupSteps:
    """Every press asks again whether this person may."""

    _moderators: Moderators
    _drafts: ExpiringStore[PostDraft]
    _screens: ClubSetupScreens
    _clock: Clock

    @press("club_setup.channel")
    async def choose_channel(self, request: Request, draft_id: str) -> None:
        draft = await self._draft(request, draft_id)
        await self._screens.where_and_when(request, replace(draft, channel=_snowflake(request.value)))

    @press("club_setup.days")
    async def choose_days(self, request: Request, draft_id: str) -> None:
        draft = await self._draft(request, draft_id)
        days = frozenset(int(day) for day in request.values if day in set("0123456"))
        if not days:
            raise OutOfDate
        await self._screens.where_and_when(request, replace(draft, rhythm=Weekdays(days)))

    @press("club_setup.time")
    async def choose_time(self, request: Request, draft_id: str) -> None:
        """A time of the list, or *Another…*."""
        draft = await self._draft(request, draft_id)
        if request.value == OTHER:
            await self._open_time_form(request, draft, draft_id)
        else:
            await self._screens.where_and_when(request, replace(draft, at=self._schedule(draft, request.value).at))

    @press("club_setup.time_form")
    async def reopen_time_form(self, request: Request, draft_id: str) -> None:
        """*Another…* once more, where its form could not be opened in time."""
        await self._open_time_form(request, await self._draft(request, draft_id), draft_id)

    @press("club_setup.submit_time")
    async def submit_time(self, request: Request, draft_id: str) -> None:
        draft = await self._draft(request, draft_id)
        try:
            schedule = self._schedule(draft, "".join(request.fields.get("when", ())))
        except UserError as error:
            await self._screens.where_and_when(request, draft, error)
            return
        zone = schedule.zone if draft.zone or schedule.zone.key != DEFAULT_ZONE.key else None
        await self._screens.where_and_when(request, replace(draft.retyped(schedule), zone=zone))

    @press("club_setup.zone")
    async def choose_zone(self, request: Request, draft_id: str) -> None:
        """A time zone of the list, or *Another place…*."""
        draft = await self._draft(request, draft_id)
        if request.value == OTHER:
            await self._open_zone_form(request, draft_id)
        else:
            await self._screens.where_and_when(request, replace(draft, zone=zone_from(request.value)))

    @press("club_setup.zone_form")
    async def reopen_zone_form(self, request: Request, draft_id: str) -> None:
        """*Another place…* once more, where its form could not be opened in time."""
        await self._draft(request, draft_id)
        await self._open_zone_form(request, draft_id)

    @press("club_setup.submit_zone")
    async def submit_zone(self, request: Request, draft_id: str) -> None:
        draft = await self._draft(request, draft_id)
        try:
            zone = zone_from("".join(request.fields.get("place", ())))
        except UserError as error:
            await self._screens.where_and_when(request, draft, error)
        else:
            await self._screens.where_and_when(request, replace(draft, zone=zone))

    @press("club_setup.moments")
    async def choose_moments(self, request: Request, draft_id: str) -> None:
        """When the routines fit; *before and after a run* beside others is just that."""
        draft = await self._draft(request, draft_id)
        chosen = tuple(moment for moment in POST_MOMENTS if moment in request.values)
        moments = () if SESSION in request.values else chosen
        await self._screens.what_and_whom(request, replace(draft, options=replace(draft.options, moments=moments)))

    @press("club_setup.minutes")
    async def choose_minutes(self, request: Request, draft_id: str) -> None:
        draft = await self._draft(request, draft_id)
        if request.value not in {"0", *map(str, cards.MINUTES)}:
            raise OutOfDate
        options = replace(draft.options, minutes=int(request.value) or None)
        await self._screens.what_and_whom(request, replace(draft, options=options))

    @press("club_setup.role")
    async def choose_role(self, request: Request, draft_id: str) -> None:
        """A role to mention, or none."""
        draft = await self._draft(request, draft_id)
        options = replace(draft.options, role=_snowflake(request.value))
        await self._screens.what_and_whom(request, replace(draft, options=options))

    @press("club_setup.thread")
    async def toggle_thread(self, request: Request, draft_id: str) -> None:
        """A thread under each post, or not."""
        draft = await self._draft(request, draft_id)
        options = replace(draft.options, thread=not draft.options.thread)
        await self._screens.what_and_whom(request, replace(draft, options=options))

    async def _open_time_form(self, request: Request, draft: PostDraft, draft_id: str) -> None:
        form = cards.time_form(draft, draft_id, request.words)
        await request.open_form(form, reopen=custom_id("club_setup.time_form", draft_id))

    async def _open_zone_form(self, request: Request, draft_id: str) -> None:
        form = place_form(custom_id("club_setup.submit_zone", draft_id), request.words)
        await request.open_form(form, reopen=custom_id("club_setup.zone_form", draft_id))

    async def _draft(self, request: Request, draft_id: str) -> PostDraft:
        await self._moderators.check(request)
        return self._drafts.find(draft_id, request.person)

    def _schedule(self, draft: PostDraft, text: str) -> Schedule:
        """Raises what `schedule_from` raises."""
        zone = draft.zone or DEFAULT_ZONE
        return schedule_from(text, zone, local_day(self._clock.now(), zone))


def _snowflake(value: str) -> int | None:
    """What was chosen in a menu of channels or roles; None for nothing. Raises OutOfDate for what none offers."""
    return whole_number(value) if value else None
