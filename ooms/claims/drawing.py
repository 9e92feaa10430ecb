"""Draws what is granted from the ledger, and gives back what a later version no longer claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ooms.claims.declaration import Declaration
from ooms.claims.held import HeldItem
from ooms.claims.model import CheckedLine, Claim
from ooms.claims.terms import Terms
from ooms.db import Work
from ooms.errors import ConflictError
from ooms.kernel.quantity import Quantity
from ooms.ledger.model import Balance, Draft, ItemKey, Source, Use
from ooms.ledger.service import Ledger

#: As much of a name as the ledger shows.
_NAME_LENGTH = 70


class Drawing:
    """The desk's hand on the ledger."""

    def __init__(self, ledger: Ledger, *, terms: Terms) -> None:
        """Draw on a ledger, with the units that the terms know."""
        self._ledger = ledger
        self._terms = terms

    def hold(self, work: Work, keys: Iterable[ItemKey]) -> dict[ItemKey, Balance]:
        """Hold items until the work ends, all at once and in one order; say how they stand."""
        return self._ledger.hold(work, keys)

    def look(self, work: Work, keys: Iterable[ItemKey]) -> dict[ItemKey, Balance]:
        """Say how items stand, without holding them."""
        return self._ledger.balances(work, keys)

    def draw(  # noqa: PLR0913  # the facts of one draw, each by its name
        self,
        work: Work,
        declaration: Declaration,
        *,
        claim_id: str,
        granted: Iterable[tuple[CheckedLine, HeldItem]],
        by: str,
        held: Mapping[ItemKey, Balance],
    ) -> dict[ItemKey, Balance]:
        """Draw what is granted, all of it or nothing, on items that are held; say how they stand.

        Raises:
            OverdrawnError: an item has not enough left.

        """
        drafts = [
            self._draft(declaration, one, claim_id=claim_id, item=item, by=by)
            for one, item in granted
        ]
        return self._ledger.draw_held(work, drafts, held=held)

    def give_back(self, work: Work, before: Claim, *, reason: str, by: str) -> None:
        """Give back everything that a claim drew."""
        self._ledger.give_back_all(work, Source.CLAIM, before.id, by=by, reason=reason)

    def _draft(
        self,
        declaration: Declaration,
        checked: CheckedLine,
        *,
        claim_id: str,
        item: HeldItem,
        by: str,
    ) -> Draft:
        line, about = checked.line, declaration.about
        if checked.key is None:
            raise ConflictError(what="line", current="without a certificate", wanted="GRANTED")
        use = Use(
            Source.CLAIM,
            claim_id,
            line.line_no,
            spec_no=line.spec_no,
            reference=declaration.number,
            office=about.office or None,
            importer=about.importer.name[:_NAME_LENGTH] if about.importer else None,
            invoice=next(iter(line.all_invoices), None),
        )
        quantity = Quantity(line.quantity, self._terms.unit(line.unit))
        return self._ledger.draft(
            checked.key, lot=item.quantities, quantity=quantity, use=use, by=by
        )
