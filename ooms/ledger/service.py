"""Draw certificates down, never below nothing; take back by entries of its own; look back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Protocol

from ooms.access.model import User
from ooms.audit.service import record
from ooms.db import Transaction, Work
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.kernel.quantity import Quantity
from ooms.ledger.duplicates import find_duplicates
from ooms.ledger.loader import Tolerances
from ooms.ledger.model import (
    Balance,
    CertificateKey,
    Chain,
    Draft,
    Duplicate,
    Entry,
    EntryKind,
    ItemKey,
    Lot,
    Source,
    Use,
    balance_of,
    links_of,
    open_share,
    plain,
)
from ooms.ledger.repository import LedgerRows
from ooms.ledger.returns import part, reversal
from ooms.ledger.units import Units, shown


class OverdrawnError(ConflictError):
    """An item has less left than is drawn, or less drawn than is given back."""

    code = "LED-EXCEEDED"
    then: ClassVar[str] = "look at its ledger, then draw what is left"


class UnmeasuredError(UnfitError):
    """An item is measured in no unit that the quantity could be converted to."""

    code = "LED-UNIT"


class Lots(Protocol):
    """What this desk needs of whoever keeps what partners sent."""

    def number_key(self, number: str) -> str:
        """Reduce a number to the key that survives its spelling."""
        ...

    def of(self, certificate: CertificateKey, *, within: Transaction) -> Mapping[int, Lot]:
        """Say what a certificate certifies, by item; nothing when it was not received."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a certificate at a moment: its lots, how they stood, every entry, its chain."""

    certificate: CertificateKey
    at: datetime
    lots: Mapping[int, Lot]
    balances: tuple[Balance, ...]
    entries: tuple[Entry, ...]
    chain: Chain


