"""Materials in stock over HTTP, and determinations that count what was taken from their lots."""

import pytest

from ooms.access.model import Role
from tests.integration.office.test_office_suppliers import asked, stated
from tests.offices import PRICE, PRODUCT

CASE = {"agreement": "KCFTA", "importing_party": "CN", "on": "2026-11-20", "price": PRICE}
MATERIAL = {
    "part_number": "P-1",
    "description": "core",
    "unit": "C62",
    "codes": [{"edition": 2012, "hs": "850490"}],
}
LOT = {
    "number": "L1",
    "received_on": "2026-01-10",
    "quantity": "60",
    "unit_price": "1.00",
    "currency": "USD",
    "incoterm": "CIF",
    "supplier": "Core Maker",
    "country": "KR",
    "originating": True,
}
FOREIGN = LOT | {"number": "L2", "received_on": "2026-02-10", "country": "JP", "originating": False}
YEAR = {"valid_from": "2026-01-01", "valid_until": "2026-12-31"}
SHEET = """\
part_number,lot,received_on,quantity,unit_price,currency,supplier,country,originating,opening
P-1,L1,2026-01-10,60,1.00,USD,Core Maker,KR,yes,no
P-1,L2,2026-02-10,60,1.00,USD,Core Maker,JP,no,
"""


@pytest.fixture
def stock(exporter):
    """Where a material is kept that was first bought at home, then abroad."""
    path = f"/materials/{exporter.post('/materials', MATERIAL)['id']}"
    exporter.post(f"{path}/lots", LOT)
    exporter.post(f"{path}/lots", FOREIGN)
    exporter.post(f"{path}/methods", {"starts_on": "2026-01-01", "method": "fifo"})
    exporter.post(f"{path}/withdrawals", {"taken_on": "2026-03-01", "quantity": "70"})
    return path


def product_of(exporter, quantity="70", **line):
    material = {"name": "core", "part_number": "P-1", "quantity": quantity} | line
    bill = {"materials": [material], "processes": ["manufacture"]}
    described = PRODUCT | {"hs_edition": 2012, "bill": bill}
    return exporter.post("/products", described)["id"]


def determine(exporter, product, **changes):
    return exporter.try_post(f"/products/{product}/determinations", CASE | changes)


def refused(answer):
    assert answer.status_code == 422, answer.text
    (flaw,) = answer.json()["errors"]
    return flaw["code"], flaw["detail"]


def test_first_in_first_out_counts_the_older_lot(exporter, stock):
    found = determine(exporter, product_of(exporter)).json()

    (line,) = found["case"]["materials"]
    assert line["hs"] == "850490"
    assert [one["lot"] for one in line["inventory"]["receipts"]] == ["L1", "L2"]
    told, *parts = found["answer"]["origins"]
    assert told["reason"] == {"key": "origin.stock", "facts": {"method": "fifo"}}
    assert [one["reason"]["key"] for one in parts] == ["origin.own", "origin.foreign"]


def test_elected_method_decides_what_a_good_contains(exporter, stock):
    product = product_of(exporter, quantity="60")
    exporter.post(f"{stock}/lots", LOT | {"number": "L3", "received_on": "2026-03-03"})
    exporter.post(f"{stock}/withdrawals", {"taken_on": "2026-03-04", "quantity": "60"})
    asked_for = {"importing_party": "CN", "on": "2026-11-20", "price": PRICE | {"amount": "70"}}
    verdicts = {}

    for method in ("fifo", "lifo"):
        exporter.post(f"{stock}/methods", {"starts_on": "2026-01-01", "method": method})
        compared = exporter.post("/determinations/comparison", asked_for | {"product_id": product})
        (row,) = [one for one in compared["agreements"] if one["agreement"] == "KCFTA"]
        verdicts[method] = row["verdict"]

    # What was made at home came in last: it goes first only where the last in is the first out.
    assert verdicts == {"fifo": "non_originating", "lifo": "originating"}
    assert exporter.get(f"{stock}/methods")["items"][0]["used_at"] is None


def test_method_is_fixed_by_the_first_determination(exporter, stock):
    determine(exporter, product_of(exporter))

    again = exporter.try_post(f"{stock}/methods", {"starts_on": "2026-01-01", "method": "lifo"})
    overlapping = exporter.try_post(
        f"{stock}/methods", {"starts_on": "2026-07-01", "method": "lifo"}
    )
    following = exporter.try_post(f"{stock}/methods", {"starts_on": "2027-01-01", "method": "lifo"})

    assert (again.status_code, again.json()["code"]) == (409, "RUL-STATE")
    assert "begin when it ends" in refused(overlapping)[1]
    assert following.status_code == 201
    assert exporter.get(f"{stock}/methods")["items"][0]["used_at"]


def test_value_in_the_currency_of_the_case_is_asked_for(exporter, stock):
    yen = LOT | {"number": "YEN", "currency": "JPY", "unit_price": "150"}
    lot = exporter.post(f"{stock}/lots", yen)
    product = product_of(exporter)

    before = determine(exporter, product)
    exporter.post(f"{stock}/lots/{lot['id']}/values", {"amount": "1.02", "currency": "USD"})
    after = determine(exporter, product)

    assert refused(before)[0] == "RUL-STOCK"
    assert "lot YEN of P-1 is priced in JPY" in refused(before)[1]
    assert after.status_code == 201, after.text


