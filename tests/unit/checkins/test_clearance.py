"""What the diary says before a run."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.advice.disposition import Disposition
from bot.checkins.clearance import run_facts
from bot.checkins.models import CheckIn, Finding
from bot.checkins.runs import Limits

NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
ZONE = ZoneInfo("Europe/London")


def ran(days_ago: float, during: int, pain: int = 1) -> CheckIn:
    at = NOW - timedelta(days=days_ago)
    return CheckIn(id=f"{days_ago:032}", at=at, area="knee", pain=pain, during=during)


def finding(days_ago: float, disposition: Disposition, *, cleared: float | None = None, bone: bool = False) -> Finding:
    return Finding(
        id=f"{days_ago:032}",
        at=NOW - timedelta(days=days_ago),
        area="knee",
        disposition=disposition,
        because=(),
        reasons=(),
        bone=bone,
        content="x",
        cleared_at=None if cleared is None else NOW - timedelta(days=cleared),
    )


def facts(checkins=(), findings=()):
    return run_facts(checkins, findings, "knee", ZONE, NOW, Limits(3))


def test_an_empty_diary_says_nothing() -> None:
    found = facts()

    assert (found.blocked, found.last, found.again) == (None, None, False)


def test_the_worst_open_finding_blocks_and_mild_or_cleared_ones_do_not() -> None:
    urgent, later = finding(9, Disposition.URGENT), finding(2, Disposition.CLINICIAN)

    assert facts(findings=[urgent, later]).blocked is urgent
    assert facts(findings=[finding(2, Disposition.MODIFY), finding(1, Disposition.CONTINUE)]).blocked is None
    assert facts(findings=[finding(9, Disposition.URGENT, cleared=1)]).blocked is None


def test_two_reds_in_a_row_count_until_somebody_has_looked() -> None:
    reds = [ran(8, 7), ran(5, 8)]

    assert facts(reds).again
    assert not facts(reds, [finding(7, Disposition.CLINICIAN, cleared=4)]).again
    assert facts([*reds, ran(2, 9)], [finding(7, Disposition.CLINICIAN, cleared=4)]).again


def test_the_last_run_counts_for_three_days() -> None:
    assert facts([ran(2, 7)]).last is not None
    assert facts([ran(5, 7)]).last is None


def test_with_a_bone_suspected_any_pain_on_a_run_is_red() -> None:
    mild = [ran(2, 1)]
    found = facts(mild, [finding(9, Disposition.CLINICIAN, bone=True)])

    assert found.last is not None
    assert found.last.light == "red"


def test_another_area_is_not_looked_at() -> None:
    elsewhere = CheckIn(id="0" * 32, at=NOW - timedelta(days=1), area="hip", pain=1, during=9)

    assert facts([elsewhere]).last is None
