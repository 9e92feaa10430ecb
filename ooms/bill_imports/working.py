"""Imports one file at a time, outside any request: read, tell how far, write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from ooms.bill_imports.model import BillImport, State
from ooms.bill_imports.service import BillImports, LostClaimError
from ooms.db import Works
from ooms.errors import Flaw, OfficeError
from ooms.products.bill_sheet import COLUMNS, bills_of
from ooms.products.model import SheetBill
from ooms.products.sheet import SheetError, lines_of
from ooms.products.workbook import table_of

#: Progress is written so often, in rows, each time in a small transaction of its own.
TELL_EVERY = 1_000


@dataclass(slots=True)
class _Reading:
    """The reading of one file, which tells how far it is as it goes."""

    desk: BillImports
    works: Works
    held: BillImport

    def progress(self, read: int, total: int) -> None:
        """Write progress after enough rows, and at the last."""
        if read - self.held.rows_read >= TELL_EVERY or read == total:
            self.tell(replace(self.held, rows_read=read, rows_total=total))

    def tell(self, held: BillImport) -> None:
        """Write where the import stands."""
        self.held = self.works.do(lambda work: self.desk.tell(work, held))


def import_next(desk: BillImports, works: Works) -> bool:
    """Import the next file that waits; tells whether there was one.

    1. Claim it: nobody else takes it while this worker is heard of.
    2. Read it, with no transaction open but those that tell how far it is.
    3. Write its bills in one transaction, or keep why it is refused.

    What another worker took over meanwhile is left to that one.
    """
    held = works.do(desk.claim)  # 1
    if held is None:
        return False
    reading = _Reading(desk, works, held)
    try:
        bills = _read(reading)  # 2
        reading.tell(reading.held.moved(State.WRITING))
        works.do(partial(desk.write, held=reading.held, bills=bills))  # 3
    except OfficeError as wrong:
        flaws = wrong.flaws or (Flaw(held.file, str(wrong), wrong.code),)
        _refuse(reading, flaws)
    except LostClaimError:
        return True
    return True


def _refuse(reading: _Reading, flaws: tuple[Flaw, ...]) -> None:
    try:
        reading.works.do(partial(reading.desk.refuse, held=reading.held, flaws=flaws))
    except LostClaimError:
        return


def _read(reading: _Reading) -> tuple[SheetBill, ...]:
    file = reading.held.file
    content = reading.works.read(lambda work: reading.desk.content(work, reading.held))
    if file.lower().endswith(".csv"):
        try:
            lines = lines_of(content.decode("utf-8"))
        except UnicodeDecodeError as wrong:
            problem = "is not in UTF-8; save it as CSV in UTF-8, or as .xlsx"
            raise SheetError(Flaw(file, problem, "SCH-CELL")) from wrong
        return bills_of(lines, file=file, progress=reading.progress)
    table = table_of(content, file=file, columns=COLUMNS)
    return bills_of(table, file=file, progress=reading.progress)
