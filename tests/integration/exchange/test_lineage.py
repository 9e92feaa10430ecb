"""Corrections, cancellations and annulments: what one side decides, the other knows."""

from dataclasses import replace
from decimal import Decimal

import pytest

from eodes.api import identify
from eodes.domain.lifecycle import Exchange, Incoming, Outgoing, Registered
from eodes.domain.message import MessageType
from eodes.errors import UnpreparableError
from eodes.messages.co_annul import AnnulmentReason, CertificateAnnulment
from eodes.messages.co_correct import CertificateCorrection
from eodes.messages.co_use import UseDecision, UsedQuantity, UseOutcome
from eodes.store import tables
from eodes.store.records import CertificateKey
from eodes.wire import envelope, signer
from tests.builders import a_certificate
from tests.integration.exchange.forging import resealed
from tests.world import correction_of

CHINA = "CN-GACC"
PATIENCE = 86_400


@pytest.fixture
def original():
    return a_certificate(agreement="KCFTA")


@pytest.fixture
def registered(world, original):
    world.issue(original, to=CHINA)
    world.run()
    return original


def state(world, certificate):
    entry = world.registered(certificate, at=CHINA)
    return entry.state if entry else None


def usable(world, *certificates):
    return [one for one in certificates if state(world, one) is Registered.AVAILABLE]


def kinds(world, prepared):
    return [one.type for one in world.receipts(prepared.message_id)]


def refusals(world, prepared):
    last = world.read(world.receipts(prepared.message_id)[-1].document)
    return [one.code for one in last.body.refusals]


def arrive(world, *prepared):
    """Bring sealed messages to China in this order, without its answers coming back."""
    for one in prepared:
        world.clock.advance(seconds=1)
        world.post(world.sealed(one.message_id), to=CHINA)


def test_correction_under_new_number_supersedes_on_both_sides(world, registered):
    new = correction_of(registered)

    world.correct(new, registered, to=CHINA)
    world.run()

    assert (state(world, registered), state(world, new)) == (
        Registered.SUPERSEDED,
        Registered.AVAILABLE,
    )
    assert world.registered(registered, at=CHINA).superseded_by_key == new.number_key
    assert world.exchange(new, to=CHINA) is Exchange.REGISTERED
    assert world.exchange(registered, to=CHINA) is Exchange.SUPERSEDED
    assert [
        one.facts["number_key"] for one in world.hearings["KR-KCS"].of("exchange.superseded")
    ] == [registered.number_key]


def test_correction_under_its_own_number_is_refused(world, registered):
    corrected = replace(registered, lineage_position=1)
    body = CertificateCorrection(corrected, identify(registered), "CLERICAL", "quantity")
    node = world.nodes["KR-KCS"]
    draft = node.preparing.draft(
        body, to=node.trust.current().partner(CHINA).profile, now=world.clock.now()
    )
    header = replace(draft.header, channel_seq=9, previous_digest="0" * 64)
    document = signer.seal(envelope.compose(header, draft.payload), signer=node.signer)

    answer = world.read(world.post(document, to=CHINA).body)

    assert [one.code for one in answer.body.refusals] == ["LIN-SAME-NUMBER"]
    assert usable(world, registered) == [registered]


def test_replacement_before_its_original_is_never_usable_beside_it(world, original):
    new = correction_of(original)
    first = world.issue(original, to=CHINA)
    second = world.correct(new, original, to=CHINA)

    arrive(world, second)
    held = state(world, new)
    arrive(world, first)

    assert held is Registered.HELD
    assert state(world, original) is Registered.SUPERSEDED
    assert state(world, new) is Registered.AVAILABLE


def test_held_replacement_is_told_registered_when_its_original_arrives(world, original):
    new = correction_of(original)
    first = world.issue(original, to=CHINA)
    second = world.correct(new, original, to=CHINA)
    world.nodes["KR-KCS"].seal()
    document = world.outgoing(first.message_id).sealed
    later = world.clock.now().replace(year=2027)
    with world.nodes["KR-KCS"].database.begin() as connection:
        connection.execute(
            tables.outgoing.update()
            .where(tables.outgoing.c.message_id == first.message_id)
            .values(due_at=later)
        )
    world.run()
    waiting = world.exchange(new, to=CHINA)

    world.post(document, to=CHINA)
    world.run()

    assert waiting is Exchange.HELD
    assert world.exchange(new, to=CHINA) is Exchange.REGISTERED
    assert kinds(world, second) == [MessageType.ACK_TECHNICAL, MessageType.ACK_BUSINESS]
    last = world.read(world.receipts(second.message_id)[-1].document)
    assert (last.body.state, last.body.warnings) == ("AVAILABLE", ())


