"""Reads and writes blocks of numbers; a block is locked while one of its numbers changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from ooms.certificates.model import Series
from ooms.db import Transaction, Window
from ooms.outages import tables
from ooms.outages.model import WITHOUT_CERTIFICATE, Block, BlockNumber, Fate

_block, _number = tables.block, tables.number


class BlockRows:
    """Blocks of numbers within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, block: Block, numbers: Iterable[BlockNumber]) -> None:
        """Keep a new block with its numbers."""
        row = asdict(block)
        series = row.pop("series")
        self._transaction.execute(insert(_block).values(**row, **series))
        rows = [asdict(one) | {"fate": one.fate.value} for one in numbers]
        self._transaction.execute(insert(_number), rows)

    def lock(self, block_id: str) -> Block | None:
        """Find a block and hold its row until the transaction ends."""
        return self._one(select(_block).where(_block.c.id == block_id).with_for_update())

    def find(self, block_id: str) -> Block | None:
        """Find a block by its key."""
        return self._one(select(_block).where(_block.c.id == block_id))

    def page(self, window: Window) -> tuple[Block, ...]:
        """Return the newest blocks."""
        wanted = window.of(select(_block), by=_block.c.id)
        return tuple(_read(row) for row in self._transaction.execute(wanted))

    def numbers(self, block_id: str) -> tuple[BlockNumber, ...]:
        """Return the numbers of a block, in their order."""
        return self._numbers(select(_number).where(_number.c.block_id == block_id))

    def settle(self, number: BlockNumber) -> None:
        """Write what became of a number of a locked block."""
        row = asdict(number) | {"fate": number.fate.value}
        self._transaction.execute(
            update(_number)
            .where(_number.c.block_id == number.block_id, _number.c.serial == number.serial)
            .values(**row)
        )

    def close(self, block_id: str, *, now: datetime) -> None:
        """Close a locked block."""
        closing = update(_block).where(_block.c.id == block_id).values(closed_at=now)
        self._transaction.execute(closing)

    def of_series(self, series: Series, *, first: int, last: int) -> tuple[BlockNumber, ...]:
        """Return the set-aside numbers of a stretch of a series."""
        return self._numbers(
            select(_number)
            .join(_block, _block.c.id == _number.c.block_id)
            .where(
                _block.c.issuer == series.issuer,
                _block.c.agreement == series.agreement,
                _block.c.year == series.year,
                _number.c.serial >= first,
                _number.c.serial <= last,
            )
        )

    def without_certificate(self) -> tuple[tuple[Block, BlockNumber], ...]:
        """Return every number that was spoiled or not used, with its block."""
        fates = [one.value for one in WITHOUT_CERTIFICATE]
        wanted = (
            select(_number)
            .where(_number.c.fate.in_(fates))
            .order_by(_number.c.block_id, _number.c.serial)
        )
        found = self._numbers(wanted)
        blocks = {one.block_id: self.find(one.block_id) for one in found}
        return tuple((block, one) for one in found if (block := blocks[one.block_id]) is not None)

    def _one(self, wanted: Any) -> Block | None:  # any statement that selects the columns
        row = self._transaction.execute(wanted).first()
        return _read(row) if row else None

    def _numbers(self, wanted: Any) -> tuple[BlockNumber, ...]:
        rows = self._transaction.execute(wanted.order_by(_number.c.block_id, _number.c.serial))
        found = []
        for row in rows.mappings():
            values = {str(name): value for name, value in row.items()}
            found.append(BlockNumber(**values | {"fate": Fate(values["fate"])}))
        return tuple(found)


def _read(row: Any) -> Block:
    return Block(
        id=row.id,
        office=row.office,
        series=Series(row.issuer, row.agreement, row.year),
        first=row.first,
        last=row.last,
        reason=row.reason,
        reserved_by=row.reserved_by,
        reserved_on=row.reserved_on,
        reserved_at=row.reserved_at,
        closed_at=row.closed_at,
    )
