"""Take from first certificates, never more than they hold, and give back what ends.

What is taken counts in the one ledger of received certificates, beside what claims use of the same
items; the entries of this desk say on which scales it was measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from ooms.applications.model import Content, FirstCertificate
from ooms.back_to_back import judging, ledger
from ooms.back_to_back.ledger import Amounts
from ooms.back_to_back.model import Direction, Entry, First, FirstKey, Left
from ooms.back_to_back.repository import FirstRows
from ooms.db import Transaction, Work
from ooms.errors import Flaw, MissingError, UnfitError
from ooms.kernel.quantity import Quantity
from ooms.ledger.model import CertificateKey, Draft, EntryKind, ItemKey, Source, Use
from ooms.ledger.service import Ledger
from ooms.ledger.units import shown


class OverdrawnError(UnfitError):
    """A back-to-back certificate takes more than its first certificates have left."""

    code = ledger.OVER


class FirstRegister(Protocol):
    """What this desk needs of whoever receives certificates from partners."""

    def number_key(self, number: str) -> str:
        """Reduce a number to the key that survives its spelling."""
        ...

    def received(self, key: FirstKey, *, within: Transaction) -> First | None:
        """Find a certificate that its issuer sent us."""
        ...


_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Holder:
    """A certificate of ours that takes, and the key of its number where it takes anew."""

    id: str
    number_key: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """A first certificate, what is left of it, and every entry."""

    first: First
    left: tuple[Left, ...]
    entries: tuple[Entry, ...]


class BackToBack:
    """The desk of first certificates."""

    def __init__(self, register: FirstRegister, *, uses: Ledger) -> None:
        """Look certificates up where partners' are received; count in the ledger of their use."""
        self._register = register
        self._uses = uses

    def holder(self, certificate_id: str, *, number: str) -> Holder:
        """Name a certificate of ours that takes from first certificates."""
        return Holder(certificate_id, self._register.number_key(number))

    def firsts(self, work: Work, content: Content) -> tuple[First | None, ...]:
        """Find the first certificates that an application names; None where nobody knows one."""
        return tuple(
            self._find(work, one, agreement=content.agreement) for one in content.first_certificates
        )

    def flaws(self, work: Work, content: Content, *, beyond: str | None = None) -> tuple[Flaw, ...]:
        """List why the goods of an application do not rest on its first certificates.

        `beyond` is the certificate whose takings the new one takes over.
        """
        firsts = self.firsts(work, content)
        found = judging.unfit(content, firsts, on=work.today)
        known = [one for one in firsts if one is not None]
        if not found:
            found = judging.misfit(content, known)
        return found or self._over(work, content, known, beyond=beyond)

    def take(
        self, work: Work, content: Content, *, holder: Holder, by: str, beyond: str | None
    ) -> None:
        """Take what a certificate re-exports, under the locks of its first certificates.

        1. Hold each first certificate, always in the same order.
        2. See that every item has enough left; what the replaced certificate holds is its own.
        3. Write the entries: of a replacement only what goes beyond the one that it replaces,
           until the partner has answered.

        Raises:
            OverdrawnError: an item has less left; nothing is written.

        """
        firsts = self.firsts(work, content)
        known = {one.key: one for one in firsts if one is not None}
        rows = FirstRows(work.transaction)
        flaws: tuple[Flaw, ...] = ()
        for key, asked in sorted(ledger.wanted(content, firsts).items()):
            first_id, first = rows.lock(known[key], new_id=work.new_id(), now=work.now)  # 1
            book = _Book(work, rows, self._uses, first_id, first, by)
            claimed = book.claimed()
            entries = rows.entries(first_id)
            own = ledger.held(entries, by=beyond) if beyond else {}
            more = ledger.only_more(ledger.apart(asked, own))
            flaws += ledger.overdrawn(first, more, entries, claimed=claimed)  # 2
            if not flaws:
                book.write(more, holder=holder)  # 3
        if flaws:
            raise OverdrawnError(*flaws)

    def settle(self, work: Work, old_id: str, *, new: Holder, content: Content, by: str) -> None:
        """Let a certificate take over from the one that it replaces, once it counts.

        What it takes less than the old one is given back.
        """
        rows = FirstRows(work.transaction)
        asked = ledger.wanted(content, self.firsts(work, content))
        for key in rows.taken_by(old_id):
            book = _Book(work, rows, self._uses, *rows.hold(key), by)
            entries = rows.entries(book.first_id)
            old = ledger.given_back(ledger.held(entries, by=old_id))
            book.write(old, holder=Holder(old_id))
            missing = ledger.apart(asked.get(key, {}), ledger.held(entries, by=new.id))
            book.write(missing, holder=new)

    def give_back(self, work: Work, certificate_id: str, *, by: str) -> None:
        """Give back everything that a certificate holds, because it ended."""
        rows = FirstRows(work.transaction)
        for key in rows.taken_by(certificate_id):
            book = _Book(work, rows, self._uses, *rows.hold(key), by)
            own = ledger.held(rows.entries(book.first_id), by=certificate_id)
            book.write(ledger.given_back(own), holder=Holder(certificate_id))

    def balances(self, work: Work, number: str) -> tuple[Balance, ...]:
        """Return what is left of the first certificates of a number, however it is spelled.

        Raises:
            MissingError: nothing was taken from such a certificate.

        """
        rows = FirstRows(work.transaction)
        found = rows.numbered(self._register.number_key(number))
        if not found:
            raise MissingError(what="first certificate", id=number)
        books = [(first, rows.entries(first_id)) for first_id, first in found]
        return tuple(
            Balance(one, ledger.left(one, entries, claimed=self._claimed(work, one)), entries)
            for one, entries in books
        )

    def _find(self, work: Work, named: FirstCertificate, *, agreement: str) -> First | None:
        key = FirstKey(named.country, agreement, self._register.number_key(named.number))
        received = self._register.received(key, within=work.transaction)
        known = FirstRows(work.transaction).find(key)
        return received or (known[1] if known else _from_paper(key, named))

    def _over(
        self, work: Work, content: Content, firsts: list[First], *, beyond: str | None
    ) -> tuple[Flaw, ...]:
        rows = FirstRows(work.transaction)
        by_key = {one.key: one for one in firsts}
        found: list[Flaw] = []
        for key, asked in ledger.wanted(content, firsts).items():
            known = rows.find(key)
            entries = rows.entries(known[0]) if known else ()
            own = ledger.held(entries, by=beyond) if beyond else {}
            more = ledger.only_more(ledger.apart(asked, own))
            first = by_key[key]
            found += ledger.overdrawn(first, more, entries, claimed=self._claimed(work, first))
        return tuple(found)

    def _claimed(self, work: Work, first: First) -> Mapping[int, Fraction]:
        return _claimed(work, self._uses, first)


