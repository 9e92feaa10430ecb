"""Free text: normal form, and what a partner's character set makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eodes.domain.free_text import fits, free_texts, has_controls, normalize_text, transliterate
from tests.builders import a_certificate, a_third_country_certificate


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("  SC-500 ", "SC-500"),
        ("A\tB\r\nC", "A B C"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("zero\u200bwidth", "zerowidth"),
        ("bell\x07", "bell"),
        ("two  blanks", "two blanks"),
        ("\ud55c\uad6d", "\ud55c\uad6d"),
        ("", ""),
    ],
)
def test_text_is_brought_to_its_normal_form(typed, normal):
    assert normalize_text(typed) == normal


@given(st.text(max_size=60))
def test_normal_form_of_text_is_final(text):
    normal = normalize_text(text)

    assert normalize_text(normal) == normal
    assert not has_controls(normal)


@pytest.mark.parametrize(
    ("text", "charset", "likeness"),
    [
        ("Caf\u00e9 \u201cX\u201d", "ascii", 'Cafe "X"'),
        ("Stra\u00dfe", "ascii", "Strasse"),
        ("\uff21\uff11\uff0d", "ascii", "A1-"),
        ("\u0110\u00e0 N\u1eb5ng", "ascii", "Da Nang"),
        ("Caf\u00e9", "latin-1", "Caf\u00e9"),
        ("\ud55c\uad6d", "ascii", None),
        ("\ud55c\uad6d", "euc-kr", "\ud55c\uad6d"),
    ],
)
def test_letters_lose_accents_but_no_script_is_guessed(text, charset, likeness):
    assert transliterate(text, charset) == likeness


@given(st.text(max_size=40))
def test_likeness_always_fits_the_character_set(text):
    likeness = transliterate(text, "ascii")

    assert likeness is None or fits(likeness, "ascii")


def test_texts_of_a_certificate_carry_their_paths():
    texts = dict(free_texts(a_certificate()))

    assert texts["/parties/0/name"] == "HANBIT ELECTRONICS CO., LTD."
    assert texts["/items/0/description"] == "STATIC CONVERTERS, MODEL SC-500"
    assert texts["/issuance/signatory/name"] == "Kim Minseo"
    assert "/parties/0/email" not in texts


def test_name_of_the_invoicing_operator_is_free_text():
    assert dict(free_texts(a_third_country_certificate()))["/invoices/0/issuer_name"]
