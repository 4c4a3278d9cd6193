"""The cog of a club's posts: a trial of one, and *Done* under it."""

from dataclasses import dataclass

from discord.app_commands import Choice
from discord.ext import commands

from bot.clock import Clock
from bot.clubs.service import ClubService
from bot.delivery.transport import Refused
from bot.reminders.posts import PostContent, PostService, candidates
from bot.storage.reminders import Reason
from bot.ui.cards import club_posts as cards
from bot.ui.cards import notices
from bot.ui.cards.routine import counted as counted_text
from bot.ui.cards.routine import post
from bot.ui.clubs.guild_view import role_gone
from bot.ui.clubs.moderators import Moderators
from bot.ui.error_mapping import TROUBLE, classify_error
from bot.ui.locales import Locales
from bot.ui.pictures import Pictures
from bot.ui.request import AnswerPolicy, Request
from bot.ui.router import on_request, on_typing, press
from cogs.club_group import club_group, reminder_choices, reminder_group, reminder_problems, text_channel_of, today
from cogs.club_setup_screens import TRIAL


@dataclass(eq=False)
class Posts(commands.Cog):
    """Posts what a schedule would, as a trial; counts who did it, and shows everybody how many, nobody who."""

    club = club_group()
    reminder = reminder_group(club)

    _locales: Locales
    _moderators: Moderators
    _clubs: ClubService
    _posts: PostService
    _pictures: Pictures
    _clock: Clock

    @press("post.done", AnswerPolicy(edits=True))
    async def done(self, request: Request, occurrence: str) -> None:
        """The count goes up, once for each; whoever pressed before is told so, in private."""
        here = request.interaction.guild_id or 0
        counted = await self._posts.count_done(occurrence, request.person, here)
        content = await self._posts.content(occurrence)
        localized = self._locales.of(content.options.language)
        if counted.again or content.routine not in localized.library.routines:
            await request.show(notices.sentence(counted_text(counted.count, request.words), request.words))
            return
        gone = role_gone(request.interaction.guild, content.options.role)
        await request.replace(post(localized.library, content, localized.words, role_gone=gone))

    @reminder.command(name="test")
    @on_request()
    @press("club_reminder.test")
    async def test(self, request: Request, reminder: str) -> None:
        """*Post a test now*: marked as one, it mentions nobody and counts nothing."""
        club = await self._moderators.check(request)
        tested = await self._clubs.post(club, reminder)
        problems, channel = reminder_problems(request, tested), text_channel_of(request, tested)
        content = self._locales.of(tested.options.language)
        routines = candidates(content.library, tested.options)
        if problems or channel is None or not routines:
            missing = Reason.NO_ROUTINE if channel else Reason.CHANNEL_GONE
            problems = problems or [cards.club_reason_text(missing, request.words)]
            await request.replace(cards.cannot(problems, request.words))
            return
        day, options = today(tested, self._clock.now()), tested.options
        trial = PostContent(occurrence=TRIAL, routine=routines[0].id, day=day, options=options)
        try:
            await self._pictures.send(channel, post(content.library, trial, content.words, trial=True))
        except TROUBLE as error:
            match classify_error(error):
                case Refused(reason=reason):
                    why = cards.club_reason_text(reason, request.words)
                case _:
                    why = request.words("club-why-not-known")
            await request.replace(cards.cannot([why], request.words))
            return
        await request.replace(cards.tested(channel.id, request.words))

    @test.autocomplete("reminder")
    @on_typing
    async def _choices(self, request: Request, text: str) -> list[Choice[str]]:
        return await reminder_choices(request, text, self._moderators, self._clubs)
