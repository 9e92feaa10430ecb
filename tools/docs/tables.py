"""The reference page of the gateway's database tables."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect

from eodes.store.tables import metadata
from tools.docs import markdown

_POSTGRESQL: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped

#: What each table is for.
_PURPOSES = {
    "eodes_attempt": "Every call to a partner: begun, ended, with what outcome.",
    "eodes_channel": "The last place and digest of each channel towards a partner.",
    "eodes_exchange": "Certificates of ours, and how far each has come with the partner it is for.",
    "eodes_exchange_move": "Every step of an exchange, and what caused it.",
    "eodes_explanation": "Why a difference that reconciliations find may stand, and who says so.",
    "eodes_finding": "What a reconciliation found to differ, and the repair.",
    "eodes_incoming": "Messages of partners that were accepted: the exact bytes and our answer.",
    "eodes_job": "The last run of each job.",
    "eodes_job_run": "Runs of jobs that did something or failed.",
    "eodes_lease": "Who runs a job, and which processes live.",
    "eodes_news": "What the office is to be told, at least once each, in order.",
    "eodes_outgoing": "Messages of ours: the intent, the place in the channel, the exact bytes.",
    "eodes_partner": "Partners, their endpoint and their card.",
    "eodes_pin": "The certificates that partners are known by.",
    "eodes_receipt": "Every signed answer that a partner gave, whichever way it came.",
    "eodes_received_certificate": "Certificates that partners sent us, as they stand.",
    "eodes_reconciliation": "Runs of reconciliation.",
    "eodes_refused": "Documents of known partners that were refused, and our signed refusal.",
    "eodes_transit_evidence": "Evidence of transit that partners sent.",
    "eodes_trust_version": "Counts changes of trust, so that a process knows when to look again.",
    "eodes_verification": "Who asked whom to verify what, and how far it has come.",
    "eodes_use": "Use feedback, as we sent it and as partners sent it.",
}


def pages() -> dict[str, str]:
    """Return the page by its path below docs/reference."""
    return {"tables.md": markdown.page("Database tables", "`eodes/store/tables.py`", _lines())}


def _lines() -> Iterator[str]:
    yield "The same tables on SQLite and PostgreSQL, made by one line of migrations."
    yield "No table is a contract: programs use the command line and the HTTP routes."
    yield "The audit tables (`eodes_attempt`, `eodes_receipt`, `eodes_incoming`, `eodes_refused`,"
    yield "`eodes_exchange_move`) are never deleted from."
    yield "What is deleted after its period is the office's own: see"
    yield "[how to keep and delete](../how-to/retention.md)."
    for table in metadata.sorted_tables:
        yield from markdown.section(f"`{table.name}`")
        yield _PURPOSES[table.name]
        yield ""
        yield from markdown.table(
            ("column", "type", "key", "may be empty"),
            (_column(table, one) for one in table.columns),
        )


def _column(table: Table, column: Column[object]) -> tuple[object, ...]:
    kind = column.type.compile(dialect=_POSTGRESQL)
    is_key = column.name in table.primary_key.columns
    return markdown.code(column.name), kind.lower(), "key" if is_key else "", bool(column.nullable)
