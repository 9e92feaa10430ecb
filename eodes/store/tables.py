"""The gateway's rows; constraints repeat what the domain promises.

Names start with `eodes_`; no foreign key crosses to the office's tables, they meet by message id
and certificate number.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect

from eodes.domain.lifecycle import (
    Exchange,
    Incoming,
    Outgoing,
    Registered,
    Verification,
    Visit,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)


class Instant(TypeDecorator[datetime]):
    """A UTC instant; SQLite keeps no zone, so it is taken off and put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store the instant in UTC."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read the instant back with its zone."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.replace(tzinfo=UTC)


# BIGSERIAL on PostgreSQL; SQLite counts rows itself only for INTEGER keys.
Counter = BigInteger().with_variant(Integer, "sqlite")


def _states(
    kind: type[Outgoing | Incoming | Exchange | Registered | Verification | Visit],
    column: str = "state",
) -> CheckConstraint:
    listed = ", ".join(f"'{state.value}'" for state in kind)
    return CheckConstraint(text(f"{column} IN ({listed})"), name=f"{column}_known")


partner = Table(
    "eodes_partner",
    metadata,
    Column("authority", String(15), primary_key=True),
    Column("profile", String(20), nullable=False),
    Column("endpoint", String(400), nullable=False),
    Column("card", LargeBinary, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("suspended_until", Instant),
    Column("suspended_reason", Text),
    Column("capability", JSON),
)

pin = Table(
    "eodes_pin",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("authority", String(15), nullable=False),
    Column("purpose", String(10), nullable=False),
    Column("certificate", LargeBinary, nullable=False),
    Column("valid_from", Instant, nullable=False),
    Column("valid_until", Instant, nullable=False),
    Column("revoked_at", Instant),
    CheckConstraint(text("purpose IN ('SIGNING', 'TLS')"), name="purpose_known"),
)

#: One row: counts every change of trust, so that a worker knows when its picture is old.
trust_version = Table(
    "eodes_trust_version",
    metadata,
    Column("only", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
)

channel = Table(
    "eodes_channel",
    metadata,
    Column("partner", String(15), primary_key=True),
    Column("last_seq", BigInteger, nullable=False),
    Column("last_digest", String(64), nullable=False),
)

outgoing = Table(
    "eodes_outgoing",
    metadata,
    Column("message_id", String(36), primary_key=True),
    Column("partner", String(15), nullable=False),
    Column("type", String(20), nullable=False),
    Column("state", String(16), nullable=False),
    Column("conversation_id", String(36), nullable=False),
    Column("causation_id", String(36)),
    Column("header", JSON, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("body_digest", String(64), nullable=False),
    Column("channel_seq", BigInteger),
    Column("document_digest", String(64)),
    Column("unsigned", LargeBinary),
    Column("sealed", LargeBinary),
    Column("agreement", String(12)),
    Column("issuing_country", String(2)),
    Column("number_key", String(35)),
    Column("created_at", Instant, nullable=False),
    Column("sealed_at", Instant),
    Column("answered_at", Instant),
    Column("due_at", Instant),
    Column("resend_due_at", Instant),
    Column("answer_due_at", Instant),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    # Attempts before a person had the message sent again: the partner's repeats begin anew.
    Column("attempts_before", Integer, nullable=False, server_default=text("0")),
    # The partner takes the certificate only after a trigger that has not come yet.
    Column("is_waiting", Boolean, nullable=False, server_default=text("false")),
    Column("lease_owner", String(80)),
    Column("lease_until", Instant),
    Column("code", String(40)),
    Column("detail", Text),
    UniqueConstraint("partner", "channel_seq"),
    _states(Outgoing),
)
Index("ix_eodes_outgoing_state_due_at", outgoing.c.state, outgoing.c.due_at)
Index("ix_eodes_outgoing_number_key", outgoing.c.number_key)
Index(
    "ix_eodes_outgoing_resend_due_at",
    outgoing.c.resend_due_at,
    sqlite_where=outgoing.c.resend_due_at.is_not(None),
    postgresql_where=outgoing.c.resend_due_at.is_not(None),
)

attempt = Table(
    "eodes_attempt",
    metadata,
    Column("message_id", String(36), primary_key=True),
    Column("attempt", Integer, primary_key=True),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("outcome", String(20)),
    Column("detail", Text),
)

#: Every signed answer that a partner gave to a message of ours, whichever way it came.
receipt = Table(
    "eodes_receipt",
    metadata,
    Column("receipt_id", String(36), primary_key=True),
    Column("partner", String(15), primary_key=True),
    Column("message_id", String(36), nullable=False),
    Column("type", String(20), nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("body", JSON, nullable=False),
)
Index("ix_eodes_receipt_message_id", receipt.c.message_id)

incoming = Table(
    "eodes_incoming",
    metadata,
    Column("partner", String(15), primary_key=True),
    Column("message_id", String(36), primary_key=True),
    Column("type", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    Column("conversation_id", String(36), nullable=False),
    Column("causation_id", String(36)),
    Column("channel_seq", BigInteger),
    Column("previous_digest", String(64)),
    Column("document", LargeBinary, nullable=False),
    Column("document_digest", String(64), nullable=False),
    Column("body_digest", String(64), nullable=False),
    Column("business_date", Date, nullable=False),
    Column("received_at", Instant, nullable=False),
    # When its consequences are drawn again after that failed; nothing: at once.
    Column("due_at", Instant),
    Column("settled_at", Instant),
    Column("trust_version", Integer, nullable=False),
    Column("key_sha256", String(64), nullable=False),
    Column("code", String(40)),
    Column("answer_id", String(36), nullable=False),
    Column("answer_type", String(20), nullable=False),
    Column("answer", LargeBinary, nullable=False),
    UniqueConstraint("partner", "channel_seq"),
    _states(Incoming),
)
Index(
    "ix_eodes_incoming_unsettled",
    incoming.c.received_at,
    sqlite_where=incoming.c.state.in_(["ACCEPTED", "HELD"]),
    postgresql_where=incoming.c.state.in_(["ACCEPTED", "HELD"]),
)

#: What an authenticated partner sent and we refused: the bytes and our signed answer to them.
refused = Table(
    "eodes_refused",
    metadata,
    Column("partner", String(15), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("claimed_message_id", String(36)),
    # A refused message has used its place in the channel up: it is no gap.
    Column("channel_seq", BigInteger),
    Column("document", LargeBinary, nullable=False),
    Column("code", String(40), nullable=False),
    Column("detail", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("answer_id", String(36), nullable=False),
    Column("answer", LargeBinary, nullable=False),
)

#: Certificates that partners sent us.
received = Table(
    "eodes_received_certificate",
    metadata,
    Column("issuing_country", String(2), primary_key=True),
    Column("agreement", String(12), primary_key=True),
    Column("number_key", String(35), primary_key=True),
    Column("partner", String(15), nullable=False),
    Column("number_raw", String(35), nullable=False),
    Column("lookalike_key", String(35), nullable=False),
    Column("position", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("message_id", String(36), nullable=False),
    Column("body_digest", String(64), nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("business_date", Date, nullable=False),
    Column("registered_at", Instant, nullable=False),
    Column("state_at", Instant, nullable=False),
    Column("supersedes_key", String(35)),
    Column("superseded_by_key", String(35)),
    Column("used_by_declaration", String(35)),
    Column("export_link", JSON),
    _states(Registered),
)
Index("ix_eodes_received_certificate_number_key", received.c.number_key)
Index("ix_eodes_received_certificate_lookalike_key", received.c.lookalike_key)
Index("ix_eodes_received_certificate_message_id", received.c.message_id)
Index("ix_eodes_received_certificate_partner_day", received.c.partner, received.c.business_date)
#: A certificate is replaced once; also by two corrections that arrive at once and before it.
Index(
    "ix_eodes_received_certificate_supersedes_key",
    received.c.issuing_country,
    received.c.agreement,
    received.c.supersedes_key,
    unique=True,
)

#: Certificates of ours and how far each has come with the partner it is for.
exchange = Table(
    "eodes_exchange",
    metadata,
    Column("partner", String(15), primary_key=True),
    Column("issuing_country", String(2), primary_key=True),
    Column("agreement", String(12), primary_key=True),
    Column("number_key", String(35), primary_key=True),
    Column("number_raw", String(35), nullable=False),
    Column("position", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("state_at", Instant, nullable=False),
    Column("message_id", String(36)),
    Column("body_digest", String(64)),
    Column("business_date", Date, nullable=False),
    Column("certificate", LargeBinary, nullable=False),
    Column("supersedes_key", String(35)),
    Column("code", String(40)),
    Column("detail", Text),
    _states(Exchange),
)
Index("ix_eodes_exchange_number_key", exchange.c.number_key)
Index("ix_eodes_exchange_message_id", exchange.c.message_id)
Index("ix_eodes_exchange_supersedes_key", exchange.c.supersedes_key)
Index("ix_eodes_exchange_partner_day", exchange.c.partner, exchange.c.business_date)

exchange_move = Table(
    "eodes_exchange_move",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("partner", String(15), nullable=False),
    Column("issuing_country", String(2), nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("number_key", String(35), nullable=False),
    Column("from_state", String(20)),
    Column("to_state", String(20), nullable=False),
    Column("at", Instant, nullable=False),
    Column("because", String(80), nullable=False),
)
Index("ix_eodes_exchange_move_number_key", exchange_move.c.number_key)

#: What the office is to be told, at least once each, in order of ordinal.
news = Table(
    "eodes_news",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("kind", String(30), nullable=False),
    Column("partner", String(15), nullable=False),
    Column("message_id", String(36), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("told_at", Instant),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("last_error", Text),
    UniqueConstraint("kind", "partner", "message_id"),
)
Index(
    "ix_eodes_news_untold",
    news.c.id,
    sqlite_where=news.c.told_at.is_(None),
    postgresql_where=news.c.told_at.is_(None),
)

finding = Table(
    "eodes_finding",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("run_id", String(36), nullable=False),
    Column("partner", String(15), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("ours", Text),
    Column("theirs", Text),
    Column("found_at", Instant, nullable=False),
    Column("repair", String(30)),
    # The difference, known again by it in every later run.
    Column("digest", String(64), nullable=False),
    UniqueConstraint("run_id", "kind", "subject"),
)

explanation = Table(
    "eodes_explanation",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("digest", String(64), nullable=False),
    Column("because", Text, nullable=False),
    Column("explained_by", String(100), nullable=False),
    Column("explained_at", Instant, nullable=False),
)
Index("ix_eodes_explanation_digest", explanation.c.digest)

reconciliation = Table(
    "eodes_reconciliation",
    metadata,
    Column("run_id", String(36), primary_key=True),
    Column("partner", String(15), nullable=False),
    Column("day_from", Date, nullable=False),
    Column("day_to", Date, nullable=False),
    Column("state", String(12), nullable=False),
    Column("ours_count", Integer, nullable=False),
    Column("ours_digest", String(64), nullable=False),
    Column("message_id", String(36), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("findings", Integer, nullable=False, server_default=text("0")),
)

lease = Table(
    "eodes_lease",
    metadata,
    Column("job", String(100), primary_key=True),
    Column("owner", String(80), nullable=False),
    Column("until", Instant, nullable=False),
    Column("fence", BigInteger, nullable=False),
)

job_run = Table(
    "eodes_job_run",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("job", String(40), nullable=False),
    Column("owner", String(80), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("done", Integer, nullable=False),
    Column("detail", Text),
)
Index("ix_eodes_job_run_job_started_at", job_run.c.job, job_run.c.started_at)

#: One row a job: the last run of each, also of those that found nothing to do.
job = Table(
    "eodes_job",
    metadata,
    Column("job", String(40), primary_key=True),
    Column("runs", BigInteger, nullable=False),
    Column("last_owner", String(80), nullable=False),
    Column("last_started_at", Instant, nullable=False),
    Column("last_ended_at", Instant, nullable=False),
    Column("last_outcome", String(10), nullable=False),
)

transit_evidence = Table(
    "eodes_transit_evidence",
    metadata,
    Column("partner", String(15), primary_key=True),
    Column("message_id", String(36), primary_key=True),
    Column("issuing_country", String(2), nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("number_key", String(35), nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("received_at", Instant, nullable=False),
)

#: Use feedback, both as we sent it and as partners sent it.
use = Table(
    "eodes_use",
    metadata,
    Column("message_id", String(36), primary_key=True),
    Column("item_no", Integer, primary_key=True),
    Column("direction", String(3), nullable=False),
    Column("partner", String(15), nullable=False),
    Column("issuing_country", String(2), nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("number_key", String(35), nullable=False),
    Column("declaration_number", String(35), nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("quantity", String(24)),
    Column("unit", String(3)),
    Column("reason_code", String(40)),
    Column("at", Instant, nullable=False),
)
Index("ix_eodes_use_number_key", use.c.number_key)

#: Who asked whom to verify what; the case itself is the office's, here is what a message must fit.
verification = Table(
    "eodes_verification",
    metadata,
    Column("partner", String(15), primary_key=True),
    Column("case_id", String(36), primary_key=True),
    Column("asker", String(15), nullable=False),
    Column("state", String(12), nullable=False),
    Column("round", Integer, nullable=False),
    Column("visit", String(12)),
    Column("visit_no", Integer, nullable=False),
    # Issuing country, agreement and number key of every certificate that was asked about.
    Column("certificates", JSON, nullable=False),
    # Message id and body digest of every request and proposal, by its round or visit.
    Column("opened_by", JSON, nullable=False),
    # Counts changes, so that two who saw the same do not both write.
    Column("revision", Integer, nullable=False),
    Column("changed_at", Instant, nullable=False),
    _states(Verification),
    _states(Visit, "visit"),
)
