"""The table of constraints, and the judge who runs it from top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eodes.domain.certificate import Certificate
from eodes.domain.constraints import boxes, clocks, goods, lineage, persons
from eodes.domain.constraints.context import Findings, JudgingContext


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint under the code that its findings carry."""

    code: str
    judge: Callable[[Certificate, JudgingContext], Findings]

    @property
    def sentence(self) -> str:
        """Return the constraint in one sentence, as its function says it."""
        return (self.judge.__doc__ or "").strip().split("\n")[0]


CONSTRAINTS: tuple[Constraint, ...] = (
    Constraint("RUL-C01-RETROACTIVE", clocks.c1_retroactive),
    Constraint("RUL-C02-VALIDITY", clocks.c2_validity),
    Constraint("RUL-C03-GROSS-WEIGHT", goods.c3_gross_weight),
    Constraint("RUL-C04-PERCENT", goods.c4_percent),
    Constraint("RUL-C05-FOB", goods.c5_fob),
    Constraint("RUL-C06-HS", goods.c6_tariff_code),
    Constraint("RUL-C07-THIRD-COUNTRY", persons.c7_third_country_invoice),
    Constraint("RUL-C08-BACK-TO-BACK", lineage.c8_back_to_back),
    Constraint("RUL-C09-ITEM-CAP", goods.c9_item_cap),
    Constraint("RUL-C10-COUNTRY", persons.c10_countries),
    Constraint("RUL-C11-ISSUER", persons.c11_issuer),
    Constraint("RUL-C12-CHARSET", boxes.c12_charset),
    Constraint("RUL-C13-BOX", boxes.c13_boxes),
    Constraint("RUL-C14-CRITERION", goods.c14_criterion),
    Constraint("RUL-C15-REPLACEMENT", lineage.c15_replacement),
    Constraint("RUL-C16-ORIGINAL-DATE", clocks.c16_original_date),
    Constraint("RUL-F01-NUMBER-KEY", boxes.number_key_agrees),
    Constraint("RUL-F02-REMARK", persons.remarks_complete),
    Constraint("RUL-F03-INVOICE", persons.invoices_complete),
    Constraint("RUL-F04-MARKS", boxes.marks_said_once),
    Constraint("RUL-F05-PACKAGES", boxes.packages_or_bulk),
    Constraint("RUL-F06-ITEM-NUMBERS", boxes.item_numbers_run),
    Constraint("RUL-F07-PLACES", boxes.places_exist),
    Constraint("RUL-F08-TEXT", boxes.text_normal),
    Constraint("RUL-F09-DATES", clocks.dates_in_order),
    Constraint("RUL-F10-KIND", clocks.issuance_kind_known),
)


def judge(certificate: Certificate, context: JudgingContext) -> Findings:
    """Return every finding on a certificate, in the order of the constraints."""
    findings: list[Findings] = [one.judge(certificate, context) for one in CONSTRAINTS]
    return tuple(finding for found in findings for finding in found)
