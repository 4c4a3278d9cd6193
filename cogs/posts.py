"""*Done* under a club's post."""

from bot.reminders.posts import PostService
from bot.ui.cards import notices
from bot.ui.cards import routine as cards
from bot.ui.clubs.guild_view import role_gone
from bot.ui.locales import Locales
from bot.ui.request import AnswerPolicy, Request
from bot.ui.router import press


class PostButtons:
    """Counts, and shows everybody how many did it; who they were, nobody sees."""

    def __init__(self, locales: Locales, posts: PostService) -> None:
        self._locales = locales
        self._posts = posts

    @press("post.done", AnswerPolicy(edits=True))
    async def done(self, request: Request, occurrence: str) -> None:
        """The count goes up, once for each; whoever pressed before is told so, in private."""
        here = request.interaction.guild_id or 0
        counted = await self._posts.count_done(occurrence, request.person, here)
        content = await self._posts.content(occurrence)
        localized = self._locales.of(content.language)
        if counted.again or content.routine not in localized.library.routines:
            await request.show(notices.sentence(cards.counted(counted.count, request.words), request.words))
            return
        gone = role_gone(request.interaction.guild, content.role)
        await request.replace(cards.post(localized.library, content, localized.words, role_gone=gone))
