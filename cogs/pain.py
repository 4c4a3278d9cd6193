"""Advice for what hurts: `/pain`, and everything the buttons of an area's card open."""

from discord import app_commands
from discord.ext import commands

from bot.clubs.service import ClubService
from bot.errors import OutOfDate
from bot.reminders.screening import ScreeningService
from bot.ui.cards import notices
from bot.ui.cards.parts import Card, StackedCard, box
from bot.ui.cards.reminder_message import red_flag_text
from bot.ui.cards.style import AMBER
from bot.ui.clubs.notes import ClubNotes
from bot.ui.custom_id import whole_number
from bot.ui.options import PageOption
from bot.ui.request import BESIDE, AnswerPolicy, Request
from bot.ui.router import on_request, press

GET_HELP = "now"  # the card behind *Yes, or not sure*


class Pain(commands.Cog):
    """The cards of an area; nothing is asked and nothing is kept."""

    def __init__(
        self, clubs: ClubService, club_notes: ClubNotes, screening: ScreeningService, host: str | None
    ) -> None:
        """`host`: how to reach whoever runs this bot."""
        self._clubs = clubs
        self._club_notes = club_notes
        self._screening = screening
        self._host = host

    @app_commands.command()
    @on_request()
    async def pain(self, request: Request, area: PageOption) -> None:
        await request.show(request.content.card_index.card("pain", area.id))

    @press("advice.open")
    async def open(self, request: Request, name: str, key: str, page: str) -> None:
        """A button on a card: in the place of a private one, beside what others see too."""
        card = request.content.card_index.card(name, key, whole_number(page))
        if name != "routine":
            await self._replace(request, name, card)
            return
        if red_flag := await self._screening.before_routine(request.person, key, request.library):
            caution = f"{red_flag_text(request.library, red_flag, request.words)}\n{request.words('reminder-caution')}"
            card = StackedCard(Card(box(AMBER, caution)), card)
        await request.show(card)

    @press("advice.beside", BESIDE)
    async def open_beside(self, request: Request, name: str, key: str, page: str) -> None:
        """The same beside a result, which stays."""
        await request.show(request.content.card_index.card(name, key, whole_number(page)))

    @press("advice.pick")
    async def pick(self, request: Request) -> None:
        """A place chosen from the menu."""
        await request.replace(request.content.card_index.card("pain", request.value), files=())

    @press("advice.pick_beside", BESIDE)
    async def pick_beside(self, request: Request) -> None:
        """The same beside a symptom check, which stays."""
        await request.show(request.content.card_index.card("pain", request.value))

    @press("advice.choose")
    async def choose(self, request: Request, _menu: str) -> None:
        """A card chosen from a menu, as a button would name it."""
        name, key, page = _chosen(request.value)
        await request.replace(request.content.card_index.card(name, key, page))

    @press("advice.turn")
    async def turn(self, request: Request, name: str, key: str, page: str) -> None:
        """Back and Next: put another page in the place of this one."""
        await self._replace(request, name, request.content.card_index.card(name, key, whole_number(page)))

    async def _replace(self, request: Request, name: str, card: Card) -> None:
        if name == GET_HELP:
            card = await self._club_notes.append_to(request, card)
        await request.replace(card, files=())

    @press("advice.share", AnswerPolicy(public=True))
    async def share(self, request: Request, area: str) -> None:
        """General advice for the whole channel; nothing about the person who pressed.

        In a chat with nobody else in it there is nobody to share with. Where Discord turns a public answer into a
        private one (an app that only this person has installed), the person is told.
        """
        words, interaction = request.words, request.interaction
        channel = (await self._clubs.cached_settings(request.club)).share_channel
        if channel not in {None, interaction.channel_id}:
            await request.show(notices.sentence(words("share-elsewhere", channel=f"<#{channel}>"), words))
        elif interaction.guild_id is None and interaction.context.dm_channel:
            await request.show(notices.sentence(words("share-nobody"), words))
        elif not await request.publish(request.club_content.card_index.card("shared", area)):
            await request.show(notices.sentence(words("share-kept-private"), words))

    @press("feedback.wrong")
    async def report_mistake(self, request: Request, area: str) -> None:
        """*This looks wrong*: whom to tell. Nothing is sent, and nothing of the person's answers is in it."""
        if area not in request.library.areas:
            raise OutOfDate
        contact = (await self._clubs.cached_settings(request.club)).contact
        await request.show(notices.wrong(request.library, area, contact, self._host, request.words))


def _chosen(value: str) -> tuple[str, str, int]:
    """ "causes.hip.3": the option of a menu. Raises OutOfDate."""
    match value.split("."):
        case [name, key, page]:
            return name, key, whole_number(page)
        case _:
            raise OutOfDate
