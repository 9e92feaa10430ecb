"""Lineage: what a certificate owes to the ones it is based on or stands for."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from eodes.domain.certificate import (
    Certificate,
    CertificateReference,
    CertificateState,
    IssuanceKind,
    PartyRole,
    Quantity,
    QuantityKind,
    Relation,
    RemarkCode,
)
from eodes.domain.constraints.clocks import earliest_original_expiry
from eodes.domain.constraints.context import Findings, JudgingContext, refuse, warn
from eodes.domain.verdict import Finding

_NEEDS = {
    IssuanceKind.REPLACEMENT: Relation.REPLACES,
    IssuanceKind.CORRECTION: Relation.REPLACES,
    IssuanceKind.CERTIFIED_TRUE_COPY: Relation.CERTIFIED_COPY_OF,
}
_Measure = tuple[QuantityKind, str]


def c8_back_to_back(certificate: Certificate, context: JudgingContext) -> Findings:
    """C8: back-to-back exactly with originals: valid, and in quantity no more than they hold.

    ATIGA Annex 8 rule 11(1): issued within the earliest expiry of the originals (c, e); the total
    quantity re-exported does not exceed that of the originals (f).
    """
    kind = certificate.issuance_kind is IssuanceKind.BACK_TO_BACK
    references = [
        reference
        for reference in certificate.references
        if reference.relation is Relation.BACK_TO_BACK_OF
    ]
    ticked = certificate.has_remark(RemarkCode.BACK_TO_BACK)
    if not (kind or references or ticked):
        return ()
    code = "RUL-C08-BACK-TO-BACK"
    if not (kind and references):
        detail = "the kind of issue and the references to originals contradict each other"
        return (refuse(code, detail, path="/references", box=context.form.box_of("references[]")),)
    found = _late(certificate, context)
    found += _over_original(references, context)
    found += _over_taken(certificate, references)
    issuer = certificate.issuance.body.country
    endorsed = context.form.endorsement(RemarkCode.BACK_TO_BACK, issuer=issuer)
    if endorsed and not ticked:
        found.append(refuse(code, "back-to-back is not ticked", path="/remarks", box=endorsed.box))
    return tuple(found)


def _late(certificate: Certificate, context: JudgingContext) -> list[Finding]:
    first = earliest_original_expiry(certificate, context)
    if first is None or certificate.issued_on <= first:
        return []
    detail = f"issued {certificate.issued_on}, after an original expired on {first}"
    return [refuse("RUL-C08-BACK-TO-BACK", detail, path="/issued_on")]


def _over_original(
    references: list[CertificateReference], context: JudgingContext
) -> list[Finding]:
    found = []
    for reference in references:
        original = context.original(reference)
        if original is None:
            if context.originals is not None:
                detail = f"original {reference.number_raw} is not known here"
                found.append(warn("RUL-C08-BACK-TO-BACK", detail, path="/references"))
            continue
        for item_no, measure, taken in _taken_per_original_item(reference):
            held = _held(original, item_no, measure)
            if taken > held:
                detail = f"takes {taken} {measure[1]} of item {item_no} of"
                detail += f" {reference.number_raw}, which holds {held}"
                found.append(refuse("RUL-C08-BACK-TO-BACK", detail, path="/references"))
    return found


def _taken_per_original_item(
    reference: CertificateReference,
) -> list[tuple[int, _Measure, Decimal]]:
    sums: dict[tuple[int, _Measure], Decimal] = defaultdict(Decimal)
    for taken in reference.quantities_taken:
        sums[taken.original_item_no, _measure(taken.quantity)] += taken.quantity.value
    return [(item_no, measure, value) for (item_no, measure), value in sums.items()]


def _held(original: Certificate, item_no: int, measure: _Measure) -> Decimal:
    items = (item for item in original.items if item.item_no == item_no)
    quantities = (one for item in items for one in item.quantities)
    return sum((one.value for one in quantities if _measure(one) == measure), Decimal(0))


def _over_taken(certificate: Certificate, references: list[CertificateReference]) -> list[Finding]:
    taken: dict[int, dict[_Measure, Decimal]] = {item.item_no: {} for item in certificate.items}
    for one in (one for reference in references for one in reference.quantities_taken):
        sums = taken.setdefault(one.item_no, {})
        measure = _measure(one.quantity)
        sums[measure] = sums.get(measure, Decimal(0)) + one.quantity.value
    found = []
    for index, item in enumerate(certificate.items):
        shown = {_measure(one): one.value for one in item.quantities}
        for measure, value in taken[item.item_no].items():
            if shown.get(measure, Decimal(0)) > value:
                detail = f"item {item.item_no} shows {shown[measure]} {measure[1]},"
                detail += f" its originals give {value}"
                path = f"/items/{index}/quantities"
                found.append(refuse("RUL-C08-BACK-TO-BACK", detail, path=path))
        if not taken[item.item_no]:
            detail = f"item {item.item_no} does not say what it takes from the originals"
            found.append(refuse("RUL-C08-BACK-TO-BACK", detail, path="/references"))
    return found


def _measure(quantity: Quantity) -> _Measure:
    return quantity.kind, quantity.unit


def c15_replacement(certificate: Certificate, context: JudgingContext) -> Findings:
    """C15: what stands for another keeps its destination, exporter and agreement.

    Unless that one was cancelled: then nothing binds the new certificate to it.
    """
    relation = _NEEDS.get(certificate.issuance_kind)
    if relation is None:
        return ()
    code = "RUL-C15-REPLACEMENT"
    reference = certificate.reference(relation)
    if reference is None:
        detail = f"a {certificate.issuance_kind} names the certificate it stands for"
        box = context.form.box_of("references[]")
        return (refuse(code, detail, path="/references", box=box),)
    original = context.original(reference)
    if original is None:
        if context.originals is None:
            return ()
        detail = f"original {reference.number_raw} is not known here"
        return (warn(code, detail, path="/references"),)
    if original.state is CertificateState.CANCELLED:
        return ()
    return _kept(certificate, original)


def _kept(certificate: Certificate, original: Certificate) -> Findings:
    facts = [
        ("import_country", certificate.import_country, original.import_country),
        ("parties", _exporter(certificate), _exporter(original)),
        ("agreement", certificate.agreement, original.agreement),
    ]
    return tuple(
        refuse("RUL-C15-REPLACEMENT", f"{now}; the original says {before}", path=f"/{field}")
        for field, now, before in facts
        if now != before
    )


def _exporter(certificate: Certificate) -> str:
    exporter = certificate.party(PartyRole.EXPORTER)
    return " ".join(exporter.name.casefold().split()) if exporter else ""
