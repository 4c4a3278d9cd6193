"""The check is short: what somebody presses and reads to whom nothing applies."""

from benchmarks.check_length import MOST_ON_A_SCREEN, MOST_PRESSES, MOST_WORDS, green, presses_to_red

NEVER_GREEN = {"neck_headache": 500}  # words: a headache is at least amber, and its result says more


def test_to_whom_nothing_applies_it_is_soon_over(localized):
    lengths = {area: green(localized, area) for area in localized.library.areas}

    for area, length in lengths.items():
        assert length.result == ("modify" if area in NEVER_GREEN else "continue"), area
        assert length.presses <= MOST_PRESSES, area
        assert length.words <= NEVER_GREEN.get(area, MOST_WORDS), area
        assert length.longest <= MOST_ON_A_SCREEN, area


def test_a_red_sign_is_two_presses_away(localized):
    assert {presses_to_red(localized, area) for area in localized.library.areas} == {2}
