"""What one message of a verification must hold, whoever reads it."""

import dataclasses
from datetime import date

import pytest

from eodes.api import identify
from eodes.domain.verification import (
    CaseDocument,
    Confidentiality,
    DocumentKind,
    Doubt,
    DoubtKind,
    Question,
    ReceivedBy,
    VerifiedCertificate,
)
from eodes.exchange import verification_rules
from eodes.messages.visit_answer import VisitAnswerKind
from tests import verification_bodies as said
from tests.builders import a_certificate
from tests.conformance.arbitrary import a_partner_for
from tests.unit.messages.test_envelope import a_header

CERTIFICATE = a_certificate(agreement="KVFTA")
PARTNER = a_partner_for()
OPEN = {"confidentiality": (), "consent": None}


def codes(body, *, to=PARTNER):
    return [one.code for one in verification_rules.before_sending(body, to=to)]


def words(body):
    return [one.detail for one in verification_rules.before_sending(body, to=PARTNER)]


def test_complete_messages_of_a_case_are_let_out():
    bodies = (
        said.a_request(CERTIFICATE),
        said.a_receipt(),
        said.an_extension(),
        said.a_result(CERTIFICATE),
        said.a_determination(CERTIFICATE),
        said.a_proposal(CERTIFICATE),
        said.a_visit_answer(),
        said.visit_findings(CERTIFICATE),
        said.visit_comments(),
        said.visit_final(CERTIFICATE),
    )

    assert [codes(body) for body in bodies] == [[]] * len(bodies)


@pytest.mark.parametrize("kind", [one for one in DoubtKind if one is not DoubtKind.RANDOM])
def test_doubt_without_words_is_no_reason_to_ask(kind):
    assert codes(said.a_request(CERTIFICATE, doubts=(Doubt(kind),))) == ["RUL-VERIF-INCOMPLETE"]


def test_random_check_needs_no_words():
    assert codes(said.a_request(CERTIFICATE, doubts=(Doubt(DoubtKind.RANDOM),))) == []


def test_request_about_a_paper_comes_with_its_copy():
    on_paper = (VerifiedCertificate(identify(CERTIFICATE), ReceivedBy.PAPER),)
    copy = said.evidence(kind=DocumentKind.CERTIFICATE, **OPEN)

    without = codes(said.a_request(CERTIFICATE, certificates=on_paper))
    with_copy = codes(said.a_request(CERTIFICATE, certificates=on_paper, documents=(copy,)))

    assert (without, with_copy) == (["RUL-VERIF-INCOMPLETE"], [])


def test_two_questions_never_share_an_id():
    twice = (Question("Q1", "what?"), Question("Q1", "why?"))

    assert words(said.a_request(CERTIFICATE, questions=twice)) == ["two questions bear one id."]


@pytest.mark.parametrize(
    "changes",
    [
        {"consented_on": None},
        {"answer": VisitAnswerKind.REFUSED},
        {"answer": VisitAnswerKind.POSTPONED, "reason": "busy"},
        {
            "answer": VisitAnswerKind.POSTPONED,
            "from_date": date(2027, 5, 1),
            "to_date": date(2027, 5, 2),
        },
    ],
    ids=["consent without day", "no without reason", "no other days", "late without reason"],
)
def test_answer_to_a_visit_says_all_that_belongs_to_it(changes):
    assert codes(said.a_visit_answer(**changes)) == ["RUL-VERIF-INCOMPLETE"]


def test_visit_and_investigation_end_after_they_begin():
    later, earlier = date(2027, 4, 2), date(2027, 4, 1)
    backwards = {"from_date": later, "to_date": earlier}
    investigated = dataclasses.replace(
        said.a_result(CERTIFICATE).investigations[0], from_date=later, to_date=earlier
    )
    result = said.a_result(CERTIFICATE, investigations=(investigated,))

    assert codes(said.a_proposal(CERTIFICATE, **backwards)) == ["RUL-VERIF-INCOMPLETE"]
    assert codes(said.visit_findings(CERTIFICATE, **backwards)) == ["RUL-VERIF-INCOMPLETE"]
    assert codes(result) == ["RUL-VERIF-INCOMPLETE"]


def test_denial_names_its_ground():
    groundless = (said.a_denial(CERTIFICATE, ground=None),)

    assert words(said.a_determination(CERTIFICATE, decisions=groundless)) == [
        f"the denial of item 1 of {CERTIFICATE.number_raw} names no ground."
    ]


def test_confidential_paper_does_not_leave_without_consent():
    paper = said.evidence(confidentiality=(Confidentiality.PRODUCTION_COST,), consent=None)
    body = said.a_result(CERTIFICATE, documents=(paper,))

    assert codes(body) == ["RUL-VERIF-CONSENT"]


def test_proof_goes_with_a_result_only_by_consent():
    proof = said.evidence(**OPEN)
    letter = said.evidence(kind=DocumentKind.LETTER, **OPEN)

    assert codes(said.a_result(CERTIFICATE, documents=(proof,))) == ["RUL-VERIF-CONSENT"]
    assert codes(said.a_result(CERTIFICATE, documents=(letter,))) == []


def test_received_paper_without_consent_is_not_the_receivers_matter():
    body = said.a_result(CERTIFICATE, documents=(said.evidence(consent=None),))
    header = dataclasses.replace(a_header(), conversation_id=said.CASE)

    assert verification_rules.at_receipt(body, header, own=PARTNER) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"sha256": "0" * 64},
        {"size": 7},
        {"content": "AAAA"},
        {"content": "AAAAA"},
    ],
    ids=["digest", "size", "content", "no base64"],
)
def test_paper_whose_bytes_are_others_is_refused(changes):
    paper = dataclasses.replace(said.evidence(), **changes)

    assert codes(said.a_result(CERTIFICATE, documents=(paper,))) == ["REF-ANNEX-DIGEST"]


def test_paper_larger_than_the_partner_takes_goes_beside():
    border = dataclasses.replace(PARTNER.border, annex_bytes=10)
    small = dataclasses.replace(PARTNER, border=border)
    beside = said.evidence(is_inside=False)

    assert codes(said.a_result(CERTIFICATE), to=small) == ["RUL-ANNEX-SIZE"]
    assert codes(said.a_result(CERTIFICATE, documents=(beside,)), to=small) == []


def test_message_outside_the_conversation_of_its_case_is_refused():
    refusals = verification_rules.at_receipt(said.a_receipt(), a_header(), own=PARTNER)

    assert [one.code for one in refusals] == ["ENV-CONVERSATION"]


def test_paper_knows_digest_and_size_of_its_bytes():
    paper = CaseDocument.holding(
        b"abc", title="A", media_type="text/plain", kind=DocumentKind.OTHER
    )

    assert paper.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (paper.size, paper.bytes_inside()) == (3, b"abc")
