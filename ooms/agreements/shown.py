"""Shows the rule of one code as an agreement's pack holds it."""

from __future__ import annotations

from datetime import date

from ooms.agreements.model import Agreement
from ooms.agreements.rule_text import text_of
from ooms.kernel.hs import HsCode


def shown_rule(
    agreement: Agreement, code: HsCode, *, on: date | None = None
) -> dict[str, str] | None:
    """Give the rule of a code with its source, under the rule set of a day or the last one."""
    rule_sets = agreement.rule_sets_on(on) if on else agreement.rule_sets[-1:]
    for rule_set in rule_sets:
        product = rule_set.products.find(code)
        chosen = product or rule_set.general
        if chosen is None:
            continue
        return {
            "agreement": agreement.code,
            "rule_set": rule_set.id,
            "hs_edition": str(rule_set.hs_edition),
            "codes": product.codes.text if product else "every other good",
            "rule": text_of(chosen.rule),
            "source": chosen.cited.source,
            "verified": "yes" if chosen.cited.verified else "no",
        }
    return None
