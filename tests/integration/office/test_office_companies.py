"""Companies: their account, who signs, and brokers who act for them within what was delegated."""

import pytest

from ooms.access.model import Role
from tests.offices import COMPANY, PRODUCT, an_application, determined

DIGEST = "5d" * 32
CARD = {"name": "Park Jiwoo", "specimen_sha256": DIGEST, "valid_from": "2026-01-01"}
SITE = {"name": "Plant 2", "address": "9 Mill Road", "city": "Gumi", "country": "KR"}


@pytest.fixture
def supervisor(offices):
    return offices.person("KR-KCS", "choi", Role.SUPERVISOR)


@pytest.fixture
def broker(offices):
    return offices.person("KR-KCS", "bae", Role.BROKER)


def company_of(person):
    return person.get("/account")["exporter_id"]


def delegated(exporter, *scopes, **changes):
    body = {
        "broker": "bae",
        "scopes": list(scopes),
        "valid_from": "2026-01-01",
        "valid_until": "2027-01-01",
    }
    return exporter.post(f"/exporters/{company_of(exporter)}/delegations", body | changes)


def acting_for(broker, exporter):
    broker.headers["Acting-For"] = company_of(exporter)
    return broker


def test_suspended_company_sees_its_things_and_does_nothing(offices, exporter, supervisor):
    account = f"/exporters/{company_of(exporter)}/account"
    supervisor.post(account, {"state": "SUSPENDED", "reason": "the site was found empty"})
    refused = exporter.try_post("/products", PRODUCT)
    seen = exporter.get(account)
    supervisor.post(account, {"state": "ACTIVE", "reason": "a new site was shown"})
    taken = exporter.try_post("/products", PRODUCT)

    assert (refused.status_code, refused.json()["code"]) == (403, "AUT-COMPANY")
    assert (seen["state"], seen["reason"]) == ("SUSPENDED", "the site was found empty")
    assert exporter.get("/products")["items"]
    assert taken.status_code == 201


def test_closed_company_is_never_opened_again(exporter, supervisor):
    account = f"/exporters/{company_of(exporter)}/account"
    supervisor.post(account, {"state": "CLOSED", "reason": "it was merged"})
    refused = supervisor.try_post(account, {"state": "ACTIVE", "reason": "by mistake"})

    assert (refused.status_code, refused.json()["code"]) == (409, "RUL-STATE")


def test_vetted_company_acts_once_verified_and_activated(offices_that_vet):
    offices = offices_that_vet
    clerk = offices.person("KR-KCS", "clerk", Role.OPERATOR)
    wrong = clerk.try_post("/exporters", COMPANY)
    company = clerk.post("/exporters", COMPANY | {"tax_id": "220-81-62517"})
    exporter = offices.person("KR-KCS", "hanbit", Role.EXPORTER, exporter_id=company["id"])
    account = f"/exporters/{company['id']}/account"
    applied = clerk.get(account)
    early = exporter.try_post("/products", PRODUCT)
    skipped = clerk.try_post(account, {"state": "ACTIVE", "reason": "in a hurry"})
    clerk.post(account, {"state": "VERIFIED", "reason": "the business register names it"})
    clerk.post(account, {"state": "ACTIVE", "reason": "the contract is signed"})

    assert wrong.json()["errors"][0]["code"] == "REF-IDENTIFIER"
    assert (applied["state"], applied["identifier"]) == ("APPLIED", "VALID")
    assert early.json()["code"] == "AUT-COMPANY"
    assert skipped.status_code == 409
    assert exporter.try_post("/products", PRODUCT).status_code == 201


def test_broker_acts_for_the_company_that_let_him(exporter, broker):
    delegated(exporter, "GOODS", "CERTIFICATES")
    acting_for(broker, exporter)
    determination = determined(broker)
    application = broker.post("/applications", an_application(determination))

    assert determination["exporter_id"] == company_of(exporter)
    assert exporter.get(f"/applications/{application['id']}")["id"] == application["id"]


def test_broker_does_no_more_than_his_scopes(exporter, broker):
    granted = delegated(exporter, "CERTIFICATES")
    acting_for(broker, exporter)
    refused = broker.try_post("/products", PRODUCT)
    seen = broker.try_get("/applications")
    revocation = f"/exporters/{company_of(exporter)}/delegations/{granted['id']}/revocation"
    exporter.post(revocation)

    assert (refused.status_code, refused.json()["code"]) == (403, "AUT-DELEGATION")
    assert seen.status_code == 200
    assert broker.try_get("/applications").json()["code"] == "AUT-DELEGATION"
    assert exporter.try_post(revocation).status_code == 404


@pytest.mark.parametrize(
    ("first", "end"), [("2026-01-01", "2026-11-20"), ("2026-12-31", "2027-12-31")]
)
def test_delegation_holds_within_its_days_only(exporter, broker, first, end):
    delegated(exporter, "GOODS", valid_from=first, valid_until=end)

    assert acting_for(broker, exporter).try_get("/products").json()["code"] == "AUT-DELEGATION"


def test_broker_without_a_company_sees_nothing(exporter, broker):
    determined(exporter)

    assert broker.get("/products")["items"] == []
    assert broker.get("/determinations")["items"] == []


