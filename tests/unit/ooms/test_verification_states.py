"""The state tables of verifications, and periods that stand still and run again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from ooms.errors import ConflictError
from ooms.verifications.answer import ANSWER_MOVES, INQUIRY_MOVES, AnswerState
from ooms.verifications.doubting import doubted_in
from ooms.verifications.model import (
    JUDGED,
    MOVES,
    OVER,
    WAITING,
    Draft,
    Reason,
    Reply,
    ReplyFinding,
    State,
    Subject,
    Verification,
    advance,
)
from ooms.verifications.parts import Certificate, Doubt, Item
from ooms.verifications.terms import Anchor, Term, Unit, begin
from ooms.verifications.visit import VISIT_MOVES, VisitState

WEEKDAYS = SimpleNamespace(is_working=lambda day: day.weekday() < 5, gaps=lambda _start, _end: ())
SIX_MONTHS = Term(6, Unit.MONTHS, Anchor.RECEIPT, "Article 1", verified=True)
TABLES: dict[str, Mapping[Any, frozenset[Any]]] = {
    "asked": MOVES,
    "received": ANSWER_MOVES,
    "inquiry": INQUIRY_MOVES,
    "visit": VISIT_MOVES,
}
BEGINS = {"SELECTED", "RECEIVED", "NOTICED", "PROPOSED"}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_state_has_its_row_and_can_be_reached(table):
    moves = TABLES[table]
    reached = {wanted for several in moves.values() for wanted in several}

    states: Any = type(next(iter(moves)))
    assert set(moves) == set(states)
    assert {one.value for one in set(moves) - reached} <= BEGINS


def test_end_of_a_period_never_leads_to_a_denial_by_itself():
    leads_to_silence = {one for one, wanted in MOVES.items() if State.NO_REPLY in wanted}

    assert leads_to_silence == WAITING
    assert MOVES[State.NO_REPLY] == {
        State.RESULT_RECEIVED,
        State.PRELIMINARY,
        State.DETERMINED,
    }


def test_nothing_is_determined_before_a_result_or_its_silence():
    before = {one for one, wanted in MOVES.items() if State.DETERMINED in wanted}

    assert before == {
        State.RESULT_RECEIVED,
        State.NO_REPLY,
        State.PRELIMINARY,
        State.OBJECTED,
    }
    assert JUDGED < OVER


@pytest.mark.parametrize(
    ("current", "wanted"),
    [
        (State.SELECTED, State.REQUESTED),
        (State.DRAFT, State.REQUESTED),
        (State.STOPPED, State.DETERMINED),
        (State.CLOSED, State.OBJECTED),
    ],
)
def test_move_that_the_table_lacks_is_a_conflict(current, wanted):
    with pytest.raises(ConflictError):
        advance(current, wanted, moves=MOVES)


def test_reply_leaves_only_after_consent_was_asked_and_approved():
    assert ANSWER_MOVES[AnswerState.RESULT_DRAFTED] == {
        AnswerState.CONSENT_FILTERED,
        AnswerState.EXPORTER_INQUIRY,
    }
    leads_to_reply = {one for one, wanted in ANSWER_MOVES.items() if AnswerState.REPLIED in wanted}
    assert leads_to_reply == {AnswerState.HQ_APPROVED}


def test_visit_is_postponed_once_only():
    assert VisitState.POSTPONED not in VISIT_MOVES[VisitState.POSTPONED]
    assert VisitState.CONSENTED not in VISIT_MOVES[VisitState.POSTPONED]


# Periods that stand still


def running(term=SIX_MONTHS, event=date(2026, 12, 1)):
    return begin(term, event, edition="1", calendar=WEEKDAYS)


def test_stopped_period_has_no_last_day_until_it_runs_again():
    stopped = running().stopped(date(2027, 1, 10), reason="a court was asked")

    assert stopped.due_on is None
    assert not stopped.is_over(date(2030, 1, 1))
    assert stopped.reminders() == ()
    assert stopped.internal() is None


def test_period_of_months_ends_as_many_days_later():
    clock = running().stopped(date(2027, 1, 10), reason="a court was asked")
    resumed = clock.resumed(date(2027, 1, 30), calendar=WEEKDAYS)

    assert running().due_on == date(2027, 6, 1)
    assert resumed.due_on == date(2027, 6, 21)
    assert resumed.first_due == date(2027, 6, 1)


def test_two_stops_add_up():
    clock = running()
    for first, last in ((10, 20), (25, 30)):
        clock = clock.stopped(date(2027, 1, first), reason="asked")
        clock = clock.resumed(date(2027, 1, last), calendar=WEEKDAYS)

    assert clock.due_on == date(2027, 6, 16)
    assert [one.until for one in clock.pauses] == [date(2027, 1, 20), date(2027, 1, 30)]


def test_working_days_of_a_stop_do_not_count():
    ten_days = Term(10, Unit.WORKING_DAYS, Anchor.NOTICE, "Article 2", verified=True)
    clock = running(ten_days, date(2026, 12, 4))  # a Friday
    stopped = clock.stopped(date(2026, 12, 8), reason="asked")
    resumed = stopped.resumed(date(2026, 12, 15), calendar=WEEKDAYS)

    assert clock.due_on == date(2026, 12, 18)
    assert resumed.due_on == date(2026, 12, 25)  # five working days stood still


def test_day_that_was_agreed_on_moves_along():
    prolonged = running().prolonged(date(2027, 7, 1))
    stopped = prolonged.stopped(date(2027, 6, 1), reason="asked")
    resumed = stopped.resumed(date(2027, 6, 11), calendar=WEEKDAYS)

    assert (resumed.due_on, resumed.prolonged_to) == (date(2027, 7, 11), date(2027, 7, 11))


def test_stop_on_the_last_day_leaves_that_day():
    clock = running()
    resumed = clock.stopped(date(2027, 6, 1), reason="late").resumed(
        date(2027, 6, 5), calendar=WEEKDAYS
    )

    assert resumed.due_on == date(2027, 6, 1)  # the period had run out


# Certificates that are doubted as such


def a_case(state, *, doubts=(), authentic=None):
    item = Item(1, "901850", "INSTRUMENTS")
    certificate = Certificate(
        "K001-26-0000001", "KR", date(2026, 11, 21), by_message=True, items=(item,)
    )
    finding = authentic and ReplyFinding(certificate.number, 1, authentic, "NO", "f", "b")
    return Verification(
        id="V",
        number="VN-V26-1",
        subject=Subject("KR-KCS", "KVFTA", "ORIENT", "HANBIT", (certificate,)),
        reason=Reason.CLAIM_CHECK,
        state=state,
        version=1,
        selected_by="linh",
        selected_at=datetime(2026, 11, 21, tzinfo=UTC),
        draft=Draft("letter", tuple(Doubt(one) for one in doubts), (), drafted_by="linh"),
        replies=(Reply(date(2026, 12, 1), 1, (finding,)),) if finding else (),
    )


@pytest.mark.parametrize(
    ("case", "is_doubted"),
    [
        (a_case(State.DRAFT, doubts=("SEAL",)), True),
        (a_case(State.DRAFT, doubts=("CRITERION",)), False),
        (a_case(State.CLOSED, doubts=("SEAL",)), False),
        (a_case(State.RESULT_RECEIVED, doubts=("SEAL",), authentic="YES"), False),
        (a_case(State.RESULT_RECEIVED, doubts=("SEAL",), authentic="UNDETERMINED"), True),
        (a_case(State.CLOSED, doubts=("CRITERION",), authentic="NO"), True),
    ],
)
def test_certificate_is_doubted_for_its_seal_or_by_its_partner(case, is_doubted):
    assert (list(doubted_in(case)) == ["K001260000001"]) is is_doubted


def test_last_word_of_the_partner_on_a_certificate_counts():
    case = a_case(State.RESULT_RECEIVED, authentic="NO")
    (finding,) = case.replies[0].findings
    later = Reply(date(2026, 12, 9), 2, (replace(finding, authentic="YES"),))

    assert doubted_in(replace(case, replies=(*case.replies, later))) == {}
