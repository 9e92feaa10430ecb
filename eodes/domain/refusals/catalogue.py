"""Every refusal code that this gateway gives, alphabetical."""

from __future__ import annotations

from collections.abc import Mapping

from eodes.domain.refusals.envelope import CONTENT, ENVELOPE
from eodes.domain.refusals.exchange import EXCHANGE
from eodes.domain.refusals.meaning import Meaning
from eodes.domain.refusals.rules import CONSTRAINTS, TOWARDS_A_PARTNER
from eodes.domain.refusals.trust import TRUST
from eodes.domain.refusals.verification import VERIFICATION

#: The families of codes, and what a code of each is about.
FAMILIES: Mapping[str, str] = {
    "AUT": "not authorized",
    "DUP": "duplicate or conflict",
    "ENV": "envelope",
    "LED": "quantity ledger or unit",
    "LIN": "lineage",
    "REF": "code lists and references",
    "RUL": "rule of the agreement, the form or the partner",
    "SCH": "schema",
    "SIG": "signature and trust",
    "SYS": "temporary",
}

_ALL = (*CONSTRAINTS, *CONTENT, *ENVELOPE, *EXCHANGE, *TOWARDS_A_PARTNER, *TRUST, *VERIFICATION)

CATALOGUE: Mapping[str, Meaning] = {
    meaning.code: meaning for meaning in sorted(_ALL, key=lambda one: one.code)
}


def meaning_of(code: str) -> Meaning | None:
    """Return what a code means; None for a code that only a partner's own system knows."""
    return CATALOGUE.get(code)
