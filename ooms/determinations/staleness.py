"""Tells which determinations no longer stand as they were made, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ooms.agreements.registry import Registry, UnknownAgreementError
from ooms.audit.service import record
from ooms.db import Work
from ooms.determinations.impact import Impact, Review
from ooms.determinations.model import Determined, Stale
from ooms.determinations.proofs import without
from ooms.determinations.repository import DeterminationRows
from ooms.products.model import Bill, BillState, Product
from ooms.products.service import Products
from ooms.suppliers.model import Declaration, State
from ooms.suppliers.service import WARN_BEFORE, Suppliers

_ENDED = frozenset({State.EXPIRED, State.REVOKED})


@dataclass(frozen=True, slots=True)
class Today:
    """What a determination rests on, as it is now; `digest` None is a pack that is gone."""

    product: Product
    bills: tuple[Bill, ...]
    declarations: tuple[Declaration, ...]
    digest: str | None


class Statements(Protocol):
    """Whoever keeps statements that determinations were made on."""

    def ended(self, work: Work, ids: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
        """Return why statements stand no more, by the determination and the reason."""
        ...


def reasons(determined: Determined, today: Today) -> dict[str, str]:
    """Say why a determination no longer stands as it was made; nothing means that it does.

    Note: an expired declaration still counts for the day that was judged; the goods of a later
    day are no longer proven, so the determination has to be made again for them.
    """
    found = {
        Stale.BILL: _newer_bill(determined, today.bills),
        Stale.EDITION: _other_code(determined, today.product),
        Stale.PROOF: "; ".join(
            f"the declaration of {one.supplier.name} is {one.state}"
            for one in today.declarations
            if one.state in _ENDED
        ),
        Stale.RULES: _other_pack(determined, today.digest),
    }
    return {reason.value: why for reason, why in found.items() if why}


def _newer_bill(determined: Determined, bills: tuple[Bill, ...]) -> str:
    used = next((one for one in bills if one.version == determined.bill_version), None)
    if used is None:
        return ""
    if used.state is BillState.RETIRED:
        return f"version {used.version} of the bill is retired"
    newer = [one for one in bills if one.plant == used.plant and one.version > used.version]
    return f"version {newer[0].version} of the bill is written" if newer else ""


def _other_code(determined: Determined, product: Product) -> str:
    judged = determined.case["product"]
    code = str(judged["hs"]) if isinstance(judged, dict) else ""
    edition = int(str(determined.case["hs_edition"]))
    if product.same_as(code, edition=edition):
        return ""
    return f"judged as {code} of HS {edition}, now {product.hs} of HS {product.hs_edition}"


def _other_pack(determined: Determined, digest: str | None) -> str:
    if digest is None:
        return f"no pack of {determined.agreement} is loaded"
    named = determined.rule_pack.rpartition("+sha256:")[2]
    return "" if named and digest.startswith(named) else "the pack of rules has changed"


class Reaching(Protocol):
    """Whoever knows which applications and certificates rest on determinations."""

    def count(self, work: Work, determinations: Iterable[str]) -> dict[str, str]:
        """Count what rests on determinations, as facts of an entry in the trail."""
        ...


class Staleness:
    """Keeps why determinations are stale, by sweep and at each event."""

    def __init__(
        self, *, registry: Registry, review: Review, products: Products, suppliers: Suppliers
    ) -> None:
        """Compare with what the desks say now."""
        self._registry = registry
        self._review = review
        self._products = products
        self._suppliers = suppliers
        self._statements: Statements | None = None
        self._reach: Reaching | None = None

    def follow(self, reach: Reaching) -> None:
        """Count with that desk what rests on determinations, when a declaration ends."""
        self._reach = reach

    def connect(self, statements: Statements) -> None:
        """Ask that desk too why a determination no longer stands."""
        self._statements = statements

    def sweep(self, work: Work, *, after: str, most: int) -> tuple[int, str]:
        """Look at determinations behind a key; returns how many changed, and the last key."""
        found = DeterminationRows(work.transaction).after(after, most=most)
        return self.refresh(work, found), found[-1].id if found else ""

    def product_changed(self, work: Work, product: Product) -> None:
        """Look again at the determinations of a product that was written anew."""
        self.refresh(work, DeterminationRows(work.transaction).of_product(product.id))

    def declaration_changed(self, work: Work, declaration: Declaration) -> None:
        """Look again at what rests on a declaration that is near its end, ended or revoked."""
        rows = DeterminationRows(work.transaction)
        resting = rows.these(rows.resting_on(declaration.id))
        self.refresh(work, resting)
        if resting:
            lost = [impact.case for impact in self.impacts(work, declaration)]
            facts = {"resting": str(len(resting)), "differ": str(len(lost))}
            if self._reach is not None:
                facts |= self._reach.count(work, [one.id for one in resting])
            record(
                work,
                who="office",
                what="declaration.impact",
                subject=f"declaration/{declaration.id}",
                facts=facts,
            )

    def impacts(self, work: Work, declaration: Declaration) -> tuple[Impact, ...]:
        """Tell what differs of the determinations that rest on a declaration, if it is gone."""
        return tuple(self._review.impacts(self._bereft(work, declaration)))

    def resting(self, work: Work, declaration: Declaration) -> tuple[Determined, ...]:
        """Return the determinations that rest on a declaration."""
        rows = DeterminationRows(work.transaction)
        return rows.these(rows.resting_on(declaration.id))

    def proofs_ending(self, work: Work, determined: Iterable[Determined]) -> dict[str, date]:
        """Return the first day on which a proof of each no longer holds, of those within reach.

        Within reach is as long ahead as the supplier's declaration itself is shown as expiring.
        """
        proofs = DeterminationRows(work.transaction).proofs([one.id for one in determined])
        keys = {key for of_one in proofs.values() for key in of_one.values()}
        ends = {
            key: one.statement.valid_until
            for key, one in self._suppliers.cited(work, keys).items()
            if one.state not in _ENDED and one.statement and one.statement.valid_until
        }
        soon = work.today + WARN_BEFORE
        found = {}
        for determination_id, of_one in proofs.items():
            days = [ends[key] for key in of_one.values() if key in ends and ends[key] <= soon]
            if days:
                found[determination_id] = min(days)
        return found

    def refresh(self, work: Work, determined: Iterable[Determined]) -> int:
        """Write why each is stale now; returns of how many that changed."""
        rows = DeterminationRows(work.transaction)
        every = tuple(determined)
        proofs = rows.proofs([one.id for one in every])
        cited = self._suppliers.cited(
            work, {key for of_one in proofs.values() for key in of_one.values()}
        )
        ids = [one.id for one in every]
        ended = self._statements.ended(work, ids) if self._statements else {}
        changed = 0
        for one in every:
            product, bills = self._products.as_it_is(work, one.product_id)
            declarations = tuple(cited[key] for key in set(proofs.get(one.id, {}).values()))
            today = Today(product, bills, declarations, self._digest(one.agreement))
            found = reasons(one, today) | self._priced(work, one) | dict(ended.get(one.id, {}))
            changed += rows.write_staleness(one, found, now=work.now)
        return changed

    def _priced(self, work: Work, one: Determined) -> dict[str, str]:
        price, value = one.case.get("price"), one.answer.get("value")
        if not isinstance(price, dict) or not isinstance(value, dict):
            return {}
        least = value.get("minimum_price")
        now = self._products.price(
            work, one.product_id, basis=str(price["basis"]), currency=str(price["currency"])
        )
        if least is None or now is None or not one.confers_origin or now >= type(now)(str(least)):
            return {}
        return {Stale.PRICE.value: f"sold at {now}; the rule is met from {least} on"}

    def _bereft(self, work: Work, declaration: Declaration) -> Iterable[Determined]:
        proofs = DeterminationRows(work.transaction)
        resting = self.resting(work, declaration)
        paths = proofs.proofs([one.id for one in resting])
        for one in resting:
            gone = [path for path, key in paths[one.id].items() if key == declaration.id]
            yield one.on_case(without(one.case, gone))

    def _digest(self, agreement: str) -> str | None:
        try:
            return self._registry.agreement(agreement).digest
        except UnknownAgreementError:
            return None
