"""The choice of the next tip: none comes again before a person has seen the others."""

from collections import OrderedDict, deque
from collections.abc import Sequence
from random import Random
from sys import intern

from bot.advice.model import Tip, TipMoment
from bot.errors import UserError

REMEMBERED_PEOPLE = 10_000
REMEMBERED_TIPS = 500  # of each person; more than there are


class NoSuchTip(UserError, message="error-no-tip"):
    """Nobody has written a tip for this moment in this area yet."""


class TipPicker:
    """Draws tips, and remembers, in memory only, the last REMEMBERED_TIPS that each person saw.

    Nothing is stored: what was seen is forgotten when the process ends, or when more than `REMEMBERED_PEOPLE`
    others have asked since.
    """

    def __init__(self, random: Random) -> None:
        self._random = random
        self._seen: OrderedDict[int, deque[str]] = OrderedDict()

    def pick(self, person: int, tips: Sequence[tuple[str, Tip]], moment: TipMoment | None) -> tuple[str, Tip]:
        """One of `tips`, each with the id of its area.

        Unseen ones first; when all were seen, the one seen longest ago. Raises NoSuchTip when none fits `moment`.
        """
        fitting = {f"{area}.{tip.id}": (area, tip) for area, tip in tips if moment is None or tip.moment is moment}
        if not fitting:
            raise NoSuchTip
        seen = self._remember(person)
        lately = set(seen)
        unseen = [name for name in fitting if name not in lately]
        name = self._random.choice(unseen) if unseen else next(old for old in seen if old in fitting)
        if name in lately:
            seen.remove(name)
        seen.append(intern(name))
        return fitting[name]

    def any_of(self, texts: Sequence[str]) -> str:
        """One of a club's own, by chance, also one that was shown before. Raises IndexError for none."""
        return self._random.choice(texts)

    def _remember(self, person: int) -> deque[str]:
        self._seen.setdefault(person, deque(maxlen=REMEMBERED_TIPS))
        self._seen.move_to_end(person)
        if len(self._seen) > REMEMBERED_PEOPLE:
            self._seen.popitem(last=False)
        return self._seen[person]