def lone_correction(world, original, new):
    """A correction whose original was never sent."""
    prepared = world.correct(new, original, to=CHINA)
    world.run()
    return prepared


def test_held_replacement_is_accepted_with_warning_after_waiting(world, original):
    new = correction_of(original)
    prepared = lone_correction(world, original, new)
    world.clock.advance(seconds=PATIENCE - 60)
    world.run()
    before = state(world, new)

    world.clock.advance(seconds=120)
    world.run()

    last = world.read(world.receipts(prepared.message_id)[-1].document)
    assert before is Registered.HELD
    assert state(world, new) is Registered.AVAILABLE
    assert [one.code for one in last.body.warnings] == ["LIN-PREDECESSOR"]
    assert last.body.state == "AVAILABLE"
    assert world.exchange(new, to=CHINA) is Exchange.REGISTERED


def test_original_that_arrives_after_the_waiting_is_superseded(world, original):
    new = correction_of(original)
    lone_correction(world, original, new)
    world.clock.advance(seconds=PATIENCE + 60)
    world.run()

    world.issue(original, to=CHINA)
    world.run()

    assert state(world, original) is Registered.SUPERSEDED
    assert usable(world, original, new) == [new]
    assert world.exchange(original, to=CHINA) is Exchange.SUPERSEDED


def test_second_replacement_of_one_certificate_is_refused(world, registered):
    first, second = correction_of(registered), correction_of(registered, serial=9)
    world.correct(first, registered, to=CHINA)
    world.run()

    prepared = world.correct(second, registered, to=CHINA)
    world.run()

    assert refusals(world, prepared) == ["LIN-STATE"]
    assert usable(world, registered, first, second) == [first]


def test_second_replacement_is_refused_before_the_original_too(world, original):
    first, second = correction_of(original), correction_of(original, serial=9)
    lone_correction(world, original, first)

    prepared = lone_correction(world, original, second)
    world.clock.advance(seconds=PATIENCE + 60)
    world.run()

    assert refusals(world, prepared) == ["LIN-STATE"]
    assert usable(world, original, first, second) == [first]


def test_correction_of_a_held_correction_waits_with_it(world, original):
    first = correction_of(original)
    second = correction_of(first, serial=9)
    lone_correction(world, original, first)
    lone_correction(world, first, second)
    held = (state(world, first), state(world, second))

    world.issue(original, to=CHINA)
    world.run(rounds=6)

    assert held == (Registered.HELD, Registered.HELD)
    assert usable(world, original, first, second) == [second]
    assert world.exchange(first, to=CHINA) is Exchange.SUPERSEDED
    assert world.exchange(second, to=CHINA) is Exchange.REGISTERED


def test_held_correction_is_refused_when_the_original_was_used(world, original):
    new = correction_of(original)
    prepared = lone_correction(world, original, new)
    other = a_certificate(agreement="KCFTA", number_raw="K001-26-7654321")
    # What a race leaves behind: the original registered beside the correction, and used.
    world.issue(other, to=CHINA)
    world.run()
    with world.nodes[CHINA].database.begin() as connection:
        connection.execute(
            tables.received.update()
            .where(tables.received.c.number_key == other.number_key)
            .values(number_key=original.number_key, used_by_declaration="DECL-7")
        )
    world.run()

    assert refusals(world, prepared) == ["LIN-UTILISED"]
    assert world.registered(new, at=CHINA) is None
    assert world.received(prepared.message_id, at=CHINA).state is Incoming.SETTLED
    assert world.outgoing(prepared.message_id).state is Outgoing.REFUSED
    assert world.exchange(new, to=CHINA) is Exchange.REJECTED_BUSINESS


def test_same_held_correction_in_a_new_message_waits_as_well(world, original):
    new = correction_of(original)
    prepared = lone_correction(world, original, new)
    again = resealed(
        world,
        prepared,
        message_id="0" * 8 + prepared.message_id[8:],
        channel_seq=7,
        previous_digest="0" * 64,
    )

    answer = world.read(world.post(again, to=CHINA).body)

    assert answer.header.type is MessageType.ACK_TECHNICAL
    assert answer.body.held


