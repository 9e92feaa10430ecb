"""Claims at the border: checks against many certificates and a long ledger, on PostgreSQL.

The certificates that are claimed came in through the gateway, signed and judged.  The rest fill
the tables with rows like theirs, whose messages are empty because nobody asks for them.
"""

from __future__ import annotations

import itertools
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from eodes.messages.co_issue import CertificateIssue
from eodes.wire.signer import seal
from ooms.access.model import Role, User
from ooms.agreements.registry import load_shipped
from ooms.bootstrap import Office, build_office
from ooms.claims.declaration import Declaration, Line
from ooms.db import Work
from ooms.settings import OfficeSettings
from tests.bench import specimen
from tests.bench.nodes import Pair, pair
from tests.bench.timing import percentile
from tests.integration.postgres import NoServerError, running_server
from tests.offices import PASSWORD, QUICK_HASHER
from tests.world import answer_of

MILLION = 1_000_000
CLAIMS = 2000
#: What the issue asks for.
MOST_MS = 10
LEAST_PER_S = 300
_ENTRIES_EACH = 3
_WARM = 50
_PIECES = Decimal(1)
_NUMBERS = itertools.count(1)

_FILL_CERTIFICATES = """
INSERT INTO eodes_received_certificate
SELECT (jsonb_populate_record(r, jsonb_build_object(
    'number_key', 'F' || lpad(n::text, 12, '0'), 'number_raw', 'F' || lpad(n::text, 12, '0'),
    'lookalike_key', 'F' || lpad(n::text, 12, '0'), 'message_id', gen_random_uuid()::text))).*
FROM eodes_received_certificate AS r, generate_series(1, :count) AS n
WHERE r.number_key = (SELECT min(number_key) FROM eodes_received_certificate)
"""
_FILL_MESSAGES = """
INSERT INTO eodes_incoming
SELECT (jsonb_populate_record(m, jsonb_build_object(
    'message_id', r.message_id, 'channel_seq', NULL, 'document', '', 'answer', ''))).*
FROM eodes_received_certificate AS r, eodes_incoming AS m
WHERE r.number_key LIKE 'F%'
    AND m.message_id = (SELECT min(message_id) FROM eodes_incoming WHERE type = 'co_issue')
"""
_FILL_BALANCES = """
INSERT INTO ooms_ledger_balance
    (issuing_country, agreement, number_key, item_no, used_share, reserved_share, entries)
SELECT issuing_country, agreement, number_key, 1, '3/10', '0', :each
FROM eodes_received_certificate WHERE number_key LIKE 'F%'
"""
_FILL_ENTRIES = """
INSERT INTO ooms_ledger_draw
    (id, issuing_country, agreement, number_key, item_no, turn, kind, share, quantity, unit,
     source, source_id, line_no, spec_no, reference, office, importer, invoice, reason, by, at)
SELECT gen_random_uuid()::text, issuing_country, agreement, number_key, 1, turn, 'DRAWN', '1/10',
    '10', 'C62', 'CLAIM', gen_random_uuid()::text, 1, 0, 'D' || number_key || turn,
    'HAI PHONG', 'I' || right(number_key, 4), 'V' || number_key, '', 'officer', now()
FROM eodes_received_certificate, generate_series(1, :each) AS turn WHERE number_key LIKE 'F%'
"""
_DRAWN = "SELECT count(*) FROM ooms_ledger_draw WHERE reference LIKE 'BENCH-%'"


def measure(*, certificates_held: int = MILLION, claims: int = CLAIMS) -> dict[str, Any]:
    """Fill the tables, and check claims in this process."""
    try:
        with running_server(is_durable=True) as server:
            server.run("CREATE DATABASE border")
            databases = {specimen.RECEIVER: server.url("border")}
            with (
                tempfile.TemporaryDirectory(prefix="ooms-bench-") as folder,
                pair(Path(folder), databases=databases) as nodes,
            ):
                return _at_border(nodes, held=certificates_held, claims=claims)
    except NoServerError as error:
        return {"missing": str(error)}


