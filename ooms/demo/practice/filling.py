"""Fills an office for training, and its pretend partner, through their interfaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager

from ooms.demo.api import Person
from ooms.demo.nodes import RunningNode
from ooms.demo.practice import cast
from ooms.demo.practice.exporting import Exporting, let_in
from ooms.demo.practice.importing import Importing


def fill(
    own: RunningNode, partner: RunningNode | None, *, counterpart: str = "", agreement: str = ""
) -> Mapping[str, str]:
    """Make cases to practice on in a running office; return the case of each sample.

    The counterpart is the partner's authority, or with no partner whomever the office names.

    1. Let a person of each role in.
    2. Make what people of the export side meet.
    3. Where a partner runs too, let it issue, and make what people of the border meet.
    4. Tell the office which cases its exercises are done on.

    Raises:
        DemoError: an office refused; carries its words.

    """
    authority = own.country.authority
    abroad = partner.country.authority if partner else counterpart
    with closing(Person(own, cast.TRAINER)) as operator:
        let_in(operator, cast.STAFF)  # 1
        to = abroad or cast.counterpart_of(authority)
        with _exporting(own, counterpart=to, agreement=agreement) as ours:
            samples = dict(ours.cases())  # 2
        if partner is not None:
            samples |= _border_cases(own, partner, agreement=agreement)  # 3
        operator.post("/training/samples", {"samples": samples})  # 4
    return samples


def _border_cases(own: RunningNode, partner: RunningNode, *, agreement: str) -> Mapping[str, str]:
    with closing(Person(partner, cast.TRAINER)) as operator:
        let_in(operator, cast.PARTNER_STAFF)
    authority = own.country.authority
    with _exporting(partner, counterpart=authority, agreement=agreement) as theirs:
        return Importing(own, seller=theirs).cases()


@contextmanager
def _exporting(node: RunningNode, *, counterpart: str, agreement: str) -> Iterator[Exporting]:
    made = Exporting(node, counterpart=counterpart, agreement=agreement)
    made.open()
    try:
        yield made
    finally:
        made.close()
