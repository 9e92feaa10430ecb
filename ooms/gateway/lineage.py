"""What a certificate owes to others: its kind, its first certificates, and copies of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from eodes.api import Gateway
from eodes.domain import form_dates
from eodes.domain.certificate import (
    Certificate,
    CertificateReference,
    Disclosure,
    IssuanceKind,
    Party,
    PartyRole,
    Quantity,
    QuantityKind,
    QuantityTaken,
    Relation,
    Remark,
    RemarkCode,
    Signatory,
    SignatoryMode,
)
from eodes.domain.form import Form
from eodes.domain.workdays import add_months
from ooms.applications import model as applied
from ooms.back_to_back.model import First
from ooms.certificates.model import Officer, Paper
from ooms.errors import Flaw, NotSendableError

_KNOWN = "RUL-F10-KIND"
_AS_ASKED = {
    applied.Kind.CORRECTION: IssuanceKind.CORRECTION,
    applied.Kind.REPLACEMENT: IssuanceKind.REPLACEMENT,
}


def kind_of(form: Form, paper: Paper) -> IssuanceKind:
    """Name the kind of issue: as it was asked for, else what the form knows for a replacement.

    Raises:
        NotSendableError: the form does not know what was asked for.

    """
    if paper.content.first_certificates:
        return _known(form, IssuanceKind.BACK_TO_BACK, paper)
    if paper.supersedes is None:
        return IssuanceKind.ORIGINAL
    if paper.supersedes.wanted is not None:
        return _known(form, _AS_ASKED[paper.supersedes.wanted], paper)
    replaces = form.issuance_rule(IssuanceKind.REPLACEMENT) is not None
    return IssuanceKind.REPLACEMENT if replaces else IssuanceKind.CORRECTION


def origin_of(paper: Paper) -> str:
    """Name the country of origin: where the first certificate comes from, else our own."""
    return paper.firsts[0].origin_country if paper.firsts else paper.exporter.country


def origin_of_line(paper: Paper, line: applied.Line) -> str:
    """Name the country of origin of one line."""
    if not line.takes:
        return paper.exporter.country
    return paper.firsts[line.takes[0].first - 1].origin_country


def earliest_expiry(paper: Paper) -> date | None:
    """Return the day on which the first of the first certificates expires."""
    return min((one.valid_until for one in paper.firsts), default=None)


def makers_elsewhere(paper: Paper) -> tuple[Party, ...]:
    """Name who exported the goods first, in the place of a producer whom nobody here knows."""
    return tuple(
        Party(
            PartyRole.PRODUCER,
            one.exporter or one.issuer,
            one.key.country,
            disclosure=Disclosure.AVAILABLE_UPON_REQUEST,
        )
        for one in paper.firsts[:1]
    )


def references_to_firsts(paper: Paper) -> tuple[CertificateReference, ...]:
    """Refer to every first certificate, with what each line takes of it."""
    return tuple(
        CertificateReference(
            Relation.BACK_TO_BACK_OF,
            first.number,
            first.key.country,
            issued_on=first.issued_on,
            valid_until=first.valid_until,
            issuer=first.issuer or None,
            quantities_taken=tuple(_taken(paper, first)),
        )
        for first in dict.fromkeys(paper.firsts)
    )


def certified_copy(
    gateway: Gateway, original: Certificate, *, officer: Officer, on: date
) -> Certificate:
    """Make the certified true copy of a certificate: the same number and validity.

    Raises:
        NotSendableError: the form knows no copies, or it is too late for one.

    """
    form = gateway.form(agreement=original.agreement, form_type=original.form_type, on=on)
    kind, issuer = IssuanceKind.CERTIFIED_TRUE_COPY, original.issuance.body.country
    rule = form.issuance_rule(kind)
    if rule is None:
        raise _refused(f"form {form.form_type} knows no certified copies", original.import_country)
    last = add_months(original.issued_on, rule.limit_months) if rule.limit_months else None
    if last is not None and on > last:
        detail = f"a copy of {original.number_raw} could be made until {last} ({rule.source})"
        raise _refused(detail, original.import_country)
    keeps = form_dates.carries_original_date(form, kind, issuer=issuer)
    return replace(
        original,
        issuance_kind=kind,
        issued_on=original.issued_on if keeps else on,
        references=(*original.references, _to_original(original)),
        remarks=(*original.remarks, Remark(RemarkCode.CERTIFIED_TRUE_COPY)),
        issuance=replace(
            original.issuance,
            signatory=Signatory(officer.id, officer.name, SignatoryMode.ELECTRONIC),
            certification_date=on,
        ),
    )


def _to_original(original: Certificate) -> CertificateReference:
    return CertificateReference(
        Relation.CERTIFIED_COPY_OF,
        original.number_raw,
        original.issuance.body.country,
        issued_on=original.issued_on,
        valid_until=original.valid_until,
        issuer=original.issuance.body.name,
    )


def _taken(paper: Paper, first: First) -> Iterator[QuantityTaken]:
    for line in paper.content.lines:
        for taken in line.takes:
            if paper.firsts[taken.first - 1] == first:
                yield from _quantities(line, taken)


def _quantities(line: applied.Line, taken: applied.Taken) -> Iterator[QuantityTaken]:
    for one in taken.quantities:
        quantity = Quantity(QuantityKind(one.kind), one.value, one.unit)
        yield QuantityTaken(line.item_no, taken.item_no, quantity)


def _known(form: Form, kind: IssuanceKind, paper: Paper) -> IssuanceKind:
    if form.issuance_rule(kind) is None:
        detail = f"form {form.form_type} knows no {kind}; apply for another kind"
        raise _refused(detail, paper.content.import_country, pointer="/kind")
    return kind


def _refused(detail: str, partner: str, *, pointer: str = "") -> NotSendableError:
    return NotSendableError(Flaw(pointer, detail, code=_KNOWN), partner=partner)
