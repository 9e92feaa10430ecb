"""The values every desk shares."""

from datetime import date
from decimal import Decimal

import pytest

from ooms.kernel.country import CountryCode, CountryCodeError
from ooms.kernel.hs import HsCode, HsCodeError, HsRange
from ooms.kernel.money import CurrencyError, Money
from ooms.kernel.period import Period, PeriodError, add_months, last_day_of
from ooms.kernel.quantity import AmountError, Quantity, UnitMismatchError, parse_amount


def test_code_reads_with_and_without_dots():
    assert HsCode.parse("8504.40") == HsCode.parse(" 850440 ")
    assert HsCode.parse("0306").heading == "0306"


@pytest.mark.parametrize("text", ["", "850", "85O4", "7701", "00", "8504-40", "1234567890123"])
def test_text_that_is_no_code_is_refused(text):
    with pytest.raises(HsCodeError):
        HsCode.parse(text)


def test_range_with_ends_of_different_length_covers_both():
    codes = HsRange.parse("290549", "2942")

    assert codes.contains(HsCode.parse("294200"))
    assert not codes.contains(HsCode.parse("290545"))
    assert codes.overlaps(HsCode.parse("2905"))


def test_range_that_runs_backwards_is_refused():
    with pytest.raises(HsCodeError):
        HsRange.parse("7217", "7208")


def test_country_code_reads_in_either_case():
    assert CountryCode.parse("kr").letters == "KR"


def test_unassigned_country_code_is_refused():
    with pytest.raises(CountryCodeError):
        CountryCode.parse("ZZ")


@pytest.mark.parametrize("value", [1.5, "1e3", "-1", "NaN", "", "1,5", True, "9" * 16])
def test_inexact_or_odd_amounts_are_refused(value):
    with pytest.raises(AmountError):
        parse_amount(value)


def test_money_rounds_up_to_its_minor_unit():
    assert Money(Decimal("58.333"), "USD").rounded_up().amount == Decimal("58.34")
    assert Money(Decimal("58.333"), "KRW").rounded_up().amount == Decimal(59)
    assert Money(Decimal("58.3331"), "KWD").rounded_up().amount == Decimal("58.334")


def test_mixing_currencies_is_refused():
    with pytest.raises(CurrencyError):
        Money.parse("1", "USD") + Money.parse("1", "KRW")


def test_mixing_units_is_refused():
    with pytest.raises(UnitMismatchError):
        Quantity.parse("1", "KGM").exceeds(Quantity.parse("1", "TNE"))


def test_period_holds_its_start_but_not_its_end():
    period = Period.parse("2026-01-01", "2026-02-01")

    assert period.contains(date(2026, 1, 1))
    assert not period.contains(date(2026, 2, 1))
    assert not period.overlaps(Period.parse("2026-02-01"))


def test_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(PeriodError):
        Period.parse("2026-02-01", "2026-02-01")


def test_month_after_the_last_of_january_is_the_last_of_february():
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2026, 11, 30), 12) == date(2027, 11, 30)


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        (date(2026, 11, 21), 12, date(2027, 11, 21)),
        (date(2027, 2, 27), 12, date(2028, 2, 27)),
        (date(2027, 2, 28), 12, date(2028, 2, 29)),  # counted from 1 March to the end of February
        (date(2028, 2, 28), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 1, 28), 1, date(2027, 2, 28)),
        (date(2027, 1, 30), 1, date(2027, 2, 28)),  # no 31 February: the month's last day
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 4, 30), 1, date(2027, 5, 31)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_period_of_months_ends_before_the_day_that_corresponds(start, months, last):
    assert last_day_of(start, months) == last
