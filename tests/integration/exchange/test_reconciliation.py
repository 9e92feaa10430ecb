"""Both sides compare their lists; what differs is found, and repaired where policy allows."""

import pytest
from sqlalchemy import select

from eodes.domain.lifecycle import Exchange
from eodes.store import tables
from tests.builders import a_certificate

CHINA = "CN-GACC"


@pytest.fixture
def certificate(world):
    certificate = a_certificate(agreement="KCFTA")
    world.issue(certificate, to=CHINA)
    world.run()
    return certificate


def reconcile(world):
    """Compare the day and return the run's state with the kinds and repairs it found."""
    world.clock.advance(seconds=1)
    node = world.nodes["KR-KCS"]
    with node.store.read() as unit:
        days = unit.connection.execute(select(tables.exchange.c.business_date)).scalars().all()
    day = days[0] if days else world.clock.now().date()
    run_id = node.reconciling.start(
        node.trust.current().partner(CHINA), first=day, last=day, now=world.clock.now()
    )
    world.run()
    with node.store.read() as unit:
        found = [(one.kind, one.repair) for one in unit.reconciliations.findings(run_id)]
        return unit.reconciliations.find(run_id).state, found


def test_equal_lists_match(world, certificate):
    assert reconcile(world) == ("MATCH", [])


def test_certificate_missing_there_goes_again_with_its_bytes(world, certificate):
    with world.nodes[CHINA].database.begin() as connection:
        connection.execute(tables.received.delete())
        connection.execute(tables.incoming.delete())
    sent = list(world.wires["KR-KCS"].sent)

    first = reconcile(world)
    world.run()
    second = reconcile(world)

    assert first == ("DIFF", [("MISSING_THERE", "SENT_AGAIN")])
    assert sent[0] in world.wires["KR-KCS"].sent[len(sent) :]
    assert second == ("MATCH", [])


def test_certificate_missing_here_is_found_and_left_to_a_person(world, certificate):
    with world.nodes["KR-KCS"].database.begin() as connection:
        connection.execute(tables.exchange.delete())

    assert reconcile(world) == ("DIFF", [("MISSING_HERE", "")])


def test_other_state_is_found_and_left_to_a_person(world, certificate):
    with world.nodes[CHINA].database.begin() as connection:
        connection.execute(tables.received.update().values(state="ANNULLED"))

    assert reconcile(world) == ("DIFF", [("OTHER_STATE", "")])
    assert world.exchange(certificate, to=CHINA) is Exchange.REGISTERED


def test_unknown_is_repaired_to_registered_and_the_office_is_told(world):
    certificate = a_certificate(agreement="KCFTA")
    prepared = world.issue(certificate, to=CHINA)
    world.post(world.sealed(prepared.message_id), to=CHINA)
    with world.nodes["KR-KCS"].database.begin() as connection:
        connection.execute(tables.outgoing.update().values(state="FAILED"))
        connection.execute(tables.exchange.update().values(state="UNKNOWN"))

    reconcile(world)

    assert world.exchange(certificate, to=CHINA) is Exchange.REGISTERED
    assert "exchange.registered" in world.hearings["KR-KCS"].kinds()
