"""Signing and verifying in turn: ours beside the libraries that others would take."""

from __future__ import annotations

from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from lxml import etree
from signxml.signer import XMLSigner
from signxml.verifier import XMLVerifier

from eodes.domain.verdict import Refusal
from eodes.wire import parser, signature
from eodes.wire.signer import seal
from tests.bench import specimen
from tests.bench.nodes import Pair
from tests.bench.timing import together_us

ROUNDS = 60
_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"


def measure(pair: Pair) -> dict[str, object]:
    """Return rounds a second on one core, P-256, the same unsigned message for all."""
    node = pair.sender
    now = node.clock.now()
    header, payload = specimen.draft(node, pair.receiver.own, serial=1, now=now)
    unsigned = specimen.placed(header, payload, seq=1)
    trust = pair.receiver.trust.current().keys
    certificate = x509.load_der_x509_certificate(node.signer.certificate_der)
    key: Any = load_pem_private_key(node.settings.keys.signing_key.read_bytes(), None)

    def ours(_round: int) -> None:
        document = parser.parse(seal(unsigned, signer=node.signer), limits=parser.Limits())
        assert not isinstance(document, Refusal)
        assert not isinstance(signature.verify(document, trust=trust, at=now), Refusal)

    def signxml(_round: int) -> None:
        signer = XMLSigner(
            signature_algorithm="ecdsa-sha256", digest_algorithm="sha256", c14n_algorithm=_EXCLUSIVE
        )
        signed = signer.sign(etree.fromstring(unsigned), key=key, cert=[certificate])
        XMLVerifier().verify(etree.tostring(signed), x509_cert=certificate)

    spent = together_us({"ours": ours, "signxml": signxml}, range(ROUNDS))
    return {"ours_per_s": 1e6 / spent["ours"], "peers": {"signxml": 1e6 / spent["signxml"]}}
