"""From the office's paper to the canonical certificate: the form gives words, boxes and dates."""

from __future__ import annotations

from datetime import date

from eodes.api import Gateway
from eodes.domain import form_dates
from eodes.domain.certificate import (
    Certificate,
    CertificateItem,
    CertificateReference,
    Criterion,
    Disclosure,
    ExportDeclarationLink,
    FobValue,
    HsSide,
    Invoice,
    InvoiceIssuer,
    Issuance,
    IssuanceKind,
    IssuingBody,
    MarkCode,
    Package,
    Party,
    PartyRole,
    Quantity,
    QuantityKind,
    Relation,
    Remark,
    RemarkCode,
    Seal,
    Signatory,
    SignatoryMode,
    Transport,
    TransportMode,
)
from eodes.domain.criterion_box import CriterionFacts, print_criterion, read_criterion
from eodes.domain.form import Form
from ooms.applications import model as applied
from ooms.certificates.model import Ground, Paper
from ooms.errors import Flaw, NotSendableError
from ooms.gateway.documents import read_document
from ooms.gateway.lineage import (
    earliest_expiry,
    kind_of,
    makers_elsewhere,
    origin_of,
    origin_of_line,
    references_to_firsts,
)

_NO_MARKS = "N/M"


def compose(gateway: Gateway, paper: Paper) -> Certificate:
    """Make the certificate of a paper.

    1. Find the form in use, the kind of issue, and the date that the certificate bears.
    2. Ask the form's clocks: is it retroactive, until when is it valid.
    3. Write every part, in the words and places that this form has.

    Raises:
        NotSendableError: the form has no words for the criterion of a line.

    """
    content = paper.content
    form = _form(gateway, paper)  # 1
    superseded = read_document(paper.supersedes.document) if paper.supersedes else None
    kind = kind_of(form, paper)
    issued_on = _date_of_issue(form, kind, paper=paper, superseded=superseded)
    first_issued_on = superseded.issued_on if superseded else issued_on
    timing = gateway.timing(  # 2
        agreement=content.agreement,
        form_type=content.form_type,
        country=paper.office.country,
        shipped_on=_shipped_on(content) or first_issued_on,
        issued_on=first_issued_on,
    )
    return Certificate(  # 3
        co_uid=paper.id,
        agreement=content.agreement,
        form_type=content.form_type,
        number_raw=paper.number,
        issuance_kind=kind,
        issued_on=issued_on,
        valid_from=timing.valid_from if issued_on == first_issued_on else issued_on,
        valid_until=form_dates.valid_until(
            form,
            issued_on=issued_on,
            kind=kind,
            original_issued_on=first_issued_on if superseded else None,
            earliest_original_until=earliest_expiry(paper),
        ),
        export_country=paper.office.country,
        origin_country=origin_of(paper),
        import_country=content.import_country,
        rule_pack_version=_rule_pack(paper),
        parties=_parties(form, paper),
        invoices=tuple(_invoice(one) for one in content.invoices),
        items=tuple(_items(form, paper)),
        issuance=_issuance(paper),
        access_code=paper.access_code,
        lineage_position=paper.supersedes.position + 1 if paper.supersedes else 0,
        issued_zone=paper.office.zone,
        shipped_on=content.shipped_on,
        intended_shipment_on=content.intended_shipment_on,
        retroactive=timing.is_retroactive,
        retroactive_reason=content.retroactive_reason if timing.is_retroactive else None,
        transport=_transport(content.transport),
        references=(*_references(superseded), *references_to_firsts(paper)),
        remarks=_remarks(form, paper, is_retroactive=timing.is_retroactive),
        export_declarations=tuple(map(ExportDeclarationLink, content.export_declarations)),
    )


def _form(gateway: Gateway, paper: Paper) -> Form:
    agreement, form_type = paper.content.agreement, paper.content.form_type
    return gateway.form(agreement=agreement, form_type=form_type, on=paper.issued_on)


