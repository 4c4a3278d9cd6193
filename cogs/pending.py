"""The presses that go on with a command once its one missing answer is there."""

from typing import Any, Final

from discord.app_commands import Command, CommandTree, Group

from bot.checkins.diary import Diary
from bot.errors import OutOfDate
from bot.expiring import Expired, ExpiringStore
from bot.ui.cards import diary as diary_cards
from bot.ui.locales import LocalizedContent
from bot.ui.options import area_option, moment_option, picked_area
from bot.ui.pending import PendingCommand
from bot.ui.request import AnswerPolicy, Request
from bot.ui.router import press

IN_PLACE: Final = AnswerPolicy(in_place=True)  # what the command shows takes the place of the question


class PendingCommands:
    """Each finds what was asked under its id; nothing of it is lost on the way."""

    def __init__(self, tree: CommandTree[Any], diary: Diary, waiting: ExpiringStore[PendingCommand]) -> None:
        self._tree = tree
        self._diary = diary
        self._waiting = waiting

    @press("command.choose", IN_PLACE)
    async def choose(self, request: Request, pending_id: str, option: str) -> None:
        """A place, or a time zone, from the menu."""
        await self._go_on(request, pending_id, option, request.value)

    @press("command.answer", IN_PLACE)
    async def answer(self, request: Request, pending_id: str, option: str, value: str) -> None:
        """One of several places, as a button."""
        await self._go_on(request, pending_id, option, value)

    @press("command.agree", IN_PLACE)
    async def agree(self, request: Request, pending_id: str) -> None:
        """*Yes* to having things kept."""
        await self._diary.agree(request.person)
        try:
            pending = self._waiting.find(pending_id, request.person)
        except Expired:
            await request.replace(diary_cards.agreed(request.words))
        else:
            await self._run(request, pending)

    async def _go_on(self, request: Request, pending_id: str, option: str, value: str) -> None:
        try:
            pending = self._waiting.find(pending_id, request.person)
        except Expired:
            if option != "area":
                raise
            area = picked_area(value, request.library)
            await request.replace(request.content.card_index.card("pain", area.id), files=())
        else:
            await self._run(request, pending.answered(option, value))

    async def _run(self, request: Request, pending: PendingCommand) -> None:
        """As if it had been typed whole: raises what the command raises; what it lacks then waits again."""
        node: Any = self._tree
        for part in pending.name.split():
            node = node.get_command(part) if isinstance(node, CommandTree | Group) else None
        if not isinstance(node, Command):
            raise OutOfDate
        command: Any = node
        request.pending = pending
        read = {name: _read(name, value, request.content) for name, value in pending.options.items()}
        await command.callback(command.binding, request.interaction, **read)


def _read(option: str, value: Any, content: LocalizedContent) -> Any:
    """What the transformer of the option makes of it; any other is passed on as Discord has checked it."""
    if option == "area":
        return area_option(value, content)
    return moment_option(value, content.words) if option == "moment" else value
