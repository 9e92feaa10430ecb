"""Make the gateway's tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
# BIGSERIAL on PostgreSQL; SQLite counts rows itself only for INTEGER keys.
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

TABLES = (
    "eodes_partner",
    "eodes_pin",
    "eodes_trust_version",
    "eodes_channel",
    "eodes_outgoing",
    "eodes_attempt",
    "eodes_receipt",
    "eodes_incoming",
    "eodes_refused",
    "eodes_received_certificate",
    "eodes_exchange",
    "eodes_exchange_move",
    "eodes_news",
    "eodes_finding",
    "eodes_reconciliation",
    "eodes_lease",
    "eodes_job_run",
    "eodes_job",
    "eodes_transit_evidence",
    "eodes_use",
)


def upgrade() -> None:
    _make_partner()
    _make_pin()
    _make_trust_version()
    _make_channel()
    _make_outgoing()
    _make_attempt()
    _make_receipt()
    _make_incoming()
    _make_refused()
    _make_received_certificate()
    _make_exchange()
    _make_exchange_move()
    _make_news()
    _make_finding()
    _make_reconciliation()
    _make_lease()
    _make_job_run()
    _make_job()
    _make_transit_evidence()
    _make_use()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _one_of(column: str, *values: str) -> sa.TextClause:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.text(f"{column} IN ({listed})")


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _make_partner() -> None:
    op.create_table(
        "eodes_partner",
        sa.Column("authority", sa.String(15), nullable=False),
        sa.Column("profile", sa.String(20), nullable=False),
        sa.Column("endpoint", sa.String(400), nullable=False),
        sa.Column("card", sa.LargeBinary, nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("suspended_until", INSTANT),
        sa.Column("suspended_reason", sa.Text),
        sa.Column("capability", sa.JSON),
        sa.PrimaryKeyConstraint("authority", name="pk_eodes_partner"),
    )


def _make_pin() -> None:
    op.create_table(
        "eodes_pin",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("authority", sa.String(15), nullable=False),
        sa.Column("purpose", sa.String(10), nullable=False),
        sa.Column("certificate", sa.LargeBinary, nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_until", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
        sa.PrimaryKeyConstraint("sha256", name="pk_eodes_pin"),
        sa.CheckConstraint(_one_of("purpose", "SIGNING", "TLS"), name="ck_eodes_pin_purpose_known"),
    )


def _make_trust_version() -> None:
    op.create_table(
        "eodes_trust_version",
        sa.Column("only", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("only", name="pk_eodes_trust_version"),
    )


def _make_channel() -> None:
    op.create_table(
        "eodes_channel",
        sa.Column("partner", sa.String(15), nullable=False),
        sa.Column("last_seq", sa.BigInteger, nullable=False),
        sa.Column("last_digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("partner", name="pk_eodes_channel"),
    )


def _make_outgoing() -> None:
    op.create_table(
        "eodes_outgoing",
        sa.Column("message_id", sa.String(36), nullable=False),
        sa.Column("partner", sa.String(15), nullable=False),
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("causation_id", sa.String(36)),
        sa.Column("header", sa.JSON, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("body_digest", sa.String(64), nullable=False),
        sa.Column("channel_seq", sa.BigInteger),
        sa.Column("document_digest", sa.String(64)),
        sa.Column("unsigned", sa.LargeBinary),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("agreement", sa.String(12)),
        sa.Column("issuing_country", sa.String(2)),
        sa.Column("number_key", sa.String(35)),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("sealed_at", INSTANT),
        sa.Column("answered_at", INSTANT),
        sa.Column("due_at", INSTANT),
        sa.Column("resend_due_at", INSTANT),
        sa.Column("answer_due_at", INSTANT),
        sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("is_waiting", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.Column("lease_owner", sa.String(80)),
        sa.Column("lease_until", INSTANT),
        sa.Column("code", sa.String(40)),
        sa.Column("detail", sa.Text),
        sa.PrimaryKeyConstraint("message_id", name="pk_eodes_outgoing"),
        sa.UniqueConstraint("partner", "channel_seq", name="uq_eodes_outgoing_partner_channel_seq"),
        sa.CheckConstraint(
            _one_of(
                "state",
                "QUEUED",
                "NUMBERED",
                "SEALED",
                "SENDING",
                "AWAITING",
                "ACKNOWLEDGED",
                "REFUSED",
                "FAILED",
                "CANCELLED",
            ),
            name="ck_eodes_outgoing_state_known",
        ),
    )
    op.create_index("ix_eodes_outgoing_causation_id", "eodes_outgoing", ["causation_id"])
    op.create_index("ix_eodes_outgoing_number_key", "eodes_outgoing", ["number_key"])
    op.create_index(
        "ix_eodes_outgoing_resend_due_at",
        "eodes_outgoing",
        ["resend_due_at"],
        **_where("resend_due_at IS NOT NULL"),
    )
    op.create_index("ix_eodes_outgoing_state_due_at", "eodes_outgoing", ["state", "due_at"])


def _make_attempt() -> None:
    op.create_table(
        "eodes_attempt",
        sa.Column("message_id", sa.String(36), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("outcome", sa.String(20)),
        sa.Column("detail", sa.Text),
        sa.PrimaryKeyConstraint("message_id", "attempt", name="pk_eodes_attempt"),
    )


def _make_receipt() -> None:
    op.create_table(
        "eodes_receipt",
        sa.Column("receipt_id", sa.String(36), nullable=False),
        sa.Column("partner", sa.String(15), nullable=False),
        sa.Column("message_id", sa.String(36), nullable=False),
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("receipt_id", "partner", name="pk_eodes_receipt"),
    )
    op.create_index("ix_eodes_receipt_message_id", "eodes_receipt", ["message_id"])


def _make_incoming() -> None:
    op.create_table(
        "eodes_incoming",
        sa.Column("partner", sa.String(15), nullable=False),
        sa.Column("message_id", sa.String(36), nullable=False),
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("causation_id", sa.String(36)),
        sa.Column("channel_seq", sa.BigInteger),
        sa.Column("previous_digest", sa.String(64)),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.Column("document_digest", sa.String(64), nullable=False),
        sa.Column("body_digest", sa.String(64), nullable=False),
        sa.Column("business_date", sa.Date, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT),
        sa.Column("settled_at", INSTANT),
        sa.Column("trust_version", sa.Integer, nullable=False),
        sa.Column("key_sha256", sa.String(64), nullable=False),
        sa.Column("code", sa.String(40)),
        sa.Column("answer_id", sa.String(36), nullable=False),
        sa.Column("answer_type", sa.String(20), nullable=False),
        sa.Column("answer", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("partner", "message_id", name="pk_eodes_incoming"),
        sa.UniqueConstraint("partner", "channel_seq", name="uq_eodes_incoming_partner_channel_seq"),
        sa.CheckConstraint(
            _one_of("state", "ACCEPTED", "HELD", "SETTLED"),
            name="ck_eodes_incoming_state_known",
        ),
    )
    op.create_index(
        "ix_eodes_incoming_unsettled",
        "eodes_incoming",
        ["received_at"],
        **_where("state IN ('ACCEPTED', 'HELD')"),
    )


def _make_refused() -> None:
    op.create_table(
        "eodes_refused",
        sa.Column("partner", sa.String(15), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("claimed_message_id", sa.String(36)),
        sa.Column("channel_seq", sa.BigInteger),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("answer_id", sa.String(36), nullable=False),
        sa.Column("answer", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("partner", "sha256", name="pk_eodes_refused"),
    )


def _make_received_certificate() -> None:
    op.create_table(
        "eodes_received_certificate",
        sa.Column("issuing_country", sa.String(2), nullable=False),
        sa.Column("agreement", sa.String(12), nullable=False),
        sa.Column("number_key", sa.String(35), nullable=False),
        sa.Column("partner", sa.String(15), nullable=False),
        sa.Column("number_raw", sa.String(35), nullable=False),
        sa.Column("lookalike_key", sa.String(35), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("message_id", sa.String(36), nullable=False),
        sa.Column("body_digest", sa.String(64), nullable=False),
        sa.Column("issued_on", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date, nullable=False),
        sa.Column("business_date", sa.Date, nullable=False),
        sa.Column("registered_at", INSTANT, nullable=False),
        sa.Column("state_at", INSTANT, nullable=False),
        sa.Column("supersedes_key", sa.String(35)),
        sa.Column("superseded_by_key", sa.String(35)),
        sa.Column("used_by_declaration", sa.String(35)),
        sa.Column("export_link", sa.JSON),
        sa.PrimaryKeyConstraint(
            "issuing_country", "agreement", "number_key", name="pk_eodes_received_certificate"
        ),
        sa.CheckConstraint(
            _one_of("state", "AVAILABLE", "HELD", "SUPERSEDED", "CANCELLED", "ANNULLED"),
            name="ck_eodes_received_certificate_state_known",
        ),
    )
    op.create_index(
        "ix_eodes_received_certificate_lookalike_key",
        "eodes_received_certificate",
        ["lookalike_key"],
    )
    op.create_index(
        "ix_eodes_received_certificate_message_id", "eodes_received_certificate", ["message_id"]
    )
    op.create_index(
        "ix_eodes_received_certificate_number_key", "eodes_received_certificate", ["number_key"]
    )
    op.create_index(
        "ix_eodes_received_certificate_partner_day",
        "eodes_received_certificate",
        ["partner", "business_date"],
    )
    op.create_index(
        "ix_eodes_received_certificate_supersedes_key",
        "eodes_received_certificate",
        ["issuing_country", "agreement", "supersedes_key"],
        unique=True,
    )


def _make_exchange() -> None:
    op.create_table(
        "eodes_exchange",
        sa.Column("partner", sa.String(15), nullable=False),
        sa.Column("issuing_country", sa.String(2), nullable=False),
        sa.Column("agreement", sa.String(12), nullable=False),
        sa.Column("number_key", sa.String(35), nullable=False),
        sa.Column("number_raw", sa.String(35), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("state_at", INSTANT, nullable=False),
        sa.Column("message_id", sa.String(36)),
        sa.Column("body_digest", sa.String(64)),
        sa.Column("business_date", sa.Date, nullable=False),
        sa.Column("certificate", sa.LargeBinary, nullable=False),
        sa.Column("supersedes_key", sa.String(35)),
        sa.Column("code", sa.String(40)),
        sa.Column("detail", sa.Text),
        sa.PrimaryKeyConstraint(
            "partner", "issuing_country", "agreement", "number_key", name="pk_eodes_exchange"
        ),
        sa.CheckConstraint(
            _one_of(
                "state",
                "NOT_EXCHANGEABLE",
                "AWAITING_TRIGGER",
                "QUEUED",
                "SENT",
                "RECEIVED",
                "ACCEPTED",
                "HELD",
                "REGISTERED",
                "LINKED",
                "USED_PARTLY",
                "USED",
                "DENIED",
                "CANCEL_PENDING",
                "CANCELLED",
                "SUPERSEDED",
                "ANNULLED",
                "REJECTED_TECHNICAL",
                "REJECTED_BUSINESS",
                "UNKNOWN",
                "SUSPENDED",
            ),
            name="ck_eodes_exchange_state_known",
        ),
    )
    op.create_index("ix_eodes_exchange_message_id", "eodes_exchange", ["message_id"])
    op.create_index("ix_eodes_exchange_number_key", "eodes_exchange", ["number_key"])
    op.create_index("ix_eodes_exchange_partner_day", "eodes_exchange", ["partner", "business_date"])
    op.create_index("ix_eodes_exchange_supersedes_key", "eodes_exchange", ["supersedes_key"])


def _make_exchange_move() -> None:
    op.create_table(
        "eodes_exchange_move",
        sa.Column("id", COUNTER, autoincrement=True, nullable=False),
        sa.Column("partner", sa.String(15), nullable=False),
        sa.Column("issuing_country", sa.String(2), nullable=False),
        sa.Column("agreement", sa.String(12), nullable=False),
        sa.Column("number_key", sa.String(35), nullable=False),
        sa.Column("from_state", sa.String(20)),
        sa.Column("to_state", sa.String(20), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("because", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_eodes_exchange_move"),
    )
    op.create_index("ix_eodes_exchange_move_number_key", "eodes_exchange_move", ["number_key"])


def _make_news() -> None:
    op.create_table(
        "eodes_news",
        sa.Column("id", COUNTER, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("partner", sa.String(15), nullable=False),
        sa.Column("message_id", sa.String(36), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("told_at", INSTANT),
        sa.Column("failures", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("last_error", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_eodes_news"),
        sa.UniqueConstraint(
            "kind", "partner", "message_id", name="uq_eodes_news_kind_partner_message_id"
        ),
    )
    op.create_index("ix_eodes_news_untold", "eodes_news", ["id"], **_where("told_at IS NULL"))


def _make_finding() -> None:
    op.create_table(
        "eodes_finding",
        sa.Column("id", COUNTER, autoincrement=True, nullable=False),
        sa.Column("run_id", sa.String(36), nullable=False),
        sa.Column("partner", sa.String(15), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("ours", sa.Text),
        sa.Column("theirs", sa.Text),
        sa.Column("found_at", INSTANT, nullable=False),
        sa.Column("repair", sa.String(30)),
        sa.PrimaryKeyConstraint("id", name="pk_eodes_finding"),
        sa.UniqueConstraint(
            "run_id", "kind", "subject", name="uq_eodes_finding_run_id_kind_subject"
        ),
    )


def _make_reconciliation() -> None:
    op.create_table(
        "eodes_reconciliation",
        sa.Column("run_id", sa.String(36), nullable=False),
        sa.Column("partner", sa.String(15), nullable=False),
        sa.Column("day_from", sa.Date, nullable=False),
        sa.Column("day_to", sa.Date, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("ours_count", sa.Integer, nullable=False),
        sa.Column("ours_digest", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(36), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("findings", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.PrimaryKeyConstraint("run_id", name="pk_eodes_reconciliation"),
    )


def _make_lease() -> None:
    op.create_table(
        "eodes_lease",
        sa.Column("job", sa.String(100), nullable=False),
        sa.Column("owner", sa.String(80), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.Column("fence", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("job", name="pk_eodes_lease"),
    )


def _make_job_run() -> None:
    op.create_table(
        "eodes_job_run",
        sa.Column("id", COUNTER, autoincrement=True, nullable=False),
        sa.Column("job", sa.String(40), nullable=False),
        sa.Column("owner", sa.String(80), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("detail", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_eodes_job_run"),
    )
    op.create_index("ix_eodes_job_run_job_started_at", "eodes_job_run", ["job", "started_at"])


def _make_job() -> None:
    op.create_table(
        "eodes_job",
        sa.Column("job", sa.String(40), nullable=False),
        sa.Column("runs", sa.BigInteger, nullable=False),
        sa.Column("last_owner", sa.String(80), nullable=False),
        sa.Column("last_started_at", INSTANT, nullable=False),
        sa.Column("last_ended_at", INSTANT, nullable=False),
        sa.Column("last_outcome", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("job", name="pk_eodes_job"),
    )


def _make_transit_evidence() -> None:
    op.create_table(
        "eodes_transit_evidence",
        sa.Column("partner", sa.String(15), nullable=False),
        sa.Column("message_id", sa.String(36), nullable=False),
        sa.Column("issuing_country", sa.String(2), nullable=False),
        sa.Column("agreement", sa.String(12), nullable=False),
        sa.Column("number_key", sa.String(35), nullable=False),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("partner", "message_id", name="pk_eodes_transit_evidence"),
    )


def _make_use() -> None:
    op.create_table(
        "eodes_use",
        sa.Column("message_id", sa.String(36), nullable=False),
        sa.Column("item_no", sa.Integer, nullable=False),
        sa.Column("direction", sa.String(3), nullable=False),
        sa.Column("partner", sa.String(15), nullable=False),
        sa.Column("issuing_country", sa.String(2), nullable=False),
        sa.Column("agreement", sa.String(12), nullable=False),
        sa.Column("number_key", sa.String(35), nullable=False),
        sa.Column("declaration_number", sa.String(35), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("quantity", sa.String(24)),
        sa.Column("unit", sa.String(3)),
        sa.Column("reason_code", sa.String(40)),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("message_id", "item_no", name="pk_eodes_use"),
    )
    op.create_index("ix_eodes_use_number_key", "eodes_use", ["number_key"])
