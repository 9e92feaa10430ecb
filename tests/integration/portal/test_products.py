"""Pages about goods without a browser: what they say, and that nothing is lost on the way."""

from __future__ import annotations

import re

import pytest

from ooms.access.model import Role
from ooms.jobs import import_bills
from tests.integration.databases import SQLITE
from tests.integration.office.conftest import opened
from tests.integration.portal.desks import Desk, words_of
from tests.offices import COMPANY, PRICE, PRODUCT

DESCRIBED = {"description": "STATIC CONVERTERS", "hs": "8504.40", "hs_edition": "2022"}
FOREIGN = {
    "materials.0.name": "transformer core",
    "materials.0.hs": "8504.90",
    "materials.0.value": "70",
    "materials.0.originating": "no",
    "materials.0.origin": "jp",
    "materials.0.kind": "material",
    "processes": "assembly",
}
SOLD = {
    "importing_party": "VN",
    "price.basis": "FOB",
    "price.amount": "100.00",
    "price.currency": "USD",
}

SHEET = b"""\
product,description,product_hs,hs_edition,name,hs,value
SC-7,CONVERTER,850440,2022,board,853400,x
"""


@pytest.fixture
def offices(request, tmp_path):
    request.param = SQLITE
    yield from opened(request, tmp_path, "KR-KCS")


@pytest.fixture
def exporter(offices):
    return offices.company()


@pytest.fixture
def desk(exporter):
    return Desk(exporter)


@pytest.fixture
def product(exporter):
    return exporter.post("/products", PRODUCT)["id"]


def where(answer):
    assert answer.status_code == 303, words_of(answer.text)
    return answer.headers["Location"].partition("?")[0]


def test_product_is_described_and_its_bill_written_by_pages(desk, exporter):
    bill = where(desk.send("/company/products/new", DESCRIBED))
    shown = where(desk.send(bill, FOREIGN))
    (line,) = exporter.get(shown.removeprefix("/company"))["bill"]["materials"]

    assert (line["hs"], line["origin"], line["originating"]) == ("850490", "JP", False)
    assert "transformer core" in words_of(desk.open(shown))
    assert "STATIC CONVERTERS" in words_of(desk.open("/company/products"))


def test_look_up_without_scripts_keeps_what_was_written(desk):
    found = desk.send("/company/products/new", DESCRIBED | {"words": "8504", "do": "look-up"}).text
    taken = desk.send("/company/products/new", DESCRIBED | {"choose": "850450"}).text

    assert "Take 8504.40" in words_of(found)
    assert 'value="850450"' in taken
    assert "STATIC CONVERTERS" in taken
    assert "8504.40" in words_of(desk.open("/company/products/codes?words=85044"))
    assert "no tariff" in words_of(desk.open("/company/products/codes?part=1&words=converter"))


def test_lines_are_added_parted_and_removed_and_nothing_is_lost(desk, product):
    path = f"/company/products/{product}/bill"
    two = desk.send(path, FOREIGN | {"do": "add"}).text
    part = desk.send(path, FOREIGN | {"do": "part:materials.0"}).text
    fewer = desk.send(path, FOREIGN | {"materials.1.name": "screw", "do": "remove:materials.0"})

    assert "Line 2" in words_of(two)
    assert 'name="materials.0.made_from.0.name"' in part
    assert "transformer core" in part
    assert 'name="materials.0.name" type="text" value="screw"' in fewer.text
    assert "materials.1" not in fewer.text


def test_wrong_line_is_told_at_its_field(desk, product):
    path = f"/company/products/{product}/bill"
    wrong = {f"materials.2.{name}": "x" for name in ("name", "value")}
    refused = desk.send(path, FOREIGN | {"materials.1.kind": "material"} | wrong)

    assert refused.status_code == 422
    assert 'href="#materials-1-value"' in refused.text
    assert 'id="materials-1-value-error"' in refused.text


def test_ways_out_are_told_and_a_kept_determination_is_shown(desk, exporter):
    bill = where(desk.send("/company/products/new", DESCRIBED))
    product = where(desk.send(bill, FOREIGN))
    judged = words_of(desk.send(f"{product}/origin", SOLD).text)
    kept = where(desk.send(f"{product}/determinations", SOLD | {"agreement": "AKFTA"}))
    shown = words_of(desk.open(kept))

    assert "Does not qualify" in judged
    assert "No rule is loaded for this code" in judged
    assert "sell the good for at least 116.67 USD" in judged
    assert "no change of classification for transformer core" in shown
    assert "116.67 USD" in shown
    assert "STATIC CONVERTERS" in words_of(desk.open("/company/products/determinations"))


