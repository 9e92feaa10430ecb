"""An exporter finds out whether goods qualify and what would help; a supplier answers by link."""

from __future__ import annotations

import re
import secrets
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import FilePayload, expect

from ooms.demo import goods
from tests.browser.people import Portal, Reader
from tests.journeys.walk import _tax_id

_serials = count(601)
KOREA = "KR-KCS"
SHEET = b"""\
product,description,product_hs,hs_edition,name,hs,originating,value
SC-700,STATIC CONVERTER,850440,2022,printed circuits,853400,no,35
SC-700,,,,housing,761699,yes,a lot
"""


def company(portal: Portal, role: str = "EXPORTER") -> tuple[str, dict[str, Any]]:
    """Register a company, let somebody of it in, and return the login and the company."""
    serial = next(_serials)
    written = {"name": f"HANBIT {serial} CO., LTD.", "tax_id": _tax_id(serial)}
    login = f"goods-{serial}"
    portal.nodes[KOREA].passwords[login] = secrets.token_urlsafe(12)
    somebody = {
        "login": login,
        "name": "Park Jiwoo",
        "role": role,
        "password": portal.nodes[KOREA].passwords[login],
    }
    with closing(portal.api(KOREA, "operator")) as operator:
        made = operator.post("/exporters", goods.EXPORTER | written)
        operator.post("/users", somebody | {"exporter_id": made["id"]})
    return login, made


@pytest.fixture
def login(portal: Portal) -> str:
    return company(portal)[0]


def fill(reader: Reader, **fields: str) -> None:
    for label, text in fields.items():
        reader.page.get_by_label(label.replace("_", " "), exact=True).first.fill(text)


def press(reader: Reader, name: str | re.Pattern[str]) -> None:
    reader.page.get_by_role("button", name=name).and_(
        reader.page.locator(":not(.govuk-visually-hidden)")
    ).first.click()


def judge(reader: Reader, country: str = "VN", amount: str = "100.00") -> None:
    reader.page.get_by_role("button", name="Does it qualify?").click()
    reader.page.get_by_label("Buyer's country").select_option(country)
    fill(reader, Price_of_one_unit=amount)
    press(reader, "Judge under all agreements")


def describe(exporter: Reader) -> None:
    """Describe a converter, its code looked up while it is typed."""
    page = exporter.open("/company/products/new")
    page.get_by_label("Description, as on invoices").fill("STATIC CONVERTERS, MODEL SC-500")
    fill(exporter, **{"Model or article number (optional)": "SC-500"})
    page.get_by_label("Look up by words or first digits (optional)").press_sequentially("8504.4")
    exporter.look("products-describe")
    page.get_by_role("button", name="Take 8504.40").click()
    expect(page.get_by_label("HS code")).to_have_value("850440")
    press(exporter, "Go on to the bill of materials")
    exporter.says("The product is described")


def write_bill(exporter: Reader) -> None:
    """Write a bill of two lines, once wrongly."""
    page = exporter.page
    fill(exporter, Name="transformer core", HS_code="850490", Value_in_one_unit="70")
    page.get_by_label("Origin", exact=True).select_option("no")
    press(exporter, "Add a line")
    exporter.look("products-bill")
    page.locator("#materials-1-name").fill("housing")
    page.locator("#materials-1-hs").fill("761699")
    page.locator("#materials-1-value").fill("much")
    press(exporter, "Keep the bill")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    exporter.look("products-bill-refused")
    page.locator("#materials-1-value").fill("10.00")
    press(exporter, "Keep the bill")
    exporter.says("The bill of materials is kept.")
    exporter.look("products-product")


def test_exporter_learns_why_goods_fail_changes_a_material_and_they_qualify(
    portal: Portal, login: str
):
    exporter = portal.person(KOREA, login)
    page = exporter.page
    describe(exporter)
    write_bill(exporter)

    judge(exporter)
    exporter.says("It would qualify if you")
    exporter.says("sell the good for at least 133.34 USD (FOB)")
    exporter.says("No rule is loaded for this code")
    page.get_by_text("What decided under AKFTA").click()
    exporter.look("products-origin")

    page.get_by_role("link", name=re.compile("Change the bill of materials")).first.click()
    page.locator("#materials-0-value").fill("45.00")
    press(exporter, "Keep the bill")
    judge(exporter)
    exporter.says("The good originates.")
    press(exporter, re.compile(r"Keep this determination \(AKFTA"))
    exporter.says("The determination is kept.")
    exporter.says("Use it in an application")
    exporter.look("products-determination")
    exporter.open("/company/products/determinations")
    exporter.look("products-determinations")
    exporter.open("/company/products")
    exporter.look("products-list")


def test_open_question_is_answered_and_judged_again_without_scripts(portal: Portal, login: str):
    core = {"name": "transformer core", "hs": "850490", "originating": False, "value": "45.00"}
    with closing(portal.api(KOREA, login)) as api:
        made = api.post("/products", goods.CONVERTER | {"bill": {"materials": [core]}})
    exporter = portal.person(KOREA, login, scripts=False)
    page = exporter.open(f"/company/products/{made['id']}/origin?country=VN")
    page.get_by_label(re.compile("What is the value of the good on the basis FOB")).fill("100.00")
    press(exporter, re.compile("Judge again with these answers"))

    exporter.says("The good originates.")
    page.goto(f"{exporter.address}/company/products/{made['id']}/bill")
    press(exporter, "Add a line")
    expect(page.locator("#materials-1-name")).to_be_visible()
    press(exporter, re.compile("Remove line 2"))
    expect(page.locator("#materials-1-name")).to_have_count(0)
    expect(page.locator("#materials-0-name")).to_have_value("transformer core")