class Ledger:
    """The desk of the ledger: one truth for claims and for certificates that are passed on."""

    def __init__(self, *, units: Units, tolerances: Tolerances, lots: Lots) -> None:
        """Measure by units, allow what agreements allow, and look up what was certified."""
        self.units = units
        self._tolerances = tolerances
        self._lots = lots

    # Drawing

    def hold(self, work: Work, keys: Iterable[ItemKey]) -> dict[ItemKey, Balance]:
        """Hold items until the work ends, and say how they stand.

        Whoever needs several items holds them with one call before anything else: they are locked
        in one order, so that two pieces of work never wait for each other in a circle.
        """
        return {
            key: self._bounded(one) for key, one in LedgerRows(work.transaction).hold(keys).items()
        }

    def draft(  # noqa: PLR0913  # the facts of one draw, each by its name
        self,
        key: ItemKey,
        *,
        lot: Lot,
        quantity: Quantity,
        use: Use,
        by: str,
        kind: EntryKind = EntryKind.DRAWN,
        reason: str = "",
    ) -> Draft:
        """Measure a quantity of an item as its entry would.

        Raises:
            UnmeasuredError: the item is not measured so.

        """
        share = self.units.share(lot, quantity)
        if share is None:
            units = ", ".join(sorted(lot)) or "nothing"
            detail = f"item {key.item_no} is measured in {units}, not in {quantity.unit}"
            raise UnmeasuredError(Flaw("/unit", detail, code=UnmeasuredError.code))
        use = replace(use, invoice=plain(use.invoice))
        return Draft(key, kind, share, quantity=quantity, use=use, by=by, reason=reason)

    def draw(self, work: Work, drafts: Sequence[Draft]) -> tuple[Entry, ...]:
        """Write entries, all of them or none.

        1. Hold the items.
        2. See that no item goes out of its bounds, entry by entry.
        3. Write the entries, and how the items stand.

        Raises:
            OverdrawnError: an item has not enough left, or not so much drawn.

        """
        if not drafts:
            return ()
        held = self.hold(work, (one.key for one in drafts))  # 1
        return self._write(work, drafts, held=held)[0]  # 2, 3

    def draw_held(
        self, work: Work, drafts: Sequence[Draft], *, held: Mapping[ItemKey, Balance]
    ) -> dict[ItemKey, Balance]:
        """Write entries of items that are held already, and say how they stand after them.

        Raises:
            OverdrawnError: an item has not enough left, or not so much drawn.

        """
        return dict(held) | (self._write(work, drafts, held=held)[1] if drafts else {})

    def give_back(  # noqa: PLR0913  # the facts of one return, each by its name
        self,
        work: Work,
        entry_id: str,
        *,
        by: str,
        reason: str,
        quantity: Quantity | None = None,
        lot: Lot | None = None,
    ) -> Entry:
        """Take an entry back, whole or by a quantity of its lot, with an entry that names it.

        Raises:
            MissingError: there is no such entry.
            ConflictError: it is a reversal, or so much of it is not open any more.
            UnmeasuredError: the lot is not measured so.

        """
        rows = LedgerRows(work.transaction)
        entry = rows.entry(entry_id)
        if entry is None:
            raise MissingError(what="entry of the ledger", id=entry_id)
        self.hold(work, [entry.what.key])
        still = open_share(entry, rows.entries(entry.what.key))
        back = self.units.share(lot or {}, quantity) if quantity is not None else still
        if back is None:
            detail = f"give back in {', '.join(sorted(lot or {})) or 'no unit'}"
            raise UnmeasuredError(Flaw("/unit", detail, code=UnmeasuredError.code))
        if entry.what.reverses or not 0 < back / (still or 1) <= 1:
            raise ConflictError(what="entry of the ledger", current="taken back", wanted="open")
        shown = quantity or part(entry, still)
        return self.draw(work, [reversal(entry, back, quantity=shown, by=by, reason=reason)])[0]

    def give_back_all(  # noqa: PLR0913  # the facts of one return, each by its name
        self,
        work: Work,
        source: Source,
        source_id: str,
        *,
        by: str,
        reason: str,
        line: tuple[int, int] | None = None,
    ) -> tuple[Entry, ...]:
        """Take back everything that a claim or certificate, or one line of it, still holds."""
        rows = LedgerRows(work.transaction)
        before = rows.entries_from(source, source_id, line=line)
        self.hold(work, (one.what.key for one in before))
        entries = rows.entries_from(source, source_id, line=line)
        drafts = [
            reversal(one, still, quantity=part(one, still), by=by, reason=reason)
            for one in entries
            if one.what.reverses is None and (still := open_share(one, entries))
        ]
        return self.draw(work, drafts)

    def draw_reserved(self, work: Work, entry_id: str, *, by: str, reason: str) -> Entry:
        """Draw what was set aside: released and drawn with one step.

        Raises:
            MissingError: there is no such entry.
            ConflictError: it sets nothing aside, or no more.

        """
        rows = LedgerRows(work.transaction)
        entry = rows.entry(entry_id)
        if entry is None:
            raise MissingError(what="entry of the ledger", id=entry_id)
        self.hold(work, [entry.what.key])
        still = open_share(entry, rows.entries(entry.what.key))
        if entry.what.kind is not EntryKind.RESERVED or not still:
            raise ConflictError(what="entry of the ledger", current="not reserved", wanted="DRAWN")
        quantity = part(entry, still)
        released = reversal(entry, still, quantity=quantity, by=by, reason=reason)
        drawn = replace(released, kind=EntryKind.DRAWN, share=still, reverses=None)
        return self.draw(work, [released, drawn])[1]

    def adjust(
        self, work: Work, key: ItemKey, *, quantity: Quantity, reason: str, by: User
    ) -> Entry:
        """Correct what is drawn of an item by hand; a negative quantity gives back.

        Raises:
            MissingError: the item was not received.
            UnmeasuredError: the item is not measured so.
            OverdrawnError: not so much is left, or drawn.

        """
        draft = self._correction(work, key, quantity=quantity, by=by)
        (entry,) = self.draw(work, [replace(draft, reason=reason)])
        record(
            work,
            who=by.login,
            what="ledger.adjusted",
            subject=f"certificate/{key.issuing_country}/{key.agreement}/{key.number_key}",
            facts={"item": str(key.item_no), "quantity": quantity.text, "reason": reason},
        )
        return entry

    def foresee(
        self, work: Work, key: ItemKey, *, quantity: Quantity, by: User
    ) -> tuple[Balance, Balance]:
        """Say how an item stands, and how it would after a correction; nothing is written.

        Raises:
            MissingError: the item was not received.
            UnmeasuredError: the item is not measured so.
            OverdrawnError: not so much is left, or drawn.

        """
        draft = self._correction(work, key, quantity=quantity, by=by)
        before = self.balance(work, key)
        after = before.after(draft)
        if after is None:
            raise _overdrawn(draft, before)
        return before, after

    # Looking

    def balance(self, work: Work, key: ItemKey) -> Balance:
        """Say how an item stands."""
        return self.balances(work, [key])[key]

    def balances(self, work: Work, keys: Iterable[ItemKey]) -> dict[ItemKey, Balance]:
        """Say how items stand, without holding them."""
        wanted = tuple(keys)
        known = LedgerRows(work.transaction).balances(wanted)
        return {key: self._bounded(known.get(key, Balance(key))) for key in wanted}

    def balance_at(self, work: Work, key: ItemKey, moment: datetime) -> Balance:
        """Say how an item stood at a moment, from its entries alone."""
        entries = LedgerRows(work.transaction).entries(key, until=moment)
        return balance_of(key, entries, tolerance=self._tolerances.of(key.agreement).share)

    def entries(self, work: Work, key: ItemKey) -> tuple[Entry, ...]:
        """Return every entry of an item, the oldest first."""
        return LedgerRows(work.transaction).entries(key)

    def entries_of(
        self, work: Work, certificate: CertificateKey, *, at: datetime | None = None
    ) -> tuple[Entry, ...]:
        """Return the entries of all items of a certificate, up to a moment if one is named."""
        return LedgerRows(work.transaction).entries_of(certificate, until=at)

    def entries_from(
        self, work: Work, source: Source, source_id: str, *, line: tuple[int, int] | None = None
    ) -> tuple[Entry, ...]:
        """Return the entries of a claim or certificate, or of one line and specification of it."""
        return LedgerRows(work.transaction).entries_from(source, source_id, line=line)

    def is_whole(self, work: Work, key: ItemKey) -> bool:
        """Tell whether an item's entries lead to how it stands: none is missing or altered."""
        entries = self.entries(work, key)
        turns = [one.turn for one in entries]
        added = balance_of(key, entries, tolerance=self._tolerances.of(key.agreement).share)
        return turns == list(range(1, len(turns) + 1)) and added == self.balance(work, key)

    def lots(self, work: Work, certificate: CertificateKey) -> Mapping[int, Lot]:
        """Say what a certificate certifies, by item."""
        return self._lots.of(certificate, within=work.transaction)

    def key_of(self, country: str, agreement: str, *, number: str) -> CertificateKey:
        """Name a certificate, however its number is spelled."""
        return CertificateKey(country, agreement, self._lots.number_key(number))

    def page(self, work: Work, certificate: CertificateKey, *, at: datetime) -> Page:
        """Show how a certificate stood at a moment, from its entries alone.

        Raises:
            MissingError: it was not received, and nobody drew on it.

        """
        lots = self.lots(work, certificate)
        entries = self.entries_of(work, certificate, at=at)
        chain = self.chains(work, certificate)
        if not (lots or entries or chain.rests_on):
            raise MissingError(what="certificate in the ledger", id=certificate.number_key)
        of_item: dict[int, list[Entry]] = {item_no: [] for item_no in lots}
        for one in entries:
            of_item.setdefault(one.what.key.item_no, []).append(one)
        tolerance = self._tolerances.of(certificate.agreement).share
        balances = tuple(
            balance_of(certificate.item(item_no), those, tolerance=tolerance)
            for item_no, those in sorted(of_item.items())
        )
        return Page(certificate, at, lots, balances, entries, chain)

    def chains(self, work: Work, certificate: CertificateKey) -> Chain:
        """Show what a certificate rests on, and what rests on it.

        A certificate of ours rests on the first certificates it draws on.  A received one carries
        the certificates that pass it on and the claims that use it.
        """
        rows = LedgerRows(work.transaction)
        ours = [
            one
            for one in rows.entries_called([certificate.number_key])
            if one.what.use.source is Source.CERTIFICATE
            and one.what.key.agreement == certificate.agreement
        ]
        return Chain(rests_on=links_of(ours), carries=links_of(rows.entries_of(certificate)))

    def duplicates(
        self,
        work: Work,
        *,
        keys: Iterable[ItemKey] = (),
        invoices: Iterable[str] = (),
        declarations: Iterable[str] = (),
    ) -> tuple[Duplicate, ...]:
        """Find items, invoices and declarations that several offices or importers use."""
        invoiced = [one for one in map(plain, invoices) if one]
        called = [one for one in declarations if one]
        rows = LedgerRows(work.transaction)
        return find_duplicates(rows, keys=tuple(keys), invoices=invoiced, declarations=called)

    def _correction(self, work: Work, key: ItemKey, *, quantity: Quantity, by: User) -> Draft:
        lot = self.lots(work, key.certificate).get(key.item_no)
        if lot is None:
            raise MissingError(what="item", id=f"{key.item_no} of {key.number_key}")
        use = Use(Source.OFFICER, by.id, reference=by.login[:35])
        kind = EntryKind.ADJUSTED
        return self.draft(key, lot=lot, quantity=quantity, use=use, by=by.login, kind=kind)

    def _write(
        self, work: Work, drafts: Sequence[Draft], *, held: Mapping[ItemKey, Balance]
    ) -> tuple[tuple[Entry, ...], dict[ItemKey, Balance]]:
        standing: dict[ItemKey, Balance] = {}
        entries = []
        for one in drafts:
            before = standing.get(one.key) or held[one.key]
            after = before.after(one)
            if after is None:
                raise _overdrawn(one, before)
            standing[one.key] = after
            entries.append(Entry(work.new_id(), after.entries, one, work.now))
        LedgerRows(work.transaction).write(entries, balances=standing.values())
        return tuple(entries), standing

    def _bounded(self, balance: Balance) -> Balance:
        return replace(balance, tolerance=self._tolerances.of(balance.key.agreement).share)


def _overdrawn(draft: Draft, standing: Balance) -> OverdrawnError:
    percent = shown(standing.left * 100)
    return OverdrawnError(
        what=f"item {draft.key.item_no} of {draft.key.number_key}",
        current=f"free to {percent:f} percent",
        wanted=draft.kind.value.lower(),
    )
