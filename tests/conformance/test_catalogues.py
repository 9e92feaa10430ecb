"""The catalogues of every language say the same things, with the same facts in them."""

import ast
import re
from string import Formatter

import pytest

from ooms.languages.catalogues import (
    LANGUAGES,
    TRANSLATED,
    UnknownLanguageError,
    catalogue,
    entries,
    preferred,
)
from ooms.languages.english import ENGLISH
from ooms.languages.portable_objects import CatalogueError, Entry, read_entries, write_entries
from tests.house import source

KEY = re.compile(r"[a-z_]+\.[a-z_]+")
FAMILIES = {key.partition(".")[0] for key in ENGLISH} - {"label", "column", "mark"}
# Names of things that only look like keys.
NO_KEYS = {"value.content"}


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_from_its_present_english(language):
    translated = {(entry.key, entry.english): entry.text for entry in entries(language)}

    waiting = [
        f"{key}: {english}"
        for key, english in ENGLISH.items()
        if not translated.get((key, english), "").strip()
    ]

    assert waiting == [], "translate these, then run python -m tools.languages"


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_left_of_a_dropped_message(language):
    assert [entry.key for entry in entries(language) if entry.key not in ENGLISH] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_key_is_translated_twice(language):
    keys = [entry.key for entry in entries(language)]

    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_fills_in_the_same_facts(language):
    words = catalogue(language)

    differing = [key for key in ENGLISH if placeholders(words[key]) != placeholders(ENGLISH[key])]

    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_empty(language):
    assert [key for key, text in catalogue(language).items() if not text.strip()] == []


def test_each_language_writes_in_its_own_words():
    told = {language: catalogue(language)["verdict.originating"] for language in LANGUAGES}

    assert len(set(told.values())) == len(LANGUAGES)
    assert re.search(r"[가-힣]", told["ko"])


def test_every_key_that_the_engine_uses_has_its_english():
    used = {
        (key, each.path)
        for each in source.python_files("ooms/origin", "ooms/languages")
        for key in _keys_in(each.tree)
    }

    assert sorted(f"{key} in {path}" for key, path in used if key not in ENGLISH) == []


def test_question_without_words_is_found():
    tree = ast.parse('because = Reason("tolerance.unheard_of")')

    assert list(_keys_in(tree)) == ["tolerance.unheard_of"]


def _keys_in(tree):
    """Yield the constants that look like a key of a family of messages."""
    pieces = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if id(node) in pieces:
            continue  # part of a key that is put together
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            key = node.value
            if KEY.fullmatch(key) and key.partition(".")[0] in FAMILIES and key not in NO_KEYS:
                yield key


def test_catalogue_reads_back_what_it_writes():
    written = (
        Entry("a.b", 'one "quoted"', "ein \\ Strich\nund Zeile"),
        Entry("c.d", "two", ""),
    )

    assert read_entries(write_entries("xx", written)) == written


def test_long_texts_may_be_continued_on_lines_of_their_own():
    text = '#. a note\nmsgctxt "a.b"\nmsgid ""\n"one "\n"two"\nmsgstr "eins zwei"\n'

    assert read_entries(text) == (Entry("a.b", "one two", "eins zwei"),)


def test_line_that_is_no_message_is_named():
    with pytest.raises(CatalogueError, match="line 2"):
        read_entries('msgctxt "a.b"\nnonsense\n')


def test_language_without_a_catalogue_is_refused_by_name():
    with pytest.raises(UnknownLanguageError, match="'xx'"):
        catalogue("xx")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("de,fr;q=0.5", "fr"),
        ("en;q=0.1, sw", "sw"),
        ("fr;q=0, de", "en"),
        ("fr;q=many", "en"),
    ],
)
def test_reader_gets_the_language_he_likes_best(accepted, language):
    assert preferred(accepted) == language
