"""A certificate as a document: what stands in its boxes, what its seal says, what a check answers.

Nothing here knows a form, a library or a partner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

Lines = tuple[str, ...]


# What stands on the paper


@dataclass(frozen=True, slots=True)
class Tick:
    """Words beside a small square, which is ticked or not."""

    words: str
    is_set: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the paper: its number and title, and what was filled in."""

    number: str
    title: str
    lines: Lines = ()
    endorsements: Lines = ()
    ticks: tuple[Tick, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One item: the lines that stand in each column, by the column's box number."""

    item_no: int
    cells: Mapping[str, Lines]


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph of the overleaf page."""

    title: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is printed of a certificate, in the boxes of its form.

    `facts` fill the gaps of preprinted words, as in "were produced in {origin_country}".
    """

    agreement: str
    form_type: str
    title: str
    number: str
    language: str
    facts: Mapping[str, str]
    boxes: tuple[Box, ...]
    rows: tuple[Row, ...]
    overleaf: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside the document, and how it stands to it."""

    name: str
    content: str
    media_type: str
    relationship: str
    description: str


# What the seal says


@dataclass(frozen=True, slots=True)
class SummaryItem:
    """An item as the seal tells it."""

    hs: str
    criterion: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a sealed code says without a network: enough to compare with the paper in one's hand.

    A minimal summary leaves out the parties, the invoice and the items.
    """

    authority: str
    agreement: str
    form_type: str
    number: str
    issuer: str
    issued_on: date
    valid_until: date
    import_country: str
    sealed_at: datetime
    xml_sha256: bytes
    exporter: str = ""
    buyer: str = ""
    invoice: str = ""
    item_count: int = 0
    items: tuple[SummaryItem, ...] = ()
    rest_sha256: bytes = b""


@dataclass(frozen=True, slots=True)
class Printable:
    """A certificate made ready for the paper: its sheet, its summary, and what is attached."""

    sheet: Sheet
    summary: Summary
    attachments: tuple[Attached, ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """A sealed document as it is handed out, always the same bytes for one version."""

    certificate_id: str
    version: str
    sealed_at: datetime
    sha256: str
    pdf: bytes


# What a check answers


#: How far the last place on earth is behind universal time: there a day begins last.
_FARTHEST_WEST = timedelta(hours=12)


class Answer(StrEnum):
    """The answer to one question about a document; UNKNOWN where it cannot be known offline."""

    YES = "YES"
    NO = "NO"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check of a document, with what decided it."""

    check: str
    passed: bool
    because: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The three answers about a document, the checks behind them, and what its seal says."""

    authentic: Answer
    unaltered: Answer
    valid: Answer
    findings: tuple[Finding, ...]
    remark: str
    summary: Summary | None = None

    @property
    def is_good(self) -> bool:
        """Tell whether nothing speaks against the document."""
        return self.authentic is Answer.YES and Answer.NO not in (self.unaltered, self.valid)


def validity(summary: Summary, *, on: date) -> Answer:
    """Answer by the dates alone; a cancellation is known to the issuing office only.

    The first day begins where it was issued: what Seoul seals in its early morning is checked
    where it is still the evening before, and what was sealed had begun.
    """
    began = min(summary.issued_on, (summary.sealed_at - _FARTHEST_WEST).date())
    return Answer.YES if began <= on <= summary.valid_until else Answer.NO
