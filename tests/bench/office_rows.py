"""Fills the tables of an office with rows like real ones: applications, certificates, use."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from ooms.bootstrap import Office

#: One application in so many was handed in and waits in the queue.
WAITING_ONE_IN = 100
#: Months, chapters and partners that certificates and their use spread over.
MONTHS = 24
CHAPTERS = 60
PARTNERS = ("AU", "CN", "ID", "MY", "PH", "SG", "TH", "VN")

#: Real rows are patterns: one of each company's, told apart by their number.
_FILL_APPLICATIONS = """
INSERT INTO ooms_application
WITH patterns AS MATERIALIZED (
    SELECT a, row_number() OVER (ORDER BY a.id) - 1 AS place, count(*) OVER () AS patterns
    FROM ooms_application AS a WHERE a.state = :state
)
SELECT filled.*
FROM generate_series(1, :count) AS n
JOIN patterns ON patterns.place = n % patterns.patterns,
    LATERAL jsonb_populate_record(patterns.a, jsonb_build_object(
        'id', md5(:state || n)::uuid::text,
        'submitted_on', (patterns.a).submitted_on - n % (30 * :months)
    )) AS filled
"""
_FILL_CITATIONS = """
INSERT INTO ooms_application_line (application_id, item_no, determination_id)
SELECT a.id, 1, d.id
FROM ooms_application AS a
JOIN (SELECT exporter_id, min(id) AS id FROM ooms_determination GROUP BY 1) AS d USING (exporter_id)
WHERE NOT EXISTS (SELECT FROM ooms_application_line AS l WHERE l.application_id = a.id)
"""
_FILL_CERTIFICATES = """
INSERT INTO ooms_certificate
WITH patterns AS MATERIALIZED (
    SELECT c, row_number() OVER (ORDER BY c.application_id) - 1 AS place,
        count(*) OVER () AS patterns
    FROM ooms_certificate AS c
)
SELECT filled.*
FROM generate_series(1, :count) AS n
JOIN patterns ON patterns.place = n % patterns.patterns,
    LATERAL jsonb_populate_record(patterns.c, jsonb_build_object(
        'id', gen_random_uuid()::text, 'application_id', md5('ISSUED' || n)::uuid::text,
        'number', 'B' || lpad(n::text, 12, '0'), 'number_key', 'B' || lpad(n::text, 12, '0'),
        'serial', n + 1000000, 'issued_on', (patterns.c).issued_on - n % (30 * :months),
        'issued_at', (patterns.c).issued_at - n % (30 * :months) * interval '1 day',
        'exchange_state', (ARRAY['REGISTERED', 'SENT', 'USED_PARTLY', 'USED'])[1 + n % 4]
    )) AS filled
"""
_FILL_ISSUES = """
INSERT INTO ooms_statistics_issue
    (certificate_id, item_no, agreement, partner, chapter, month, hours)
SELECT id, 1, agreement, (cast(:partners AS text[]))[1 + serial % cardinality(:partners)],
    lpad((1 + serial / 7 % :chapters)::text, 2, '0'), to_char(issued_on, 'YYYY-MM'),
    serial % 7200 / 100.0
FROM ooms_certificate WHERE number_key LIKE 'B%'
"""
_FILL_USES = """
INSERT INTO ooms_statistics_use
    (sender, message_id, place, certificate_id, item_no, declaration_number, agreement, partner,
     chapter, month, outcome, reason_class, ordinal)
SELECT 'VN-CUSTOMS', gen_random_uuid()::text, 0, i.certificate_id, 1, 'D' || c.serial,
    i.agreement, i.partner, i.chapter, i.month,
    CASE WHEN c.serial % 40 = 0 THEN 'DENIED' ELSE 'GRANTED' END,
    CASE WHEN c.serial % 40 = 0 THEN 'OTHER_GOODS' ELSE '' END, c.serial
FROM ooms_statistics_issue AS i JOIN ooms_certificate AS c ON c.id = i.certificate_id
WHERE c.exchange_state IN ('USED_PARTLY', 'USED')
"""


def fill(office: Office, held: int) -> None:
    """Fill the tables once: so many certificates, each with its application; half are used."""
    waiting = held // WAITING_ONE_IN
    issued = {"count": held, "months": MONTHS}
    spread = {"chapters": CHAPTERS, "partners": list(PARTNERS)}
    steps: tuple[tuple[str, dict[str, Any]], ...] = (
        (_FILL_APPLICATIONS, {"state": "ISSUED", **issued}),
        (_FILL_APPLICATIONS, {"state": "SUBMITTED", "count": waiting, "months": 1}),
        (_FILL_CITATIONS, {}),
        (_FILL_CERTIFICATES, issued),
        (_FILL_ISSUES, spread),
        (_FILL_USES, {}),
        ("ANALYZE", {}),
    )
    with office.works.database.begin() as transaction:
        for statement, given in steps:
            transaction.execute(text(statement), given)
        for table, least in (
            ("ooms_application", held + waiting),
            ("ooms_application_line", held + waiting),
            ("ooms_certificate", held),
            ("ooms_statistics_issue", held),
            ("ooms_statistics_use", held // 2 - 1),
        ):
            there = transaction.scalar(text(f"SELECT count(*) FROM {table}"))
            assert there >= least, f"{there} rows in {table}"
