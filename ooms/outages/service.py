"""Set numbers aside for outages, and register afterwards what was issued by hand."""

from __future__ import annotations

from dataclasses import replace

from ooms.access.model import User
from ooms.applications.model import Application, State
from ooms.applications.repository import ApplicationRows
from ooms.applications.service import Applications
from ooms.audit.service import record
from ooms.certificates.model import Certificate, IssuingOffice, Numbered
from ooms.certificates.service import Certificates
from ooms.db import Window, Work
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.exporters.service import Exporters
from ooms.officers.model import Case
from ooms.officers.service import Officers
from ooms.outages.model import (
    Block,
    BlockNumber,
    Fate,
    Paper,
    PaperApplication,
    Wanted,
    is_same,
)
from ooms.outages.repository import BlockRows
from ooms.procedures.model import ClockKind

_CHAPTER = 2


class NotInBlockError(UnfitError):
    """The number is none of the block; look the block's numbers up."""

    code = "RUL-BLOCK-NUMBER"


class OtherSeriesError(UnfitError):
    """The number is of another office's or agreement's series than the application."""

    code = "RUL-BLOCK-SERIES"


class AccountedNumberError(ConflictError):
    """The number is accounted for already; its paper is registered once."""

    code = "DUP-BLOCK-NUMBER"


