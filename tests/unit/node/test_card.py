"""The partner card: says what the node is, holds together, and shows every change."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
import xmlschema

import eodes.node
from eodes.domain.verdict import Refusal
from eodes.node.card import MAX_CARD_BYTES, Capabilities, card_of, make_card, read_card
from eodes.node.card_xml import compose
from eodes.wire.signer import seal
from tests.unit.node.nodes import NOW, make, plan_of, profile_of, signer_of

SCHEMA = Path(eodes.node.__file__).with_name("card.xsd")


def card_of_node(settings):
    return make_card(settings, profile=profile_of(settings), signer=signer_of(settings), now=NOW)


def refusal_code(document, now=NOW):
    judged = read_card(document, now=now)
    assert isinstance(judged, Refusal), "the card was taken"
    return judged.code


def test_card_says_who_and_where_the_node_is(korea):
    read = read_card(card_of_node(korea), now=NOW)

    assert not isinstance(read, Refusal)
    assert read.card.authority == "KR-KCS"
    assert read.card.name == "Korea Customs Service"
    assert read.card.endpoint == "https://127.0.0.1:8443/partner/v1/messages"
    assert read.card.created_at == NOW
    assert read.card.test is False
    assert read.card.capabilities == Capabilities.of(profile_of(korea))


def test_card_carries_the_certificates_of_the_node(korea):
    read = read_card(card_of_node(korea), now=NOW)

    assert not isinstance(read, Refusal)
    assert [one.der for one in read.card.signing] == [signer_of(korea).certificate_der]
    assert read.sealed_by == read.card.signing[0].sha256
    signing, tls = read.fingerprints()
    assert (signing.purpose, tls.purpose) == ("SIGNING", "TLS")
    assert signing.subject == "CN=KR-KCS signing"
    assert signing.sha256.replace(":", "").lower() == read.card.signing[0].sha256


def test_card_announces_the_next_signing_certificate(korea, china):
    keys = dataclasses.replace(korea.keys, next_signing_certificate=china.keys.signing_certificate)

    read = read_card(card_of_node(dataclasses.replace(korea, keys=keys)), now=NOW)

    assert not isinstance(read, Refusal)
    assert len(read.card.signing) == 2
    assert read.card.signing[1].der == signer_of(china).certificate_der


def test_card_is_valid_against_its_schema(korea):
    schema = xmlschema.XMLSchema(SCHEMA)

    assert schema.is_valid(card_of_node(korea).decode())
    assert not schema.is_valid(
        card_of_node(korea).decode().replace("<Name>", "<Nom>").replace("</Name>", "</Nom>")
    )


def test_changed_card_is_refused(korea):
    document = card_of_node(korea)

    changed = document.replace(b"127.0.0.1:8443", b"127.0.0.9:8443")

    assert refusal_code(changed) == "SIG-DIGEST"


def test_card_sealed_by_a_key_it_does_not_carry_is_refused(korea, china):
    card = card_of(korea, profile=profile_of(korea), signer=signer_of(korea), now=NOW)

    assert refusal_code(seal(compose(card), signer=signer_of(china))) == "SIG-UNKNOWN-KEY"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<Name>Korea", b"<Note>paid</Note><Name>Korea"),
        (b"<Name>Korea", b"<Name lang='en'>Korea"),
        (b"<AuthorityID>KR-KCS</AuthorityID>", b"<AuthorityID>korea</AuthorityID>"),
        (b"<TestIndicator>false", b"<TestIndicator>no"),
        (b"<EndpointURI>https", b"<EndpointURI>ftp"),
        (b"</Capabilities>", b"</Capabilities><Capabilities></Capabilities>"),
    ],
)
def test_inexact_card_is_refused_though_signed(korea, *, old, new):
    card = card_of(korea, profile=profile_of(korea), signer=signer_of(korea), now=NOW)
    canonical = compose(card)
    assert canonical.count(old) == 1
    spelled = canonical.replace(old, new.replace(b"'", b'"'))

    assert refusal_code(seal(spelled, signer=signer_of(korea))) == "SCH-CARD"


def test_validity_beside_a_certificate_must_be_its_own(korea):
    card = card_of(korea, profile=profile_of(korea), signer=signer_of(korea), now=NOW)
    longer = compose(card).replace(b"<ValidUntil>2028", b"<ValidUntil>2029")

    assert refusal_code(seal(longer, signer=signer_of(korea))) == "SCH-CARD"


def test_certificate_that_cannot_be_read_is_refused(korea):
    card = card_of(korea, profile=profile_of(korea), signer=signer_of(korea), now=NOW)
    broken = compose(card).replace(b"<Certificate>MII", b"<Certificate>AII")

    assert refusal_code(seal(broken, signer=signer_of(korea))) == "SCH-CARD"


def test_card_of_an_ended_key_is_refused(korea):
    document = card_of_node(korea)

    assert refusal_code(document, now=NOW + timedelta(days=731)) == "SIG-PIN-EXPIRED"


def test_files_that_are_no_card_are_refused():
    assert refusal_code(b"") == "ENV-MALFORMED"
    assert refusal_code(b"<PartnerCard/>") == "SCH-CARD"
    assert refusal_code(b"<a>" + b" " * MAX_CARD_BYTES + b"</a>") == "ENV-TOO-LARGE"


def test_plain_node_behind_a_proxy_has_a_card(tmp_path):
    settings = make(tmp_path / "node", plan_of("VN-CUSTOMS", test=True))
    server = dataclasses.replace(settings.server, public_url="https://gw.example.org/eodes")

    read = read_card(card_of_node(dataclasses.replace(settings, server=server)), now=NOW)

    assert not isinstance(read, Refusal)
    assert read.card.endpoint == "https://gw.example.org/eodes/partner/v1/messages"
    assert read.card.test is True
