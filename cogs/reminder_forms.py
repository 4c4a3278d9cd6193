"""The forms for what is missing of a reminder: consent, a time zone, a time, the words."""

from dataclasses import dataclass, replace
from typing import Final

from bot.checkins.diary import Diary
from bot.checkins.person_diary import NeedsConsent
from bot.errors import OutOfDate
from bot.expiring import Expired, ExpiringStore
from bot.reminders.content import ReminderDraft
from bot.reminders.service import ReminderService
from bot.storage.reminders import ReminderKind
from bot.ui.cards import diary as diary_cards
from bot.ui.cards import reminders as cards
from bot.ui.custom_id import custom_id
from bot.ui.request import BESIDE, Request
from bot.ui.router import press
from bot.zones import UnclearZone, zone_from
from cogs.reminder_saver import ReminderSaver

EDITED: Final = "edit"  # in the place of a kind: the form changes a reminder


@dataclass(eq=False)
class ReminderForms:
    """Every press and form takes up the draft that waits under its id; nothing typed is lost on the way."""

    _reminders: ReminderService
    _diary: Diary
    _saver: ReminderSaver
    _waiting: ExpiringStore[ReminderDraft]

    @press("reminder.agree")
    async def agree(self, request: Request, draft_id: str) -> None:
        """*Yes* to having things kept: go on with what was waiting."""
        await self._diary.agree(request.person)
        try:
            self._waiting.find(draft_id, request.person)
        except Expired:
            await request.replace(diary_cards.agreed(request.words))
        else:
            await self._save(request, draft_id)

    @press("reminder.timezone")
    async def choose_timezone(self, request: Request, draft_id: str) -> None:
        self._waiting.find(draft_id, request.person)
        await request.open_form(cards.place_form(custom_id("reminder.submit_timezone", draft_id), request.words))

    @press("reminder.submit_timezone")
    async def submit_timezone(self, request: Request, draft_id: str) -> None:
        await self._set_zone(request, draft_id, "".join(request.fields.get("place", ())))

    @press("reminder.pick_timezone")
    async def pick_timezone(self, request: Request, draft_id: str) -> None:
        """One of those that the place could mean."""
        await self._set_zone(request, draft_id, request.value)

    @press("reminder.pick_place")
    async def pick_place(self, request: Request, draft_id: str) -> None:
        """One of those that the place in the time typed could mean."""
        draft = self._waiting.find(draft_id, request.person)
        self._waiting.change(draft_id, request.person, replace(draft, meant=request.value))
        await self._save(request, draft_id)

    async def _set_zone(self, request: Request, draft_id: str, place: str) -> None:
        self._waiting.find(draft_id, request.person)
        try:
            zone = zone_from(place)
        except UnclearZone as error:
            sentence = request.words(error.message, **error.values)
            await request.replace(cards.trouble(sentence, draft_id, "place", request.words, error.choices))
            return
        await (await self._reminders.of(request.person)).set_zone(zone)
        await self._save(request, draft_id)

    @press("reminder.edit")
    async def change(self, request: Request, reminder_id: str) -> None:
        """*Change*: the form for a kept one. Raises NoSuchReminder."""
        await self._ask(request, await self.draft_of(request, reminder_id))

    @press("reminder.fix")
    async def fix(self, request: Request, draft_id: str) -> None:
        """*Fix it*: the form with what was typed."""
        await self._open(request, self._waiting.find(draft_id, request.person), draft_id)

    @press("reminder.submit")
    async def submit(self, request: Request, draft_id: str, what: str, name: str) -> None:
        """The form came back; when its draft is gone, what stands in the form is not."""
        try:
            draft = self._waiting.find(draft_id, request.person)
        except Expired:
            draft = await self._from_id(request, what, name)
            draft_id = self._waiting.keep(request.person, draft)
        typed = {field: values[0] for field, values in request.fields.items() if values}
        content = replace(draft.content, words=typed.get("words", draft.content.words))
        self._waiting.change(draft_id, request.person, replace(draft, when=typed.get("when", ""), content=content))
        await self._save(request, draft_id)

    @press("reminder.try_again")
    async def try_again(self, request: Request, draft_id: str) -> None:
        """*Try again*, with direct messages open."""
        await self._save(request, draft_id)

    @press("reminder.morning", BESIDE)
    async def follow_mornings(self, request: Request) -> None:
        """*Ask me tomorrow morning*, on a check-in after a run, which may say to check the symptoms: so beside it."""
        await self._saver.save_beside(request, ReminderDraft(ReminderKind.MORNING, ""))

    async def draft_of(self, request: Request, reminder_id: str) -> ReminderDraft:
        """A kept reminder, to be changed. Raises NoSuchReminder, ContentUnreadable."""
        reminder = await (await self._reminders.of(request.person)).to_change(reminder_id)
        when = cards.when_text(reminder, request.words)
        return ReminderDraft(reminder.kind, when, reminder.content, entry=reminder_id, before=when)

    async def ask_missing(self, request: Request, draft: ReminderDraft) -> None:
        """The form of a new one, unless the person has to agree or to choose a time zone first."""
        try:
            zone = (await self._diary.of(request.person)).owner.zone
        except NeedsConsent:
            zone = None
        if zone is None:
            await self._saver.save(request, draft)
        else:
            await self._ask(request, draft)

    async def _save(self, request: Request, draft_id: str) -> None:
        """Save what waits. It goes on waiting where that fails."""
        await self._saver.save(request, self._waiting.find(draft_id, request.person))
        self._waiting.drop(draft_id, request.person)

    async def _ask(self, request: Request, draft: ReminderDraft) -> None:
        await self._open(request, draft, self._waiting.keep(request.person, draft))

    async def _open(self, request: Request, draft: ReminderDraft, draft_id: str) -> None:
        """What the form is for stands in its id, so that it can come back when nothing is waiting any more."""
        kind_and_id = (EDITED, draft.entry) if draft.entry else (draft.kind, draft.made)
        form = cards.form(draft, custom_id("reminder.submit", draft_id, *kind_and_id), request.words)
        await request.open_form(form, reopen=custom_id("reminder.fix", draft_id))

    async def _from_id(self, request: Request, kind: str, name: str) -> ReminderDraft:
        if kind == EDITED:
            return await self.draft_of(request, name)
        if kind not in set(ReminderKind) - {ReminderKind.CLUB}:
            raise OutOfDate
        return ReminderDraft(ReminderKind(kind), "", made=name)
