"""What a draft still lacks: it may be kept with holes, and is handed in without any."""

from __future__ import annotations

from collections.abc import Iterator

from ooms.applications.model import Content, Kind
from ooms.errors import Flaw, UnfitError

MISSING = "RUL-MISSING"


def holes(content: Content) -> tuple[Flaw, ...]:
    """Name everything that is missing, or refers to something that is not there."""
    return (*_sections(content), *_lines(content))


def require_whole(content: Content) -> None:
    """Refuse a content that has holes.

    Raises:
        UnfitError: something is missing.

    """
    flaws = holes(content)
    if flaws:
        raise UnfitError(*flaws)


def _sections(content: Content) -> Iterator[Flaw]:
    if content.buyer is None:
        yield _hole("/buyer", "say to whom the goods go")
    if not content.invoices:
        yield _hole("/invoices", "name an invoice")
    if not content.lines:
        yield _hole("/lines", "describe the goods")
    if content.kind is Kind.BACK_TO_BACK and not content.first_certificates:
        yield _hole("/first_certificates", "name what the goods came with")


def _lines(content: Content) -> Iterator[Flaw]:
    invoices = range(1, len(content.invoices) + 1)
    for place, line in enumerate(content.lines):
        if content.first_certificates and not line.takes:
            detail = "say what the line takes of which first certificate"
            yield _hole(f"/lines/{place}/takes", detail)
        elif not line.takes and not line.determination_id:
            yield _hole(f"/lines/{place}/determination_id", "cite the determination of these goods")
        if content.invoices and any(one not in invoices for one in line.invoice_refs):
            yield _hole(f"/lines/{place}/invoice_refs", "refers to an invoice that is not there")


def _hole(pointer: str, detail: str) -> Flaw:
    return Flaw(pointer, detail, code=MISSING)
