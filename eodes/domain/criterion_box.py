"""The criterion box: from a structured criterion to the printed words of a form, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache

from eodes.domain.certificate import Country, Criterion, CriterionKind, TariffChangeLevel
from eodes.domain.form import CriterionPattern, Form

_PLACEHOLDER = re.compile(r"\{(level|percent|process)\}")
_TEMPLATES = {
    "level": "(?P<level>CC|CTH|CTSH)",
    "percent": r"(?P<percent>\d{1,3}(?:\.\d{1,4})?)",
    "process": r"(?P<process>\S(?:.*\S)?)",
}


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One way to write a criterion, ready for matching."""

    pattern: CriterionPattern
    matches: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class CriterionFacts:
    """A criterion as it was determined, before a form gives it words."""

    kind: CriterionKind
    level: TariffChangeLevel | None = None
    percent: Decimal | None = None
    process: str | None = None


def print_criterion(form: Form, facts: CriterionFacts, *, issuer: Country) -> str | None:
    """Return what stands in the box for a criterion, or None when the form has no words for it.

    Of several wordings the one that says most of what is known is taken.
    """
    shown = facts.percent and rounded(form, facts.percent, issuer=issuer)
    values = {
        "level": facts.level.value if facts.level else None,
        "percent": None if shown is None else _plain(shown),
        "process": facts.process,
    }
    known = {name for name, value in values.items() if value is not None}
    wordings = [
        one.printed
        for one in form.criteria
        if one.kind == facts.kind and set(_PLACEHOLDER.findall(one.printed)) <= known
    ]
    if not wordings:
        return None
    best = max(wordings, key=lambda printed: len(_PLACEHOLDER.findall(printed)))
    return _PLACEHOLDER.sub(lambda found: values[found.group(1)] or "", best)


@lru_cache(maxsize=8192)
def read_criterion(form: Form, printed: str) -> Criterion | None:
    """Return the structured criterion that the words of the box mean, or None.

    Capitals, blanks and the form's suffixes do not matter; `printed` is kept as it stands.
    """
    words = _without_suffixes(form, " ".join(printed.split()))
    for spelling in _spellings(form):
        found = spelling.matches.fullmatch(words)
        if found:
            parts = found.groupdict()
            level, percent = parts.get("level"), parts.get("percent")
            return Criterion(
                kind=spelling.pattern.kind,
                printed=printed,
                level=TariffChangeLevel(level.upper()) if level else None,
                percent=Decimal(percent) if percent else None,
                process=parts.get("process"),
            )
    return None


def rounded(form: Form, percent: Decimal, *, issuer: Country) -> Decimal:
    """Return a percentage as an issuer prints it: some cut decimals, none round up."""
    rule = form.percent_rounding
    if rule is None or issuer not in rule.issuers:
        return percent
    return percent.quantize(Decimal(1).scaleb(-rule.places), rounding=ROUND_DOWN)


@lru_cache(maxsize=8192)
def pattern_of(form: Form, printed: str) -> CriterionPattern | None:
    """Return the form's pattern that the words of the box match, or None."""
    words = _without_suffixes(form, " ".join(printed.split()))
    return next((one.pattern for one in _spellings(form) if one.matches.fullmatch(words)), None)


def says(pattern: CriterionPattern, fact: str) -> bool:
    """Tell whether a pattern prints a fact: "level", "percent" or "process"."""
    return "{" + fact + "}" in pattern.printed


@lru_cache(maxsize=256)
def _spellings(form: Form) -> tuple[_Spelling, ...]:
    return tuple(
        _Spelling(pattern, _matcher(template))
        for pattern in form.criteria
        for template in (pattern.printed, *pattern.accepted)
    )


def _matcher(template: str) -> re.Pattern[str]:
    pieces = re.split(r"(\{level\}|\{percent\}|\{process\}|\s*[+%,]\s*|\s+)", template)
    return re.compile("".join(_piece(one) for one in pieces), re.IGNORECASE)


def _piece(text: str) -> str:
    if _PLACEHOLDER.fullmatch(text):
        return _TEMPLATES[text[1:-1]]
    if text.isspace():
        return r"\s+"
    sign = text.strip()
    if sign and sign in "+%,":
        return rf"\s*{re.escape(sign)}\s*"
    return re.escape(text)


def _without_suffixes(form: Form, words: str) -> str:
    for _ in form.suffixes:
        for suffix in form.suffixes:
            stripped = words.removesuffix(suffix.printed)
            if stripped != words:
                words = stripped.rstrip(" ,")
    return words


def _plain(percent: Decimal) -> str:
    text = format(percent, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
