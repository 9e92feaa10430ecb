"""Verifications by message: asked, answered, determined, visited; what cannot belong is refused."""

import dataclasses
from datetime import date

import pytest
from sqlalchemy import update

from eodes.api import identify
from eodes.dialects.engine import load_dialect
from eodes.domain.lifecycle import Outgoing, Verification, Visit
from eodes.domain.verification import (
    DocumentKind,
    Doubt,
    DoubtKind,
    PreferenceOutcome,
    ReceivedBy,
    VerifiedCertificate,
)
from eodes.errors import UnpreparableError
from eodes.messages import verif_request
from eodes.messages.verif_extend import ExtensionDecision
from eodes.messages.visit_answer import VisitAnswerKind
from eodes.store import tables
from eodes.wire import envelope
from tests import verification_bodies as said
from tests.agreed import agree_on_messages
from tests.builders import a_certificate

KOREA, VIET_NAM = "KR-KCS", "VN-CUSTOMS"
HOUSE = load_dialect("eodes")


@pytest.fixture
def world(open_world, tmp_path):
    """Korea and Viet Nam, who agreed to verify by message."""
    return open_world(
        KOREA,
        VIET_NAM,
        profiles=agree_on_messages(tmp_path / "profiles", "kr-kcs", "vn-customs"),
    )


@pytest.fixture
def certificate(world):
    certificate = a_certificate(agreement="KVFTA")
    world.issue(certificate, to=VIET_NAM)
    world.run()
    return certificate


@pytest.fixture
def asked(world, certificate):
    """The case that Viet Nam opened in Korea."""
    ask(world, said.a_request(certificate))
    return certificate


def ask(world, body):
    return deliver(world, body, by=VIET_NAM, to=KOREA)


def reply(world, body):
    return deliver(world, body, by=KOREA, to=VIET_NAM)


def deliver(world, body, *, by, to):
    prepared = world.send(body, by=by, to=to)
    world.run(2)
    return prepared.message_id


def forge(world, body, *, by, to):
    """Send what the sender's own gateway would not let out: as if it kept no record of cases."""
    message_id = write(world, body, by=by, to=to)
    world.run(2)
    return message_id


def write(world, body, *, by=VIET_NAM, to=KOREA):
    """Prepare a message past our own gate."""
    world.clock.advance(seconds=1)
    node = world.nodes[by]
    with node.store.begin() as unit:
        draft = node.gateway._preparing.draft(  # past our own gate
            body, to=node.trust.current().partner(to).profile, now=world.clock.now()
        )
        node.gateway._preparing._store(  # past our own gate
            unit, body, draft, to=node.trust.current().partner(to), now=world.clock.now()
        )
    return draft.header.message_id


def refusal_of(world, message_id, *, at):
    message = world.outgoing(message_id, at=at)
    return message.code if message.state is Outgoing.REFUSED else message.state


def case_at(world, authority, *, partner):
    with world.nodes[authority].store.read() as unit:
        return unit.verifications.find([(partner, said.CASE)]).get((partner, said.CASE))


def news(world, authority, kind):
    return world.hearings[authority].of(kind)


# The line of a case


def test_case_goes_from_request_to_determination(world, asked):
    reply(world, said.a_receipt())
    reply(world, said.an_extension())
    ask(world, said.an_extension(decision=ExtensionDecision.GRANTED))
    result = reply(world, said.a_result(asked))
    determined = ask(world, said.a_determination(asked))

    heard = [one.kind for one in world.hearings[KOREA].heard if one.kind.startswith("verif.")]
    assert heard == ["verif.request", "verif.extend", "verif.determine"]
    heard = [one.kind for one in world.hearings[VIET_NAM].heard if one.kind.startswith("verif.")]
    assert heard == ["verif.ack", "verif.extend", "verif.result"]
    assert world.outgoing(result, at=KOREA).state is Outgoing.ACKNOWLEDGED
    assert world.outgoing(determined, at=VIET_NAM).state is Outgoing.ACKNOWLEDGED
    for authority, partner in ((KOREA, VIET_NAM), (VIET_NAM, KOREA)):
        case = case_at(world, authority, partner=partner)
        assert (case.state, case.asker) == (Verification.DETERMINED, VIET_NAM)


