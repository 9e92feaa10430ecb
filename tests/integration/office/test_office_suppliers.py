"""Suppliers' declarations: asked, given by a link, linted, counted in a case, ended."""

from typing import Any

import pytest

from tests.offices import PRICE, an_application, approved

CASE = {"agreement": "AKFTA", "importing_party": "VN", "on": "2026-11-20", "price": PRICE}
REQUEST: dict[str, Any] = {
    "kind": "BLANKET",
    "agreement": "AKFTA",
    "supplier": {"name": "DAEHAN BOARDS", "country": "KR"},
    "goods": {"description": "printed circuit", "hs": "853400", "hs_edition": 2022},
}
STATEMENT: dict[str, Any] = {
    "agreement": "AKFTA",
    "hs": "853400",
    "origin": "KR",
    "valid_from": "2026-11-01",
    "valid_until": "2027-11-01",
    "signer": "Choi Minho",
    "signer_title": "Director",
    "signed_on": "2026-11-10",
}
AMOUNTS = {"net_cost": "35", "foreign_value": "7.77", "made_in_parties": True}


def asked(exporter, **changes):
    """Ask for a declaration and return its key and the token of its link."""
    declaration = exporter.post("/supplier-declarations", REQUEST | changes)
    link = exporter.try_post(f"/supplier-declarations/{declaration['id']}/links")
    return declaration["id"], link.headers["Supplier-Link"]


def stated(exporter, token, **changes):
    """State something as a supplier does, who has no account."""
    return exporter.client.post(
        "/api/v1/supplier-link/statement",
        json=STATEMENT | changes,
        headers={"Authorization": f"Bearer {token}"},
    )


def product_citing(exporter, declaration, **line):
    material = {"name": "board", "hs": "853400", "originating": True, "value": "35"} | line
    bill = {"materials": [material | {"declaration": declaration}], "processes": ["assembly"]}
    product = {"description": "CONVERTER", "hs": "850440", "hs_edition": 2022, "bill": bill}
    return exporter.post("/products", product)["id"]


def first_line(exporter, declaration, **line):
    product = product_citing(exporter, declaration, **line)
    return exporter.post(f"/products/{product}/determinations", CASE)["case"]["materials"][0]


def test_supplier_answers_once_by_a_link_without_account(exporter):
    declaration, token = asked(exporter)

    answer = stated(exporter, token)
    same_again = stated(exporter, token)
    other = stated(exporter, token, origin="VN")

    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "VALID"
    assert same_again.json() == answer.json()
    assert (other.status_code, other.json()["code"]) == (401, "AUT-LINK")
    assert exporter.get(f"/supplier-declarations/{declaration}")["state"] == "VALID"


def test_link_is_stored_only_as_its_digest(exporter, offices):
    _, token = asked(exporter)
    office = offices.offices["KR-KCS"]
    tables = ("ooms_supplier_link", "ooms_idempotency", "ooms_audit")

    stored = office.works.read(
        lambda work: [
            work.transaction.exec_driver_sql(f"SELECT * FROM {name}").all() for name in tables
        ]
    )

    assert token not in str(stored)


def test_link_ends_after_its_days_and_with_the_next(exporter, offices):
    declaration, first = asked(exporter)
    second = exporter.try_post(f"/supplier-declarations/{declaration}/links").headers
    replaced = stated(exporter, first)
    offices.world.clock.advance(days=31)

    late = stated(exporter, second["Supplier-Link"])

    assert [one.json()["code"] for one in (replaced, late)] == ["AUT-LINK", "AUT-LINK"]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"agreement": "KVFTA"}, "/agreement"),
        ({"hs": "853690"}, "/hs"),
        ({"origin": None}, "/origin"),
        ({"valid_until": "2027-11-02"}, "/valid_until"),
        ({"valid_until": None}, "/valid_until"),
        ({"signer": " "}, "/signer"),
        ({"signer_title": ""}, "/signer_title"),
        ({"signed_on": "2026-12-01"}, "/signed_on"),
        ({"amounts": AMOUNTS}, "/amounts"),
    ],
)
def test_lint_holds_a_statement_and_lets_it_be_mended(exporter, changes, pointer):
    declaration, token = asked(exporter)

    flawed = stated(exporter, token, **changes).json()
    line = first_line(exporter, declaration)
    mended = stated(exporter, token).json()

    assert flawed["state"] == "RECEIVED"
    assert pointer in [one["pointer"] for one in flawed["findings"]]
    assert "proof" not in line
    assert mended["state"] == "VALID"


