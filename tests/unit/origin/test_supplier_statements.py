"""What suppliers state: proofs that hold or do not, and what they added to foreign materials."""

import pytest

from tests.unit.origin.agreements import (
    found_under,
    reasons,
    verdict_under,
    with_policies,
    zone,
)
from tests.unit.origin.building import answered, material, own, verdict

CONTENT = "RVC.bd>=40%FOB"
FULL = with_policies(cumulations=(zone("full"),))


def proven(agreement="AKFTA", start="2026-01-01", until="2027-01-01"):
    proof = {"agreement": agreement, "from": start, "until": until}
    return own("module", "850490", "61", proof=proof)


def test_proof_that_covers_the_day_shows_origin():
    assert verdict(proven(), rule=CONTENT) == "originating"
    assert verdict(proven("akfta", until=None), rule=CONTENT) == "originating"


def test_origin_declared_without_a_proof_is_accepted():
    assert verdict(own("module", "850490", "61"), rule=CONTENT) == "originating"


@pytest.mark.parametrize(
    ("start", "until"), [("2026-01-01", "2026-11-20"), ("2026-11-21", "2027-01-01")]
)
def test_proof_of_other_days_shows_nothing(start, until):
    found = answered(proven(start=start, until=until), rule=CONTENT)

    assert found["verdict"] == "non_originating"
    assert found["origins"][0]["because"] == (
        f"the supplier's proof covers the days from {start} to before {until}, not 2026-11-20"
    )


def test_proof_under_another_agreement_shows_nothing():
    found = answered(proven("KCFTA"), rule=CONTENT)

    assert found["verdict"] == "non_originating"
    assert found["origins"][0]["because"] == "the supplier's proof is for KCFTA, not for AKFTA"


def rings(**statement):
    return material("bearing rings", "848299", "1.50", statement=statement)


BEARING = {"hs": "848210", "basis": "NC", "rule": "RVC.nc>=50%"}


@pytest.mark.parametrize(
    ("statement", "price", "content"),
    [
        ({}, "2.85", "47.36"),
        ({"net_cost": "1.40", "foreign_value": "0.75"}, "2.75", "72.72"),
        ({"own_value": "0.65"}, "2.85", "70.17"),
        ({"own_value": "0.35"}, "2.85", "59.64"),
    ],
)
def test_stated_amounts_leave_only_the_foreign_value(statement, price, content):
    """Canada, SOR/2020-155, section 9 example 1: 47.4, 72.7, 70.2 and 59.6 percent."""
    line = rings(**statement) if statement else material("rings", "848299", "1.50")

    found = found_under(FULL, line, price=price, **BEARING)

    assert found["value"]["content_percent"] == content


def test_statement_serves_the_transaction_value_too():
    """Section 9 example 1, situation E: 75.0 percent of a transaction value of 3.00."""
    line = rings(net_cost="1.40", foreign_value="0.75")
    bearing = {"hs": "848210", "basis": "TV", "rule": "RVC.bd>=60%TV", "price": "3.00"}

    assert found_under(FULL, line, **bearing)["value"]["content_percent"] == "75.00"


def test_statement_counts_nothing_without_full_cumulation():
    regional = with_policies(cumulations=(zone("regional"),))
    found = found_under(regional, rings(foreign_value="0.75"), price="2.85", **BEARING)

    assert found["value"]["content_percent"] == "47.36"
    assert reasons(found)["materials[0]"] == "origin.statement_not_admitted"


FABRIC = {"hs": "520811", "rule": "CTH -{5205}"}


def yarn(**statement):
    return material("yarn", "520511", weight="10", statement=statement)


def test_stated_inputs_are_tested_in_place_of_the_material():
    """Canada, SOR/2020-155, section 9 example 2: the spinner's cotton changes heading."""
    spun = yarn(foreign_inputs=["520300"], made_in_parties=True)

    assert verdict_under(FULL, spun, **FABRIC) == "originating"
    assert (
        verdict_under(FULL, material("yarn", "520511", weight="10"), **FABRIC) == "non_originating"
    )


def test_stated_input_that_does_not_change_is_named():
    spun = yarn(foreign_inputs=["520300", "520512"], made_in_parties=True)
    found = found_under(FULL, spun, price=None, **FABRIC)

    assert found["alternatives"][0]["findings"][0]["materials"] == ["520512 in yarn"]


def test_inputs_of_work_done_elsewhere_do_not_stand_in():
    spun = yarn(foreign_inputs=["520300"])

    assert verdict_under(FULL, spun, **FABRIC) == "non_originating"


def test_supplier_without_foreign_inputs_leaves_nothing_foreign_to_shift():
    spun = yarn(foreign_inputs=[], made_in_parties=True)

    assert verdict_under(FULL, spun, **FABRIC) == "originating"


def test_stated_inputs_do_not_lower_the_value_counted():
    spun = material(
        "yarn", "520511", "70", statement={"foreign_inputs": [], "made_in_parties": True}
    )

    assert verdict_under(FULL, spun, hs="520811", rule=CONTENT) == "non_originating"


def test_code_of_a_stated_input_is_put_into_the_edition():
    spun = yarn(foreign_inputs=["853499"], made_in_parties=True)
    found = found_under(FULL, spun, hs="520811", rule="CTH")

    assert found["questions"][0]["key"] == "hs:materials[0].statement.foreign_inputs[0]"


def test_origin_of_the_supplier_must_lie_in_the_zone():
    spun = material("yarn", "520511", origin="JP", statement={"foreign_value": "1"})
    found = found_under(FULL, spun, hs="520811", rule=CONTENT)

    assert reasons(found)["materials[0]"] == "origin.no_party"
