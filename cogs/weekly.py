"""Four questions a week."""

from dataclasses import replace
from datetime import timedelta

from discord import Interaction, app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.charts.renderer import ChartRenderer
from bot.checkins.diary import Diary
from bot.checkins.weekly import WeeklyCheck
from bot.clock import Clock
from bot.errors import OutOfDate
from bot.expiring import Expired, ExpiringStore
from bot.ids import new_id
from bot.localtime import local_day
from bot.ui import forms
from bot.ui.cards import weekly as cards
from bot.ui.cards.history import file_of
from bot.ui.cards.weekly import WeeklyDraft
from bot.ui.custom_id import custom_id
from bot.ui.locales import Locales
from bot.ui.options import AreaTransformer, area_from
from bot.ui.replies import chosen, draw_later, show, show_drawn, turn
from bot.ui.router import Handler, Router

LOOK_BACK = timedelta(weeks=cards.WEEKS_SHOWN + 1)


class Weekly(commands.Cog):
    """Inspired by OSTRC, in our own words; persistence counts, not one week's jump."""

    def __init__(
        self,
        locales: Locales,
        router: Router,
        diary: Diary,
        renderer: ChartRenderer,
        waiting: ExpiringStore[WeeklyDraft],
        clock: Clock,
    ) -> None:
        self._locales = locales
        self._diary = diary
        self._renderer = renderer
        self._waiting = waiting
        self._clock = clock
        handlers: dict[str, Handler] = {"wkform": self.form, "wkfilled": self.filled, "wkplace": self.place}
        router.add_all(handlers)

    @app_commands.command()
    async def weekly(self, interaction: Interaction, area: str | None = None) -> None:
        found = area_from(area, self._locales.of(interaction.locale)) if area else None
        await self._diary.of(interaction.user.id)
        await self._open(interaction, WeeklyDraft(found.id if found else None))

    @weekly.autocomplete("area")
    async def _areas(self, interaction: Interaction, text: str) -> list[Choice[str]]:
        return await AreaTransformer().autocomplete(interaction, text)

    async def form(self, interaction: Interaction, draft: str) -> None:
        """*Fix it*: the form with what was answered."""
        await self._open(interaction, self._waiting.find(draft, interaction.user.id))

    async def filled(self, interaction: Interaction, draft: str) -> None:
        """The form came back; when its draft is gone, what stands in the form is not."""
        person, localized = interaction.user.id, self._locales.of(interaction.locale)
        said = {name: values[0] for name, values in forms.filled(interaction).items() if values}
        try:
            waiting = replace(self._waiting.find(draft, person), answers=said)
        except Expired:
            fresh = self._waiting.keep(person, WeeklyDraft(None, said))
            await show(interaction, cards.place(localized.library, fresh, localized.words))
        else:
            await self._keep(interaction, waiting)

    async def place(self, interaction: Interaction, draft: str) -> None:
        """What answers are about whose draft was gone."""
        about = next(iter(chosen(interaction)), "")
        if about != cards.WHOLE and about not in self._locales.of(interaction.locale).library.areas:
            raise OutOfDate
        waiting = self._waiting.find(draft, interaction.user.id)
        await self._keep(interaction, replace(waiting, area=None if about == cards.WHOLE else about))

    async def _keep(self, interaction: Interaction, waiting: WeeklyDraft) -> None:
        """Keep it and show the score, or ask again."""
        person, localized = interaction.user.id, self._locales.of(interaction.locale)
        answers = cards.answers(waiting.answers)
        if answers is None:
            again = self._waiting.keep(person, waiting)
            await turn(interaction, cards.incomplete(again, waiting.answers, localized.words))
            return
        diary, now = await self._diary.of(person), self._clock.now()
        check = WeeklyCheck(id=new_id(), at=now, area=waiting.area, answers=answers)
        await diary.keep(check)
        await draw_later(interaction, again=True)
        weekly, zone = await diary.weekly(now - LOOK_BACK), diary.zone
        checks, today = [one for one in weekly if one.area == waiting.area], local_day(now, zone)
        what = cards.about(localized.library, waiting.area, localized.words)
        png = await self._renderer.draw(person, cards.picture(checks, today, zone, localized.words, what))
        card = cards.saved(localized.library, check, checks, today, zone, localized.words)
        await show_drawn(interaction, card, [file_of(png, cards.FILE)])

    async def _open(self, interaction: Interaction, draft: WeeklyDraft) -> None:
        localized = self._locales.of(interaction.locale)
        name = custom_id("wkfilled", self._waiting.keep(interaction.user.id, draft))
        await interaction.response.send_modal(cards.form(localized.library, draft, name, localized.words))
