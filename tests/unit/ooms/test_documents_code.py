"""The sealed code: what it says is signed, what was changed is refused."""

from dataclasses import replace
from datetime import timedelta

import cbor2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from ooms.documents import base45, code, qr
from ooms.documents.model import Summary
from ooms.documents.signing import to_der
from ooms.documents.trust import Issuer, Trust
from tests.builders import a_certificate, items
from tests.papers import a_press
from tests.world import NOW

PRESS = a_press()


def summary(**changes) -> Summary:
    return replace(PRESS.printable(a_certificate()).summary, **changes)


def test_base45_writes_the_examples_of_the_standard():
    examples = {
        b"AB": "BB8",
        b"Hello!!": "%69 VD92EX0",
        b"base-45": "UJCLQE7W581",
        b"ietf!": "QED8WEX0",
    }

    assert {base45.encode(data): base45.decode(text) for data, text in examples.items()} == {
        text: data for data, text in examples.items()
    }


@given(st.binary(max_size=700))
def test_base45_reads_back_what_it_wrote(data):
    assert base45.decode(base45.encode(data)) == data


@pytest.mark.parametrize("text", ["GGW", "A", "::", "ab0", "ABC~"])
def test_base45_refuses_what_nobody_writes(text):
    with pytest.raises(ValueError, match="no Base45"):
        base45.decode(text)


def test_code_says_what_was_sealed():
    said = code.shortened(summary(), items=5)

    read = code.read(code.seal(said, key=PRESS.key), trust=PRESS.trust)

    assert read == code.Believed(said, PRESS.issuer)


def test_code_is_cose_sign1_for_any_other_reader():
    text = code.seal(summary(), key=PRESS.key)

    message = cbor2.loads(base45.decode(text.removeprefix("EO1:")))
    protected, unprotected, payload, signature = message.value
    public = x509.load_der_x509_certificate(PRESS.key.certificate_der).public_key()

    assert message.tag == 18
    assert cbor2.loads(protected)[1] == -7  # ES256
    assert not unprotected
    signed = cbor2.dumps(["Signature1", protected, b"", payload])
    assert isinstance(public, ec.EllipticCurvePublicKey)
    public.verify(to_der(signature), signed, ec.ECDSA(hashes.SHA256()))


def test_no_single_byte_of_a_code_can_change():
    sealed = base45.decode(code.seal(summary(), key=PRESS.key).removeprefix("EO1:"))

    for place in range(len(sealed)):
        changed = bytes([*sealed[:place], sealed[place] ^ 1, *sealed[place + 1 :]])
        read = code.read("EO1:" + base45.encode(changed), trust=PRESS.trust)
        assert isinstance(read, code.Disbelieved), place


@given(st.text(max_size=200))
def test_any_other_text_is_no_code(text):
    assert isinstance(code.read(text, trust=PRESS.trust), code.Disbelieved)
    assert isinstance(code.read("EO1:" + text, trust=PRESS.trust), code.Disbelieved)


def test_code_of_an_issuer_nobody_trusts_is_refused():
    other = a_press("CN-GACC")

    read = code.read(code.seal(summary(), key=PRESS.key), trust=other.trust)

    assert isinstance(read, code.Disbelieved)
    assert "no trusted issuer" in read.because


def test_trusted_issuer_cannot_seal_for_another():
    china = a_press("CN-GACC")
    forged = code.seal(summary(authority="KR-KCS"), key=china.key)

    read = code.read(forged, trust=Trust((*PRESS.trust.issuers, china.issuer)))

    assert isinstance(read, code.Disbelieved)
    assert "CN-GACC" in read.because


@pytest.mark.parametrize("days", [-31, 701])
def test_seal_outside_its_certificates_time_is_refused(days):
    outside = summary(sealed_at=NOW + timedelta(days=days))

    read = code.read(code.seal(outside, key=PRESS.key), trust=PRESS.trust)

    assert isinstance(read, code.Disbelieved)
    assert "not valid when" in read.because


def test_seal_made_in_time_outlives_its_certificate():
    press = a_press(valid_from=NOW - timedelta(days=700), valid_until=NOW - timedelta(days=300))
    early = summary(sealed_at=NOW - timedelta(days=500))

    read = code.read(code.seal(early, key=press.key), trust=press.trust)

    assert isinstance(read, code.Believed)


@pytest.mark.parametrize("algorithm", ["ecdsa-sha256", "ecdsa-sha384", "rsa-sha256"])
def test_code_is_sealed_by_every_key_of_the_profile(algorithm):
    press = a_press(algorithm=algorithm)

    read = code.read(code.seal(code.minimal(summary()), key=press.key), trust=press.trust)

    assert isinstance(read, code.Believed)


def test_two_keys_of_one_short_name_are_both_tried():
    same_name = Issuer("KR-KCS", a_press().key.certificate_der, NOW, NOW + timedelta(days=1))
    assert same_name.kid != PRESS.issuer.kid

    trust = Trust((same_name, PRESS.issuer))

    assert isinstance(code.read(code.seal(summary(), key=PRESS.key), trust=trust), code.Believed)


def test_left_out_items_are_told_by_their_digest():
    whole = PRESS.printable(a_certificate(items=items(40))).summary
    other = replace(whole, items=(*whole.items[:-1], replace(whole.items[-1], hs="999999")))

    short, different = code.shortened(whole, items=5), code.shortened(other, items=5)

    assert len(short.items) == 5
    assert short.item_count == 40
    assert short.items == different.items
    assert short.rest_sha256 != different.rest_sha256


@pytest.mark.parametrize("algorithm", ["ecdsa-sha256", "ecdsa-sha384", "rsa-sha256"])
def test_modules_are_wide_enough_for_the_longest_names(algorithm):
    press = a_press(algorithm=algorithm)
    longest = summary(
        number="K" * 35,
        issuer="I" * 35,
        exporter="\N{HANGUL SYLLABLE HAN}" * 256,
        buyer="\N{HANGUL SYLLABLE HAN}" * 256,
        invoice="N" * 36,
        items=PRESS.printable(a_certificate(items=items(500))).summary.items,
        item_count=500,
    )

    drawn = qr.summary_code(longest, key=press.key)

    assert drawn.module_mm(qr.SUMMARY_MM) >= qr.LEAST_MODULE_MM
    assert isinstance(code.read(drawn.text, trust=press.trust), code.Believed)
