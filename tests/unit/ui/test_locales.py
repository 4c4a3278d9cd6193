"""What is being served: the last good content, in the person's language."""

import os
import shutil
from copy import copy
from dataclasses import fields

import pytest
from discord import Locale

from bot.advice.library import Library
from bot.advice.problem import ContentError
from bot.ui.compiled import Compiled, read_compiled, sources_of, write_compiled
from bot.ui.locales import Locales, read_all, read_one
from tests.support.draft import ENGLISH, Draft

HIP = "areas/hip.yaml"


def spell(draft, name: str, old: str, new: str) -> None:
    """Edit a file so that its time of change differs, whatever the clock's grain."""
    draft.replace(name, old, new)
    _later(draft.file(name))


def _later(file) -> None:
    stat = file.stat()
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000_000))


@pytest.fixture(scope="module")
def read_before(tmp_path_factory):
    """The shipped content in a folder of its own, read once."""
    root = tmp_path_factory.mktemp("content")
    shutil.copytree(ENGLISH, root / "en")
    return root, Locales(root)


@pytest.fixture
def root(read_before):
    """The folder as it was when it was read, to the times of its files."""
    root, _ = read_before
    shutil.rmtree(root)
    shutil.copytree(ENGLISH, root / "en")
    return root


@pytest.fixture
def draft(root):
    return Draft(root / "en")


@pytest.fixture
def locales(root, read_before):
    """What was read of the folder before this test changes anything in it."""
    _, locales = read_before
    return copy(locales)


@pytest.fixture
def compiled(draft, read_before):
    """What `limber check` writes of the folder; its file."""
    served = read_before[1].base
    write_compiled(draft.folder, sources_of(draft.folder), Compiled(served.library, served.words.messages))
    return draft.folder.parent / ".compiled" / "en.json"


@pytest.fixture
def german(draft, compiled):
    """A second language: advice not yet translated but for one title, and two words of the interface."""
    return _translated(draft.folder)


@pytest.fixture(scope="module")
def two_languages(read_before, tmp_path_factory):
    """English and that second language, read once."""
    root = tmp_path_factory.mktemp("languages")
    folder, served = root / "en", read_before[1].base
    shutil.copytree(ENGLISH, folder)
    write_compiled(folder, sources_of(folder), Compiled(served.library, served.words.messages))
    _translated(folder)
    return Locales(root)


def _translated(english):
    folder = english.parent / "de"
    shutil.copytree(english, folder)
    (folder / "interface.ftl").write_text("page-next = Weiter\ntip-another = Noch ein Tipp\n", encoding="utf-8")
    area = folder / HIP
    area.write_text(
        area.read_text(encoding="utf-8").replace("title: Hip and groin pain", "title: Hüfte und Leiste"),
        encoding="utf-8",
    )
    return folder


def test_nothing_is_read_again_while_nothing_changes(locales):
    before = locales.base

    assert locales.refresh() is False
    assert locales.base is before


def test_changed_content_is_served_after_a_refresh(draft, locales):
    before = locales.base
    spell(draft, HIP, "title: Hip and groin pain", "title: Sore hips")

    assert locales.refresh() is True
    assert locales.base.library.areas["hip"].title == "Sore hips"
    assert locales.base.library.version != before.library.version
    assert before.library.areas["hip"].title == "Hip and groin pain"
    assert locales.refresh() is False


def test_a_new_file_and_a_deleted_one_are_noticed(draft, locales):
    extra = draft.file("routines/extra.yaml")
    extra.write_text(draft.text("routines/hip.yaml").replace("id: hip_", "id: hip_more_"), encoding="utf-8")

    assert locales.refresh() is True
    assert any(name.startswith("hip_more_") for name in locales.base.library.routines)
    extra.unlink()
    assert locales.refresh() is True
    assert not any(name.startswith("hip_more_") for name in locales.base.library.routines)


def test_broken_content_is_reported_once_and_the_last_good_one_is_served_until_it_is_mended(draft, locales):
    before = locales.base
    spell(draft, HIP, "red_flags:", "red_flag:")

    with pytest.raises(ContentError) as caught:
        locales.refresh()
    assert {problem.file for problem in caught.value.problems} == {draft.file(HIP)}
    assert locales.base is before
    assert locales.of("en-GB") is before
    assert locales.refresh() is False  # said once
    assert locales.base is before

    spell(draft, HIP, "red_flag:", "red_flags:")
    spell(draft, HIP, "title: Hip and groin pain", "title: Mended hips")
    assert locales.refresh() is True
    assert locales.base.library.areas["hip"].title == "Mended hips"
    assert "Mended hips" in _text(locales.base.card_index.card("pain", "hip"))


def test_content_that_breaks_in_another_way_is_reported_again(draft, locales):
    spell(draft, HIP, "red_flags:", "red_flag:")
    with pytest.raises(ContentError):
        locales.refresh()
    spell(draft, "areas/knee.yaml", "red_flags:", "red_flag:")
    with pytest.raises(ContentError) as caught:
        locales.refresh()

    assert {problem.file for problem in caught.value.problems} == {draft.file(HIP), draft.file("areas/knee.yaml")}


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"{{{", b"\tx: 1", b"- a\n"])
def test_no_damage_to_a_file_stops_the_serving(draft, locales, damage):
    before = locales.base
    draft.write("general.yaml", damage)

    with pytest.raises(ContentError):
        locales.refresh()
    assert locales.base is before


def test_a_content_folder_that_is_gone_is_a_content_error(draft, locales):
    before = locales.base
    shutil.rmtree(draft.folder)

    with pytest.raises(ContentError):
        locales.refresh()
    assert locales.base is before


