"""A case document is read strictly, and its answer has the contract's shape."""

import pytest

from ooms.agreements import notation
from ooms.origin.case import CaseFormatError, read_case
from tests.unit.origin.building import answered, document, judged, material, own

ANSWER_KEYS = {
    "alternatives",
    "criterion",
    "engine",
    "questions",
    "rule",
    "rule_pack",
    "value",
    "verdict",
    "would_qualify_if",
}


def read(case_document):
    return read_case(case_document, read_rule=notation.read)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"on": "20 November"}, "on"),
        ({"on": None}, "on"),
        ({"hs_edition": "2022"}, "hs_edition"),
        ({"exporting_party": "ZZ"}, "exporting_party"),
        ({"product": {"hs": "85O440"}}, "product.hs"),
        ({"price": {"basis": "FOB", "amount": 100.5, "currency": "USD"}}, "price.amount"),
        ({"price": {"basis": "CIF", "amount": "100", "currency": "USD"}}, "price.basis"),
        ({"rule": "CTH &"}, "rule"),
        ({"materials": [{"hs": "853400"}]}, "materials[0].name"),
        ({"materials": [{"name": "a", "value": "-1"}]}, "materials[0].value"),
        ({"materials": [{"name": "a", "originating": "no"}]}, "materials[0].originating"),
        ({"materials": [{"name": "a", "price": "1"}]}, "materials[0].price"),
        ({"materials": [{"name": "a", "made_from": [{}]}]}, "materials[0].made_from[0].name"),
        ({"facts": {"vom": 12.5}}, "facts"),
        ({"prise": "100"}, "prise"),
    ],
)
def test_malformed_case_names_the_field_to_correct(change, field):
    with pytest.raises(CaseFormatError) as refused:
        read(document() | change)

    assert refused.value.field == field


STOCK = {
    "method": "lifo",
    "receipts": [{"on": "2026-01-01", "quantity": "10", "originating": True}],
    "withdrawals": [{"on": "2026-01-02", "quantity": "4"}],
}


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        ({"designated": True}, "designated"),
        ({"proof": {"agreement": "AKFTA"}}, "proof.from"),
        ({"proof": {"agreement": "AKFTA", "from": "2026-01-01", "to": "x"}}, "proof.to"),
        ({"proof": {"agreement": "AKFTA", "from": "2026-02-01", "until": "2026-01-01"}}, "proof"),
        ({"statement": {"own_value": "11"}}, "statement.own_value"),
        ({"statement": {"own_value": "1", "foreign_value": "2"}}, "statement.own_value"),
        ({"statement": {"foreign_inputs": ["5203OO"]}}, "statement.foreign_inputs[0]"),
        ({"statement": {"foreign_inputs": "520300"}}, "statement.foreign_inputs"),
        ({"statement": {"vnm": "1"}}, "statement.vnm"),
    ],
)
def test_malformed_word_of_a_supplier_names_its_field(stated, field):
    with pytest.raises(CaseFormatError) as refused:
        read(document(material("yarn", "520511", "10", **stated)))

    assert refused.value.field == f"materials[0].{field}"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"method": "hifo"}, "method"),
        ({"withdrawals": []}, "withdrawals"),
        ({"withdrawals": [{"on": "2026-01-02", "quantity": "11"}]}, "withdrawals[0]"),
        ({"withdrawals": [{"on": "2026-01-02", "quantity": "0"}]}, "withdrawals[0].quantity"),
        ({"receipts": [{"quantity": "1"}]}, "receipts[0].on"),
        ({"receipts": [{"on": "2026-01-01", "quantity": "1", "price": "2"}]}, "receipts[0].price"),
        ({"quantity": "5"}, "quantity"),
        ({"period_months": 1}, "period_months"),
        ({"method": "specific"}, "withdrawals[0].lot"),
    ],
)
def test_malformed_stock_names_its_field(change, field):
    line = material("bolt", "731815", originating=None, inventory=STOCK | change)

    with pytest.raises(CaseFormatError) as refused:
        read(document(line))

    assert refused.value.field == f"materials[0].inventory.{field}"


