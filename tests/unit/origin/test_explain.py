"""A stored answer is told in the reader's language; its data stays as it was judged."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ooms.languages.catalogues import LANGUAGES, catalogue
from ooms.languages.telling import in_words
from ooms.origin.explain import answer
from tests.origin_answers import answer_bytes
from tests.unit.origin.advising import advised, judged_with_advice
from tests.unit.origin.building import document, material
from tests.unit.origin.test_ways_out import RULES, bills

WORDS = {"because", "text", "rule_text", "verdict_text"}


def data_of(told):
    """Leave out everything that is only words."""
    if isinstance(told, dict):
        return {name: data_of(value) for name, value in told.items() if name not in WORDS}
    return [data_of(value) for value in told] if isinstance(told, list) else told


@given(bills, st.sampled_from(RULES), st.sampled_from(LANGUAGES))
@settings(max_examples=60, deadline=None)
def test_language_changes_words_and_nothing_else(bill, rule, language):
    stored = advised(*bill, rule=rule)

    assert data_of(in_words(stored, catalogue(language))) == data_of(stored)


@given(bills, st.sampled_from(RULES))
@settings(max_examples=40, deadline=None)
def test_advice_is_the_same_bytes_again(bill, rule):
    case_document = document(*bill, rule=rule)
    again = json.loads(json.dumps(case_document))

    assert answer_bytes(judged_with_advice(case_document)) == answer_bytes(
        judged_with_advice(again)
    )


def test_telling_leaves_the_stored_answer_alone():
    stored = advised(material("part", "850490", "65"))
    before = json.dumps(stored)

    in_words(stored, catalogue("ko"))

    assert json.dumps(stored) == before


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "no change of classification for part (850490)"),
        ("fr", "pas de changement de classement pour part (850490)"),
        ("ko", "세번이 변경되지 않음: part (850490)"),
        ("sw", "hakuna badiliko la ainisho kwa part (850490)"),
    ],
)
def test_finding_is_told_in_the_readers_words(language, words):
    told = in_words(advised(material("part", "850490", "65"), rule="CTH"), catalogue(language))

    assert told["alternatives"][0]["findings"][0]["because"] == words


def test_codes_of_ours_are_put_into_words_too():
    told = in_words(advised(material("part", "850490", "65")), catalogue("en"))

    reasons = [f["because"] for a in told["alternatives"] for f in a["findings"]]
    assert any(reason.startswith("build-down with 65 of 100 FOB") for reason in reasons)


def test_steps_of_a_way_out_are_joined_in_the_readers_words():
    bill = (material("part", "850490", "40"), material("board", "853400", "55"))
    told = in_words(advised(*bill, rule="CTH & RVC>=60%"), catalogue("sw"))

    assert any("; na " in way["text"] for way in told["would_qualify_if"])


def test_words_stored_without_their_reason_are_kept():
    stored = advised(material("part", "850490", "65"), rule="CTH")
    for way in stored["would_qualify_if"]:
        for step in way["all_of"]:
            for remedy in step["any_of"]:
                del remedy["reason"]

    told = in_words(stored, catalogue("ko"))

    assert [way["text"] for way in told["would_qualify_if"]] == [
        way["text"] for way in stored["would_qualify_if"]
    ]


def test_old_answer_reads_the_same_in_english():
    stored = answer(judged_with_advice(document(material("part", "850490", "65"), rule="CTH")))
    told = in_words(stored, catalogue("en"))

    assert told["would_qualify_if"][0]["text"] == stored["would_qualify_if"][0]["text"]
