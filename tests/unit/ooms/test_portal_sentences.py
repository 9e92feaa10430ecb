"""A sentence of the interface is told in another language by the template it was made of."""

from __future__ import annotations

import pytest

from ooms.portal.sentences import Phrasebook

FRENCH = Phrasebook(
    "fr",
    {
        "passed %(country)s, and no paper is held": "passé par %(country)s, sans papier",
        "expired on %(end)s": "expiré le %(end)s",
        "%(detail)s; the paper is held": "%(detail)s; le papier est là",
        "no certificate %(number)s was received%(awaited)s": "rien reçu : %(number)s%(awaited)s",
        "awaited until %(until)s": "attendu jusqu'au %(until)s",
        "not before %(day)s (%(source)s)": "pas avant le %(day)s (%(source)s)",
        "declared %(what)s, certified %(said)s": "déclaré %(what)s, certifié %(said)s",
        "the lines of %(part)s are in %(units)s": "les lignes de %(part)s sont en %(units)s",
        "no number": "aucun numéro",
        "the same": "identique",
        "none": "aucun",
    },
)


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("the same", "identique"),
        ("passed VN, and no paper is held", "passé par VN, sans papier"),
        # days are written as the language does
        ("expired on 2026-11-30", "expiré le 30 novembre 2026"),
        ("not before 2026-02-30 (rule 4(1))", "pas avant le 2026-02-30 (rule 4(1))"),
        # sentences in sentences, one after the other, and in lists
        (
            "expired on 2026-11-30; the paper is held",
            "expiré le 30 novembre 2026; le papier est là",
        ),
        (
            "no certificate K-1 was received; awaited until 2026-11-30",
            "rien reçu : K-1; attendu jusqu'au 30 novembre 2026",
        ),
        ("the same; no number", "identique; aucun numéro"),
        ("declared none, certified no number", "déclaré aucun, certifié aucun numéro"),
        # what is signed stays as it is
        ("declared Brass, none, certified 8517.12", "déclaré Brass, none, certifié 8517.12"),
    ],
)
def test_sentence_is_told_with_its_facts(english, french):
    assert FRENCH.tell(english) == french


@pytest.mark.parametrize(
    "english", ["nothing of the kind", "the same; nothing of the kind", "expired on " + "9" * 2000]
)
def test_sentence_without_words_is_not_told(english):
    assert FRENCH.tell(english) is None


def test_of_two_templates_the_one_that_says_more_is_meant():
    book = Phrasebook("sw", {"%(a)s is held": "A", "%(a)s of %(b)s is held": "B", "x %(c)s": "C"})

    assert book.template_of("paper of KR is held") == "%(a)s of %(b)s is held"
    assert book.template_of("x of y is held") == "%(a)s of %(b)s is held"


def test_fact_that_stands_twice_has_to_be_the_same():
    book = Phrasebook("sw", {"%(a)s is %(a)s": "A"})

    assert book.tell("one is one") == "A"
    assert book.tell("one is two") is None
