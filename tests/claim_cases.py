"""Lines of claims and the certificates they mean, as the checks look at them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ooms.claims.declaration import Particulars, Person, Proof
from ooms.claims.facts import Facts, Timing
from ooms.claims.held import Certified, Held, HeldItem, Invoiced, Named
from ooms.claims.loader import load_terms
from ooms.claims.model import Case, Line

TERMS = load_terms()
NUMBER = "K001-26-0000001"
ITEM = HeldItem(
    1,
    "850440",
    "STATIC CONVERTERS, MODEL SC-500",
    {"C62": Decimal(500), "KGM": Decimal("1250.5")},
    (Invoiced("HB-1", date(2026, 11, 18)),),
    hs_edition=2022,
    criterion=Certified("CTH", "CTC", level="CTH"),
    model="SC-500",
    packages=10,
)
HELD = Held(
    issuing_country="KR",
    agreement="AKFTA",
    number=NUMBER,
    number_key="K001260000001",
    partner="KR-KCS",
    state="AVAILABLE",
    issued_on=date(2026, 11, 20),
    valid_from=date(2026, 11, 20),
    valid_until=date(2027, 11, 19),
    exporter="HANBIT ELECTRONICS CO., LTD.",
    items=(ITEM,),
    form_type="AK",
    origin_country="KR",
    import_country="VN",
    issuer=Named("Seoul Main Customs", "KR"),
    exporter_party=Named("HANBIT ELECTRONICS CO., LTD.", "KR"),
    shipped_on=date(2026, 11, 19),
)
LINE = Line(1, NUMBER, 1, "850440", Decimal(100), "C62", "hanbit electronics co ltd", "HB-1")
FACTS = Facts(
    country="VN",
    parties=("KR", "VN", "ID", "SG"),
    timing=Timing(late=False, last_day=date(2027, 11, 19), source="a clock"),
)
ABOUT = Particulars(office="CAT LAI", importer=Person("SAIGON TRADING JSC"))


def a_case(
    held: Held | None = HELD,
    *,
    on: date = date(2026, 12, 1),
    used: Fraction = Fraction(0),
    facts: Facts = FACTS,
    about: Particulars = ABOUT,
    **line: Any,
) -> Case:
    """Make a case that every check passes, but for what is named."""
    found = (held,) if held is not None else ()
    return Case(replace(LINE, **line), on, found, used, TERMS, about, facts)


def with_item(**changes: Any) -> Held:
    """Return the certificate with another item."""
    return replace(HELD, items=(replace(ITEM, **changes),))


def stated(**changes: Any) -> Particulars:
    """Return a declaration that states something of the certificate."""
    return replace(ABOUT, proofs=(Proof(NUMBER, **changes),))
