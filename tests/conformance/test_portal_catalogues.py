"""The words of pages: complete, with the same facts, each audience with words of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from ooms.handbook.loader import load_office_codes
from ooms.portal.client import Flaw
from ooms.portal.languages import CODES as CODES_AREA
from ooms.portal.languages import COMPLETE, LANGUAGES, PREPARED, SOURCE, words_of
from ooms.portal.rendering import areas, environment
from ooms.portal.telling import told
from tools.portal_words import PORTAL, brought_up, catalogues, problems

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
MARKED = re.compile(r"`[^`]*`")
#: What is filled by another means than Python's: a lone percent sign stays one there.
NOT_FILLED = frozenset({CODES_AREA, "files", "sentences"})
#: Names and abbreviations are the same in several languages.
LONGEST_SHARED = 12
CODES = [one.code for one in load_office_codes()]


def test_catalogues_are_brought_up_and_complete():
    assert list(problems()) == []


@pytest.mark.parametrize(("area", "language"), list(catalogues()))
def test_translations_fill_in_the_same_facts(area, language):
    wrong = [
        str(message.id)
        for message in brought_up(area, language)
        if isinstance(message.id, str) and message.id and message.string
        if facts(message.id) != facts(str(message.string))
    ]

    assert wrong == []


@pytest.mark.parametrize("language", COMPLETE)
@pytest.mark.parametrize("area", sorted({area for area, _ in catalogues()} - NOT_FILLED))
def test_pages_can_fill_every_translation(area, language):
    unfit = []

    for said in translations(area, language):
        try:
            said % defaultdict(str)
        except ValueError:
            unfit.append(said)

    assert unfit == []


def test_no_language_has_the_words_of_another():
    seen: dict[tuple[str, str], list[str]] = defaultdict(list)
    for area, language in catalogues():
        for said in translations(area, language) if language in COMPLETE else ():
            if len(said) > LONGEST_SHARED and " " in said:
                seen[area, said].append(language)

    shared = {said for (_, said), languages in seen.items() if len(set(languages)) > 1}

    assert shared == set()


@pytest.mark.parametrize("language", [SOURCE, *COMPLETE])
def test_every_code_of_the_office_has_words(language):
    words = words_of(language)

    untold = [
        code
        for code in CODES
        if (meaning := words.meaning(code)) is None or meaning.language != language
    ]

    assert untold == []


@pytest.mark.parametrize("language", COMPLETE)
def test_flaw_of_a_known_kind_is_told_in_the_language_alone(language):
    said = told(
        Flaw("/name", "String should have at most 35 characters", "SCH-FIELD"), words_of(language)
    )

    assert "35" in said.words
    assert (said.english, said.words.isascii()) == ("", language == "sw")


def test_flaw_of_its_own_is_told_by_its_code_above_the_english():
    flaw = Flaw("/day", "may be as long as the river", "RUL-PERIOD")

    said = told(flaw, words_of("fr"))

    assert said.words.startswith("Un délai est hors des limites que fixe la loi.")
    assert '<span lang="en">may be' in said.__html__()


def test_what_the_interface_says_of_a_flaw_is_never_markup():
    said = told(Flaw("/name", "no <b>name</b>", "RUL-PERIOD"), words_of("ko"))

    assert "<b>" not in said.__html__()
    assert "&lt;b&gt;" in said.__html__()


def test_same_english_has_words_of_its_own_in_each_area():
    words = words_of("ko")

    assert words.gettext("No.", area="company") == "번호"
    assert words.gettext("No.", area="public") == "아니요."


@pytest.mark.parametrize("area", areas())
def test_templates_keep_the_name_of_their_area(area):
    file = next(iter((PORTAL / "templates" / area).glob("*.html")))

    assert environment("ko").get_template(f"{area}/{file.name}").name == f"{area}/{file.name}"


@pytest.mark.parametrize("language", PREPARED)
def test_prepared_language_loads_and_falls_back_to_english(language):
    words = words_of(language)

    assert set(words.areas) == set(areas())
    assert words.gettext("words that no page has") == "words that no page has"
    assert words.meaning("AUT-ROLE") == words_of(SOURCE).meaning("AUT-ROLE")
    assert told(Flaw("/name", "Field required", "SCH-FIELD"), words).__html__()


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_and_several_are_told_in_every_language(language):
    several = words_of(language).ngettext("%(num)s day overdue", "%(num)s days overdue", 3)

    assert PLACEHOLDER.findall(several) == ["num"]


def facts(words: str) -> tuple[list[str], list[str]]:
    return sorted(set(PLACEHOLDER.findall(words))), sorted(MARKED.findall(words))


def translations(area: str, language: str) -> Iterator[str]:
    """Give what stands for the English of an area; what is left as it is stands for nothing."""
    for message in brought_up(area, language):
        said = message.string
        for one in (said,) if isinstance(said, str) else said or ():
            if message.id and one and one not in message.id:
                yield one
