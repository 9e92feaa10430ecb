"""Strategic goods: what the control list names needs a permit that covers it."""

from __future__ import annotations

from collections.abc import Sequence

from ooms.crosschecks.entries import (
    ANY,
    Column,
    Form,
    Listing,
    Record,
    Terms,
    holds,
    period_problem,
)
from ooms.crosschecks.likeness import key_of
from ooms.crosschecks.model import Goods, Hit, Judged, Kind, Question, judged

_HS6 = 6
_CONTROL, _PERMIT = "CONTROL", "PERMIT"
COLUMNS = (
    Column("record", Form.CHOICE, required=True, choices=(_CONTROL, _PERMIT)),
    Column("number", required=True),
    Column("hs", Form.HS, required=True),
    Column("description"),
    Column("exporter_id"),
    Column("destination", Form.COUNTRY_OR_ANY),
    Column("first_day", Form.DATE),
    Column("last_day", Form.DATE),
)


def judge(question: Question, records: Sequence[Record], terms: Terms) -> Judged:
    """Find the control entries of every line, and a stated permit for each line that has one."""
    controls = [one for one in records if one["record"] == _CONTROL and holds(one, on=terms.on)]
    permits = [one for one in records if one["record"] == _PERMIT]
    hits: list[Hit] = []
    covered: list[str] = []
    for goods in question.goods:
        found = [one for one in controls if _overlap(goods.hs, one["hs"])]
        if not found:
            continue
        permit = _permit_of(question, goods, permits, terms=terms)
        if permit is None:
            hits.extend(_controlled(question, goods, one) for one in found)
        else:
            covered.append(f"line {goods.item_no} under permit {permit['number']}")
    return judged(hits, (), otherwise="; ".join(covered) or "no line is on the control list")


def _overlap(ours: str, theirs: str) -> bool:
    """Tell whether one code lies inside the other: a list may be finer than the application."""
    return ours.startswith(theirs) or theirs.startswith(ours)


def _permit_of(
    question: Question, goods: Goods, permits: Sequence[Record], *, terms: Terms
) -> Record | None:
    shown = {key_of(one) for one in question.stated.permits}
    who = key_of(question.exporter.identifier or "")
    for one in permits:
        if (
            key_of(one["number"]) in shown
            and key_of(one["exporter_id"]) == who
            and goods.hs.startswith(one["hs"])
            and one.get("destination", ANY) in (ANY, question.import_country)
            and holds(one, on=terms.on)
        ):
            return one
    return None


def _controlled(question: Question, goods: Goods, control: Record) -> Hit:
    theirs = f"{control['number']}: {control['hs']} {control.get('description', '')}".rstrip()
    stated = ", ".join(question.stated.permits)
    lack = f"no permit stated covers it ({stated})" if stated else "no permit is stated"
    because = f"line {goods.item_no}, {goods.hs}, is on the control list as {theirs}; {lack}"
    return Hit("control", goods.hs, theirs, because)


def _keys(question: Question) -> frozenset[str]:
    codes = {one.hs[:_HS6] for one in question.goods}
    return frozenset(code[:length] for code in codes for length in range(2, _HS6 + 1))


def _problem(record: Record) -> str:
    if record["record"] == _PERMIT and "exporter_id" not in record:
        return "exporter_id: a permit has a holder"
    return period_problem(record)


LISTING = Listing(
    Kind.STRATEGIC_GOODS,
    COLUMNS,
    key=lambda record: record["hs"][:_HS6],
    keys=_keys,
    judge=judge,
    problem=_problem,
)
