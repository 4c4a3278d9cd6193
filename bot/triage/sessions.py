"""The session of one symptom check: its answers, as long as it lasts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.advice.model import Light
from bot.triage.answers import Answer, Answers

UNSURE, NONE, NOT_RUN = "unsure", "none", "not_run"


@dataclass(slots=True)
class Session:
    """One person's symptom check; kept in memory, see `bot.expiring`."""

    area: str
    running: bool = False  # whether it was asked in order to run today
    id: str = ""  # under which it is kept
    finding: str = ""  # under which its result goes into a diary
    flags: dict[str, Answer] = field(default_factory=dict)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)  # what was ticked in each group, as ticked
    emergency: bool = False  # yes, or not sure, on the first screen
    age_band: str | None = None
    about: tuple[str, ...] = ()
    pain: int | None = None
    clues: tuple[str, ...] = ()
    during: str | None = None  # pain on the last run, "0" to "10"; NOT_RUN
    diary: tuple[tuple[Light, str], ...] = ()  # what the diary says of the last run, in words
    open: tuple[str, ...] = ()  # ids of findings the person was shown as open
    again: bool = False  # the diary says that it keeps going wrong
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