def _at_border(nodes: Pair, *, held: int, claims: int) -> dict[str, Any]:
    office = build_office(
        nodes.receiver, OfficeSettings(), registry=load_shipped(), hasher=QUICK_HASHER
    )
    by = office.works.do(
        lambda work: office.access.make_user(
            work, login="border", password=PASSWORD, name="border", role=Role.IMPORT_OFFICER
        )
    )
    _receive(nodes, min(held, claims))
    started = time.perf_counter()
    _fill(office, held)
    filled = time.perf_counter() - started
    numbers = min(held, claims)
    figures: dict[str, Any] = {
        "certificates": held,
        "ledger_entries": held * _ENTRIES_EACH,
        "claims": claims,
        "filled_in_s": filled,
        "asked_for": f"p99 below {MOST_MS} ms in process, {LEAST_PER_S} checks/s over HTTP",
    }
    figures["examine"] = _timed(office, claims, numbers, office.claims.examine)
    figures["check_and_draw"] = _timed(
        office, claims, numbers, lambda work, one: office.claims.check(work, one, by=by)
    )
    figures["lines_drawn"] = office.works.read(lambda work: work.transaction.scalar(text(_DRAWN)))
    figures["whole_tables_walked"] = _walked(office, by, numbers)
    return figures


def _issue(serial: int) -> CertificateIssue:
    """Let each certificate have an invoice of its own: one that several name is looked into."""
    made = specimen.certificate(serial)
    invoices = tuple(replace(one, number=f"HB-{serial:07d}") for one in made.invoices)
    return specimen.issue(replace(made, invoices=invoices))


def _receive(nodes: Pair, count: int) -> None:
    """Let the receiver judge and keep certificates of its partner, as they arrive by the wire."""
    sender, receiving = nodes.sender, nodes.receiver.receiving()
    for serial in range(1, count + 1):
        now = sender.clock.now()
        made = sender.preparing.draft(_issue(serial), to=nodes.receiver.own, now=now)
        document = seal(
            specimen.placed(made.header, made.payload, seq=serial), signer=sender.signer
        )
        answer_of(receiving, document, connected_as=None)
    nodes.receiver.settle()


def _fill(office: Office, held: int) -> None:
    with office.works.database.begin() as transaction:
        transaction.execute(text(_FILL_CERTIFICATES), {"count": held})
        transaction.execute(text(_FILL_MESSAGES))
        transaction.execute(text(_FILL_BALANCES), {"each": _ENTRIES_EACH})
        transaction.execute(text(_FILL_ENTRIES), {"each": _ENTRIES_EACH})
        transaction.execute(text("ANALYZE"))


def _timed(
    office: Office, claims: int, numbers: int, step: Callable[[Work, Declaration], object]
) -> dict[str, float]:
    """Check claims one after the other, each in a transaction of its own."""
    taken = []
    for turn in range(claims + _WARM):
        declaration = _declaration(turn, numbers)
        started = time.perf_counter()
        office.works.do(partial(_stepped, step, declaration))
        taken.append((time.perf_counter() - started) * 1000)
    measured = taken[_WARM:]
    return {
        "p50_ms": percentile(measured, 0.5),
        "p99_ms": percentile(measured, 0.99),
        "per_s_on_one_core": len(measured) / (sum(measured) / 1000),
    }


def _stepped(
    step: Callable[[Work, Declaration], object], declaration: Declaration, work: Work
) -> object:
    return step(work, declaration)


def _declaration(turn: int, numbers: int) -> Declaration:
    """Claim one to three items of one certificate."""
    serial = turn % numbers + 1
    lines = tuple(
        Line(
            line_no=item_no,
            certificate_number=f"K001-26-{serial:07d}",
            item_no=item_no,
            hs="850440",
            quantity=_PIECES,
            unit="C62",
        )
        for item_no in range(1, turn % 3 + 2)
    )
    return Declaration(f"BENCH-{next(_NUMBERS):08d}", 1, date.today(), lines)  # noqa: DTZ011  # today here


def _walked(office: Office, by: User, numbers: int) -> list[str]:
    """Name the large tables that a statement of a claim would walk from end to end."""
    asked: list[tuple[str, Any]] = []

    def note(*about: Any) -> None:
        asked.append((about[2], about[3]))

    engine = office.works.database.engine  # type: ignore[attr-defined]  # the database itself
    event.listen(engine, "before_cursor_execute", note)
    declaration = _declaration(2, numbers)
    office.works.do(lambda work: office.claims.check(work, declaration, by=by))
    event.remove(engine, "before_cursor_execute", note)
    walked = set()
    with office.works.database.begin() as transaction:
        for statement, values in asked:
            if statement.split()[0] in ("SELECT", "UPDATE") and not isinstance(values, list):
                plan = transaction.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values)
                walked |= set(_scanned(plan.scalar_one()[0]["Plan"]))
    large = ("ooms_ledger", "eodes_received", "eodes_incoming")
    return sorted(one for one in walked if one.startswith(large))


def _scanned(plan: dict[str, Any]) -> list[str]:
    own = [plan["Relation Name"]] if plan["Node Type"] == "Seq Scan" else []
    return own + [one for part in plan.get("Plans", ()) for one in _scanned(part)]
