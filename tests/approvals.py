"""Builds what tests of approved exporters apply for, and what they read in a refusal."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.offices import Offices, Person

TODAY = date(2026, 11, 21)
MANAGER: dict[str, Any] = {
    "name": "Lee Minho",
    "qualification": "CUSTOMS_BROKER",
    "own_staff": False,
    "valid_from": "2026-01-01",
}
CODES = ("STATEMENT", "STATEMENT_EVIDENCE", "SYSTEM_OR_MANUAL", "REGISTER", "MANAGER_EVIDENCE")
PAPERS = [{"code": code, "reference": f"file {code.lower()}"} for code in CODES]
COMPANY: dict[str, Any] = {"level": "COMPANY", "managers": [MANAGER], "papers": PAPERS}
ITEM = COMPANY | {"level": "ITEM", "agreement": "AKFTA", "hs6": "850440"}
GRANT: dict[str, Any] = {"decision": "APPROVED", "reason": "every requirement is met"}
BASE = "/approved-exporters"


def applied(exporter: Person, body: dict[str, Any] = COMPANY) -> Any:
    return exporter.post(f"{BASE}/requests", body)


def decided(officer: Person, request: Any, verdict: dict[str, Any] = GRANT) -> Any:
    return officer.post(f"{BASE}/requests/{request['id']}/decision", verdict)


def approved_exporter(
    exporter: Person,
    officer: Person,
    body: dict[str, Any] = COMPANY,
    *,
    verdict: dict[str, Any] = GRANT,
) -> Any:
    request = decided(officer, applied(exporter, body), verdict)
    return officer.get(f"{BASE}/{request['granted'][0]}")


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def flaw(answer: Any) -> str:
    return str(answer.json()["errors"][0]["code"])


def after(offices: Offices, days: int, *people: Person) -> list[Person]:
    """Let days pass; whoever works then logs in again."""
    offices.world.clock.advance(days=days)
    return [offices.log_in("KR-KCS", one.login) for one in people]