def test_deciding_question_is_answered_and_judged_again(desk, product):
    path = f"/company/products/{product}/origin"
    first = desk.open(f"{path}?country=VN")
    key = re.search(r'name="facts.0.key" value="([^"]+)"', first)
    answered = desk.send(
        path,
        {"importing_party": "VN", "facts.0.key": "price:FOB", "facts.0.answer": "50"},
    )

    assert key is None or key[1]
    assert answered.status_code == 200
    assert "Agreements side by side" in words_of(answered.text)


def test_stale_determination_says_why_and_leads_back(desk, exporter, product):
    made = exporter.post(
        f"/products/{product}/determinations",
        {"agreement": "AKFTA", "importing_party": "VN", "price": PRICE},
    )
    exporter.post(f"/products/{product}/bills", {"materials": [], "processes": []})
    shown = words_of(desk.open(f"/company/products/determinations/{made['id']}"))

    assert "The bill of materials has a newer version" in shown
    assert "Judge the product again" in shown


def test_bill_is_frozen_retired_priced_and_classified_by_pages(desk, product):
    path = f"/company/products/{product}"
    moves: tuple[tuple[str, dict[str, str]], ...] = (
        ("bills/1/freezing", {}),
        ("price", {"basis": "FOB", "amount": "90", "currency": "USD"}),
        ("classification", {"hs": "850450", "hs_edition": "2022", "reason": "looked again"}),
        ("bills/1/retirement", {}),
    )
    for at, fields in moves:
        assert where(desk.send(f"{path}/{at}", fields)) == path
    shown = words_of(desk.open(path))
    again = desk.send(f"{path}/bills/1/retirement")

    assert "8504.50" in shown
    assert "Retired" in shown
    assert again.status_code == 409


def test_question_of_an_edition_is_asked_and_answered(desk, exporter):
    made = exporter.post("/products", PRODUCT | {"hs_edition": 2017})["id"]
    path = f"/company/products/{made}"
    asked = words_of(desk.open(path))
    where(desk.send(f"{path}/codes", {"edition": "2022", "hs": "850440"}))

    assert "Which code is it in HS 2022?" in asked
    assert "as you answered" in words_of(desk.open(path))


def test_file_of_bills_is_imported_and_its_errors_are_named(desk, offices):
    path = "/company/products/imports"
    sheet = SHEET
    wrong = where(desk.send(path, files={"file": ("bills.csv", sheet)}))
    right = where(desk.send(path, files={"file": ("right.csv", sheet.replace(b",x", b",35"))}))
    before = desk.open(wrong)
    import_bills(offices.offices["KR-KCS"])
    flawed, done = words_of(desk.open(wrong)), words_of(desk.open(right))

    assert "every 1s" in before
    assert "1 cell is wrong" in flawed
    assert "2 value" in flawed
    assert "1 bill is written" in done
    assert "right.csv" in words_of(desk.open(path))
    assert desk.send(path, files={"file": ("bills.txt", sheet)}).status_code == 422


def test_supplier_answers_by_his_link_and_the_buyer_sees_it(desk, exporter, offices):
    asked = {
        "kind": "BLANKET",
        "agreement": "AKFTA",
        "supplier.name": "DAEHAN BOARDS",
        "supplier.country": "KR",
        "goods.description": "printed circuit",
        "goods.hs": "8534.00",
        "goods.hs_edition": "2022",
        "within_days": "14",
    }
    page = where(desk.send("/company/suppliers/new", asked))
    linked = desk.send(f"{page}/link").text
    link = re.search(r"http://[^\"]*(/supply/[^\"]+)", linked)
    assert link is not None
    supplier = Guest(offices.clients["KR-KCS"])
    stated = {
        "agreement": "AKFTA",
        "hs": "853400",
        "origin": "KR",
        "valid_from": "2026-11-01",
        "signer": "Choi Minho",
        "signed_on": "2026-11-10",
    }
    lacking = supplier.send(link[1], stated)
    where(
        supplier.send(link[1], stated | {"valid_until": "2027-11-01", "signer_title": "Director"})
    )

    assert "Who asks HANBIT ELECTRONICS CO., LTD." in words_of(supplier.open(link[1]))
    assert "DAEHAN BOARDS" in words_of(supplier.open(link[1]))
    assert 'href="#signer_title"' in lacking.text
    assert 'href="#valid_until"' in lacking.text
    assert "Thank you" in words_of(supplier.open(link[1]))
    assert "In force" in words_of(desk.open(page))
    assert "DAEHAN BOARDS" in words_of(desk.open("/company/suppliers?state=VALID"))


