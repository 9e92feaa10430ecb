"""Bodies that do not fit are refused; answers always fit, because an answer is owed."""

from dataclasses import replace

import pytest

from eodes.dialects.engine import load_dialect
from eodes.domain.message import CertificateId
from eodes.domain.partner import Charset
from eodes.messages import co_cancel, error
from tests.conformance.arbitrary import a_partner_for

HOUSE = load_dialect("eodes")
DIGEST = "0" * 64


def a_partner(charset=Charset.ASCII):
    profile = a_partner_for()
    return replace(profile, content=replace(profile.content, charset=charset))


def a_cancellation(reason):
    named = CertificateId("KR", "KCFTA", "K001-26-1")
    return co_cancel.CertificateCancellation(named, "NOT_SHIPPED", reason)


@pytest.mark.parametrize(
    ("reason", "code"),
    [("취소", "RUL-CHARSET"), ("A\x07", "RUL-CHARSET"), ("A" * 2049, "RUL-LENGTH")],
)
def test_reason_that_cannot_be_sent_is_refused(reason, code):
    refusals = co_cancel.SPEC.encode(a_cancellation(reason), dialect=HOUSE, profile=a_partner())

    assert isinstance(refusals, tuple)
    assert [one.code for one in refusals] == [code]


def test_reason_is_sent_in_the_partners_characters():
    body = a_cancellation("취소 & <neu>")

    element = co_cancel.SPEC.encode(body, dialect=HOUSE, profile=a_partner(Charset.UNICODE))

    assert not isinstance(element, tuple)
    assert co_cancel.SPEC.decode(element, dialect=HOUSE) == body


@pytest.mark.parametrize("words", ["값 '한빛' is wrong", "NUL \0 and \ud800", "long " * 1000])
def test_refusal_can_always_be_sent(words):
    body = error.Error(DIGEST, (error.ErrorRefusal("SCH-INVALID", words, retryable=False),))

    element = error.SPEC.encode(body, dialect=HOUSE, profile=a_partner())

    assert not isinstance(element, tuple)
    decoded = error.SPEC.decode(element, dialect=HOUSE)
    assert isinstance(decoded, error.Error)
    assert decoded.refusals[0].text.isascii()
    assert len(decoded.refusals[0].text) <= 2048


def test_number_key_is_derived_and_not_sent():
    element = co_cancel.SPEC.encode(a_cancellation("x"), dialect=HOUSE, profile=a_partner())

    assert not isinstance(element, tuple)
    assert element.find(".//{*}NumberKey") is None
    decoded = co_cancel.SPEC.decode(element, dialect=HOUSE)
    assert isinstance(decoded, co_cancel.CertificateCancellation)
    assert decoded.certificate.number_key == "K001261"
