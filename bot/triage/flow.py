"""From one screen of the check to the next. Pure: it reads and fills a session, and names the screen to show."""

from collections.abc import Sequence
from enum import StrEnum

from bot.advice.disposition import Disposition
from bot.advice.library import Library, Sign
from bot.advice.model import Area
from bot.errors import OutOfDate
from bot.triage.answers import Answer, Answers
from bot.triage.assessment import CANNOT_WAIT, Assessment, assess
from bot.triage.sessions import Session


class Screen(StrEnum):
    """What to show next."""

    EMERGENCIES = "emergencies"
    ABOUT = "about"
    URGENT = "urgent"
    DAYS = "days"
    RESULT = "result"


#: The groups of signs on the later screens, by the screen that shows them.
TIERS = {Screen.URGENT: Disposition.URGENT, Screen.DAYS: Disposition.CLINICIAN}


def signs_of(library: Library, area: Area, tier: Disposition, *, general: bool) -> list[Sign]:
    """The signs of one tier: the area's own, or those asked whatever hurts."""
    own = {sign.id for sign in library.own_signs(area)}
    return [sign for sign in library.signs(area) if sign.disposition is tier and (sign.id not in own) is general]


def group_name(tier: Disposition, *, general: bool) -> str:
    return f"{tier}-{'general' if general else 'own'}"


def ready(library: Library, area: Area, session: Session, screen: Screen) -> bool:
    """Whether everything on a screen was answered, so that the check may go on."""
    if screen is Screen.ABOUT:
        return session.age_band is not None and bool(session.about) and session.pain is not None
    tier = TIERS[screen]
    asked = [general for general in (False, True) if signs_of(library, area, tier, general=general)]
    return all(group_name(tier, general=general) in session.groups for general in asked)


def advance(library: Library, area: Area, session: Session, what: str, values: Sequence[str]) -> Screen:
    """Take one press or one choice; returns the screen to show. Raises OutOfDate for what no screen offers."""
    if what in {"yes", "none"}:
        return _emergencies(library, area, session, yes=what == "yes")
    if what in {"age", "about", "pain"}:
        return _about(library, session, what, values)
    if what in {"urgent", "days", "result"}:
        return _onward(library, area, session, Screen(what))
    if what == "clues":
        session.clues = tuple(values)
        return Screen.DAYS
    for screen, tier in TIERS.items():
        for general in (False, True):
            if what == group_name(tier, general=general):
                asked = [sign.id for sign in signs_of(library, area, tier, general=general)]
                session.tick(what, asked, values)
                return screen
    raise OutOfDate


def judge(library: Library, session: Session) -> Assessment:
    """What the answers given so far come to."""
    ages = {band.id: band.from_age for band in library.triage.ages}
    return assess(library, session.answers(ages.get(session.age_band or "")))


def cannot_wait(library: Library, session: Session) -> bool:
    """Whether what is answered already ends the questions; a later question cannot make it milder."""
    ages = {band.id: band.from_age for band in library.triage.ages}
    given = session.answers(ages.get(session.age_band or ""))
    sure = Answers(given.areas, given.flags, Answer.NO, given.pain, given.clues, given.age, given.about)
    return assess(library, sure).disposition in CANNOT_WAIT


def _emergencies(library: Library, area: Area, session: Session, *, yes: bool) -> Screen:
    session.emergency = yes
    for sign in library.signs(area):
        if sign.disposition is Disposition.EMERGENCY:
            session.flags[sign.id] = Answer.UNSURE if yes else Answer.NO
    return Screen.RESULT if yes else Screen.ABOUT


def _about(library: Library, session: Session, what: str, values: Sequence[str]) -> Screen:
    if what == "age" and values and values[0] in {band.id for band in library.triage.ages}:
        session.age_band = values[0]
    elif what == "about":
        session.about = tuple(values)
    elif what == "pain" and values and values[0] in {str(level) for level in range(11)}:
        session.pain = int(values[0])
    else:
        raise OutOfDate
    return Screen.ABOUT


def _onward(library: Library, area: Area, session: Session, wanted: Screen) -> Screen:
    """*Continue*: to the screen it leads to, or to the first one that still lacks an answer."""
    order = (Screen.ABOUT, Screen.URGENT, Screen.DAYS, Screen.RESULT)
    if not any(sign in session.flags for sign in _emergency_ids(library, area)):
        return Screen.EMERGENCIES
    for screen in order[: order.index(wanted)]:
        if not ready(library, area, session, screen):
            return screen
        if cannot_wait(library, session):
            return Screen.RESULT
    return wanted


def _emergency_ids(library: Library, area: Area) -> list[str]:
    return [sign.id for sign in library.signs(area) if sign.disposition is Disposition.EMERGENCY]
