"""Pages of companies without a browser: a draft is saved section by section and handed in."""

from __future__ import annotations

import re

import pytest

from ooms.access.model import Role
from tests.integration.portal.desks import Desk
from tests.offices import Offices, Person, an_application, approved, determined

LIST = "/company/applications"
BUYER = {"buyer.name": "ORIENT POWER", "buyer.country": "VN", "buyer.address": "8 Market Road"}
INVOICE = {
    "invoices.0.number": "HB-1",
    "invoices.0.dated": "2026-11-20",
    "invoices.0.currency": "USD",
    "invoices.0.total": "48250.00",
}
LINE = {
    "lines.0.quantities.0.kind": "NUMBER",
    "lines.0.quantities.0.value": "500",
    "lines.0.quantities.0.unit": "C62",
    "lines.0.quantities.1.kind": "GROSS_WEIGHT",
    "lines.0.quantities.1.value": "1250.5",
    "lines.0.quantities.1.unit": "KGM",
    "lines.0.quantities.2.kind": "NET_WEIGHT",
    "lines.0.packages.0.count": "50",
    "lines.0.packages.0.kind": "CT",
}
SHIPPED = {
    "shipped_on": "2026-11-20",
    "transport.departure_date": "2026-11-20",
    "transport.mode": "1",
    "transport.conveyance": "HMM PROMISE",
    "transport.voyage": "045W",
    "transport.loading": "KRPUS",
    "transport.loading_text": "BUSAN",
    "transport.discharge": "VNHPH",
    "transport.discharge_text": "HAI PHONG",
}
SHEET = b"""\
hs,number,unit,gross_weight_kg,packages,package_kind
850440,200,C62,500.5,20,CT
850440,a few,C62,100,10,CT
"""


@pytest.fixture
def exporter(offices: Offices) -> Person:
    return offices.company()


@pytest.fixture
def officer(offices: Offices) -> Person:
    return offices.person("KR-KCS", "lee", Role.OFFICER)


def begun(desk: Desk) -> str:
    """Begin a draft to Viet Nam, and return where it is."""
    answer = desk.send(f"{LIST}/new", {"form": "AKFTA/AK", "country": "VN"})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("?")[0]


def kept(desk: Desk, path: str, fields: dict[str, str]) -> str:
    answer = desk.send(path, fields)
    assert answer.status_code == 303, re.sub("<[^>]+>|\\s+", " ", answer.text)
    return str(answer.headers["location"])


def test_draft_is_filled_section_by_section_and_handed_in(exporter):
    ground = determined(exporter)
    desk = Desk(exporter)
    assert "Viet" in desk.open(f"{LIST}/new?country=VN")
    draft = begun(desk)
    assert "0 of 5 done" in desk.open(draft)
    assert "Some of this would be refused" in desk.open(f"{draft}/check")

    kept(desk, f"{draft}/buyer", BUYER)
    kept(desk, f"{draft}/invoices/0", INVOICE)
    kept(desk, f"{draft}/goods/0", LINE | {"lines.0.determination_id": ground["id"]})
    kept(desk, f"{draft}/transport", SHIPPED)
    kept(desk, f"{draft}/papers", {"export_declarations": "41234-26-112233X\n"})

    assert "5 of 5 done" in desk.open(draft)
    for page in ("buyer", "invoices", "invoices/0", "goods", "goods/0", "goods/sheet", "transport"):
        desk.open(f"{draft}/{page}")
    checked = desk.open(f"{draft}/check")
    assert "STATIC CONVERTERS, MODEL SC-500" in checked
    assert "Go on to the declaration" in checked
    assert desk.send(f"{draft}/declaration").status_code == 422
    kept(desk, f"{draft}/declaration", {"declared": "yes"})
    shown = desk.open(draft)
    assert "Handed in" in shown
    assert "The office decides by" in shown
    assert "ORIENT POWER" in desk.open(LIST)


def test_buyer_without_a_name_is_refused_at_its_field(exporter):
    desk = Desk(exporter)
    draft = begun(desk)

    refused = desk.send(f"{draft}/buyer", {"buyer.country": "VN"})

    assert refused.status_code == 422
    assert 'href="#buyer-name"' in refused.text
    assert "Name: Fill this in." in refused.text
    assert re.search(r'value="VN"\s+selected', refused.text)