def test_file_of_bills_shows_its_progress_and_its_errors(portal: Portal, login: str):
    exporter = portal.person(KOREA, login)
    page = exporter.open("/company/products/imports")
    exporter.look("products-imports")
    sheet = FilePayload(name="bills.csv", mimeType="text/csv", buffer=SHEET)
    page.get_by_label("File of bills").set_input_files(sheet)
    press(exporter, "Hand in the file")
    expect(page.get_by_text("1 cell is wrong")).to_be_visible(timeout=60_000)
    exporter.says("is no number here")
    exporter.look("products-import-refused")


def ask_for_boards(exporter: Reader) -> str:
    """Ask a supplier, and return the path of his link."""
    page = exporter.open("/company/suppliers/new")
    exporter.look("suppliers-ask")
    page.get_by_label("Blanket declaration for repeated supplies").check()
    page.get_by_label("Agreement").select_option("AKFTA")
    page.get_by_label("Name").fill("DAEHAN BOARDS")
    page.get_by_label("Country").select_option("KR")
    page.get_by_label("Description").fill("printed circuits")
    page.get_by_label("HS code").fill("8534.00")
    press(exporter, "Ask")
    press(exporter, "Make a link for the supplier")
    link = page.get_by_label("The supplier's link").input_value()
    exporter.look("suppliers-link")
    return re.sub("^http://[^/]+", "", link)


def look_in_korean(supplier: Reader) -> None:
    """Look at the supplier's page in Korean, and go back to English."""
    supplier.page.get_by_role("button", name="한국어").click()
    supplier.says("구매자가 확인서를 요청합니다")
    supplier.look("supply-asked-ko")
    supplier.page.get_by_role("button", name="English").click()


def test_supplier_answers_by_link_and_the_buyer_sees_it_in_force(portal: Portal, login: str):
    exporter = portal.person(KOREA, login)
    path = ask_for_boards(exporter)
    today = datetime.now(UTC).date() - timedelta(days=1)

    supplier = portal.guest(KOREA)
    answering = supplier.open(path)
    supplier.look("supply-asked")
    look_in_korean(supplier)
    press(supplier, "Sign and send")
    expect(answering.locator(".govuk-error-summary")).to_be_focused()
    supplier.look("supply-refused")
    answering.get_by_label("Country of origin").select_option("KR")
    answering.get_by_label("First day for which it counts").fill(today.isoformat())
    until = answering.get_by_label("First day on which it counts no more")
    until.fill((today + timedelta(days=300)).isoformat())
    answering.get_by_label("Name").fill("Choi Minho")
    answering.get_by_label("Title").fill("Director")
    answering.get_by_label("Day of signing").fill(today.isoformat())
    press(supplier, "Sign and send")
    supplier.says("Thank you.")
    supplier.look("supply-answered")

    exporter.open("/company/suppliers?state=VALID")
    exporter.says("DAEHAN BOARDS")
    exporter.look("suppliers-list")
    exporter.page.get_by_role("link", name=re.compile("DAEHAN BOARDS")).click()
    exporter.says("In force")
    exporter.look("suppliers-declaration")
    supplier.open("/supply/nothing")
    supplier.look("supply-closed")


def test_producer_files_costs_that_the_exporter_cites_unseen(portal: Portal):
    login, exported = company(portal)
    maker, _ = company(portal, "PRODUCER")
    producer = portal.person(KOREA, maker)
    page = producer.open("/company/cost-statements/new")
    page.locator("#exporter-country").select_option("KR")
    page.get_by_label("Tax number").fill(exported["tax_id"])
    page.get_by_label("Description, as on invoices").fill("STATIC CONVERTERS")
    page.locator("#product-hs").fill("850440")
    page.locator("#product-bill-materials-0-name").fill("SECRET BOARD")
    page.locator("#product-bill-materials-0-hs").fill("853400")
    page.locator("#product-bill-materials-0-value").fill("35")
    page.get_by_label("What is done to the product here").fill("assembly")
    page.get_by_label("Agreement").select_option("AKFTA")
    page.get_by_label("Buyer's country").select_option("VN")
    page.get_by_label("Price of one unit").fill("100")
    producer.look("statements-file")
    press(producer, "File the statement")
    producer.says("The cost statement is filed.")
    producer.says("SECRET BOARD")
    producer.look("statements-own")
    producer.open("/company/cost-statements")
    producer.look("statements-list")

    exporter = portal.person(KOREA, login)
    exporter.open("/company/cost-statements")
    exporter.page.get_by_role("link", name=re.compile("STATIC CONVERTERS")).click()
    exporter.says("The costs are for the producer and the deciding officer only.")
    expect(exporter.page.get_by_text("SECRET BOARD")).to_have_count(0)
    exporter.look("statements-cited")


def test_material_and_its_lots_are_kept(portal: Portal, login: str):
    board = {"part_number": "P-1", "description": "boards", "unit": "C62"}
    lot = {
        "number": "L-1",
        "received_on": "2026-01-05",
        "quantity": "10",
        "unit_price": "35",
        "currency": "USD",
        "supplier": "DAEHAN",
        "country": "KR",
    }
    with closing(portal.api(KOREA, login)) as stock:
        made = stock.post("/materials", board)
        stock.post(f"/materials/{made['id']}/lots", lot)
    exporter = portal.person(KOREA, login)
    exporter.open("/company/products/materials")
    exporter.look("materials-list")
    exporter.open(f"/company/products/materials/{made['id']}")
    exporter.says("L-1")
    exporter.look("materials-one")
