"""What a list offers is not looked through for words that cannot wait: this holds only while none of it is one."""

from bot.triage.flow import PAINS
from bot.ui.alarm_gate import raised_by
from bot.ui.locales import LocalizedContent


def test_no_pain_on_the_scale_is_a_word_that_cannot_wait(localized: LocalizedContent) -> None:
    assert [pain for pain in PAINS if localized.alarms.raised_by(pain)] == []


def test_a_pain_with_words_beside_it_is_looked_through(localized: LocalizedContent) -> None:
    assert raised_by([*PAINS, "hip"], localized) is None
    assert raised_by(["9 and chest pain"], localized) is not None