def test_every_message_stands_in_the_conversation_of_its_case(world, asked):
    reply(world, said.a_receipt())
    reply(world, said.a_result(asked))

    with world.nodes[VIET_NAM].store.read() as unit:
        came = [
            unit.inbox.find(KOREA, one.message_id)
            for one in world.hearings[VIET_NAM].heard
            if one.kind.startswith("verif.")
        ]
    assert [one.conversation_id for one in came] == [said.CASE, said.CASE]


def test_visit_goes_from_proposal_to_final_determination(world, asked):
    reply(world, said.a_result(asked))
    ask(world, said.a_proposal(asked))
    postponed = {
        "answer": VisitAnswerKind.POSTPONED,
        "from_date": date(2027, 5, 10),
        "to_date": date(2027, 5, 11),
        "reason": "the plant stands still",
        "consented_on": None,
    }
    reply(world, said.a_visit_answer(**postponed))
    ask(world, said.visit_findings(asked))
    reply(world, said.visit_comments())
    ask(world, said.visit_final(asked))

    case = case_at(world, KOREA, partner=VIET_NAM)
    assert (case.visit, case.state) == (Visit.FINAL, Verification.DETERMINED)
    assert case_at(world, VIET_NAM, partner=KOREA).visit is Visit.FINAL
    assert [one.kind for one in world.hearings[KOREA].heard if one.kind.startswith("visit.")] == [
        "visit.proposal",
        "visit.findings",
        "visit.final",
    ]
    answer = news(world, VIET_NAM, "visit.answer")[0].facts["said"]
    assert (answer["answer"], answer["from_date"]) == ("POSTPONED", "2027-05-10")


def test_refused_visit_is_agreed_to_when_proposed_anew(world, asked):
    reply(world, said.a_result(asked))
    ask(world, said.a_proposal(asked))
    refused = {"answer": VisitAnswerKind.REFUSED, "reason": "no consent", "consented_on": None}
    reply(world, said.a_visit_answer(**refused))
    ask(world, said.a_proposal(asked, visit_no=2, from_date=date(2027, 4, 20)))
    late = forge(world, said.a_visit_answer(visit_no=1), by=KOREA, to=VIET_NAM)
    reply(world, said.a_visit_answer(visit_no=2))

    assert refusal_of(world, late, at=KOREA) == "LIN-VERIF-STATE"
    assert case_at(world, VIET_NAM, partner=KOREA).visit is Visit.AGREED


def test_incomplete_result_is_asked_about_in_a_second_round(world, asked):
    reply(world, said.a_result(asked))
    further = (Doubt(DoubtKind.RESULT_INCOMPLETE, "the costs are missing"),)
    ask(world, said.a_request(asked, round=2, doubts=further))
    between = case_at(world, KOREA, partner=VIET_NAM)
    reply(world, said.a_result(asked, round=2, concluded_on=date(2027, 3, 2)))

    assert (between.round, between.state) == (2, Verification.REQUESTED)
    assert case_at(world, KOREA, partner=VIET_NAM).state is Verification.ANSWERED


def test_objection_is_followed_by_a_revision_of_the_determination(world, asked):
    ask(world, said.a_determination(asked))
    granted = said.a_denial(asked, outcome=PreferenceOutcome.GRANTED, ground=None)

    revised = ask(world, said.a_determination(asked, decisions=(granted,), is_revision=True))

    assert world.outgoing(revised, at=VIET_NAM).state is Outgoing.ACKNOWLEDGED
    told = news(world, KOREA, "verif.determine")
    assert [one.facts["said"].get("is_revision", False) for one in told] == [False, True]


# What the office is told


def test_news_of_a_request_tells_all_but_the_bytes(world, certificate):
    paper = said.evidence(confidentiality=(), consent=None)
    body = said.a_request(certificate, documents=(paper,))

    message_id = ask(world, body)

    told = news(world, KOREA, "verif.request")[0]
    assert told.facts["case_id"] == said.CASE
    assert told.facts["asker"] == VIET_NAM
    assert told.facts["annexes_inside"] == [paper.sha256]
    assert told.facts["said"]["clock"]["anchor"] == "RECEIPT"
    assert told.facts["said"]["questions"][0]["question_id"] == "Q1"
    assert "content" not in told.facts["said"]["documents"][0]
    inside = world.nodes[KOREA].gateway.annex(paper.sha256, of=(VIET_NAM, message_id))
    assert inside == said.EVIDENCE


