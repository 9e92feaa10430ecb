"""The same message again, and what only looks like it: one registration, one answer."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from sqlalchemy import func, select

from eodes.domain.lifecycle import Incoming, Registered
from eodes.domain.message import MessageType
from eodes.store import tables
from tests.builders import a_certificate
from tests.integration.exchange.forging import resealed
from tests.world import answer_of, correction_of

TIMES = 8


def count(world, table, at="CN-GACC"):
    with world.nodes[at].database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def codes(world, answer):
    """The type of a signed answer and the codes that it names."""
    judged = world.read(answer.body)
    body = judged.body
    named = body.refusals if judged.header.type is MessageType.ERROR else body.warnings
    return judged.header.type, [one.code for one in named]


def at_once(receivings, document):
    barrier = threading.Barrier(TIMES)

    def post(place):
        barrier.wait()
        return answer_of(receivings[place % len(receivings)], document, connected_as="KR-KCS")

    with ThreadPoolExecutor(TIMES) as pool:
        return list(pool.map(post, range(TIMES)))


def test_message_posted_eight_times_at_once_is_registered_once(world):
    document = world.sealed(world.issue(a_certificate(agreement="KCFTA"), to="CN-GACC").message_id)

    answers = at_once([world.receiving["CN-GACC"]], document)

    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert count(world, tables.received) == 1
    assert count(world, tables.incoming) == 1


def test_two_processes_give_eight_equal_answers_to_one_message(world):
    document = world.sealed(world.issue(a_certificate(agreement="KCFTA"), to="CN-GACC").message_id)
    _, second = world.another("CN-GACC")

    answers = at_once([world.receiving["CN-GACC"], second], document)

    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert count(world, tables.received) == 1
    assert count(world, tables.incoming) == 1


def test_repeated_message_after_settling_gets_the_same_answer(world):
    prepared = world.issue(a_certificate(agreement="KCFTA"), to="CN-GACC")
    world.run()
    sealed = world.outgoing(prepared.message_id).sealed
    first = world.received(prepared.message_id, at="CN-GACC").answer

    again = world.post(sealed, to="CN-GACC")

    assert again.body == first


def test_same_id_with_other_bytes_is_refused(world):
    prepared = world.issue(a_certificate(agreement="KCFTA"), to="CN-GACC")
    world.run()
    place = {"channel_seq": 2, "previous_digest": "0" * 64}
    other = resealed(world, prepared, **place)

    answer = world.post(other, to="CN-GACC")

    assert codes(world, answer) == (MessageType.ERROR, ["DUP-MESSAGE"])
    assert count(world, tables.incoming) == 1


def test_same_place_in_the_channel_is_refused(world):
    prepared = world.issue(a_certificate(agreement="KCFTA"), to="CN-GACC")
    world.run()
    place = {"channel_seq": 1, "previous_digest": "0" * 64}
    other = resealed(world, prepared, message_id="0" * 8 + prepared.message_id[8:], **place)

    answer = world.post(other, to="CN-GACC")

    assert codes(world, answer) == (MessageType.ERROR, ["DUP-SEQUENCE"])


def test_same_number_with_other_content_is_refused(world):
    certificate = a_certificate(agreement="KCFTA")
    world.issue(certificate, to="CN-GACC")
    world.run()
    before = world.registered(certificate, at="CN-GACC")
    with world.nodes["KR-KCS"].database.begin() as connection:
        connection.execute(tables.exchange.delete())
    other = replace(certificate, invoices=(replace(certificate.invoices[0], number="HB-OTHER"),))
    again = world.issue(other, to="CN-GACC")

    answer = world.post(world.sealed(again.message_id), to="CN-GACC")

    assert codes(world, answer) == (MessageType.ERROR, ["DUP-NUMBER"])
    assert world.registered(certificate, at="CN-GACC") == before


def test_same_certificate_in_a_new_message_is_acknowledged_with_warning(world):
    certificate = a_certificate(agreement="KCFTA")
    prepared = world.issue(certificate, to="CN-GACC")
    world.run()
    place = {"channel_seq": 2, "previous_digest": "0" * 64}
    other = resealed(world, prepared, message_id="0" * 8 + prepared.message_id[8:], **place)

    answer = world.post(other, to="CN-GACC")
    world.run()

    assert codes(world, answer) == (MessageType.ACK_BUSINESS, ["DUP-CERTIFICATE"])
    assert count(world, tables.received) == 1
    assert len(world.hearings["CN-GACC"].of("certificate.received")) == 1


def test_refused_message_posted_again_gets_the_same_refusal(world):
    prepared = world.issue(a_certificate(agreement="KCFTA"), to="CN-GACC")
    world.run()
    place = {"channel_seq": 2, "previous_digest": "0" * 64}
    other = resealed(world, prepared, **place)

    answers = [world.post(other, to="CN-GACC") for _ in range(3)]

    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1


def test_refused_message_posted_at_once_gets_equal_refusals(world):
    prepared = world.issue(a_certificate(agreement="KCFTA"), to="CN-GACC")
    world.run()
    other = resealed(world, prepared, channel_seq=2, previous_digest="0" * 64)
    _, second = world.another("CN-GACC")

    answers = at_once([world.receiving["CN-GACC"], second], other)

    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1


def test_refusal_stays_when_its_reason_is_gone(world):
    old = a_certificate(agreement="KCFTA")
    new = correction_of(old)
    world.issue(old, to="CN-GACC")
    world.run()
    world.use(old, by="CN-GACC")
    prepared = world.correct(new, old, to="CN-GACC")
    world.run()
    first = world.outgoing(prepared.message_id)
    with world.nodes["CN-GACC"].store.begin() as unit:
        key = world.registered(old, at="CN-GACC").key
        unit.register.mark_used(key, declaration=None)

    again = world.post(first.sealed, to="CN-GACC")

    assert codes(world, again) == (MessageType.ERROR, ["LIN-UTILISED"])
    assert world.registered(new, at="CN-GACC") is None
    assert world.registered(old, at="CN-GACC").state is Registered.AVAILABLE


def test_stored_message_is_settled_once_whatever_is_repeated(world):
    prepared = world.issue(a_certificate(agreement="KCFTA"), to="CN-GACC")
    world.run()
    sealed = world.outgoing(prepared.message_id).sealed

    at_once([world.receiving["CN-GACC"]], sealed)
    world.run()

    assert world.received(prepared.message_id, at="CN-GACC").state is Incoming.SETTLED
    assert world.hearings["CN-GACC"].kinds() == ["certificate.received"]
