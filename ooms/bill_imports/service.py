"""Take files of bills, show how far each is, and let one worker at a time import it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from ooms.access.model import Action, User
from ooms.access.service import Access
from ooms.audit.service import record
from ooms.bill_imports.model import BillImport, State
from ooms.bill_imports.repository import BillImportRows
from ooms.db import Window, Work
from ooms.errors import Flaw, MissingError, UnfitError
from ooms.products.model import SheetBill
from ooms.products.service import Products
from ooms.products.sheet import SheetError, place_of
from ooms.products.workbook import MIB, MOST_BYTES

#: A worker that was not heard of for so long is taken for dead.
LEASE = timedelta(minutes=2)
#: So often an import is begun: a file that kills its reader is not given to every worker.
MOST_ATTEMPTS = 3
MOST_OPEN = 20
_OFFICE = "office"


class LostClaimError(Exception):
    """Another worker holds the import by now; this one leaves it alone."""

    def __init__(self, *, import_id: str) -> None:
        self.import_id = import_id
        super().__init__(f"another worker holds the import {import_id}")


class BillImports:
    """The desk of files of bills."""

    def __init__(self, *, products: Products, access: Access) -> None:
        """Write the bills at the desk of products, as whoever handed them in."""
        self._products = products
        self._access = access

    def receive(self, work: Work, *, file: str, content: bytes, by: User) -> BillImport:
        """Keep a file to be imported.

        Raises:
            UnfitError: the caller acts for no company, or too many of its files wait.
            SheetError: the file is empty or too large.

        """
        if by.exporter_id is None:
            raise UnfitError(Flaw("", "only an exporter describes products"))
        if not 0 < len(content) <= MOST_BYTES:
            problem = f"must hold 1 byte to {MOST_BYTES // MIB} MB; hand it in as several files"
            raise SheetError(Flaw(file, problem, "SCH-CELL"))
        rows = BillImportRows(work.transaction)
        if rows.open_of(by.exporter_id) >= MOST_OPEN:
            problem = f"{MOST_OPEN} files of the company wait; hand in the next when one is done"
            raise UnfitError(Flaw("/file", problem))
        received = BillImport(
            id=work.new_id(),
            exporter_id=by.exporter_id,
            handed_in_by=by.id,
            file=file,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            received_at=work.now,
        )
        rows.add(received, content=content)
        _record(work, received, "received", who=by.login)
        return received

    def get(self, work: Work, import_id: str, *, by: User) -> BillImport:
        """Return an import of the caller's company.

        Raises:
            MissingError: there is none.

        """
        found = BillImportRows(work.transaction).find(import_id)
        if found is None:
            raise MissingError(what="import", id=import_id)
        by.require_sight(found.exporter_id, what="import", id=import_id)
        return found

    def page(self, work: Work, window: Window, *, by: User) -> tuple[BillImport, ...]:
        """Return the imports of the caller's company."""
        return BillImportRows(work.transaction).page(window, company=by.company)

    def flaws(
        self, work: Work, import_id: str, *, after: int, most: int, by: User
    ) -> tuple[tuple[int, Flaw], ...]:
        """Return what is wrong with a file, behind a number, each flaw with its own.

        Raises:
            MissingError: there is no such import.

        """
        found = self.get(work, import_id, by=by)
        return BillImportRows(work.transaction).flaws(found.id, after=after, most=most)

    # For the worker

    def claim(self, work: Work) -> BillImport | None:
        """Take the next import for one worker, to be read from its first row.

        One that was begun too often is refused: something in it ends whoever reads it.
        """
        rows = BillImportRows(work.transaction)
        while (due := rows.next_due(now=work.now)) is not None:
            claimed = replace(
                due.moved(State.READING),
                attempts=due.attempts + 1,
                claimed_by=work.new_id(),
                claimed_until=work.now + LEASE,
                rows_read=0,
                rows_total=None,
            )
            _require_held(claimed, rows.change(claimed, held_by=due.claimed_by))
            if claimed.attempts <= MOST_ATTEMPTS:
                return claimed
            problem = f"ended its reader {MOST_ATTEMPTS} times; save it anew, or in parts"
            self.refuse(work, claimed, (Flaw(due.file, problem, "SYS-OFFICE"),))
        return None

    def content(self, work: Work, held: BillImport) -> bytes:
        """Return the bytes of an import's file."""
        return BillImportRows(work.transaction).content(held.id)

    def tell(self, work: Work, held: BillImport) -> BillImport:
        """Write how far a worker is, and go on holding the import.

        Raises:
            LostClaimError: another worker holds it by now.

        """
        told = replace(held, claimed_until=work.now + LEASE)
        _require_held(held, BillImportRows(work.transaction).change(told, held_by=held.claimed_by))
        return told

    def write(self, work: Work, held: BillImport, bills: Sequence[SheetBill]) -> BillImport:
        """Write the bills and end the import, in one transaction: all of it, or nothing.

        1. Lock the import: whoever took it over waits, and then finds it done.
        2. Ask again whether the one who handed it in may do this for the company.
        3. Write the bills, end the import, and forget the file.

        Raises:
            LostClaimError: another worker holds it by now.
            NotAllowedError: the right or the standing is gone.
            SheetError: the bills do not fit the products.

        """
        rows = BillImportRows(work.transaction)
        _require_held(held, rows.change(held, held_by=held.claimed_by))  # 1
        by = self._access.acting(  # 2
            work, held.handed_in_by, action=Action.DESCRIBE_PRODUCT, company=held.exporter_id
        )
        taken = self._products.take_sheet(work, bills, place=place_of(held.file), by=by)  # 3
        done = replace(
            held.ended(State.DONE, now=work.now),
            bills=len(taken),
            new_products=sum(one.is_new for one in taken),
        )
        _require_held(held, rows.change(done, held_by=held.claimed_by))
        rows.forget_content(held.id)
        _record(work, done, "done", who=by.login)
        return done

    def refuse(self, work: Work, held: BillImport, flaws: Sequence[Flaw]) -> BillImport:
        """End an import with what is wrong with its file, and forget the file.

        Raises:
            LostClaimError: another worker holds it by now.

        """
        rows = BillImportRows(work.transaction)
        refused = replace(held.ended(State.REFUSED, now=work.now), flaws=len(flaws))
        _require_held(held, rows.change(refused, held_by=held.claimed_by))
        rows.add_flaws(held.id, flaws)
        rows.forget_content(held.id)
        _record(work, refused, "refused", who=_OFFICE)
        return refused


def _require_held(one: BillImport, is_held: object) -> None:
    if not is_held:
        raise LostClaimError(import_id=one.id)


def _record(work: Work, one: BillImport, what: str, *, who: str) -> None:
    record(
        work,
        who=who,
        what=f"bill_import.{what}",
        subject=f"bill_import/{one.id}",
        facts={
            "sha256": one.sha256,
            "bills": str(one.bills),
            "new_products": str(one.new_products),
            "flaws": str(one.flaws),
        },
    )
