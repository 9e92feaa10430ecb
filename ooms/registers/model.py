"""The issuer's register (Korea: Enforcement Rules 9(3), form 2) and the list of a day (9(5))."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ooms.certificates.model import Certificate, Series

_HS6 = 6
#: What stands in the register of certificates, beside what a list of a day tells of applications.
_REFUSED = "application.refused"
_ABOUT_CERTIFICATES = "certificate."


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the register is wanted; days of issue, the first and last included."""

    since: date | None = None
    until: date | None = None
    office: str | None = None
    agreement: str | None = None
    import_country: str | None = None
    exporter_id: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the register: one kind of goods of one certificate, or a number without one."""

    number: str
    issued_on: date | None
    office: str
    agreement: str
    state: str
    certificate_id: str | None = None
    applicant: str = ""
    export_declarations: tuple[str, ...] = ()
    exporter: str = ""
    producer: str = ""
    importer: str = ""
    import_country: str = ""
    goods: str = ""
    hs6: str = ""
    criterion: str = ""
    reason: str = ""


def lines_of(certificate: Certificate) -> tuple[Line, ...]:
    """Write a certificate in the register, an item a line."""
    document: Any = certificate.document
    parties = {one["role"]: one.get("name", "") for one in document.get("parties", ())}
    exporter = parties.get("EXPORTER", "")
    return tuple(
        Line(
            number=certificate.number,
            issued_on=certificate.issued_on,
            office=certificate.office or "",
            agreement=certificate.agreement,
            state=certificate.state.value,
            certificate_id=certificate.id,
            applicant=exporter,
            export_declarations=_declarations(document),
            exporter=exporter,
            producer=parties.get("PRODUCER", ""),
            importer=parties.get("IMPORTER", "") or parties.get("CONSIGNEE", ""),
            import_country=certificate.import_country,
            goods=item.get("description", ""),
            hs6=str(item.get("hs", ""))[:_HS6],
            criterion=str(item.get("criterion", {}).get("printed", "")),
        )
        for item in document.get("items", ())
    )


def _declarations(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the export declarations, with the day of acceptance where it is known."""
    return tuple(
        f"{one['number']} ({one['accepted_on']})" if one.get("accepted_on") else one["number"]
        for one in document.get("export_declarations", ())
    )


@dataclass(frozen=True, slots=True)
class Act:
    """What was done on a day about a certificate or an application."""

    act: str
    at: datetime
    subject: str
    number: str
    agreement: str
    import_country: str
    exporter_id: str
    hs6: tuple[str, ...]
    issued_on: date | None
    reason_code: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What a list says of an application."""

    id: str
    exporter_id: str
    agreement: str
    import_country: str
    office: str | None


def act_of(what: str, *, reason_code: str) -> str | None:
    """Name an act as the list of a day does; None for what does not stand on it."""
    if what == _REFUSED:
        return "refused"
    if not what.startswith(_ABOUT_CERTIFICATES):
        return None
    said = what.removeprefix(_ABOUT_CERTIFICATES)
    if said == "cancellation_answered":
        return "cancelled" if reason_code == "CANCELLED" else "cancellation_refused"
    return said


@dataclass(frozen=True, slots=True)
class Stretch:
    """The numbers of a series that a day brought, and what is not a certificate among them."""

    series: Series
    first: int
    last: int
    missing: tuple[int, ...] = ()
    without_certificate: Mapping[str, str] | None = None


def missing_in(first: int, last: int, *, known: Iterable[int]) -> tuple[int, ...]:
    """Name the places between two, both included, that nobody knows."""
    return tuple(sorted(set(range(first, last + 1)) - set(known)))


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the audit trail stood: the last entry's place and digest."""

    seq: int
    digest: str


@dataclass(frozen=True, slots=True)
class DailyList:
    """What an office did on a day; written once and never changed."""

    office: str
    day: date
    document: dict[str, Any]
    digest: str
    closed_at: datetime


def daily_document(  # noqa: PLR0913  # the parts of a list, each by its name
    office: str,
    day: date,
    *,
    acts: Iterable[Act],
    stretches: Iterable[Stretch],
    previous: str,
    anchor: Anchor,
) -> dict[str, Any]:
    """Write the list of a day: every act, the totals, the check of the numbers."""
    listed = sorted(acts, key=lambda one: (one.at, one.subject))
    return {
        "office": office,
        "day": day.isoformat(),
        "acts": [_written(one) for one in listed],
        "totals": dict(sorted(Counter(one.act for one in listed).items())),
        "numbers": [
            {
                "issuer": one.series.issuer,
                "agreement": one.series.agreement,
                "year": one.series.year,
                "first": one.first,
                "last": one.last,
                "missing": list(one.missing),
                "without_certificate": dict(one.without_certificate or {}),
            }
            for one in stretches
        ],
        "previous": previous,
        "audit": {"seq": anchor.seq, "digest": anchor.digest},
    }


def _written(act: Act) -> dict[str, Any]:
    return {
        "act": act.act,
        "at": act.at.isoformat(),
        "subject": act.subject,
        "number": act.number,
        "agreement": act.agreement,
        "import_country": act.import_country,
        "exporter_id": act.exporter_id,
        "hs6": list(act.hs6),
        "issued_on": act.issued_on.isoformat() if act.issued_on else None,
        "reason_code": act.reason_code,
    }


def canonical(document: object) -> bytes:
    """Write a document so that the same content gives the same bytes."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def digest_of(document: object) -> str:
    """Return the digest of a document."""
    return hashlib.sha256(canonical(document)).hexdigest()
