"""Who is believed when: trust that changes, ends, or is taken back, also under a message."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from eodes.domain.message import MessageType
from eodes.exchange.decide import Arrival
from eodes.store import tables
from tests.builders import a_certificate
from tests.world import NOW

CHINA = "CN-GACC"


@pytest.fixture
def document(world):
    return world.sealed(world.issue(a_certificate(agreement="KCFTA"), to=CHINA).message_id)


def revoke(world):
    pin = hashlib.sha256(world.nodes["KR-KCS"].signer.certificate_der).hexdigest()
    with world.nodes[CHINA].store.begin() as unit:
        assert unit.trust_register.revoke(sha256=pin, now=world.clock.now())


def judged_before(world, document):
    node = world.nodes[CHINA]
    trust = node.trust.refresh()
    return Arrival(
        document=document,
        verdict=node.judge.judge(document, trust=trust.keys, at=world.clock.now()),
        partner="KR-KCS",
        received_at=world.clock.now(),
        trust_version=trust.version,
    )


def refusal_of(world, answer):
    judged = world.read(answer.body)
    assert judged.header.type is MessageType.ERROR
    return judged.body.refusals[0].code


def rows(world, table):
    with world.nodes[CHINA].database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_message_judged_before_trust_changed_is_judged_again(world, document):
    arrival = judged_before(world, document)
    revoke(world)

    answers = world.nodes[CHINA].recording.record([arrival])

    assert answers == [None]
    assert rows(world, tables.incoming) == 0
    assert rows(world, tables.refused) == 0


def test_revoked_key_is_refused_at_once(world, document):
    world.clock.advance(milliseconds=1)
    revoke(world)

    answer = world.post(document, to=CHINA)

    assert refusal_of(world, answer).startswith("SIG-")
    assert rows(world, tables.received) == 0


def test_expired_pin_is_refused_also_for_messages_in_flight(world, document):
    world.clock.advance(days=701)

    answer = world.post(document, to=CHINA)

    codes = [answer.body.decode() if answer.status != 200 else refusal_of_refused(world, answer)]
    assert codes == ["SIG-PIN-EXPIRED"]
    assert rows(world, tables.received) == 0


def refusal_of_refused(world, answer):
    """The code in an answer that is judged as of when its key was good."""
    node = world.nodes["KR-KCS"]
    judged = node.judge.judge(
        answer.body, trust=node.trust.refresh().keys, at=NOW + timedelta(days=699)
    )
    with world.nodes[CHINA].database.read() as connection:
        return connection.execute(select(tables.refused.c.code)).scalar_one() if judged else ""


def test_message_refused_for_lack_of_trust_stands_once_trust_is_mended(world, document):
    world.clock.advance(milliseconds=1)
    revoke(world)
    refused = world.post(document, to=CHINA)
    with world.nodes[CHINA].database.begin() as connection:
        connection.execute(tables.pin.update().values(revoked_at=None))
        connection.execute(
            tables.trust_version.update().values(version=tables.trust_version.c.version + 1)
        )
    world.nodes[CHINA].trust.refresh()

    answer = world.post(document, to=CHINA)

    assert refusal_of(world, refused).startswith("SIG-")
    assert world.read(answer.body).header.type is MessageType.ACK_BUSINESS
    assert rows(world, tables.received) == 1


def test_partner_that_signs_on_another_connection_is_refused(open_world):
    world = open_world("KR-KCS", CHINA, "VN-CUSTOMS")
    prepared = world.issue(a_certificate(agreement="KCFTA"), to=CHINA)
    document = world.sealed(prepared.message_id)

    answer = world.post(document, to=CHINA, by="VN-CUSTOMS")

    judged = world.read(answer.body, at="VN-CUSTOMS")
    assert [one.code for one in judged.body.refusals] == ["AUT-CONNECTION"]
    assert rows(world, tables.received) == 0


def test_certificate_of_another_country_is_not_taken(open_world):
    world = open_world("KR-KCS", CHINA, "VN-CUSTOMS")
    certificate = a_certificate(agreement="KCFTA")
    prepared = world.issue(certificate, to=CHINA, by="VN-CUSTOMS")
    document = world.sealed(prepared.message_id, at="VN-CUSTOMS")

    answer = world.post(document, to=CHINA, by="VN-CUSTOMS")

    judged = world.read(answer.body, at="VN-CUSTOMS")
    assert [one.code for one in judged.body.refusals] == ["AUT-ISSUER"]
    assert world.registered(certificate, at=CHINA) is None
