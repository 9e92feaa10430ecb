"""Whether the good is one of the codes that a part of its rule is for: its own code decides."""

from __future__ import annotations

from ooms.agreements.rule import Codes
from ooms.agreements.rule_text import set_text
from ooms.kernel.hs import HsCode
from ooms.origin.concordance import PRODUCT_CODE
from ooms.origin.facts import Case
from ooms.origin.trace import Finding, Question, Reason
from ooms.origin.truth import Truth

CODE_QUESTION = Question(PRODUCT_CODE, Reason("ask.product_code"))
_REASONS = {Truth.YES: "codes.within", Truth.NO: "codes.outside", Truth.UNKNOWN: "codes.open"}


def good_within(codes: tuple[Codes, ...], case: Case) -> Finding:
    """Tell whether the good is classified within the codes, for all its candidates alike."""
    met = agreed(codes, case.product.codes)
    facts = (("codes", set_text(codes).strip("{}")),)
    questions = (CODE_QUESTION,) if met is Truth.UNKNOWN else ()
    return Finding(f"GOOD{set_text(codes)}", met, Reason(_REASONS[met], facts), questions=questions)


def agreed(codes: tuple[Codes, ...], candidates: tuple[HsCode, ...]) -> Truth:
    """Give the one answer that all candidate codes share, or say that it is not known."""
    answers = {_within(code, codes) for code in candidates}
    return answers.pop() if len(answers) == 1 else Truth.UNKNOWN


def _within(code: HsCode, codes: tuple[Codes, ...]) -> Truth:
    if any(one.range.contains(code) for one in codes):
        return Truth.YES
    return Truth.UNKNOWN if any(one.range.overlaps(code) for one in codes) else Truth.NO
