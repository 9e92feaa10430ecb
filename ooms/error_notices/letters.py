"""Letters that a notice of error is told with: to customs, to each buyer, to each partner.

What a notice to customs says is listed in article 9(2) of the Decree of the FTA Customs Special
Act: the parties, the export declaration, the certificate, the goods, the error and what is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ooms.certificates.model import Certificate
from ooms.error_notices.model import ErrorNotice, Remedy
from ooms.exporters.model import Exporter


class Addressee(StrEnum):
    """To whom a letter goes."""

    CUSTOMS = "CUSTOMS"
    BUYER = "BUYER"
    PARTNER = "PARTNER"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: to whom, about what, its paragraphs, and facts by title."""

    key: str
    addressee: Addressee
    to: str
    sender: str
    dated: date
    subject: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Concerned:
    """What letters are written from: the notice, its exporter, its office, its certificates."""

    notice: ErrorNotice
    exporter: Exporter
    office: str
    certificates: tuple[Certificate, ...]


def letters(concerned: Concerned, *, on: date) -> tuple[Letter, ...]:
    """Write every letter: one to customs, one to each buyer, one to each partner country."""
    return (
        _to_customs(concerned, on=on),
        *_to_buyers(concerned, on=on),
        *_to_partners(concerned, on=on),
    )


def _to_customs(concerned: Concerned, *, on: date) -> Letter:
    notice = concerned.notice
    told = "in time" if notice.is_in_time(on) else "after the period had ended"
    return Letter(
        key="customs",
        addressee=Addressee.CUSTOMS,
        to=concerned.office,
        sender=concerned.exporter.name,
        dated=notice.filed_on or on,
        subject=f"Notice of an error in certificate of origin {notice.number}",
        paragraphs=(
            f"On {notice.statement.learned_on} we learned that this certificate is wrong.",
            (
                f"We give notice {told}: the last day is {notice.clock.due_on} "
                f"({notice.clock.source})."
            ),
            notice.statement.explanation,
        ),
        facts=tuple(_facts(concerned, concerned.certificates)),
    )


def _to_buyers(concerned: Concerned, *, on: date) -> Iterator[Letter]:
    by_buyer: dict[tuple[str, str], list[Certificate]] = {}
    for one in concerned.certificates:
        buyer = one.content.named_buyer()
        by_buyer.setdefault((buyer.name, buyer.country), []).append(one)
    for place, ((name, country), certificates) in enumerate(by_buyer.items(), start=1):
        yield Letter(
            key=f"buyer-{place}",
            addressee=Addressee.BUYER,
            to=f"{name}, {country}",
            sender=concerned.exporter.name,
            dated=on,
            subject="Error in certificates of origin that you hold",
            paragraphs=(
                (
                    "The certificates named here are wrong. Please do not claim preference with "
                    "them, and tell your customs if you have."
                ),
                _what_follows(concerned.notice),
            ),
            facts=tuple(_facts(concerned, tuple(certificates))),
        )


def _to_partners(concerned: Concerned, *, on: date) -> Iterator[Letter]:
    countries = dict.fromkeys(one.import_country for one in concerned.certificates)
    for country in countries:
        certificates = tuple(one for one in concerned.certificates if one.import_country == country)
        yield Letter(
            key=f"partner-{country.lower()}",
            addressee=Addressee.PARTNER,
            to=f"The customs administration of {country}",
            sender=concerned.office,
            dated=on,
            subject="Error in certificates of origin, notified by their exporter",
            paragraphs=(
                (
                    f"{concerned.exporter.name} has told us that the certificates named here are "
                    "wrong."
                ),
                _what_follows(concerned.notice),
            ),
            facts=tuple(_facts(concerned, certificates)),
        )


def _what_follows(notice: ErrorNotice) -> str:
    if notice.statement.remedy is Remedy.CANCELLATION:
        return "The goods are not covered: the certificates are to be treated as void."
    return "Corrected certificates are asked for; each will name the one that it replaces."


def _facts(
    concerned: Concerned, certificates: tuple[Certificate, ...]
) -> Iterator[tuple[str, str]]:
    yield "Exporter", f"{concerned.exporter.name}, {concerned.exporter.address or ''}".rstrip(", ")
    for one in certificates:
        content = one.content
        yield "Certificate", f"{one.number} of {one.issued_on}, {one.agreement} {one.form_type}"
        buyer = content.named_buyer()
        yield "Importer", f"{buyer.name}, {buyer.country}"
        if content.export_declarations:
            yield "Export declaration", ", ".join(content.export_declarations)
        for line in content.lines:
            measures = ", ".join(f"{each.value:f} {each.unit}" for each in line.quantities)
            yield "Goods", f"{line.description}, HS {line.hs}, {measures}"
    for wrong in concerned.notice.statement.errors:
        line_no = f", line {wrong.line_no}" if wrong.line_no else ""
        yield f"Box {wrong.box}{line_no} says", wrong.says
        yield "It should say", wrong.right
