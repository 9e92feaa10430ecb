"""Business registry: the company is there, active, and has this name."""

from __future__ import annotations

from collections.abc import Sequence

from ooms.crosschecks.entries import Column, Form, Listing, Record, Terms
from ooms.crosschecks.likeness import key_of, shown
from ooms.crosschecks.model import Hit, Judged, Kind, Question, judged

_ACTIVE = "ACTIVE"
COLUMNS = (
    Column("identifier", required=True),
    Column("name", required=True),
    Column("status", Form.CHOICE, required=True, choices=(_ACTIVE, "SUSPENDED", "CLOSED")),
)


def judge(question: Question, records: Sequence[Record], terms: Terms) -> Judged:
    """Compare the exporter with the registry's entry of the same number."""
    exporter, likeness = question.exporter, terms.likeness
    number = exporter.identifier or ""
    gaps = [] if records else [f"the registry knows no {number}"]
    hits = []
    words = likeness.words(exporter.name)
    for one in records:
        if one["status"] != _ACTIVE:
            because = f"{one['identifier']} is {one['status']}"
            hits.append(Hit("status", _ACTIVE, one["status"], because))
        score = likeness.score(words, likeness.words(one["name"]), least=likeness.least)
        if score < likeness.least:
            because = (
                f"{one['identifier']} is {one['name']}, the applicant is {exporter.name}: "
                f"less alike than {shown(likeness.least)}"
            )
            hits.append(Hit("name", exporter.name, one["name"], because))
    return judged(hits, gaps, otherwise=f"{number} is active, and has this name")


LISTING = Listing(
    Kind.BUSINESS_REGISTRY,
    COLUMNS,
    key=lambda record: key_of(record["identifier"]),
    keys=lambda question: frozenset({key_of(question.exporter.identifier or "")}),
    judge=judge,
)
