"""Calendars of two places."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from ooms.kernel.zones import days_ahead

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("there", "here", "expected"),
    [
        ("Asia/Seoul", "Asia/Kolkata", 1),
        ("Asia/Seoul", "Asia/Shanghai", 1),
        ("Asia/Kolkata", "Asia/Seoul", 0),
        ("Asia/Seoul", "Asia/Seoul", 0),
        ("America/Sao_Paulo", "Asia/Seoul", 0),
        ("Pacific/Kiritimati", "Pacific/Pago_Pago", 2),
    ],
)
def test_day_begins_in_the_east_before_ours_is_over(there, here, expected):
    assert days_ahead(ZoneInfo(there), of=ZoneInfo(here), on=DAY) == expected
