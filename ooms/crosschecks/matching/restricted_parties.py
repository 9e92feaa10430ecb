"""Restricted parties: nobody on the application has a name like one on the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ooms.crosschecks.entries import (
    Column,
    Form,
    Listing,
    Record,
    Terms,
    holds,
    period_problem,
    texts,
)
from ooms.crosschecks.likeness import Likeness, shown
from ooms.crosschecks.model import Hit, Judged, Kind, Party, Question, judged

COLUMNS = (
    Column("number", required=True),
    Column("name", required=True),
    Column("aliases", Form.TEXTS),
    Column("country", Form.COUNTRY),
    Column("list"),
    Column("first_day", Form.DATE),
    Column("last_day", Form.DATE),
)


def judge(question: Question, records: Sequence[Record], terms: Terms) -> Judged:
    """Compare everybody on the application with every name and alias of the list."""
    likeness = terms.likeness
    parties = [(one, likeness.words(one.name)) for one in question.parties]
    hits = [
        hit
        for record in records
        if holds(record, on=terms.on)
        for hit in _hits(parties, record, likeness=likeness)
    ]
    clear = f"{len(parties)} names are like none of {len(records)} entries"
    return judged(hits, (), otherwise=clear)


def _hits(
    parties: Sequence[tuple[Party, tuple[str, ...]]], record: Record, *, likeness: Likeness
) -> Iterator[Hit]:
    """Yield for each party the name of an entry that is most like it, if it is enough."""
    names = [(record["name"], "name"), *((one, "alias") for one in texts(record, "aliases"))]
    listed = [(name, means, likeness.words(name)) for name, means in names]
    for party, words in parties:
        least = _least(party, record, likeness=likeness)
        scored = [
            (likeness.score(words, theirs, least=least), name, means)
            for name, means, theirs in listed
        ]
        score, name, means = max(scored, key=lambda one: one[0])
        if score >= least:
            because = (
                f"{party.role.lower()} {party.name} matched {name} ({record['number']}"
                f"{_list(record)}), score {shown(score)}, {means}{_countries(party, record)}"
            )
            yield Hit("name", party.name, name, because, score)


def _least(party: Party, record: Record, *, likeness: Likeness) -> Decimal:
    elsewhere = record.get("country", party.country) != party.country
    return likeness.least_elsewhere if elsewhere else likeness.least


def _list(record: Record) -> str:
    return f", {record['list']}" if "list" in record else ""


def _countries(party: Party, record: Record) -> str:
    theirs = record.get("country")
    if theirs is None:
        return ""
    same = "same country" if theirs == party.country else f"in {theirs}, not {party.country}"
    return f", {same}"


LISTING = Listing(
    Kind.RESTRICTED_PARTIES,
    COLUMNS,
    key=lambda _: "",
    keys=lambda _: None,
    judge=judge,
    problem=period_problem,
)
