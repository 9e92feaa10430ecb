"""Determinations over HTTP: in the reader's language, with advice, and all agreements at once."""

from typing import Any

from ooms.access.model import Role
from tests.offices import PRICE, PRODUCT, an_application, approved, determined

CASE = {"importing_party": "VN", "on": "2026-11-20", "price": PRICE}
FAILING: dict[str, Any] = {
    "bill": {
        "materials": [{"name": "module", "hs": "850490", "originating": False, "value": "65"}],
        "processes": ["manufacture"],
    }
}


def compared(person, exporter, **changes):
    product = exporter.post("/products", PRODUCT)
    return person.try_post(
        "/determinations/comparison", CASE | {"product_id": product["id"]} | changes
    )


def test_determination_is_told_in_the_language_asked_for(exporter):
    stored = determined(exporter)["id"]

    told = {
        language: exporter.get(f"/determinations/{stored}?language={language}")["answer"]
        for language in ("en", "fr", "ko", "sw")
    }

    assert len({answer["verdict_text"] for answer in told.values()}) == 4
    assert len({answer["verdict"] for answer in told.values()}) == 1
    assert len({answer["inputs_hash"] for answer in told.values()}) == 1


def test_readers_own_language_is_understood_from_his_browser(exporter):
    stored = determined(exporter)["id"]

    answer = exporter.client.get(
        f"/api/v1/determinations/{stored}",
        headers=exporter.headers | {"Accept-Language": "ko-KR,ko;q=0.9,en;q=0.5"},
    )

    assert answer.json()["answer"]["verdict_text"] == "이 물품은 원산지물품입니다."


def test_unknown_language_is_refused_by_its_field(exporter):
    stored = determined(exporter)["id"]

    refused = exporter.try_get(f"/determinations/{stored}?language=xx")

    assert refused.status_code == 422


def test_failed_determination_tells_what_would_help(exporter):
    answer = determined(exporter, **FAILING)["answer"]

    assert answer["verdict"] == "non_originating"
    changes = {
        remedy["change"]
        for way in answer["would_qualify_if"]
        for step in way["all_of"]
        for remedy in step["any_of"]
    }
    assert {"raise_price", "source_originating"} <= changes


def test_exporter_and_deciding_officer_compare_every_agreement(exporter, officer):
    determination = determined(exporter)
    body = CASE | {"product_id": determination["product_id"]}
    before = officer.try_post("/determinations/comparison", body)
    approved(exporter, officer, an_application(determination))

    assert (before.status_code, before.json()["code"]) == (403, "AUT-WITHHELD")
    for person in (exporter, officer):
        answer = person.try_post("/determinations/comparison", body)

        assert answer.status_code == 200, answer.text
        rows = answer.json()["agreements"]
        assert {"AKFTA", "KVFTA"} <= {row["agreement"] for row in rows}
        assert rows[0]["verdict"] == "originating"
        assert rows[0]["proofs"]


def test_comparison_keeps_no_determination(exporter):
    compared(exporter, exporter)

    assert exporter.get("/determinations")["items"] == []


def test_comparison_is_not_for_import_officers_or_strangers(offices, exporter):
    product = exporter.post("/products", PRODUCT)["id"]
    importing = offices.person("KR-KCS", "lee", Role.IMPORT_OFFICER)
    other = offices.company("daehan", name="DAEHAN CO.", tax_id="120-81-00002")
    body = CASE | {"product_id": product}

    assert importing.try_post("/determinations/comparison", body).status_code == 403
    assert other.try_post("/determinations/comparison", body).status_code == 404


def test_comparison_wants_a_key_and_known_fields(exporter):
    product = exporter.post("/products", PRODUCT)["id"]
    without = exporter.client.post(
        "/api/v1/determinations/comparison",
        json=CASE | {"product_id": product},
        headers=exporter.headers,
    )
    unknown = exporter.try_post(
        "/determinations/comparison", CASE | {"product_id": product, "agreement": "AKFTA"}
    )

    assert (without.status_code, without.json()["code"]) == (400, "ENV-IDEMPOTENCY-KEY")
    assert unknown.status_code == 422
    assert unknown.json()["errors"][0]["pointer"] == "/agreement"


def test_agreement_with_a_hyphen_in_its_code_is_asked_for(exporter):
    found = determined(exporter, agreement="GB-KR", country="GB")

    assert found["agreement"] == "GB-KR"
