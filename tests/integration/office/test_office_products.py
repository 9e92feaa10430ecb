"""Products over HTTP: codes by edition, versions of bills, and sheets of bills."""

from typing import Any

from tests.offices import PRICE, PRODUCT

CASE = {"agreement": "AKFTA", "importing_party": "VN", "on": "2026-11-20", "price": PRICE}
BILL: dict[str, Any] = dict(PRODUCT["bill"])  # type: ignore[call-overload]  # a JSON object
SHEET = """\
product,description,product_hs,hs_edition,processes,line,part_of,name,hs,originating,origin,value
SC-700,STATIC CONVERTER,850440,2022,assembly;testing,1,,board,853400,no,JP,35
SC-700,,,,,2,,housing,850490,,,12.5
SC-700,,,,,,2,steel sheet,720917,no,CN,4
SC-500,,,,,,,printed circuit board,853400,no,JP,30
"""


def states_of(exporter, product):
    bills = exporter.get(f"/products/{product}/bills")["items"]
    return {one["version"]: one["state"] for one in bills}


def imported(exporter, content, file="bills.csv"):
    return exporter.try_post("/products/imports", {"file": file, "content": content})


def test_bill_is_written_until_frozen_and_then_never(exporter):
    product = exporter.post("/products", PRODUCT)["id"]
    exporter.post(f"/products/{product}/bills", BILL)
    exporter.post(f"/products/{product}/bills/1/freezing")

    newest = exporter.post(f"/products/{product}/bills", BILL)["bill"]
    again = exporter.try_post(f"/products/{product}/bills/1/freezing")

    assert newest["version"] == 2
    assert states_of(exporter, product) == {1: "FROZEN", 2: "DRAFT"}
    assert (again.status_code, again.json()["code"]) == (409, "RUL-STATE")


def test_determination_puts_its_bill_to_use_for_good(exporter):
    product = exporter.post("/products", PRODUCT)["id"]
    exporter.post(f"/products/{product}/determinations", CASE)
    exporter.post(f"/products/{product}/bills", BILL)

    exporter.post(f"/products/{product}/bills/1/retirement")

    assert states_of(exporter, product) == {1: "RETIRED", 2: "DRAFT"}


def test_retired_bill_carries_no_determination(exporter):
    product = exporter.post("/products", PRODUCT)["id"]
    exporter.post(f"/products/{product}/bills/1/retirement")

    refused = exporter.try_post(f"/products/{product}/determinations", CASE)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["code"] == "RUL-BILL"


def test_bill_holds_in_its_own_days_only(exporter):
    bill = BILL | {"valid_from": "2026-12-01", "valid_until": "2027-01-01"}
    product = exporter.post("/products", PRODUCT | {"bill": bill})["id"]

    early = exporter.try_post(f"/products/{product}/determinations", CASE)
    within = exporter.try_post(f"/products/{product}/determinations", CASE | {"on": "2026-12-31"})

    assert (early.status_code, within.status_code) == (422, 201)


def test_each_plant_has_its_own_bill_and_is_named(exporter):
    product = exporter.post("/products", PRODUCT)["id"]
    exporter.post(f"/products/{product}/bills", BILL | {"plant": "Gumi"})

    unsaid = exporter.try_post(f"/products/{product}/determinations", CASE)
    gumi = exporter.post(f"/products/{product}/determinations", CASE | {"plant": "Gumi"})

    assert unsaid.json()["errors"][0]["pointer"] == "/plant"
    assert gumi["bill_version"] == 2


def test_ambiguous_code_is_asked_and_the_answer_used(exporter):
    # HS 2022 gathered flat panel display modules in 8524 out of many codes of HS 2017.
    product = exporter.post("/products", PRODUCT | {"hs": "852491", "hs_edition": 2022})["id"]
    asked = exporter.get(f"/products/{product}/codes?edition=2017")

    stated = exporter.post(f"/products/{product}/codes", {"edition": 2017, "hs": "851712"})
    case = exporter.post(f"/products/{product}/determinations", CASE)["case"]

    assert asked["code"] is None
    assert len(asked["candidates"]) > 1
    assert stated["code"] == "851712"
    assert case["facts"] == {"hs:product": "851712"}


def test_code_that_no_table_leads_to_is_refused(exporter):
    product = exporter.post("/products", PRODUCT)["id"]

    refused = exporter.try_post(f"/products/{product}/codes", {"edition": 2017, "hs": "010121"})

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["code"] == "REF-HS-EDITION"


def test_certain_code_needs_no_answer(exporter):
    product = exporter.post("/products", PRODUCT)["id"]

    assert exporter.get(f"/products/{product}/codes?edition=2017")["code"] == "850440"


def test_classifying_anew_forgets_what_was_answered(exporter):
    product = exporter.post("/products", PRODUCT)["id"]
    exporter.post(f"/products/{product}/codes", {"edition": 2017, "hs": "850440"})

    classified = exporter.post(
        f"/products/{product}/classification",
        {"hs": "850490", "hs_edition": 2022, "reason": "it is a part"},
    )

    assert classified["hs"] == "850490"
    assert exporter.get(f"/products/{product}/codes?edition=2017")["stated"] is None


def test_sheet_makes_products_and_versions_of_bills(exporter):
    known = exporter.post("/products", PRODUCT)["id"]
    exporter.post(f"/products/{known}/bills/1/freezing")

    answer = imported(exporter, SHEET)

    assert answer.status_code == 201, answer.text
    new, old = answer.json()["bills"]
    assert (new["is_new"], new["lines"], new["bill_version"]) == (True, 2, 1)
    assert (old["product_id"], old["is_new"], old["bill_version"]) == (known, False, 2)
    made = exporter.get(f"/products/{new['product_id']}")
    assert made["bill"]["processes"] == ["assembly", "testing"]
    assert made["bill"]["materials"][1]["made_from"][0]["name"] == "steel sheet"


def test_flawed_sheet_names_rows_and_columns_and_leaves_nothing(exporter):
    flawed = SHEET.replace("853400,no,JP,35", "85,perhaps,Japan,x").replace(
        ",,2,steel", ",,9,steel"
    )

    refused = imported(exporter, flawed)

    assert (refused.status_code, refused.json()["code"]) == (422, "SCH-SHEET")
    assert {one["pointer"] for one in refused.json()["errors"]} == {
        "bills.csv#row=2&column=originating",
        "bills.csv#row=2&column=origin",
        "bills.csv#row=2&column=value",
        "bills.csv#row=4&column=part_of",
    }
    assert exporter.get("/products")["items"] == []


def test_sheet_for_unknown_product_says_its_row(exporter):
    refused = imported(exporter, SHEET)

    assert [one["pointer"] for one in refused.json()["errors"]] == [
        "bills.csv#row=5&column=product"
    ]


def test_unknown_column_and_empty_sheet_are_refused(exporter):
    unknown = imported(exporter, "product,name,colour\nSC,board,red\n")
    empty = imported(exporter, "product,name\n")

    assert unknown.json()["errors"][0]["pointer"] == "bills.csv#row=1&column=colour"
    assert empty.json()["code"] == "SCH-SHEET"
