"""Bulk files in and out: CSV and Parquet, cut into blocks of whole cases, never held whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from ooms.determinations.bulk_columns import CASE, RESULTS, BulkFileError
from ooms.determinations.bulk_judging import Block

BLOCK_BYTES = 1 << 20
MAX_CASE_BYTES = 64 << 20  # a case beyond this is a file without case names
PARQUET = ".parquet"
_BATCH_ROWS = 8192
_GROUP_ROWS = 65_536
_BOM = b"\xef\xbb\xbf"
_DELIMITERS = ",;\t"


class MissingExtraError(RuntimeError):
    """A library that only some runs need is not installed; install the extra."""

    def __init__(self, *, extra: str) -> None:
        self.extra = extra
        super().__init__(f"this needs the extra {extra!r}: pip install 'eodes[{extra}]'")


@dataclass(frozen=True, slots=True)
class Source:
    """A bulk file: its header, how its cells are told apart, its size without the header."""

    path: Path
    header: tuple[str, ...]
    delimiter: str
    size: int
    block_bytes: int = BLOCK_BYTES

    @classmethod
    def of(cls, path: Path) -> Source:
        """Read the header.

        Raises:
            BulkFileError: The file has no header of a bulk file.
            MissingExtraError: It is Parquet, and PyArrow is not here.
        """
        if path.suffix == PARQUET:
            file = _parquet().ParquetFile(path)
            _refuse_floats(file.schema_arrow)
            return cls(path, tuple(file.schema_arrow.names), ",", file.metadata.num_rows)
        with path.open("rb") as file:
            first = file.readline()
        line = first.removeprefix(_BOM).decode("utf-8", errors="replace")
        bare = line.replace('"', "")
        if not bare.startswith(CASE) or bare[len(CASE) : len(CASE) + 1] not in [*_DELIMITERS]:
            raise BulkFileError(
                problem=f"the first line of {path.name} is no header of a bulk file"
            )
        delimiter = bare[len(CASE)]
        header = next(csv.reader([line], delimiter=delimiter))
        return cls(path, tuple(header), delimiter, path.stat().st_size - len(first))

    def weigh(self, block: Block) -> int:
        """Give a block's part of the file's size: bytes of CSV, rows of Parquet."""
        is_parquet = self.path.suffix == PARQUET
        return block.text.count(b"\n") if is_parquet else len(block.text)

    def blocks(self) -> Iterator[Block]:
        """Read the file in blocks of whole cases."""
        is_parquet = self.path.suffix == PARQUET
        chunks = parquet_rows(self.path) if is_parquet else _csv_rows(self.path, self.block_bytes)
        return whole_cases(chunks, delimiter=self.delimiter.encode())


def whole_cases(chunks: Iterable[bytes], *, delimiter: bytes) -> Iterator[Block]:
    """Cut a stream of rows where a case begins; rows are numbered from 2, after the header.

    Raises:
        BulkFileError: One case is larger than any bill of materials.
    """
    held, row = b"", 2
    for chunk in chunks:
        held += chunk
        cut = _last_case(held, delimiter)
        if cut:
            yield Block(held[:cut], row)
            row += held.count(b"\n", 0, cut)
            held = held[cut:]
        if len(held) > MAX_CASE_BYTES:
            raise BulkFileError(problem=f"the case at row {row} does not end")
    if held.strip():
        yield Block(held, row)


def _last_case(held: bytes, delimiter: bytes) -> int:
    """Find where the last case that may go on begins; 0 when there is only one."""
    end = held.rfind(b"\n")
    start = held.rfind(b"\n", 0, max(end, 0)) + 1
    if end < 0 or not start:
        return 0
    last = _name(held, start, delimiter)
    while start:
        before = held.rfind(b"\n", 0, start - 1) + 1
        if _name(held, before, delimiter) != last:
            return start
        start = before
    return 0


def _name(held: bytes, start: int, delimiter: bytes) -> bytes:
    end = held.find(b"\n", start)
    return held[start:end].partition(delimiter)[0].strip(b'"')


def _csv_rows(path: Path, block_bytes: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.readline()
        while chunk := file.read(block_bytes):
            yield chunk


def parquet_rows(path: Path) -> Iterator[bytes]:
    """Write each batch as the CSV that the same rows would be."""
    parquet, arrow_csv = _parquet(), _arrow("pyarrow.csv")
    as_rows = arrow_csv.WriteOptions(include_header=False, quoting_style="needed")
    for batch in parquet.ParquetFile(path).iter_batches(batch_size=_BATCH_ROWS):
        written = io.BytesIO()
        arrow_csv.write_csv(batch, written, write_options=as_rows)
        yield written.getvalue()


def _refuse_floats(schema: Any) -> None:
    """Refuse binary floats: an amount that was rounded on the way decides wrongly."""
    for field in schema:
        if str(field.type) in {"halffloat", "float", "double"}:
            problem = f"the column {field.name!r} holds binary floats; store decimals or text"
            raise BulkFileError(problem=problem)


class ResultFile(AbstractContextManager["ResultFile"]):
    """A file of results; it has its name only when it is whole."""

    def __init__(self, path: Path, header: tuple[str, ...] = RESULTS) -> None:
        """Write beside the path until the run is over."""
        self._path = path
        self._part = path.with_name(f"{path.name}.part")
        self._header = header
        self._sheet: _Sheet = _NoSheet()

    def __enter__(self) -> Self:
        kind = _ParquetSheet if self._path.suffix == PARQUET else _CsvSheet
        self._sheet = kind(self._part, self._header)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._sheet.close()
        if kind is None:
            self._part.replace(self._path)
        else:
            self._part.unlink(missing_ok=True)

    def add(self, text: str) -> None:
        """Add rows, as CSV without a header."""
        self._sheet.add(text)


class _Sheet(Protocol):
    def add(self, text: str) -> None: ...

    def close(self) -> None: ...


class _NoSheet:
    def add(self, text: str) -> None:
        raise RuntimeError(text)  # added before the file was opened

    def close(self) -> None:
        pass


class _CsvSheet:
    def __init__(self, path: Path, header: tuple[str, ...]) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._file.write(",".join(header) + "\n")

    def add(self, text: str) -> None:
        self._file.write(text)

    def close(self) -> None:
        self._file.close()


class _ParquetSheet:
    def __init__(self, path: Path, header: tuple[str, ...]) -> None:
        self._arrow = _arrow("pyarrow")
        self._schema = self._arrow.schema([(name, self._arrow.string()) for name in header])
        self._writer = _parquet().ParquetWriter(path, self._schema)
        self._rows: list[list[str]] = []

    def add(self, text: str) -> None:
        self._rows += csv.reader(text.splitlines())
        if len(self._rows) >= _GROUP_ROWS:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        columns = [*map(list, zip(*self._rows, strict=True))] or [[] for _ in self._schema]
        table = self._arrow.Table.from_arrays(
            [self._arrow.array(column, self._arrow.string()) for column in columns],
            schema=self._schema,
        )
        self._writer.write_table(table)
        self._rows = []


def _parquet() -> Any:
    return _arrow("pyarrow.parquet")


def _arrow(module: str) -> Any:
    """Import a part of PyArrow, which only Parquet needs."""
    try:
        return import_module(module)
    except ImportError as missing:
        raise MissingExtraError(extra="bulk") from missing
