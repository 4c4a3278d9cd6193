"""The demo's clock: SimCord's time, which goes forward when it is told to."""

from datetime import UTC, datetime

import simcord


class DemoClock:
    """SimCord's time, once there is an environment; until then the machine's. ClockControl moves it."""

    def __init__(self) -> None:
        self._env: simcord.Env | None = None

    def follow(self, env: simcord.Env) -> None:
        """From now on, this environment's time."""
        self._env = env

    def now(self) -> datetime:
        return self._env.now() if self._env else datetime.now(UTC)

    def elapsed(self) -> float:
        """Seconds, for what is kept for a while."""
        return self.now().timestamp()
