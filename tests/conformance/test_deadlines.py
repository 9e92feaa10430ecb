"""Deadlines of agreements and law, computed from data, against days worked out by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from eodes.domain.form_dates import issue_window_end, last_retroactive_day, valid_until
from eodes.forms.register import Calendars, Forms
from ooms.agreements.policies import Unit as PackUnit
from ooms.agreements.registry import load_shipped
from ooms.kernel.period import add_months
from ooms.kernel.workdays import due_day
from ooms.procedures.loader import load_procedure
from ooms.procedures.model import ClockKind
from ooms.procedures.running import Clocks
from ooms.verifications.loader import load_agreement_terms, load_steps
from ooms.verifications.terms import RunningTerm, StepKind, TermKind, Unit, begin

EXAMPLES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("deadlines.toml").read_text("utf-8")
)["examples"]
KOREA = Calendars.load().of("KR")
FORMS = Forms.load()
TERMS = load_agreement_terms("KR")
PACKS = load_shipped()


def _running(of: str, kind: str, event: date) -> RunningTerm:
    terms = TERMS[of]
    return begin(terms.term(TermKind(kind)), event, edition=terms.edition, calendar=KOREA)


def _form(of: str, kind: str, event: date) -> date:
    agreement, form_type = of.split("/")
    form = FORMS.on(agreement=agreement, form_type=form_type, on=event)
    if kind == "issue":
        return issue_window_end(form, event, KOREA).day
    if kind == "retroactive":
        return last_retroactive_day(form, event)
    return valid_until(form, issued_on=event)


def _procedure(of: str, kind: str, event: date) -> date:
    return Clocks(load_procedure(of), KOREA, of).due(ClockKind(kind), event)


def _pack(of: str, kind: str, event: date) -> date | None:
    agreement = PACKS.agreement(of)
    (clock,) = [one for one in agreement.rule_sets[-1].clocks if one.what == kind]
    match clock.unit:
        case PackUnit.WORKING_DAY:
            return due_day(event, clock.length, calendar=KOREA)
        case PackUnit.DAY:
            return event + timedelta(days=clock.length)
        case PackUnit.MONTH:
            return add_months(event, clock.length)
        case _:
            return add_months(event, 12 * clock.length)


def _step(of: str, kind: str, event: date) -> date:
    return load_steps(of).last_day(StepKind(kind), event, calendar=KOREA)


COMPUTED: dict[str, Callable[[str, str, date], date | None]] = {
    "ahead": lambda of, kind, event: TERMS[of].term(TermKind(kind)).latest_notice(event),
    "form": _form,
    "half": lambda of, kind, event: _running(of, kind, event).reminders()[0],
    "internal": lambda of, kind, event: _running(of, kind, event).internal(),
    "near": lambda of, kind, event: _running(of, kind, event).reminders()[-1],
    "pack": _pack,
    "procedure": _procedure,
    "step": _step,
    "verification": lambda of, kind, event: _running(of, kind, event).due_on,
}


@pytest.mark.parametrize("example", EXAMPLES, ids=[one["name"] for one in EXAMPLES])
def test_deadline_falls_on_the_day_worked_out_by_hand(example: dict[str, Any]) -> None:
    computed = COMPUTED[example["data"]](example["of"], example["kind"], example["event"])

    assert computed == example["due"]


def test_there_are_forty_examples_of_every_source() -> None:
    assert len(EXAMPLES) >= 40
    assert {one["data"] for one in EXAMPLES} == set(COMPUTED)


def test_reply_periods_are_those_of_the_rule_packs() -> None:
    units = {Unit.MONTHS: PackUnit.MONTH, Unit.CALENDAR_DAYS: PackUnit.DAY}
    compared = 0
    for code, terms in TERMS.items():
        if code not in PACKS.codes:
            continue
        for clock in PACKS.agreement(code).rule_sets[-1].clocks:
            if clock.what == "verification_reply" and TermKind.REPLY in terms.terms:
                term = terms.term(TermKind.REPLY)
                assert (term.length, units[term.unit]) == (clock.length, clock.unit), code
                compared += 1

    assert compared >= 7


def test_period_of_korean_law_stands_in_unread_elsewhere():
    abroad = load_agreement_terms("VN")["AKFTA"].term(TermKind.DENIAL_NOTICE)
    at_home = TERMS["AKFTA"].term(TermKind.DENIAL_NOTICE)

    assert at_home.verified
    assert not abroad.verified
    assert abroad.source == f"{at_home.source}; stands in for the law of VN, which was not read"
    assert abroad.due(date(2026, 11, 20)) == at_home.due(date(2026, 11, 20))


def test_period_of_the_treaty_is_every_administrations():
    both = [load_agreement_terms(one)["KVFTA"].term(TermKind.REPLY) for one in ("KR", "VN")]

    assert both[0] == both[1]


def test_own_period_of_an_administration_takes_its_place(tmp_path):
    term = 'length = {}\nunit = "MONTHS"\nanchor = "DENIAL"\nsource = "{}"\nverified = true\n'
    file = tmp_path / "agreements.toml"
    file.write_text(
        '[AKFTA]\nparties = ["KR", "VN"]\nmode = ""\n'
        f"[AKFTA.terms.DENIAL_NOTICE]\n{term.format(2, 'Decree')}law = 'KR'\n"
        f"[AKFTA.own.VN.DENIAL_NOTICE]\n{term.format(3, 'Circular')}",
        "utf-8",
    )

    told = {one: load_agreement_terms(one, folder=tmp_path)["AKFTA"] for one in ("KR", "VN", "ID")}

    notices = {one: terms.term(TermKind.DENIAL_NOTICE) for one, terms in told.items()}
    assert [(one.length, one.verified) for one in notices.values()] == [
        (2, True),
        (3, True),
        (2, False),
    ]
