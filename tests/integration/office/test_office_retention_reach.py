"""Retention beyond the certificate: registers' answers, refusals, notices, people."""

import json
from datetime import date

import pytest
from sqlalchemy import text

from ooms.access.model import Role
from ooms.audit.service import verify_chain
from ooms.retention.loader import load_periods
from ooms.retention.model import Rule
from tests.integration.databases import BACKENDS
from tests.integration.office.test_office_error_notices import filed
from tests.offices import an_application, approved, determined, fresh_databases, offices_of
from tests.registers import put
from tests.world import NOW

FIVE_YEARS = 365 * 5 + 2
PARTIES = "number,name,aliases,country\nE-9,ORIENT POWER TRADNG LLC,,VN\n"
REFUSED = {"decision": "REFUSED", "reason": "the casing", "reason_code": "NOT_ORIGINATING"}


@pytest.fixture(params=BACKENDS)
def offices(request, tmp_path):
    """Korea asks the list of restricted parties, which an officer may override."""
    rules = {"folder": str(tmp_path / "lists"), "restricted_parties": {"policy": "SOFT"}}
    with (
        fresh_databases(request, "KR-KCS") as databases,
        offices_of(tmp_path / "nodes", "KR-KCS", databases=databases, crosschecks=rules) as found,
    ):
        put(tmp_path / "lists", "restricted_parties.csv", PARTIES, at=NOW)
        found.offices["KR-KCS"].crosscheck_lists.refresh()
        found.person("KR-KCS", "choi", Role.SUPERVISOR)
        found.person("KR-KCS", "yoon", Role.SUPERVISOR)
        yield found


@pytest.fixture
def issued(exporter, officer):
    """Issued over a hit that the officer let pass."""
    application = approved(exporter, officer, an_application(determined(exporter)))
    path = f"/applications/{application['id']}/crosschecks"
    (answer,) = officer.post(path, {"permits": ["PERMIT-77"]})["items"]
    officer.post(f"{path}/{answer['id']}/override", {"reason": "another company of that name"})
    return officer.post("/certificates", {"application_id": application["id"]})


def delete_what_is_due(offices):
    """Let two supervisors agree to every list, until nothing is due."""
    both = [offices.log_in("KR-KCS", login) for login in ("choi", "yoon")]
    office = offices.offices["KR-KCS"]
    kinds = []
    while (made := office.works.do(office.retention.propose)) is not None:
        kinds += [one.kind.value for one in made.items]
        for supervisor in both:
            supervisor.post(f"/retention/lists/{made.id}/agreement")
    return kinds


def told_in(offices, *tables):
    def read(work):
        rows = [work.transaction.execute(text(f"SELECT * FROM {one}")).all() for one in tables]
        return json.dumps(rows, default=str)

    return offices.offices["KR-KCS"].works.read(read)


def test_no_law_that_was_read_names_a_period_for_accounts():
    assert not load_periods("KR")[Rule.PERSON].verified
    assert load_periods("KR")[Rule.PERSON].ends(date(2026, 11, 21)) == date(2031, 11, 21)


def test_answers_of_registers_go_with_their_application(offices, issued):
    offices.world.clock.advance(days=FIVE_YEARS)
    kinds = delete_what_is_due(offices)
    left = told_in(offices, "ooms_crosscheck_answer", "ooms_crosscheck_release")
    kim = offices.log_in("KR-KCS", "kim")
    (answer,) = kim.get(f"/applications/{issued['application_id']}/crosschecks")["items"]

    assert "APPLICATION" in kinds
    for secret in ("ORIENT POWER", "PERMIT-77", "another company"):
        assert secret not in left
    assert (answer["verdict"], answer["why"], answer["hits"]) == ("HIT", "(deleted)", [])
    assert offices.offices["KR-KCS"].works.read(verify_chain) > 0


def test_words_and_maker_of_a_refusal_go_with_its_application(offices, exporter, officer):
    application = exporter.post("/applications", an_application(determined(exporter)))
    path = f"/applications/{application['id']}"
    exporter.post(f"{path}/submission")
    officer.post(f"{path}/review")
    officer.post(f"{path}/decision", REFUSED)
    offices.log_in("KR-KCS", "choi").post(f"{path}/refusal")
    offices.world.clock.advance(days=FIVE_YEARS)
    delete_what_is_due(offices)
    (shared,) = offices.log_in("KR-KCS", "kim").get("/refusals")["items"]

    assert (shared["reason_code"], shared["reason"]) == ("NOT_ORIGINATING", "(deleted)")
    assert "the casing" not in told_in(offices, "ooms_refusal", "ooms_application")
    assert "HANBIT" not in told_in(offices, "ooms_refused_good").upper()


def test_open_notice_of_error_keeps_its_certificate(offices, exporter, officer, issued):
    notice = filed(exporter, issued)
    offices.world.clock.advance(days=FIVE_YEARS)
    while_open = delete_what_is_due(offices)
    officer = offices.log_in("KR-KCS", "kim")
    path = f"/error-notices/{notice['id']}"
    officer.post(f"{path}/acknowledgement")
    officer.post(f"{path}/closing", {"words": "marks corrected by hand"})
    after = delete_what_is_due(offices)
    left = officer.get(path)

    assert "CERTIFICATE" not in while_open
    assert {"CERTIFICATE", "ERROR_NOTICE"} <= set(after)
    assert {one["right"] for one in left["statement"]["errors"]} == {"(deleted)"}
    assert "by hand" not in told_in(offices, "ooms_error_notice")


def test_company_user_who_left_is_not_named_any_more(offices, issued):
    clerk = offices.person("KR-KCS", "ops", Role.OPERATOR)
    gone = next(one for one in clerk.get("/users")["items"] if one["login"] == "hanbit")
    clerk.post(f"/users/{gone['id']}/disabling", {"reason": "left the company"})
    offices.world.clock.advance(days=FIVE_YEARS)
    kinds = delete_what_is_due(offices)
    left = offices.log_in("KR-KCS", "ops").get(f"/users/{gone['id']}")
    body = {"login": left["login"], "password": "anything at all"}
    refused = offices.clients["KR-KCS"].post("/api/v1/sessions", json=body)

    assert kinds.count("USER") == 1
    assert left["name"] == "(deleted)"
    assert left["login"] == gone["id"].replace("-", "")
    assert refused.status_code == 401
