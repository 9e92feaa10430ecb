"""The pages of operators, partner desks and auditors, without a browser."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text

from ooms.access.model import Role
from tests.integration.office.test_office_exchanges import keep_comparison
from tests.integration.portal.desks import SignedIn
from tests.offices import PASSWORD, an_application, approved, determined


@pytest.fixture
def operator(offices):
    offices.person("KR-KCS", "ops", Role.OPERATOR)
    return SignedIn(offices, "ops")


@pytest.fixture
def keeper(offices):
    offices.person("KR-KCS", "desk", Role.PARTNER_DESK)
    return SignedIn(offices, "desk")


@pytest.fixture
def issued(offices):
    exporter = offices.company()
    officer = offices.person("KR-KCS", "kim", Role.OFFICER)
    application = approved(exporter, officer, an_application(determined(exporter)))
    return officer.post("/certificates", {"application_id": application["id"]})


def test_partner_desk_reads_partners_messages_and_their_evidence(offices, issued, keeper):
    offices.run()
    partners = keeper.open("/operator/partners")
    listed = keeper.open("/operator/messages")
    (path,) = set(re.findall(r"/operator/messages/[0-9a-f-]{36}", listed))
    evidence = keeper.open(path)

    assert "Green: well" in partners
    assert "VN-CUSTOMS" in partners
    assert "Signed answers" in evidence
    assert "Digest of the document" in evidence
    assert keeper.try_open("/operator/health").status_code == 403


def test_what_is_set_aside_is_red_in_words(offices, issued, keeper):
    offices.offices["KR-KCS"].works.do(
        lambda work: work.transaction.execute(text("UPDATE eodes_outgoing SET state = 'FAILED'"))
    )

    assert "Red: act now" in keeper.open("/operator/partners")
    assert "1 message is set aside" in keeper.open("/operator/messages")
    assert "Set aside: could not be delivered" in keeper.open("/operator/messages?state=FAILED")


def summary_of(page: str) -> list[str]:
    """Return what the summary at the head of a refused form says."""
    summary = page.partition("There is a problem")[2].partition("</ul>")[0]
    return re.findall(r'<a href="#[^"]*">(.*?)</a>', summary)


def test_message_is_sent_again_by_its_page_with_a_reason(offices, issued, keeper):
    offices.run()
    (path,) = set(
        re.findall(r"/operator/messages/[0-9a-f-]{36}", keeper.open("/operator/messages"))
    )
    unsaid = keeper.send(f"{path}/resending", path, reason="")
    again = keeper.send(f"{path}/resending", path, reason="the partner asked for it")

    assert unsaid.status_code == 422
    assert "There is a problem" in unsaid.text
    assert summary_of(unsaid.text) == ["Why: Fill this in."]
    assert again.headers["Location"] == f"{path}?done=message-resent"


def test_keys_and_comparisons_are_told_in_words(offices, keeper):
    offices.offices["KR-KCS"].works.do(lambda work: keep_comparison(work.transaction))

    keys = keeper.open("/operator/keys")
    compared = keeper.open("/operator/partners/VN-CUSTOMS/comparison")

    (page,) = set(re.findall(r"/operator/partners/VN-CUSTOMS/differences/[0-9a-f]+", compared))
    unsaid = keeper.send(f"{page}/explanation", page, reason="")
    said = keeper.send(f"{page}/explanation", page, reason="left out by agreement")

    assert keys.count("In force") >= 2
    assert "The same bytes were sent again." in compared
    assert unsaid.status_code == 422
    assert "There is a problem" in unsaid.text
    assert said.headers["Location"].endswith("/comparison?done=difference-explained")
    assert "left out by agreement" in keeper.open(said.headers["Location"])
    assert "Green: well" in keeper.open("/operator/partners")
    assert keeper.try_open(page[:-64] + "0" * 64).status_code == 404
    assert "What the last comparison with VN-CUSTOMS found" in keeper.open("/operator/partners")


def test_offices_posts_and_trainings_are_kept_by_pages(offices, operator):
    offices.person("KR-KCS", "kim", Role.OFFICER)
    new = "/operator/offices/new"
    given = {"code": "SEOUL", "name": "Seoul Customs", "kind": "CUSTOMS", "cities": "SEOUL, SUWON"}
    kept = operator.send(new, new, **given)
    wrong = operator.send(new, new, code="x")
    (page,) = set(
        re.findall(r"/operator/offices/officers/[0-9a-f-]{36}", operator.open("/operator/offices"))
    )
    post = operator.send(f"{page}/post", page, office="SEOUL", chapters="84, 85", most_open="20")
    late = operator.send(f"{page}/training", page, title="Rules", held_on="2999-01-01", hours="2")

    assert kept.headers["Location"].endswith("done=office-kept")
    assert wrong.status_code == 422
    assert "SEOUL, SUWON" in operator.open("/operator/offices")
    assert post.headers["Location"].endswith("done=post-kept")
    assert "84, 85" in operator.open(page)
    assert late.status_code == 422


def test_operator_reads_how_the_system_stands(operator):
    told = operator.open("/operator/health")

    assert "No job ever ran" in told
    assert "The database answers and is up to date" in told


@pytest.mark.parametrize("path", ["", "?way=HEARD", "?way=REFUSED", "?partner=VN-CUSTOMS"])
def test_lists_without_a_message_say_so(operator, path):
    assert "No message is found." in operator.open(f"/operator/messages{path}")


def test_operator_lets_somebody_in_and_out_again(offices, operator):
    given = {"login": "lee", "name": "Lee Mina", "role": "OFFICER", "password": PASSWORD}
    added = operator.send("/operator/users/new", "/operator/users/new", **given)
    page = added.headers["Location"].partition("?")[0]
    offices.log_in("KR-KCS", "lee")
    drawn = operator.send(f"{page}/password", page)
    refused = operator.send(f"{page}/disabling", page, reason="")
    shut = operator.send(f"{page}/disabling", page, reason="left the office")

    assert "Lee Mina" in operator.open("/operator/users?role=OFFICER")
    assert "shown this once" in drawn.text
    assert refused.status_code == 422
    assert "There is a problem" in refused.text
    assert shut.headers["Location"].endswith("done=user-disabled")
    assert "No, since" in operator.open(page)
    assert operator.send(f"{page}/enabling", page).status_code == 303


def test_auditor_reads_the_trail_and_checks_its_chain(offices, issued):
    offices.person("KR-KCS", "audit", Role.AUDITOR)
    auditor = SignedIn(offices, "audit")
    whole = auditor.open("/operator/trail")
    narrowed = auditor.open("/operator/trail?what=certificate.")

    assert "certificate.issued" in narrowed
    assert len(narrowed) < len(whole)
    assert "the chain holds" in auditor.open("/operator/trail/verification")
    offices.offices["KR-KCS"].works.do(
        lambda work: work.transaction.execute(text("UPDATE ooms_audit SET who = 'x' WHERE seq = 2"))
    )
    assert "the chain is broken" in auditor.open("/operator/trail/verification")


def test_user_without_the_right_is_told_so_in_words(keeper):
    answer = keeper.try_open("/operator/users")

    assert answer.status_code == 403
    assert "<h1" in answer.text
