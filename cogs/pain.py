"""Advice for what hurts."""

from discord import Interaction, app_commands
from discord.ext import commands

from bot.errors import OutOfDate
from bot.reminders.messages import ReminderMessages
from bot.ui.cards import notices
from bot.ui.cards.parts import AMBER, Card, StackedCard, box
from bot.ui.cards.reminder import red_flag_text
from bot.ui.clubs.notes import ClubNotes
from bot.ui.locales import Locales
from bot.ui.options import AreaOption
from bot.ui.replies import chosen, show, turn
from bot.ui.router import Router
from bot.ui.sharing import share

GET_HELP = "now"  # the card behind *Yes, or not sure*


class Pain(commands.Cog):
    """The area's card, and everything its buttons open."""

    def __init__(self, locales: Locales, router: Router, club_notes: ClubNotes, messages: ReminderMessages) -> None:
        self._locales = locales
        self._messages = messages
        self._club_notes = club_notes
        router.add("open", self.open)
        router.add("turn", self.turn)
        router.add("pick", self.pick)
        router.add("share", self.share)

    @app_commands.command()
    async def pain(self, interaction: Interaction, area: AreaOption) -> None:
        await show(interaction, self._locales.of(interaction.locale).card_index.card("pain", area.id))

    async def open(self, interaction: Interaction, name: str, key: str, page: str) -> None:
        """A button on a card: open another card beside it."""
        localized = self._locales.of(interaction.locale)
        card = localized.card_index.card(name, key, _page(page))
        if name == GET_HELP:
            card = await self._club_notes.put(interaction, card, localized.words)
        elif name == "routine" and (
            red_flag := await self._messages.hold_before(interaction.user.id, key, localized.library)
        ):
            said = (
                f"{red_flag_text(localized.library, red_flag, localized.words)}\n{localized.words('reminder-caution')}"
            )
            card = StackedCard(Card(box(AMBER, said)), card)
        await show(interaction, card)

    async def pick(self, interaction: Interaction) -> None:
        """A place chosen from the menu."""
        await show(
            interaction, self._locales.of(interaction.locale).card_index.card("pain", "".join(chosen(interaction)))
        )

    async def turn(self, interaction: Interaction, name: str, key: str, page: str) -> None:
        """Back and Next: put another page in the place of this one."""
        await turn(interaction, self._locales.of(interaction.locale).card_index.card(name, key, _page(page)))

    async def share(self, interaction: Interaction, area: str) -> None:
        """General advice for the whole channel; nothing about the person who pressed."""
        localized = self._locales.of(interaction.guild_locale or interaction.locale)
        words = self._locales.of(interaction.locale).words
        channel = await self._club_notes.share_channel(interaction)
        if channel not in {None, interaction.channel_id}:
            elsewhere = words("share-elsewhere", channel=f"<#{channel}>")
            await show(interaction, notices.sentence(elsewhere, words))
            return
        await share(interaction, localized.card_index.card("shared", area), words)


def _page(text: str) -> int:
    if not (text.isdecimal() and text.isascii()):
        raise OutOfDate
    return int(text)
