"""The soak of benchmarks/soak.py, as short as everything in it takes once. How fast anything is does not count here."""

from pathlib import Path

from benchmarks.soak import Load, soak
from tests.network.loopback import PATIENCE

KILLS_FIRST = 8  # so that the other has taken over by the time the rest has happened


async def test_two_clusters_lose_and_double_nothing_while_everything_breaks(tmp_path: Path) -> None:
    briefly = Load(6, KILLS_FIRST, runners=8, trouble_every=1.5, waits=PATIENCE, spacing=0.2, fresh=False)
    figures = await soak(tmp_path, briefly)
    reminders, answers = figures.reminders, figures.answers
    assert (reminders.doubled, reminders.lost, reminders.unsaid) == (0, 0, 0), figures
    assert set(reminders.states) <= {"sent", "late"}, figures
    assert (answers.faults, list(answers.unanswered), figures.lives.tracebacks) == ([], [], [])
    assert answers.seconds
    assert len(figures.trouble) == 6
