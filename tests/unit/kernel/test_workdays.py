"""Clocks of the office: days that count, days that do not, and clocks that stand still."""

from datetime import date

import pytest

from eodes.forms.register import Calendars
from ooms.kernel.workdays import Pause, days_before, due_day

KOREA = Calendars.load().of("KR")


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 11, 20), date(2026, 11, 25)),  # a Friday: Monday, Tuesday, Wednesday
        (date(2026, 9, 23), date(2026, 9, 30)),  # over Chuseok and its weekend
        (date(2026, 12, 24), date(2026, 12, 30)),  # over Christmas on a Friday
    ],
)
def test_three_working_days_skip_weekends_and_holidays(start, due):
    assert due_day(start, 3, calendar=KOREA) == due


def test_days_of_a_pause_do_not_count():
    pause = Pause(date(2026, 11, 23), date(2026, 11, 30), "COMPLETION_REQUESTED")

    assert due_day(date(2026, 11, 20), 3, calendar=KOREA, pauses=[pause]) == date(2026, 12, 2)


def test_clock_that_stands_still_names_no_day():
    pause = Pause(date(2026, 11, 23), None, "COMPLETION_REQUESTED")

    assert due_day(date(2026, 11, 20), 3, calendar=KOREA, pauses=[pause]) is None


def test_pause_after_the_last_day_changes_nothing():
    pause = Pause(date(2026, 11, 25), None, "COMPLETION_REQUESTED")

    assert due_day(date(2026, 11, 20), 3, calendar=KOREA, pauses=[pause]) == date(2026, 11, 25)


def test_notice_is_given_so_many_days_ahead():
    assert days_before(date(2026, 11, 30), 5) == date(2026, 11, 25)
    assert days_before(date(2026, 11, 30), 5, calendar=KOREA) == date(2026, 11, 23)
