"""Approved exporters over HTTP: applied for, kept, ended, and what an approval spares."""

from datetime import timedelta

import pytest

from ooms.access.model import Role
from ooms.jobs import propose_lists, turn_approvals
from tests.approvals import (
    BASE,
    CODES,
    COMPANY,
    GRANT,
    ITEM,
    MANAGER,
    PAPERS,
    TODAY,
    after,
    applied,
    approved_exporter,
    decided,
    flaw,
    refused,
)
from tests.offices import an_application, determined

PRODUCER = {"name": "DONGHAE PARTS CO.", "country": "KR"}


# Applying and deciding


def test_company_is_approved_for_five_years_under_a_number(offices, exporter, officer):
    request = applied(exporter)
    approval = officer.get(f"{BASE}/{decided(officer, request)['granted'][0]}")
    public = offices.clients["KR-KCS"].get(f"/api/v1/public{BASE}/{approval['number']}")
    later = offices.clients["KR-KCS"].get(
        f"/api/v1/public{BASE}/{approval['number']}?on=2031-11-22"
    )

    assert (request["kind"], request["decide_by"]) == ("FIRST", "2026-12-21")
    assert request["missing_papers"] == []
    assert approval["number"] == "K001-C-26-000001"
    assert (approval["approved_on"], approval["valid_until"]) == ("2026-11-21", "2031-11-21")
    assert approval["renewal"] == {"first": "2030-11-21", "last": "2031-10-22"}
    assert public.status_code == 200
    assert (public.json()["holder"], public.json()["is_valid"]) == (
        "HANBIT ELECTRONICS CO., LTD.",
        True,
    )
    assert later.json()["is_valid"] is False


def test_unknown_number_is_unknown_to_the_public_too(offices):
    answer = offices.clients["KR-KCS"].get(f"/api/v1/public{BASE}/K001-C-26-999999")

    assert refused(answer) == (404, "REF-UNKNOWN")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"level": "ITEM"}, "SCH-BODY"),
        ({"agreement": "AKFTA"}, "SCH-BODY"),
        ({"site_id": "somewhere"}, "SCH-BODY"),
        ({"managers": [MANAGER | {"qualification": "ASTROLOGER"}]}, "REF-SCHEME-CODE"),
        ({"managers": [MANAGER | {"qualification": "ORIGIN_LICENSE"}]}, "SCH-BODY"),
        ({"managers": [MANAGER | {"valid_until": "2026-11-20"}]}, "SCH-BODY"),
    ],
)
def test_application_outside_the_scheme_is_refused(exporter, changes, code):
    assert refused(exporter.try_post(f"{BASE}/requests", COMPANY | changes)) == (422, code)


def test_same_approval_is_not_applied_for_twice(exporter):
    applied(exporter)

    assert refused(exporter.try_post(f"{BASE}/requests", COMPANY)) == (409, "RUL-STATE")


def test_office_without_a_scheme_says_so_plainly(offices):
    exporter = foreign_exporter(offices)
    answer = exporter.try_post(f"{BASE}/requests", COMPANY)
    office = offices.offices["VN-CUSTOMS"]

    assert refused(answer) == (404, "RUL-NO-SCHEME")
    assert refused(exporter.try_get(f"{BASE}/scheme")) == (404, "RUL-NO-SCHEME")
    assert (turn_approvals(office), propose_lists(office)) == (0, 0)


def foreign_exporter(offices):
    clerk = offices.person("VN-CUSTOMS", "clerk", Role.OPERATOR)
    company = clerk.post(
        "/exporters",
        {
            "name": "MEKONG CO.",
            "address": "1 River Road",
            "city": "Can Tho",
            "country": "VN",
            "tax_id": "0101234567",
            "signatory": {"name": "Tran An", "title": "Director", "place": "Can Tho"},
        },
    )
    return offices.person("VN-CUSTOMS", "mekong", Role.EXPORTER, exporter_id=company["id"])


def test_completion_stops_the_decision_and_is_extended_once(offices, exporter, officer):
    request = applied(exporter, COMPANY | {"papers": PAPERS[:1]})
    path = f"{BASE}/requests/{request['id']}"
    too_early = officer.try_post(f"{path}/decision", GRANT)
    asked = officer.post(f"{path}/completion", {"text": "the papers of the manager"})
    too_long = exporter.try_post(f"{path}/extension", {"days": 11, "reason": "holidays"})
    longer = exporter.post(f"{path}/extension", {"days": 10, "reason": "holidays"})
    again = exporter.try_post(f"{path}/extension", {"days": 1, "reason": "more"})
    exporter, officer = after(offices, 15, exporter, officer)
    done = exporter.post(f"{path}/completion-answer", {"answer": "here", "papers": PAPERS[1:]})

    assert too_early.status_code == 422
    assert {one["pointer"] for one in too_early.json()["errors"]} == {
        f"/papers/{code}" for code in CODES[1:]
    }
    assert asked["completions"][0]["due_on"] == "2026-12-01"
    assert flaw(too_long) == "RUL-SPAN"
    assert longer["completions"][0]["due_on"] == "2026-12-11"
    assert refused(again) == (409, "RUL-STATE")
    assert (done["state"], done["missing_papers"]) == ("APPLIED", [])
    assert done["decide_by"] == (TODAY + timedelta(days=30 + 15)).isoformat()
    assert decided(officer, done)["state"] == "APPROVED"