class Outages:
    """The desk for what happened while the system stood still."""

    def __init__(
        self,
        *,
        applications: Applications,
        certificates: Certificates,
        exporters: Exporters,
        officers: Officers,
    ) -> None:
        """Enter applications and register certificates through their own desks."""
        self._applications = applications
        self._certificates = certificates
        self._exporters = exporters
        self._officers = officers

    def reserve(self, work: Work, wanted: Wanted, *, by: User) -> Block:
        """Set the next numbers of an office's series aside; automatic numbers go on behind them.

        Raises:
            UnfitError: there is no such office.

        """
        office = self._office(work, wanted.office)
        numbering = self._certificates.numbering
        taken = numbering.take(work, office, agreement=wanted.agreement, count=wanted.count)
        block = Block(
            id=work.new_id(),
            office=office.code,
            series=taken[0].series,
            first=taken[0].serial,
            last=taken[-1].serial,
            reason=wanted.reason,
            reserved_by=by.id,
            reserved_on=work.today,
            reserved_at=work.now,
        )
        numbers = (BlockNumber(block.id, one.serial, one.printed) for one in taken)
        BlockRows(work.transaction).add(block, numbers)
        facts = {"first": taken[0].printed, "last": taken[-1].printed}
        _record(work, block, what="block.reserved", by=by, facts=facts)
        return block

    def enter(self, work: Work, paper: PaperApplication, *, by: User) -> Application:
        """Enter an application that came on paper (Notice 37(3)); the officer has it at once.

        From here on it is reviewed as any other.

        Raises:
            UnfitError: a line does not stand on a determination of the company's.

        """
        content = paper.content
        if paper.received_on > work.today:
            raise UnfitError(Flaw("/received_on", "that day has not come yet"))
        exporter = self._exporters.get(work, paper.exporter_id, by=by)
        self._require_grounds(work, paper, by=by)
        chapters = frozenset(line.hs[:_CHAPTER] for line in content.lines)
        case = Case(exporter.city, content.agreement, chapters)
        self._officers.require_competence(work, case, by.id)
        chosen = self._officers.choose(work, case, load={})
        application = Application(
            id=work.new_id(),
            exporter_id=exporter.id,
            state=State.UNDER_REVIEW,
            version=1,
            content=content,
            drafted_at=work.now,
            submitted_on=paper.received_on,
            officer_id=by.id,
            clock=self._applications.clocks.begin(ClockKind.ISSUE, paper.received_on),
            office=chosen.office if chosen else None,
        )
        ApplicationRows(work.transaction).add(application)
        facts = {"received_on": paper.received_on.isoformat(), "reason": paper.reason}
        what = "application.entered_from_paper"
        self._applications.note(work, application, what=what, by=by, facts=facts)
        return application

    def register(self, work: Work, block_id: str, *, paper: Paper, by: User) -> Certificate:
        """Register a paper that was issued by hand (Notice 37(4)).

        1. Hold the block: of two who register the same number one gets through.
        2. The application is of the same office and agreement as the number, and the day fits.
        3. Issue under that number and day, with every check, and queue it for the partner.
        4. Account for the number; the last one closes the block.

        Raises:
            NotInBlockError: the number is none of the block.
            AccountedNumberError: the number is accounted for already.
            OtherSeriesError: the application belongs to another office or agreement.
            UnfitError: the day lies before the block or after today.

        """
        block, number = self._open(work, block_id, paper.number)  # 1
        office = self._require_series(work, block, paper=paper, by=by)  # 2
        _require_day(block, paper, work=work)
        numbering = self._certificates.numbering
        printed = numbering.printed(office, block.series, on=paper.issued_on, serial=number.serial)
        certificate = self._certificates.issue(  # 3
            work,
            paper.application_id,
            by=by,
            by_hand=Numbered(office, printed, paper.issued_on),
        )
        settled = replace(
            number,
            fate=Fate.REGISTERED,
            certificate_id=certificate.id,
            issued_on=paper.issued_on,
            reason=paper.reason,
        )
        self._settle(work, block, settled, by=by)  # 4
        return certificate

    def give_up(  # noqa: PLR0913  # the facts of one number, each by its name
        self, work: Work, block_id: str, *, number: str, fate: Fate, reason: str, by: User
    ) -> BlockNumber:
        """Declare that a number carries no certificate: spoiled, or never used.

        Raises:
            NotInBlockError: the number is none of the block.
            AccountedNumberError: the number is accounted for already.

        """
        block, found = self._open(work, block_id, number)
        return self._settle(work, block, replace(found, fate=fate, reason=reason), by=by)

    def page(self, work: Work, window: Window) -> tuple[Block, ...]:
        """Return the newest blocks."""
        return BlockRows(work.transaction).page(window)

    def get(self, work: Work, block_id: str) -> tuple[Block, tuple[BlockNumber, ...]]:
        """Return a block with its numbers.

        Raises:
            MissingError: there is none.

        """
        rows = BlockRows(work.transaction)
        return _found(rows.find(block_id), block_id), rows.numbers(block_id)

    def _office(self, work: Work, code: str) -> IssuingOffice:
        office = self._certificates.numbering.office(work, code)
        if office.code != code:
            raise UnfitError(Flaw("/office", f"there is no office {code}; see /issuing-offices"))
        return office

    def _open(self, work: Work, block_id: str, number: str) -> tuple[Block, BlockNumber]:
        rows = BlockRows(work.transaction)
        block = _found(rows.lock(block_id), block_id)
        for one in rows.numbers(block.id):
            if is_same(one.printed, number):
                if one.fate is not Fate.OPEN:
                    raise AccountedNumberError(
                        what=f"number {one.printed}", current=one.fate, wanted="accounted for again"
                    )
                return block, one
        detail = f"{number} is none of the block's numbers; register it in its own block"
        raise NotInBlockError(Flaw("/number", detail))

    def _require_series(self, work: Work, block: Block, *, paper: Paper, by: User) -> IssuingOffice:
        application = self._applications.get(work, paper.application_id, by=by)
        office = self._certificates.numbering.office(work, application.office)
        agreement = application.content.agreement
        if (office.code, agreement) != (block.office, block.series.agreement):
            raise OtherSeriesError(
                Flaw(
                    "/number",
                    f"the number is of {block.office} under {block.series.agreement}, the "
                    f"application of {office.code} under {agreement}; take a block of that series",
                )
            )
        return office

    def _require_grounds(self, work: Work, paper: PaperApplication, *, by: User) -> None:
        grounds = self._applications.grounds(work, paper.content, by=by)
        flaws = [
            Flaw(f"/content/lines/{place}/determination_id", "is none of this company's")
            for place, line in enumerate(paper.content.lines)
            if line.item_no not in grounds or grounds[line.item_no].exporter_id != paper.exporter_id
        ]
        flaws += self._applications.unfounded(work, paper.content, by=by)
        if flaws:
            raise UnfitError(*flaws)

    def _settle(self, work: Work, block: Block, number: BlockNumber, *, by: User) -> BlockNumber:
        rows = BlockRows(work.transaction)
        settled = replace(number, decided_by=by.id, decided_at=work.now)
        rows.settle(settled)
        facts = {"number": settled.printed, "reason": settled.reason}
        what = f"block.number_{settled.fate.lower()}"
        _record(work, block, what=what, by=by, facts=facts)
        if all(one.fate is not Fate.OPEN for one in rows.numbers(block.id)):
            rows.close(block.id, now=work.now)
            _record(work, block, what="block.closed", by=by, facts={})
        return settled


def _require_day(block: Block, paper: Paper, *, work: Work) -> None:
    in_year = block.series.year in (0, paper.issued_on.year)
    if not (block.reserved_on <= paper.issued_on <= work.today and in_year):
        detail = f"a paper of this block is dated from {block.reserved_on} to {work.today}"
        raise UnfitError(Flaw("/issued_on", detail))


def _found(block: Block | None, block_id: str) -> Block:
    if block is None:
        raise MissingError(what="block of numbers", id=block_id)
    return block


def _record(work: Work, block: Block, *, what: str, by: User, facts: dict[str, str]) -> None:
    record(work, who=by.login, what=what, subject=f"block/{block.id}", facts=facts)
