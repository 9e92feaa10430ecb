"""The verifier: what it returns, what it leaves in the tree, what it never lets escape."""

import dataclasses
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from eodes.domain.verdict import Refusal
from eodes.wire import parser, signature
from eodes.wire.parser import DS_NAMESPACE, Document, Limits
from eodes.wire.signature import Verified
from tests.hostile import specimen
from tests.hostile.specimen import CONTENT, Forgery, lenient, office


def _document(raw: bytes) -> Document:
    document = parser.parse(raw, limits=Limits())
    assert isinstance(document, Document), document
    return document


def _verify(document: Document) -> Verified | Refusal:
    return signature.verify(document, trust=office().trust, at=specimen.NOW)


def test_verdict_names_authority_key_and_algorithm():
    verdict = _verify(_document(specimen.sealed()))

    assert verdict == Verified(
        authority="KR-KCS",
        key_sha256=hashlib.sha256(office().certificate_der).digest(),
        algorithm="ecdsa-sha256",
        canonical=CONTENT,
        digest=hashlib.sha256(CONTENT).digest(),
    )


def test_readers_find_no_signature_in_the_verified_tree():
    document = _document(specimen.sealed())

    _verify(document)

    assert list(document.root.iter(f"{{{DS_NAMESPACE}}}*")) == []
    assert etree.tostring(document.root, method="c14n") == CONTENT


def test_digest_is_sha256_whatever_the_signer_digested_with():
    forgery = Forgery(
        digest="sha512",
        signature=specimen.SIGNATURE.replace("xmlenc#sha256", "xmlenc#sha512"),
    )

    verdict = _verify(_document(forgery.sealed()))

    assert isinstance(verdict, Verified)
    assert verdict.digest == hashlib.sha256(CONTENT).digest()


def test_second_look_at_a_verified_tree_finds_no_signature():
    document = _document(specimen.sealed())
    _verify(document)

    verdict = _verify(document)

    assert isinstance(verdict, Refusal)
    assert verdict.code == "SIG-MISSING"


def test_validity_is_half_open_at_both_ends():
    message = specimen.sealed()
    moments = {
        specimen.START: "accepted",
        specimen.END: "SIG-PIN-EXPIRED",
    }

    found = {}
    for at in moments:
        verdict = signature.verify(_document(message), trust=office().trust, at=at)
        found[at] = verdict.code if isinstance(verdict, Refusal) else "accepted"

    assert found == moments


def test_revocation_leaves_what_was_received_before_it():
    pin = dataclasses.replace(office().pin, revoked_at=specimen.END)

    verdict = signature.verify(
        _document(specimen.sealed()), trust={pin.sha256: pin}, at=specimen.NOW
    )

    assert isinstance(verdict, Verified)


def test_structure_refusal_says_where_it_departs():
    broken = specimen.SIGNATURE.replace(specimen.DIGEST_METHOD, "")

    verdict = _verify(_document(Forgery(signature=broken).sealed()))

    assert isinstance(verdict, Refusal)
    assert verdict.path == "/co:Message/ds:Signature/ds:SignedInfo/ds:Reference"
    assert "DigestMethod" in verdict.detail


@pytest.mark.parametrize("name", ["relative", "../up"])
def test_tree_without_canonical_form_is_refused(name):
    content = CONTENT.replace(b"<co:Name>", f'<co:Name xmlns:r="{name}" r:a="1">'.encode(), 1)
    unparsed_by_us = Document(lenient(Forgery(content=content).sealed()))

    verdict = _verify(unparsed_by_us)

    assert isinstance(verdict, Refusal)
    assert verdict.code == "SIG-C14N"


@given(st.data())
def test_no_changed_byte_alters_what_is_read(data):
    message = specimen.sealed()
    position = data.draw(st.integers(0, len(message) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != message[position]))

    document = parser.parse(
        message[:position] + bytes([byte]) + message[position + 1 :], limits=Limits()
    )
    verdict = _verify(document) if isinstance(document, Document) else document

    # A byte may change how something is written, such as a quote; never what is read.
    assert isinstance(verdict, Refusal) or verdict.canonical == CONTENT