def _date_of_issue(
    form: Form, kind: IssuanceKind, *, paper: Paper, superseded: Certificate | None
) -> date:
    issuer = paper.office.country
    # A back-to-back certificate that replaces one is both: its date follows the replacement.
    as_what = IssuanceKind.REPLACEMENT if paper.firsts else kind
    if superseded and form_dates.carries_original_date(form, as_what, issuer=issuer):
        return superseded.issued_on
    return paper.issued_on


def _shipped_on(content: applied.Content) -> date | None:
    departure = content.transport.departure_date if content.transport else None
    return content.shipped_on or content.intended_shipment_on or departure


def _rule_pack(paper: Paper) -> str:
    """Name the rule pack in the room that the certificate has for it."""
    first = next(iter(paper.grounds.values()))
    return first.rule_pack.split("+")[0][:35]


def _parties(form: Form, paper: Paper) -> tuple[Party, ...]:
    exporter, content = paper.exporter, paper.content
    own = Party(
        PartyRole.EXPORTER,
        exporter.name,
        exporter.country,
        address=exporter.address,
        city=exporter.city,
        tax_id=exporter.tax_id,
        telephone=exporter.telephone,
        fax=exporter.fax,
        email=exporter.email,
    )
    to = content.named_buyer()
    buyer = Party(_buyer_role(form), to.name, to.country, address=to.address, city=to.city)
    operators = (
        Party(PartyRole.NON_PARTY_OPERATOR, one.name, one.country, address=one.address)
        for one in dict.fromkeys(invoice.operator for invoice in content.invoices)
        if one is not None
    )
    return (own, *_producers(form, paper), buyer, *_exhibition(form, paper), *operators)


def _exhibition(form: Form, paper: Paper) -> tuple[Party, ...]:
    shown = paper.content.exhibition
    if shown is None:
        return ()
    if not form.box_of(f"parties[{PartyRole.EXHIBITION}].name"):
        detail = f"form {form.form_type} has no place for an exhibition; leave it out"
        raise NotSendableError(Flaw("/exhibition", detail), partner=paper.content.import_country)
    return (Party(PartyRole.EXHIBITION, shown.name, shown.country, address=shown.address),)


def _buyer_role(form: Form) -> PartyRole:
    named = form.box_of("parties[IMPORTER].name")
    return PartyRole.IMPORTER if named else PartyRole.CONSIGNEE


def _producers(form: Form, paper: Paper) -> tuple[Party, ...]:
    producer, exporter = paper.content.producer, paper.exporter
    if paper.firsts and producer is None and form.box_of("parties[PRODUCER].name"):
        return makers_elsewhere(paper)
    if producer is not None:
        return (
            Party(
                PartyRole.PRODUCER,
                producer.name,
                producer.country,
                address=producer.address,
                disclosure=Disclosure(producer.disclosure),
            ),
        )
    if not form.box_of("parties[PRODUCER].name"):
        return ()
    return (
        Party(
            PartyRole.PRODUCER,
            exporter.name,
            exporter.country,
            address=exporter.address,
            disclosure=Disclosure.SAME_AS_EXPORTER,
        ),
    )


def _invoice(invoice: applied.Invoice) -> Invoice:
    operator = invoice.operator
    return Invoice(
        number=invoice.number,
        date=invoice.dated,
        issuer_role=InvoiceIssuer.NON_PARTY if operator else InvoiceIssuer.EXPORTER,
        issuer_name=operator.name if operator else None,
        issuer_country=operator.country if operator else None,
        currency=invoice.currency,
        total=invoice.total,
    )


def _items(form: Form, paper: Paper) -> list[CertificateItem]:
    shows_origin = bool(form.box_of("items[].origin_country"))
    return [
        _item(
            line,
            hs_edition=paper.grounds[line.item_no].hs_edition,
            criterion=_criterion(form, paper, line.item_no, place=place),
            hs_side=form.hs.side or HsSide.EXPORT,
            origin=origin_of_line(paper, line) if shows_origin else None,
        )
        for place, line in enumerate(paper.content.lines)
    ]