def test_valid_declaration_becomes_the_proof_of_its_line(exporter):
    declaration, token = asked(exporter)
    before = first_line(exporter, declaration)
    stated(exporter, token)

    after = first_line(exporter, declaration)

    assert before.get("originating") is None
    assert after["originating"] is True
    assert after["origin"] == "KR"
    assert after["proof"] == {"agreement": "AKFTA", "from": "2026-11-01", "until": "2027-11-01"}


def test_domestic_manufacture_alone_shows_no_origin(exporter):
    declaration, token = asked(exporter, kind="DOMESTIC_MANUFACTURE")
    stated(exporter, token, origin=None)

    line = first_line(exporter, declaration)

    assert line.get("originating") is None
    assert "proof" not in line


def test_amounts_count_but_only_the_deciding_officer_sees_them(exporter, officer):
    declaration, token = asked(exporter, kind="ACCUMULATION")
    stated(exporter, token, origin=None, amounts=AMOUNTS)
    product = product_citing(exporter, declaration, originating=False)
    determination = exporter.post(f"/products/{product}/determinations", CASE)
    approved(exporter, officer, an_application(determination))

    judged = officer.get(f"/determinations/{determination['id']}")["case"]["materials"][0]
    seen = exporter.get(f"/supplier-declarations/{declaration}")

    assert judged["statement"]["foreign_value"] == "7.77"
    assert "7.77" not in str(exporter.get(f"/determinations/{determination['id']}"))
    assert seen["statement"]["amounts"] is None
    officers = officer.get(f"/supplier-declarations/{declaration}")["statement"]["amounts"]
    assert officers["net_cost"] == "35"


def test_customs_confirmed_declaration_waits_for_the_officer(exporter, officer):
    declaration, token = asked(exporter, kind="CUSTOMS_CONFIRMED")
    checked = stated(exporter, token).json()["state"]
    path = f"/supplier-declarations/{declaration}/confirmation"
    refused = exporter.try_post(path, {"reference": "KCS-2026-77"})

    confirmed = officer.post(path, {"reference": "KCS-2026-77"})

    assert (checked, refused.status_code, confirmed["state"]) == ("CHECKED", 403, "VALID")


def test_line_may_not_cite_strange_or_foreign_declarations(exporter, offices):
    other = offices.company("daehan", name="DAEHAN CO.", tax_id="120-81-00002")
    theirs, _ = asked(other)
    mine, _ = asked(exporter)
    products = {
        theirs: product_citing(exporter, theirs),
        mine: product_citing(exporter, mine, hs="853690"),
    }

    for product in products.values():
        refused = exporter.try_post(f"/products/{product}/determinations", CASE)

        assert refused.status_code == 422
        assert refused.json()["errors"][0]["code"] == "RUL-PROOF"
        assert refused.json()["errors"][0]["pointer"] == "/materials/0/declaration"


def test_silent_supplier_is_reminded_weekly_five_times(exporter, offices):
    declaration, _ = asked(exporter)
    office = offices.offices["KR-KCS"]
    counts = []
    for _ in range(7):
        offices.world.clock.advance(days=7)
        counts.append(office.works.do(office.suppliers.remind))
        office.works.do(office.suppliers.remind)

    exporter = offices.log_in("KR-KCS", "hanbit")
    seen = exporter.get(f"/supplier-declarations/{declaration}")

    assert counts == [1, 1, 1, 1, 1, 0, 0]
    assert (seen["state"], seen["reminders"]) == ("REMINDED", 5)


def test_declaration_begins_nears_its_end_and_ends_by_itself(exporter, offices):
    declaration, token = asked(exporter)
    first = stated(exporter, token, valid_from="2026-12-01", valid_until="2027-06-01").json()
    office = offices.offices["KR-KCS"]
    states = [first["state"]]
    for days in (10, 123, 60):
        offices.world.clock.advance(days=days)
        office.works.do(office.suppliers.turn)
        person = offices.log_in("KR-KCS", "hanbit")
        states.append(person.get(f"/supplier-declarations/{declaration}")["state"])

    assert states == ["CHECKED", "VALID", "EXPIRING", "EXPIRED"]


def test_supplier_takes_his_word_back_by_the_same_link(exporter):
    declaration, token = asked(exporter)
    stated(exporter, token)

    answer = exporter.client.post(
        "/api/v1/supplier-link/revocation",
        json={"reason": "the board now comes from Japan"},
        headers={"Authorization": f"Bearer {token}"},
    )

    assert answer.json()["state"] == "REVOKED"
    assert "proof" not in first_line(exporter, declaration)


def test_strangers_see_no_declaration(exporter, offices):
    declaration, _ = asked(exporter)
    other = offices.company("daehan", name="DAEHAN CO.", tax_id="120-81-00002")

    assert other.try_get(f"/supplier-declarations/{declaration}").status_code == 404
    assert other.get("/supplier-declarations")["items"] == []
