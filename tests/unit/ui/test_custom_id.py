"""What comes back from a button: ours, or nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import OutOfDate
from bot.ui.custom_id import ACTIONS, LEGACY_VERSION, VERSION, CustomId, custom_id, whole_number
from bot.ui.limits import CUSTOM_ID

PARTS = st.from_regex(r"\A[a-z0-9_-]{1,40}\Z")
ACTION = st.tuples(PARTS, PARTS).map(".".join)


@given(action=ACTION, arguments=st.lists(PARTS, max_size=6))
def test_what_was_written_is_read_back(action, arguments):
    ours = CustomId(action, tuple(arguments))
    try:
        text = custom_id(action, *arguments)
    except ValueError:
        assert len(".".join((VERSION, action, *arguments))) > CUSTOM_ID
    else:
        assert len(text) <= CUSTOM_ID
        assert CustomId.parse(text) == ours


def test_numbers_are_arguments_too():
    assert custom_id("advice.open", "signs", "hip", 0) == f"{VERSION}.advice.open.signs.hip.0"
    assert CustomId.parse(custom_id("advice.open", "signs", "hip", 0)) == CustomId("advice.open", ("signs", "hip", "0"))


@given(number=st.integers(0, 2**63 - 1))
def test_a_number_is_read_back(number):
    assert whole_number(str(number)) == number


@given(text=st.text() | st.from_regex(r"\A-?[0-9]{1,40}\Z"))
@example("")
@example("-1")
@example("007")
@example("²")
@example("٣")
@example("1\n")
@example(str(2**63))
@example("9" * 5_000)
def test_a_number_that_we_would_not_have_written_is_out_of_date(text):
    try:
        number = whole_number(text)
    except OutOfDate:
        assert text not in map(str, range(100))
    else:
        assert str(number) == text
        assert 0 <= number < 2**63


def test_one_that_is_too_long_for_discord_is_never_made():
    with pytest.raises(ValueError, match="100"):
        custom_id("advice.open", "x" * 40, "y" * 40, "z" * 40)


@given(text=st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_what_is_read_is_what_we_would_have_written(text):
    found = CustomId.parse(text)

    assert found is None or custom_id(found.action, *found.arguments) == text


@given(name=st.sampled_from(sorted(ACTIONS)), arguments=st.lists(PARTS, max_size=3))
def test_what_the_version_before_wrote_means_what_it_meant(name, arguments):
    text = ".".join((LEGACY_VERSION, name, *arguments))

    assert CustomId.parse(text) == (CustomId(ACTIONS[name], tuple(arguments)) if len(text) <= CUSTOM_ID else None)


@given(name=PARTS.filter(lambda part: part not in ACTIONS), arguments=st.lists(PARTS, max_size=3))
def test_what_the_version_before_did_not_know_is_not_ours(name, arguments):
    assert CustomId.parse(".".join((LEGACY_VERSION, name, *arguments))) is None


def test_every_action_is_written_in_its_own_version_alone():
    assert [old for old in ACTIONS if CustomId.parse(f"{LEGACY_VERSION}.{old}") != CustomId(ACTIONS[old])] == []
    assert [new for new in ACTIONS.values() if CustomId.parse(custom_id(new)) != CustomId(new)] == []
    assert [old for old in ACTIONS if CustomId.parse(f"{VERSION}.{old}")] == []
    assert [new for new in ACTIONS.values() if CustomId.parse(f"{LEGACY_VERSION}.{new}") == CustomId(new)] == []


@given(action=PARTS)
def test_an_action_of_one_word_is_not_ours(action):
    assert CustomId.parse(f"{VERSION}.{action}") is None


@given(version=PARTS.filter(lambda part: part not in {VERSION, LEGACY_VERSION}), action=ACTION)
def test_another_version_is_not_ours(version, action):
    assert CustomId.parse(f"{version}.{action}") is None


@given(length=st.integers(CUSTOM_ID - 10, 5_000))
def test_an_over_long_one_is_not_ours(length):
    text = (f"{VERSION}.advice.open" + ".signs" * length)[:length].rstrip(".")

    assert (CustomId.parse(text) is None) == (len(text) > CUSTOM_ID)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            ".",
            VERSION,
            f"{VERSION}.",
            f"{VERSION}.advice",
            f"{VERSION}.advice.",
            f"{VERSION}..open",
            f"{VERSION}.advice..hip",
        ),
        *(
            f"{VERSION}.advice.open.",
            f"{VERSION}.Advice.open",
            f"{VERSION}.advice.Open",
            f"{VERSION}.advice.open.hip\n",
        ),
        *(
            f"{VERSION}.advice.open.hïp",
            f"{VERSION}.advice.open.%s",
            f" {VERSION}.advice.open",
            f"{VERSION}.advice.op en",
        ),
        *(f"{VERSION}.advice.open.\u202ehip", f"{VERSION}.advice.open." + "x" * 41, "null", "{}"),
        *(
            LEGACY_VERSION,
            f"{LEGACY_VERSION}.",
            f"{LEGACY_VERSION}..open",
            f"{LEGACY_VERSION}.open.",
            f"{LEGACY_VERSION}.Open",
        ),
        *(
            f"{LEGACY_VERSION}.open.hip\n",
            f"{LEGACY_VERSION}.open.hïp",
            f"{LEGACY_VERSION}.open.%s",
            f" {LEGACY_VERSION}.open",
        ),
        *(f"{LEGACY_VERSION}.op en", f"{LEGACY_VERSION}.open.\u202ehip", f"{LEGACY_VERSION}.open." + "x" * 41),
    ],
)
def test_forged_ones_are_not_ours(text):
    assert CustomId.parse(text) is None
