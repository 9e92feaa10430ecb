"""Printed criteria. Numbers in brackets: exchange.md, appendix A."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eodes.domain.certificate import CriterionKind, TariffChangeLevel
from eodes.domain.criterion_box import CriterionFacts, print_criterion, read_criterion
from tests.judging import FORMS

HEADING = TariffChangeLevel.HEADING
VALUE = CriterionKind.VALUE_CONTENT
BOTH = CriterionKind.TARIFF_CHANGE_AND_VALUE_CONTENT
SHARES = st.decimals(min_value="0.01", max_value="99.99", places=2)


def a_form(agreement):
    return next(form for form in FORMS.editions if form.agreement == agreement)


@pytest.mark.parametrize(
    ("agreement", "facts", "printed"),
    [
        ("AKFTA", CriterionFacts(VALUE, percent=Decimal("45.50")), "RVC 45.5%"),
        ("AKFTA", CriterionFacts(BOTH, HEADING, Decimal(40)), "CTH + RVC 40%"),
        ("AKFTA", CriterionFacts(CriterionKind.TARIFF_CHANGE), "CTC"),
        ("AKFTA", CriterionFacts(CriterionKind.TARIFF_CHANGE, HEADING), "CTH"),
        ("APTA", CriterionFacts(CriterionKind.NON_PARTY_CONTENT, percent=Decimal(40)), "B 40%"),
        ("ATIGA", CriterionFacts(VALUE, percent=Decimal(40)), "40%"),
        ("ATIGA", CriterionFacts(BOTH, TariffChangeLevel.SUBHEADING, Decimal(35)), "CTSH + 35%"),
        ("KCFTA", CriterionFacts(CriterionKind.PRODUCED_ENTIRELY), "WP"),
        ("RCEP", CriterionFacts(VALUE, percent=Decimal(40)), "RVC"),
        ("RCEP", CriterionFacts(CriterionKind.SPECIFIC_PROCESS), "CR"),
    ],
)
def test_each_form_prints_its_own_words(agreement, facts, printed):
    assert print_criterion(a_form(agreement), facts, issuer="KR") == printed


@pytest.mark.parametrize(
    ("agreement", "printed", "kind"),
    [
        ("AKFTA", "cth", CriterionKind.TARIFF_CHANGE),
        ("AKFTA", "RVC  45 %", VALUE),
        ("AKFTA", "CTH+RVC 40%", BOTH),
        ("ATIGA", "CTSH + 35 %", BOTH),
        ("ATIGA", "PC 25%", CriterionKind.PARTIAL_CUMULATION),
        ("RCEP", "CTC, ACU", CriterionKind.TARIFF_CHANGE),
        ("RCEP", "CTC ACU DMI", CriterionKind.TARIFF_CHANGE),
        ("RCEP", "WO", CriterionKind.WHOLLY_OBTAINED),
    ],
)
def test_spelling_of_a_criterion_is_read_leniently(agreement, printed, kind):
    criterion = read_criterion(a_form(agreement), printed)

    assert criterion is not None
    assert criterion.kind is kind
    assert criterion.printed == printed


@pytest.mark.parametrize(
    ("agreement", "printed"),
    [("KCFTA", "CTH"), ("RCEP", "PSR"), ("AKFTA", "RVC"), ("AKFTA", ""), ("ATIGA", "A")],
)
def test_words_of_another_agreement_mean_nothing(agreement, printed):
    assert read_criterion(a_form(agreement), printed) is None


def test_form_without_words_for_it_prints_nothing():
    facts = CriterionFacts(CriterionKind.PARTIAL_CUMULATION, percent=Decimal(25))

    assert print_criterion(a_form("KCFTA"), facts, issuer="KR") is None
    assert print_criterion(a_form("AKFTA"), CriterionFacts(VALUE), issuer="KR") is None


def test_singapore_cuts_percentages_and_others_do_not():
    # [8] 39.9 is printed as 39 in Singapore
    facts = CriterionFacts(CriterionKind.PARTIAL_CUMULATION, percent=Decimal("39.9"))

    assert print_criterion(a_form("ATIGA"), facts, issuer="SG") == "PC 39%"
    assert print_criterion(a_form("ATIGA"), facts, issuer="VN") == "PC 39.9%"


@given(form=st.sampled_from(FORMS.editions), data=st.data())
def test_what_is_printed_is_read_back_alike(form, data):
    pattern = data.draw(st.sampled_from(form.criteria))
    level = data.draw(st.sampled_from(TariffChangeLevel)) if "{level}" in pattern.printed else None
    percent = data.draw(SHARES) if "{percent}" in pattern.printed else None

    facts = CriterionFacts(pattern.kind, level, percent)
    printed = print_criterion(form, facts, issuer="KR")

    assert printed is not None
    read = read_criterion(form, printed)
    assert read is not None
    assert (read.kind, read.level, read.percent) == (pattern.kind, level, percent)


@given(form=st.sampled_from(FORMS.editions), printed=st.text(max_size=40))
def test_any_text_is_read_or_declined(form, printed):
    criterion = read_criterion(form, printed)

    assert criterion is None or criterion.printed == printed