@dataclass(frozen=True, slots=True)
class _Book:
    """The page of one first certificate, held for writing."""

    work: Work
    rows: FirstRows
    uses: Ledger
    first_id: str
    first: First
    by: str

    def claimed(self) -> Mapping[int, Fraction]:
        """Hold the items against claims too, and say which share of each they use."""
        self.uses.hold(self.work, (_item(self.first, one.item_no) for one in self.first.items))
        return _claimed(self.work, self.uses, self.first)

    def write(self, amounts: Amounts, *, holder: Holder) -> None:
        """Write one entry for each amount that is something, and count the items' shares."""
        entries = (
            Entry(
                item_no,
                scale,
                amount,
                holder.id,
                Direction.TAKEN if amount > 0 else Direction.RETURNED,
                self.work.now,
                self.by,
            )
            for item_no, of_item in sorted(amounts.items())
            for scale, amount in of_item.items()
            if amount
        )
        self.rows.add(self.first_id, ((self.work.new_id(), one) for one in entries))
        self._count(holder)

    def _count(self, holder: Holder) -> None:
        """Let the ledger of use say of each item which share is passed on by now."""
        self.claimed()
        gone = ledger.gone(self.first, self.rows.entries(self.first_id))
        counted = _passed_on(self.work, self.uses, self.first)
        self.uses.draw(
            self.work,
            [
                self._draft(item_no, more, holder)
                for item_no, share in gone.items()
                if (more := share - counted.get(item_no, _NOTHING))
            ],
        )

    def _draft(self, item_no: int, more: Fraction, holder: Holder) -> Draft:
        item = self.first.item(item_no)
        assert item is not None
        stated = item.quantities[0]
        return Draft(
            _item(self.first, item_no),
            EntryKind.DRAWN if more > 0 else EntryKind.RETURNED,
            more,
            quantity=Quantity(shown(abs(more) * Fraction(stated.value)), stated.unit),
            use=Use(Source.CERTIFICATE, holder.id, reference=holder.number_key),
            by=self.by,
            reason="passed on by a certificate of ours" if more > 0 else "passed on no more",
        )


def _passed_on(work: Work, uses: Ledger, first: First) -> dict[int, Fraction]:
    """Add up, by item, what the ledger of use counts as passed on."""
    sums: dict[int, Fraction] = {}
    for one in uses.entries_of(work, _certificate(first)):
        if one.what.use.source is Source.CERTIFICATE:
            item_no = one.what.key.item_no
            sums[item_no] = sums.get(item_no, _NOTHING) + one.what.share
    return sums


def _claimed(work: Work, uses: Ledger, first: First) -> dict[int, Fraction]:
    """Say which share of each item is used otherwise than by passing it on."""
    passed_on = _passed_on(work, uses, first)
    keys = {one.item_no: _item(first, one.item_no) for one in first.items}
    standing = uses.balances(work, keys.values())
    return {
        item_no: standing[key].used - passed_on.get(item_no, _NOTHING)
        for item_no, key in keys.items()
    }


def _certificate(first: First) -> CertificateKey:
    return CertificateKey(first.key.country, first.key.agreement, first.key.number_key)


def _item(first: First, item_no: int) -> ItemKey:
    return ItemKey(first.key.country, first.key.agreement, first.key.number_key, item_no)


def _from_paper(key: FirstKey, named: FirstCertificate) -> First | None:
    if not (named.paper_items and named.issued_on and named.valid_until):
        return None
    return First(
        key=key,
        number=named.number,
        origin_country=named.country,
        issued_on=named.issued_on,
        valid_until=named.valid_until,
        issuer=named.issuer or "",
        exporter=named.exporter or "",
        items=named.paper_items,
        is_received=False,
    )
