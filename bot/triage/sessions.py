"""Answers on their way: in memory only, under a random id, for half an hour."""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bot.errors import UserError
from bot.triage.answers import Answer, Answers

KEPT_SECONDS = 30 * 60
MOST_SESSIONS = 5_000  # far more than a club; one more forgets the oldest


class AnswersGone(UserError):
    """The half hour is over, the bot was restarted, or it is somebody else's check."""

    message = "check-gone"


@dataclass(slots=True)
class Session:
    """One person's symptom check while it lasts."""

    id: str
    person: int
    area: str
    expires: float
    flags: dict[str, Answer] = field(default_factory=dict)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)  # what was ticked in each group, as ticked
    emergency: bool = False  # yes, or not sure, on the first screen
    age_band: str | None = None
    about: tuple[str, ...] = ()
    pain: int | None = None
    clues: tuple[str, ...] = ()
    running: bool = False  # whether it was asked in order to run today
    during: str | None = None  # pain on the last run, "0" to "10"; NOT_RUN
    run: dict[str, tuple[str, ...]] = field(default_factory=dict)  # answers about running, by question

    def answers(self, age: int | None) -> Answers:
        """What was answered so far; `age` is the lowest year of the chosen band."""
        about, clues = frozenset(self.about), frozenset(self.clues)
        return Answers((self.area,), dict(self.flags), None, self.pain, clues, age, about)

    def tick(self, group: str, asked: Iterable[str], ticked: Iterable[str]) -> None:
        """Answer a group of signs at once: what is ticked is a yes, "unsure" leaves the rest unsure, else it is a no.

        A sign ticked beside "none" wins.
        """
        chosen = tuple(ticked)
        self.groups[group] = chosen
        rest = Answer.UNSURE if UNSURE in chosen else Answer.NO
        for sign in asked:
            self.flags[sign] = Answer.YES if sign in chosen else rest


UNSURE, NONE, NOT_RUN = "unsure", "none", "not_run"


class Sessions:
    """Finds a person's check by its id. Nothing of it is written anywhere."""

    def __init__(self, now: Callable[[], float]) -> None:
        """`now` gives seconds that only ever go forward."""
        self._now = now
        self._sessions: OrderedDict[str, Session] = OrderedDict()

    def open(self, person: int, area: str, *, running: bool = False) -> Session:
        """A new check; `running`: it goes on to whether one may run today."""
        session = Session(secrets.token_hex(8), person, area, self._now() + KEPT_SECONDS, running=running)
        self._sessions[session.id] = session
        self._forget()
        return session

    def find(self, session: str, person: int) -> Session:
        """Raises AnswersGone, also when it belongs to somebody else."""
        self._forget()
        found = self._sessions.get(session)
        if found is None or found.person != person:
            raise AnswersGone
        return found

    def _forget(self) -> None:
        while self._sessions:
            oldest = next(iter(self._sessions.values()))
            if oldest.expires > self._now() and len(self._sessions) <= MOST_SESSIONS:
                return
            self._sessions.popitem(last=False)
