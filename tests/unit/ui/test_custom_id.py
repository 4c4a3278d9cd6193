"""What comes back from a button: ours, or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.custom_id import VERSION, CustomId, custom_id
from bot.ui.limits import CUSTOM_ID

PARTS = st.from_regex(r"\A[a-z0-9_-]{1,40}\Z")


@given(action=PARTS, arguments=st.lists(PARTS, max_size=6))
def test_what_was_written_is_read_back(action, arguments):
    ours = CustomId(action, tuple(arguments))
    try:
        text = str(ours)
    except ValueError:
        assert len(".".join((VERSION, action, *arguments))) > CUSTOM_ID
    else:
        assert len(text) <= CUSTOM_ID
        assert CustomId.parse(text) == ours


def test_numbers_are_arguments_too():
    assert custom_id("open", "signs", "hip", 0) == f"{VERSION}.open.signs.hip.0"
    assert CustomId.parse(custom_id("open", "signs", "hip", 0)) == CustomId("open", ("signs", "hip", "0"))


def test_one_that_is_too_long_for_discord_is_never_made():
    with pytest.raises(ValueError, match="100"):
        custom_id("open", "x" * 40, "y" * 40, "z" * 40)


@given(text=st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_what_is_read_is_what_we_would_have_written(text):
    found = CustomId.parse(text)

    assert found is None or str(found) == text


@given(version=PARTS.filter(lambda part: part != VERSION), action=PARTS)
def test_another_version_is_not_ours(version, action):
    assert CustomId.parse(f"{version}.{action}") is None


@given(length=st.integers(CUSTOM_ID - 10, 5_000))
def test_an_over_long_one_is_not_ours(length):
    text = (f"{VERSION}.open" + ".signs" * length)[:length].rstrip(".")

    assert (CustomId.parse(text) is None) == (len(text) > CUSTOM_ID)


@pytest.mark.parametrize(
    "text",
    ["", ".", VERSION, f"{VERSION}.", f"{VERSION}..open", f"{VERSION}.open.", f"{VERSION}.Open",
     f"{VERSION}.open.hip\n",
     f"{VERSION}.open.hïp", f"{VERSION}.open.%s", f" {VERSION}.open", f"{VERSION}.op en", f"{VERSION}.open.\u202ehip",
     f"{VERSION}.open." + "x" * 41, "null", "{}"],
)  # fmt: skip
def test_forged_ones_are_not_ours(text):
    assert CustomId.parse(text) is None
