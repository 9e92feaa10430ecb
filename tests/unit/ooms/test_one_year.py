"""A year is one and the same at every desk that counts by the law of an administration."""

from datetime import date
from types import SimpleNamespace

import pytest

from ooms.decisions import law as decisions
from ooms.procedures import model as procedures
from ooms.verifications import terms as verifications

NO_HOLIDAYS = SimpleNamespace(is_working=lambda _day: True, gaps=lambda _start, _end: ())


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 11, 21), date(2027, 11, 21)),
        (date(2027, 2, 28), date(2028, 2, 29)),
        (date(2028, 2, 28), date(2029, 2, 28)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 3, 1), date(2028, 3, 1)),
    ],
)
def test_year_ends_on_the_same_day_at_every_desk(start, last):
    decided = decisions.Clock(12, decisions.Unit.MONTHS, "Act 9(1)", verified=True)
    applied = procedures.Clock(
        procedures.ClockKind.LATE_APPLICATION, 1, procedures.Unit.YEARS, "Rules 12", verified=True
    )
    verified = verifications.Term(
        12, verifications.Unit.MONTHS, verifications.Anchor.RECEIPT, "Decree 13(1)", verified=True
    )

    assert {
        decided.last_day(start, calendar=NO_HOLIDAYS),
        applied.due(start, calendar=NO_HOLIDAYS),
        verified.due(start, calendar=NO_HOLIDAYS),
    } == {last}
