"""Sheets that are no sheets: each is refused with its place, none is a defect of ours."""

import pytest

HEADER = "product,description,product_hs,hs_edition,line,name,hs,originating,value"


@pytest.mark.parametrize("content", ["a,b\rc", f"{HEADER}\n{'x' * 140_000},1"], ids=["cr", "long"])
def test_sheet_that_cannot_be_read_is_refused_with_its_name(exporter, content):
    refused = exporter.try_post("/products/imports", {"file": "bills.csv", "content": content})

    assert (refused.status_code, refused.json()["code"]) == (422, "SCH-SHEET")
    assert all(one["pointer"].startswith("bills.csv") for one in refused.json()["errors"])