def _item(
    line: applied.Line,
    *,
    hs_edition: int,
    criterion: Criterion,
    hs_side: HsSide,
    origin: str | None,
) -> CertificateItem:
    is_unmarked = line.marks in (None, "", _NO_MARKS)
    return CertificateItem(
        item_no=line.item_no,
        description=line.description,
        hs=line.hs,
        hs_edition=hs_edition,
        criterion=criterion,
        quantities=tuple(
            Quantity(QuantityKind(one.kind), one.value, one.unit) for one in line.quantities
        ),
        invoice_refs=line.invoice_refs,
        hs_side=hs_side,
        marks=None if is_unmarked else line.marks,
        marks_code=MarkCode.NO_MARKS if is_unmarked else None,
        packages=tuple(Package(one.count, one.kind) for one in line.packages),
        in_bulk=line.in_bulk,
        trademark=line.trademark,
        model=line.model,
        origin_country=origin,
        fob=FobValue(line.fob.amount, line.fob.currency) if line.fob else None,
    )


def _criterion(form: Form, paper: Paper, item_no: int, *, place: int) -> Criterion:
    """Read what the determination printed, and print it in this form's own words."""
    ground: Ground = paper.grounds[item_no]
    read = read_criterion(form, ground.criterion)
    if read is None:
        raise NotSendableError(
            Flaw(
                f"/lines/{place}/determination_id",
                f"form {form.form_type} has no words for the criterion {ground.criterion!r}",
                code="RUL-C14-CRITERION",
                box=form.box_of("items[].criterion"),
            ),
            partner=paper.content.import_country,
        )
    facts = CriterionFacts(read.kind, read.level, read.percent, read.process)
    printed = print_criterion(form, facts, issuer=paper.office.country)
    return Criterion(
        read.kind,
        printed or read.printed,
        level=read.level,
        percent=read.percent,
        process=read.process,
    )


def _issuance(paper: Paper) -> Issuance:
    office, signatory = paper.office, paper.exporter.signatory
    return Issuance(
        body=IssuingBody(office.code, office.name, office.country, office.place),
        signatory=Signatory(paper.officer.id, paper.officer.name, SignatoryMode.ELECTRONIC),
        seal=Seal.ELECTRONIC,
        declaration_place=signatory.place,
        declaration_date=paper.declared_on,
        declarant_name=signatory.name,
        certification_place=office.place,
        certification_date=paper.issued_on,
        application_id=paper.application_id.replace("-", ""),
        export_declaration_numbers=paper.content.export_declarations,
    )


def _transport(stated: applied.Transport | None) -> Transport | None:
    if stated is None:
        return None
    return Transport(
        departure_date=stated.departure_date,
        mode=TransportMode(stated.mode) if stated.mode else None,
        conveyance_name=stated.conveyance,
        voyage=stated.voyage,
        port_of_loading=stated.loading,
        port_of_loading_text=stated.loading_text,
        port_of_discharge=stated.discharge,
        port_of_discharge_text=stated.discharge_text,
        route_text=stated.route,
    )


def _references(superseded: Certificate | None) -> tuple[CertificateReference, ...]:
    if superseded is None:
        return ()
    return (
        CertificateReference(
            Relation.REPLACES,
            superseded.number_raw,
            superseded.issuance.body.country,
            issued_on=superseded.issued_on,
            valid_until=superseded.valid_until,
            issuer=superseded.issuance.body.name,
        ),
    )


def _remarks(form: Form, paper: Paper, *, is_retroactive: bool) -> tuple[Remark, ...]:
    codes = [RemarkCode.BACK_TO_BACK] if paper.firsts else []
    if is_retroactive:
        codes.append(RemarkCode.ISSUED_RETROACTIVELY)
    if any(one.operator for one in paper.content.invoices):
        codes.append(RemarkCode.THIRD_COUNTRY_INVOICING)
    if paper.content.exhibition:
        codes.append(RemarkCode.EXHIBITION)
    return tuple(Remark(code, _words(form, code, paper)) for code in codes)


def _words(form: Form, code: RemarkCode, paper: Paper) -> str | None:
    endorsement = form.endorsement(code, issuer=paper.office.country)
    # Words with gaps in braces are filled by a person; a tick has none.
    return endorsement.words if endorsement and "{" not in endorsement.words else None
