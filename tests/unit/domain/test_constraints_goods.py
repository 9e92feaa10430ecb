"""C3 to C6, C9 and C14: the items. Numbers in brackets: exchange.md, appendix A."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from eodes.domain.certificate import (
    Criterion,
    CriterionKind,
    FobValue,
    HsSide,
    Quantity,
    QuantityKind,
    TariffChangeLevel,
)
from tests.builders import a_certificate, an_issuance, an_item, items, weight
from tests.judging import refused, warned

C3, C4, C5, C6 = "RUL-C03-GROSS-WEIGHT", "RUL-C04-PERCENT", "RUL-C05-FOB", "RUL-C06-HS"
C9, C14 = "RUL-C09-ITEM-CAP", "RUL-C14-CRITERION"
FOB = FobValue(Decimal("1000.00"), "USD")
HEADING = TariffChangeLevel.HEADING


def with_item(agreement="AKFTA", **changes):
    return a_certificate(agreement=agreement, items=(an_item(agreement=agreement, **changes),))


def value_content(percent, printed=None):
    return Criterion(
        CriterionKind.VALUE_CONTENT, printed or f"RVC {percent}%", percent=Decimal(percent)
    )


def cumulated(percent, printed=None):
    return Criterion(
        CriterionKind.PARTIAL_CUMULATION, printed or f"PC {percent}%", percent=Decimal(percent)
    )


def test_items_within_the_total_weight_are_accepted():
    certificate = a_certificate(items=items(2), total_gross_weight=weight("2501"))

    assert refused(certificate) == []


def test_items_heavier_than_the_total_are_refused():
    certificate = a_certificate(items=items(2), total_gross_weight=weight("2500.9"))

    assert refused(certificate) == [C3]


def test_tonnes_and_kilograms_are_weighed_together():
    tonnes = Quantity(QuantityKind.GROSS_WEIGHT, Decimal("2.501"), "TNE")

    assert refused(a_certificate(items=items(2), total_gross_weight=tonnes)) == []
    lighter = replace(tonnes, value=Decimal("2.5009"))
    assert refused(a_certificate(items=items(2), total_gross_weight=lighter)) == [C3]


def test_units_that_cannot_be_compared_are_noticed():
    crates = Quantity(QuantityKind.GROSS_WEIGHT, Decimal(1), "XCR")

    assert warned(a_certificate(total_gross_weight=crates)) == [C3]


def test_percentage_with_a_tariff_change_is_refused():
    criterion = Criterion(CriterionKind.TARIFF_CHANGE, "CTH", HEADING, Decimal(40))

    assert refused(with_item(criterion=criterion)) == [C4]


def test_value_content_without_its_percentage_is_refused():
    criterion = Criterion(CriterionKind.VALUE_CONTENT, "RVC 40%")

    assert refused(with_item(criterion=criterion, fob=FOB)) == [C4]


def test_percentage_of_more_than_all_is_refused():
    assert refused(with_item(criterion=value_content("140"), fob=FOB)) == [C4]


def test_partial_cumulation_lies_below_forty_percent():
    # [8] PC 40
    below = with_item("ATIGA", criterion=cumulated("39"))
    at_forty = with_item("ATIGA", criterion=cumulated("40"))

    assert refused(below) == []
    assert refused(at_forty) == [C4]


def test_percentage_cut_in_singapore_still_agrees():
    # [8] 39.9 truncated to 39 at SG
    cut = with_item("ATIGA", criterion=cumulated("39.9", "PC 39%"))
    uncut = with_item("ATIGA", criterion=cumulated("39.9", "PC 40%"))

    assert refused(cut) == []
    assert refused(uncut) == [C14]


def test_non_party_content_above_the_limit_is_refused():
    criterion = Criterion(CriterionKind.NON_PARTY_CONTENT, "B 70%", percent=Decimal(70))

    assert refused(with_item("APTA", criterion=criterion)) == [C4]


def test_cumulated_content_below_the_limit_is_refused():
    criterion = Criterion(CriterionKind.CUMULATED_CONTENT, "C 40%", percent=Decimal(40))

    assert refused(with_item("APTA", criterion=criterion)) == [C4]


def test_value_content_needs_its_fob_value():
    criterion = value_content("45")

    assert refused(with_item(criterion=criterion)) == [C5]
    assert refused(with_item(criterion=criterion, fob=FOB)) == []


def test_india_needs_a_fob_value_always():
    criterion = Criterion(CriterionKind.WHOLLY_OBTAINED, "WO")

    certificate = with_item("KRIN", criterion=criterion, fob=None)

    assert set(refused(certificate)) == {C5, "RUL-C13-BOX"}


def test_fob_value_without_a_place_is_refused():
    assert refused(with_item("KCFTA", fob=FOB)) == [C5]


def test_fob_value_nobody_asked_for_is_noticed():
    assert warned(with_item(fob=FOB)) == [C5]


def test_form_d_asks_three_states_for_fob():
    rvc = an_item(agreement="ATIGA", criterion=value_content("40", "40%"))
    elsewhere = a_certificate(agreement="ATIGA", items=(rvc,))
    among_three = replace(
        a_certificate(agreement="ATIGA", items=(rvc,), export_country="ID", import_country="KH"),
        origin_country="ID",
    )

    assert refused(elsewhere) == []
    assert C5 in refused(among_three)


@pytest.mark.parametrize(
    ("agreement", "changes"),
    [
        ("KCFTA", {"hs": "85044090"}),
        ("AKFTA", {"hs": "850440901234"}),
        ("AKFTA", {"hs_side": HsSide.EXPORT}),
        ("APTA", {"hs_side": HsSide.IMPORT}),
        ("AKFTA", {"hs_edition": 2007}),
    ],
)
def test_tariff_code_unlike_the_form_is_refused(agreement, changes):
    assert refused(with_item(agreement, **changes)) == [C6]


def test_six_digits_are_the_same_on_both_sides():
    assert refused(with_item(hs="850440", hs_side=HsSide.EXPORT)) == []


def test_fifty_items_fit_in_singapore_and_more_not():
    # [9] 50 and 51 items
    assert refused(a_certificate(agreement="ATIGA", items=items(50, agreement="ATIGA"))) == []
    assert refused(a_certificate(agreement="ATIGA", items=items(51, agreement="ATIGA"))) == [C9]


@pytest.mark.parametrize(
    ("count", "issued", "expected"),
    [
        (20, date(2022, 6, 10), []),
        (21, date(2022, 6, 10), [C9]),
        (20, date(2022, 6, 13), []),
        (21, date(2022, 6, 13), []),
    ],
)
def test_cap_of_twenty_holds_until_june_2022(count, issued, expected):
    # [9] 20 and 21 items dated before and after 12 June 2022
    certificate = a_certificate(
        agreement="KCFTA",
        items=items(count, agreement="KCFTA"),
        issued_on=issued,
        shipped_on=issued,
        issuance=an_issuance("KR", issued),
    )

    assert refused(certificate) == expected


@pytest.mark.parametrize(
    ("agreement", "printed"), [("KCFTA", "CTH"), ("RCEP", "PSR"), ("APTA", "WO"), ("ATIGA", "WP")]
)
def test_criterion_of_another_agreement_is_refused(agreement, printed):
    criterion = Criterion(CriterionKind.OTHER, printed)

    assert refused(with_item(agreement, criterion=criterion)) == [C14]


@pytest.mark.parametrize(
    "criterion",
    [
        Criterion(CriterionKind.WHOLLY_OBTAINED, "CTH"),
        Criterion(CriterionKind.TARIFF_CHANGE, "CTH", TariffChangeLevel.CHAPTER),
        Criterion(CriterionKind.VALUE_CONTENT, "RVC 45%", percent=Decimal(46)),
    ],
)
def test_printed_words_must_mean_what_is_structured(criterion):
    assert C14 in refused(with_item(criterion=criterion))


def test_tolerance_without_a_tariff_change_is_refused():
    wholly = Criterion(CriterionKind.WHOLLY_OBTAINED, "WO")

    assert refused(with_item(de_minimis=True)) == []
    assert refused(with_item(de_minimis=True, criterion=wholly)) == [C14]


def test_one_bad_item_does_not_hide_another():
    bad = Criterion(CriterionKind.OTHER, "??")
    certificate = a_certificate(
        items=tuple(replace(item, criterion=bad) for item in items(3)[:2]) + items(3)[2:]
    )

    assert refused(certificate) == [C14, C14]
