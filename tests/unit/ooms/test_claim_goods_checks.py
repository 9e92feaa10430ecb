"""The checks of a claim on the goods: classification, description, quantity, criterion."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from ooms.agreements.edition_tables import load_editions
from ooms.agreements.editions import Editions
from ooms.agreements.registry import load_shipped
from ooms.claims.admissible import admissible
from ooms.claims.checks import classification, criterion, description, quantity
from ooms.claims.facts import Admissible, Correlated
from ooms.claims.held import Certified
from ooms.claims.model import Outcome
from tests.claim_cases import FACTS, HELD, ITEM, a_case, stated, with_item


def said_of(check, case):
    said = check(case)
    return (said.outcome, said.code) if said else None


def led_to(*candidates, source=2017):
    return replace(FACTS, correlated=Correlated(source, 2022, candidates))


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (a_case(), (Outcome.PASS, "")),
        (a_case(hs="8504409019"), (Outcome.PASS, "")),
        (a_case(hs="850490"), (Outcome.QUERY, "REF-HS")),
        (a_case(hs="850490", facts=led_to("850440", "850490")), (Outcome.PASS, "")),
        (a_case(hs="850490", facts=led_to("850440")), (Outcome.QUERY, "REF-HS")),
        (
            a_case(facts=replace(FACTS, correlated=Correlated(2012, 2022, None))),
            (Outcome.PASS, ""),
        ),
    ],
)
def test_code_may_be_what_the_edition_made_of_it(case, expected):
    assert said_of(classification.check, case) == expected


@pytest.mark.parametrize(
    ("declared", "expected", "note"),
    [
        ("STATIC CONVERTERS, MODEL SC-500", Outcome.PASS, "the same"),
        ("Static converters model SC 500", Outcome.PASS, "minor discrepancy: punctuation"),
        ("STATIC CONVERTORS, MODEL SC-500", Outcome.PASS, "minor discrepancy: spelling"),
        ("static converters", Outcome.PASS, "minor discrepancy: description"),
        ("LEATHER SHOES", Outcome.QUERY, "declared description LEATHER SHOES"),
    ],
)
def test_slight_difference_of_description_is_noted(declared, expected, note):
    said = description.check(a_case(description=declared))

    assert said is not None
    assert said.outcome is expected
    assert note in said.detail


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"model": "XK-900"}, "REF-MODEL"),
        ({"marks": "XK 1-10"}, "REF-MARKS"),
        ({"packages": 11}, "REF-PACKAGES"),
    ],
)
def test_other_model_marks_or_more_packages_are_asked_about(line, code):
    held = with_item(marks="HB 1-10")

    assert said_of(description.check, a_case(held, **line)) == (Outcome.QUERY, code)


@pytest.mark.parametrize(
    ("declared", "alike"),
    [("Static converters model SC 500", "true"), ("LEATHER SHOES", "false")],
)
def test_other_code_of_goods_described_alike_is_told_so(declared, alike):
    said = classification.check(a_case(hs="850490", description=declared))

    assert said is not None
    assert (said.outcome, said.facts["same_description"]) == (Outcome.QUERY, alike)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (a_case(quantity=Decimal(500)), (Outcome.PASS, "")),
        (a_case(quantity=Decimal("500.01")), (Outcome.FAIL, "LED-EXCEEDED")),
        (a_case(used=Fraction(4, 5)), (Outcome.PASS, "")),
        (a_case(used=Fraction(4, 5), quantity=Decimal(101)), (Outcome.FAIL, "LED-EXCEEDED")),
        (
            a_case(
                used=Fraction(4, 5),
                quantity=Decimal(101),
                facts=replace(FACTS, tolerance=Fraction(1, 100)),
            ),
            (Outcome.PASS, ""),
        ),
        (a_case(unit="MTR"), (Outcome.FAIL, "LED-UNIT")),
        (a_case(unit="PCE"), (Outcome.PASS, "")),
        (a_case(unit="TNE", quantity=Decimal("1.2505")), (Outcome.PASS, "")),
        (a_case(unit="TNE", quantity=Decimal("1.2506")), (Outcome.FAIL, "LED-EXCEEDED")),
        (
            a_case(about=stated(net_weight=Decimal(9), total_net_weight=Decimal(8))),
            (Outcome.QUERY, "LED-WEIGHT"),
        ),
    ],
)
def test_no_more_than_was_certified_in_any_unit(case, expected):
    assert said_of(quantity.check, case) == expected


def test_other_word_for_a_unit_is_noted():
    said = quantity.check(a_case(unit="PCE"))

    assert said is not None
    assert "minor discrepancy: unit, declared PCE" in said.detail


def test_lines_before_of_the_same_item_count_as_taken():
    case = a_case(used=Fraction(1, 5), quantity=Decimal(200))

    room = quantity.check(replace(case, taken_before=Fraction(2, 5)))
    none = quantity.check(replace(case, taken_before=Fraction(3, 5)))

    assert room is not None
    assert (room.outcome, room.facts["left"]) == (Outcome.PASS, "200")
    assert none is not None
    assert (none.code, none.facts["left"], none.facts["over"]) == ("LED-EXCEEDED", "100", "100")


CTH_OR_VALUE = Admissible(
    frozenset({"SHIFT", "CTH", "VALUE"}), "CTH | RVC>=40%FOB", "Rule 4", Decimal(40)
)


@pytest.mark.parametrize(
    ("certified", "expected"),
    [
        (Certified("CTH", "CTC", level="CTH"), (Outcome.PASS, "")),
        (Certified("CC", "CTC", level="CC"), (Outcome.PASS, "")),
        (Certified("CTSH", "CTC", level="CTSH"), (Outcome.QUERY, "RUL-CRITERION")),
        (Certified("RVC 45%", "RVC", percent=Decimal(45)), (Outcome.PASS, "")),
        (Certified("RVC 39.9%", "RVC", percent=Decimal("39.9")), (Outcome.QUERY, "RUL-PERCENT")),
        (Certified("RVC", "RVC"), (Outcome.QUERY, "RUL-PERCENT")),
        (Certified("Specific Processes", "SP"), (Outcome.QUERY, "RUL-CRITERION")),
        (Certified("WO", "WO"), (Outcome.QUERY, "RUL-CRITERION")),
        (Certified("PSR", "PSR"), (Outcome.PASS, "")),
    ],
)
def test_criterion_is_one_that_the_rule_admits(certified, expected):
    case = a_case(with_item(criterion=certified), facts=replace(FACTS, admissible=CTH_OR_VALUE))

    assert said_of(criterion.check, case) == expected


def test_goods_of_nature_may_be_wholly_obtained():
    held = with_item(hs="030617", criterion=Certified("WO", "WO"))
    case = a_case(held, facts=replace(FACTS, admissible=CTH_OR_VALUE))

    assert said_of(criterion.check, case) == (Outcome.PASS, "")


def test_declared_criterion_is_the_certified_one():
    assert said_of(criterion.check, a_case(criterion="cth")) == (Outcome.PASS, "")
    assert said_of(criterion.check, a_case(criterion="WO")) == (Outcome.QUERY, "REF-CRITERION")


def test_rules_of_a_pack_tell_what_is_admissible():
    akfta, editions = load_shipped().agreement("AKFTA"), load_editions()

    for edition in (2017, 2022):
        item = replace(ITEM, hs_edition=edition)
        found = admissible(akfta, HELD, item, editions=editions)

        assert found is not None
        assert {"CTH", "VALUE"} <= found.parts
        assert found.least_percent == Decimal(40)


def test_rules_of_an_edition_without_tables_say_nothing():
    akfta = load_shipped().agreement("AKFTA")

    assert admissible(akfta, HELD, ITEM, editions=Editions()) is None
