"""Claims at the border: checks against many certificates and a long ledger, on PostgreSQL.

The certificates that are claimed came in through the gateway, signed and judged.  A claim names
one of them in one to three lines, with importer, exporter, journey and proof.  The check itself,
which decides nothing, is measured apart from the claim, which draws, tells the partner and is kept.
"""

from __future__ import annotations

import gc
import itertools
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from eodes.messages.co_issue import CertificateIssue
from eodes.wire.signer import seal
from ooms.access.model import Role, User
from ooms.access.sessions import LogIn
from ooms.agreements.registry import load_shipped
from ooms.bootstrap import Office, build_office
from ooms.claims.declaration import Declaration
from ooms.claims.schemas import ClaimIn
from ooms.db import Work
from ooms.settings import OfficeSettings
from tests.bench import border_http, specimen
from tests.bench.border_rows import CLAIMED_ONE_IN, ENTRIES_EACH, fill
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
_WARM = 50
_NUMBERS = itertools.count(1)
_DRAWN = "SELECT count(*) FROM ooms_ledger_draw WHERE reference LIKE 'BENCH-%'"


def measure(*, certificates_held: int = MILLION, claims: int = CLAIMS) -> dict[str, Any]:
    """Fill the tables, and check claims in this process and over HTTP."""
    try:
        with (
            running_server(is_durable=True) as server,
            tempfile.TemporaryDirectory(prefix="ooms-bench-") as folder,
        ):
            server.run("CREATE DATABASE border")
            databases = {specimen.RECEIVER: server.url("border")}
            with pair(Path(folder), databases=databases) as nodes:
                return _at_border(
                    nodes, held=certificates_held, claims=claims, database=server.process_id
                )
    except NoServerError as error:
        return {"missing": str(error)}


def _at_border(nodes: Pair, *, held: int, claims: int, database: int) -> dict[str, Any]:
    """Measure on filled tables.

    1. Receive the certificates that are claimed, make a first claim, and fill up.
    2. Measure the check in this process.
    3. Measure check and claim over HTTP, served by `ooms serve`, whose jobs seal what is told.
    4. Measure the claim in this process, with no job beside.
    """
    office = build_office(
        nodes.receiver, OfficeSettings(), registry=load_shipped(), hasher=QUICK_HASHER
    )
    # Opened, the desk of decisions hears of every claim, as in a served office.
    assert office.decisions is not None
    by = _officer(office)
    numbers = min(held, claims)
    _receive(nodes, numbers)  # 1
    office.works.do(lambda work: office.claims.check(work, _declaration(2, numbers), by=by))
    started = time.perf_counter()
    fill(office, held)
    figures: dict[str, Any] = {
        "certificates": held,
        "ledger_entries": held * ENTRIES_EACH,
        "claims_before": held // CLAIMED_ONE_IN,
        "claims": claims,
        "filled_in_s": time.perf_counter() - started,
        "asked_for": f"p99 below {MOST_MS} ms in process, {LEAST_PER_S} checks/s over HTTP",
    }
    gc.collect()
    gc.freeze()  # as a server does before it serves
    figures["examine"] = _timed(office, claims, numbers, office.claims.examine)  # 2
    token = office.access.open_session(office.works, LogIn("border", PASSWORD)).token
    figures["http"] = border_http.measure(  # 3
        nodes.settings_files[specimen.RECEIVER],
        token,
        bodies=[_body(turn, numbers).model_dump_json().encode() for turn in range(2 * claims)],
        database=database,
    )
    figures["check_and_draw"] = _timed(  # 4
        office, claims, numbers, lambda work, one: office.claims.check(work, one, by=by)
    )
    figures["lines_drawn"] = office.works.read(lambda work: work.transaction.scalar(text(_DRAWN)))
    figures["statements"] = {
        "examine": len(_statements(office, numbers, office.claims.examine)),
        "check_and_draw": len(_claimed(office, by, numbers)),
    }
    figures["whole_tables_walked"] = _walked(office, _claimed(office, by, numbers))
    return figures


