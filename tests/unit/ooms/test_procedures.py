"""Procedures as data: every clock is there, what stands in says so, and wrong files are refused."""

from datetime import date

import pytest

from eodes.forms.register import Calendars
from ooms.errors import ConflictError, UnfitError
from ooms.procedures.loader import DATA, load_procedure
from ooms.procedures.model import ClockKind, ProcedureError, UnknownCodeError
from ooms.procedures.running import Clocks

KOREA = Clocks(load_procedure("KR"), Calendars.load().of("KR"), "KR")
FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)


def test_country_without_a_procedure_claims_nothing_as_law():
    procedure = load_procedure("TZ")

    assert set(procedure.clocks) == set(ClockKind)
    assert not any(one.verified for one in procedure.clocks.values())
    assert not any(one.verified for one in procedure.grounds)
    assert not procedure.training.verified


def test_procedure_without_one_of_its_clocks_is_refused(tmp_path):
    text = (DATA / "kr.toml").read_text("utf-8").replace("[clocks.ISSUE]", "[clocks.NEVER]")
    (tmp_path / "kr.toml").write_text(text, "utf-8")

    with pytest.raises(ProcedureError, match=r"kr\.toml"):
        load_procedure("KR", folder=tmp_path)


@pytest.mark.parametrize("days", [4, 11])
def test_completion_period_outside_its_bounds_is_refused(days):
    with pytest.raises(UnfitError, match="from 5 to 10 days"):
        KOREA.procedure.clocks[ClockKind.COMPLETION].chosen(days)


def test_code_that_stands_in_no_list_is_refused():
    with pytest.raises(UnknownCodeError):
        KOREA.procedure.require_refusal_reason("BECAUSE", pointer="/reason_code")
    with pytest.raises(UnknownCodeError):
        KOREA.procedure.ground("CURIOSITY")


def test_stopped_clock_goes_on_after_the_answer():
    begun = KOREA.begin(ClockKind.ISSUE, FRIDAY)
    stopped = KOREA.stop(begun, MONDAY, reason="COMPLETION_REQUESTED")
    gone_on = KOREA.go_on(stopped, date(2026, 12, 1))

    assert begun.due_on == date(2026, 11, 25)
    assert (stopped.is_paused, stopped.due_on) == (True, None)
    assert not stopped.is_overdue(date(2027, 11, 25))
    assert gone_on.due_on == date(2026, 12, 3)
    assert gone_on.is_overdue(date(2026, 12, 4))


def test_clock_that_stands_still_is_not_stopped_again():
    stopped = KOREA.stop(KOREA.begin(ClockKind.ISSUE, FRIDAY), MONDAY, reason="one")

    with pytest.raises(ConflictError):
        KOREA.stop(stopped, TUESDAY, reason="two")


def test_longer_clock_counts_from_the_same_start():
    changed = KOREA.change(KOREA.begin(ClockKind.ISSUE, FRIDAY), ClockKind.ISSUE_ON_SITE)

    assert changed.started_on == FRIDAY
    assert changed.due_on == date(2026, 12, 4)


def test_years_without_known_holidays_are_named():
    begun = KOREA.begin(ClockKind.ISSUE_ON_SITE, date(2027, 12, 24))

    assert begun.gaps == (2028,)