def test_draft_tells_where_each_box_of_the_paper_is(exporter):
    desk = Desk(exporter)
    draft = begun(desk)

    tasks = desk.open(draft)

    assert "Box 2 of the paper form." in tasks
    assert "Boxes 6, 7, 8, 9, 10 of the paper form." in tasks
    assert "exporter&#39;s business name, address, country" in tasks
    assert "Box 2 of the paper form." in desk.open(f"{draft}/buyer")
    assert "Box 7 of the paper form." in desk.open(f"{draft}/goods/0")


def test_goods_without_a_determination_are_told_to_choose_one(exporter):
    determined(exporter)
    desk = Desk(exporter)
    draft = begun(desk)

    refused = desk.send(f"{draft}/goods/0", {})

    assert refused.status_code == 422
    assert 'href="#lines-0-determination_id"' in refused.text
    assert "Choose a determination" in refused.text
    assert "Number: Name at least one." in refused.text


def test_nothing_chosen_at_the_start_is_told(exporter):
    desk = Desk(exporter)

    country = desk.client.get(f"{LIST}/new?country=", headers=desk._headers())
    agreement = desk.send(f"{LIST}/new", {"country": "VN"})

    assert "Choose the country." in country.text
    assert agreement.status_code == 422
    assert agreement.text.count("Choose the agreement.") == 2


def test_sheet_with_a_wrong_cell_names_row_and_column(exporter):
    determined(exporter)
    desk = Desk(exporter)
    draft = begun(desk)

    refused = desk.send(f"{draft}/goods/sheet", files={"sheet": ("goods.csv", SHEET)})
    good = SHEET.replace(b"a few", b"100")
    added = desk.send(f"{draft}/goods/sheet", files={"sheet": ("goods.csv", good)})

    assert refused.status_code == 422
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", refused.text)
    assert cells[:2] == ["3", "number"]
    assert added.status_code == 303
    assert desk.open(f"{draft}/goods").count("Originating, criterion") == 2


def test_sheet_with_a_strange_column_names_it(exporter):
    desk = Desk(exporter)
    draft = begun(desk)

    blank = desk.open(f"{draft}/goods/sheet.csv")
    refused = desk.send(
        f"{draft}/goods/sheet", files={"sheet": ("goods.csv", b"hs code,qty\n1,2\n")}
    )

    assert blank.startswith("determination,description,hs,")
    assert refused.status_code == 422
    assert re.findall(r"<td[^>]*>([^<]*)</td>", refused.text)[:2] == ["1", "hs code"]


def test_completion_names_the_box_and_goes_back_to_the_officer(exporter, officer):
    application = exporter.post("/applications", an_application(determined(exporter)))
    path = f"/applications/{application['id']}"
    exporter.post(f"{path}/submission")
    officer.post(f"{path}/review")
    lack = {"box": "2", "reason_code": "PAPERS", "text": "the street of the buyer"}
    officer.post(f"{path}/completions", {"lacks": [lack]})
    desk = Desk(exporter)

    asked = desk.open(f"{LIST}/{application['id']}")
    kept(desk, f"{LIST}/{application['id']}/buyer", BUYER)
    fields = {"declared": "yes", "answer": "the street is there now"}
    kept(desk, f"{LIST}/{application['id']}/declaration", fields)

    assert "the street of the buyer" in asked
    assert "stands still" in asked
    assert "Under review" in desk.open(f"{LIST}/{application['id']}")
    assert officer.get(f"{path}/completions")["items"][0]["answer"] == "the street is there now"


def test_refusal_is_shown_with_its_reason_and_can_be_copied(offices, exporter, officer):
    application = exporter.post("/applications", an_application(determined(exporter)))
    path = f"/applications/{application['id']}"
    exporter.post(f"{path}/submission")
    officer.post(f"{path}/review")
    verdict = {"decision": "REFUSED", "reason": "papers do not match", "reason_code": "PAPERS"}
    officer.post(f"{path}/decision", verdict)
    offices.person("KR-KCS", "choi", Role.SUPERVISOR).post(f"{path}/refusal")
    desk = Desk(exporter)

    shown = desk.open(f"{LIST}/{application['id']}")
    draft = kept(desk, f"{LIST}/{application['id']}/copy", {}).partition("?")[0]

    assert "PAPERS" in shown
    assert "papers do not match" in shown
    assert "ORIENT POWER TRADING" in desk.open(draft)
    assert "To do" in desk.open(draft), "the invoice belongs to the earlier shipment"