def test_correction_of_a_used_certificate_is_refused(world, registered):
    world.use(registered, by=CHINA)
    world.run()
    new = correction_of(registered)

    prepared = world.correct(new, registered, to=CHINA)
    world.run()

    assert refusals(world, prepared) == ["LIN-UTILISED"]
    assert world.exchange(new, to=CHINA) is Exchange.REJECTED_BUSINESS
    assert world.exchange(registered, to=CHINA) is Exchange.USED


def test_unused_certificate_is_cancelled_on_both_sides(world, registered):
    world.cancel(registered, to=CHINA)
    pending = world.exchange(registered, to=CHINA)
    world.run()

    assert pending is Exchange.CANCEL_PENDING
    assert world.exchange(registered, to=CHINA) is Exchange.CANCELLED
    assert state(world, registered) is Registered.CANCELLED
    assert world.hearings[CHINA].kinds()[-1] == "certificate.cancelled"


def test_used_certificate_stays_and_the_reply_names_its_declaration(world, registered):
    world.use(registered, by=CHINA, declaration="DECL-42")
    world.run()

    world.cancel(registered, to=CHINA)
    world.run()

    answered = world.hearings["KR-KCS"].of("cancellation.answered")
    assert [one.facts["declaration_number"] for one in answered] == ["DECL-42"]
    assert [one.facts["outcome"] for one in answered] == ["REFUSED_UTILISED"]
    assert world.exchange(registered, to=CHINA) is Exchange.USED
    assert state(world, registered) is Registered.AVAILABLE


def test_cancellation_that_meets_a_use_on_its_way_ends_used(world, registered):
    world.use(registered, by=CHINA, declaration="DECL-42")
    world.cancel(registered, to=CHINA)

    world.run()

    assert world.exchange(registered, to=CHINA) is Exchange.USED
    assert state(world, registered) is Registered.AVAILABLE


def test_cancelled_reply_proves_that_the_certificate_was_registered(world, original):
    world.wires["KR-KCS"].lost_answers = 1
    world.issue(original, to=CHINA)
    world.run(rounds=1)
    before = world.exchange(original, to=CHINA)

    world.cancel(original, to=CHINA)
    world.run()
    world.clock.advance(hours=1)
    world.run()

    assert before is Exchange.SENT
    assert state(world, original) is Registered.CANCELLED
    assert world.exchange(original, to=CHINA) is Exchange.CANCELLED


def test_annulled_certificate_is_annulled_on_both_sides(world, registered):
    body = CertificateAnnulment(
        certificate=identify(registered),
        reason_code=AnnulmentReason.VERIFICATION,
        reason="not originating",
        effective_on=world.clock.now().date(),
    )

    world.send(body, to=CHINA)
    world.run()

    assert state(world, registered) is Registered.ANNULLED
    assert world.exchange(registered, to=CHINA) is Exchange.ANNULLED


def test_granted_use_of_a_certificate_that_waits_is_not_prepared(world, original):
    new = correction_of(original)
    lone_correction(world, original, new)

    with pytest.raises(UnpreparableError, match="LIN-STATE"):
        world.use(new, by=CHINA)


def test_withdrawn_use_lets_the_certificate_be_cancelled(world, registered):
    world.use(registered, by=CHINA)
    world.run()
    world.use(registered, by=CHINA, outcome=UseOutcome.WITHDRAWN)
    world.run()

    world.cancel(registered, to=CHINA)
    world.run()

    assert state(world, registered) is Registered.CANCELLED


def test_several_decisions_on_one_item_amount_to_one(world, registered):
    decided = (
        UseDecision(1, UseOutcome.DENIED, declaration_line="1"),
        UseDecision(1, UseOutcome.PARTLY, UsedQuantity(Decimal(10), "C62"), declaration_line="2"),
        UseDecision(1, UseOutcome.PARTLY, UsedQuantity(Decimal(5), "C62"), declaration_line="3"),
    )
    world.use(registered, by=CHINA, decisions=decided)
    world.run()

    assert world.exchange(registered, to=CHINA) is Exchange.USED_PARTLY
    with world.nodes["KR-KCS"].store.read() as unit:
        (kept,) = unit.exchanges.use_of(CertificateKey.named(identify(registered)), direction="IN")
    assert (kept.outcome, kept.quantity, kept.unit) == ("PARTLY", "15", "C62")
