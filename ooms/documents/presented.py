"""A paper that an importer shows, held against what the issuing side registered here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ooms.claims.declaration import bare
from ooms.claims.held import Held
from ooms.claims.ports import ReceivedCertificates
from ooms.db import Work
from ooms.documents.code import cut
from ooms.documents.model import Answer, Checked, Summary

_HS = 6


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing as the seal of the paper tells it, and as it was registered."""

    what: str
    printed: str
    registered: str
    same: bool


@dataclass(frozen=True, slots=True)
class Registered:
    """A certificate that was received under the number of a paper, compared with the paper."""

    held: Held
    compared: tuple[Compared, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether the paper says what was registered."""
        return all(one.same for one in self.compared)


class Presented:
    """Papers that importers show at the border."""

    def __init__(self, received: ReceivedCertificates) -> None:
        """Compare with what partners sent."""
        self._received = received

    def compare(self, work: Work, checked: Checked) -> tuple[Registered, ...]:
        """Find what was registered under the number that an authentic seal names, and compare.

        A seal that is not believed names no number that anything could be looked up by.
        """
        summary = checked.summary
        if summary is None or checked.authentic is not Answer.YES:
            return ()
        found = self._received.find_all((summary.number,), within=work.transaction)
        return tuple(
            Registered(held, tuple(_compared(summary, held)))
            for held in found.get(summary.number, ())
            if held.agreement == summary.agreement
        )


def _compared(summary: Summary, held: Held) -> Iterator[Compared]:
    """Compare what the seal tells; a minimal code names neither parties nor goods."""
    same_number = bare(summary.number) == bare(held.number)
    yield Compared("number", summary.number, held.number, same=same_number)
    yield _exactly("issuing_side", summary.authority, held.partner)
    yield _exactly("issued_on", summary.issued_on.isoformat(), held.issued_on.isoformat())
    yield _exactly("valid_until", summary.valid_until.isoformat(), held.valid_until.isoformat())
    yield _exactly("import_country", summary.import_country, held.import_country)
    if not summary.item_count:
        return
    yield _cut("exporter", summary.exporter, held.exporter)
    yield _exactly("item_count", str(summary.item_count), str(len(held.items)))
    for item, stands in zip(summary.items, held.items, strict=False):
        yield _exactly(f"items.{stands.item_no}.hs", item.hs[:_HS], stands.hs[:_HS])
        criterion = stands.criterion.printed if stands.criterion else ""
        yield _exactly(f"items.{stands.item_no}.criterion", item.criterion, criterion)


def _exactly(what: str, printed: str, registered: str) -> Compared:
    return Compared(what, printed, registered, same=printed == registered)


def _cut(what: str, printed: str, registered: str) -> Compared:
    """Compare a name that the code may have cut."""
    return Compared(what, printed, registered, same=printed in (registered, cut(registered)))
