"""What cannot take effect stays alone with its trouble: queues go on, threads live."""

import threading
from concurrent.futures import Future
from dataclasses import dataclass, replace

from sqlalchemy import select

from eodes.api import identify
from eodes.domain.lifecycle import Exchange, Incoming, Outgoing
from eodes.errors import ConfigurationError
from eodes.exchange import effect
from eodes.exchange.committer import Committer
from eodes.exchange.decide import Arrival
from eodes.exchange.record import Recording
from eodes.messages.co_use import CertificateUse, UseDecision, UseOutcome
from eodes.store import tables
from tests.builders import a_certificate
from tests.world import NOW, correction_of

CHINA = "CN-GACC"


def numbered(count):
    return [
        a_certificate(agreement="KCFTA", number_raw=f"K001-26-{3000000 + place}")
        for place in range(count)
    ]


def use_decided_twice(certificate):
    """Feedback that decides twice on one item: on two lines of a declaration."""
    return CertificateUse(
        certificate=identify(certificate),
        declaration_number="DECL-1",
        decided_on=NOW.date(),
        office="Port office",
        decisions=(UseDecision(1, UseOutcome.GRANTED), UseDecision(1, UseOutcome.DENIED)),
    )


def break_incoming(world, message_id, *, at):
    """Spoil the stored bytes of a message: what follows from it cannot be drawn any more."""
    with world.nodes[at].database.begin() as connection:
        connection.execute(
            tables.incoming.update()
            .where(tables.incoming.c.message_id == message_id)
            .values(document=b"<spoiled/>")
        )


def test_message_without_possible_effect_holds_up_no_other(world):
    bad, good = numbered(2)
    first = world.issue(bad, to=CHINA)
    second = world.issue(good, to=CHINA)
    for one in (first, second):
        world.post(world.sealed(one.message_id), to=CHINA)
    break_incoming(world, first.message_id, at=CHINA)

    world.nodes[CHINA].settle()

    stuck = world.received(first.message_id, at=CHINA)
    assert (stuck.state, stuck.code) == (Incoming.ACCEPTED, "SYS-EFFECT")
    assert world.received(second.message_id, at=CHINA).state is Incoming.SETTLED


def test_more_bad_messages_than_a_batch_do_not_block_the_queue(world):
    node = world.nodes[CHINA]
    sent = [world.issue(one, to=CHINA) for one in numbered(3)]
    documents = [world.sealed(one.message_id) for one in sent]
    for document in documents[:2]:
        world.post(document, to=CHINA)
    for one in sent[:2]:
        break_incoming(world, one.message_id, at=CHINA)
    world.clock.advance(seconds=1)
    world.post(documents[2], to=CHINA)
    one_at_a_time = replace(node.taking_effect)
    with_batch_of_one(one_at_a_time, world, rounds=3)

    assert world.received(sent[2].message_id, at=CHINA).state is Incoming.SETTLED


def with_batch_of_one(taking_effect, world, *, rounds):
    before = effect.BATCH
    effect.BATCH = 1
    try:
        for _ in range(rounds):
            taking_effect.settle_all(world.nodes[CHINA].trust.current())
    finally:
        effect.BATCH = before


def test_bad_message_is_looked_at_again_after_a_pause(world):
    bad = numbered(1)[0]
    prepared = world.issue(bad, to=CHINA)
    world.post(world.sealed(prepared.message_id), to=CHINA)
    document = world.received(prepared.message_id, at=CHINA).document
    break_incoming(world, prepared.message_id, at=CHINA)
    world.nodes[CHINA].settle()
    with world.nodes[CHINA].database.begin() as connection:
        connection.execute(tables.incoming.update().values(document=document))
    at_once = world.nodes[CHINA].settle()

    world.clock.advance(minutes=1)
    later = world.nodes[CHINA].settle()

    assert (at_once, later) == (0, 1)
    assert world.received(prepared.message_id, at=CHINA).state is Incoming.SETTLED


def test_bad_held_replacement_holds_up_no_other(world):
    old, other_old = numbered(2)
    first = world.correct(correction_of(old, serial=8), old, to=CHINA)
    second = world.correct(correction_of(other_old, serial=9), other_old, to=CHINA)
    for one in (first, second):
        world.post(world.sealed(one.message_id), to=CHINA)
        world.clock.advance(seconds=1)
    break_incoming(world, first.message_id, at=CHINA)

    world.clock.advance(hours=25)
    world.nodes[CHINA].release()

    assert world.received(first.message_id, at=CHINA).state is Incoming.HELD
    assert world.received(second.message_id, at=CHINA).state is Incoming.ACCEPTED


