"""11. Is the criterion one that the agreement's rules admit for these goods?"""

from __future__ import annotations

from ooms.claims import minor
from ooms.claims.facts import Admissible
from ooms.claims.held import Certified
from ooms.claims.model import Case, Checked, passes

NAME = "criterion"

_VALUE_PARTS = frozenset({"VALUE"})
_WHOLLY = "WO"
#: Goods of nature and what is got from them end here; later chapters hold manufactures.
_LAST_CHAPTER_OF_NATURE = 27
#: Which kinds of rule each kind of criterion on a form rests on; any of them is enough.
RESTS_ON: dict[str, frozenset[str]] = {
    "CTC": frozenset({"SHIFT", "CC", "CTH", "CTSH", "MADE_FROM"}),
    "RVC": _VALUE_PARTS,
    "CTC_RVC": frozenset({"SHIFT", "CC", "CTH", "CTSH", "VALUE"}),
    "SP": frozenset({"PROCESS", "MADE_FROM"}),
    "B": _VALUE_PARTS,
}


def check(case: Case) -> Checked | None:
    """The certified criterion is admissible for the subheading, and is the declared one."""
    item = case.item
    if item is None or item.criterion is None:
        return None
    certified, admissible = item.criterion, case.facts.admissible
    facts = {"certified": certified.printed, "kind": certified.kind, "hs": item.hs}
    if admissible is not None:
        facts |= {"rule": admissible.rule, "rule_source": admissible.source}
        judged = _admitted(case, certified, admissible, facts=facts)
        if judged is not None:
            return judged
    declared = case.line.criterion
    if declared and not minor.numbers(declared, certified.printed, minor=case.terms.minor).alike:
        detail = f"declared criterion {declared}, certified {certified.printed}"
        return case.differs("REF-CRITERION", detail=detail, facts=facts | {"declared": declared})
    if admissible is None:
        return passes(NAME, f"{certified.printed}; the pack has no rule to hold it against", facts)
    return passes(NAME, f"{certified.printed} is admitted by {admissible.rule}", facts)


def _admitted(
    case: Case, certified: Certified, admissible: Admissible, *, facts: dict[str, str]
) -> Checked | None:
    if certified.kind == _WHOLLY:
        return _wholly(case, certified, admissible, facts=facts)
    rests_on = RESTS_ON.get(certified.kind)
    level_admitted = not certified.level or _has_level(certified.level, admissible)
    fits = rests_on is None or bool(rests_on & admissible.parts)
    if admissible.is_complete and not (fits and level_admitted):
        detail = f"{certified.printed} is certified, the rule is {admissible.rule}"
        return case.differs("RUL-CRITERION", detail=detail, facts=facts)
    return _percent(case, certified, admissible, facts=facts)


def _wholly(
    case: Case, certified: Certified, admissible: Admissible, *, facts: dict[str, str]
) -> Checked | None:
    """A manufacture is hardly wholly obtained, unless its own rule asks for that."""
    chapter = int(facts["hs"][:2])
    if chapter <= _LAST_CHAPTER_OF_NATURE or "WHOLLY_OBTAINED" in admissible.parts:
        return None
    detail = f"{certified.printed} is certified for goods of chapter {chapter:02d}"
    return case.differs("RUL-CRITERION", detail=detail, facts=facts)


def _has_level(level: str, admissible: Admissible) -> bool:
    """A change further away than the rule asks for is one that it asks for too."""
    order = ("CTSH", "CTH", "CC")
    asked = [order.index(one) for one in order if one in admissible.parts]
    return not asked or order.index(level) >= min(asked)


def _percent(
    case: Case, certified: Certified, admissible: Admissible, *, facts: dict[str, str]
) -> Checked | None:
    """A stated share reaches the rule's; 39.9 that was cut to 39 does not."""
    least = admissible.least_percent
    if certified.kind not in ("RVC", "CTC_RVC") or least is None:
        return None
    facts |= {"least_percent": f"{least:f}"}
    if certified.percent is None:
        detail = f"{certified.printed} names no share; the rule asks for {least:f} %"
        return case.differs("RUL-PERCENT", detail=detail, facts=facts)
    if certified.percent < least:
        detail = f"{certified.percent:f} % is certified, the rule asks for {least:f} %"
        return case.differs("RUL-PERCENT", detail=detail, facts=facts)
    return None
