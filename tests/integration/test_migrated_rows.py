"""What migrations make of rows that are there already, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from alembic import command
from sqlalchemy import MetaData, insert, select
from sqlalchemy.exc import IntegrityError

from eodes.domain.manifest import fingerprint
from eodes.store import migrations

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
ITEM = {"issuing_country": "KR", "agreement": "AKFTA", "number_key": "K001260000001", "item_no": 1}


def to(database, revision):
    with database.begin() as connection:
        command.upgrade(migrations.configuration(connection), revision)


def put(database, **rows):
    """Insert rows into tables as they are at this revision."""
    with database.begin() as connection:
        known = MetaData()
        known.reflect(connection, only=list(rows))
        for name, several in rows.items():
            connection.execute(insert(known.tables[name]), several)


def read(database, name, *, order):
    with database.read() as connection:
        known = MetaData()
        known.reflect(connection, only=[name])
        table = known.tables[name]
        ordered = select(table).order_by(*(table.c[one] for one in order))
        return [dict(row) for row in connection.execute(ordered).mappings()]


def a_claim(claim_id, version):
    return {
        "id": claim_id,
        "declaration_number": "D-1",
        "version": version,
        "declared_on": date(2026, 11, 21),
        "fingerprint": "f" * 64,
        "superseded": False,
        "made_at": AT,
    }


def a_line(claim_id, certified="500"):
    said = {"facts": {"claimed": "200", "left": "500", "certified": certified, "unit": "C62"}}
    return {
        "claim_id": claim_id,
        "line_no": 1,
        "spec_no": 0,
        "content": {"checks": [{"facts": {}}, said]},
        "decision": "GRANTED",
    }


def a_draw(draw_id, claim_id, direction, quantity):
    own = {"id": draw_id, "claim_id": claim_id, "line_no": 1, "direction": direction}
    return ITEM | own | {"quantity": quantity, "unit": "C62", "at": AT}


def test_draws_of_claims_become_turns_of_the_ledger(empty_database):
    to(empty_database, "0030")
    put(
        empty_database,
        ooms_claim=[a_claim("C-1", 1), a_claim("C-2", 2)],
        ooms_claim_line=[a_line("C-1"), a_line("C-2")],
        ooms_ledger_draw=[
            a_draw("E-1", "C-1", "DRAWN", "200"),
            a_draw("E-2", "C-1", "RETURNED", "200"),
            a_draw("E-3", "C-2", "DRAWN", "125"),
        ],
        ooms_ledger_balance=[ITEM | {"used_share": "1/4"}],
    )

    to(empty_database, "0031")

    entries = read(empty_database, "ooms_ledger_draw", order=("turn",))
    (balance,) = read(empty_database, "ooms_ledger_balance", order=("number_key",))
    told = [(one["turn"], one["kind"], one["share"], one["reverses_id"]) for one in entries]
    assert told == [
        (1, "DRAWN", "2/5", None),
        (2, "RETURNED", "-2/5", "E-1"),
        (3, "DRAWN", "1/4", None),
    ]
    assert {one["reference"] for one in entries} == {"D-1"}
    assert [one["source_id"] for one in entries] == ["C-1", "C-1", "C-2"]
    assert (balance["used_share"], balance["reserved_share"]) == ("1/4", "0")
    assert balance["entries"] == 3


def a_deletion(key, kind):
    return {
        "kind": kind,
        "key": key,
        "list_id": "L-1",
        "number": "K001-20-0000001",
        "began": date(2020, 1, 1),
        "ended": date(2025, 1, 1),
        "rule": "CERTIFICATE",
        "source": "Decree 10",
        "digests": {"document": "a" * 64},
        "deleted_at": AT,
        "approved_by": ["kim", "choi"],
    }


def test_deletions_stay_and_new_kinds_are_taken(empty_database):
    to(empty_database, "0036")
    done = {"id": "L-1", "items": [], "digest": "d" * 64, "proposed_at": AT, "state": "DONE"}
    put(empty_database, ooms_deletion_list=[done])
    put(empty_database, ooms_deletion=[a_deletion("1", "CERTIFICATE")])
    with pytest.raises(IntegrityError):
        put(empty_database, ooms_deletion=[a_deletion("2", "ERROR_NOTICE")])

    to(empty_database, "0037")
    put(empty_database, ooms_deletion=[a_deletion("2", "ERROR_NOTICE")])

    with pytest.raises(IntegrityError):
        put(empty_database, ooms_deletion=[a_deletion("3", "NOTHING")])
    kept = read(empty_database, "ooms_deletion", order=("key",))
    assert [(one["key"], one["kind"]) for one in kept] == [
        ("1", "CERTIFICATE"),
        ("2", "ERROR_NOTICE"),
    ]
    assert kept[0]["approved_by"] == ["kim", "choi"]
    assert kept[0]["digests"] == {"document": "a" * 64}


def test_differences_that_were_found_get_their_digest(empty_database):
    to(empty_database, "0052")
    found = {
        "run_id": "R-1",
        "partner": "VN-CUSTOMS",
        "kind": "MISSING_THERE",
        "subject": "KR/AKFTA/K001260000001",
        "ours": "KR/AKFTA/K001260000001|1|ab|AVAILABLE",
        "found_at": AT,
    }
    put(empty_database, eodes_finding=[found | {"id": 1, "theirs": None}])

    to(empty_database, "0053")

    (kept,) = read(empty_database, "eodes_finding", order=("id",))
    assert kept["digest"] == fingerprint(
        "VN-CUSTOMS",
        "MISSING_THERE",
        subject="KR/AKFTA/K001260000001",
        ours="KR/AKFTA/K001260000001|1|ab|AVAILABLE",
        theirs="",
    )


def a_verification(key, *, state, doubt, authentic=None):
    finding = {"certificate_number": "K001-26-0000001", "authentic": authentic}
    content = {
        "number": f"VN-V26-{key}",
        "subject": {"partner": "KR-KCS", "certificates": [{"number": "K001-26-0000001"}]},
        "draft": {"doubts": [{"kind": doubt, "text": ""}]},
        "replies": [{"findings": [finding]}] if authentic else [],
    }
    return {
        "id": key,
        "number": f"VN-V26-{key}",
        "partner": "KR-KCS",
        "agreement": "KVFTA",
        "state": state,
        "version": 1,
        "content": content,
        "selected_at": AT,
    }


def test_doubts_of_verifications_that_are_there_are_noted(empty_database):
    to(empty_database, "0037")
    put(
        empty_database,
        ooms_verification=[
            a_verification("1", state="REQUESTED", doubt="SEAL"),
            a_verification("2", state="REQUESTED", doubt="CRITERION"),
            a_verification("3", state="CLOSED", doubt="SEAL"),
            a_verification("4", state="CLOSED", doubt="SEAL", authentic="NO"),
        ],
    )

    to(empty_database, "0038")

    rows = read(empty_database, "ooms_verification_doubted", order=("verification_id",))
    assert [(one["verification_id"], one["certificate_key"]) for one in rows] == [
        ("1", "K001260000001"),
        ("4", "K001260000001"),
    ]
    assert "does not vouch for it" in rows[1]["detail"]
