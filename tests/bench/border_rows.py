"""Fills the tables of a border with rows like real ones, whose messages nobody asks for."""

from __future__ import annotations

from sqlalchemy import text

from ooms.bootstrap import Office

ENTRIES_EACH = 3
#: One certificate in so many was claimed before by a declaration whose lines are there too.
CLAIMED_ONE_IN = 10

_FILL_CERTIFICATES = """
INSERT INTO eodes_received_certificate
SELECT filled.*
FROM eodes_received_certificate AS r, generate_series(1, :count) AS n,
    LATERAL jsonb_populate_record(r, jsonb_build_object(
        'number_key', 'F' || lpad(n::text, 12, '0'), 'number_raw', 'F' || lpad(n::text, 12, '0'),
        'lookalike_key', 'F' || lpad(n::text, 12, '0'), 'message_id', gen_random_uuid()::text
    )) AS filled
WHERE r.number_key = (SELECT min(number_key) FROM eodes_received_certificate)
"""
_FILL_MESSAGES = """
WITH empty AS MATERIALIZED (
    SELECT emptied.*
    FROM eodes_incoming AS m,
        LATERAL jsonb_populate_record(
            m, '{"channel_seq": null, "document": "", "answer": ""}'
        ) AS emptied
    WHERE m.message_id = (SELECT min(message_id) FROM eodes_incoming WHERE type = 'CO_ISSUE')
)
INSERT INTO eodes_incoming
SELECT filled.*
FROM eodes_received_certificate AS r, empty,
    LATERAL jsonb_populate_record(
        jsonb_populate_record(null::eodes_incoming, to_jsonb(empty)),
        jsonb_build_object('message_id', r.message_id)
    ) AS filled
WHERE r.number_key LIKE 'F%'
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
_FILL_CLAIMS = """
INSERT INTO ooms_claim
SELECT filled.*
FROM ooms_claim AS c, generate_series(1, :count) AS n,
    LATERAL jsonb_populate_record(c, jsonb_build_object(
        'id', 'F' || lpad(n::text, 35, '0'), 'declaration_number', 'F' || n
    )) AS filled
WHERE c.id = (SELECT min(id) FROM ooms_claim)
"""
_FILL_LINES = """
INSERT INTO ooms_claim_line
SELECT filled.*
FROM ooms_claim AS c, ooms_claim_line AS l,
    LATERAL jsonb_populate_record(l, jsonb_build_object(
        'claim_id', c.id, 'number_key', 'F' || lpad(substr(c.id, 2)::int::text, 12, '0')
    )) AS filled
WHERE c.id LIKE 'F%' AND l.claim_id = (SELECT min(claim_id) FROM ooms_claim_line)
"""
_FILL_INVOICES = """
INSERT INTO ooms_claim_invoice
SELECT claim_id, line_no, spec_no, 'V' || number_key FROM ooms_claim_line WHERE claim_id LIKE 'F%'
"""


def fill(office: Office, held: int) -> None:
    """Fill the tables: so many certificates, drawn on, and a part of the claims that drew."""
    with office.works.database.begin() as transaction:
        transaction.execute(text(_FILL_CERTIFICATES), {"count": held})
        transaction.execute(text(_FILL_MESSAGES))
        transaction.execute(text(_FILL_BALANCES), {"each": ENTRIES_EACH})
        transaction.execute(text(_FILL_ENTRIES), {"each": ENTRIES_EACH})
        transaction.execute(text(_FILL_CLAIMS), {"count": held // CLAIMED_ONE_IN})
        transaction.execute(text(_FILL_LINES))
        transaction.execute(text(_FILL_INVOICES))
        transaction.execute(text("ANALYZE"))
        for table, least in (
            ("eodes_incoming", held),
            ("ooms_ledger_draw", held * ENTRIES_EACH),
            ("ooms_claim_line", held // CLAIMED_ONE_IN),
        ):
            there = transaction.scalar(text(f"SELECT count(*) FROM {table}"))
            assert there >= least, f"{there} rows in {table}"
