"""Shows the rule of one code as an agreement's pack holds it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ooms.agreements.model import Agreement, RuleSet
from ooms.agreements.rule_text import text_of
from ooms.kernel.hs import HsCode


def shown_rules(
    agreement: Agreement, code: HsCode, *, on: date | None = None
) -> tuple[dict[str, object], ...]:
    """Give the rules of a code with their sources, under the rule sets of a day or the last.

    The rule for every good of a code comes last, after those for the goods that words describe.
    """
    rule_sets = agreement.rule_sets_on(on) if on else agreement.rule_sets[-1:]
    return tuple(shown for rule_set in rule_sets for shown in _of(agreement, rule_set, code))


def _of(agreement: Agreement, rule_set: RuleSet, code: HsCode) -> Iterator[dict[str, object]]:
    head: dict[str, object] = {
        "agreement": agreement.code,
        "rule_set": rule_set.id,
        "hs_edition": rule_set.hs_edition,
    }
    candidates = rule_set.products.candidates(code)
    for product in candidates.rules:
        yield head | {
            "codes": product.codes.text,
            "goods": product.goods or "every good of the codes not named before",
            "rule": text_of(product.rule),
            "source": product.cited.source,
            "verified": product.cited.verified,
        }
    for general in rule_set.general if candidates.default is None else ():
        parties = ", ".join(party.letters for party in general.exporters)
        yield head | {
            "codes": "every other good",
            "goods": f"exported by {parties}" if parties else "every good not named before",
            "rule": text_of(general.rule),
            "source": general.cited.source,
            "verified": general.cited.verified,
        }
