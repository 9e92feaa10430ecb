"""The page of a certificate in the ledger, over HTTP."""

import pytest

from ooms.access.model import Role
from tests.offices import an_application, approved, determined


@pytest.fixture
def issued(offices, exporter, officer):
    """A certificate of 500 pieces that Viet Nam has registered."""
    application = approved(exporter, officer, an_application(determined(exporter)))
    certificate = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    return certificate


def claimed(importer, issued, quantity, declaration):
    line = {
        "line_no": 1,
        "certificate_number": issued["number"],
        "item_no": 1,
        "hs": "850440",
        "quantity": quantity,
        "unit": "C62",
    }
    return importer.post("/claims", {"declaration_number": declaration, "lines": [line]})


def left(page):
    (item,) = page["items"]
    return {one["unit"]: one["left"] for one in item["scales"]}


def test_page_shows_what_is_left_in_every_unit(importer, issued):
    claimed(importer, issued, "200", "D-1")

    page = importer.get(f"/ledger/KR/AKFTA/{issued['number'].lower()}")

    assert left(page) == {"C62": "300", "KGM": "750.3"}
    assert [(one["kind"], one["share"]) for one in page["entries"]] == [("DRAWN", "2/5")]
    assert [one["use"]["reference"] for one in page["carries"]] == ["D-1"]


def test_page_of_the_past_shows_what_was_left_then(importer, issued):
    claimed(importer, issued, "200", "D-1")
    claimed(importer, issued, "100", "D-2")
    path = f"/ledger/KR/AKFTA/{issued['number']}"
    (first, _) = importer.get(path)["entries"]

    then = importer.get(f"{path}?at={first['at'].replace('+', '%2B')}")

    assert left(then)["C62"] == "300"
    assert left(importer.get(path))["C62"] == "200"


def test_import_officer_corrects_an_item_with_a_reason(importer, issued):
    path = f"/ledger/KR/AKFTA/{issued['number']}"
    asked = {"quantity": "100", "unit": "KGM", "reason": "landed under a paper declaration"}
    entry = importer.post(f"{path}/items/1/adjustments", asked)
    back = importer.post(f"{path}/items/1/adjustments", asked | {"quantity": "-100"})
    below = importer.try_post(f"{path}/items/1/adjustments", asked | {"quantity": "-1"})

    assert (entry["kind"], back["kind"]) == ("ADJUSTED", "ADJUSTED")
    assert (below.status_code, below.json()["code"]) == (409, "LED-EXCEEDED")
    assert left(importer.get(path))["C62"] == "500"


def test_correction_is_foreseen_and_nothing_is_written(importer, issued):
    path = f"/ledger/KR/AKFTA/{issued['number']}"
    claimed(importer, issued, "200", "D-1")
    foreseen = importer.get(f"{path}/items/1/adjustments/preview?quantity=100&unit=C62")
    below = importer.try_get(f"{path}/items/1/adjustments/preview?quantity=-201&unit=C62")
    strange = importer.try_get(f"{path}/items/1/adjustments/preview?quantity=1&unit=MTQ")
    no_item = importer.try_get(f"{path}/items/9/adjustments/preview?quantity=1&unit=C62")

    assert left({"items": [foreseen["before"]]})["C62"] == "300"
    assert left({"items": [foreseen["after"]]})["C62"] == "200"
    assert left(importer.get(path))["C62"] == "300"
    assert (below.status_code, below.json()["code"]) == (409, "LED-EXCEEDED")
    assert (strange.status_code, strange.json()["code"]) == (422, "LED-UNIT")
    assert no_item.status_code == 404


def test_unknown_certificate_has_no_page(importer, issued):
    answer = importer.try_get("/ledger/KR/AKFTA/K001-26-9999999")

    assert answer.status_code == 404


def test_operator_may_not_read_the_ledger(offices, issued):
    operator = offices.person("VN-CUSTOMS", "keeper", Role.OPERATOR)

    answer = operator.try_get(f"/ledger/KR/AKFTA/{issued['number']}")

    assert (answer.status_code, answer.json()["code"]) == (403, "AUT-ROLE")
