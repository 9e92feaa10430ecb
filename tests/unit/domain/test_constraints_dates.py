"""C1, C2, C16 and the dates around them. Numbers in brackets: exchange.md, appendix A."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from eodes.domain.certificate import IssuanceKind, Relation
from tests.builders import (
    a_certificate,
    a_certified_copy,
    a_reference,
    a_replacement,
    a_retroactive_certificate,
    an_issuance,
    an_original_from,
)
from tests.judging import CALENDARS, form_of, refused, warned

C1, C2, C16 = "RUL-C01-RETROACTIVE", "RUL-C02-VALIDITY", "RUL-C16-ORIGINAL-DATE"
FRIDAY = date(2026, 11, 20)
AGREEMENTS = ("AKFTA", "APTA", "ATIGA", "KCFTA", "KICEPA", "KRIN", "KVFTA", "RCEP")
LAST_DAY = {"AKFTA": date(2026, 11, 24), "KCFTA": date(2026, 12, 1), "KRIN": date(2026, 11, 30)}


@pytest.mark.parametrize("agreement", AGREEMENTS)
def test_complete_certificate_has_no_finding_at_all(agreement):
    certificate = a_certificate(agreement=agreement)

    assert refused(certificate) + warned(certificate) == []


@pytest.mark.parametrize(("agreement", "last"), LAST_DAY.items())
def test_issue_on_the_last_day_needs_no_mark(agreement, last):
    # [6] exactly on window day 3 / 7
    certificate = a_certificate(
        agreement=agreement, issued_on=last, issuance=an_issuance("KR", last)
    )

    assert refused(certificate) == []


@pytest.mark.parametrize(("agreement", "last"), LAST_DAY.items())
def test_issue_one_day_over_needs_the_mark(agreement, last):
    # [6] one day over
    over = last + timedelta(days=1)
    certificate = a_certificate(
        agreement=agreement, issued_on=over, issuance=an_issuance("KR", over)
    )

    assert refused(certificate) == [C1]


def test_window_over_a_holiday_is_longer_for_issue():
    # [6] Chuseok, 24 to 26 September 2026
    inside = date(2026, 9, 29)
    certificate = a_certificate(
        issued_on=inside, shipped_on=date(2026, 9, 23), issuance=an_issuance("KR", inside)
    )

    assert refused(certificate) == []


def test_mark_within_the_window_is_refused():
    certificate = a_certificate(retroactive=True, retroactive_reason="Late application")

    assert refused(certificate) == [C1]


def test_issue_before_shipment_is_never_retroactive():
    # [6] issued before shipment
    certificate = a_certificate(shipped_on=None, intended_shipment_on=date(2026, 12, 24))

    assert refused(certificate) == []


def test_issue_over_a_year_after_shipment_is_refused():
    within = a_retroactive_certificate(shipped_on=date(2025, 11, 20))
    over = a_retroactive_certificate(shipped_on=date(2025, 11, 19))

    assert refused(within) == []
    assert refused(over) == [C1]


def test_unknown_shipment_leaves_lateness_open_with_notice():
    certificate = replace(a_certificate(), shipped_on=None, transport=None)

    assert warned(certificate) == [C1]
    assert refused(certificate) == []


def test_unknown_holidays_turn_the_refusal_into_warning():
    late = date(2026, 12, 2)
    certificate = a_certificate(agreement="KCFTA", issued_on=late, issuance=an_issuance("KR", late))

    assert warned(certificate, issuer_calendar=CALENDARS.of("CN")) == [C1]
    assert refused(certificate, issuer_calendar=CALENDARS.of("CN")) == []
    assert refused(certificate) == [C1]


def test_replacement_is_late_only_if_its_original_was():
    original = a_certificate(agreement="ATIGA")
    later = date(2026, 12, 15)
    replacement = a_replacement(
        original,
        issued_on=later,
        valid_from=later,
        valid_until=date(2027, 12, 14),
        issuance=an_issuance("SG", later),
    )

    assert refused(replacement) == []


def test_validity_ending_on_a_leap_day_is_met():
    # [6] validity ending on 29 February
    issued = date(2027, 3, 1)
    certificate = a_certificate(
        issued_on=issued, shipped_on=issued, issuance=an_issuance("KR", issued)
    )

    assert certificate.valid_until == date(2028, 2, 29)
    assert refused(certificate) == []


def test_validity_that_is_too_long_is_refused():
    assert refused(a_certificate(valid_until=date(2027, 12, 31))) == [C2]


def test_one_day_of_difference_warns_where_unsettled():
    assert warned(a_certificate(valid_until=date(2027, 11, 20))) == [C2]


def test_one_day_of_difference_is_refused_where_settled():
    # [6] Viet Nam counts from the day after issue
    certificate = a_certificate(agreement="KVFTA", valid_until=date(2027, 11, 19))

    assert refused(certificate) == [C2]


def test_korean_replacement_must_bear_the_original_date():
    original = a_certificate(issued_on=FRIDAY)
    redated = date(2026, 11, 23)
    replacement = a_replacement(original, issued_on=redated, issuance=an_issuance("KR", redated))

    assert refused(a_replacement(original)) == []
    assert refused(replacement) == [C16]


def test_replacement_elsewhere_may_bear_its_own_date():
    original = an_original_from("SG", agreement="AKFTA")
    own = date(2026, 9, 2)
    replacement = a_replacement(original, issued_on=own, issuance=an_issuance("SG", own))

    assert C16 not in refused(replacement)


def test_copy_with_another_date_is_refused_by_treaty():
    copy = a_certified_copy(a_certificate(agreement="KVFTA"))
    redated = replace(copy, issued_on=date(2026, 11, 30))

    assert refused(copy) == []
    assert C16 in refused(redated)


def test_unstated_date_of_the_original_is_noticed():
    original = a_certificate()
    silent = replace(a_reference(Relation.REPLACES, original), issued_on=None)
    replacement = a_replacement(original, references=(silent,))

    assert warned(replacement) == [C16]
    assert warned(replacement, originals=(original,)) == []


def test_copy_later_than_a_year_is_refused():
    copy = a_certified_copy(a_certificate(agreement="KRIN"))
    made = replace(copy.issuance, certification_date=date(2027, 11, 21))

    assert refused(replace(copy, issuance=made)) == ["RUL-F10-KIND"]


def test_kind_that_the_form_lacks_is_refused():
    certificate = a_certificate(agreement="KCFTA", issuance_kind=IssuanceKind.DUPLICATE)

    assert refused(certificate) == ["RUL-F10-KIND"]


def test_certification_before_the_declaration_is_refused():
    issuance = replace(an_issuance(), certification_date=date(2026, 11, 19))

    assert refused(a_certificate(issuance=issuance)) == ["RUL-F09-DATES"]


def test_validity_that_begins_after_its_end_is_refused():
    assert refused(a_certificate(valid_from=date(2028, 1, 1))) == ["RUL-F09-DATES"]


def test_form_outside_its_edition_is_refused():
    today = a_certificate()
    form = replace(form_of(today), edition=replace(form_of(today).edition, valid_until=FRIDAY))
    tomorrow = FRIDAY + timedelta(days=1)
    later = a_certificate(issued_on=tomorrow, issuance=an_issuance("KR", tomorrow))

    assert refused(today, form=form) == []
    assert refused(later, form=form) == ["RUL-F09-DATES"]


def test_cumulated_certificate_lends_no_issue_date():
    material = an_original_from("SG", number_raw="SG-26-77")
    original = a_certificate()
    replacement = a_replacement(original)
    references = (a_reference(Relation.CUMULATES, material), *replacement.references)

    both = replace(replacement, references=references)

    assert refused(both, originals=(material, original)) == []
