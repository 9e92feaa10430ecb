"""Export declarations: found, of this exporter, of these goods, not less, shipped that day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ooms.crosschecks.entries import Column, Form, Listing, Record, Terms, amount
from ooms.crosschecks.likeness import key_of
from ooms.crosschecks.model import Goods, Hit, Judged, Kind, Question, judged

_HS6 = 6
COLUMNS = (
    Column("number", required=True),
    Column("exporter_id", required=True),
    Column("hs", Form.HS, required=True),
    Column("quantity", Form.AMOUNT),
    Column("unit"),
    Column("shipped_on", Form.DATE),
)


def judge(question: Question, records: Sequence[Record], _terms: Terms) -> Judged:
    """Compare every declaration that the application names, and every line with what they cover.

    Several declarations may carry one application, and one declaration several items: quantities
    of a subheading are added up on both sides.
    """
    if not question.declarations:
        return judged((), ("the application names no export declaration",), otherwise="")
    known = {key_of(one["number"]) for one in records}
    gaps = [
        f"export declaration {number} is not on the list"
        for number in question.declarations
        if key_of(number) not in known
    ]
    if not records:
        return judged((), gaps, otherwise="")
    hits = [*_of_others(question, records), *_otherwise_shipped(question, records)]
    for hs6 in sorted({one.hs[:_HS6] for one in question.goods}):
        declared = [one for one in records if one["hs"][:_HS6] == hs6]
        lines = [one for one in question.goods if one.hs[:_HS6] == hs6]
        if not declared and not gaps:
            hits.append(_undeclared(hs6, records))
        elif declared:
            more, unmeasured = _more_than(hs6, lines, declared)
            hits.extend(more)
            gaps.extend(unmeasured)
    numbers = ", ".join(question.declarations)
    return judged(hits, gaps, otherwise=f"{numbers}: exporter, goods and quantities are declared")


def _of_others(question: Question, records: Sequence[Record]) -> Iterator[Hit]:
    ours = question.exporter.identifier or ""
    for number, theirs in sorted({(one["number"], one["exporter_id"]) for one in records}):
        if key_of(theirs) != key_of(ours):
            because = f"{number} was declared by {theirs}, the applicant is {ours}"
            yield Hit("exporter", ours, theirs, because)


def _otherwise_shipped(question: Question, records: Sequence[Record]) -> Iterator[Hit]:
    if question.shipped_on is None:
        return
    ours = question.shipped_on.isoformat()
    days = {(one["number"], one["shipped_on"]) for one in records if "shipped_on" in one}
    for number, theirs in sorted(days):
        if theirs != ours:
            because = f"{number} was shipped on {theirs}, the application says {ours}"
            yield Hit("shipped_on", ours, theirs, because)


def _undeclared(hs6: str, records: Sequence[Record]) -> Hit:
    theirs = ", ".join(sorted({one["hs"][:_HS6] for one in records}))
    return Hit("hs", hs6, theirs, f"goods of {hs6} are not declared, only of {theirs}")


def _more_than(
    hs6: str, lines: Sequence[Goods], declared: Sequence[Record]
) -> tuple[tuple[Hit, ...], tuple[str, ...]]:
    """Compare quantities in a unit that every line and every declared item has."""
    units = {one["unit"] for one in declared if "unit" in one and "quantity" in one}
    if not units:
        return (), ()  # the list carries no quantities: nothing is compared
    common = [
        unit
        for unit in sorted(units)
        if all(any(one.unit == unit for one in line.amounts) for line in lines)
        and all(one.get("unit") == unit for one in declared)
    ]
    if not common:
        return (), (f"{hs6}: declared in {', '.join(sorted(units))}, applied for in other units",)
    hits = []
    for unit in common:
        ours = sum((_in(unit, line) for line in lines), Decimal())
        theirs = sum((amount(one, "quantity") or Decimal() for one in declared), Decimal())
        if ours > theirs:
            because = f"{hs6}: applied for {ours} {unit}, declared {theirs} {unit}"
            hits.append(Hit("quantity", f"{ours} {unit}", f"{theirs} {unit}", because))
    return tuple(hits), ()


def _in(unit: str, line: Goods) -> Decimal:
    # A line may measure gross and net in one unit: the smaller is what was surely sent.
    return min(one.value for one in line.amounts if one.unit == unit)


def _problem(record: Record) -> str:
    return "" if ("quantity" in record) == ("unit" in record) else "quantity and unit go together"


LISTING = Listing(
    Kind.EXPORT_DECLARATION,
    COLUMNS,
    key=lambda record: key_of(record["number"]),
    keys=lambda question: frozenset(key_of(one) for one in question.declarations),
    judge=judge,
    problem=_problem,
)
