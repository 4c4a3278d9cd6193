"""The cog of what a club sets for all of it: channels, contact, emergency wording, tips; and its end."""

from typing import Final, Unpack

from discord import TextChannel
from discord.ext import commands

from bot.clubs.service import ClubService
from bot.clubs.settings import ChannelAndAnywhere, ClubSettings, SettingsFields
from bot.clubs.text_rules import TipRaisesAlarm
from bot.errors import UserError
from bot.expiring import ExpiringStore
from bot.reminders.scheduled import EditedMeanwhile
from bot.ui.alarm_gate import alarms_in
from bot.ui.cards import club_care as cards
from bot.ui.cards import diary
from bot.ui.cards.parts import escaped
from bot.ui.clubs.moderators import Moderators, NotAModerator
from bot.ui.custom_id import custom_id
from bot.ui.forms import waits
from bot.ui.request import AnswerPolicy, Request
from bot.ui.router import on_request, press
from cogs.club_group import club_group

PUBLISHES: Final = AnswerPolicy(publishes=True)  # a tip is looked through for alarms here, so that *Fix it* has it


class ClubSettingsCommands(commands.Cog):
    """Every press asks again whether this person may; nothing typed is lost when it cannot be taken."""

    club = club_group()

    def __init__(self, moderators: Moderators, clubs: ClubService, refused: ExpiringStore[ClubSettings]) -> None:
        """`refused`: what was typed and could not be taken."""
        self._moderators = moderators
        self._clubs = clubs
        self._refused = refused

    @club.command(name="button")
    @on_request(AnswerPolicy(public=True))
    async def button(self, request: Request) -> None:
        """A public answer, so that no permission is needed; pressed at any time, it answers in private."""
        await self._moderators.check(request)
        await request.publish(diary.standing(request.club_content.words))

    @club.command(name="channel")
    @on_request()
    async def channel(
        self,
        request: Request,
        share: TextChannel | None = None,
        stretch: TextChannel | None = None,
        share_anywhere: bool = False,
        stretch_anywhere: bool = False,
    ) -> None:
        if (share and share_anywhere) or (stretch and stretch_anywhere):
            raise ChannelAndAnywhere
        fields = SettingsFields()
        if share is not None or share_anywhere:
            fields["share_channel"] = share.id if share else None
        if stretch is not None or stretch_anywhere:
            fields["stretch_channel"] = stretch.id if stretch else None
        if fields:
            await self._change(request, **fields)
        else:
            settings = await self._clubs.settings(await self._moderators.check(request))
            await request.replace(cards.care(settings, request.words))

    @club.command(name="contact")
    @on_request()
    @press("club.contact")
    async def contact(self, request: Request) -> None:
        """The form for contact and emergency wording."""
        settings = await self._clubs.settings(await self._moderators.check(request))
        form = cards.contact_form(settings, settings.fingerprint("contact", "emergency"), request.words)
        await request.open_form(form, reopen=custom_id("club.contact"))

    @press("club.submit_contact", PUBLISHES)
    async def submit_contact(self, request: Request, mark: str) -> None:
        """The form came back."""
        contact, emergency = ("".join(request.fields.get(field, ())) for field in ("contact", "emergency"))
        typed = ClubSettings(contact=contact, emergency=emergency)
        await self._submit(request, mark, typed, "club.fix_contact", contact=contact, emergency=emergency)

    @press("club.fix_contact")
    async def fix_contact(self, request: Request, typed_id: str, mark: str) -> None:
        """*Fix it*: the form with what was typed."""
        await self._moderators.check(request)
        typed = self._refused.find(typed_id, request.person)
        await request.open_form(cards.contact_form(typed, mark, request.words))

    @club.command(name="tips")
    @on_request()
    @press("club.tips")
    async def tips(self, request: Request) -> None:
        """The form for the club's own tips."""
        settings = await self._clubs.settings(await self._moderators.check(request))
        form = cards.tips_form(settings, settings.fingerprint("tips"), request.words)
        await request.open_form(form, reopen=custom_id("club.tips"))

    @press("club.submit_tips", PUBLISHES)
    async def submit_tips(self, request: Request, mark: str) -> None:
        """The form came back; a tip that tells of an emergency is no tip."""
        tips = "".join(request.fields.get("tips", ()))
        await self._submit(request, mark, ClubSettings(tips=tuple(tips.splitlines())), "club.fix_tips", tips=tips)

    @press("club.fix_tips")
    async def fix_tips(self, request: Request, typed_id: str, mark: str) -> None:
        """*Fix it*: the form with what was typed."""
        await self._moderators.check(request)
        typed = self._refused.find(typed_id, request.person)
        await request.open_form(cards.tips_form(typed, mark, request.words))

    @club.command(name="erase")
    @on_request()
    async def erase(self, request: Request) -> None:
        """Ask once."""
        await self._moderators.check(request)
        await request.replace(cards.sure(request.words))

    @press("club.erase_confirmed")
    async def erase_confirmed(self, request: Request) -> None:
        """*Yes, delete it*."""
        erased = await self._clubs.erase(await self._moderators.check(request), request.person)
        await request.replace(cards.erased(erased.posts, erased.changes, request.words))

    async def _change(self, request: Request, seen: str | None = None, **fields: Unpack[SettingsFields]) -> None:
        """Set something, and show what stands now. Raises what ClubService.change raises."""
        club = await self._moderators.check(request)
        settings = await self._clubs.change(club, request.person, seen, **fields)
        await request.replace(cards.care(settings, request.words))

    async def _submit(
        self, request: Request, mark: str, typed: ClubSettings, fix: str, **fields: Unpack[SettingsFields]
    ) -> None:
        """Set what came back in a form; what cannot be taken waits behind *Fix it*, the press `fix`."""
        try:
            if alarms_in(fields.get("tips", "").splitlines(), request.content):
                raise TipRaisesAlarm
            with waits(fix, self._refused.keep(request.person, typed), mark):
                await self._change(request, mark, **fields)
        except NotAModerator:
            raise
        except UserError as error:
            if isinstance(error, EditedMeanwhile):  # typed again on what stands there now
                settings = await self._clubs.settings(await self._moderators.check(request))
                mark = settings.fingerprint(*fields)
            typed_id = self._refused.keep(request.person, typed)
            values = {name: escaped(v, most=200) if isinstance(v, str) else v for name, v in error.values.items()}
            sentence = request.words(error.message, **values)
            await request.replace(cards.wrong(sentence, fix, typed_id, mark, request.words))
