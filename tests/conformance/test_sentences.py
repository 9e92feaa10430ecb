"""What the interface says in sentences: all of it harvested, none mistaken for another."""

from __future__ import annotations

import ast

import pytest

from ooms.portal.client import Flaw
from ooms.portal.languages import COMPLETE, words_of
from ooms.portal.sentences import SLOT, Phrasebook
from ooms.portal.telling import sentence, told
from tools.sentences import harvest, harvested, sample

HARVESTED = [one.words for one in harvested()]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('detail = f"passed {way.country}, and no paper"', ["passed %(country)s, and no paper"]),
        (
            'Flaw("/a", f"is {x.a} or {y.a}: {x.a}")',
            ["is %(a)s or %(a2)s: %(a)s"],
        ),
        (
            "detail = f\"the goods {'are' if a else 'are not'} here\"",
            ["the goods are here", "the goods are not here"],
        ),
        (
            'def say():\n    says = "is" if a else "is not"\n    return f"it {says} there yet"',
            ["it is there yet", "it is not there yet"],
        ),
        (
            "because = f\"the codes are {', '.join(known) or 'none'}\"",
            ["the codes are %(known)s", "none"],
        ),
        (
            'detail = "; ".join((f"; more of {a.b}", "and yet more"))',
            ["more of %(b)s", "and yet more"],
        ),
        ('raise ConflictError(what="the good claim", current="changed meanwhile")', []),
        ('def f():\n    """Say nothing to anybody."""\n    log.info("what is logged")', []),
        ('x: Annotated[str, Field(description="what it is")]', []),
        ('class OneError(WrongFileError):\n    x = "is an error of a file"', []),
    ],
)
def test_source_is_read_for_its_sentences(source, said):
    found = [one.words for one in harvest({"ooms/claims/some.py": ast.parse(source)})]

    assert found == said


def test_every_sentence_is_found_by_its_own_template():
    book = Phrasebook("ko", {one: one for one in HARVESTED})

    mistaken = [one for one in HARVESTED if book.template_of(sample(one)) != one]

    assert mistaken == []


@pytest.mark.parametrize("language", COMPLETE)
def test_every_translated_sentence_is_told_in_its_language(language):
    words = words_of(language)
    translated = [one for one in HARVESTED if one in words.sentences.translated]

    untold = [one for one in translated if sentence(sample(one), words) is None]

    assert untold == []


@pytest.mark.parametrize("language", COMPLETE)
def test_what_a_code_says_all_of_is_told_without_english(language):
    flaw = Flaw("", "the claim is decided, so it cannot become open", "RUL-STATE")

    assert told(flaw, words_of(language)).english == ""


def test_slots_are_named_as_facts_are():
    assert [one for one in HARVESTED if "%(" in SLOT.sub("", one)] == []
