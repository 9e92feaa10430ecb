"""Approved exporters: the scheme as data, the days of a term, and the tables of states."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ooms.approvals import model, terms
from ooms.approvals.loader import DATA, load_scheme
from ooms.approvals.model import (
    Approval,
    Completion,
    Hearing,
    Inspection,
    Level,
    Reply,
    RequestKind,
    Scope,
    Statement,
    decide_by,
)
from ooms.approvals.scheme import SchemeError, SpanKind, UnknownSchemeCodeError, find
from ooms.errors import ConflictError, UnfitError
from ooms.kernel.period import add_months

found = load_scheme("KR")
assert found is not None
KOREA = found
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
TODAY = date(2026, 11, 22)


def approval(**changes):
    facts: dict[str, Any] = {
        "id": "a-1",
        "number": "K001-C-26-000001",
        "exporter_id": "e-1",
        "scope": Scope(Level.COMPANY),
        "managers": (),
        "approved_on": TODAY,
        "term_from": TODAY,
        "valid_until": date(2031, 11, 22),
    }
    return Approval(**facts | changes)


def test_country_without_a_scheme_has_none_at_all():
    assert load_scheme("VN") is None


def test_scheme_without_one_of_its_spans_is_refused(tmp_path):
    text = (DATA / "kr.toml").read_text("utf-8").replace("[spans.VALIDITY]", "[spans.NEVER]")
    (tmp_path / "kr.toml").write_text(text, "utf-8")

    with pytest.raises(SchemeError, match=r"kr\.toml"):
        load_scheme("KR", folder=tmp_path)


@pytest.mark.parametrize("line", ["notice = 5", "[spans.DECISION.more]\nlength = 1"])
def test_scheme_with_a_key_nobody_reads_is_refused(tmp_path, line):
    text = (DATA / "kr.toml").read_text("utf-8")
    (tmp_path / "kr.toml").write_text(f"{text}\n{line}\n", "utf-8")

    with pytest.raises(SchemeError, match="not known"):
        load_scheme("KR", folder=tmp_path)


def test_code_for_the_other_level_is_no_code_here():
    with pytest.raises(UnknownSchemeCodeError):
        find(KOREA.cancellations, "RULE_NOT_MET", level=Level.COMPANY, pointer="/ground")


def test_fraud_is_the_only_cancellation_without_discretion():
    assert [one.code for one in KOREA.cancellations if one.mandatory] == ["FRAUD"]


def test_second_agreement_for_an_item_needs_one_paper():
    wanted = {
        kind: KOREA.missing_papers(Level.ITEM, kind, given=frozenset()) for kind in RequestKind
    }

    assert wanted[RequestKind.SECOND_AGREEMENT] == ("STATEMENT",)
    assert wanted[RequestKind.LIGHT_RENEWAL] == ("MANAGER_EVIDENCE", "PLEDGE")
    assert len(wanted[RequestKind.FIRST]) == 4


@pytest.mark.parametrize(
    ("moves", "states"),
    [(model.MOVES, model.State), (model.REQUEST_MOVES, model.RequestState)],
)
def test_every_state_of_approvals_has_its_row(moves, states):
    assert set(moves) == set(states)


@pytest.mark.parametrize("current", sorted(set(model.State) - model.LIVE))
def test_ended_approval_moves_nowhere_again(current):
    for wanted in model.State:
        with pytest.raises(ConflictError):
            model.advance(current, wanted)


def test_item_covers_its_agreement_and_six_digits_only():
    item = Scope(Level.ITEM, agreement="AKFTA", hs6="850440")

    assert item.covers("AKFTA", "8504401000")
    assert not item.covers("KVFTA", "850440")
    assert not item.covers("AKFTA", "850431")


def test_approval_of_a_site_covers_that_site_only():
    site = Scope(Level.COMPANY, site_id="s-1")

    assert site.covers("AKFTA", "850440", site_id="s-1")
    assert not site.covers("AKFTA", "850440")
    assert not site.covers("AKFTA", "850440", site_id="s-2")


def test_approval_holds_through_its_last_day_unless_ended():
    ended = approval(ended_on=date(2027, 1, 10))

    assert approval().holds(date(2031, 11, 22))
    assert not approval().holds(date(2031, 11, 23))
    assert not approval().holds(date(2026, 11, 21))
    assert ended.holds(date(2027, 1, 9))
    assert not ended.holds(date(2027, 1, 10))


@given(DAYS)
def test_renewal_window_lies_within_the_term(start):
    until = terms.last_day(KOREA, start, level=Level.COMPANY, years=None, because="")
    window = terms.renewal_window(KOREA, until)

    assert start < window.first <= window.last
    assert until - window.last == timedelta(days=30)
    assert until == add_months(start, 60)


@given(DAYS)
def test_inspections_lie_apart_and_within_the_term(start):
    until = terms.last_day(KOREA, start, level=Level.ITEM, years=None, because="")
    first, second = terms.inspection_windows(KOREA, start)

    assert start < first.first < first.last < second.first < second.last < until


@given(DAYS)
def test_reminder_comes_before_the_laws_last_day(start):
    last = KOREA.span(SpanKind.REMINDER).before(start)

    assert terms.reminder_day(KOREA, start) == last - timedelta(days=7)


@given(st.lists(DAYS, min_size=1, max_size=6))
def test_items_renewed_together_share_the_earliest_end(ends):
    shared = terms.common_end([approval(valid_until=one) for one in ends])

    assert shared in ends
    assert all(shared <= one for one in ends)


@given(st.integers(1, 4))
def test_shorter_term_is_for_items_and_with_a_reason(years):
    shorter = terms.last_day(KOREA, TODAY, level=Level.ITEM, years=years, because="records")

    assert shorter == add_months(TODAY, 12 * years)
    for level, because in ((Level.COMPANY, "records"), (Level.ITEM, "")):
        with pytest.raises(UnfitError):
            terms.last_day(KOREA, TODAY, level=level, years=years, because=because)


@given(st.integers(0, 20), st.integers(1, 10), st.integers(0, 10))
def test_answered_completion_moves_the_decision_by_its_days(begun, allowed, answered):
    asked_on = TODAY + timedelta(days=begun)
    due_on = asked_on + timedelta(days=allowed)
    answered_on = min(due_on, asked_on + timedelta(days=answered))
    one = Completion("x", asked_on, due_on, answered_on=answered_on)
    unanswered = Completion("x", asked_on, due_on)

    plain = decide_by(TODAY, 30, ())
    assert plain == TODAY + timedelta(days=30)
    assert decide_by(TODAY, 30, (one,)) - plain == answered_on - asked_on
    assert decide_by(TODAY, 30, (unanswered,)) - plain == due_on - asked_on


def test_inspection_outside_its_rounds_belongs_to_none():
    held = approval(term_from=date(2024, 1, 1))

    assert terms.inspection_round(KOREA, held, held_on=date(2026, 6, 30)) == 1
    assert terms.inspection_round(KOREA, held, held_on=date(2028, 1, 1)) == 2
    with pytest.raises(UnfitError, match="self-inspections are held"):
        terms.inspection_round(KOREA, held, held_on=date(2026, 7, 2))


def test_both_rounds_of_the_term_make_renewal_light():
    def inspected(round_no, reply, held_on=TODAY):
        return Inspection(round_no, held_on, TODAY, TODAY, (), reply)

    both = (inspected(1, Reply.CLEAN), inspected(2, Reply.CLEAN))
    of_last_term = inspected(1, Reply.CLEAN, TODAY - timedelta(days=1))

    assert approval(inspections=both).is_clean(2)
    assert not approval(inspections=both[:1]).is_clean(2)
    assert not approval(inspections=(of_last_term, both[1])).is_clean(2)
    assert not approval(inspections=(inspected(1, Reply.LOOK_AGAIN), both[1])).is_clean(2)


def test_pending_renewal_keeps_the_clock_from_ending_an_approval():
    day_after = date(2031, 11, 23)

    assert terms.is_expired(approval(), on=day_after, renewal_pending=False)
    assert not terms.is_expired(approval(), on=day_after, renewal_pending=True)
    assert not terms.is_expired(approval(), on=date(2031, 11, 22), renewal_pending=False)


def test_waived_hearing_is_decided_before_its_day():
    day = TODAY + timedelta(days=10)
    called = Hearing("RECORDS", "x", "o-1", TODAY, day)
    waiver = Statement("no", "e-1", datetime(2026, 11, 23, tzinfo=UTC), is_waiver=True)

    assert not called.may_be_decided(day - timedelta(days=1))
    assert called.may_be_decided(day)
    waived = Hearing("RECORDS", "x", "o-1", TODAY, day, (waiver,))
    assert waived.may_be_decided(TODAY)