def test_annex_that_did_not_travel_is_not_found(world, asked):
    beside = said.evidence(is_inside=False)
    message_id = reply(world, said.a_result(asked, documents=(beside,)))
    gateway = world.nodes[VIET_NAM].gateway

    assert gateway.annex(beside.sha256, of=(KOREA, message_id)) is None
    assert gateway.annex(beside.sha256, of=(KOREA, said.CASE)) is None


def test_asking_side_is_told_when_its_request_was_registered(world, asked):
    told = news(world, VIET_NAM, "verification.delivered")

    assert [one.facts["type"] for one in told] == ["VERIF_REQUEST"]
    assert told[0].facts["case_id"] == said.CASE
    assert told[0].facts["registered_at"].startswith("2026-11-21T")


# What cannot belong


def test_result_of_a_case_never_asked_is_refused(world, certificate):
    message_id = forge(world, said.a_result(certificate), by=KOREA, to=VIET_NAM)

    assert refusal_of(world, message_id, at=KOREA) == "LIN-VERIF-UNKNOWN"
    assert news(world, VIET_NAM, "verif.result") == []
    told = news(world, KOREA, "verification.refused")
    assert told[0].facts["refusals"][0]["code"] == "LIN-VERIF-UNKNOWN"


def test_case_of_another_partner_is_unknown_to_a_third(open_world, tmp_path):
    names = ("kr-kcs", "vn-customs", "cn-gacc")
    world = open_world(
        KOREA, VIET_NAM, "CN-GACC", profiles=agree_on_messages(tmp_path / "profiles", *names)
    )
    certificate = a_certificate(agreement="KVFTA")
    world.issue(certificate, to=VIET_NAM)
    world.run()
    ask(world, said.a_request(certificate))

    message_id = forge(world, said.a_determination(certificate), by="CN-GACC", to=KOREA)

    assert refusal_of(world, message_id, at="CN-GACC") == "LIN-VERIF-UNKNOWN"


def test_certificate_sent_to_another_partner_is_not_verified_for_us(open_world, tmp_path):
    world = open_world(
        KOREA, VIET_NAM, profiles=agree_on_messages(tmp_path / "profiles", "kr-kcs", "vn-customs")
    )
    never_sent = a_certificate(agreement="KVFTA")

    message_id = forge(world, said.a_request(never_sent), by=VIET_NAM, to=KOREA)

    assert refusal_of(world, message_id, at=VIET_NAM) == "REF-VERIF-CERTIFICATE"


def test_certificate_on_paper_is_verified_though_never_sent(world):
    paper = a_certificate(agreement="KVFTA")
    on_paper = VerifiedCertificate(identify(paper), ReceivedBy.PAPER)
    copy = said.evidence(kind=DocumentKind.CERTIFICATE, confidentiality=(), consent=None)

    ask(world, said.a_request(paper, certificates=(on_paper,), documents=(copy,)))

    assert len(news(world, KOREA, "verif.request")) == 1


def test_certificate_of_a_third_country_is_not_asked_about(world, certificate):
    foreign = dataclasses.replace(identify(certificate), issuing_country="CN")
    named = VerifiedCertificate(foreign, ReceivedBy.PAPER)
    copy = said.evidence(kind=DocumentKind.CERTIFICATE, confidentiality=(), consent=None)
    body = said.a_request(certificate, certificates=(named,), documents=(copy,))

    message_id = forge(world, body, by=VIET_NAM, to=KOREA)

    assert refusal_of(world, message_id, at=VIET_NAM) == "REF-VERIF-CERTIFICATE"


def test_second_request_with_other_content_conflicts(world, asked):
    other = said.a_request(asked, case_number="HP-2026-2")

    message_id = forge(world, other, by=VIET_NAM, to=KOREA)

    assert refusal_of(world, message_id, at=VIET_NAM) == "DUP-VERIF"
    assert len(news(world, KOREA, "verif.request")) == 1


def test_same_request_again_changes_and_tells_nothing(world, asked):
    before = case_at(world, KOREA, partner=VIET_NAM)

    message_id = ask(world, said.a_request(asked))

    assert world.outgoing(message_id, at=VIET_NAM).state is Outgoing.ACKNOWLEDGED
    warned = world.receipts(message_id, at=VIET_NAM)[0].body["warnings"]
    assert [one["code"] for one in warned] == ["DUP-VERIF-AGAIN"]
    assert case_at(world, KOREA, partner=VIET_NAM) == before
    assert len(news(world, KOREA, "verif.request")) == 1


