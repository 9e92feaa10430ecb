"""Take from first certificates, never more than they hold, and give back what ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ooms.applications.model import Content, FirstCertificate
from ooms.back_to_back import judging, ledger
from ooms.back_to_back.ledger import Amounts
from ooms.back_to_back.model import Direction, Entry, First, FirstKey, Left
from ooms.back_to_back.repository import FirstRows
from ooms.db import Transaction, Work
from ooms.errors import Flaw, MissingError, UnfitError


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


@dataclass(frozen=True, slots=True)
class Balance:
    """A first certificate, what is left of it, and every entry."""

    first: First
    left: tuple[Left, ...]
    entries: tuple[Entry, ...]


class BackToBack:
    """The desk of first certificates."""

    def __init__(self, register: FirstRegister) -> None:
        """Look certificates up where partners' are received."""
        self._register = register

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
        self, work: Work, content: Content, *, certificate_id: str, by: str, beyond: str | None
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
        flaws: list[Flaw] = []
        for key, asked in sorted(ledger.wanted(content, firsts).items()):
            first_id, first = rows.lock(known[key], new_id=work.new_id(), now=work.now)  # 1
            entries = rows.entries(first_id)
            own = ledger.held(entries, by=beyond) if beyond else {}
            more = ledger.only_more(ledger.apart(asked, own))
            flaws += ledger.overdrawn(first, more, entries)  # 2
            book = _Book(work, rows, first_id, by)
            book.write(more, certificate_id=certificate_id)  # 3
        if flaws:
            raise OverdrawnError(*flaws)

    def settle(self, work: Work, old_id: str, *, new_id: str, content: Content, by: str) -> None:
        """Let a certificate take over from the one that it replaces, once it counts.

        What it takes less than the old one is given back.
        """
        rows = FirstRows(work.transaction)
        asked = ledger.wanted(content, self.firsts(work, content))
        for key in rows.taken_by(old_id):
            book = _Book(work, rows, rows.hold(key), by)
            entries = rows.entries(book.first_id)
            book.write(ledger.given_back(ledger.held(entries, by=old_id)), certificate_id=old_id)
            missing = ledger.apart(asked.get(key, {}), ledger.held(entries, by=new_id))
            book.write(missing, certificate_id=new_id)

    def give_back(self, work: Work, certificate_id: str, *, by: str) -> None:
        """Give back everything that a certificate holds, because it ended."""
        rows = FirstRows(work.transaction)
        for key in rows.taken_by(certificate_id):
            book = _Book(work, rows, rows.hold(key), by)
            own = ledger.held(rows.entries(book.first_id), by=certificate_id)
            book.write(ledger.given_back(own), certificate_id=certificate_id)

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
        return tuple(Balance(one, ledger.left(one, entries), entries) for one, entries in books)

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
            found += ledger.overdrawn(by_key[key], more, entries)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _Book:
    """The page of one first certificate, held for writing."""

    work: Work
    rows: FirstRows
    first_id: str
    by: str

    def write(self, amounts: Amounts, *, certificate_id: str) -> None:
        """Write one entry for each amount that is something."""
        entries = (
            Entry(
                item_no,
                scale,
                amount,
                certificate_id,
                Direction.TAKEN if amount > 0 else Direction.RETURNED,
                self.work.now,
                self.by,
            )
            for item_no, of_item in sorted(amounts.items())
            for scale, amount in of_item.items()
            if amount
        )
        self.rows.add(self.first_id, ((self.work.new_id(), one) for one in entries))


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
