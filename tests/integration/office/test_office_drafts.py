"""Drafts are kept with holes, and handed in without any; who waits sees what became of them."""

from ooms.access.model import Role
from tests.offices import an_application, approved, determined

BEGUN = {"agreement": "AKFTA", "form_type": "AK", "import_country": "VN"}


def pointers(refused):
    return [one["pointer"] for one in refused.json()["errors"]]


def test_draft_is_kept_with_holes_and_returned_with_them(exporter):
    begun = exporter.post("/applications", BEGUN)
    filled = an_application(determined(exporter)) | {"lines": [], "buyer": None}
    exporter.post(f"/applications/{begun['id']}/content", filled)

    kept = exporter.get(f"/applications/{begun['id']}")["content"]

    assert kept["buyer"] is None
    assert kept["lines"] == []
    assert kept["invoices"][0]["number"] == "HB-2026-1120"


def test_submission_of_a_draft_names_every_hole(exporter):
    begun = exporter.post("/applications", BEGUN)

    refused = exporter.try_post(f"/applications/{begun['id']}/submission")

    assert refused.status_code == 422
    assert pointers(refused) == ["/buyer", "/invoices", "/lines"]
    assert {one["code"] for one in refused.json()["errors"]} == {"RUL-MISSING"}


def test_line_without_a_ground_is_kept_and_not_handed_in(exporter):
    content = an_application(determined(exporter))
    line = content["lines"][0] | {"determination_id": "", "invoice_refs": [2]}
    kept = exporter.post("/applications", content | {"lines": [line]})

    refused = exporter.try_post(f"/applications/{kept['id']}/submission")

    assert refused.status_code == 422
    assert pointers(refused) == ["/lines/0/determination_id", "/lines/0/invoice_refs"]


def test_lint_of_a_draft_tells_its_holes_in_their_boxes(exporter):
    begun = exporter.post("/applications", BEGUN)

    told = exporter.get(f"/applications/{begun['id']}/lint")

    assert not told["may_be_issued"]
    assert [(one["pointer"], one["box"], one["code"]) for one in told["findings"]] == [
        ("/buyer", "2", "RUL-MISSING"),
        ("/invoices", "10", "RUL-MISSING"),
        ("/lines", "7", "RUL-MISSING"),
    ]


def test_what_is_to_be_completed_keeps_no_holes(exporter, officer):
    content = an_application(determined(exporter))
    application = exporter.post("/applications", content)
    path = f"/applications/{application['id']}"
    exporter.post(f"{path}/submission")
    officer.post(f"{path}/review")
    lack = {"box": "2", "reason_code": "PAPERS", "text": "the address of the buyer"}
    officer.post(f"{path}/completions", {"lacks": [lack]})

    refused = exporter.try_post(f"{path}/content", content | {"buyer": None})

    assert refused.status_code == 422
    assert pointers(refused) == ["/buyer"]


def test_history_names_each_move_with_its_person(exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))

    told = exporter.get(f"/applications/{application['id']}/history")["items"]
    listed = exporter.get("/applications")["items"]

    assert [(one["what"], one["role"]) for one in told] == [
        ("drafted", ""),
        ("submitted", "EXPORTER"),
        ("taken", "OFFICER"),
        ("approved", "OFFICER"),
    ]
    assert told[-1]["who"] == officer.login.title()
    assert listed[0]["last_move"] == told[-1]


def test_certificates_are_listed_by_their_applications(exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    issued = officer.post("/certificates", {"application_id": application["id"]})

    found = exporter.get(f"/certificates?application_id={application['id']}")["items"]
    others = exporter.get("/certificates?application_id=another")["items"]

    assert [one["id"] for one in found] == [issued["id"]]
    assert others == []


def test_forms_are_told_with_their_boxes_and_countries(exporter):
    forms = exporter.get("/forms")["items"]
    korean = next(one for one in forms if one["form_type"] == "AK")

    assert "VN" in korean["import_countries"]
    assert "KR" not in korean["import_countries"]
    asked_at = {box["number"]: box["asked_at"] for box in korean["boxes"]}
    assert asked_at["1"] == []
    assert asked_at["2"] == [
        *("/buyer/name", "/buyer/country", "/buyer/address", "/buyer/city"),
        *("/exhibition/name", "/exhibition/address"),
    ]


def test_broker_finds_the_companies_that_he_acts_for(offices, exporter):
    broker = offices.person("KR-KCS", "kim-broker", Role.BROKER)
    company = exporter.get("/exporters")["items"][0]
    exporter.post(
        f"/exporters/{company['id']}/delegations",
        {
            "broker": broker.login,
            "scopes": ["CERTIFICATES"],
            "valid_from": "2026-01-01",
            "valid_until": "2027-01-01",
        },
    )

    found = broker.get("/account/companies")["items"]

    assert [(one["company_id"], one["name"]) for one in found] == [(company["id"], company["name"])]
    assert exporter.get("/account/companies")["items"] == []