def test_link_that_nobody_made_opens_nothing(offices):
    answer = offices.clients["KR-KCS"].get("/supply/nothing")

    assert answer.status_code == 404
    assert "Ask your buyer for a fresh link" in words_of(answer.text)


def test_producer_files_a_statement_whose_costs_the_exporter_does_not_see(desk, exporter, offices):
    clerk = offices.log_in("KR-KCS", "clerk-of-hanbit")
    maker = clerk.post("/exporters", COMPANY | {"name": "MAKER", "tax_id": "120-81-00011"})
    producer = Desk(offices.person("KR-KCS", "maker", Role.PRODUCER, exporter_id=maker["id"]))
    path = "/company/cost-statements"
    filed = {
        "exporter.country": "KR",
        "exporter.tax_id": COMPANY["tax_id"],
        "product.description": "STATIC CONVERTERS",
        "product.hs": "850440",
        "product.hs_edition": "2022",
        "product.bill.materials.0.name": "SECRET CORE",
        "product.bill.materials.0.hs": "853400",
        "product.bill.materials.0.value": "35",
        "product.bill.processes": "assembly",
        "origin.agreement": "AKFTA",
        "origin.importing_party": "VN",
        **{f"origin.{name}": value for name, value in SOLD.items() if name != "importing_party"},
    }
    more = producer.send(f"{path}/new", filed | {"do": "add"}).text
    page = where(producer.send(f"{path}/new", filed))

    assert 'name="product.bill.materials.1.name"' in more
    assert "SECRET CORE" in words_of(producer.open(page))
    assert "SECRET CORE" not in desk.open(page)
    assert "Cite the statement" in words_of(desk.open(page))
    where(producer.send(f"{page}/withdrawal", {"reason": "costs changed"}))
    assert "Taken back" in words_of(producer.open(path))


def test_material_lot_taking_and_method_are_kept_by_pages(desk):
    kept = {"part_number": "P-1", "description": "boards", "unit": "C62", "codes.0.edition": "2022"}
    page = where(desk.send("/company/products/materials", kept | {"codes.0.hs": "8534.00"}))
    lot = {
        "number": "L-1",
        "received_on": "2026-01-05",
        "quantity": "10",
        "unit_price": "35",
        "currency": "USD",
        "supplier": "DAEHAN",
        "country": "KR",
        "originating": "yes",
    }
    where(desk.send(f"{page}/methods", {"starts_on": "2026-01-01", "method": "fifo"}))
    where(desk.send(f"{page}/lots", lot))
    where(desk.send(f"{page}/withdrawals", {"taken_on": "2026-02-01", "quantity": "3"}))
    shown = words_of(desk.open(page))

    assert "L-1" in shown
    assert "First in, first out" in shown
    assert "P-1" in words_of(desk.open("/company/products/materials"))
    assert desk.send(f"{page}/lots", {"number": "L-2"}).status_code == 422


def test_broker_chooses_a_company_before_he_sees_goods(offices):
    broker = Desk(offices.person("KR-KCS", "broker", Role.BROKER))
    answer = broker.client.get(
        "/company/products",
        headers={"Cookie": f"session={broker.token}"},
        follow_redirects=False,
    )

    assert answer.headers["Location"] == "/company/choose"


class Guest(Desk):
    """Somebody without an account."""

    def __init__(self, client):
        self.client = client
        self.token = ""
        self.clock = Ticks()

    def _headers(self):
        return {}


class Ticks:
    """A clock that only numbers the keys of forms."""

    def __init__(self):
        self.count = 0

    def advance(self, *, seconds):
        self.count += seconds

    def now(self):
        return self

    def isoformat(self):
        return f"guest-{self.count}"
