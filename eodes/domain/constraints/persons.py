"""Countries, parties, invoices and issuers: who may stand where on the certificate."""

from __future__ import annotations

from eodes.domain.certificate import (
    Certificate,
    Invoice,
    InvoiceIssuer,
    IssuanceKind,
    PartyRole,
    RemarkCode,
)
from eodes.domain.constraints.context import Findings, JudgingContext, refuse, warn
from eodes.domain.form import InvoiceMechanism

_COPIES = frozenset({RemarkCode.CERTIFIED_TRUE_COPY, RemarkCode.SUBSTITUTION, RemarkCode.DUPLICATE})


def c7_third_country_invoice(certificate: Certificate, context: JudgingContext) -> Findings:
    """C7: third-country invoicing is ticked exactly when an operator of a non-party invoices."""
    invoiced = any(one.issuer_role is InvoiceIssuer.NON_PARTY for one in certificate.invoices)
    ticked = certificate.has_remark(RemarkCode.THIRD_COUNTRY_INVOICING)
    rule = context.form.third_country_invoicing
    code, box = "RUL-C07-THIRD-COUNTRY", rule.box or ""
    if invoiced and rule.mechanism is InvoiceMechanism.NOT_PROVIDED:
        detail = "the form has no words for an invoice of a third country"
        return (warn(code, detail, path="/invoices"),)
    if invoiced == ticked:
        return ()
    detail = "an invoice is of a third country, but third-country invoicing is not ticked"
    if ticked:
        detail = "third-country invoicing is ticked, but every invoice is the exporter's"
    return (refuse(code, detail, path="/remarks" if invoiced else "/invoices", box=box),)


def c10_countries(certificate: Certificate, context: JudgingContext) -> Findings:
    """C10: export, import and origin are parties; exporter and issuer are of one country.

    The last does not bind a back-to-back certificate.
    """
    code, form = "RUL-C10-COUNTRY", context.form
    parties = form.parties.countries
    named = [
        ("export_country", certificate.export_country),
        ("import_country", certificate.import_country),
        ("origin_country", certificate.origin_country),
    ]
    named += [
        (f"items/{index}/origin_country", item.origin_country)
        for index, item in enumerate(certificate.items)
        if item.origin_country is not None
    ]
    found = [
        refuse(code, f"{country} is no party to {form.agreement}", path=f"/{field}")
        for field, country in named
        if country not in parties
    ]
    if certificate.export_country == certificate.import_country:
        found.append(refuse(code, "goods do not leave the country", path="/import_country"))
    exporter = certificate.party(PartyRole.EXPORTER)
    issuer = certificate.issuance.body.country
    back_to_back = certificate.issuance_kind is IssuanceKind.BACK_TO_BACK
    if exporter is not None and exporter.country != issuer and not back_to_back:
        detail = f"the exporter is of {exporter.country}, the issuing body of {issuer}"
        box = form.box_of("parties[EXPORTER].country")
        found.append(refuse(code, detail, path="/issuance/body/country", box=box))
    return tuple(found)


def c11_issuer(certificate: Certificate, context: JudgingContext) -> Findings:
    """C11: issuing body and signing officer were active on the day of certification."""
    if context.register is None:
        return ()
    issuance = certificate.issuance
    body, signatory = issuance.body.code, issuance.signatory.id
    on = issuance.certification_date
    if context.register.is_active(body, signatory, on) is not False:
        return ()
    detail = f"{signatory} did not sign for {body} on {on}"
    box = context.form.box_of("issuance.signatory.name")
    return (refuse("RUL-C11-ISSUER", detail, path="/issuance/signatory", box=box),)


def remarks_complete(certificate: Certificate, context: JudgingContext) -> Findings:
    """Every remark brings its data: operator, exhibition, reason, or the original referred to."""
    code, form = "RUL-F02-REMARK", context.form
    found = []
    for index, remark in enumerate(certificate.remarks):
        missing = _remark_lacks(certificate, remark.code, context)
        if missing:
            endorsed = form.endorsement(remark.code, issuer=certificate.issuance.body.country)
            box = endorsed.box if endorsed else form.box_of("remarks[]")
            detail = f"{remark.code} needs {missing}"
            found.append(refuse(code, detail, path=f"/remarks/{index}", box=box))
    if certificate.retroactive and not certificate.retroactive_reason:
        box = form.box_of("retroactive")
        detail = "an issue after the window needs its reason"
        found.append(refuse(code, detail, path="/retroactive_reason", box=box))
    return tuple(found)


def _remark_lacks(certificate: Certificate, code: RemarkCode, context: JudgingContext) -> str:
    if code is RemarkCode.THIRD_COUNTRY_INVOICING:
        return _operator_lacks(certificate, address=context.form.third_country_invoicing.address)
    if code is RemarkCode.EXHIBITION:
        exhibition = certificate.party(PartyRole.EXHIBITION)
        complete = exhibition is not None and exhibition.address
        return "" if complete else "name and address of the exhibition"
    if code is RemarkCode.ISSUED_RETROACTIVELY:
        return "" if certificate.retroactive else "a certificate marked as retroactive"
    if code in _COPIES:
        return "" if certificate.references else "number and date of the original"
    return ""


def _operator_lacks(certificate: Certificate, *, address: bool) -> str:
    operator = certificate.party(PartyRole.NON_PARTY_OPERATOR)
    if address:
        complete = operator is not None and operator.address
        return "" if complete else "name, address and country of the operator"
    named = operator is not None or any(map(_names_operator, certificate.invoices))
    return "" if named else "name and country of the operator"


def _names_operator(invoice: Invoice) -> bool:
    return invoice.issuer_name is not None and invoice.issuer_country is not None


def invoices_complete(certificate: Certificate, context: JudgingContext) -> Findings:
    """An invoice of an operator outside the parties names that operator and its country."""
    box = context.form.box_of("invoices[].number")
    return tuple(
        refuse(
            "RUL-F03-INVOICE",
            f"invoice {invoice.number} is of a third country; its issuer's name or country lacks",
            path=f"/invoices/{index}",
            box=box,
        )
        for index, invoice in enumerate(certificate.invoices)
        if invoice.issuer_role is InvoiceIssuer.NON_PARTY and not _names_operator(invoice)
    )
