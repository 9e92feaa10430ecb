"""Judges the worked cases of a pack and tells which came out otherwise than expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ooms.agreements.editions import Editions
from ooms.agreements.model import Agreement
from ooms.agreements.rule import Rule
from ooms.origin.case import read_case
from ooms.origin.determine import determine


def failed_cases(
    agreement: Agreement,
    cases: Iterable[dict[str, Any]],
    *,
    read_rule: Callable[[str], Rule],
    editions: Editions,
) -> tuple[str, ...]:
    """Give a line for each case whose verdict is not the expected one."""
    failed: list[str] = []
    for case in cases:
        read = read_case(case["document"], read_rule=read_rule)
        verdict = determine(read, agreement, editions=editions).verdict.value
        if verdict != case["verdict"]:
            failed.append(f"{case['name']}: {verdict} instead of {case['verdict']}")
    return tuple(failed)
