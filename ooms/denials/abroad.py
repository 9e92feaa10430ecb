"""What partners denied of our certificates, and until when our office may explain a slip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ooms.db import Window, Work
from ooms.denials.repository import Told, ToldRows
from ooms.kernel.workdays import Calendar
from ooms.verifications.terms import AgreementTerms, Term, TermKind

_DENIED = "DENIED"


@dataclass(frozen=True, slots=True)
class DeniedItem:
    """An item that a partner denied: why, in its words and by its law."""

    item_no: int
    reason_class: str
    words: str
    basis: str
    #: A later word of the partner on the same item and declaration says otherwise.
    is_lifted: bool


@dataclass(frozen=True, slots=True)
class DeniedAbroad:
    """A message in which a partner denied preference for items of a certificate of ours."""

    id: str
    certificate_id: str
    number: str
    agreement: str
    partner: str
    told_at: datetime
    items: tuple[DeniedItem, ...]
    #: The last day for our explanation, by which rule; None where the agreement names none.
    explain_by: date | None
    source: str
    verified: bool


class DenialsAbroad:
    """The desk's ear for what partners denied."""

    def __init__(self, terms: Mapping[str, AgreementTerms], *, calendar: Calendar) -> None:
        """Know the agreements' periods for an explanation."""
        self._terms = terms
        self._calendar = calendar

    def page(
        self, work: Work, window: Window, *, company: str | None
    ) -> tuple[tuple[DeniedAbroad, ...], str | None]:
        """Return what was denied of every certificate, or of one company's, the newest first.

        A message that only suspends is left out; the cursor counts it all the same.
        """
        rows = ToldRows(work.transaction)
        told = rows.page(window, company=company)
        every = rows.of_certificates({one.certificate_id for one in told})
        found = (self._denied(one, every) for one in told)
        return tuple(one for one in found if one.items), window.next(told)

    def _denied(self, told: Told, every: Iterable[Told]) -> DeniedAbroad:
        term = self._term(told.agreement)
        later = [
            one
            for one in every
            if one.certificate_id == told.certificate_id
            and one.declaration == told.declaration
            and one.ordinal > told.ordinal
        ]
        return DeniedAbroad(
            id=told.id,
            certificate_id=told.certificate_id,
            number=told.number,
            agreement=told.agreement,
            partner=told.partner,
            told_at=told.at,
            items=tuple(_items(told, later)),
            explain_by=term.due(told.at.date(), calendar=self._calendar) if term else None,
            source=term.source if term else "",
            verified=term.verified if term else False,
        )

    def _term(self, agreement: str) -> Term | None:
        known = self._terms.get(agreement)
        return known.terms.get(TermKind.DENIAL_EXPLANATION) if known else None


def _items(told: Told, later: Iterable[Told]) -> Iterable[DeniedItem]:
    after = {number: outcome for one in later for number, outcome in one.outcomes()}
    for one in told.decisions:
        if one.get("outcome") == _DENIED:
            item_no = int(str(one["item_no"]))
            yield DeniedItem(
                item_no,
                reason_class=str(one.get("reason_code") or ""),
                words=str(one.get("text") or ""),
                basis=str(one.get("legal_basis") or ""),
                is_lifted=after.get(item_no, _DENIED) != _DENIED,
            )
