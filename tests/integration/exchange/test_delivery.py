"""Lost answers, bad answers, a partner that is down: the same bytes, and one registration."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from eodes.domain import record
from eodes.domain.lifecycle import Exchange, Outgoing, Registered
from eodes.domain.message import Header, MessageType
from eodes.domain.verdict import Refusal
from eodes.exchange.answering import error_of
from eodes.exchange.resend import Resending, resend
from eodes.store import tables
from eodes.store.records import Page
from eodes.transport.answer import Answer
from eodes.wire import envelope, parser, signature, signer
from eodes.wire.canonical import canonicalize
from tests.builders import a_certificate
from tests.world import correction_of

CHINA = "CN-GACC"


@pytest.fixture
def certificate():
    return a_certificate(agreement="KCFTA")


@pytest.fixture
def wire(world):
    return world.wires["KR-KCS"]


def numbered(count):
    return [
        a_certificate(agreement="KCFTA", number_raw=f"K001-26-{3000000 + place}")
        for place in range(count)
    ]


def signed_by_china(world, message, body, *, kind=MessageType.ACK_BUSINESS, **changes):
    """A signal of China's about a message of Korea's, with changes in its head."""
    node = world.nodes[CHINA]
    about = record.read(Header, message.header)
    answering = node.recording.answering
    header, payload = answering.compose(kind, body, to="KR-KCS", about=about, now=world.clock.now())
    return signer.seal(envelope.compose(replace(header, **changes), payload), signer=node.signer)


def test_lost_answer_is_settled_by_the_duplicate_answer(world, wire, certificate):
    wire.lost_answers = 1
    prepared = world.issue(certificate, to=CHINA)
    world.run(rounds=1)
    between = world.exchange(certificate, to=CHINA), world.outgoing(prepared.message_id).state

    world.clock.advance(minutes=1)
    world.run(rounds=1)

    assert between == (Exchange.SENT, Outgoing.SEALED)
    assert len(wire.sent) == 2
    assert wire.sent[0] == wire.sent[1]
    assert world.exchange(certificate, to=CHINA) is Exchange.REGISTERED
    answers = [one.document for one in world.receipts(prepared.message_id)]
    assert answers == [world.received(prepared.message_id, at=CHINA).answer]
    assert world.hearings[CHINA].kinds() == ["certificate.received"]


def test_lost_document_goes_again_with_the_same_bytes(world, wire, certificate):
    wire.lost_documents = 2
    world.issue(certificate, to=CHINA)
    for _ in range(3):
        world.run(rounds=1)
        world.clock.advance(minutes=1)

    assert len(wire.sent) == 3
    assert len(set(wire.sent)) == 1
    assert world.exchange(certificate, to=CHINA) is Exchange.REGISTERED


def bare(document):
    """The canonical bytes of a document without its signature."""
    parsed = parser.parse(document, limits=parser.Limits())
    assert isinstance(parsed, parser.Document)
    signature.drop_signature(parsed.root)
    return canonicalize(parsed.root)


def unsigned(world, message, answer):
    return bare(answer.body)


def by_wrong_key(world, message, answer):
    return signer.seal(bare(answer.body), signer=world.nodes["KR-KCS"].signer)


def about_other_bytes(world, message, answer):
    body = replace(world.read(answer.body).body, digest="0" * 64)
    return signed_by_china(world, message, body)


def about_another_message(world, message, answer):
    body = world.read(answer.body).body
    return signed_by_china(
        world,
        message,
        body,
        causation_id="0" * 8 + message.message_id[8:],
    )


@pytest.mark.parametrize(
    "falsify", [unsigned, by_wrong_key, about_other_bytes, about_another_message]
)
def test_bad_answer_is_no_evidence_and_the_bytes_go_again(
    world, wire, certificate, falsify
):  # pytest names them
    prepared = world.issue(certificate, to=CHINA)
    world.nodes["KR-KCS"].seal()
    message = world.outgoing(prepared.message_id)
    wire.answer_with = lambda _, answer: Answer(200, falsify(world, message, answer))
    world.run(rounds=1)
    after_bad = (
        world.outgoing(prepared.message_id).state,
        world.receipts(prepared.message_id),
        world.exchange(certificate, to=CHINA),
    )

    wire.answer_with = None
    world.clock.advance(minutes=1)
    world.run(rounds=1)

    assert after_bad == (Outgoing.SEALED, (), Exchange.SENT)
    assert wire.sent[0] == wire.sent[1]
    assert world.exchange(certificate, to=CHINA) is Exchange.REGISTERED


def test_late_acknowledgement_settles_a_message_given_up(world, wire, certificate):
    prepared = world.issue(certificate, to=CHINA)
    answer = world.post(world.sealed(prepared.message_id), to=CHINA)
    wire.is_down = True
    give_up(world)
    before = world.outgoing(prepared.message_id).state, world.exchange(certificate, to=CHINA)

    world.post(answer.body, to="KR-KCS", by=CHINA)
    world.run(rounds=1)

    assert before == (Outgoing.FAILED, Exchange.UNKNOWN)
    assert world.outgoing(prepared.message_id).state is Outgoing.ACKNOWLEDGED
    assert world.exchange(certificate, to=CHINA) is Exchange.REGISTERED
    told = [one for one in world.hearings["KR-KCS"].kinds() if one != "exchange.sent"]
    assert told == ["exchange.unknown", "exchange.registered"]


def test_late_acknowledgement_settles_a_message_that_waits_to_go_again(world, wire, certificate):
    wire.lost_answers = 1
    prepared = world.issue(certificate, to=CHINA)
    world.run(rounds=1)

    world.post(world.received(prepared.message_id, at=CHINA).answer, to="KR-KCS", by=CHINA)
    world.run(rounds=1)
    world.clock.advance(hours=1)
    world.run(rounds=1)

    assert world.outgoing(prepared.message_id).state is Outgoing.ACKNOWLEDGED
    assert world.exchange(certificate, to=CHINA) is Exchange.REGISTERED
    assert len(wire.sent) == 1


def test_answer_to_nothing_of_ours_is_only_noted(world, certificate):
    prepared = world.issue(certificate, to=CHINA)
    world.run(rounds=1)
    message = world.outgoing(prepared.message_id)
    body = world.read(world.receipts(prepared.message_id)[0].document).body
    stray = signed_by_china(
        world,
        message,
        body,
        causation_id="0" * 8 + message.message_id[8:],
    )

    world.post(stray, to="KR-KCS", by=CHINA)
    world.run(rounds=1)

    assert "answer.unmatched" in world.hearings["KR-KCS"].kinds()
    assert len(world.receipts(prepared.message_id)) == 1


def test_repeated_acknowledgement_does_not_take_use_back(world, certificate):
    prepared = world.issue(certificate, to=CHINA)
    world.run()
    world.use(certificate, by=CHINA)
    world.run()

    with world.nodes["KR-KCS"].store.begin() as unit:
        unit.outbox.resend(prepared.message_id, now=world.clock.now())
    world.run()

    assert world.exchange(certificate, to=CHINA) is Exchange.USED
    assert world.hearings["KR-KCS"].kinds().count("exchange.registered") == 1


def test_use_feedback_before_the_answer_ends_as_used(world, wire, certificate):
    wire.lost_answers = 1
    world.issue(certificate, to=CHINA)
    world.run(rounds=1)

    world.use(certificate, by=CHINA)
    world.run()
    world.clock.advance(hours=1)
    world.run()

    assert world.exchange(certificate, to=CHINA) is Exchange.USED


def give_up(world, days=5):
    """Let Korea try as often and as long as it will."""
    for _ in range(days * 24 * 12):
        world.nodes["KR-KCS"].deliver()
        world.clock.advance(minutes=5)
    world.nodes["KR-KCS"].tell()


def test_partner_down_for_days_is_tried_within_budget_then_resent(world, wire, certificate):
    wire.is_down = True
    prepared = world.issue(certificate, to=CHINA)
    world.nodes["KR-KCS"].seal()
    timers = world.nodes["KR-KCS"].trust.current().partner(CHINA).profile.timers
    give_up(world)
    failed = world.outgoing(prepared.message_id)
    calls = wire.calls

    wire.is_down = False
    with world.nodes["KR-KCS"].store.begin() as unit:
        unit.outbox.resend(prepared.message_id, now=world.clock.now())
    world.run()

    assert failed.state is Outgoing.FAILED
    assert failed.code == "SYS-UNREACHABLE"
    assert calls == timers.repeats + 1
    assert world.outgoing(prepared.message_id).state is Outgoing.ACKNOWLEDGED
    assert world.exchange(certificate, to=CHINA) is Exchange.REGISTERED


def test_message_sent_again_by_a_person_gets_its_repeats_anew(world, wire, certificate):
    wire.is_down = True
    prepared = world.issue(certificate, to=CHINA)
    world.nodes["KR-KCS"].seal()
    timers = world.nodes["KR-KCS"].trust.current().partner(CHINA).profile.timers
    give_up(world)
    with world.nodes["KR-KCS"].store.begin() as unit:
        came_of_it = resend(unit, prepared.message_id, now=world.clock.now())

    give_up(world)

    assert came_of_it is Resending.GOES_AGAIN
    assert wire.calls == 2 * (timers.repeats + 1)
    assert world.outgoing(prepared.message_id).state is Outgoing.FAILED


def test_attempts_of_a_backlog_are_spread_and_the_backlog_drains(world, wire):
    wire.is_down = True
    for certificate in numbered(40):
        world.issue(certificate, to=CHINA)
    world.nodes["KR-KCS"].seal()
    for _ in range(60):
        world.nodes["KR-KCS"].deliver()
        world.clock.advance(minutes=1)
    with world.nodes["KR-KCS"].database.read() as connection:
        due = connection.execute(select(tables.outgoing.c.due_at)).scalars().all()

    wire.is_down = False
    for _ in range(40):
        world.run(rounds=1)
        world.clock.advance(minutes=1)

    assert max(due) - min(due) > timedelta(minutes=3)
    assert len(set(due)) > len(due) / 2
    with world.nodes["KR-KCS"].database.read() as connection:
        states = set(connection.execute(select(tables.exchange.c.state)).scalars())
    assert states == {"REGISTERED"}


def test_refusal_for_the_moment_is_repeated_after_pauses_only(world, wire, certificate):
    prepared = world.issue(certificate, to=CHINA)
    world.nodes["KR-KCS"].seal()
    message = world.outgoing(prepared.message_id)
    busy = error_of(message.document_digest, (Refusal("SYS-BUSY", "come again", retryable=True),))
    document = signed_by_china(world, message, busy, kind=MessageType.ERROR)
    wire.answer_with = lambda *_: Answer(200, document)
    for _ in range(50):
        world.nodes["KR-KCS"].deliver()
    at_once = wire.calls
    give_up(world)
    timers = world.nodes["KR-KCS"].trust.current().partner(CHINA).profile.timers

    assert at_once == 1
    assert wire.calls == timers.repeats + 1
    assert world.outgoing(prepared.message_id).state is Outgoing.FAILED
    assert world.exchange(certificate, to=CHINA) is Exchange.UNKNOWN


def test_busy_partner_is_not_met_before_the_time_it_asked_for(world, wire, certificate):
    world.issue(certificate, to=CHINA)
    world.nodes["KR-KCS"].seal()
    wire.answer_with = lambda *_: Answer(503, b"", retry_after=7200)
    world.nodes["KR-KCS"].deliver()

    world.clock.advance(minutes=100)
    world.nodes["KR-KCS"].deliver()
    early = wire.calls
    world.clock.advance(minutes=30)
    world.nodes["KR-KCS"].deliver()

    assert (early, wire.calls) == (1, 2)


def test_message_that_nobody_attributes_waits_for_a_person(world, wire, certificate):
    wire.answer_with = lambda *_: Answer(403, b"")
    prepared = world.issue(certificate, to=CHINA)

    world.run()

    assert world.outgoing(prepared.message_id).state is Outgoing.FAILED
    assert world.exchange(certificate, to=CHINA) is Exchange.UNKNOWN


def test_deadline_for_the_answer_runs_from_delivery(world, wire, certificate):
    wire.is_down = True
    prepared = world.correct(correction_of(certificate), certificate, to=CHINA)
    world.run(rounds=1)
    for _ in range(30):
        world.clock.advance(hours=1)
        world.nodes["KR-KCS"].deliver()
    wire.is_down = False
    world.clock.advance(hours=1)
    world.run(rounds=1)
    world.nodes["KR-KCS"].expire()
    at_first = world.outgoing(prepared.message_id).state

    world.clock.advance(hours=25)
    world.nodes["KR-KCS"].expire()

    assert at_first is Outgoing.AWAITING
    assert world.outgoing(prepared.message_id).state is Outgoing.FAILED


def test_signal_of_ours_is_done_when_it_is_received(world, certificate):
    new = correction_of(certificate)
    prepared = world.correct(new, certificate, to=CHINA)
    world.run()
    world.clock.advance(hours=25)
    world.run()

    with world.nodes[CHINA].store.read() as unit:
        ours = unit.outbox.page(Page())
    told = [one for one in ours if one.causation_id == prepared.message_id]
    assert [(one.type, one.state) for one in told] == [
        (MessageType.ACK_BUSINESS, Outgoing.ACKNOWLEDGED)
    ]
    assert world.registered(new, at=CHINA).state is Registered.AVAILABLE
