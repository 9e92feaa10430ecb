"""The message that everything is measured with: a Korean certificate of five items, some 10 KB."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from eodes.bootstrap import Node
from eodes.domain.certificate import Certificate
from eodes.domain.message import NO_PREVIOUS_DIGEST, Header
from eodes.domain.partner import Profile
from eodes.messages.co_issue import CertificateIssue
from eodes.wire import envelope
from eodes.wire.signer import seal
from tests.builders import a_certificate, an_item

SENDER = "KR-KCS"
RECEIVER = "VN-CUSTOMS"

_GOODS = (
    "STATIC CONVERTER FOR AUTOMATIC DATA PROCESSING MACHINES, INPUT 100-240 V AC, OUTPUT 54 V DC",
    "UNINTERRUPTIBLE POWER SUPPLY, 3 KVA, RACK MOUNTED, WITH SEALED LEAD-ACID BATTERIES",
    "BATTERY CHARGER FOR LITHIUM-ION ACCUMULATORS, 48 V 60 A, FORCED AIR COOLING",
    "FREQUENCY INVERTER FOR THREE-PHASE MOTORS, 15 KW, IP54 HOUSING, WITH BRAKING RESISTOR",
    "RECTIFIER MODULE FOR TELECOMMUNICATION PLANTS, 3000 W, HOT-PLUGGABLE, WITH MONITORING CARD",
)


def certificate(serial: int) -> Certificate:
    """Return the measured certificate under a number of its own."""
    items = tuple(
        an_item(
            agreement="KVFTA",
            item_no=number,
            description=f"{words}; PURCHASE ORDER OPT-2026-{serial:07d}-{number}",
            marks=f"ORIENT POWER TRADING / HAI PHONG / C/NO. {number}01-{number}50 / MADE IN KOREA",
            model=f"HB-{number}500-{serial:07d}",
        )
        for number, words in enumerate(_GOODS, start=1)
    )
    return a_certificate(agreement="KVFTA", items=items, number_raw=f"K001-26-{serial:07d}")


def issue(made: Certificate) -> CertificateIssue:
    """Return the body that carries a certificate."""
    return CertificateIssue(made)


def draft(node: Node, to: Profile, *, serial: int, now: datetime) -> tuple[Header, bytes]:
    """Prepare a message without a database: rules, dialect, envelope, schema."""
    made = node.preparing.draft(issue(certificate(serial)), to=to, now=now)
    return made.header, made.payload


def placed(header: Header, payload: bytes, *, seq: int) -> bytes:
    """Return the unsigned document, with its place in the channel."""
    numbered = replace(header, channel_seq=seq, previous_digest=NO_PREVIOUS_DIGEST)
    return envelope.compose(numbered, payload)


def sealed(node: Node, to: Profile, *, serial: int, now: datetime) -> bytes:
    """Return a message ready to be received, with its serial as its place in the channel."""
    header, payload = draft(node, to, serial=serial, now=now)
    return seal(placed(header, payload, seq=serial), signer=node.signer)
