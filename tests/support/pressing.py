"""Somebody who presses their way through the symptom check on Discord, as SimCord's people do."""

from dataclasses import dataclass
from typing import Any

from benchmarks.check_length import mildest
from bot.advice.library import Library
from bot.checkins.diary import OpenDiary
from bot.checkins.person_diary import Terms
from bot.checkins.runs import Limits
from bot.demo.club import DemoClub
from bot.triage import flow
from bot.triage.answers import Session
from bot.triage.carry_over import LAST_TIME, SAME
from bot.triage.flow import Screen, Step
from bot.triage.questionnaire import AGE, PAIN, ids_of
from tests.support.components import flat, labels
from tests.support.ids import action_of, arguments_of


@dataclass
class Check:
    """One check; `session` goes along, so that the next press is known."""

    who: Any
    page: Any
    library: Library
    session: Session

    @property
    def step(self) -> Step:
        return flow.next_step(self.library, self.session)

    @property
    def components(self) -> list[dict[str, Any]]:
        """What stands on the page."""
        found: list[dict[str, Any]] = self.page.response.components
        return found

    async def group(self, name: str) -> None:
        await self._press("check.group", name)
        flow.open_group(self.library, self.session, name)

    async def mark(self, fact: str) -> None:
        """An answer of the question that is asked."""
        question = self.step.id
        await self._press("check.mark", question, fact)
        flow.mark(self.library, self.session, question, fact)

    async def none(self) -> None:
        """*None of these*, or *That is all*."""
        question = self.step.id
        await self._press("check.none", question)
        flow.none_or_done(self.library, self.session, question)

    async def unsure(self) -> None:
        question = self.step.id
        await self._press("check.unsure", question)
        flow.not_sure(self.library, self.session, question)

    async def to(self, question: str, **answers: str) -> None:
        """Fine in every way until that question is asked."""
        while self.step.id != question:
            await self.fine(**answers)

    async def to_the_end(self, **answers: str) -> None:
        """Fine in every way but for `answers`, by question, until there is a result or something else to read."""
        while self.step.screen is not Screen.RESULT and self._asks:
            await self.fine(**answers)

    async def fine(self, **answers: str) -> None:
        """One press: the answer given for that question, else the mildest there is."""
        step = self.step
        if step.screen is Screen.LAST_TIME:
            await self.mark(answers.get(LAST_TIME, SAME))
        elif step.id in answers and answers[step.id] not in self._said(step):
            await self.mark(answers[step.id])
        elif step.contradiction is not None:
            await self.mark(step.contradiction.graver)
        elif step.screen is Screen.DURING:
            await self.mark("1")
        elif step.question is None or step.question.many:
            await self.none()
        else:
            await self.mark({AGE: "age_20", PAIN: "level_1"}.get(step.id) or mildest(self.library, self.session, step))

    def _said(self, step: Step) -> set[str]:
        run = self.session.progress.run.get(step.id, ())
        return {
            *run,
            *(fact for fact in self.session.progress.facts if step.question and fact in ids_of(step.question)),
        }

    @property
    def _asks(self) -> bool:
        """Whether the page is one of the check that can be answered; a result has further pages at most."""
        actions = {action_of(part.get("custom_id", "")) for part in flat(self.components)}
        return any(action.startswith("check.") for action in actions - {"check.page"})

    async def _press(self, action: str, *arguments: str) -> None:
        names = [part["custom_id"] for part in flat(self.components) if "custom_id" in part]
        wanted = [n for n in names if action_of(n) == action and arguments_of(n)[1:] == arguments]
        assert wanted, (action, arguments, names)
        self.page = await self.who.click(self.page.response, custom_id=wanted[0])


async def checking(club: DemoClub, area: str, command: str = "triage", person: str = "ana") -> Check:
    """The first screen of a check."""
    who = club.people[person]
    diary = OpenDiary(club.services.storage, club.clock, Terms())
    facts = await diary.run_facts(who.id, area, Limits(0, 0, 0), ())
    page = await who.slash(club.channels["sore-legs"], command, area=area)
    check = at_first(club, who, page, area, running=command == "canirun")
    if check.session.running:
        check.session.last = facts.last_time
    return check


def at_first(club: DemoClub, who: Any, page: Any, area: str, *, running: bool = False) -> Check:
    """A check of which the first screen is open already."""
    return Check(who, page, club.bot.locales.base.library, Session(area, running=running))


async def sources(who: Any, card: Any) -> Any:
    """From an area's card to the last page of its sources."""
    page = await who.click((await who.click(card.response, label="Why it hurts")).response, label="Sources")
    while "Next" in labels(page.response.components):
        page = await who.click(page.response, label="Next")
    return page
