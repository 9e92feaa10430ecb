"""A certificate of ours becomes registered with a partner, with the same proof on both sides."""

import pytest

from eodes.domain.certificate import ExportDeclarationLink
from eodes.domain.lifecycle import Exchange, Incoming, Outgoing, Registered
from tests.builders import a_certificate
from tests.world import NOW

PARTNERS = [
    ("CN-GACC", "KCFTA"),
    ("ID-INSW", "KICEPA"),
    ("VN-CUSTOMS", "KVFTA"),
    ("IN-CBIC", "KRIN"),
]


def a_link():
    return ExportDeclarationLink("41234-26-112233X", accepted_on=NOW.date())


@pytest.mark.parametrize(("partner", "agreement"), PARTNERS)
def test_issued_certificate_is_registered_with_equal_proof(open_world, partner, agreement):
    world = open_world("KR-KCS", partner)
    certificate = a_certificate(agreement=agreement)
    prepared = world.issue(certificate, to=partner)
    if prepared.state is Exchange.AWAITING_TRIGGER:
        gateway = world.nodes["KR-KCS"].gateway
        world.do("KR-KCS", gateway.link_export, certificate, (a_link(),), to=partner)

    world.run()

    ours = world.outgoing(prepared.message_id)
    theirs = world.received(prepared.message_id, at=partner)
    receipts = world.receipts(prepared.message_id)
    assert world.exchange(certificate, to=partner) is Exchange.REGISTERED
    assert ours.state is Outgoing.ACKNOWLEDGED
    assert theirs.state is Incoming.SETTLED
    assert theirs.document == ours.sealed
    assert theirs.document_digest == ours.document_digest
    assert theirs.body_digest == ours.body_digest
    assert [one.document for one in receipts] == [theirs.answer]
    assert world.registered(certificate, at=partner).state is Registered.AVAILABLE
    found = world.nodes[partner].gateway.find_received(certificate.number_raw)
    assert [one.certificate.number_key for one in found] == [certificate.number_key]
