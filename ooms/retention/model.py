"""Periods, holds, lists of what is due, and the record that remains of what was deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from ooms.errors import ConflictError
from ooms.kernel.period import add_months

_MONTHS = 12
#: What stands where something was deleted.
DELETED = "(deleted)"


class Rule(StrEnum):
    """Which period something is kept by."""

    ISSUER = "ISSUER"
    EXPORTER = "EXPORTER"
    CONFIDENTIAL = "CONFIDENTIAL"
    PERSON = "PERSON"


class Kind(StrEnum):
    """What is deleted, in the order in which one thing lets go of the next."""

    CERTIFICATE = "CERTIFICATE"
    APPLICATION = "APPLICATION"
    DETERMINATION = "DETERMINATION"
    BILL = "BILL"
    SUPPLIER_DECLARATION = "SUPPLIER_DECLARATION"
    ERROR_NOTICE = "ERROR_NOTICE"
    LIST_CONTEST = "LIST_CONTEST"
    USER = "USER"


#: Which period each is kept by: what shows costs, processes and trade is confidential evidence.
KEPT_BY: Mapping[Kind, Rule] = {
    Kind.CERTIFICATE: Rule.ISSUER,
    Kind.APPLICATION: Rule.CONFIDENTIAL,
    Kind.DETERMINATION: Rule.CONFIDENTIAL,
    Kind.BILL: Rule.CONFIDENTIAL,
    Kind.SUPPLIER_DECLARATION: Rule.CONFIDENTIAL,
    Kind.ERROR_NOTICE: Rule.CONFIDENTIAL,
    Kind.LIST_CONTEST: Rule.CONFIDENTIAL,
    Kind.USER: Rule.PERSON,
}


@dataclass(frozen=True, slots=True)
class Shorter:
    """A shorter period towards one country."""

    years: int
    source: str


@dataclass(frozen=True, slots=True)
class Period:
    """How long something is kept, and where that stands."""

    rule: Rule
    title: str
    years: int
    source: str
    verified: bool
    shorter: Mapping[str, Shorter] = field(default_factory=dict)

    def years_for(self, country: str) -> int:
        """Return how many years it is kept towards a country."""
        return self.shorter[country].years if country in self.shorter else self.years

    def source_for(self, country: str) -> str:
        """Return where the period towards a country stands."""
        return self.shorter[country].source if country in self.shorter else self.source

    def ends(self, start: date, *, country: str = "") -> date:
        """Return the last day on which it is kept."""
        return add_months(start, self.years_for(country) * _MONTHS)

    def begun_before(self, today: date, *, country: str = "") -> date:
        """Return the first start whose period has not ended; what began earlier is due."""
        return add_months(today, -self.years_for(country) * _MONTHS)


@dataclass(frozen=True, slots=True)
class Due:
    """Something whose period has ended."""

    kind: Kind
    key: str
    began: date
    ended: date
    rule: Rule
    source: str
    number: str = ""


class ListState(StrEnum):
    """Where a list of what is due stands."""

    PROPOSED = "PROPOSED"
    SEEN = "SEEN"  # by one supervisor; another has to agree
    DONE = "DONE"
    DROPPED = "DROPPED"


@dataclass(frozen=True, slots=True)
class DeletionList:
    """What is to be deleted, and which two people agreed to it."""

    id: str
    items: tuple[Due, ...]
    digest: str
    proposed_at: datetime
    state: ListState = ListState.PROPOSED
    first_by: str | None = None
    second_by: str | None = None
    done_at: datetime | None = None


class SameEyesError(ConflictError):
    """One person cannot agree twice; a second supervisor has to look at the list."""

    code = "AUT-SECOND-EYES"


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a certificate, and everything it rests on, is kept beyond its period."""

    id: str
    certificate_id: str
    reason: str
    reference: str
    placed_by: str
    placed_at: datetime
    lifted_by: str | None = None
    lifted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deletion:
    """What remains of something deleted: which, by which rule, and the digest of what was there."""

    list_id: str
    due: Due
    digests: Mapping[str, str]
    deleted_at: datetime
    approved_by: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a list came to; what it would come to when it is only tried."""

    deleted: tuple[Deletion, ...]
    skipped: tuple[Due, ...]


def blank_content(content: Mapping[str, Any]) -> dict[str, Any]:
    """Take persons, prices, quantities and papers out of what an exporter stated.

    What remains tells which goods, by code, went where under which agreement.
    """
    invoices = [{"number": DELETED, "dated": one["dated"]} for one in content["invoices"][:1]]
    lines = [
        {
            "item_no": one["item_no"],
            "determination_id": one.get("determination_id", ""),
            "takes": [
                took | {"quantities": _nought(took["quantities"])} for took in one.get("takes", ())
            ],
            "description": DELETED,
            "hs": one["hs"],
            # A line without a quantity is none; nought says that the amount is gone.
            "quantities": _nought(one["quantities"]),
            "invoice_refs": [1],
        }
        for one in content["lines"]
    ]
    kept = (
        "agreement",
        "form_type",
        "import_country",
        "shipped_on",
        "kind",
        "about_certificate",
    )
    cause = content.get("cause")
    return {name: content[name] for name in kept if name in content} | {
        "cause": blank_texts(cause) | {"code": cause["code"]} if cause else None,
        "first_certificates": [
            one | {"exporter": None, "import_declaration": DELETED, "paper_items": []}
            for one in content.get("first_certificates", ())
        ],
        "buyer": {"name": DELETED, "country": content["buyer"]["country"]},
        "invoices": invoices,
        "lines": lines,
    }


def _nought(quantities: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [dict(one) | {"value": "0"} for one in quantities[:1]]


def blank_document(document: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """Take persons, prices, quantities and papers out of a certificate."""
    parties = document.get("parties", ())
    items = [
        {name: one[name] for name in ("item_no", "hs", "hs_edition", "criterion") if name in one}
        for one in document.get("items", ())
    ]
    kept = (
        "co_uid",
        "agreement",
        "form_type",
        "number_raw",
        "issuance_kind",
        "issued_on",
        "valid_from",
        "valid_until",
        "export_country",
        "origin_country",
        "import_country",
        "rule_pack_version",
    )
    return {name: document[name] for name in kept if name in document} | {
        "parties": [
            {"role": one["role"], "name": DELETED, "country": one.get("country")} for one in parties
        ],
        "items": [one | {"description": DELETED} for one in items],
        "erased_on": on.isoformat(),
    }


def blank_texts(value: Mapping[str, Any]) -> dict[str, Any]:
    """Replace every text of a record; its other fields keep their shape."""
    return {name: DELETED if isinstance(one, str) else one for name, one in value.items()}


def blank_notice(statement: Mapping[str, Any]) -> dict[str, Any]:
    """Keep which boxes a notice was about, and when and why, without what they said."""
    return dict(statement) | {
        "errors": [one | {"says": DELETED, "right": DELETED} for one in statement["errors"]],
        "explanation": DELETED,
    }


def blank_case(case: Mapping[str, Any]) -> dict[str, Any]:
    """Take materials, costs and processes out of a case."""
    product = case.get("product", {})
    kept = ("agreement", "on", "hs_edition", "exporting_party", "importing_party")
    return {name: case[name] for name in kept if name in case} | {
        "product": {"hs": product.get("hs", ""), "description": DELETED},
        "materials": [],
        "processes": [],
    }


def blank_answer(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the verdict of an answer and nothing of what led to it."""
    emptied: dict[str, Any] = {name: [] for name, one in answer.items() if isinstance(one, list)}
    kept = ("verdict", "criterion", "rule_pack", "engine")
    return dict.fromkeys(answer) | emptied | {name: answer[name] for name in kept if name in answer}
