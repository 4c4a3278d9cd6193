"""What Hypothesis draws examples of times and schedules from."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from bot.schedules.schedule import MOST_DAYS, EveryDays, Pause, Schedule, Weekdays

zones = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})).map(ZoneInfo)
dates = st.dates(date(2000, 1, 1), date(2050, 12, 31))
minutes = st.integers(0, 24 * 60 - 1).map(lambda n: time(n // 60, n % 60))
rhythms = st.one_of(
    st.frozensets(st.integers(0, 6), min_size=1).map(Weekdays),
    st.builds(EveryDays, st.integers(2, MOST_DAYS), dates),
)


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    since = draw(dates)
    return Pause(since, draw(st.none() | st.integers(1, 400).map(lambda days: since + timedelta(days=days))))


schedules = st.builds(Schedule, minutes, rhythms, zones, st.none() | dates, st.none() | dates, st.none() | pauses())
