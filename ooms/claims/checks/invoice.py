"""9. Is the invoice on the certificate, with its date, and is a third country's stated alike?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ooms.claims import minor
from ooms.claims.held import HeldItem, Invoiced
from ooms.claims.model import Case, Checked, passes

NAME = "invoice"


def check(case: Case) -> Checked | None:
    """The declared invoices stand on the certificate for this item, with the dates declared.

    That a third country's trader invoiced is no reason for refusal; only that the two papers say
    different things is asked about.
    """
    item = case.item
    if item is None:
        return None
    declared = case.line.all_invoices
    facts = {"declared": ", ".join(declared), "certified": ", ".join(_numbers(item))}
    meant = {one: _meant(one, item, case) for one in declared}
    unknown = [one for one, invoices in meant.items() if not invoices]
    if unknown:
        detail = _words(unknown[0], item)
        return case.differs("REF-INVOICE", detail=detail, facts=facts)
    return (
        _dates(case, meant, facts=facts)
        or _third_country(case, facts=facts)
        or _passed(declared, facts=facts)
    )


def _meant(declared: str, item: HeldItem, case: Case) -> tuple[Invoiced, ...]:
    terms = case.terms.minor
    return tuple(
        one for one in item.invoices if minor.numbers(declared, one.number, minor=terms).alike
    )


def _words(declared: str, item: HeldItem) -> str:
    detail = f"invoice {declared} does not stand on the certificate"
    read = minor.read_as_digits(declared)
    near = next((one for one in _numbers(item) if minor.read_as_digits(one) == read), None)
    return f"{detail}; {near} differs only in letters read as digits" if near else detail


def _dates(
    case: Case, meant: Mapping[str, tuple[Invoiced, ...]], *, facts: dict[str, str]
) -> Checked | None:
    """An invoice of another date is another invoice, or a slip of the pen: somebody asks."""
    dates = case.line.invoice_dates
    stated = {number: dates[number] for number in meant if number in dates}
    if not stated:
        return None
    certified = {one.dated for number in stated for one in meant[number]}
    facts |= {"declared_dates": _days(stated.values()), "certified_dates": _days(certified)}
    for number, dated in stated.items():
        known = {one.dated for one in meant[number]}
        if dated not in known:
            detail = f"invoice {number} is declared of {dated}, certified of {_days(known)}"
            if _exchanged(dated) in known:
                detail += "; day and month may be exchanged"
            return case.differs("REF-INVOICE-DATE", detail=detail, facts=facts)
    return None


def _days(days: Iterable[date]) -> str:
    return ", ".join(one.isoformat() for one in sorted(set(days)))


def _exchanged(dated: date) -> date | None:
    """Return the day that is meant when day and month change places, if there is one."""
    try:
        return dated.replace(month=dated.day, day=dated.month)
    except ValueError:
        return None


def _numbers(item: HeldItem) -> tuple[str, ...]:
    return tuple(one.number for one in item.invoices)


def _third_country(case: Case, *, facts: dict[str, str]) -> Checked | None:
    held, proof = case.held, case.proof
    if held is None or proof is None or proof.third_country_invoice is None:
        return None
    certified = held.third_country_invoice
    facts |= {
        "third_country_declared": str(proof.third_country_invoice).lower(),
        "third_country_certified": str(certified).lower(),
    }
    if proof.third_country_invoice != certified:
        says = "says" if certified else "does not say"
        detail = f"the certificate {says} that a third country's trader invoiced"
        return case.differs("REF-THIRD-COUNTRY", detail=detail, facts=facts)
    known = held.third_countries
    if proof.third_country and known and proof.third_country not in known:
        detail = f"invoiced from {proof.third_country}, certified {', '.join(known)}"
        return case.differs("REF-THIRD-COUNTRY", detail=detail, facts=facts)
    return None


def _passed(declared: tuple[str, ...], *, facts: dict[str, str]) -> Checked | None:
    return passes(NAME, "stands on the certificate", facts) if declared else None