def test_feedback_that_decides_twice_on_an_item_is_one_use(world):
    first, second = numbered(2)
    world.issue(first, to=CHINA)
    world.issue(second, to=CHINA)
    world.run()

    world.send(use_decided_twice(first), to="KR-KCS", by=CHINA)
    world.use(second, by=CHINA)
    world.run()

    assert world.exchange(first, to=CHINA) is Exchange.USED
    assert world.exchange(second, to=CHINA) is Exchange.USED


def test_partner_that_cannot_be_called_does_not_stop_the_others(open_world):
    world = open_world("KR-KCS", CHINA, "VN-CUSTOMS")
    wire = world.wires["KR-KCS"]
    post = wire.post

    def refuse_china(partner, document, *, attempt):
        if partner.authority == CHINA:
            raise ConfigurationError(file="china.pem", problem="cannot be read")
        return post(partner, document, attempt=attempt)

    wire.post = refuse_china
    vietnam = a_certificate(agreement="KVFTA")
    prepared = world.issue(numbered(1)[0], to=CHINA)
    world.issue(vietnam, to="VN-CUSTOMS")

    world.run()

    assert world.exchange(vietnam, to="VN-CUSTOMS") is Exchange.REGISTERED
    assert world.outgoing(prepared.message_id).state is Outgoing.SEALED


@dataclass(frozen=True, slots=True)
class Stumbling(Recording):
    """A recording that breaks on one document."""

    bad: bytes = b""

    def record(self, arrivals):
        if any(one.document == self.bad for one in arrivals):
            raise RuntimeError("a defect of ours")
        return Recording.record(self, arrivals)


def hand_over(committer: Committer, arrivals: list[Arrival]) -> list[Future[bytes | None]]:
    handed = [committer.submit(one) for one in arrivals]
    return [one for one in handed if one is not None]


def arrivals_of(world, documents):
    node = world.nodes[CHINA]
    trust = node.trust.refresh()
    return [
        Arrival(
            document=document,
            verdict=node.judge.judge(document, trust=trust.keys, at=world.clock.now()),
            partner="KR-KCS",
            received_at=world.clock.now(),
            trust_version=trust.version,
        )
        for document in documents
    ]


def test_message_that_breaks_recording_takes_no_neighbor_with_it(world):
    documents = [world.sealed(world.issue(one, to=CHINA).message_id) for one in numbered(4)]
    recording = world.nodes[CHINA].recording
    committer = Committer(Stumbling(recording.store, recording.answering, bad=documents[1]))
    waiting = hand_over(committer, arrivals_of(world, documents))

    committer.start()
    outcomes = [one.exception(timeout=30) for one in waiting]
    committer.stop()

    assert [type(one) for one in outcomes] == [type(None), RuntimeError, type(None), type(None)]
    with world.nodes[CHINA].database.read() as connection:
        assert len(connection.execute(select(tables.received.c.number_key)).all()) == 3


def test_caller_that_hangs_up_does_not_end_the_committer(world):
    documents = [world.sealed(world.issue(one, to=CHINA).message_id) for one in numbered(3)]
    committer = Committer(world.nodes[CHINA].recording)
    waiting = hand_over(committer, arrivals_of(world, documents))
    waiting[1].cancel()

    committer.start()
    answered = [waiting[0].result(timeout=30), waiting[2].result(timeout=30)]

    assert committer.is_alive
    assert all(answered)
    committer.stop()


def test_committer_takes_nothing_after_it_was_stopped(world):
    documents = [world.sealed(world.issue(one, to=CHINA).message_id) for one in numbered(2)]
    first, second = arrivals_of(world, documents)
    committer = Committer(world.nodes[CHINA].recording)
    (before,) = hand_over(committer, [first])
    committer.start()
    committer.stop()

    assert before.result(timeout=1)
    assert committer.submit(second) is None


def test_two_sealers_at_once_leave_no_gap_in_the_channel(world):
    other, _ = world.another("KR-KCS")
    for certificate in numbered(60):
        world.issue(certificate, to=CHINA)
    nodes = [world.nodes["KR-KCS"], other]
    barrier = threading.Barrier(2)

    def seal(node):
        barrier.wait()
        for _ in range(3):
            node.seal()

    threads = [threading.Thread(target=seal, args=(node,)) for node in nodes]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    with world.nodes["KR-KCS"].database.read() as connection:
        places = sorted(connection.execute(select(tables.outgoing.c.channel_seq)).scalars())
        last = connection.execute(select(tables.channel.c.last_seq)).scalar_one()
    assert places == list(range(1, 61))
    assert last == 60
