"""9. Is the invoice on the certificate, and are third-country invoices stated alike?"""

from __future__ import annotations

from ooms.claims import minor
from ooms.claims.held import HeldItem
from ooms.claims.model import Case, Checked, passes

NAME = "invoice"


def check(case: Case) -> Checked | None:
    """The declared invoices stand on the certificate for this item.

    That a third country's trader invoiced is no reason for refusal; only that the two papers say
    different things is asked about.
    """
    item = case.item
    if item is None:
        return None
    declared = case.line.all_invoices
    facts = {"declared": ", ".join(declared), "certified": ", ".join(_numbers(item))}
    unknown = [one for one in declared if not _stands(one, item, case)]
    if unknown:
        detail = _words(unknown[0], item)
        return case.differs("REF-INVOICE", detail=detail, facts=facts)
    return _third_country(case, facts=facts) or _passed(declared, facts=facts)


def _stands(declared: str, item: HeldItem, case: Case) -> bool:
    terms = case.terms.minor
    return any(minor.numbers(declared, one, minor=terms).alike for one in _numbers(item))


def _words(declared: str, item: HeldItem) -> str:
    detail = f"invoice {declared} does not stand on the certificate"
    read = minor.read_as_digits(declared)
    near = next((one for one in _numbers(item) if minor.read_as_digits(one) == read), None)
    return f"{detail}; {near} differs only in letters read as digits" if near else detail


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
