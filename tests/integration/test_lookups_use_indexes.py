"""The look-ups of the hot path find their rows by an index, however long the tables grow."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from eodes.exchange import verifications
from eodes.store.database import Database
from eodes.store.records import CertificateKey
from eodes.store.unit import Unit

KEYS = [CertificateKey("KR", "KVFTA", "K001261"), CertificateKey("KR", "AKFTA", "K001262")]
PAIRS = [("KR-KCS", "one"), ("KR-KCS", "two"), ("CN-GACC", "three")]
LOOKUPS = {
    "known messages": lambda unit: unit.inbox.known(PAIRS, [("KR-KCS", 1), ("CN-GACC", 2)]),
    "known refusals": lambda unit: unit.inbox.known_refused(PAIRS),
    "certificates": lambda unit: unit.register.find(KEYS),
    "one certificate": lambda unit: unit.register.lock(KEYS[0]),
    "verifications": lambda unit: unit.verifications.find(PAIRS),
    "one verification": lambda unit: unit.verifications.lock("KR-KCS", "one"),
    "certificates of a request": lambda unit: verifications.sent_to(unit, "CN-GACC", KEYS),
    "replacements": lambda unit: unit.register.replacing(KEYS),
}


@pytest.mark.parametrize("lookup", LOOKUPS)
def test_lookup_never_walks_a_whole_table(sqlite_url, lookup):
    database = Database(sqlite_url)
    asked = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    with database.read() as connection:
        LOOKUPS[lookup](Unit(connection))
        event.remove(database.engine, "before_cursor_execute", note)
        plans = [
            row[-1]
            for statement, parameters in asked
            if statement.startswith("SELECT")
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    database.dispose()

    assert any("SEARCH" in plan for plan in plans)
    assert [plan for plan in plans if plan.startswith("SCAN eodes_")] == []
