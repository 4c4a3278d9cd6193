"""Sample cards: one of every card built on the spot, so that catalogue and limits are checked at load."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.advice.freetext.search import MOST_PAGES
from bot.advice.library import Library
from bot.advice.model import Area, Light, Question
from bot.checkins.clearance import RunFacts
from bot.checkins.days import MOST_AREAS, look_back
from bot.checkins.draft import MAX_NOTE_LENGTH, Draft
from bot.checkins.models import CheckIn, Finding, NewSign, PainTiming, Side, WeeklyCheck, WeeklyQuestion
from bot.checkins.person_diary import NeedsConsent, Terms
from bot.checkins.prompts import Prompt
from bot.checkins.service import Saved
from bot.checkins.summary import Earlier
from bot.clubs.barometer import BAROMETER_WEEKS
from bot.privacy import Everything, Inventory
from bot.reminders.club_service import MAX_POSTS
from bot.reminders.person_reminders import MAX_REMINDERS
from bot.storage.barometer import Snapshot
from bot.storage.people import Person
from bot.storage.storage import Erased
from bot.triage.answers import NOTHING_LASTS, Answer, Answers, Lasting, Progress, Session
from bot.triage.assessment import assess
from bot.triage.flow import CORE, RISKS_AT_ONCE, Screen, Step
from bot.triage.questionnaire import choices, ids_of, questionnaire
from bot.triage.running import Verdict, questions
from bot.ui import forms
from bot.ui import sample_reminders as reminders
from bot.ui.cards import barometer, check, diary, history, notices, privacy, report, running, unwell, weekly
from bot.ui.cards.parts import Card
from bot.ui.cards.reminders import PERSONAL
from bot.ui.catalog import Catalog
from bot.ui.sample_reminders import DRAFT, NOW, PLACE, RECORD

UTC: Final = ZoneInfo("UTC")

#: Sentences of errors and edges that no sample card shows.
SENTENCES: Final = (
    *("error-out-of-date", "error-form-out-of-date", "error-no-tip", "error-diary-closed", "error-storage"),
    *(
        "error-no-entry",
        "error-pain",
        "error-stats-off",
        "error-charts-busy",
        "error-not-a-moderator",
        "setup-gone",
        "club-form-gone",
    ),
    *(f"error-time-{what}" for what in ("missing", "unreadable", "ambiguous", "several")),
    *(f"error-days-{what}" for what in ("missing", "unreadable", "ambiguous")),
    *(f"error-reminder-{what}" for what in ("forgotten", "times", "silent", "changed")),
    *("error-no-reminder", "error-reminders-closed", "error-zone-missing", "error-words-missing", "error-evening-over"),
    *("error-dms-closed", "error-dms-no-server", "error-dms-busy", "error-post-over"),
    *("checkin-gone", "history-gone", "weekly-gone", "wish-gone", "share-nobody", "share-kept-private"),
    *("error-no-words", "reminder-until-open", *(f"reminder-what-{kind}" for kind in PERSONAL)),
)

#: And those that take variables.
SENTENCES_WITH: Final[tuple[tuple[str, Mapping[str, object]], ...]] = (
    ("error-unexpected", {"code": "abc123"}),
    *((f"error-when-{what}", {"example": "2026-11-20"}) for what in ("unreadable", "ambiguous", "ahead")),
    ("error-when-too-old", {"example": "2026-11-20", "days": 30}),
    ("error-pause-over", {"example": "2026-11-20"}),
    ("error-until", {"example": "2026-11-20"}),
    ("error-days-too-far", {"most": 365}),
    ("error-posts-many", {"most": MAX_POSTS}),
    ("error-reminders-many", {"most": MAX_REMINDERS}),
    ("error-note-too-long", {"length": 600, "most": 500}),
    ("error-zone-gone", {"zone": "Europe/Nowhere"}),
    ("error-zone-unknown", {"count": 0, "nearest": ""}),
    ("error-zone-unknown", {"count": 2, "nearest": "London, Lisbon"}),
    ("error-zone-ambiguous", {"count": 2, "choices": "London, Lisbon"}),
    ("error-choice", {"choices": "left, right"}),
    ("error-signs-first", {"area": "Neck"}),
    ("reminder-until", {"day": "1 Mar 2026"}),
    ("share-elsewhere", {"channel": f"<#{PLACE}>"}),
)


def samples(library: Library, words: Catalog) -> Iterator[tuple[str, str, Card]]:
    """(name, key, card), each as long as it can get; the key is the area, the routine or the message it is about.

    Raises CatalogError for a message that is missing or does not take its variables.
    """
    for message, variables in (*((message, {}) for message in SENTENCES), *SENTENCES_WITH):
        yield "sentence", message, notices.sentence(words(message, **variables), words, fresh_start=True)
    for alarm in library.alarms:
        yield from (
            ("alarm", alarm.id, notices.cannot_wait(library, [alarm], words, bystander=who)) for who in (False, True)
        )
    for area in library.areas.values():
        yield from ((name, area.id, card) for name, card in _of_area(library, area, words))
    asked = {q.id: (area, q) for area in library.areas.values() for q in questionnaire(library, (area.id,)).own}
    for area, question in asked.values():
        yield from (("check", area.id, card) for card in _questions(library, area, (question,), words))
    yield from reminders.posts(library, words)
    longest = max(library.areas.values(), key=lambda area: len(area.name))
    for name, group in GROUPS.items():
        yield from ((name, "all", card) for card in group(library, longest, words))
    _forms(library, longest, words)


def _of_area(library: Library, area: Area, words: Catalog) -> Iterator[tuple[str, Card]]:
    """A tip, and the results for its worst and its mildest."""
    yield "tip", notices.tip(library, area, library.tips[area.id][0], "any", area.id, words, "t" * 300)
    asked = questionnaire(library, (area.id,))
    for rule in (asked.rules[0], asked.rules[-1]):
        for answer in (Answer.YES, Answer.UNSURE):
            assessment = assess(library, Answers((area.id,), dict.fromkeys(rule.when[0], answer), Answer.NO))
            pages = check.result(library, area, assessment, DRAFT, words, running=True)
            yield from (("result", page) for page in pages)


def _questions(library: Library, area: Area, asked: Iterable[Question], words: Catalog) -> Iterator[Card]:
    session = Session(area.id, running=True, id=DRAFT, earlier=[Progress()])
    for question in asked:
        yield check.screen(library, session, Step(Screen.QUESTION, question), words)


def _of_the_check(library: Library, area: Area, words: Catalog) -> Iterator[Card]:
    """The screens of the check that every place has."""
    asked = questionnaire(library, (area.id,))
    longest = sorted(choices(asked.risks), key=lambda risk: -len(risk.text))[:RISKS_AT_ONCE]
    risks = asked.risks.model_copy(update={"answers": tuple(longest)})
    everywhere = (*asked.core, *asked.follow_ups, asked.age, risks, asked.pain)
    yield from _questions(library, area, everywhere, words)
    session = Session(area.id, running=True, id=DRAFT, earlier=[Progress()])
    ages = [band.from_age for band in library.triage.ages]
    session.last = Lasting(ages[0], dict.fromkeys(ids_of(asked.risks), Answer.YES), "snap")
    steps = [Step(Screen.CORE), Step(Screen.LAST_TIME), Step(Screen.DURING)]
    steps += [Step(Screen.RUN, run=question) for question in questions(library, area, has_run=True)]
    steps += [Step(Screen.CONTRADICTION, contradiction=pair) for pair in library.triage.contradictions]
    yield from (check.screen(library, session, step, words) for step in steps)
    yield check.screen(library, replace(session, logged=10), Step(Screen.CORE), words)
    for crisis in (rule for rule in asked.rules if rule.alarm):
        answers = Answers((area.id,), dict.fromkeys(crisis.when[0], Answer.YES), Answer.NO)
        yield from check.result(library, area, assess(library, answers), DRAFT, words)
    nothing = {fact: Answer.NO for group in library.triage.core for fact in ids_of(group)}
    no_place = Session(id=DRAFT, progress=Progress(facts=nothing, passed=frozenset({CORE})))
    yield check.screen(library, no_place, Step(Screen.RESULT), words)


def _notices(library: Library, _area: Area, words: Catalog) -> Iterator[Card]:
    """What is about no area, beside the sentences."""
    for text in ("pizza", ""):
        yield notices.unknown_area(library, text, words)
    for pages in ([*library.areas.values()][:MOST_PAGES], [*library.everyday.values()][:1]):
        yield unwell.several(pages, "t" * 100, words)
    for club, host in (("c" * 500, None), (None, "h" * 200), (None, None)):
        yield notices.wrong(library, max(library.areas, key=len), club, host, words)
    yield notices.form_waits("l2.checkin.form", words)
    for make in (running.where, check.gone):
        yield make(library, words)


def _of_running(library: Library, area: Area, words: Catalog) -> Iterator[Card]:
    """Results without a warning sign, every light, and what comes before a run."""
    calm, sore = (assess(library, Answers((area.id,), {}, Answer.NO, pain)) for pain in (0, 5))
    yield from check.result(library, area, calm, DRAFT, words)
    yield from check.result(library, area, sore, DRAFT, words)
    asked = questions(library, area, has_run=True)
    reasons = tuple(answer.reason for question in asked for answer in question.answers if answer.reason)
    session = Session(area.id, id=DRAFT)
    for light in Light:
        verdict = Verdict(light, reasons, (), see_someone=True, assessment=calm)
        yield from running.light(library, area, verdict, session, words)
        yield from running.light(library, area, verdict, replace(session, may_ask_to_keep=True), words)
    yield from (running.lasting_settled(words, agreed=agreed) for agreed in (True, False))
    yield running.sure(session, words)
    running.diary_lights(RunFacts(prompts=tuple(Prompt), no_zone=True, unread=True), words)
    for facts in (
        RunFacts(blocked=Finding.of(sore, NOTHING_LASTS, id=RECORD, at=NOW, area=area.id)),
        RunFacts(again=True),
    ):
        yield running.seen_first(library, area, facts, session, words)


def _of_the_diary(library: Library, area: Area, words: Catalog) -> Iterator[Card]:
    pains = CheckIn(id=RECORD, at=NOW, area=area.id, pain=10, worst=10, during=10, note="x" * MAX_NOTE_LENGTH)
    entry = replace(pains, side=Side.MIDDLE, moments=frozenset(PainTiming), new=frozenset(NewSign))
    saved = Saved(entry, tuple(Prompt), ask_new=True, no_note=True, no_zone=True, no_morning=True)
    earlier = [Earlier(pain, NOW.date(), ago) for pain, ago in ((10, 0), (9, 1), (8, 2), (7, 9))]
    for make in (diary.agreed, diary.declined, diary.standing, diary.dropped):
        yield make(words)
    yield diary.consent(NeedsConsent(Terms()), words)
    yield diary.where(library, DRAFT, [], words, "pizza")
    yield diary.how_bad(area, DRAFT, words)
    yield from (diary.saved(library, replace(saved, earlier=each), words) for each in earlier)
    yield diary.saved(library, Saved(replace(entry, pain=1), (), ask_new=False, earlier=earlier[0]), words)
    yield diary.drop(library, entry, words)
    yield diary.fix(words("error-pain"), "pain", DRAFT, words)
    many = [replace(entry, id=f"{number:032x}") for number in range(25)]
    for entries in ([], many[:1], many):
        yield diary.entries(library, entries, 0, UTC, words)


def _of_privacy(_library: Library, _area: Area, words: Catalog) -> Iterator[Card]:
    """No record of a kind, one and many; everything deleted, and what could not be."""
    person, erased = Person(0, NOW, 1, None, NOW), Erased(person=True, records={})
    for count in (0, 1, 100):
        inventory = Inventory(person, (count, count, count, count), NOW)
        yield privacy.inventory(inventory, words)
        yield privacy.inventory(replace(inventory, stats=True), words, 1)
        yield privacy.inventory(replace(inventory, clubs=(1, 2), stats=True), words, 1)
        yield privacy.sure(inventory, words)
        yield privacy.copy(Everything(person, (), (), (), unreadable=count), words)
        yield privacy.zone_set("UTC", UTC, NOW, count, words)
    yield privacy.nothing(words)
    yield privacy.receipt(erased, None, NOW, words, stuck=True)
    for deleted in (None, 0, 1, 100):
        yield privacy.receipt(erased, deleted, NOW, words)
        yield privacy.cleared(deleted, words)


def _of_looking_back(library: Library, _area: Area, words: Catalog) -> Iterator[Card]:
    """Six places with long gaps, every direction a trend can take, and a report."""
    areas = sorted(library.areas, key=lambda area: -len(library.areas[area].name))[: MOST_AREAS + 1]
    slopes = ((6, 6, 5, 3, 2, 2), (2, 2, 3, 6, 6, 7), (3, 3, 3, 3, 3, 3), (8, 8, 8, 5, 5, 5), (5, 1, 9, 2, 4, 3), (4,))
    checkins = []
    for number, name in enumerate(areas):
        for at, pain in enumerate(slopes[number % len(slopes)]):
            when = NOW - timedelta(days=80 - at * (3 if at < 3 else 14))
            checkins.append(CheckIn(id=f"{number:016}{at:016}", at=when, area=name, pain=pain, during=pain))
    lookback = look_back(checkins, UTC, NOW, 90)
    for view in (history.View(), history.View(dark=False, days=365)):
        yield history.history(library, lookback, view, DRAFT, words)
        alone = look_back(checkins, UTC, NOW, 90, areas[0])
        yield history.history(library, alone, view, DRAFT, words)
        yield history.in_words(library, lookback, DRAFT, words, ["x" * 300] * history.CHECKS_SHOWN)
        yield history.empty(library, view, DRAFT, words)
        yield history.empty(library, replace(view, area=areas[0]), DRAFT, words, ["c" * 120] * 9)
        history.picture(library, lookback, view, words)
    yield report.report(lookback, words)
    report.page(library, lookback, report.ReportMaterial(checkins, [], "x" * 200, "x" * 500), NOW.date(), UTC, words)


def _of_weekly_checks(library: Library, area: Area, words: Catalog) -> Iterator[Card]:
    """Trouble that stays, a first check, and answers that are missing or do not go together."""
    mondays = [NOW - timedelta(weeks=week) for week in range(4)]
    weeks = [WeeklyCheck(id=RECORD, at=monday, area=area.id, answers=(25, 25, 25, 25)) for monday in mondays]
    for checks in (weeks, weeks[:1]):
        for drawn in (True, False):
            yield weekly.saved(library, checks[0], checks, NOW.date(), UTC, words, drawn=drawn)
    weekly.picture(weeks, NOW.date(), UTC, words, area.name)
    contradictory = {**dict.fromkeys(map(str, WeeklyQuestion), "25"), str(WeeklyQuestion.PARTICIPATION): "0"}
    for answers in (contradictory, {}):
        yield weekly.incomplete(DRAFT, answers, words)
    yield weekly.place(library, DRAFT, words)


def _of_barometers(library: Library, _area: Area, words: Catalog) -> Iterator[Card]:
    """Every place in every week, a quiet last week, one that was not counted; and what a runner is asked."""
    for make in (barometer.ask, barometer.joined, barometer.not_yet):
        yield make(words)
    for count in (0, 1, 2):
        yield barometer.left(count, words)
    mondays = [date(2026, 3, 2) + timedelta(weeks=week) for week in range(BAROMETER_WEEKS)]
    full = [Snapshot(monday, known=True, bands=dict.fromkeys(library.areas, 100)) for monday in mondays]
    for last in (full[-1], replace(full[-1], bands={}), replace(full[-1], known=False, bands={})):
        weeks = [*full[:-1], last]
        yield barometer.stats(library, weeks, words)
        yield from barometer.in_words(library, weeks, words)
        barometer.picture(library, weeks, words)


def _forms(library: Library, area: Area, words: Catalog) -> None:
    draft = Draft(area=area.id)
    forms.checkin(library, draft, "l2.x.x", words, notes=True)
    forms.more(draft, "l2.x.x", words, notes=True)
    for day in (True, False):
        forms.again(draft, "l2.x.x", words, day=day)
    weekly.form(library, weekly.WeeklyDraft(area.id), "l2.x.x", words)


#: What is built once for each locale, with the longest area where it is about one.
GROUPS: Final[Mapping[str, Callable[[Library, Area, Catalog], Iterator[Card]]]] = {
    "check": _of_the_check,
    "notice": _notices,
    "running": _of_running,
    "diary": _of_the_diary,
    "privacy": _of_privacy,
    "history": _of_looking_back,
    "weekly": _of_weekly_checks,
    "barometer": _of_barometers,
    "reminder": reminders.personal_cards,
    "reminder-message": reminders.message_cards,
    "reminder-answer": reminders.answer_cards,
    "club": reminders.club_care_cards,
    "club-post": reminders.club_posts_cards,
    "club-setup": reminders.club_setup_cards,
}
