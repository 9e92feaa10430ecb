"""Joins the findings of a rule's parts into the finding of the rule."""

from __future__ import annotations

from itertools import chain

from ooms.agreements.rule import Rule
from ooms.agreements.rule_text import text_of
from ooms.origin.trace import Finding, Reason
from ooms.origin.truth import Truth


def joined(rule: Rule, met: Truth, parts: tuple[Finding, ...], *, key: str) -> Finding:
    """Tell a rule by its parts: their open questions, and the value that decided."""
    open_parts = (p for p in parts if p.met is Truth.UNKNOWN)
    questions = tuple(chain(*(p.questions for p in open_parts)))
    value = next((p.value for p in parts if p.value and p.met is met), None)
    named = tuple(dict.fromkeys(chain(*(p.materials for p in parts if p.met is met))))
    asked = questions if met is Truth.UNKNOWN else ()
    return Finding(text_of(rule), met, Reason(key), named, asked, value, parts)
