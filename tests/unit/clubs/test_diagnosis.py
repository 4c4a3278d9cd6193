"""What the doctor finds, and what is refused before it can go wrong."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.advice.library import Library
from bot.clubs.diagnosis import Diagnosis, DiagnosisKind, Severity, examine, expected, mended, refusals
from bot.clubs.guild import ChannelKind, ChannelView, Permission, RoleView
from bot.clubs.settings import ClubSettings
from bot.reminders.club_service import ClubReminder
from bot.reminders.posts import PostOptions
from bot.schedules.codec import to_stored
from bot.schedules.schedule import Schedule, Weekdays
from bot.storage.reminders import Reminder, ReminderKind, ReminderState
from bot.ui.cards.club_care import diagnosis_text
from bot.ui.catalog import Catalog
from tests.unit.clubs.house import CLUB, EVENINGS

NOW = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
HERE, ROLE = 5, 77
EVERYTHING = frozenset(Permission)


@dataclass
class Server:
    """A server that is as a test wants it."""

    channels: dict[int, ChannelView] = field(default_factory=lambda: {HERE: channel()})
    roles: dict[int, RoleView] = field(default_factory=lambda: {ROLE: RoleView(ROLE)})
    known: bool = True
    bot: str = "Limber"

    def channel(self, id: int, /) -> ChannelView | None:  # noqa: A002
        return self.channels.get(id)

    def role(self, id: int, /) -> RoleView | None:  # noqa: A002
        return self.roles.get(id)


def channel(*missing: Permission, denied: bool = False, **other: Any) -> ChannelView:
    default = {"id": HERE, "kind": ChannelKind.TEXT, "may": EVERYTHING - set(missing)}
    return ChannelView(**default | {"denied": frozenset(missing) if denied else frozenset()} | other)


def lacking(*missing: Permission, denied: bool = False) -> Server:
    return Server({HERE: channel(*missing, denied=denied)})


def post(schedule: Schedule | None = EVENINGS, name: str = "a", **given: Any) -> ClubReminder:
    options = {"moments": ("desk",)} | {key: given.pop(key) for key in ("moments", "role", "thread") if key in given}
    if schedule is not None and name != "a":
        schedule = replace(schedule, at=schedule.at.replace(minute=ord(name) - ord("a")))  # no two at one moment
    reminder = {
        "id": name * 32,
        "person": None,
        "club": CLUB,
        "channel": HERE,
        "kind": ReminderKind.CLUB,
        "schedule": to_stored(schedule) if schedule else "?",
        "zone": "Europe/London",
        "state": ReminderState.ACTIVE,
        "next_due": NOW,
        "sealed": None,
        "created_at": NOW,
    }
    return ClubReminder(Reminder(**reminder | given), schedule, PostOptions(**options))


@pytest.fixture
def examined(library: Library) -> Any:
    """What the doctor says about posts and settings in a server."""

    def examined(*posts: ClubReminder, view: Server | None = None, **settings: Any) -> list[Diagnosis]:
        return examine(view or Server(), ClubSettings(**settings), posts, NOW, library)

    return examined


def kinds(found: list[Diagnosis]) -> list[str]:
    return [diagnosis.kind.value for diagnosis in found]


def test_a_healthy_club_has_nothing(examined: Any) -> None:
    found = examined(
        post(), post(name="b", role=ROLE, thread=True), zone="Europe/London", share_channel=HERE, stretch_channel=HERE
    )
    assert found == []


@pytest.mark.parametrize(
    ("permission", "kind", "severity"),
    [
        (Permission.VIEW, "no-view", Severity.STOPS),
        (Permission.SEND, "no-send", Severity.STOPS),
        (Permission.HISTORY, "no-history", Severity.NOTE),
        (Permission.EMBED, "no-embed", Severity.NOTE),
        (Permission.ATTACH, "no-attach", Severity.NOTE),
    ],
)
@pytest.mark.parametrize(("denied", "where"), [(True, "channel"), (False, "server")])
def test_a_missing_permission_is_found_once_for_each_channel_with_the_place_to_mend_it(
    examined: Any, permission: Permission, kind: str, severity: Severity, denied: bool, where: str
) -> None:
    view = lacking(permission, denied=denied)
    (found,) = examined(post(), post(name="b"), view=view, share_channel=HERE)
    assert found == Diagnosis(DiagnosisKind(kind), HERE, values={"channel": "<#5>", "bot": "Limber", "where": where})
    assert found.severity is severity


def test_of_what_is_missing_only_the_first_that_matters_is_said(examined: Any) -> None:
    assert kinds(examined(post(role=ROLE, thread=True), view=lacking(*Permission))) == ["no-view"]
    assert kinds(examined(post(), view=lacking(*EVERYTHING - {Permission.VIEW}))) == ["no-send"]


def test_a_thread_and_a_mention_are_asked_for_where_they_are_wanted(examined: Any) -> None:
    silent = Server({HERE: channel(Permission.THREADS, Permission.MENTION)}, {ROLE: RoleView(ROLE, mentionable=False)})
    assert examined(post(), view=silent) == []
    thread, mention = examined(post(role=ROLE, thread=True), view=silent)
    assert (thread.kind, thread.reminder, thread.severity) == (DiagnosisKind.NO_THREADS, "a" * 32, Severity.HURTS)
    assert (mention.kind, mention.role, mention.values) == (DiagnosisKind.NO_MENTION, ROLE, {"role": "<@&77>"})
    silent.channels[HERE] = channel(Permission.THREADS)  # who may mention every role may mention this one
    assert kinds(examined(post(role=ROLE), view=silent)) == []


def test_roles_that_are_gone_or_everybody(examined: Any) -> None:
    assert kinds(examined(post(role=78))) == ["role-gone"]
    everyone = Server(roles={ROLE: RoleView(ROLE, everyone=True)})
    assert kinds(examined(post(role=ROLE), view=everyone)) == ["role-everyone"]


def test_channels_that_are_gone_or_no_place_for_posts(examined: Any) -> None:
    found = examined(post(channel=6), share_channel=7, stretch_channel=8)
    assert [(one.kind, one.channel, one.severity) for one in found] == [
        (DiagnosisKind.CHANNEL_GONE, 6, Severity.STOPS),
        (DiagnosisKind.SHARE_GONE, 7, Severity.HURTS),
        (DiagnosisKind.STRETCH_GONE, 8, Severity.HURTS),
    ]
    assert kinds(examined(post(channel=None))) == ["channel-gone"]
    voice = Server({HERE: channel(kind=ChannelKind.OTHER)})
    assert kinds(examined(post(), view=voice, share_channel=HERE)) == ["channel-kind"]


@pytest.mark.parametrize("closed", [channel(Permission.SEND, id=6), channel(id=6, kind=ChannelKind.OTHER)])
def test_a_channel_without_posts_stops_none(examined: Any, closed: ChannelView) -> None:
    view = Server({HERE: channel(), 6: closed})
    assert examined(post(), view=view, share_channel=6) == []  # *Share* needs no permission
    (found,) = examined(post(), view=view, stretch_channel=6)
    assert found == Diagnosis(DiagnosisKind.STRETCH_CLOSED, 6, values={"channel": "<#6>"})
    assert found.severity is Severity.HURTS


def test_what_is_not_known_is_not_called_gone(examined: Any) -> None:
    away = Server({}, {}, known=False)
    assert examined(post(role=ROLE, thread=True), view=away, share_channel=HERE) == []
    assert kinds(examined(post(state=ReminderState.BLOCKED, reason="50001"), view=away)) == ["blocked"]


def test_posts_that_are_silent_say_why(examined: Any) -> None:
    paused = EVENINGS.paused(NOW)
    until = EVENINGS.paused(NOW, date(2026, 3, 9))
    found = examined(
        post(state=ReminderState.BLOCKED, reason="50013"),
        post(paused, "b", state=ReminderState.PAUSED),
        post(until, "c"),
        post(name="d", state=ReminderState.ENDED),
    )
    assert [(one.kind.value, one.reminder[0], one.severity) for one in found] == [
        ("blocked", "a", Severity.STOPS),
        ("paused", "b", Severity.NOTE),
        ("paused", "c", Severity.NOTE),
        ("ended", "d", Severity.NOTE),
    ]
    assert found[0].values == {"reason": "50013"}


def test_a_zone_that_is_gone_is_another_thing_than_a_schedule_nobody_can_read(examined: Any) -> None:
    stored, nowhere = post().reminder, "Europe/Nowhere"
    lost = replace(stored, zone=nowhere, schedule=stored.schedule.replace("Europe/London", nowhere))
    assert [(one.kind, one.values) for one in examined(replace(post(None), reminder=lost))] == [
        (DiagnosisKind.ZONE_GONE, {"zone": "Europe/Nowhere"})
    ]
    assert kinds(examined(post(None))) == ["unreadable"]
    assert kinds(examined(post(), zone="Europe/Nowhere")) == ["club-zone-gone"]


def test_nothing_scheduled_is_not_well(examined: Any) -> None:
    (found,) = examined()
    assert (found.kind, found.severity) == (DiagnosisKind.NOTHING_SCHEDULED, Severity.STOPS)
    assert kinds(examined(post(state=ReminderState.PAUSED))) == ["paused"]


def test_several_posts_at_one_moment_in_one_channel_are_found_once_with_the_first_time(examined: Any) -> None:
    five = [post(), *(replace(post(), reminder=replace(post().reminder, id=name * 32)) for name in "bcde")]
    first = datetime(2026, 3, 2, 19, tzinfo=UTC)
    (found,) = examined(*five)
    assert (found.kind, found.severity, found.channel) == (DiagnosisKind.SAME_TIME, Severity.HURTS, HERE)
    assert found.values == {"channel": "<#5>", "count": 5, "due": first}

    mondays = replace(EVENINGS, rhythm=Weekdays(frozenset({0})))
    (weekly,) = examined(post(replace(mondays, starts=date(2026, 3, 20))), five[1])
    assert weekly.values["due"] == datetime(2026, 3, 23, 19, tzinfo=UTC)
    elsewhere = Server({HERE: channel(), 6: channel(id=6)})
    assert examined(post(), post(channel=6), view=elsewhere) == []
    ended = replace(five[1], reminder=replace(five[1].reminder, state=ReminderState.ENDED))
    assert kinds(examined(post(), ended)) == ["ended"]


def test_only_what_can_go_out_is_expected(examined: Any) -> None:
    fine, refused, nothing = post(), post(name="b", channel=6), post(name="c", moments=("anytime",))
    posts = [fine, refused, nothing]
    view = Server({HERE: channel(), 6: channel(Permission.SEND, id=6)})
    assert expected(posts, examined(*posts, view=view)) == [fine]
    assert expected([fine], examined(fine, share_channel=9)) == [fine]  # *Share* has nothing to do with it


@pytest.mark.parametrize("moments", [("anytime",), ("no such moment",)])
def test_moments_for_which_nothing_may_be_posted(examined: Any, moments: tuple[str, ...]) -> None:
    assert kinds(examined(post(moments=moments))) == ["no-routine"]


def test_a_post_that_the_clocks_move_is_named_with_its_day(examined: Any) -> None:
    (found,) = examined(post(replace(EVENINGS, at=time(1, 30))))
    assert (found.kind, found.severity) == (DiagnosisKind.CLOCK_SKIPS, Severity.NOTE)
    assert found.values == {"at": "01:30", "then": "02:30", "due": datetime(2026, 3, 29, 1, 30, tzinfo=UTC)}
    assert examined(post(replace(EVENINGS, at=time(1, 30)).paused(NOW))) != [found]


def test_the_worst_comes_first(examined: Any) -> None:
    found = examined(
        post(replace(EVENINGS, at=time(1, 30)), role=78), post(name="b", channel=9), view=lacking(Permission.HISTORY)
    )
    assert kinds(found) == ["channel-gone", "role-gone", "clock-skips", "no-history"]


# --- before it is set up ----------------------------------------------------------------------------------------------


def test_what_would_work_is_not_refused() -> None:
    assert refusals(Server(), HERE, ROLE, thread=True) == []
    minor = (Permission.HISTORY, Permission.EMBED, Permission.ATTACH, Permission.THREADS, Permission.MENTION)
    assert refusals(lacking(*minor), HERE) == []
    assert refusals(Server({}, {}, known=False), HERE, ROLE, thread=True) == []


@pytest.mark.parametrize(
    ("view", "role", "thread", "kind"),
    [
        (Server({}), None, False, "channel-gone"),
        (Server({HERE: channel(kind=ChannelKind.OTHER)}), None, False, "channel-kind"),
        (lacking(Permission.VIEW), ROLE, True, "no-view"),
        (lacking(Permission.SEND), ROLE, True, "no-send"),
        (lacking(Permission.THREADS), None, True, "no-threads"),
        (Server(roles={}), ROLE, False, "role-gone"),
        (Server(roles={ROLE: RoleView(ROLE, everyone=True)}), ROLE, False, "role-everyone"),
        (
            Server({HERE: channel(Permission.MENTION)}, {ROLE: RoleView(ROLE, mentionable=False)}),
            ROLE,
            False,
            "no-mention",
        ),
    ],
)
def test_what_could_not_work_is_refused_in_the_words_of_the_doctor(
    view: Server, role: int | None, thread: bool, kind: str, examined: Any, words: Catalog
) -> None:
    refused = refusals(view, HERE, role, thread)
    assert kinds(refused) == [kind]
    assert diagnosis_text(refused[0], words) in [
        diagnosis_text(one, words) for one in examined(post(role=role, thread=thread), view=view)
    ]


# --- mended -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["50001", "50013", "10003", "10004", "no-channel"])
def test_what_discord_refused_and_would_take_now_can_ring_again(reason: str) -> None:
    blocked, ringing = post(state=ReminderState.BLOCKED, reason=reason), post(name="b")
    assert mended(Server(), [blocked, ringing]) == [blocked]
    for view in (Server({}), lacking(Permission.SEND), lacking(Permission.VIEW), Server(known=False)):
        assert mended(view, [blocked, ringing]) == []


@pytest.mark.parametrize("reason", ["zone", "schedule", "50007", None])
def test_what_no_permission_mends_stays_as_it_is(reason: str | None) -> None:
    assert mended(Server(), [post(state=ReminderState.BLOCKED, reason=reason)]) == []


# --- in words ---------------------------------------------------------------------------------------------------------

CLICKS = {
    "no-view": ("Server Settings > Roles > Limber > Permissions", "Edit Channel > Permissions"),
    "no-send": ("“Send Messages”", "“Send Messages”"),
}


@pytest.mark.parametrize("kind", list(DiagnosisKind))
def test_every_finding_has_a_sentence_that_says_what_to_do(kind: DiagnosisKind, words: Catalog) -> None:
    places = {"channel": "<#5>", "role": "<@&77>", "bot": "Limber", "zone": "Europe/Nowhere"}
    values = places | {"reason": "50013", "at": "01:30", "then": "02:30", "due": NOW, "count": 5}
    for where in ("server", "channel"):
        said = diagnosis_text(Diagnosis(kind, values={**values, "where": where}), words)
        assert any(way in said for way in ("/club ", "Server Settings > ", "Edit Channel > ", "Choose", "nothing")), (
            said
        )
        assert kind not in CLICKS or CLICKS[kind][where == "channel"] in said
