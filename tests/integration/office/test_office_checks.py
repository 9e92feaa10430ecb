"""The five checks before issue: by rule where a rule decides, by the officer elsewhere."""

import pytest

from tests.offices import an_application, approved, determined

PRODUCER = {"name": "DONGHAE PARTS CO.", "country": "KR"}


def findings(officer, application):
    shown = officer.get(f"/applications/{application['id']}/checks")
    return {one["check"]: one["finding"] for one in shown["items"]}


def test_plain_application_passes_every_check_by_rule(exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    shown = officer.get(f"/applications/{application['id']}/checks")

    assert shown["all_pass"] is True
    assert [one["check"] for one in shown["items"]] == [
        "STANDING",
        "IN_TIME",
        "ORIGIN",
        "FORM",
        "PAPERS",
    ]
    assert {one["decided_by"] for one in shown["items"]} == {None}


@pytest.mark.parametrize(
    "changes", [{"producer": PRODUCER}, {"export_declarations": []}], ids=["producer", "export"]
)
def test_papers_that_no_rule_finds_wait_for_the_officer(exporter, officer, changes):
    content = an_application(determined(exporter), **changes)
    application = approved(exporter, officer, content)
    issue = {"application_id": application["id"]}
    refused = officer.try_post("/certificates", issue)
    officer.post(
        f"/applications/{application['id']}/checks/PAPERS",
        {"finding": "PASSED", "detail": "seen on paper"},
    )
    confirmed = officer.get(f"/applications/{application['id']}/checks")["items"][-1]
    issued = officer.post("/certificates", issue)

    assert (refused.status_code, refused.json()["code"]) == (422, "RUL-CHECKS")
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/checks/PAPERS"]
    assert (confirmed["finding"], confirmed["detail"]) == ("PASSED", "seen on paper")
    assert confirmed["decided_by"] == application["officer_id"]
    assert issued["number"] == "K001-26-0000001", "the refused issue used no number"


def test_changed_bill_makes_the_determination_stale(exporter, officer):
    determination = determined(exporter)
    application = approved(exporter, officer, an_application(determination))
    exporter.post(
        f"/products/{determination['product_id']}/bills", {"materials": [], "processes": []}
    )
    passed = officer.post(
        f"/applications/{application['id']}/checks/ORIGIN",
        {"finding": "PASSED", "detail": "never mind"},
    )
    refused = officer.try_post("/certificates", {"application_id": application["id"]})

    assert passed["state"] == "APPROVED"
    assert findings(officer, application)["ORIGIN"] == "FAILED", "no officer overrules a rule"
    assert refused.json()["code"] == "RUL-CHECKS"
    assert "version 2 of the bill" in refused.json()["errors"][0]["detail"]


def test_application_more_than_a_year_after_shipment_fails(exporter, officer):
    content = an_application(determined(exporter), shipped_on="2025-11-20")
    content["transport"]["departure_date"] = "2025-11-20"
    late = approved(exporter, officer, content)
    just_in_time = content | {"shipped_on": "2025-11-21"}
    in_time = approved(exporter, officer, just_in_time)

    assert findings(officer, late)["IN_TIME"] == "FAILED"
    assert findings(officer, in_time)["IN_TIME"] == "PASSED"


def test_form_filled_wrongly_fails_with_its_box(exporter, officer):
    content = an_application(determined(exporter))
    line = {name: value for name, value in content["lines"][0].items() if name != "packages"}
    application = approved(exporter, officer, content | {"lines": [line]})
    shown = officer.get(f"/applications/{application['id']}/checks")
    form = next(one for one in shown["items"] if one["check"] == "FORM")

    assert shown["all_pass"] is False
    assert (form["finding"], form["detail"][:6]) == ("FAILED", "box 7:")


def test_officer_may_be_stricter_than_a_rule(exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    officer.post(
        f"/applications/{application['id']}/checks/STANDING",
        {"finding": "FAILED", "detail": "the company was dissolved"},
    )
    refused = officer.try_post("/certificates", {"application_id": application["id"]})

    assert findings(officer, application)["STANDING"] == "FAILED"
    assert refused.json()["errors"][0]["pointer"] == "/checks/STANDING"


def test_rewriting_an_application_voids_what_was_confirmed(exporter, officer):
    content = an_application(determined(exporter), producer=PRODUCER)
    application = exporter.post("/applications", content)
    path = f"/applications/{application['id']}"
    exporter.post(f"{path}/submission")
    officer.post(f"{path}/review")
    officer.post(f"{path}/checks/PAPERS", {"finding": "PASSED", "detail": "seen"})
    before = findings(officer, application)["PAPERS"]
    lack = {"reason_code": "BOX_WRONG", "text": "which producer?", "box": "1"}
    officer.post(f"{path}/completions", {"lacks": [lack]})
    exporter.post(f"{path}/content", content | {"producer": PRODUCER | {"name": "OTHER CO."}})
    exporter.post(f"{path}/submission")

    assert before == "PASSED"
    assert findings(officer, application)["PAPERS"] == "OPEN"


def test_exporter_neither_sees_nor_makes_the_officers_checks(exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    path = f"/applications/{application['id']}/checks"

    assert exporter.try_get(path).status_code == 403
    body = {"finding": "PASSED", "detail": "I say so"}
    assert exporter.try_post(f"{path}/ORIGIN", body).status_code == 403


def test_signatory_without_a_valid_card_is_left_to_the_officer(exporter, officer):
    company = exporter.get("/account")["exporter_id"]
    card = {"name": "Park Jiwoo", "specimen_sha256": "5d" * 32, "valid_from": "2026-01-01"}
    kept = officer.post(f"/exporters/{company}/signatories", card)
    application = approved(exporter, officer, an_application(determined(exporter)))
    path = f"/applications/{application['id']}"
    before = officer.get(f"{path}/lint")["findings"]
    revocation = f"/exporters/{company}/signatories/{kept['id']}/revocation"
    officer.post(revocation, {"reason": "he left"})
    standing = officer.get(f"{path}/checks")["items"][0]
    warned = [one["code"] for one in exporter.get(f"{path}/lint")["findings"]]
    refused = officer.try_post("/certificates", {"application_id": application["id"]})
    said = {"finding": "PASSED", "detail": "the new card is on its way"}
    officer.post(f"{path}/checks/STANDING", said)
    issued = officer.try_post("/certificates", {"application_id": application["id"]})

    assert "RUL-SIGNATORY" not in {one["code"] for one in before}
    assert (standing["check"], standing["finding"]) == ("STANDING", "OPEN")
    assert standing["detail"].endswith("the signature card of Park Jiwoo was revoked: he left")
    assert "RUL-SIGNATORY" in warned
    assert refused.json()["errors"][0]["pointer"] == "/checks/STANDING"
    assert issued.status_code == 201
