"""What a buyer may not read out of his own determination: amounts that a supplier sealed.

The engine counts them; the buyer learns the verdict, and of each condition whether it is met.
No figure is left from which an amount could be had by subtraction: no content, no slack, no
least price, no advice, and no digest of the inputs, which could be guessed until it fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ooms.determinations.model import Stale

Json = dict[str, Any]

REASON = "withheld.supplier"
ONLY_ITS_SUPPLIER = "a supplier entrusted these amounts to the office alone"
#: The facts of a reason that say nothing of what a supplier stated.
_PLAIN_FACTS = frozenset(
    {
        *("agreement", "base", "basis", "code", "codes", "edition", "from", "material", "method"),
        *("name", "on", "operations", "origin", "process", "threshold", "to", "until", "what"),
        *("words", "years", "zone"),
    }
)
_FIGURES = ("content_percent", "slack", "minimum_price")
_BEST_FIRST = ("originating", "needs_fact", "non_originating")
#: Why a determination is stale, without a name or a figure.
PLAIN: Mapping[str, str] = {
    Stale.PRICE.value: "sold below the lowest price at which the rule is met",
    Stale.PROOF.value: "a supplier's declaration expired or was revoked",
}


def plain(stale_reasons: Mapping[str, str]) -> dict[str, str]:
    """Tell why something is stale without naming a supplier or a price."""
    return {name: PLAIN.get(name, why) for name, why in stale_reasons.items()}


def stating(lines: Iterable[Mapping[str, Any]], at: str = "materials") -> Iterator[str]:
    """Walk the places of the lines that a supplier's amounts stand in."""
    for place, line in enumerate(lines):
        path = f"{at}[{place}]"
        if line.get("statement"):
            yield path
        yield from stating(line.get("made_from") or (), f"{path}.made_from")


@dataclass(frozen=True, slots=True)
class Veil:
    """Takes what rests on sealed lines out of a case and its answer, in a reader's words."""

    sealed: tuple[str, ...]
    words: Mapping[str, str]

    def case(self, case: Mapping[str, Any]) -> Json:
        """Return a case without what its suppliers sealed."""
        return dict(case) | {"materials": self._lines(case["materials"], "materials")}

    def answer(self, answer: Mapping[str, Any]) -> Json:
        """Return a told answer with the verdict and what is met, and nothing to count back."""
        if not self.sealed:
            return dict(answer)
        questions = [self._question(one) for one in answer["questions"] if self._is_own(one["key"])]
        told: Json = dict(answer) | {
            "alternatives": [self._alternative(one) for one in answer["alternatives"]],
            "origins": [
                self._told(one, "because")
                for one in answer.get("origins", ())
                if self._is_own(one["path"])
            ],
            "value": _without_figures(answer["value"]),
            "questions": questions,
            "would_qualify_if": [],
            "inputs_hash": None,
        }
        if "deciding_questions" in told:
            told["deciding_questions"] = [
                one for one in told["deciding_questions"] if all(map(self._is_own, one["keys"]))
            ]
        return told

    def rows(self, rows: Iterable[Mapping[str, Any]]) -> tuple[Json, ...]:
        """Return the rows of a comparison; how near each came is no order any more."""
        told = [self.answer(row) for row in rows]
        if self.sealed:
            told = [row | {"ways_out": None} for row in told]
            told.sort(key=_order)
        return tuple(told)

    def _lines(self, lines: Iterable[Mapping[str, Any]], at: str) -> list[Json]:
        made = []
        for place, given in enumerate(lines):
            path, line = f"{at}[{place}]", dict(given)
            if path in self.sealed:
                line.pop("statement", None)
            if line.get("made_from"):
                line["made_from"] = self._lines(line["made_from"], f"{path}.made_from")
            made.append(line)
        return made

    def _alternative(self, alternative: Json) -> Json:
        findings = [self._finding(one) for one in alternative["findings"]]
        return alternative | {"findings": findings}

    def _finding(self, finding: Json) -> Json:
        told = self._told(finding, "because")
        if told["reason"] == _withheld_reason():
            told["materials"] = []
        if "parts" in finding:
            told["parts"] = [self._finding(part) for part in finding["parts"]]
        return told

    def _question(self, question: Json) -> Json:
        return self._told(question, "text")

    def _told(self, told: Json, field: str) -> Json:
        """Keep the words of a reason that names no amount, count or material of the supplier."""
        reason = told.get("reason")
        if reason is not None and _PLAIN_FACTS.issuperset(reason["facts"]):
            return dict(told)
        return told | {field: self.words[REASON], "reason": _withheld_reason()}

    def _is_own(self, key: str) -> bool:
        """Tell whether a key or a path is about the buyer's own bill, not about what is in it."""
        return not any(f"{path}." in key for path in self.sealed)


def _withheld_reason() -> Json:
    return {"key": REASON, "facts": {}}


def _without_figures(value: Json | None) -> Json | None:
    return None if value is None else value | dict.fromkeys(_FIGURES)


def _order(row: Json) -> tuple[bool, int, str, str]:
    return (
        not row["rule_loaded"],
        _BEST_FIRST.index(row["verdict"]),
        str(row["agreement"]),
        str(row["rule_set"]),
    )
