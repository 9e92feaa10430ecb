"""Recalled and unsafe goods: the same code, model, brand or name as what was recalled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ooms.crosschecks.entries import Column, Form, Listing, Record, Terms, holds, period_problem
from ooms.crosschecks.likeness import Likeness, key_of
from ooms.crosschecks.model import Goods, Hit, Judged, Kind, Question, judged

_HS6 = 6
#: Of each fact that a recall gives: whether the line agrees; None when the line does not say.
Facts: TypeAlias = Mapping[str, bool | None]
COLUMNS = (
    Column("number", required=True),
    Column("hs", Form.HS),
    Column("brand"),
    Column("model"),
    Column("name"),
    Column("reason"),
    Column("first_day", Form.DATE),
    Column("last_day", Form.DATE),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the application, and the telling words of its description."""

    goods: Goods
    described: frozenset[str]
    likeness: Likeness


def judge(question: Question, records: Sequence[Record], terms: Terms) -> Judged:
    """Find the recalls that a line may be under.

    What a recall names first of model, goods and brand has to agree, and no brand or model may
    differ.  Where the application states no model, the other facts decide.
    """
    current = [one for one in records if holds(one, on=terms.on)]
    hits = [
        hit
        for goods in question.goods
        for hit in _recalls_of(goods, current, likeness=terms.likeness)
    ]
    return judged(hits, (), otherwise="no line is like anything recalled")


def _recalls_of(goods: Goods, records: Sequence[Record], *, likeness: Likeness) -> Iterator[Hit]:
    line = _Line(goods, frozenset(likeness.words(goods.description)), likeness)
    for one in records:
        code = one.get("hs", "")
        if not (goods.hs.startswith(code) or code.startswith(goods.hs)):
            continue
        facts = {
            name: compare(line, one[name]) for name, compare in _COMPARE.items() if name in one
        }
        if _agree(facts):
            yield _recalled(goods, one, facts=facts)


def _agree(facts: Facts) -> bool:
    if False in facts.values():
        return False
    first = next(iter(facts))
    if first == "model" and facts[first] is None:
        others = [agrees for name, agrees in facts.items() if name != first]
        return bool(others) and all(others)
    return facts[first] is True


def _model(line: _Line, wanted: str) -> bool | None:
    goods, key = line.goods, key_of(wanted)
    if key in {key_of(one) for one in goods.description.replace(",", " ").split()}:
        return True
    return None if goods.model is None else key_of(goods.model) == key


def _name(line: _Line, wanted: str) -> bool | None:
    # Goods are described in many words: other words do not say that these are other goods.
    return True if line.described.issuperset(line.likeness.words(wanted)) else None


def _brand(line: _Line, wanted: str) -> bool | None:
    if line.described.issuperset(line.likeness.words(wanted)):
        return True
    trademark = line.goods.trademark
    return None if trademark is None else line.likeness.are_alike(trademark, wanted)


#: What a recall may name, the most telling first, and how the line is compared with it.
_COMPARE: Mapping[str, Callable[[_Line, str], bool | None]] = {
    "model": _model,
    "name": _name,
    "brand": _brand,
}


def _recalled(goods: Goods, record: Record, *, facts: Facts) -> Hit:
    theirs = " ".join(record[one] for one in ("hs", "brand", "model", "name") if one in record)
    ours = " ".join(one for one in (goods.hs, goods.trademark, goods.model) if one)
    reason = f" ({record['reason']})" if "reason" in record else ""
    agreeing = " and ".join(name for name, agrees in facts.items() if agrees)
    unsaid = [name for name, agrees in facts.items() if agrees is None]
    but = f"; the application does not state the {' or '.join(unsaid)}" if unsaid else ""
    because = (
        f"line {goods.item_no} is like recall {record['number']}{reason}: "
        f"{agreeing} as in {theirs}{but}"
    )
    return Hit("recall", f"{ours} {goods.description}", theirs, because)


def _keys(question: Question) -> frozenset[str]:
    codes = {one.hs[:_HS6] for one in question.goods}
    return frozenset({"", *(code[:length] for code in codes for length in range(2, _HS6 + 1))})


def _problem(record: Record) -> str:
    if not {"brand", "model", "name"} & set(record):
        return "a recall names a brand, a model or goods"
    return period_problem(record)


LISTING = Listing(
    Kind.RECALLED_GOODS,
    COLUMNS,
    key=lambda record: record.get("hs", "")[:_HS6],
    keys=_keys,
    judge=judge,
    problem=_problem,
)
