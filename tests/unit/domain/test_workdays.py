"""Counting days: windows, holidays, leap days. Numbers in brackets: exchange.md, appendix A."""

from datetime import date

import pytest

from eodes.domain.workdays import (
    Calendar,
    Period,
    PeriodUnit,
    add_days,
    add_months,
    no_later_than,
    validity_end,
    weekends_only,
    window_end,
)
from tests.judging import CALENDARS

KOREA = CALENDARS.of("KR")
THREE = Period(3, PeriodUnit.WORKING_DAYS)
SEVEN = Period(7, PeriodUnit.WORKING_DAYS)
ONE_YEAR = Period(1, PeriodUnit.YEARS)
FRIDAY = date(2026, 11, 20)


def test_working_days_pass_over_the_weekend():
    assert add_days(FRIDAY, 1, KOREA) == date(2026, 11, 23)


def test_first_day_counts_when_it_is_included():
    included = window_end(FRIDAY, THREE, KOREA, first_day_counts=True)
    excluded = window_end(FRIDAY, THREE, KOREA, first_day_counts=False)

    assert included.day == date(2026, 11, 24)
    assert excluded.day == date(2026, 11, 25)


def test_first_day_on_a_sunday_is_never_counted():
    sunday = date(2026, 11, 22)

    assert window_end(sunday, THREE, KOREA, first_day_counts=True).day == date(2026, 11, 25)


def test_window_over_chuseok_waits_for_the_holidays():
    # [6] Shipped on Wednesday 23 September 2026; 24 to 26 September are Chuseok.
    window = window_end(date(2026, 9, 23), THREE, KOREA, first_day_counts=True)

    assert window.day == date(2026, 9, 29)
    assert window.gaps == ()


def test_labour_day_and_substitutes_are_days_off():
    assert not KOREA.is_working(date(2026, 5, 1))
    assert not KOREA.is_working(date(2026, 3, 2))
    assert KOREA.is_working(date(2026, 3, 3))


def test_unknown_year_of_holidays_is_named():
    window = window_end(date(2026, 12, 30), SEVEN, weekends_only("CN"), first_day_counts=False)

    assert window.gaps == (2026, 2027)


def test_calendar_days_take_no_notice_of_weekends():
    seven = Period(7, PeriodUnit.CALENDAR_DAYS)

    assert window_end(FRIDAY, seven, KOREA, first_day_counts=True).day == date(2026, 11, 26)
    assert window_end(FRIDAY, seven, KOREA, first_day_counts=False).day == date(2026, 11, 27)


def test_window_of_months_ends_with_the_anniversary():
    two = Period(2, PeriodUnit.MONTHS)

    assert window_end(FRIDAY, two, KOREA, first_day_counts=False).day == date(2027, 1, 20)


def test_weekend_of_a_country_is_its_own():
    friday_and_sunday = Calendar("BN", frozenset({5, 7}), frozenset(), frozenset())

    assert add_days(date(2026, 11, 19), 1, friday_and_sunday) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 20), 12, date(2027, 11, 20)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_end_where_a_month_is_shorter(start, months, expected):
    assert add_months(start, months) == expected


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        (date(2026, 11, 20), date(2027, 11, 19)),
        (date(2027, 3, 1), date(2028, 2, 29)),  # [6] ends on a 29 February
        (date(2028, 2, 29), date(2029, 2, 28)),  # begins on one
        (date(2027, 1, 1), date(2027, 12, 31)),
    ],
)
def test_year_of_validity_includes_the_first_day(issued, expected):
    assert validity_end(issued, ONE_YEAR, day_after=False) == expected


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        (date(2026, 11, 20), date(2027, 11, 20)),  # [6] Viet Nam, day after
        (date(2028, 2, 28), date(2029, 2, 28)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 29)),
    ],
)
def test_year_from_the_day_after_ends_one_later(issued, expected):
    assert validity_end(issued, ONE_YEAR, day_after=True) == expected


def test_twelve_months_and_one_year_are_alike():
    twelve = Period(12, PeriodUnit.MONTHS)

    assert validity_end(FRIDAY, twelve, day_after=False) == date(2027, 11, 19)


def test_no_later_than_ends_with_the_anniversary():
    assert no_later_than(FRIDAY, ONE_YEAR) == date(2027, 11, 20)
    assert no_later_than(date(2028, 2, 29), ONE_YEAR) == date(2029, 2, 28)


def test_working_days_without_a_calendar_are_refused():
    with pytest.raises(ValueError, match="calendar"):
        no_later_than(FRIDAY, THREE)
