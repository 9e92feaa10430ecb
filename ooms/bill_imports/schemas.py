"""Imports of bills on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from ooms.access.schemas import Body
from ooms.bill_imports.model import BillImport, State
from ooms.errors import Flaw


class FileIn(Body):
    """A file as it was handed in: what an idempotency key is compared by."""

    file: Annotated[str, Field(pattern=r"^[^/\\#]{1,115}\.(csv|CSV|xlsx|XLSX)$")]
    sha256: str


class BillImportOut(Body):
    """How far an import is, and what came of it."""

    id: str
    file: str
    sha256: str
    size: int
    state: State
    received_at: datetime
    ended_at: datetime | None
    rows_read: int
    #: Null until the file is unpacked.
    rows_total: int | None
    bills: int
    new_products: int
    #: How many flaws there are; read them at `/flaws`.
    flaws: int

    @classmethod
    def of(cls, one: BillImport) -> Self:
        """Show an import."""
        return cls.model_validate({name: getattr(one, name) for name in cls.model_fields})


class FlawOut(Body):
    """One cell that is wrong."""

    pointer: str
    detail: str
    code: str


class FlawsOut(Body):
    """Part of what is wrong with a file; `next` is the cursor of the part that follows."""

    items: tuple[FlawOut, ...]
    next: int | None

    @classmethod
    def of(cls, flaws: tuple[tuple[int, Flaw], ...], *, most: int) -> Self:
        """Show flaws in the order of their rows."""
        return cls(
            items=tuple(
                FlawOut(pointer=one.pointer, detail=one.detail, code=one.code) for _, one in flaws
            ),
            next=flaws[-1][0] if len(flaws) == most else None,
        )