def test_result_after_the_determination_is_refused(world, asked):
    ask(world, said.a_determination(asked))

    message_id = forge(world, said.a_result(asked), by=KOREA, to=VIET_NAM)

    assert refusal_of(world, message_id, at=KOREA) == "LIN-VERIF-STATE"


def test_result_about_a_certificate_not_asked_is_refused(world, asked):
    other = a_certificate(agreement="KVFTA", number_raw="K001-26-7654321")

    message_id = forge(world, said.a_result(other), by=KOREA, to=VIET_NAM)

    assert refusal_of(world, message_id, at=KOREA) == "REF-VERIF-CERTIFICATE"


def test_asked_side_does_not_determine_the_case(world, asked):
    message_id = forge(world, said.a_determination(asked), by=KOREA, to=VIET_NAM)

    assert refusal_of(world, message_id, at=KOREA) == "LIN-VERIF-SIDE"


def test_two_requests_at_once_open_one_case(world, certificate):
    first = world.send(said.a_request(certificate), by=VIET_NAM, to=KOREA).message_id
    document = world.sealed(first, at=VIET_NAM)
    other = world.sealed(
        write(world, said.a_request(certificate, case_number="HP-2026-2")), at=VIET_NAM
    )

    answers = [
        world.receiving[KOREA].receive(one, connected_as=VIET_NAM) for one in (document, other)
    ]
    judged = [world.read(one.result(timeout=30), at=VIET_NAM).body for one in answers]

    assert [type(one).__name__ for one in judged] == ["AcknowledgementBusiness", "Error"]
    assert judged[1].refusals[0].code == "DUP-VERIF"


# Our own gateway


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (said.a_result, "LIN-VERIF-SIDE"),
        (lambda one: said.a_request(one, round=3), "LIN-VERIF-STATE"),
        (said.visit_findings, "LIN-VERIF-STATE"),
        (lambda one: said.a_request(one, case_number="other"), "DUP-VERIF"),
    ],
    ids=["other side's", "round skipped", "visit never proposed", "other content"],
)
def test_own_gateway_lets_nothing_out_that_cannot_belong(world, asked, body, code):
    with pytest.raises(UnpreparableError) as caught:
        world.send(body(asked), by=VIET_NAM, to=KOREA)

    assert [one.code for one in caught.value.refusals] == [code]


def test_refused_request_may_be_said_anew_in_its_case(world, certificate):
    wrong = world.send(said.a_request(certificate), by=VIET_NAM, to=KOREA).message_id
    paper = said.evidence(confidentiality=(), consent=None)
    damaged = dataclasses.replace(paper, content="AAAAAAAA")
    put_under(world, wrong, said.a_request(certificate, documents=(damaged,)))
    world.run(2)

    again = ask(world, said.a_request(certificate, documents=(paper,)))

    assert refusal_of(world, wrong, at=VIET_NAM) == "REF-ANNEX-DIGEST"
    assert world.outgoing(again, at=VIET_NAM).state is Outgoing.ACKNOWLEDGED


def put_under(world, message_id, body):
    """Put another body under a prepared message, before it gets its place and signature."""
    node = world.nodes[VIET_NAM]
    profile = node.trust.current().partner(KOREA).profile
    element = verif_request.SPEC.encode(body, dialect=HOUSE, profile=profile)
    assert not isinstance(element, tuple), element
    payload = envelope.payload_bytes(element)
    digest = envelope.payload_digest(payload)
    with node.store.begin() as unit:
        header = unit.outbox.get(message_id).header | {"body_digest": digest}
        unit.connection.execute(
            update(tables.outgoing)
            .where(tables.outgoing.c.message_id == message_id)
            .values(payload=payload, body_digest=digest, header=header)
        )


def test_partner_who_verifies_by_letter_gets_no_message(open_world):
    world = open_world(KOREA, VIET_NAM)
    certificate = a_certificate(agreement="KVFTA")
    world.issue(certificate, to=VIET_NAM)
    world.run()

    with pytest.raises(UnpreparableError) as caught:
        world.send(said.a_request(certificate), by=VIET_NAM, to=KOREA)

    assert [one.code for one in caught.value.refusals] == ["AUT-TYPE"]
    assert [one.verifies_by_message for one in world.nodes[KOREA].gateway.partners()] == [False]
