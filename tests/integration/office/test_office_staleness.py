"""Determinations that no longer stand as they were made, and what an ended proof takes away."""

from ooms.jobs import sweep_determinations
from tests.integration.office.test_office_suppliers import CASE, asked, product_citing, stated
from tests.offices import PRODUCT, determined

BILL = {"materials": [], "processes": ["assembly"]}


def standing(person, determination):
    seen = person.get(f"/determinations/{determination['id']}")
    return seen["state"], set(seen["stale_reasons"])


def test_fresh_determination_is_current_after_a_sweep(exporter, offices):
    determination = determined(exporter)

    assert sweep_determinations(offices.offices["KR-KCS"]) == 0
    assert standing(exporter, determination) == ("CURRENT", set())


def test_new_bill_makes_stale_at_once(exporter):
    determination = determined(exporter)

    exporter.post(f"/products/{determination['product_id']}/bills", BILL)

    assert standing(exporter, determination) == ("STALE", {"BILL"})


def test_bill_of_another_plant_leaves_it_current(exporter):
    determination = determined(exporter)

    exporter.post(f"/products/{determination['product_id']}/bills", BILL | {"plant": "Gumi"})

    assert standing(exporter, determination) == ("CURRENT", set())


def test_other_classification_makes_stale(exporter):
    determination = determined(exporter)

    exporter.post(
        f"/products/{determination['product_id']}/classification",
        {"hs": "850490", "hs_edition": 2022, "reason": "it is a part"},
    )

    assert standing(exporter, determination) == ("STALE", {"EDITION"})


def test_price_below_the_least_makes_stale_until_raised(exporter):
    line = {"name": "module", "hs": "850490", "originating": False, "value": "55"}
    bill = {"materials": [line], "processes": ["assembly"]}
    determination = determined(exporter, bill=bill)
    path = f"/products/{determination['product_id']}/price"
    price = {"basis": "FOB", "currency": "USD"}
    least = determination["answer"]["value"]["minimum_price"]

    exporter.post(path, price | {"amount": "60.00"})
    low = standing(exporter, determination)
    exporter.post(path, price | {"amount": least})

    assert determination["verdict"] == "originating"
    assert low == ("STALE", {"PRICE"})
    assert standing(exporter, determination) == ("CURRENT", set())


def test_changed_pack_is_found_by_the_sweep(exporter, offices):
    determination = determined(exporter)
    office = offices.offices["KR-KCS"]
    office.works.do(
        lambda work: work.transaction.exec_driver_sql(
            "UPDATE ooms_determination SET rule_pack = 'AKFTA+sha256:0000000000000000'"
        )
    )

    assert sweep_determinations(office) == 1
    assert standing(exporter, determination) == ("STALE", {"RULES"})


def test_revoked_proof_tells_what_is_lost(exporter, officer):
    declaration, token = asked(exporter)
    stated(exporter, token)
    product = product_citing(exporter, declaration, hs="853400", value="65")
    determination = exporter.post(f"/products/{product}/determinations", CASE)

    before = standing(exporter, determination)
    exporter.post(f"/supplier-declarations/{declaration}/revocation", {"reason": "wrong"})
    (impact,) = officer.get(f"/supplier-declarations/{declaration}/impact")["items"]

    assert before == ("CURRENT", set())
    assert standing(exporter, determination) == ("STALE", {"PROOF"})
    assert impact["determination_id"] == determination["id"]
    assert impact["verdict_before"] == "originating"


def test_expired_proof_makes_stale_and_expiring_does_not(exporter, offices):
    declaration, token = asked(exporter)
    stated(exporter, token, valid_until="2027-01-15")
    product = product_citing(exporter, declaration)
    determination = exporter.post(f"/products/{product}/determinations", CASE)
    office = offices.offices["KR-KCS"]
    seen = []
    for days in (1, 60):
        offices.world.clock.advance(days=days)
        office.works.do(office.suppliers.turn)
        seen.append(standing(offices.log_in("KR-KCS", "hanbit"), determination))

    assert seen == [("CURRENT", set()), ("STALE", {"PROOF"})]


def test_product_without_determinations_changes_quietly(exporter):
    product = exporter.post("/products", PRODUCT)["id"]

    assert exporter.post(f"/products/{product}/bills", BILL)["bill"]["version"] == 1
