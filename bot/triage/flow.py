"""The order of a symptom check's screens: it fills a session and names the screen to show next. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from bot.advice.disposition import Disposition
from bot.advice.library import Library, Sign
from bot.advice.model import Area, Light, RunQuestion
from bot.errors import OutOfDate
from bot.triage.answers import Answer, Answers
from bot.triage.assessment import CANNOT_WAIT, Assessment, assess
from bot.triage.running import RunAnswers, Verdict, may_run, questions
from bot.triage.sessions import NOT_RUN, Session


class Screen(StrEnum):
    """What to show next."""

    EMERGENCIES = "emergencies"
    ABOUT = "about"
    URGENT = "urgent"
    DAYS = "days"
    LAST_RUN = "last_run"
    TODAY = "today"
    RESULT = "result"


#: The groups of signs on the later screens, by the screen that shows them.
TIERS = {Screen.URGENT: Disposition.URGENT, Screen.DAYS: Disposition.CLINICIAN}

#: The order of the screens after the first one, which comes before everything.
CHECK = (Screen.ABOUT, Screen.URGENT, Screen.DAYS, Screen.RESULT)
RUN = (*CHECK[:-1], Screen.LAST_RUN, Screen.TODAY, Screen.RESULT)

PAINS = tuple(str(level) for level in range(11))
RUN_PREFIX = "run-"  # before the id of a question about running


def order(session: Session) -> tuple[Screen, ...]:
    """The screens of a check after its first one."""
    return RUN if session.running else CHECK


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
    if screen in {Screen.LAST_RUN, Screen.TODAY}:
        ran = screen is Screen.TODAY or session.during is not None
        return ran and all(question.id in session.run for question in run_questions(library, area, session, screen))
    tier = TIERS[screen]
    asked = [general for general in (False, True) if signs_of(library, area, tier, general=general)]
    signs = [sign.id for general in asked for sign in signs_of(library, area, tier, general=general)]
    ticked = all(group_name(tier, general=general) in session.groups for general in asked)
    return ticked and all(sign in session.flags for sign in signs)  # content may have grown a sign meanwhile


def advance(library: Library, area: Area, session: Session, what: str, values: Sequence[str]) -> Screen:
    """Take one press or one choice; returns the screen to show. Raises OutOfDate for what no screen offers."""
    if what in {"yes", "none"}:
        return _emergencies(library, area, session, yes=what == "yes")
    if what in {"age", "about", "pain"}:
        return _about(library, session, what, values)
    if what in {screen.value for screen in RUN if screen is not Screen.ABOUT}:
        return _onward(library, area, session, Screen(what))
    if what == "during" or what.startswith(RUN_PREFIX):
        return _running(library, area, session, what, values)
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
    return assess(library, _answers(library, session))


def _answers(library: Library, session: Session) -> Answers:
    """With what the questions about running say about the person: who limps says so there too."""
    ages = {band.id: band.from_age for band in library.triage.ages}
    given = session.answers(ages.get(session.age_band or ""))
    asked = (*library.running.last_run, *library.running.today)
    said = {a.about for q in asked for a in q.answers if a.about and a.id in session.run.get(q.id, ())}
    return replace(given, about=given.about | said)


def run_questions(library: Library, area: Area, session: Session, screen: Screen) -> list[RunQuestion]:
    """The questions about running on one screen, beside the pain of the last run."""
    here = library.running.last_run if screen is Screen.LAST_RUN else library.running.today
    return [question for question in questions(library, area, has_run=_has_run(session)) if question in here]


def verdict(library: Library, area: Area, session: Session) -> Verdict:
    """What the answers given so far say about running today."""
    ran = session.during is not None and session.during != NOT_RUN
    during = int(session.during) if ran and session.during else None
    chosen = {question: frozenset(answers) for question, answers in session.run.items()}
    given = RunAnswers(session.pain, during, _has_run(session), chosen, session.diary, session.again)
    return may_run(library, area, judge(library, session), given)


def _has_run(session: Session) -> bool | None:
    return None if session.during is None else session.during != NOT_RUN


def cannot_wait(library: Library, session: Session) -> bool:
    """Whether what is answered already ends the questions; a later question cannot make it milder."""
    given = _answers(library, session)
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
    elif what == "pain" and values and values[0] in PAINS:
        session.pain = int(values[0])
    else:
        raise OutOfDate
    return Screen.ABOUT


def _running(library: Library, area: Area, session: Session, what: str, values: Sequence[str]) -> Screen:
    if what == "during" and values and values[0] in {NOT_RUN, *PAINS}:
        session.during = values[0]
        return Screen.LAST_RUN
    for screen in (Screen.LAST_RUN, Screen.TODAY):
        for question in run_questions(library, area, session, screen):
            if (
                what == RUN_PREFIX + question.id
                and values
                and set(values) <= {answer.id for answer in question.answers}
            ):
                session.run[question.id] = tuple(values)
                return screen
    raise OutOfDate


def _onward(library: Library, area: Area, session: Session, wanted: Screen) -> Screen:
    """*Continue*: to the screen it leads to, or to the first one that still lacks an answer."""
    screens = order(session)
    if wanted not in screens:
        raise OutOfDate
    if not all(sign in session.flags for sign in _emergency_ids(library, area)):
        return Screen.EMERGENCIES
    for screen in screens[: screens.index(wanted)]:
        if not ready(library, area, session, screen):
            return screen
        if cannot_wait(library, session) or _settled(library, area, session, screen):
            return Screen.RESULT
    return wanted


def _settled(library: Library, area: Area, session: Session, screen: Screen) -> bool:
    """Whether it is red before anything about running was asked: then those questions can only tire."""
    red = screen is Screen.DAYS and session.running and verdict(library, area, session).light is Light.RED
    return red and not session.run


def _emergency_ids(library: Library, area: Area) -> list[str]:
    return [sign.id for sign in library.signs(area) if sign.disposition is Disposition.EMERGENCY]
