"""A line as somebody types it, read as Discord reads it."""

import pytest
from discord.app_commands import Command
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.command_line import CannotSay, Spoken, read_line
from cogs.pain import Pain
from cogs.tips import Tips

COMMANDS = [command for cog in (Pain, Tips) for command in vars(cog).values() if isinstance(command, Command)]


def read(text: str) -> Spoken:
    return read_line(text, COMMANDS)


@pytest.mark.parametrize(
    ("line", "command", "options"),
    [
        ("/pain hip", "pain", {"area": "hip"}),
        ("pain hip", "pain", {"area": "hip"}),
        ("  /pain   hip  ", "pain", {"area": "hip"}),
        ("/pain area:hip", "pain", {"area": "hip"}),
        ("/pain area: hip", "pain", {"area": "hip"}),
        ('/pain area:"sit bone ache"', "pain", {"area": "sit bone ache"}),
        ("/pain area:'sit bone ache'", "pain", {"area": "sit bone ache"}),
        ("/pain area:sit bone ache", "pain", {"area": "sit bone ache"}),
        ("/pain sit bone ache", "pain", {"area": "sit bone ache"}),
        ("/pain it's my runner's knee", "pain", {"area": "it's my runner's knee"}),
        ("/tip", "tip", {}),
        ("/tip knee moment:before", "tip", {"area": "knee", "moment": "before"}),
        ("/tip moment:before a run area:knee", "tip", {"moment": "before a run", "area": "knee"}),
        ("/stretch minutes:5", "stretch", {"minutes": 5}),
        ('/stretch area:hip minutes:"5"', "stretch", {"area": "hip", "minutes": 5}),
        ("/stretch minutes:15", "stretch", {"minutes": 15}),
        ("/help", "help", {}),
        ("/about", "about", {}),
        ("/pain hurts 7:30 in the morning", "pain", {"area": "hurts 7:30 in the morning"}),
    ],
)
def test_a_line_is_a_command_and_its_options(line, command, options):
    assert read(line) == Spoken(command, options)


def test_there_are_the_commands_the_test_believes_in():
    assert sorted(command.qualified_name for command in COMMANDS) == ["about", "help", "pain", "stretch", "tip"]


@pytest.mark.parametrize("line", ["/dance", "", "/", "   ", "/pains", "/painhip", "hip", "/PAIN2"])
def test_an_unknown_command_is_answered_with_those_there_are(line):
    with pytest.raises(CannotSay) as caught:
        read(line)
    for name in ("/about", "/help", "/pain", "/stretch", "/tip"):
        assert name in str(caught.value)


@pytest.mark.parametrize(("line", "there"), [("/pain place:hip", "area"), ("/tip knee when:now", "area, moment")])
def test_an_unknown_option_is_answered_with_those_there_are(line, there):
    with pytest.raises(CannotSay, match=there):
        read(line)


@pytest.mark.parametrize("line", ["/help area:hip", "/about me"])
def test_a_command_without_options_says_so(line):
    with pytest.raises(CannotSay, match=r"none|no options"):
        read(line)


def test_a_missing_option_is_named_with_an_example():
    with pytest.raises(CannotSay, match=r"area.*/pain area:hip"):
        read("/pain")


@pytest.mark.parametrize("number", ["ten", "5.5", "--5", "5-", "-", "1e3", "²", "5 minutes", "9" * 5_000, ""])
def test_a_number_that_is_none_is_turned_down(number):
    with pytest.raises(CannotSay, match="whole number"):
        read(f"/stretch minutes:{number}")


@pytest.mark.parametrize("number", [-5, 0, 16, 99])
def test_a_number_the_option_does_not_take_is_turned_down_with_those_it_does(number):
    with pytest.raises(CannotSay, match="from 1 to 15"):
        read(f"/stretch minutes:{number}")


@given(text=st.text(max_size=80) | st.text(alphabet="/paintrechs area:moiutd\"'-59 ", max_size=60))
def test_any_line_is_understood_or_turned_down_in_one_sentence(text):
    try:
        spoken = read(text)
    except CannotSay:
        return
    assert spoken.command in {command.qualified_name for command in COMMANDS}
    assert all(isinstance(value, str | int) for value in spoken.options.values())


@given(value=st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=40))
def test_what_stands_behind_an_option_arrives_as_it_was_typed(value):
    assert read(f"/pain area:{value}").options == {"area": value}
    assert read(f'/pain area:"{value}"').options == {"area": value}
