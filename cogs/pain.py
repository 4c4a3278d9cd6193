"""Advice for what hurts."""

from discord import Interaction, app_commands
from discord.ext import commands

from bot.errors import OutOfDate
from bot.reminders.messages import ReminderMessages
from bot.ui.beside import Beside
from bot.ui.cards import notices
from bot.ui.cards.parts import AMBER, Card, Joined, box
from bot.ui.cards.reminder import red_flag_text
from bot.ui.editions import Editions
from bot.ui.options import AreaOption
from bot.ui.replies import chosen, show, turn
from bot.ui.router import Router
from bot.ui.sharing import share

GET_HELP = "now"  # the card behind *Yes, or not sure*


class Pain(commands.Cog):
    """The area's card, and everything its buttons open."""

    def __init__(self, editions: Editions, router: Router, beside: Beside, messages: ReminderMessages) -> None:
        self._editions = editions
        self._messages = messages
        self._beside = beside
        router.add("open", self.open)
        router.add("turn", self.turn)
        router.add("pick", self.pick)
        router.add("share", self.share)

    @app_commands.command()
    async def pain(self, interaction: Interaction, area: AreaOption) -> None:
        await show(interaction, self._editions.of(interaction.locale).deck.card("pain", area.id))

    async def open(self, interaction: Interaction, name: str, key: str, page: str) -> None:
        """A button on a card: open another card beside it."""
        edition = self._editions.of(interaction.locale)
        card = edition.deck.card(name, key, _page(page))
        if name == GET_HELP:
            card = await self._beside.put(interaction, card, edition.words)
        elif name == "routine" and (
            red_flag := await self._messages.hold_before(interaction.user.id, key, edition.library)
        ):
            said = f"{red_flag_text(edition.library, red_flag, edition.words)}\n{edition.words('reminder-caution')}"
            card = Joined(Card(box(AMBER, said)), card)
        await show(interaction, card)

    async def pick(self, interaction: Interaction) -> None:
        """A place chosen from the menu."""
        await show(interaction, self._editions.of(interaction.locale).deck.card("pain", "".join(chosen(interaction))))

    async def turn(self, interaction: Interaction, name: str, key: str, page: str) -> None:
        """Back and Next: put another page in the place of this one."""
        await turn(interaction, self._editions.of(interaction.locale).deck.card(name, key, _page(page)))

    async def share(self, interaction: Interaction, area: str) -> None:
        """General advice for the whole channel; nothing about the person who pressed."""
        edition = self._editions.of(interaction.guild_locale or interaction.locale)
        words = self._editions.of(interaction.locale).words
        channel = await self._beside.share_channel(interaction)
        if channel not in {None, interaction.channel_id}:
            elsewhere = words("share-elsewhere", channel=f"<#{channel}>")
            await show(interaction, notices.sentence(elsewhere, words))
            return
        await share(interaction, edition.deck.card("shared", area), words)


def _page(text: str) -> int:
    if not (text.isdecimal() and text.isascii()):
        raise OutOfDate
    return int(text)