def test_missed_completion_is_asked_again_once_then_returned(offices, exporter, officer):
    request = applied(exporter, COMPANY | {"papers": []})
    path = f"{BASE}/requests/{request['id']}"
    wish = {"text": "every paper"}
    returned = {"decision": "RETURNED", "reason_code": "NOT_COMPLETED", "reason": "nothing came"}
    officer.post(f"{path}/completion", wish)
    running = officer.try_post(f"{path}/decision", returned)
    exporter, officer = after(offices, 11, exporter, officer)
    late = exporter.try_post(f"{path}/completion-answer", {"answer": "here"})
    officer.post(f"{path}/completion", wish)
    exporter, officer = after(offices, 11, exporter, officer)
    third = officer.try_post(f"{path}/completion", wish)
    ended = officer.post(f"{path}/decision", returned)

    assert refused(running) == (409, "RUL-STATE")
    assert refused(late) == (409, "RUL-PERIOD-ENDED")
    assert refused(third) == (409, "RUL-STATE")
    assert ended["state"] == "RETURNED"


def test_visit_has_ten_days_notice_and_a_later_day(offices, exporter, officer):
    path = f"{BASE}/requests/{applied(exporter)['id']}"
    visit = {"reason": "the system", "scope": "Busan plant", "visit_on": "2026-12-01"}
    report = {"outcome": "CONFORM", "text": "the system works"}
    early = officer.try_post(f"{path}/visit", visit | {"visit_on": "2026-11-30"})
    officer.post(f"{path}/visit", visit)
    exporter.post(f"{path}/visit-postponement", {"to": "2026-12-03", "reason": "audit"})
    moved = officer.post(f"{path}/visit-postponement-decision", {"granted": True})
    not_yet = officer.try_post(f"{path}/visit-report", report)
    at_request = officer.post(f"{path}/visit-report", report | {"at_request": True})

    assert flaw(early) == "RUL-SPAN"
    assert moved["visit"]["visit_on"] == "2026-12-03"
    assert flaw(not_yet) == "RUL-SPAN"
    assert (at_request["state"], at_request["visit"]["outcome"]) == ("APPLIED", "CONFORM")


def test_refusal_names_a_reason_of_its_level(exporter, officer):
    request = applied(exporter)
    path = f"{BASE}/requests/{request['id']}/decision"
    no = {"decision": "REFUSED", "reason_code": "RULE_NOT_MET", "reason": "no"}

    assert refused(officer.try_post(path, no)) == (422, "REF-SCHEME-CODE")
    assert officer.post(path, no | {"reason_code": "RECORDS"})["state"] == "REFUSED"
    assert refused(officer.try_post(path, GRANT)) == (409, "RUL-STATE")


def test_second_agreement_within_the_year_is_simplified(offices, exporter, officer):
    approved_exporter(exporter, officer, ITEM)
    second = applied(exporter, ITEM | {"agreement": "KVFTA", "papers": PAPERS[:1]})
    exporter, _ = after(offices, 366, exporter, officer)
    late = applied(exporter, ITEM | {"agreement": "RCEP", "papers": PAPERS[:1]})

    assert (second["kind"], second["is_simplified"]) == ("SECOND_AGREEMENT", True)
    assert second["missing_papers"] == []
    assert (late["kind"], late["is_simplified"]) == ("FIRST", False)


def test_company_approval_takes_the_place_of_items(exporter, officer):
    item = approved_exporter(exporter, officer, ITEM)
    company = approved_exporter(exporter, officer)
    old = exporter.get(f"{BASE}/{item['id']}")

    assert (old["state"], old["ended"]["reason_code"]) == ("LAPSED", "COMPANY_APPROVED")
    assert old["ended"]["reason"] == company["number"]


def test_shorter_term_is_an_items_only(exporter, officer):
    short = GRANT | {"years": 2, "reason": "an investigation was refused in 2025"}
    request = applied(exporter)
    denied = officer.try_post(f"{BASE}/requests/{request['id']}/decision", short)
    item = approved_exporter(exporter, officer, ITEM, verdict=short)

    assert flaw(denied) == "RUL-SPAN"
    assert (item["valid_until"], item["shorter_because"]) == ("2028-11-21", short["reason"])


# What an approval spares


@pytest.mark.parametrize(("hs6", "finding"), [("850440", "PASSED"), ("850431", "OPEN")])
def test_papers_of_approved_goods_are_waived_in_words(exporter, officer, hs6, finding):
    approval = approved_exporter(exporter, officer, ITEM | {"hs6": hs6})
    content = an_application(determined(exporter), producer=PRODUCER)
    path = f"/applications/{exporter.post('/applications', content)['id']}"
    exporter.post(f"{path}/submission")
    items = officer.get(f"{path}/checks")["items"]
    papers = next(one for one in items if one["check"] == "PAPERS")

    assert papers["finding"] == finding
    assert (approval["number"] in papers["detail"]) is (finding == "PASSED")


def test_claims_find_our_own_approvals_by_number_and_day(offices, exporter, officer):
    approval = approved_exporter(exporter, officer)
    office = offices.offices["KR-KCS"]

    def asked(number, on):
        numbers = {number: on}
        near = office.neighbors.approved
        return office.works.read(lambda work: near.approved(work, numbers)).get(number)

    held = asked(approval["number"], TODAY)
    ended = asked(approval["number"], TODAY.replace(year=2031, month=11, day=22))

    assert (held.holds, held.name) == (True, "HANBIT ELECTRONICS CO., LTD.")
    assert (ended.holds, "to 2031-11-21" in ended.detail) == (False, True)
    assert asked("K001-C-26-999999", TODAY) is None
