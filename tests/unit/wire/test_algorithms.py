"""ECDSA values on the wire and in DER, and which key may use which algorithm."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import given
from hypothesis import strategies as st

from eodes.wire import algorithms
from tests.hostile.specimen import office

NUMBERS = st.integers(1, 2**256 - 1)


@given(NUMBERS, NUMBERS)
def test_values_survive_the_way_through_der(r, s):
    raw = r.to_bytes(32, "big") + s.to_bytes(32, "big")

    der = algorithms.r_and_s_to_der(raw, width=32)

    assert der is not None
    assert algorithms.der_to_r_and_s(der, width=32) == raw


@pytest.mark.parametrize("length", [0, 1, 63, 65, 96])
def test_value_of_any_other_length_has_no_meaning(length):
    assert algorithms.r_and_s_to_der(bytes(length), width=32) is None


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("p256", "ecdsa-sha256"),
        ("p384", "ecdsa-sha384"),
        ("rsa2048", "rsa-sha256"),
        ("rsa3072", "rsa-sha256"),
    ],
)
def test_each_kind_of_key_has_one_algorithm(kind, name):
    private = algorithms.algorithm_for(office(kind).key)
    public = algorithms.algorithm_for(office(kind).key.public_key())

    assert private is not None
    assert private is public
    assert private.name == name


def test_short_and_foreign_keys_have_no_algorithm():
    assert algorithms.algorithm_for(office("rsa1024").key) is None
    assert algorithms.algorithm_for(office("secp256k1").key) is None
    assert algorithms.algorithm_for(ed25519.Ed25519PrivateKey.generate()) is None
