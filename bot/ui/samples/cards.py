"""One of every card that is built on the spot, so that the catalogue and Discord's limits are checked at load."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.advice.library import Library
from bot.advice.model import Light
from bot.checkins.clearance import RunFacts
from bot.checkins.draft import MAX_NOTE_LENGTH, Draft
from bot.checkins.errors import NeedsConsent, Terms
from bot.checkins.lookback import MOST_AREAS, look_back
from bot.checkins.models import CheckIn, Finding, NewSign, PainTiming, Side, WeeklyCheck, WeeklyQuestion
from bot.checkins.prompts import Prompt
from bot.checkins.service import Saved
from bot.clubs.barometer import BAROMETER_WEEKS
from bot.privacy.export import Everything
from bot.privacy.service import Inventory
from bot.reminders.post_routine import PostOptions, candidates
from bot.reminders.post_service import PostContent
from bot.storage.barometer import Snapshot
from bot.storage.people import Person
from bot.storage.storage import Erased
from bot.triage.answers import Answer, Answers
from bot.triage.assessment import assess
from bot.triage.flow import RUN, Screen
from bot.triage.running import Verdict
from bot.triage.sessions import Session
from bot.ui import forms
from bot.ui.cards import barometer, check, diary, history, notices, privacy, report, routine, running, weekly
from bot.ui.cards.history import View as History
from bot.ui.cards.parts import Card
from bot.ui.catalog import Catalog
from bot.ui.samples import clubs, reminders

#: Sentences of errors and edges that no sample card shows, with the variables they take.
SENTENCES: tuple[tuple[str, dict[str, object]], ...] = (
    ("error-out-of-date", {}),
    ("error-form-out-of-date", {}),
    ("error-no-tip", {}),
    ("error-unexpected", {"code": "abc123"}),
    ("error-diary-closed", {}),
    ("error-storage", {}),
    ("error-when-unreadable", {"example": "2026-11-20"}),
    ("error-when-ambiguous", {"example": "2026-11-20"}),
    ("error-when-ahead", {"example": "2026-11-20"}),
    ("error-when-too-old", {"example": "2026-11-20", "days": 30}),
    *((f"error-time-{what}", {}) for what in ("missing", "unreadable", "ambiguous", "several")),
    *((f"error-days-{what}", {}) for what in ("unreadable", "ambiguous", "missing")),
    ("error-days-too-far", {"most": 365}),
    ("error-pause-over", {"example": "2026-11-20"}),
    ("error-zone-gone", {"zone": "Europe/Nowhere"}),
    ("error-zone-unknown", {"count": 0, "nearest": ""}),
    ("error-zone-unknown", {"count": 2, "nearest": "London, Lisbon"}),
    ("error-zone-ambiguous", {"count": 2, "choices": "London, Lisbon"}),
    ("error-no-entry", {}),
    ("error-posts-many", {"most": 25}),
    ("error-post-over", {}),
    ("checkin-gone", {}),
    ("history-gone", {}),
    ("weekly-gone", {}),
    ("error-charts-busy", {}),
    ("error-choice", {"choices": "left, right"}),
    ("error-pain", {}),
    ("error-note-too-long", {"length": 600, "most": 500}),
    ("error-stats-off", {}),
    ("share-nobody", {}),
    ("share-kept-private", {}),
)


def samples(library: Library, words: Catalog) -> Iterator[tuple[str, str, Card]]:
    """(name, key, card): every alarm, every screen of the check and some results, a tip of every area, every sentence.

    Raises CatalogueError for a message that is missing or does not take its variables.
    """
    areas = list(library.areas.values())
    for alarm in library.alarms:
        yield "alarm", alarm.id, notices.cannot_wait(library, [alarm], words)
    yield "unknown", "all", notices.unknown_area(library, "pizza", words)
    yield "unknown", "all", notices.unknown_area(library, "", words)
    for club, host in (("c" * 500, None), (None, "h" * 200), (None, None)):
        yield "wrong", "all", notices.wrong(library, max(library.areas, key=len), club, host, words)
    for message, values in (*SENTENCES, *reminders.SENTENCES):
        yield "sentence", message, notices.sentence(words(message, **values), words, fresh_start=True)
    yield "where", "all", check.where(library, words)
    yield "where", "all", running.where(library, words)
    yield "gone", "all", check.gone(library, words)
    for area in areas:
        yield "tip", area.id, notices.tip(library, area, library.tips[area.id][0], "any", area.id, words)
        session = Session(area.id, running=True, id="0" * 16)
        for screen in (Screen.EMERGENCIES, *RUN[:-1]):
            yield "check", area.id, check.screen(library, area, session, screen, words)
        for flag in (area.red_flags[0], area.red_flags[-1]):
            outcome = assess(library, Answers((area.id,), {flag.id: Answer.YES}, Answer.NO))
            yield "result", area.id, check.result(library, area, outcome, words)
    for pain in (0, 5):
        outcome = assess(library, Answers((areas[0].id,), {}, Answer.NO, pain))
        yield "result", areas[0].id, check.result(library, areas[0], outcome, words)
    yield from _of_the_diary(library, words)
    yield from _of_looking_back(library, words)
    yield from reminders.samples(library, words)
    yield from clubs.samples(library, words)
    yield from _of_clubs(library, words)
    yield from _of_barometers(library, words)
    calm = assess(library, Answers((areas[0].id,), {}, Answer.NO, 0))
    questions = (*library.running.last_run, *library.running.today)
    reasons = tuple(answer.reason for question in questions for answer in question.answers if answer.reason)
    for shown in Light:
        found = Verdict(shown, reasons, (), see_someone=True, assessment=calm)
        yield "light", shown, running.light(library, areas[0], found, words)
    open_one = Finding.of(outcome, id="0" * 32, at=datetime(2026, 1, 1, tzinfo=UTC), area=areas[0].id)
    yield "blocked", "all", running.sure(Session(areas[0].id, id="0" * 16), words)
    running.diary_lights(RunFacts(prompts=tuple(Prompt), no_zone=True, unread=True), words)
    for facts in (RunFacts(blocked=open_one), RunFacts(again=True)):
        yield "blocked", "all", running.seen_first(library, areas[0], facts, Session(areas[0].id, id="0" * 16), words)
    yield "check", "all", check.emergency(library, words)


def _of_the_diary(library: Library, words: Catalog) -> Iterator[tuple[str, str, Card]]:
    long = max(library.areas.values(), key=lambda area: len(area.name))
    entry = CheckIn(
        id="0" * 32,
        at=datetime(2026, 1, 1, tzinfo=UTC),
        area=long.id,
        pain=10,
        side=Side.MIDDLE,
        moments=frozenset(PainTiming),
        worst=10,
        during=10,
        new=frozenset(NewSign),
        note="x" * MAX_NOTE_LENGTH,
    )
    yield "consent", "all", diary.consent(NeedsConsent(Terms()), words)
    yield "agreed", "all", diary.agreed(words)
    yield "declined", "all", diary.declined(words)
    yield "standing", "all", diary.standing(words)
    yield "where", "all", diary.where(library, "0" * 16, [], words, "pizza")
    yield "score", "all", diary.how_bad(long, "0" * 16, words)
    yield (
        "saved",
        "all",
        diary.saved(library, Saved(entry, tuple(Prompt), ask_new=True, no_note=True, no_zone=True), words),
    )
    yield "drop", "all", diary.drop(library, entry, words)
    yield "dropped", "all", diary.dropped(words)
    yield "fix", "all", diary.fix(words("error-pain"), "pain", "0" * 16, words)
    someone = Person(0, entry.at, 1, None, entry.at)
    stock = Inventory(someone, 100, 100, 100, 10, entry.at)
    for kept in (
        stock,
        replace(stock, checkins=1, findings=1, weekly=1, reminders=1),
        replace(stock, checkins=0, findings=0, weekly=0, reminders=0),
    ):
        yield "privacy", "all", privacy.inventory(kept, words)
        yield "privacy", "all", privacy.inventory(replace(kept, stats=True), words, 1)
        yield "privacy", "all", privacy.inventory(replace(kept, clubs=(1, 2), stats=True), words, 1)
        yield "privacy", "all", privacy.sure(kept, words)
    yield "privacy", "all", privacy.nothing(words)
    for damaged in (0, 1, 2):
        yield "privacy", "all", privacy.copy(Everything(someone, (), (), (), unreadable=damaged), words)
    for deleted in (None, 0, 1, 100):
        yield "privacy", "all", privacy.receipt(Erased(person=True, records={}), deleted, entry.at, words)
    yield "privacy", "all", privacy.receipt(Erased(person=True, records={}), None, entry.at, words, stuck=True)
    for deleted in (None, 0, 1, 2):
        yield "privacy", "all", privacy.cleared(deleted, words)
    for moved in (0, 1, 10):
        yield "privacy", "all", privacy.zone_set(ZoneInfo("UTC"), entry.at, moved, words)
    for found in ([], [entry], [entry] * 25):
        yield "entries", "all", diary.entries(library, found, 0, ZoneInfo("UTC"), words)
    forms.checkin(library, Draft(area=long.id), "l1.x", words, notes=True)
    for day in (True, False):
        forms.again(Draft(area=long.id), "l1.x", words, day=day)
    forms.more(Draft(area=long.id), "l1.x", words, notes=True)


def _of_looking_back(library: Library, words: Catalog) -> Iterator[tuple[str, str, Card]]:
    """Six places with long gaps, every direction a trend can take, a report, weekly checks."""
    now, zone = datetime(2026, 3, 1, tzinfo=UTC), ZoneInfo("UTC")
    areas = sorted(library.areas, key=lambda area: -len(library.areas[area].name))[: MOST_AREAS + 1]
    slopes = ((6, 6, 5, 3, 2, 2), (2, 2, 3, 6, 6, 7), (3, 3, 3, 3, 3, 3), (8, 8, 8, 5, 5, 5), (5, 1, 9, 2, 4, 3), (4,))
    diary = []
    for number, area in enumerate(areas):
        for at, pain in enumerate(slopes[number % len(slopes)]):
            when = now - timedelta(days=80 - at * (3 if at < 3 else 14))
            diary.append(CheckIn(id=f"{number:016}{at:016}", at=when, area=area, pain=pain, during=pain))
    for view in (History(), History(dark=False, days=365)):
        found = look_back(diary, zone, now, 90)
        yield "history", "all", history.history(library, found, view, "0" * 16, words)
        history.picture(library, found, view, words)
        yield "history", "all", history.empty(view, words)
    told = report.ReportMaterial(diary, [], "x" * 200, "x" * 500)
    report.page(library, found, told, now.date(), zone, words)
    yield "report", "all", report.report(found, words)
    weeks = [
        WeeklyCheck(id=f"{n:032}", at=now - timedelta(weeks=n), area=areas[0], answers=(25, 25, 25, 25))
        for n in range(4)
    ]
    for checks in (weeks, weeks[:1]):
        yield "weekly", "all", weekly.saved(library, checks[0], checks, now.date(), zone, words)
    weekly.picture(weeks, now.date(), zone, words, areas[0])
    weekly.form(library, weekly.WeeklyDraft(areas[0]), "l1.x", words)
    against = {str(question): "0" if question is WeeklyQuestion.PARTICIPATION else "25" for question in WeeklyQuestion}
    for said in (against, dict[str, str]()):
        yield "weekly", "all", weekly.incomplete("0" * 16, said, words)
    yield "weekly", "all", weekly.place(library, "0" * 16, words)


def _of_clubs(library: Library, words: Catalog) -> Iterator[tuple[str, str, Card]]:
    """Every routine that can be posted, with everything above and below it."""
    for plan in candidates(library, PostOptions()):
        posted = PostContent(
            occurrence="a" * 24, routine=plan.id, day=date(2026, 11, 23), done=99_999, role=1, thread=True
        )
        yield "routine", plan.id, routine.post(library, posted, words, role_gone=True, trial=True)
        yield "routine", plan.id, routine.post(library, posted, words)
    for count in (1, 2):
        yield "counted", "all", notices.sentence(routine.counted(count, words), words)


def _of_barometers(library: Library, words: Catalog) -> Iterator[tuple[str, str, Card]]:
    """Every place in every week, a quiet last week, one that was not counted; and what a runner is asked."""
    yield "barometer", "ask", barometer.ask(words)
    yield "barometer", "joined", barometer.joined(words)
    for count in (0, 1, 2):
        yield "barometer", "left", barometer.left(count, words)
    yield "barometer", "few", barometer.not_yet(words)
    mondays = [date(2026, 3, 2) + timedelta(weeks=week) for week in range(BAROMETER_WEEKS)]
    full = [Snapshot(monday, known=True, bands=dict.fromkeys(library.areas, 100)) for monday in mondays]
    for known in (True, False):
        weeks = [*full[:-1], Snapshot(mondays[-1], known=known, bands={})]
        yield "barometer", "stats", barometer.stats(library, weeks, words)
        barometer.picture(library, weeks, words)
    yield "barometer", "stats", barometer.stats(library, full, words)
