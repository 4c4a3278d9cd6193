"""Messages are filled in as Fluent fills them in, and numbers counted as Unicode counts them."""

import pytest
from babel import Locale
from discord import Locale as Spoken
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from bot.settings import CONTENT
from bot.ui.catalog import Catalog
from bot.ui.compiler import FILE, messages_of
from bot.ui.plurals import LANGUAGES

ENGLISH = (CONTENT / "en" / FILE).read_text(encoding="utf-8")
NUMBERS = (*range(205), 999, 1000, 1001, 10_011, 1_000_000, 2_000_000, 1_000_001)
FORMS = (
    "n = { $n ->\n    [zero] zero\n    [one] one\n    [two] two\n    [few] few\n    [many] many\n   *[other] other\n}\n"
)


def test_there_are_rules_for_the_languages_of_discord_and_no_others():
    assert set(LANGUAGES) == {str(locale).split("-")[0] for locale in Spoken}


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_counted_and_written_as_unicode_says(language):
    unicode = Locale.parse(language)

    assert [n for n in NUMBERS if LANGUAGES[language].form(n) != unicode.plural_form(n)] == []
    assert LANGUAGES[language].text(-1234567).replace("-", "") == unicode.number_symbols["latn"]["group"].join(
        ("1", "234", "567")
    )


def bundle(language: str, text: str) -> FluentBundle:
    made = FluentBundle([language], use_isolating=False)
    made.add_resource(FluentResource(text))
    return made


@pytest.mark.parametrize("value", [0, 1, 2, 7, 1234, -1, "", "x", "red", "1", "{ $n }"])
def test_every_message_reads_as_the_reference_fills_it_in(value, words, reference):
    for entry in FluentParser().parse(ENGLISH).body:
        if isinstance(entry, ftl.Message):
            values = {node.id.name: value for node in walk(entry) if isinstance(node, ftl.VariableReference)}
            expected, errors = reference.format_pattern(reference.get_message(entry.id.name).value, values)
            assert (words(entry.id.name, **values), errors) == (expected, [])


@pytest.fixture(scope="module")
def reference():
    return bundle("en", ENGLISH)


def walk(node):
    yield node
    if isinstance(node, ftl.BaseNode):
        for value in vars(node).values():
            for child in value if isinstance(value, list) else [value]:
                yield from walk(child)


@pytest.mark.parametrize("language", ["en", "cs", "ru", "lt"])
def test_a_choice_follows_the_plural_of_the_language(language, tmp_path):
    (tmp_path / FILE).write_text(FORMS, encoding="utf-8")
    reference, words = bundle(language, FORMS), Catalog(language, messages_of([tmp_path / FILE]))

    for number in NUMBERS:
        expected, _ = reference.format_pattern(reference.get_message("n").value, {"n": number})
        assert words("n", n=number) == expected


@pytest.mark.parametrize(
    "text", ["{ -term }", "{ other }", "{ NUMBER($n) }", "{ $n.attribute }", "{ 1 ->\n *[a] b\n }"]
)
def test_what_we_do_not_use_of_fluent_is_named_when_it_is_read(text, tmp_path):
    (tmp_path / FILE).write_text(f"-term = T\nother = O\nmine = {text}\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"term|mine"):
        messages_of([tmp_path / FILE])


def test_a_language_nobody_can_choose_in_discord_is_refused():
    with pytest.raises(ValueError, match="tlh"):
        Catalog("tlh", {})
