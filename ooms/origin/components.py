"""The component that gives a good its classification, and what the good's textiles weigh.

Where an agreement says so, only that component's materials must change classification; what a
chapter note asks of other components stays a condition of its own.
"""

from __future__ import annotations

from decimal import Decimal

from ooms.agreements.policies import Kind, RuleType
from ooms.agreements.rule import Codes
from ooms.kernel.hs import HsRange
from ooms.origin.classification import member_of
from ooms.origin.facts import Material
from ooms.origin.hearing import Hearing, Span, amount_questions
from ooms.origin.trace import Question, Reason
from ooms.origin.truth import Truth

COMPONENT_KEY = "classification_component"
COMPONENT_QUESTION = Question(COMPONENT_KEY, Reason("ask.classification_component"))

# Introductory notes to EU-type rules, basic textile materials: chapters 50 to 63 and horsehair.
_TEXTILES = (Codes(HsRange.parse("50", "63")), Codes(HsRange.parse("0511")))


def is_by_component(hearing: Hearing) -> bool:
    """Tell whether only a component of the good must change classification."""
    goods = hearing.rule_set.component_goods
    return bool(goods) and any(codes.contains(hearing.case.product.code) for codes in goods)


def named(hearing: Hearing) -> str | None:
    """Give the component that a person named, if one did."""
    given = hearing.case.answers.get(COMPONENT_KEY)
    return given if isinstance(given, str) else None


def belongs(material: Material, hearing: Hearing) -> Truth:
    """Tell whether a material is part of the component that was named."""
    given = hearing.case.answers.get(_key(material))
    part = material.component or (given if isinstance(given, str) else None)
    wanted = named(hearing)
    if part is None or wanted is None:
        return Truth.UNKNOWN
    return Truth.YES if part.casefold() == wanted.casefold() else Truth.NO


def question(material: Material) -> Question:
    """Ask to which component a material belongs."""
    return Question(_key(material), Reason("ask.component", (("material", material.name),)))


def weight(hearing: Hearing) -> tuple[Span | None, tuple[Question, ...]]:
    """Give what the component weighs, foreign materials and own, or what must be asked."""
    if named(hearing) is None:
        return None, (COMPONENT_QUESTION,)
    lines = [ln.material for ln in hearing.counted(RuleType.SHIFT)]
    materials = [m for m in lines if m.kind is Kind.MATERIAL]
    placed = [(m, belongs(m, hearing)) for m in materials]
    return _bounded(placed, tuple(question(m) for m, t in placed if t is Truth.UNKNOWN))


def weight_of_textiles(hearing: Hearing) -> tuple[Span | None, tuple[Question, ...]]:
    """Give what all basic textile materials of the good weigh, or what must be asked."""
    lines = [ln.material for ln in hearing.counted(RuleType.SHIFT)]
    placed = [(m, member_of(m, _TEXTILES, hearing.case)) for m in lines]
    return _bounded(placed, ())


def _bounded(
    placed: list[tuple[Material, Truth]], asked: tuple[Question, ...]
) -> tuple[Span | None, tuple[Question, ...]]:
    """Bound a weight; without every weight that may count, the whole is not known."""
    counted = [(m, truth) for m, truth in placed if truth is not Truth.NO]
    missing = amount_questions((m for m, _ in counted), "weight")
    low = sum((m.weight or Decimal(0) for m, t in counted if t is Truth.YES), Decimal(0))
    high = sum((m.weight or Decimal(0) for m, _ in counted), Decimal(0))
    if not low or missing:
        return None, (*missing, *asked) or (
            Question("product_weight", Reason("ask.product_weight")),
        )
    return Span(low, high), asked


def _key(material: Material) -> str:
    return f"component:{material.path}"