def test_voided_records_count_no_more(exporter, stock):
    product = product_of(exporter)
    (withdrawal,) = exporter.get(f"{stock}/withdrawals")["items"]
    lot = exporter.get(f"{stock}/lots")["items"][1]
    reason = {"reason": "typed twice"}

    exporter.post(f"{stock}/lots/{lot['id']}/voiding", reason)
    short = determine(exporter, product)
    exporter.post(f"{stock}/withdrawals/{withdrawal['id']}/voiding", reason)
    gone = determine(exporter, product)
    twice = exporter.try_post(f"{stock}/lots/{lot['id']}/voiding", reason)

    assert "takes more than was in stock" in refused(short)[1]
    assert "record the withdrawal" in refused(gone)[1]
    assert twice.status_code == 409


def test_lot_rests_on_the_declaration_of_its_supplier(exporter):
    path = f"/materials/{exporter.post('/materials', MATERIAL)['id']}"
    goods = {"description": "core", "hs": "850490", "hs_edition": 2012}
    declaration, token = asked(exporter, agreement="KCFTA", goods=goods)
    exporter.post(f"{path}/lots", LOT | {"originating": None, "declaration": declaration})
    exporter.post(f"{path}/methods", {"starts_on": "2026-01-01", "method": "fifo"})
    exporter.post(f"{path}/withdrawals", {"taken_on": "2026-03-01", "quantity": "60"})
    product = product_of(exporter, quantity="60")

    def shown():
        found = determine(exporter, product)
        assert found.status_code == 201, found.text
        return found.json()["case"]["materials"][0]["inventory"]["receipts"][0]["originating"]

    unstated = shown()
    answer = stated(exporter, token, agreement="KCFTA", hs="850490", **YEAR)
    assert answer.json()["state"] == "VALID", answer.text

    assert unstated is False
    assert shown() is True
    resting = exporter.get(f"/supplier-declarations/{declaration}/impact")
    assert len(resting["items"]) >= 1


def test_declaration_of_another_company_is_none(exporter):
    path = f"/materials/{exporter.post('/materials', MATERIAL)['id']}"

    answer = exporter.try_post(f"{path}/lots", LOT | {"declaration": "nobody's"})

    assert refused(answer)[0] == "RUL-PROOF"


def test_sheet_of_lots_is_taken_whole_or_not(exporter):
    path = f"/materials/{exporter.post('/materials', MATERIAL)['id']}"
    flawed = SHEET.replace("P-1,L2", "P-9,L2").replace("60,1.00,USD,Core Maker,KR", "0,1.00,US,,KR")
    unknown = SHEET.replace("P-1,L2", "P-9,L2")

    cells = exporter.try_post("/materials/imports", {"file": "lots.csv", "content": flawed})
    parts = exporter.try_post("/materials/imports", {"file": "lots.csv", "content": unknown})
    after_flaws = exporter.get(f"{path}/lots")["items"]
    taken = exporter.post("/materials/imports", {"file": "lots.csv", "content": SHEET})
    again = exporter.try_post("/materials/imports", {"file": "lots.csv", "content": SHEET})

    assert [one["pointer"] for one in cells.json()["errors"]] == [
        f"lots.csv#row=2&column={name}" for name in ("quantity", "currency", "supplier")
    ]
    assert parts.json()["errors"][0]["pointer"] == "lots.csv#row=3&column=part_number"
    assert after_flaws == []
    assert len(taken["items"]) == 2
    assert again.json()["errors"][0]["pointer"] == "lots.csv#row=2&column=lot"


@pytest.mark.parametrize(
    "line", [{"value": "3"}, {"originating": True}, {"quantity": None}, {"declaration": "x"}]
)
def test_line_from_stock_says_nothing_that_its_lots_say(exporter, line):
    material = {"name": "core", "part_number": "P-1", "quantity": "2"} | line

    answer = exporter.try_post("/products", PRODUCT | {"bill": {"materials": [material]}})

    assert answer.status_code == 422


def test_sheet_of_bills_names_what_is_in_stock(exporter, stock):
    sheet = (
        "product,description,product_hs,hs_edition,processes,name,part_number,quantity\n"
        "SC-9,CONVERTER,850440,2012,manufacture,core,P-1,70\n"
    )

    (made,) = exporter.post("/products/imports", {"file": "b.csv", "content": sheet})["bills"]

    assert determine(exporter, made["product_id"]).status_code == 201


def test_material_that_nobody_keeps_is_asked_for(exporter):
    answer = determine(exporter, product_of(exporter))

    assert refused(answer) == (
        "RUL-STOCK",
        "no material P-1 is kept; describe it and record its lots",
    )


def test_stock_of_one_company_is_nobody_elses(offices, exporter, stock):
    rival = offices.company("rival", name="RIVAL CO.", tax_id="120-81-00002")
    kim = offices.person("KR-KCS", "kim", Role.OFFICER)

    paths = ("", "/lots", "/withdrawals", "/methods")
    answers = {rival.try_get(f"{stock}{more}").status_code for more in paths}

    assert answers == {404}
    assert rival.get("/materials")["items"] == []
    assert kim.try_get(stock).json()["code"] == "AUT-ROLE"
