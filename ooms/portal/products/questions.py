"""Questions of a determination as fields, and their answers as facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ooms.portal.forms import Form

_TEXTS = frozenset({"component", "classification_component", "rule_set"})
_AMOUNTS = frozenset({"price", "vom", "outward_value"})
#: What the bill itself has to say.
_OF_THE_BILL = frozenset({"value", "weight", "product_weight", "materials"})
#: What no answer settles.
_UNSETTLED = frozenset(
    {"inventory_method", "rule_not_loaded", "rule_set_not_in_force", "edition_not_loaded"}
)
_SAID = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the field that takes its answer, and how it is answered."""

    key: str
    text: str
    name: str
    #: `said` (yes or no), `code`, `amount`, `text`, `bill` or `unsettled`.
    how: str
    codes: tuple[str, ...]
    decides: bool


def asked(questions: Iterable[Mapping[str, Any]], *, since: int = 0) -> list[Asked]:
    """Return questions as fields, numbered behind the facts that were given before."""
    told = [
        Asked(
            key=one["key"],
            text=one["text"],
            name=f"facts.{place}.answer",
            how=_how(one["key"]),
            codes=tuple(filter(None, one["reason"]["facts"].get("codes", "").split(", "))),
            decides=bool(one.get("decides", True)),
        )
        for place, one in enumerate(questions, since)
    ]
    return sorted(told, key=lambda one: not one.decides)


def facts_of(form: Form) -> dict[str, bool | str]:
    """Return the facts that a form tells: each has its key and its answer."""
    given = form.body("facts").get("facts", [])
    return {
        one["key"]: _SAID.get(one["answer"], one["answer"])
        for one in given
        if "key" in one and "answer" in one
    }


def _how(key: str) -> str:
    what = key.rpartition("/")[2].partition(":")[0]
    for names, how in (
        (frozenset({"hs"}), "code"),
        (_AMOUNTS, "amount"),
        (_TEXTS, "text"),
        (_OF_THE_BILL, "bill"),
        (_UNSETTLED, "unsettled"),
    ):
        if what in names:
            return how
    return "said"