def test_broker_of_one_company_cannot_name_another(offices, exporter, broker):
    other = offices.company("daehan", name="DAEHAN CO.", tax_id="120-81-00002")
    delegated(exporter, "GOODS")

    assert acting_for(broker, other).try_get("/products").json()["code"] == "AUT-DELEGATION"


def test_nobody_but_a_broker_is_delegated_to(exporter, officer):
    body = {"broker": "kim", "scopes": ["GOODS"], "valid_from": "2026-01-01"}
    path = f"/exporters/{company_of(exporter)}/delegations"
    refused = exporter.try_post(path, body | {"valid_until": "2027-01-01"})

    assert refused.json()["errors"][0]["pointer"] == "/broker"


def test_revoked_signatory_says_when_and_why(exporter, officer):
    path = f"/exporters/{company_of(exporter)}/signatories"
    card = exporter.post(path, CARD)
    revoked = exporter.post(f"{path}/{card['id']}/revocation", {"reason": "left the company"})
    listed = officer.get(path)["items"]

    assert card["specimen_sha256"] == DIGEST
    assert revoked["revoked_because"] == "left the company"
    assert listed == [revoked]
    again = exporter.try_post(f"{path}/{card['id']}/revocation", {"reason": "twice"})
    assert again.status_code == 404


def test_somebody_else_signs_and_the_office_reads_why(offices, exporter, officer):
    path = f"/exporters/{company_of(exporter)}"
    before = exporter.get(path)["signatory"]
    named = {"name": "Kang Sora", "title": "Director", "place": "Seoul"}
    changed = exporter.post(f"{path}/signatory", named | {"reason": "Park left"})
    again = exporter.try_post(f"{path}/signatory", named | {"reason": "once more"})
    other = offices.company("daehan", name="DAEHAN CO.", tax_id="120-81-00002")
    strange = other.try_post(f"{path}/signatory", named | {"reason": "a joke"})
    (event,) = [
        one for one in officer.get(f"{path}/history")["items"] if one["what"] == "signatory_changed"
    ]

    assert changed["signatory"] == officer.get(path)["signatory"] == named
    assert (again.status_code, strange.status_code) == (422, 404)
    assert event["facts"] == {"was": before["name"], "is": "Kang Sora", "reason": "Park left"}


def test_site_is_closed_and_stays_listed(exporter):
    path = f"/exporters/{company_of(exporter)}/sites"
    site = exporter.post(path, SITE)
    exporter.post(f"{path}/{site['id']}/closing")

    assert [one["closed_at"] is not None for one in exporter.get(path)["items"]] == [True]


def test_company_cannot_keep_another_companys_signatories(offices, exporter):
    other = offices.company("daehan", name="DAEHAN CO.", tax_id="120-81-00002")
    path = f"/exporters/{company_of(exporter)}"

    assert other.try_post(f"{path}/signatories", CARD).status_code == 404
    assert other.try_post(f"{path}/sites", SITE).status_code == 404
    assert other.try_get(f"{path}/delegations").status_code == 404


def test_company_is_found_by_name_number_and_standing(offices, exporter, officer, supervisor):
    rival = officer.post("/exporters", COMPANY | {"name": "Seorin 50% Co.", "tax_id": "9-9"})
    account = f"/exporters/{rival['id']}/account"
    supervisor.post(account, {"state": "SUSPENDED", "reason": "the site was found empty"})

    def found(query):
        return [one["id"] for one in officer.get(f"/exporters?{query}")["items"]]

    assert found("words=seorin 50%25") == [rival["id"]]
    assert found("words=%25") == [rival["id"]]
    assert found("words=9-9") == [rival["id"]]
    assert found("words=hanbit") == [company_of(exporter)]
    assert found("state=SUSPENDED") == [rival["id"]]
    assert exporter.get("/exporters?words=seorin")["items"] == []


def test_history_says_who_moved_an_account_and_why(exporter, officer, supervisor):
    path = f"/exporters/{company_of(exporter)}"
    supervisor.post(f"{path}/account", {"state": "SUSPENDED", "reason": "found empty"})
    fact = {"exporter_id": company_of(exporter), "kind": "JUDGMENT", "happened_on": "2026-11-20"}
    officer.post("/approvals/facts", fact | {"text": "boxes were open"})
    events = exporter.get(f"{path}/history")["items"]

    assert [one["what"] for one in events] == ["registered", "account_moved"]
    assert (events[1]["who"], events[1]["role"]) == ("Choi", "SUPERVISOR")
    assert events[1]["facts"] == {"from": "ACTIVE", "to": "SUSPENDED", "reason": "found empty"}


def test_lists_of_one_company_show_a_stranger_nothing(offices, exporter, officer):
    made = exporter.post("/applications", an_application(determined(exporter)))
    rival = offices.company("rival", tax_id="9-9")
    asked = f"exporter_id={company_of(exporter)}"

    assert officer.get(f"/applications?{asked}")["items"] == []
    exporter.post(f"/applications/{made['id']}/submission")
    assert [one["id"] for one in officer.get(f"/applications?{asked}")["items"]] == [made["id"]]
    for path in ("/applications", "/approved-exporters", "/consents", "/determinations"):
        assert rival.get(f"{path}?{asked}")["items"] == []
