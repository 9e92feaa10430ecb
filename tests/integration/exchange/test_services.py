"""The lesser messages: asking again, looking up, outages, capability, proof of transit."""

import pytest

from eodes.api import identify
from eodes.domain.certificate import ExportDeclarationLink
from eodes.domain.lifecycle import Exchange
from eodes.domain.partner import TransitProof
from eodes.messages.co_query import CertificateQuery
from eodes.messages.co_retransmit import CertificateRetransmission, ChannelRange
from eodes.messages.service_notice import NoticeKind, ServiceNotice
from eodes.messages.transit_evidence import TransitEvidence
from eodes.store.records import CertificateKey
from tests.builders import a_certificate
from tests.world import NOW

CHINA = "CN-GACC"


@pytest.fixture
def certificate(world):
    certificate = a_certificate(agreement="KCFTA")
    world.issue(certificate, to=CHINA)
    world.run()
    return certificate


def notice(world, kind):
    return ServiceNotice(kind=kind, starts_at=world.clock.now(), text="maintenance")


def test_retransmission_sends_the_original_bytes(world, certificate):
    sent = list(world.wires["KR-KCS"].sent)

    world.send(CertificateRetransmission(channel=ChannelRange(1, 1)), to="KR-KCS", by=CHINA)
    world.run()

    assert sent[0] in world.wires["KR-KCS"].sent[len(sent) :]
    assert world.exchange(certificate, to=CHINA) is Exchange.REGISTERED


def test_query_is_answered_with_the_certificate(world, certificate):
    world.send(CertificateQuery(number_raw=certificate.number_raw), to="KR-KCS", by=CHINA)
    world.run()

    said = world.hearings[CHINA].heard[-1].facts["said"]
    assert said["outcome"] == "FOUND"
    assert said["certificate"]["number_key"] == certificate.number_key


def test_query_for_a_certificate_of_another_partner_finds_nothing(open_world):
    world = open_world("KR-KCS", CHINA, "VN-CUSTOMS")
    certificate = a_certificate(agreement="KVFTA")
    world.issue(certificate, to="VN-CUSTOMS")
    world.run()

    world.send(CertificateQuery(number_raw=certificate.number_raw), to="KR-KCS", by=CHINA)
    world.run()

    assert world.hearings[CHINA].heard[-1].facts["said"]["outcome"] == "NOT_FOUND"


def test_outage_holds_sending_back_until_it_is_over(world, certificate):
    world.send(notice(world, NoticeKind.UNPLANNED_OUTAGE), to="KR-KCS", by=CHINA)
    world.run()
    later = a_certificate(agreement="KCFTA", number_raw="K001-26-7654321")
    world.clock.advance(seconds=2)
    world.issue(later, to=CHINA)
    world.run()
    during = world.exchange(later, to=CHINA)

    world.send(notice(world, NoticeKind.RESUMED), to="KR-KCS", by=CHINA)
    world.run()
    world.clock.advance(seconds=2)
    world.run()

    assert during is Exchange.QUEUED
    assert world.exchange(later, to=CHINA) is Exchange.REGISTERED


def test_transit_evidence_is_kept_with_the_certificate(world, certificate):
    body = TransitEvidence(
        certificate=identify(certificate),
        kind=TransitProof.THROUGH_BL,
        number="BL-1",
        country="SG",
        issued_on=NOW.date(),
        from_date=NOW.date(),
        to_date=NOW.date(),
        issuer="Port of Singapore",
    )

    world.send(body, to=CHINA)
    world.run()

    with world.nodes[CHINA].store.read() as unit:
        kept = unit.reconciliations.transit_evidence(CertificateKey.of(certificate))
    assert [one["evidence"]["number"] for one in kept] == ["BL-1"]


def test_export_link_of_a_stranger_changes_nothing(open_world):
    world = open_world("KR-KCS", CHINA, "VN-CUSTOMS")
    certificate = a_certificate(agreement="KCFTA")
    world.issue(certificate, to=CHINA)
    world.run()
    gateway = world.nodes["VN-CUSTOMS"].gateway
    link = ExportDeclarationLink("STRANGER-1")

    world.do("VN-CUSTOMS", gateway.link_export, certificate, (link,), to=CHINA)
    world.run()

    assert world.registered(certificate, at=CHINA).export_link is None
