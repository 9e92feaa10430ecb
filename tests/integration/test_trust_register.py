"""Trusting partners by their cards, in the real register on both databases."""

import dataclasses
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from eodes.domain.partner import Algorithm, Pin
from eodes.domain.verdict import Refusal
from eodes.errors import UnknownPartnerError
from eodes.node.card import make_card, read_card
from eodes.node.enrolment import partners_of_other_world, trust_card
from eodes.store.unit import Store
from eodes.wire.signer import load_certificate
from tests.unit.node.nodes import NOW, PROFILES, make, plan_of, profile_of, signer_of


@pytest.fixture
def store(database):
    return Store(database)


@pytest.fixture
def korea(tmp_path):
    return make(tmp_path / "kr", plan_of("KR-KCS"))


@pytest.fixture
def china(tmp_path):
    return make(tmp_path / "cn", plan_of("CN-GACC"))


def card(settings):
    document = make_card(
        settings, profile=profile_of(settings), signer=signer_of(settings), now=NOW
    )
    read = read_card(document, now=NOW)
    assert not isinstance(read, Refusal)
    return read


def trust(store, read, *, profile=None, now=NOW, is_test=False):
    with store.begin() as unit:
        return trust_card(
            unit.trust_register,
            read=read,
            profile=profile or PROFILES[read.card.authority.lower()],
            now=now,
            is_test=is_test,
        )


def register(store):
    with store.read() as unit:
        return unit.trust_register.load(PROFILES)


def test_trusted_card_becomes_a_partner_with_its_keys(store, china):
    read = card(china)

    assert trust(store, read) is None

    seen = register(store)
    partner = seen.partner("CN-GACC")
    assert partner.endpoint == china.endpoint
    assert partner.profile.code == "cn-gacc"
    assert partner.tls_authorities == (read.card.tls_authorities[0].der,)
    key = seen.key(bytes.fromhex(read.card.signing[0].sha256))
    assert key is not None
    assert key.authority == "CN-GACC"
    assert key.certificate_der == signer_of(china).certificate_der
    assert key.valid_until == read.card.signing[0].valid_until


def test_every_trusted_card_counts_a_new_version(store, korea, china):
    before = register(store).version

    trust(store, card(korea))
    trust(store, card(china))

    assert register(store).version == before + 2


def test_partner_is_named_by_its_client_certificate(store, korea, china):
    trust(store, card(korea))
    trust(store, card(china))
    client = load_certificate(china.keys.tls_certificate).public_bytes(Encoding.DER)

    assert register(store).holder_of_client_certificate(client) == "CN-GACC"


def test_new_card_of_a_partner_adds_keys_and_moves_the_endpoint(store, china, tmp_path):
    trust(store, card(china))
    moved = make(tmp_path / "moved", plan_of("CN-GACC", port=9443))

    assert trust(store, card(moved)) is None

    seen = register(store)
    assert seen.partner("CN-GACC").endpoint == "https://127.0.0.1:9443/partner/v1/messages"
    assert len(seen.keys) == 2
    assert len(seen.partner("CN-GACC").tls_authorities) == 2


def test_card_under_another_authoritys_profile_is_refused(store, china):
    refusal = trust(store, card(china), profile=PROFILES["kr-kcs"])

    assert refusal is not None
    assert refusal.code == "AUT-CARD-AUTHORITY"
    assert register(store).partners == {}


def test_key_that_the_profile_does_not_allow_is_refused(store, china):
    profile = PROFILES["cn-gacc"]
    wire = dataclasses.replace(profile.wire, algorithms=(Algorithm.RSA_SHA256,))

    refusal = trust(store, card(china), profile=dataclasses.replace(profile, wire=wire))

    assert refusal is not None
    assert refusal.code == "SIG-ALGORITHM"


def test_card_whose_key_has_ended_is_refused(store, china):
    refusal = trust(store, card(china), now=NOW + timedelta(days=731))

    assert refusal is not None
    assert refusal.code == "SIG-PIN-EXPIRED"


def test_card_with_a_key_nobody_agreed_to_is_refused(store, china):
    other = Pin("ab" * 32, date(2028, 1, 1))
    agreed = Pin(card(china).card.signing[0].sha256, date(2028, 1, 1))
    profile = PROFILES["cn-gacc"]

    refusal = trust(store, card(china), profile=dataclasses.replace(profile, pins=(other,)))
    taken = trust(store, card(china), profile=dataclasses.replace(profile, pins=(other, agreed)))

    assert refusal is not None
    assert refusal.code == "SIG-NOT-AGREED"
    assert taken is None


def test_certificate_of_one_partner_never_speaks_for_another(store, korea, china):
    trust(store, card(korea))
    keys = dataclasses.replace(china.keys, next_signing_certificate=korea.keys.signing_certificate)

    refusal = trust(store, card(dataclasses.replace(china, keys=keys)))

    assert refusal is not None
    assert refusal.code == "AUT-CARD-HELD"
    assert list(register(store).partners) == ["KR-KCS"]


def test_leaf_in_place_of_a_tls_authority_is_refused(store, china):
    keys = dataclasses.replace(china.keys, tls_authority=china.keys.tls_certificate)

    refusal = trust(store, card(dataclasses.replace(china, keys=keys)))

    assert refusal is not None
    assert refusal.code == "SIG-TLS-AUTHORITY"


def test_revoked_certificate_keeps_the_day_it_was_revoked(store, china):
    trust(store, card(china))
    sha256 = card(china).card.signing[0].sha256

    with store.begin() as unit:
        assert unit.trust_register.revoke(sha256=sha256, now=NOW)

    key = register(store).key(bytes.fromhex(sha256))
    assert key is not None
    assert key.revoked_at == NOW


def test_suspended_partner_is_held_back_until_its_hour(store, china):
    trust(store, card(china))
    until = NOW + timedelta(hours=2)

    with store.begin() as unit:
        unit.trust_register.suspend("CN-GACC", until=until, reason="maintenance")

    partner = register(store).partner("CN-GACC")
    assert partner.is_suspended(now=NOW)
    assert not partner.is_suspended(now=until)


def test_unknown_partner_cannot_be_suspended(store):
    with pytest.raises(UnknownPartnerError), store.begin() as unit:
        unit.trust_register.suspend("CN-GACC", until=None, reason="")


def test_card_of_a_test_node_is_never_trusted_by_a_real_one(store, tmp_path):
    practice = card(make(tmp_path / "cn", dataclasses.replace(plan_of("CN-GACC"), test=True)))

    refused = trust(store, practice)

    assert refused.code == "AUT-CARD-WORLD"
    assert register(store).partners == {}


def test_test_node_trusts_test_nodes_and_no_real_one(store, china, tmp_path):
    practice = card(make(tmp_path / "vn", dataclasses.replace(plan_of("VN-CUSTOMS"), test=True)))

    assert trust(store, card(china), is_test=True).code == "AUT-CARD-WORLD"
    assert trust(store, practice, is_test=True) is None


def test_partner_trusted_before_the_node_became_a_test_node_is_named(store, china):
    trust(store, card(china))

    with store.begin() as unit:
        named = partners_of_other_world(unit.trust_register, is_test=True)
        at_home = partners_of_other_world(unit.trust_register, is_test=False)

    assert (named, at_home) == (("CN-GACC",), ())
