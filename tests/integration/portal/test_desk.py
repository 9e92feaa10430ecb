"""The pages of officers, without a browser: every page of a case can be read and acted on."""

from __future__ import annotations

import pytest

from ooms.access.model import Role
from tests.approvals import applied
from tests.integration.portal.desks import SignedIn
from tests.offices import an_application, determined


@pytest.fixture
def waiting(offices):
    """An application that was handed in."""
    exporter = offices.company()
    made = exporter.post("/applications", an_application(determined(exporter)))
    exporter.post(f"/applications/{made['id']}/submission")
    return f"/desk/applications/{made['id']}"


@pytest.fixture
def officer(offices):
    offices.person("KR-KCS", "kim", Role.OFFICER)
    return SignedIn(offices, "kim")


@pytest.fixture
def supervisor(offices):
    offices.person("KR-KCS", "choi", Role.SUPERVISOR)
    return SignedIn(offices, "choi")


def test_officer_takes_checks_approves_and_issues_by_pages(officer, waiting):
    taken = officer.send(f"{waiting}/review", "/desk/queue")
    kept = officer.send(
        f"{waiting}/checks/PAPERS", waiting, PAPERS__finding="PASSED", PAPERS__detail="seen"
    )
    approved = officer.send(f"{waiting}/approval", waiting)
    issued = officer.send(f"{waiting}/issue", waiting)

    assert [one.status_code for one in (taken, kept, approved, issued)] == [303] * 4
    certificate = issued.headers["Location"].partition("?")[0]
    assert "K001-26-0000001" in officer.open(certificate)
    assert "K001-26-0000001" in officer.open("/desk/certificates?number=k001 26 0000001")
    assert "K001-26-0000001" in officer.open("/desk/register?agreement=AKFTA")
    assert "Lists of closed days" in officer.open("/desk/daily-lists")
    assert "Certificate issued" in officer.open(waiting) or "Issued" in officer.open(waiting)


def test_refusal_without_words_is_shown_at_its_field(officer, waiting):
    officer.send(f"{waiting}/review", "/desk/queue")
    refused = officer.send(f"{waiting}/refusal", waiting, refusal__reason_code="PAPERS")

    assert refused.status_code == 422
    assert "<title>Error:" in refused.text


def test_refusal_takes_a_second_person_by_pages(officer, supervisor, waiting):
    officer.send(f"{waiting}/review", "/desk/queue")
    words = {"refusal__reason_code": "PAPERS", "refusal__reason": "the invoice is another's"}
    officer.send(f"{waiting}/refusal", waiting, **words)
    seen = supervisor.open(waiting)
    back = supervisor.send(f"{waiting}/refusal/return", waiting, back__reason="look again")
    officer.send(f"{waiting}/refusal", waiting, **words)
    done = supervisor.send(f"{waiting}/refusal/confirmation", waiting)

    assert "The five checks" in seen
    assert "the invoice is another" in seen
    assert (back.status_code, done.status_code) == (303, 303)
    assert "Refused" in supervisor.open(waiting)


def test_supervisor_assigns_from_the_queue(offices, officer, supervisor, waiting):
    kim = offices.log_in("KR-KCS", "kim").get("/account")["id"]
    given = supervisor.send(f"{waiting}/assignment", "/desk/queue", officer_id=kim)

    assert given.status_code == 303
    assert "Kim" in officer.open("/desk/queue?whose=MINE")


def test_completion_rows_are_added_without_losing_words(officer, waiting):
    officer.send(f"{waiting}/review", "/desk/queue")
    path = f"{waiting}/completion"
    more = officer.send(path, path, more="1", rows="3", completion__lacks__0__text="the vessel")
    asked = officer.send(
        path,
        path,
        completion__lacks__0__box="3",
        completion__lacks__0__reason_code="BOX_EMPTY",
        completion__lacks__0__text="name the vessel",
        completion__days="7",
    )

    assert more.status_code == 200
    assert "the vessel" in more.text
    assert more.text.count("What is lacking:") == 6
    assert asked.status_code == 303
    assert "name the vessel" in officer.open(waiting)


def test_visit_is_announced_on_a_ground(officer, waiting):
    officer.send(f"{waiting}/review", "/desk/queue")
    path = f"{waiting}/visit"
    soon = officer.send(
        path,
        path,
        visit__ground="NOT_THE_MAKER",
        visit__scope="plant",
        visit__visit_on="2026-11-22",
    )
    announced = officer.send(
        path,
        path,
        visit__ground="NOT_THE_MAKER",
        visit__scope="plant",
        visit__visit_on="2026-12-01",
    )

    assert soon.status_code == 422
    assert announced.status_code == 303
    assert "Visit on 1 December 2026" in officer.open(waiting)


def test_approval_of_an_exporter_is_decided_by_pages(offices, officer):
    request = applied(offices.company())
    path = f"/desk/approvals/{request['id']}"
    words = {"decision__decision": "APPROVED", "decision__reason_code": "REQUIREMENTS_MET"}
    bare = officer.send(f"{path}/decision", path, **words)
    decided = officer.send(f"{path}/decision", path, decision__reason="all is there", **words)

    assert "HANBIT" in officer.open("/desk/approvals")
    assert bare.status_code == 422
    assert "Fill this in." in bare.text
    assert decided.status_code == 303
    assert "all is there" in officer.open(path)
