"""What a form's clocks give. Numbers in brackets: exchange.md, appendix A."""

from datetime import date, timedelta

import pytest

from eodes.domain.certificate import IssuanceKind
from eodes.domain.form_dates import (
    carries_original_date,
    issue_window_end,
    last_retroactive_day,
    original_issue_date,
    retroactive_needed,
    valid_until,
)
from tests.builders import a_certificate, a_replacement
from tests.judging import CALENDARS, FORMS

KOREA = CALENDARS.of("KR")
SHIPPED = date(2026, 11, 20)  # a Friday
LAST_NORMAL_DAYS = {
    "AKFTA": date(2026, 11, 24),
    "APTA": date(2026, 11, 24),
    "ATIGA": date(2026, 11, 20),
    "KCFTA": date(2026, 12, 1),
    "KICEPA": date(2026, 11, 26),
    "KRIN": date(2026, 11, 30),
    "KVFTA": date(2026, 11, 24),
    "RCEP": date(2026, 11, 20),
}


def a_form(agreement, on=SHIPPED):
    return FORMS.on(agreement=agreement, on=on)


@pytest.mark.parametrize(("agreement", "last"), LAST_NORMAL_DAYS.items())
def test_issue_on_the_last_day_is_normal(agreement, last):
    # [6] issued before shipment, on it, on the window's last day, one day over
    form = a_form(agreement)
    days = [SHIPPED - timedelta(days=3), SHIPPED, last, last + timedelta(days=1)]

    needed = [
        retroactive_needed(form, shipped_on=SHIPPED, issued_on=day, calendar=KOREA) for day in days
    ]

    assert needed == [False, False, False, True]


def test_window_says_which_calendar_years_lack():
    form = a_form("KCFTA")

    assert issue_window_end(form, SHIPPED, CALENDARS.of("CN")).gaps == (2026,)
    assert issue_window_end(form, SHIPPED, KOREA).gaps == ()


@pytest.mark.parametrize("agreement", sorted(LAST_NORMAL_DAYS))
def test_retroactive_issue_ends_one_year_after_shipment(agreement):
    assert last_retroactive_day(a_form(agreement), SHIPPED) == date(2027, 11, 20)


def test_validity_in_viet_nam_begins_the_day_after():
    issued = date(2026, 11, 20)

    assert valid_until(a_form("KVFTA"), issued_on=issued) == date(2027, 11, 20)
    assert valid_until(a_form("AKFTA"), issued_on=issued) == date(2027, 11, 19)


def test_replacement_counts_validity_from_the_original():
    until = valid_until(
        a_form("KICEPA"),
        issued_on=date(2026, 11, 20),
        kind=IssuanceKind.REPLACEMENT,
        original_issued_on=date(2026, 3, 2),
    )

    assert until == date(2027, 3, 1)


def test_replacement_without_such_rule_counts_from_issue():
    until = valid_until(
        a_form("ATIGA"),
        issued_on=date(2026, 11, 20),
        kind=IssuanceKind.REPLACEMENT,
        original_issued_on=date(2026, 3, 2),
    )

    assert until == date(2027, 11, 19)


def test_back_to_back_ends_with_the_first_original():
    until = valid_until(
        a_form("ATIGA"),
        issued_on=date(2026, 11, 20),
        kind=IssuanceKind.BACK_TO_BACK,
        earliest_original_until=date(2027, 1, 31),
    )

    assert until == date(2027, 1, 31)


def test_korea_dates_replacements_like_their_originals():
    form = a_form("AKFTA")

    assert carries_original_date(form, IssuanceKind.REPLACEMENT, issuer="KR")
    assert not carries_original_date(form, IssuanceKind.REPLACEMENT, issuer="VN")
    assert not carries_original_date(form, IssuanceKind.ORIGINAL, issuer="KR")


def test_copy_bears_the_original_date_by_treaty():
    form = a_form("KVFTA")

    assert carries_original_date(form, IssuanceKind.CERTIFIED_TRUE_COPY, issuer="VN")


def test_issue_date_of_the_original_is_found():
    original = a_certificate(issued_on=date(2026, 3, 2))

    assert original_issue_date(a_replacement(original)) == date(2026, 3, 2)
    assert original_issue_date(original) is None


def test_cap_of_twenty_items_ends_in_june():
    # [9] 20 items until 11 June 2022, none since
    form = a_form("KCFTA")
    before = form.item_cap(issuer="CN", on=date(2022, 6, 11))

    assert before is not None
    assert before.most == 20
    assert form.item_cap(issuer="CN", on=date(2022, 6, 12)) is None


def test_cap_of_an_issuing_country_binds_it_alone():
    form = a_form("ATIGA")
    singapore = form.item_cap(issuer="SG", on=SHIPPED)

    assert singapore is not None
    assert singapore.most == 50
    assert form.item_cap(issuer="VN", on=SHIPPED) is None


def test_box_of_a_field_is_found_by_path():
    form = a_form("KCFTA")

    assert form.box_of("items[].criterion") == "10"
    assert form.box_of("items[].marks_code") == "7"
    assert form.box_of("items[].fob") == ""


def test_endorsement_of_india_has_its_own_words():
    endorsement = a_form("KRIN").endorsement("ISSUED_RETROACTIVELY", issuer="KR")

    assert endorsement is not None
    assert (endorsement.words, endorsement.box) == ("ISSUED RETROSPECTIVELY", "6")