def test_stock_says_alone_which_units_originate():
    line = material("bolt", "731815", originating=True, inventory=STOCK)

    with pytest.raises(CaseFormatError, match=r"materials\[0\].inventory: says which units"):
        read(document(line))


def test_one_material_is_kept_by_one_method():
    kept = [
        material("bolt", "731815", originating=None, inventory=STOCK | {"method": method})
        for method in ("lifo", "fifo")
    ]

    with pytest.raises(CaseFormatError) as refused:
        read(document(*kept))

    assert refused.value.field == "materials[1].inventory.method"


@pytest.mark.parametrize(
    "stated",
    [
        {"proof": {"agreement": "AKFTA", "from": "2026-01-01", "until": "2027-01-01"}},
        {"statement": {"foreign_value": "3"}},
        {"statement": {"foreign_inputs": []}},
        {"designated": True, "made_from": [material("fiber", "520300")]},
        {"inventory": STOCK, "originating": None},
        {"inventory": STOCK | {"receipts_first": True}, "originating": None},
    ],
)
def test_every_word_of_a_line_moves_the_hash(stated):
    without = {k: v for k, v in stated.items() if k in {"made_from", "originating"}}
    plain = judged(document(material("yarn", "520511", **without))).inputs_hash

    assert judged(document(material("yarn", "520511", **stated))).inputs_hash != plain


def test_answer_has_every_field_of_the_contract():
    found = answered(material("board", "853400", "35"))

    assert set(found) >= ANSWER_KEYS
    assert set(found["value"]) == {
        "basis",
        "content_percent",
        "method",
        "minimum_price",
        "slack",
        "threshold_percent",
    }
    assert set(found["alternatives"][0]["findings"][0]) >= {
        "because",
        "criterion",
        "materials",
        "met",
    }


def test_answer_names_pack_rule_set_and_engine():
    found = answered(material("board", "853400", "35"))

    assert found["rule_pack"].startswith("AKFTA/2007/")
    assert found["engine"].startswith("origin/")


def test_way_out_names_price_and_materials_that_would_do():
    found = answered(
        material("module", "850490", "65"), own("case", "732690", "5"), rule="CTH | RVC.bd>=40%"
    )

    by_rule = {way["rule"]: way for way in found["would_qualify_if"]}
    assert by_rule["CTH"]["all_of"][0]["any_of"][0]["materials"] == ["module"]
    assert by_rule["RVC.bd>=40%"]["all_of"][0]["any_of"][0]["price"] == "108.34"
    assert by_rule["RVC.bd>=40%"]["text"] == (
        "sell the good for at least 108.34 USD or use originating module, with a supplier's proof"
    )


def test_smallest_sufficient_material_is_named_first():
    found = answered(
        material("big", "850490", "50"),
        material("small", "850490", "6"),
        material("tiny", "850490", "5"),
        rule="RVC.bd>=44%",
    )

    options = found["would_qualify_if"][0]["all_of"][0]["any_of"]
    assert options[1]["materials"] == ["tiny"]


def test_changed_value_changes_the_hash_of_the_inputs():
    one = judged(document(material("board", "853400", "35"))).inputs_hash
    other = judged(document(material("board", "853400", "36"))).inputs_hash

    assert one != other


@pytest.mark.parametrize("said", ["true", "yes", 1, "0"])
@pytest.mark.parametrize("key", ["gri3_set", "gri2a_unassembled", "materials[0]/is:sugar:x"])
def test_yes_or_no_is_not_written_as_words(key, said):
    with pytest.raises(CaseFormatError) as refused:
        read_case(document(facts={key: said}), read_rule=notation.read)

    assert refused.value.field == f"facts.{key}"


def test_rule_longer_than_any_annex_is_refused():
    with pytest.raises(CaseFormatError, match="rule: has more than 5000 characters"):
        read_case(document(rule="CTH | " * 1000 + "CTH"), read_rule=notation.read)


@pytest.mark.parametrize("lines", [{}, "", 0, False])
def test_bill_of_materials_must_be_a_list(lines):
    with pytest.raises(CaseFormatError, match="materials: must be a list"):
        read_case(document() | {"materials": lines}, read_rule=notation.read)
