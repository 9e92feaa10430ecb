"""Approved exporters: an approval of this company covers the agreement and the goods today."""

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
    texts,
)
from ooms.crosschecks.likeness import key_of
from ooms.crosschecks.model import Goods, Hit, Judged, Kind, Question, judged

_HS6 = 6
COLUMNS = (
    Column("number", required=True),
    Column("exporter_id", required=True),
    Column("agreements", Form.TEXTS, required=True),
    Column("hs", Form.TEXTS, required=True),
    Column("first_day", Form.DATE),
    Column("last_day", Form.DATE),
)


def judge(question: Question, records: Sequence[Record], terms: Terms) -> Judged:
    """See that every line is covered by an approval; `*` approves every agreement or good."""
    if not records:
        who = question.exporter.identifier or question.exporter.name
        return judged((), (f"{who} has no approval on the list",), otherwise="")
    hits = [
        _uncovered(question, goods, records)
        for goods in question.goods
        if not any(_covers(one, question.agreement, goods, terms=terms) for one in records)
    ]
    numbers = ", ".join(sorted({one["number"] for one in records if holds(one, on=terms.on)}))
    return judged(hits, (), otherwise=f"approved under {numbers}")


def _covers(record: Record, agreement: str, goods: Goods, *, terms: Terms) -> bool:
    agreements, codes = texts(record, "agreements"), texts(record, "hs")
    under = ANY in agreements or agreement in agreements
    return under and holds(record, on=terms.on) and (ANY in codes or goods.hs[:_HS6] in codes)


def _uncovered(question: Question, goods: Goods, records: Sequence[Record]) -> Hit:
    ours = f"{question.agreement} {goods.hs[:_HS6]}"
    theirs = "; ".join(_shown(one) for one in records)
    return Hit("approval", ours, theirs, f"line {goods.item_no}: {ours} is not in {theirs}")


def _shown(record: Record) -> str:
    until = f" until {record['last_day']}" if "last_day" in record else ""
    return f"{record['number']} ({record['agreements']} {record['hs']}{until})"


def _problem(record: Record) -> str:
    wrong = [
        one
        for one in texts(record, "hs")
        if one != ANY and not (len(one) == _HS6 and one.isdecimal())
    ]
    if wrong:
        return f"hs: {wrong[0]} is no subheading of six digits"
    return period_problem(record)


LISTING = Listing(
    Kind.APPROVED_EXPORTER,
    COLUMNS,
    key=lambda record: key_of(record["exporter_id"]),
    keys=lambda question: frozenset({key_of(question.exporter.identifier or "")}),
    judge=judge,
    problem=_problem,
)