def _officer(office: Office) -> User:
    return office.works.do(
        lambda work: office.access.make_user(
            work, login="border", password=PASSWORD, name="border", role=Role.IMPORT_OFFICER
        )
    )


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


def _timed(
    office: Office, claims: int, numbers: int, step: Callable[[Work, Declaration], object]
) -> dict[str, float]:
    """Check claims one after the other, each in a transaction of its own."""
    taken, used = [], []
    for turn in range(claims + _WARM):
        declaration = _declaration(turn, numbers)
        started, worked = time.perf_counter(), time.process_time()
        office.works.do(partial(_stepped, step, declaration))
        used.append((time.process_time() - worked) * 1000)
        taken.append((time.perf_counter() - started) * 1000)
    measured = taken[_WARM:]
    return {
        "p50_ms": percentile(measured, 0.5),
        "p99_ms": percentile(measured, 0.99),
        "per_s_on_one_core": len(measured) / (sum(measured) / 1000),
        "cpu_ms_each_without_database": sum(used[_WARM:]) / claims,
    }


def _stepped(
    step: Callable[[Work, Declaration], object], declaration: Declaration, work: Work
) -> object:
    return step(work, declaration)


def _body(turn: int, numbers: int) -> ClaimIn:
    """Claim one to three items of one certificate, as a clearance system would."""
    serial = turn % numbers + 1
    number = f"K001-26-{serial:07d}"
    today = date.today()  # noqa: DTZ011  # the day of this machine is meant
    lines = [
        {
            "line_no": item_no,
            "certificate_number": number,
            "item_no": item_no,
            "hs": "850440",
            "quantity": "1",
            "unit": "C62",
            "agreement": "KVFTA",
            "invoice": f"HB-{serial:07d}",
            "origin": "KR",
        }
        for item_no in range(1, turn % 3 + 2)
    ]
    return ClaimIn.model_validate(
        {
            "declaration_number": f"BENCH-{next(_NUMBERS):08d}",
            "declared_on": today.isoformat(),
            "office": "HAI PHONG",
            "importer": {"name": "ORIENT POWER TRADING", "identifier": f"0101{turn % 97:04d}"},
            "exporter": {"name": "HANBIT ELECTRONICS CO., LTD.", "country": "KR"},
            "lines": lines,
        }
    )


def _declaration(turn: int, numbers: int) -> Declaration:
    return _body(turn, numbers).value(today=date.today())  # noqa: DTZ011  # today here


@contextmanager
def _noted(office: Office) -> Iterator[list[tuple[str, Any]]]:
    """Note every statement, with its values."""
    asked: list[tuple[str, Any]] = []

    def note(*about: Any) -> None:
        asked.append((about[2], about[3]))

    engine = office.works.database.engine  # type: ignore[attr-defined]  # the database itself
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def _statements(
    office: Office, numbers: int, step: Callable[[Work, Declaration], object]
) -> list[tuple[str, Any]]:
    declaration = _declaration(2, numbers)
    with _noted(office) as asked:
        office.works.do(partial(_stepped, step, declaration))
    return asked


def _claimed(office: Office, by: User, numbers: int) -> list[tuple[str, Any]]:
    return _statements(office, numbers, lambda work, one: office.claims.check(work, one, by=by))


def _walked(office: Office, asked: list[tuple[str, Any]]) -> list[str]:
    """Name the large tables that statements walk from end to end."""
    walked = set()
    with office.works.database.begin() as transaction:
        for statement, values in asked:
            if statement.split()[0] in ("SELECT", "UPDATE") and not isinstance(values, list):
                plan = transaction.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values)
                walked |= set(_scanned(plan.scalar_one()[0]["Plan"]))
    large = ("ooms_claim", "ooms_ledger", "eodes_received", "eodes_incoming")
    return sorted(one for one in walked if one.startswith(large))


def _scanned(plan: dict[str, Any]) -> list[str]:
    own = [plan["Relation Name"]] if plan["Node Type"] == "Seq Scan" else []
    return own + [one for part in plan.get("Plans", ()) for one in _scanned(part)]
