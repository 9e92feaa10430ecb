"""Judging a message step by step, beside what signxml needs to verify its signature alone."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from lxml.etree import _Element as Element
from signxml.verifier import XMLVerifier

from eodes.domain.verdict import Refusal
from eodes.exchange.judge import Judged
from eodes.messages import CATALOGUE
from eodes.wire import envelope, parser, signature
from eodes.wire.parser import Document
from tests.bench import specimen
from tests.bench.nodes import Pair
from tests.bench.timing import together_us

MESSAGES = 100


class Bench:
    """The steps of judging, each including the ones before it."""

    def __init__(self, pair: Pair, *, now: datetime) -> None:
        self.receiver = pair.receiver
        self.now = now
        self.trust = pair.receiver.trust.current().keys
        self.limits = parser.Limits(max_bytes=pair.receiver.own.wire.max_document_bytes)
        self.certificate = x509.load_der_x509_certificate(pair.sender.signer.certificate_der)
        self.documents = [
            specimen.sealed(pair.sender, pair.receiver.own, serial=serial, now=now)
            for serial in range(1, MESSAGES + 1)
        ]
        judged = self.judged(self.documents[0])
        assert isinstance(judged, Judged), judged
        self.body = judged.body.certificate

    def parsed(self, document: bytes) -> Document:
        parsed = parser.parse(document, limits=self.limits)
        assert not isinstance(parsed, Refusal)
        return parsed

    def verified(self, document: bytes) -> Element:
        parsed = self.parsed(document)
        verdict = signature.verify(parsed, trust=self.trust, at=self.now)
        assert not isinstance(verdict, Refusal)
        return parsed.root

    def validated(self, document: bytes) -> Element:
        root = self.verified(document)
        assert self.receiver.judge.schemas.validate(root, dialect="eodes") is None
        return root

    def mapped(self, document: bytes) -> object:
        root = self.validated(document)
        header = envelope.read_header(root)
        assert not isinstance(header, Refusal)
        payload = envelope.payload_of(root)
        dialects = self.receiver.judge.dialects
        return CATALOGUE[header.type].decode(payload, dialect=dialects.of_payload(payload))

    def judged(self, document: bytes) -> object:
        return self.receiver.judge.judge(document, trust=self.trust, at=self.now)

    def ruled(self, _document: bytes) -> object:
        return self.receiver.judge.rules.at_receipt(self.body, own=self.receiver.own)

    def signxml(self, document: bytes) -> object:
        return XMLVerifier().verify(document, x509_cert=self.certificate)


def measure(pair: Pair) -> dict[str, float]:
    """Return processor time in microseconds, by step."""
    bench = Bench(pair, now=pair.receiver.clock.now())
    upto = together_us(
        {
            "parsed": bench.parsed,
            "verified": bench.verified,
            "validated": bench.validated,
            "mapped": bench.mapped,
            "judged": bench.judged,
            "rules": bench.ruled,
            "signxml": bench.signxml,
        },
        bench.documents,
    )
    return {
        "message_bytes": float(len(bench.documents[0])),
        "parse_us": upto["parsed"],
        "structure_and_verify_us": upto["verified"] - upto["parsed"],
        "xsd_us": upto["validated"] - upto["verified"],
        "head_and_map_us": upto["mapped"] - upto["validated"],
        "parse_verify_xsd_us": upto["validated"],
        "parse_verify_xsd_map_us": upto["mapped"],
        "agreement_rules_us": upto["rules"],
        "judge_with_rules_us": upto["judged"],
        "signxml_verify_us": upto["signxml"],
        "verify_xsd_of_signxml": upto["validated"] / upto["signxml"],
        "all_but_rules_of_signxml": upto["mapped"] / upto["signxml"],
    }
