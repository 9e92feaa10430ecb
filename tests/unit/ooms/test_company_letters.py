"""The period that a letter of compliance is about."""

from datetime import date

import pytest

from ooms.company_letters.model import Every, last_period


@pytest.mark.parametrize(
    ("every", "on", "name", "first", "until", "next_until"),
    [
        (Every.QUARTER, date(2026, 11, 21), "2026-Q3", (2026, 7), (2026, 10), (2027, 1)),
        (Every.QUARTER, date(2027, 1, 1), "2026-Q4", (2026, 10), (2027, 1), (2027, 4)),
        (Every.MONTH, date(2027, 1, 31), "2026-12", (2026, 12), (2027, 1), (2027, 2)),
        (Every.MONTH, date(2026, 12, 1), "2026-11", (2026, 11), (2026, 12), (2027, 1)),
    ],
)
def test_letter_is_about_the_last_whole_period(every, on, name, first, until, next_until):
    period = last_period(every, on=on)

    assert period is not None
    assert period.name == name
    days = (period.first, period.until, period.next_until)
    assert days == tuple(date(year, month, 1) for year, month in (first, until, next_until))


def test_office_that_never_writes_has_no_period():
    assert last_period(Every.NEVER, on=date(2026, 11, 21)) is None
