"""A determination with advice: the cheapest questions, and the smallest changes, all tried."""

from __future__ import annotations

from dataclasses import replace
from decimal import localcontext

from ooms.agreements.editions import Editions
from ooms.agreements.model import Agreement
from ooms.kernel.quantity import EXACT
from ooms.origin.determine import determine
from ooms.origin.facts import Case
from ooms.origin.inputs import inputs_hash
from ooms.origin.questions import deciding_sets, ordered_questions, shown
from ooms.origin.remedies import remedied
from ooms.origin.trace import Determination


def advise(case: Case, agreement: Agreement, *, editions: Editions) -> Determination:
    """Judge a case, and say what would decide it and what would make the good qualify.

    1. Judge the case.
    2. Find the cheapest questions whose answers would decide.
    3. Find the smallest changes; each is tried on the case before it is proposed.

    Raises:
        CaseError: The case does not fit the agreement.
        BillTooDeepError: The bill of materials nests too deeply.
    """
    judged: dict[str, Determination] = {}

    def judge(changed: Case) -> Determination:
        # searches meet the same changed case again and again
        key = inputs_hash(changed)
        if key not in judged:
            judged[key] = determine(changed, agreement, editions=editions)
        return judged[key]

    with localcontext(EXACT):
        found = judge(case)  # 1
        decided = deciding_sets(case, found, judge=judge)  # 2
        ways = remedied(case, found, agreement=agreement, judge=judge)  # 3
    questions = ordered_questions(found.questions, decided)
    return replace(found, questions=questions, deciding=shown(decided), ways_out=ways)
