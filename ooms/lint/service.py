"""Lint an application before it is handed in, as its partner will judge the certificate."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol

from ooms.access.model import User
from ooms.applications.model import Application, Content
from ooms.applications.service import Applications
from ooms.applications.wholeness import holes
from ooms.certificates.model import Finding
from ooms.certificates.repository import CertificateRows
from ooms.certificates.service import Certificates
from ooms.db import Work
from ooms.determinations.model import Determined
from ooms.determinations.veil import plain
from ooms.exporters.repository import ExporterRows
from ooms.exporters.signing import hindrance
from ooms.lint.model import REFUSE, WARN, Box, FormInUse, Report, Told
from ooms.lint.ruled import ruled_goods, told_of
from ooms.lint.sense import Placed, look_at
from ooms.partner_refusals.model import Reason, Record
from ooms.partner_refusals.service import record_of, since
from ooms.rulings.service import Rulings

_LINE = re.compile(r"^/(?:items|lines)/(\d+)")
_PLACE = re.compile(r"/\d+/")
_HS, _CRITERION = "items[].hs", "items[].criterion"
#: The canonical field in whose box a hole is told.
_SHOWN_IN = {
    "/buyer": "parties[CONSIGNEE].name",
    "/invoices": "invoices[].number",
    "/lines": "items[].description",
    "/lines/determination_id": _CRITERION,
    "/lines/invoice_refs": "invoices[].number",
}


class Boxes(Protocol):
    """What this desk needs of whoever knows forms and partners."""

    def destination(self, content: Content) -> str | None:
        """Name the partner that takes such a certificate; None means paper."""
        ...

    def boxes(self, content: Content, *, on: date) -> Mapping[str, Box]:
        """Return the boxes of the form in use: by number, and by each field that they show."""
        ...

    def forms(self, country: str, *, on: date) -> tuple[FormInUse, ...]:
        """Return the forms that a country issues on a day."""
        ...


class Lint:
    """The desk that looks before the partner does."""

    def __init__(
        self,
        *,
        applications: Applications,
        certificates: Certificates,
        forms: Boxes,
        country: str,
        rulings: Rulings,
    ) -> None:
        """Lint the applications of that desk as that desk of a country would issue them."""
        self._country = country
        self._rulings = rulings
        self._applications = applications
        self._certificates = certificates
        self._forms = forms

    def forms(self, work: Work) -> tuple[FormInUse, ...]:
        """Return the forms on which certificates are asked for today."""
        return self._forms.forms(self._country, on=work.today)

    def report(self, work: Work, application_id: str, *, by: User) -> Report:
        """Tell everything that would come of an application, draft or not, storing nothing.

        1. Judge the certificate as issuing would, and as the partner's own node does; of a draft
           with holes there is none yet, so these are told.
        2. See that every line stands on its determination, that what is stated makes sense, and
           that who signs holds a signature card.
        3. Put each finding in its box, with how often this partner refused for it.

        Raises:
            MissingError: there is no such application that the caller may see.

        """
        application = self._applications.get(work, application_id, by=by)
        content = application.content
        judged = self._missing(content) or self._of_certificate(work, application_id, by=by)  # 1
        grounds = self._applications.grounds(work, content, by=by)  # 2
        placed = [
            *judged,
            *self._of_origin(work, content, grounds, by=by),
            *look_at(content, grounds, exporting_country=self._country, on=work.today),
            *self._of_rulings(work, application, grounds),
            *_of_signatory(work, application),
        ]
        boxes = self._forms.boxes(content, on=work.today)
        partner = self._forms.destination(content)
        record = self._record(work, partner, content.agreement) if partner else None  # 3
        told = (_told(one, content, boxes=boxes, record=record) for one in placed)
        return Report(partner, tuple(dict.fromkeys(told)), record)

    def _missing(self, content: Content) -> list[Placed]:
        return [
            Placed(Finding(flaw.code, REFUSE, flaw.detail, flaw.pointer), _shown_in(flaw.pointer))
            for flaw in holes(content)
        ]

    def _of_certificate(self, work: Work, application_id: str, *, by: User) -> list[Placed]:
        found = self._certificates.lint(work, application_id, by=by)
        return [Placed(one, "") for one in found]

    def _of_origin(
        self, work: Work, content: Content, grounds: Mapping[int, Determined], *, by: User
    ) -> list[Placed]:
        flaws = self._applications.unfounded(work, content, by=by)
        found = [
            Placed(Finding(flaw.code, REFUSE, flaw.detail, flaw.pointer), _HS) for flaw in flaws
        ]
        places = {line.item_no: place for place, line in enumerate(content.lines)}
        for item_no, ground in grounds.items():
            if ground.stale_reasons:
                why = "; ".join(plain(ground.stale_reasons).values())
                pointer = f"/lines/{places[item_no]}/determination_id"
                found.append(Placed(Finding("RUL-STALE", WARN, why, pointer), _CRITERION))
        return found

    def _of_rulings(
        self, work: Work, application: Application, grounds: Mapping[int, Determined]
    ) -> tuple[Placed, ...]:
        exporter = ExporterRows(work.transaction).find(application.exporter_id)
        holder = exporter.name if exporter else ""
        wanted = ruled_goods(application.content, grounds, holder=holder, country=self._country)
        found = self._rulings.fitting(
            work, {place: (goods, work.today, goods.holder) for place, goods in wanted.items()}
        )
        return tuple(told_of(place, one, country=self._country) for place, one in found.items())

    def _record(self, work: Work, partner: str, agreement: str) -> Record:
        sent = CertificateRows(work.transaction).sent_to(
            partner, agreement=agreement, since=since(work)
        )
        return record_of(work, partner, agreement=agreement, sent=sent)


def _of_signatory(work: Work, application: Application) -> tuple[Placed, ...]:
    """See that who signs for the company holds a signature card, where it keeps any."""
    rows = ExporterRows(work.transaction)
    exporter = rows.find(application.exporter_id)
    unsigned = (
        hindrance(exporter.signatory, rows.cards(exporter.id), on=work.today) if exporter else ""
    )
    return (Placed(Finding("RUL-SIGNATORY", WARN, unsigned, ""), ""),) if unsigned else ()


def _shown_in(pointer: str) -> str:
    return _SHOWN_IN.get(_PLACE.sub("/", pointer), "")


def _told(
    placed: Placed, content: Content, *, boxes: Mapping[str, Box], record: Record | None
) -> Told:
    finding = placed.finding
    box = boxes.get(finding.box) or boxes.get(placed.field)
    found = _LINE.match(finding.pointer)
    place = int(found[1]) if found else None
    known = place is not None and place < len(content.lines)
    refused = record.refused_for(Reason(finding.code, box.number if box else "")) if record else 0
    return Told(
        replace(finding, box=box.number if box else finding.box),
        box,
        content.lines[place].item_no if known and place is not None else None,
        refused,
    )