def test_what_was_compiled_is_what_the_files_say(draft, compiled, read_before):
    kept, read = read_compiled(draft.folder), read_before[1].base

    assert kept.messages == read.words.messages
    for part in fields(Library):
        assert getattr(kept.library, part.name) == getattr(read.library, part.name), part.name


def test_what_was_compiled_is_served_until_one_byte_of_the_files_differs(draft, root, read_before):
    draft.file("tips/hip.yaml").unlink()  # only a check misses it
    served = read_before[1].base
    write_compiled(draft.folder, sources_of(draft.folder), Compiled(served.library, served.words.messages))
    assert "hip" in Locales(root).base.library.areas
    draft.append(HIP, "\n")
    with pytest.raises(ContentError):
        Locales(root)


def test_what_was_compiled_of_other_files_is_not_served(draft, root, compiled):
    draft.file("tips/hip.yaml").unlink()
    with pytest.raises(ContentError):
        Locales(root)


def test_an_edit_while_content_is_checked_is_not_taken_for_what_was_checked(draft, root, read_before):
    sources, served = sources_of(draft.folder), read_before[1].base
    draft.replace(HIP, "title: Hip and groin pain", "title: Edited")
    write_compiled(draft.folder, sources, Compiled(served.library, served.words.messages))
    assert read_compiled(draft.folder) is None
    draft.replace(HIP, "title: Edited", "title: Hip and groin pain")  # it may have been read in between
    assert read_compiled(draft.folder) is None


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX")
def test_a_file_by_a_name_that_is_no_text_is_a_file_like_others(draft, compiled):
    draft.folder.joinpath(os.fsdecode(b"\xff.txt")).write_bytes(b"1")
    assert sources_of(draft.folder)
    assert read_compiled(draft.folder) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace(b"Stop", b"Stay", 1),
        lambda text: text.partition(b"\n")[0] + b'\n{"library": {}}',
        lambda text: b"\xff\n" + text,
    ],
)
def test_what_was_compiled_and_is_damaged_is_not_believed(draft, compiled, damage):
    assert read_compiled(draft.folder) is not None
    compiled.write_bytes(damage(compiled.read_bytes()))
    assert read_compiled(draft.folder) is None


def test_where_nothing_may_be_written_the_files_are_read(draft, root, read_before):
    (root / ".compiled").write_text("a file, and no folder", encoding="utf-8")
    served = read_before[1].base
    write_compiled(draft.folder, sources_of(draft.folder), Compiled(served.library, served.words.messages))
    assert read_one(draft.folder).library.version == served.library.version


def test_content_that_is_broken_from_the_start_is_not_served_at_all(draft, root):
    draft.write(HIP, "")

    with pytest.raises(ContentError):
        Locales(root)


def test_a_broken_catalogue_is_a_content_error_too(draft, locales):
    draft.append("interface.ftl", "this is no message\n")

    with pytest.raises(ContentError) as caught:
        locales.refresh()
    assert [problem.file for problem in caught.value.problems] == [draft.file("interface.ftl")]
    assert "this is no message" in caught.value.problems[0].what


def test_a_catalogue_without_a_message_the_cards_need_is_a_content_error_and_no_crash(draft, root):
    draft.replace("interface.ftl", "stop-title = ", "stop-titel = ")

    with pytest.raises(ContentError) as caught:
        Locales(root)
    assert [problem.file for problem in caught.value.problems] == [draft.file("interface.ftl")]
    assert "stop-title" in str(caught.value)


def test_a_translated_message_with_a_misspelt_variable_is_a_content_error_and_no_crash(german, root):
    (german / "interface.ftl").write_text("page = Seite { $nummer } von { $pages }\n", encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        Locales(root)
    assert [problem.file for problem in caught.value.problems] == [german / "interface.ftl"]


def test_a_person_gets_their_language_and_english_where_there_is_none(two_languages):
    locales = two_languages

    assert locales.of("de").library.language == locales.of(Locale.german).library.language == "de"
    assert locales.of("de").library.areas["hip"].title == "Hüfte und Leiste"
    for locale in ("en-GB", Locale.american_english, Locale.french, "xx", ""):
        assert locales.of(locale) is locales.base
    assert locales.base.library.language == "en"


def test_what_is_not_translated_yet_is_shown_in_english(two_languages):
    locales = two_languages
    words = locales.of("de").words

    assert (words("page-next"), words("tip-another")) == ("Weiter", "Noch ein Tipp")
    assert words("page-back") == "Back"
    assert words("zone-moved", count=3) == locales.base.words("zone-moved", count=3)


def test_problems_of_all_languages_are_reported_together(draft, german, root):
    draft.set(HIP, "summary", "x" * 5_000)
    (german / HIP).write_text("", encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        read_all(root)
    assert {problem.file for problem in caught.value.problems} == {draft.file(HIP), german / HIP}


def test_without_english_nothing_is_served(german, draft, root):
    shutil.copy(draft.file("interface.ftl"), german)
    shutil.rmtree(draft.folder)

    with pytest.raises(ContentError, match="English"):
        read_all(root)


def test_one_language_can_be_read_by_itself(draft, compiled):
    localized = read_one(draft.folder)

    assert localized.library.language == "en"
    assert localized.search.find("hip")
    assert localized.alarms.raised_by("chest pain")
    assert localized.card_index.card("pain", "hip")


def _text(card) -> str:
    return "\n".join(item.content for item in card.walk_children() if hasattr(item, "content"))