def test_certificate_tells_what_became_of_it_and_what_to_ask_for(offices, exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    issued = officer.post("/certificates", {"application_id": application["id"]})
    desk = Desk(exporter)
    page = f"/company/certificates/{issued['id']}"
    waiting = desk.open(page)
    offices.run()
    registered = desk.open(page)

    evidence = desk.client.get(f"{page}/evidence", headers={"Cookie": f"session={desk.token}"})

    assert evidence.headers["Content-Type"] == "application/zip"
    assert "hx-get" in waiting
    assert "hx-get" not in registered
    assert "Registered by the partner" in registered
    assert issued["number"] in desk.open("/company/certificates?number=" + issued["number"])
    assert issued["number"] in desk.open(LIST)
    desk.open(f"{page}/apply")
    desk.open(f"{page}/apply?kind=CORRECTION")
    asked = {"kind": "CORRECTION", "cause.code": "QUANTITY", "cause.text": "400, not 500"}
    assert "400, not 500" in desk.open(kept(desk, f"{page}/apply", asked).partition("?")[0])


def test_error_notice_is_drafted_shown_and_given(offices, exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    issued = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    desk = Desk(exporter)
    desk.open(f"/company/certificates/{issued['id']}/error")
    wrong = {
        "errors.0.box": "7",
        "errors.0.says": "500 pieces",
        "errors.0.right": "400 pieces",
        "learned_on": "2026-11-21",
        "cause": "CLERICAL",
        "explanation": "typed wrongly",
        "remedy": "CORRECTION",
    }
    notice = kept(desk, f"/company/certificates/{issued['id']}/error", wrong).partition("?")[0]
    assert issued["number"] in desk.open(notice)
    kept(desk, f"{notice}/filing", {})

    assert "Look through the draft" in desk.open(notice)
    assert issued["number"] in desk.open("/company/error-notices")


def test_consent_is_given_and_taken_back(exporter):
    desk = Desk(exporter)
    given = {"classes": "PRODUCTION_COST", "partner": "VN-CUSTOMS", "purpose": "VERIFICATION_CASE"}

    kept(desk, "/company/consents", given)
    consent = exporter.get("/consents")["items"][0]
    kept(desk, f"/company/consents/{consent['id']}/withdrawal", {f"reason-{consent['id']}": "done"})

    assert "Taken back on" in desk.open("/company/consents")
    desk.open("/company/inquiries")


def test_company_says_who_signs_from_now_on(offices, exporter):
    desk = Desk(exporter)
    named = {"name": "Kang Sora", "title": "Director", "place": "Seoul"}

    refused = desk.send("/company/signatory", named)
    went = kept(desk, "/company/signatory", named | {"reason": "Park left"})

    assert refused.status_code == 422
    assert "Kang Sora, Director" in desk.open(went)
    assert "/company/signatory" in desk.open(LIST)


def test_broker_chooses_a_company_before_he_sees_anything(offices, exporter):
    company = exporter.get("/exporters")["items"][0]
    broker = offices.person("KR-KCS", "kim-broker", Role.BROKER)
    days = {"valid_from": "2026-01-01", "valid_until": "2027-01-01"}
    body = {"broker": broker.login, "scopes": ["CERTIFICATES"], **days}
    exporter.post(f"/exporters/{company['id']}/delegations", body)
    desk = Desk(broker)

    sent_off = desk.client.get(LIST, headers=desk._headers(), follow_redirects=False)
    choice = desk.open("/company/choose")
    chosen = desk.send("/company/choose", {"company": company["id"], "back": LIST})

    assert sent_off.headers["location"] == "/company/choose"
    assert company["name"] in choice
    assert chosen.headers["location"] == LIST
    assert f"company={company['id']}" in chosen.headers["set-cookie"]
